//! Where a link from the mail leads: looking changes nothing, a button opens it.

use actix_web::{HttpResponse, web::Path};
use askama::Template;

use super::{ended, path, visit::Visit};
use crate::{
    services::loa::landing::{self, Landing, LinkState},
    vault::Token,
    web::{
        cookies,
        error::{WebError, WebResult},
        flash::{see_other, see_other_with},
        frame::{Frame, Notice},
        page::Page as _,
    },
};

#[derive(Template)]
#[template(path = "sign/landing.html")]
struct LandingPage {
    frame: Frame,
    landing: Landing,
    numbers: String,
    until: String,
    token: String,
}

/// What a token leads to. An unknown one is a page that does not exist.
pub async fn find(at: &Visit, token: &Token) -> WebResult<Landing> {
    let (house, token, network, now) = (at.app.house.clone(), token.clone(), at.network.clone(), at.now);
    let found = at.app.store.write(move |conn| Landing::load(conn, &house, &token, &network, now)).await?;
    found.ok_or(WebError::NotFound)
}

/// GET /sign/{token}
pub async fn show(at: Visit, token: Path<String>) -> WebResult<HttpResponse> {
    let landing = find(&at, &Token::from_client(&token)).await?;
    let token = token.into_inner();
    if landing.state != LinkState::Open {
        return ended::of_link(&at, &landing, &token).ok();
    }
    let numbers = super::numbers(usize::try_from(landing.loa.number_count).unwrap_or_default());
    let until = landing.zone.moment(landing.loa.expires_at);
    LandingPage { frame: at.frame(false), landing, numbers, until, token }.ok()
}

/// POST /sign/{token}/open
pub async fn open(at: Visit, token: Path<String>) -> WebResult<HttpResponse> {
    let token = Token::from_client(&token);
    find(&at, &token).await?;
    let (opened, client, now) = (token.clone(), at.client.clone(), at.now);
    let done = at.app.store.write(move |conn| landing::open(conn, &opened, &client, now)).await?;
    let Some((loa_id, cookie)) = done else { return Ok(see_other(&format!("/sign/{}", token.reveal()))) };
    let mut response = see_other(&path(&loa_id));
    let cookie = cookies::make_strict(&at.app, &cookies::signing(&loa_id), cookie.reveal());
    response.add_cookie(&cookie).map_err(WebError::internal)?;
    Ok(response)
}

/// POST /sign/{token}/fresh-link
pub async fn fresh_link(at: Visit, token: Path<String>) -> WebResult<HttpResponse> {
    let token = Token::from_client(&token);
    let landing = find(&at, &token).await?;
    let (asked, house, now) = (token.clone(), at.app.house.clone(), at.now);
    at.app.store.write(move |conn| landing::fresh_link(conn, &house, &asked, now)).await?;
    at.app.hurry_mail();
    // The same whatever was done: the link may have reached somebody who is not asked any more.
    let told = format!(
        "If your signature is still needed, a new link goes to {}. If the time to sign is over, {} is told that you asked.",
        landing.masked_email, landing.requester
    );
    see_other_with(&at.app, &format!("/sign/{}", token.reveal()), &Notice::info(told))
}
