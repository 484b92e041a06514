//! The PDFs of a letter for its owner: unsigned, signed, its certificate, or as uploaded.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::super::sid;
use crate::{
    domain::{
        loa::{EventKind, LoaState},
        people::Customer,
    },
    services::loa::{
        paper,
        record::{self, Happened},
        tools::{PaperError, Tools},
        waiting,
    },
    store::{
        loa_files::{LoaFile, LoaFileKind},
        loas::Loa,
    },
    web::{
        app::App,
        error::{WebError, WebResult},
        loa_files,
    },
};

/// What an address may name.
const FILES: [(&str, LoaFileKind); 4] = [
    ("letter.pdf", LoaFileKind::Unsigned),
    ("signed.pdf", LoaFileKind::Signed),
    ("certificate.pdf", LoaFileKind::Certificate),
    ("uploaded.pdf", LoaFileKind::Uploaded),
];

/// GET /port-requests/{sid}/loa/letter.pdf, signed.pdf, certificate.pdf and uploaded.pdf
pub async fn show(customer: Customer, app: Data<App>, req: HttpRequest, sid: Path<String>) -> WebResult<HttpResponse> {
    let sid = sid::of_action(&sid)?;
    let name = req.path().rsplit('/').next().unwrap_or_default();
    let (_, kind) = *FILES.iter().find(|(file, _)| *file == name).ok_or(WebError::NotFound)?;
    let who = customer.clone();
    let newest = app.store.read(move |conn| waiting::newest(conn, &who, &sid)).await?;
    let loa = newest.loa.ok_or(WebError::NotFound)?;
    let file = find(&app.loa_tools(), &loa, kind).await.map_err(unfound)?.ok_or(WebError::NotFound)?;
    let answer = loa_files::attachment(&app, &loa, &file).await?;
    if matches!(kind, LoaFileKind::Signed | LoaFileKind::Certificate) {
        let (id, now) = (loa.id, app.clock.now());
        let event = Happened::by(record::person(&customer.person), EventKind::Downloaded).with("file", kind.code());
        app.store.write(move |conn| record::record(conn, id, &[event], now)).await?;
    }
    Ok(answer)
}

async fn find(tools: &Tools, loa: &Loa, kind: LoaFileKind) -> Result<Option<LoaFile>, PaperError> {
    match kind {
        // A letter that counts no longer is not given out to be signed.
        LoaFileKind::Unsigned if loa.state == LoaState::Pending && paper::is_printable(&tools.house, loa)? => {
            paper::unsigned(tools, loa).await.map(Some)
        }
        LoaFileKind::Unsigned => Ok(None),
        _ => paper::find(tools, loa.id, kind).await,
    }
}

fn unfound(error: PaperError) -> WebError {
    match error {
        PaperError::Store(error) => error.into(),
        other => WebError::internal(other),
    }
}
