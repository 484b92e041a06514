//! The PDFs of a letter for its owner: unsigned, signed, its certificate, or as uploaded.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
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
    },
};

/// What an address may name, and what the file is called behind the id of the letter.
const FILES: [(&str, LoaFileKind, &str); 4] = [
    ("letter.pdf", LoaFileKind::Unsigned, ""),
    ("signed.pdf", LoaFileKind::Signed, "-signed"),
    ("certificate.pdf", LoaFileKind::Certificate, "-certificate"),
    ("uploaded.pdf", LoaFileKind::Uploaded, "-uploaded"),
];

/// GET /port-requests/{sid}/loa/letter.pdf, signed.pdf, certificate.pdf and uploaded.pdf
pub async fn show(customer: Customer, app: Data<App>, req: HttpRequest, sid: Path<String>) -> WebResult<HttpResponse> {
    let sid = sid::of_action(&sid)?;
    let name = req.path().rsplit('/').next().unwrap_or_default();
    let (_, kind, suffix) = *FILES.iter().find(|(file, ..)| *file == name).ok_or(WebError::NotFound)?;
    let who = customer.clone();
    let newest = app.store.read(move |conn| waiting::newest(conn, &who, &sid)).await?;
    let loa = newest.loa.ok_or(WebError::NotFound)?;
    let tools = tools(&app);
    let file = find(&tools, &loa, kind).await.map_err(gone)?.ok_or(WebError::NotFound)?;
    let bytes = paper::bytes(&tools, &file).await.map_err(gone)?;
    if matches!(kind, LoaFileKind::Signed | LoaFileKind::Certificate) {
        let (id, now) = (loa.id, app.clock.now());
        let event = Happened::by(record::person(&customer.person), EventKind::Downloaded).with("file", kind.code());
        app.store.write(move |conn| record::record(conn, id, &[event], now)).await?;
    }
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/pdf"))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}{suffix}.pdf\"", loa.loa_id)))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'; frame-ancestors 'none'"))
        .body(bytes))
}

async fn find(tools: &Tools, loa: &Loa, kind: LoaFileKind) -> Result<Option<LoaFile>, PaperError> {
    match kind {
        // A letter that counts no longer is not given out to be signed.
        LoaFileKind::Unsigned if loa.state == LoaState::Pending => paper::unsigned(tools, loa).await.map(Some),
        LoaFileKind::Unsigned => Ok(None),
        _ => paper::find(tools, loa.id, kind).await,
    }
}

fn gone(error: PaperError) -> WebError {
    match error {
        PaperError::Store(error) => error.into(),
        other => WebError::internal(other),
    }
}

fn tools(app: &App) -> Tools {
    Tools {
        store: app.store.clone(),
        house: Arc::clone(&app.house),
        files: app.files.clone(),
        press: Arc::clone(&app.house.press),
        sealer: Arc::clone(&app.sealer),
        clock: app.clock.clone(),
    }
}
