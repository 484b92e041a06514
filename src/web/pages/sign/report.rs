//! For whoever got the mail and does not know of any of it.

use actix_web::{HttpResponse, web::Path};
use askama::Template;

use super::{
    landing::{self, find},
    visit::Visit,
};
use crate::{
    services::loa::landing::{self as links, Landing, LinkState},
    vault::Token,
    web::{error::WebResult, flash::see_other, frame::Frame, page::Page as _},
};

#[derive(Template)]
#[template(path = "sign/report.html")]
struct ReportPage {
    frame: Frame,
    landing: Landing,
    token: String,
    back: String,
}

/// GET /sign/{token}/report
pub async fn show(at: Visit, token: Path<String>) -> WebResult<HttpResponse> {
    let landing = find(&at, &Token::from_client(&token)).await?;
    if landing.state != LinkState::Open {
        return landing::show(at, token).await;
    }
    let token = token.into_inner();
    ReportPage { frame: at.frame(false), landing, back: format!("/sign/{token}"), token }.ok()
}

/// POST /sign/{token}/report
pub async fn save(at: Visit, token: Path<String>) -> WebResult<HttpResponse> {
    let token = Token::from_client(&token);
    find(&at, &token).await?;
    let (reported, house, client, now) = (token.clone(), at.app.house.clone(), at.client.clone(), at.now);
    at.app.store.write(move |conn| links::report(conn, &house, &reported, &client, now)).await?;
    at.app.hurry_mail();
    Ok(see_other(&format!("/sign/{}", token.reveal())))
}
