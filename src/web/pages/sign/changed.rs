//! For whoever signs a letter that was replaced while it lay open: what changed, and where the new one is.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;

use super::{ended, path, visit::Visit};
use crate::{
    domain::{
        contact::EmailAddress,
        loa::{LoaMode, LoaState},
    },
    letter::Difference,
    services::loa::seat::{Phase, Seat},
    store,
    web::{error::WebResult, flash::see_other, frame::Frame, page::Page as _},
};

#[derive(Template)]
#[template(path = "sign/changed.html")]
struct ChangedPage {
    frame: Frame,
    path: String,
    requester: String,
    /// What the new letter says differently, and where its link went; nothing for a page that does not fit its letter.
    newer: Option<(Difference, String)>,
}

/// Answers for a signature that was not taken, because the letter is not the one that the page showed.
pub async fn answer(at: &Visit, loa_id: &str) -> WebResult<HttpResponse> {
    let seat = match at.seat(loa_id).await? {
        Ok(seat) => seat,
        Err(closed) => return Ok(closed),
    };
    match seat.phase(at.now) {
        Phase::Code | Phase::Consent | Phase::Ended(LoaState::Signed | LoaState::Sealed) => {
            Ok(see_other(&path(&seat.loa.loa_id)))
        }
        Phase::Letter => page(at, seat, None).with_status(StatusCode::CONFLICT),
        Phase::Ended(_) => match newer(at, &seat).await? {
            Some(newer) => page(at, seat, Some(newer)).with_status(StatusCode::CONFLICT),
            None => ended::answer(at, &seat, StatusCode::CONFLICT),
        },
    }
}

fn page(at: &Visit, seat: Seat, newer: Option<(Difference, String)>) -> ChangedPage {
    ChangedPage { frame: at.frame(false), path: path(&seat.loa.loa_id), requester: seat.requester.name, newer }
}

/// The letter that the same mailbox got instead; a stranger's is nobody's business.
async fn newer(at: &Visit, seat: &Seat) -> WebResult<Option<(Difference, String)>> {
    let request = seat.loa.port_request_id;
    let newest = at.app.store.read(move |conn| store::loas::newest(conn, request)).await?;
    let same = |email: &str| email.eq_ignore_ascii_case(&seat.loa.signer_email);
    let newest = newest.filter(|it| it.version != seat.loa.version && it.mode == LoaMode::Remote);
    let Some(newest) = newest.filter(|it| seat.is_known() && same(&it.signer_email)) else { return Ok(None) };
    let difference = Difference::between(&seat.facts, &newest.facts(&at.app.house.vault)?);
    let to = EmailAddress::parse(&newest.signer_email).map(|it| it.masked()).unwrap_or_default();
    Ok(Some((difference, to)))
}
