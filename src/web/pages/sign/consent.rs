//! Agreeing to sign electronically, before the letter is shown.

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use askama::Template;

use super::{path, visit::Visit};
use crate::{
    domain::findings::Findings,
    services::loa::{
        consent::{self, Consent},
        seat::Seat,
    },
    store::StoreError,
    web::{error::WebResult, flash::see_other, form::Form, frame::Frame, page::Page as _, pairs::Pairs},
};

#[derive(Template)]
#[template(path = "sign/consent.html")]
struct ConsentPage {
    frame: Frame,
    form: Form,
    path: String,
    /// For whoever signs the letter of their own request: where they do anything else with it.
    own: Option<String>,
    consent: Consent,
}

/// The page with the text that counts now.
pub async fn draw(at: &Visit, seat: Seat, form: Form, status: StatusCode) -> WebResult<HttpResponse> {
    let (house, now) = (at.app.house.clone(), at.now);
    let consent = at.app.store.read(move |conn| consent::text(conn, &house, now)).await?;
    let (frame, own) = (at.frame(form.has_errors()), super::own_page(&seat));
    ConsentPage { frame, form, path: path(&seat.loa.loa_id), own, consent }.with_status(status)
}

/// POST `/sign/r/{loa_id}/consent`
pub async fn save(at: Visit, loa_id: Path<String>, pairs: Pairs) -> WebResult<HttpResponse> {
    let seat = match at.waiting(&loa_id).await? {
        Ok(seat) => seat,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let refused = if pairs.get("consent") == "yes" {
        let version = pairs.get("version").parse().unwrap_or_default();
        let (house, agreeing, client, now) = (at.app.house.clone(), seat.clone(), at.client.clone(), at.now);
        let agree = move |conn: &mut _| consent::agree(conn, &house, &agreeing, version, &client, now);
        match at.app.store.write(agree).await {
            Ok(()) => return Ok(see_other(&path(&seat.loa.loa_id))),
            Err(StoreError::Stale) if version == seat.consent_version => {
                return Ok(see_other(&path(&seat.loa.loa_id)));
            }
            Err(StoreError::Stale) => "The text changed while you read it. Read it again, then tick the box",
            Err(error) => return Err(error.into()),
        }
    } else {
        "Tick the box to agree to sign electronically"
    };
    let mut findings = Findings::default();
    findings.error("consent", refused);
    draw(&at, seat, Form::new(Vec::new(), findings), StatusCode::UNPROCESSABLE_ENTITY).await
}
