//! After signing: what was signed, the copies, and what happens next.

use actix_web::{HttpResponse, web::Path};
use askama::Template;

use super::{path, visit::Visit};
use crate::{
    domain::{
        contact::EmailAddress,
        loa::{EventKind, LoaState},
    },
    services::{
        loa::{
            paper, record,
            seat::{Seat, Signatory},
        },
        send_request::{CARRIER_TIME, REVIEW_TIME},
    },
    store::{self, StoreError, loa_files::LoaFileKind},
    web::{
        error::{WebError, WebResult},
        flash::see_other,
        frame::Frame,
        loa_files,
        page::Page as _,
    },
};

#[derive(Template)]
#[template(path = "sign/done.html")]
struct DonePage {
    frame: Frame,
    path: String,
    signed_at: String,
    loa_id: String,
    check_code: String,
    verify: String,
    /// Where the copies were mailed.
    to: String,
    /// SHA-256 of the letter and of the certificate, once they are sealed.
    sealed: Option<(String, String)>,
    /// Where whoever signed here goes on.
    request: Option<String>,
    numbers: String,
    provider: String,
    requester: String,
    /// Whether the numbers have yet to move.
    goes_on: bool,
    review_time: &'static str,
    carrier_time: &'static str,
}

/// The page of a letter that is signed.
pub async fn draw(at: &Visit, seat: Seat) -> WebResult<HttpResponse> {
    let loa = seat.loa.id;
    let files = at.app.store.read(move |conn| store::loa_files::of_loa(conn, loa)).await?;
    let sha256 = |kind: LoaFileKind| files.iter().find(|file| file.kind == kind.code()).map(|it| it.sha256.clone());
    let page = DonePage {
        frame: at.frame(false),
        path: path(&seat.loa.loa_id),
        signed_at: seat.loa.signed_at.map(|at| seat.zone.moment(at)).unwrap_or_default(),
        loa_id: seat.loa.loa_id.to_string(),
        check_code: seat.facts.verification.check_code.clone(),
        verify: seat.facts.verification.page.clone(),
        to: EmailAddress::parse(&seat.loa.signer_email).map(|it| it.masked()).unwrap_or_default(),
        sealed: sha256(LoaFileKind::Signed).zip(sha256(LoaFileKind::Certificate)),
        request: matches!(seat.who, Signatory::SignedIn(_)).then(|| format!("/port-requests/{}", seat.request.sid)),
        numbers: super::numbers(seat.facts.numbers.len()),
        provider: seat.facts.new_provider.name,
        requester: seat.requester.name,
        goes_on: !seat.request.stage.is_final(),
        review_time: REVIEW_TIME,
        carrier_time: CARRIER_TIME,
    };
    page.ok()
}

/// GET `/sign/r/{loa_id}/signed.pdf`
pub async fn signed(at: Visit, loa_id: Path<String>) -> WebResult<HttpResponse> {
    download(&at, &loa_id, LoaFileKind::Signed).await
}

/// GET `/sign/r/{loa_id}/certificate.pdf`
pub async fn certificate(at: Visit, loa_id: Path<String>) -> WebResult<HttpResponse> {
    download(&at, &loa_id, LoaFileKind::Certificate).await
}

async fn download(at: &Visit, loa_id: &str, kind: LoaFileKind) -> WebResult<HttpResponse> {
    let seat = match at.seat(loa_id).await? {
        Ok(seat) => seat,
        Err(closed) => return Ok(closed),
    };
    if !seat.is_known() || seat.loa.state != LoaState::Sealed {
        return Ok(see_other(&path(&seat.loa.loa_id)));
    }
    let file = paper::find(&at.app.loa_tools(), seat.loa.id, kind).await?.ok_or(WebError::NotFound)?;
    let response = loa_files::attachment(&at.app, &seat.loa, &file).await?;
    let downloaded = seat.happened(EventKind::Downloaded, &at.client).with("file", kind.code());
    let (loa, now) = (seat.loa.id, at.now);
    let note = move |conn: &mut _| record::record(conn, loa, &[downloaded], now).map(|_| ());
    at.app.store.write(note).await.map_err(|error: StoreError| WebError::from(error))?;
    Ok(response)
}
