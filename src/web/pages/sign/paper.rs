//! Signing on paper instead: the same letter to print, and what to do with it.

use actix_web::{HttpResponse, web::Path};
use askama::Template;

use super::{answers, path, visit::Visit};
use crate::{
    services::loa::answer::Answer,
    web::{error::WebResult, flash::see_other, frame::Frame, page::Page as _},
};

#[derive(Template)]
#[template(path = "sign/paper.html")]
struct PaperPage {
    frame: Frame,
    path: String,
    requester: String,
    until: String,
    button: String,
    /// Whether the requester was told already.
    chosen: bool,
}

/// GET `/sign/r/{loa_id}/paper`
pub async fn show(at: Visit, loa_id: Path<String>) -> WebResult<HttpResponse> {
    let seat = match at.asked(&loa_id).await? {
        Ok(seat) => seat,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let chosen = seat.loa.paper_chosen_at.is_some();
    let until = seat.zone.moment(seat.loa.expires_at);
    let path = path(&seat.loa.loa_id);
    let requester = seat.requester.name;
    let button = format!("Tell {requester} that I sign on paper");
    PaperPage { frame: at.frame(false), path, requester, until, button, chosen }.ok()
}

/// POST `/sign/r/{loa_id}/paper`
pub async fn save(at: Visit, loa_id: Path<String>) -> WebResult<HttpResponse> {
    let seat = match at.asked(&loa_id).await? {
        Ok(seat) => seat,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let page = format!("{}/paper", path(&seat.loa.loa_id));
    answers::give(&at, seat, Answer::Paper).await?;
    Ok(see_other(&page))
}
