//! Signing on paper instead: the same letter to print, and what to do with it.

use actix_web::{HttpResponse, web::Path};
use askama::Template;

use super::{answers, path, visit::Visit};
use crate::{
    domain::loa::EventKind,
    services::loa::answer::Answer,
    store,
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
    let seat = match at.waiting(&loa_id).await? {
        Ok(seat) => seat,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let (id, since) = (seat.loa.id, seat.loa.asked_at);
    let chosen = move |conn: &mut _| store::loa_events::count_since(conn, id, EventKind::PaperChosen, since);
    let chosen = at.app.store.read(chosen).await? != 0;
    let until = seat.zone.moment(seat.loa.expires_at);
    let path = path(&seat.loa.loa_id);
    let requester = seat.requester.name;
    let button = format!("Tell {requester} that I sign on paper");
    PaperPage { frame: at.frame(false), path, requester, until, button, chosen }.ok()
}

/// POST `/sign/r/{loa_id}/paper`
pub async fn save(at: Visit, loa_id: Path<String>) -> WebResult<HttpResponse> {
    let seat = match at.waiting(&loa_id).await? {
        Ok(seat) => seat,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let page = format!("{}/paper", path(&seat.loa.loa_id));
    answers::give(&at, seat, Answer::Paper).await?;
    Ok(see_other(&page))
}
