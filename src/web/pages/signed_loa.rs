//! The PDFs of a letter that was signed, by its id: also of one that counts no longer.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};

use crate::{
    domain::{
        loa::EventKind,
        loa_id::LoaId,
        people::{Customer, Person, Reviewer},
    },
    services::loa::record::{self, Happened},
    store::{
        self, Conn, StoreError,
        loa_files::{LoaFile, LoaFileKind},
        loas::Loa,
    },
    web::{
        app::App,
        error::{WebError, WebResult},
        extract::SignedIn,
        loa_files,
    },
};

/// What an address may name.
const FILES: [(&str, LoaFileKind); 3] = [
    ("signed.pdf", LoaFileKind::Signed),
    ("certificate.pdf", LoaFileKind::Certificate),
    ("uploaded.pdf", LoaFileKind::Uploaded),
];

/// Addresses and names of the PDFs that a signed letter has.
pub fn links(loa: &Loa, files: &[LoaFile]) -> Vec<(String, &'static str)> {
    let label = |kind: LoaFileKind| match kind {
        LoaFileKind::Certificate => "Certificate of signing",
        LoaFileKind::Uploaded => "Uploaded letter",
        LoaFileKind::Unsigned | LoaFileKind::Signed => "Signed letter",
    };
    let has = |kind: LoaFileKind| files.iter().any(|file| file.kind == kind.code());
    let there = FILES.into_iter().filter(|(_, kind)| has(*kind));
    there.map(|(name, kind)| (format!("/letters/{}/{name}", loa.loa_id), label(kind))).collect()
}

/// GET /`letters/{loa_id}/signed.pdf`, `certificate.pdf` and `uploaded.pdf`
pub async fn show(who: SignedIn, app: Data<App>, req: HttpRequest, loa_id: Path<String>) -> WebResult<HttpResponse> {
    let loa_id = LoaId::parse(&loa_id).ok_or(WebError::NotFound)?;
    let name = req.path().rsplit('/').next().unwrap_or_default();
    let (_, kind) = *FILES.iter().find(|(file, _)| *file == name).ok_or(WebError::NotFound)?;
    let reader = who.person.clone();
    let (loa, file) = app.store.read(move |conn| find(conn, &reader, &loa_id, kind)).await?;
    let answer = loa_files::attachment(&app, &loa, &file).await?;
    if kind != LoaFileKind::Uploaded && Customer::of(who.person.clone()).is_some() {
        let (id, now) = (loa.id, app.clock.now());
        let event = Happened::by(record::person(&who.person), EventKind::Downloaded).with("file", kind.code());
        app.store.write(move |conn| record::record(conn, id, &[event], now)).await?;
    }
    Ok(answer)
}

/// The PDF if this person may see it: a customer those of their requests, the desk all.
fn find(conn: &mut Conn, reader: &Person, loa_id: &LoaId, kind: LoaFileKind) -> Result<(Loa, LoaFile), StoreError> {
    let loa = store::loas::find(conn, loa_id)?;
    let request = store::port_requests::get(conn, loa.port_request_id)?;
    let may = match Customer::of(reader.clone()) {
        Some(customer) => store::port_requests::is_visible(&customer, &request),
        None => Reviewer::of(reader.clone()).is_some(),
    };
    let file = store::loa_files::find(conn, loa.id, kind)?;
    if may { Ok((loa, file)) } else { Err(StoreError::NotFound) }
}
