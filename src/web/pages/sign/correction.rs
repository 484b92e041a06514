//! Pointing out what is wrong in the letter, before it is signed.

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use askama::Template;

use super::{answers, path, visit::Visit};
use crate::{
    services::loa::{answer, seat::Seat},
    web::{error::WebResult, form::Form, frame::Frame, page::Page as _, pairs::Pairs},
};

#[derive(Template)]
#[template(path = "sign/correction.html")]
struct CorrectionPage {
    frame: Frame,
    form: Form,
    path: String,
    requester: String,
}

fn draw(at: &Visit, seat: Seat, form: Form, status: StatusCode) -> WebResult<HttpResponse> {
    let frame = at.frame(form.has_errors());
    CorrectionPage { frame, form, path: path(&seat.loa.loa_id), requester: seat.requester.name }.with_status(status)
}

/// GET `/sign/r/{loa_id}/correction`
pub async fn show(at: Visit, loa_id: Path<String>) -> WebResult<HttpResponse> {
    match at.waiting(&loa_id).await? {
        Ok(seat) => draw(&at, seat, Form::default(), StatusCode::OK),
        Err(elsewhere) => Ok(elsewhere),
    }
}

/// POST `/sign/r/{loa_id}/correction`
pub async fn save(at: Visit, loa_id: Path<String>, pairs: Pairs) -> WebResult<HttpResponse> {
    let seat = match at.waiting(&loa_id).await? {
        Ok(seat) => seat,
        Err(elsewhere) => return Ok(elsewhere),
    };
    match answer::correction(pairs.get("what")) {
        Ok(given) => answers::give(&at, seat, given).await,
        Err(findings) => draw(&at, seat, Form::new(pairs.into_vec(), findings), StatusCode::UNPROCESSABLE_ENTITY),
    }
}
