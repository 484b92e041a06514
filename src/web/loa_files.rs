//! The PDFs of letters as answers: to download, or to look at in a frame of ours.

use actix_web::{HttpResponse, http::header};

use super::{
    app::App,
    error::{WebError, WebResult},
};
use crate::{
    services::loa::paper,
    store::{loa_files::LoaFile, loas::Loa},
};

/// A PDF in a frame of ours may show itself, and that is all.
const VIEW_POLICY: &str =
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'";

/// The file to download.
pub async fn attachment(app: &App, loa: &Loa, file: &LoaFile) -> WebResult<HttpResponse> {
    answer(app, loa, file, "attachment", "sandbox; default-src 'none'; frame-ancestors 'none'").await
}

/// The file to look at.
pub async fn inline(app: &App, loa: &Loa, file: &LoaFile) -> WebResult<HttpResponse> {
    answer(app, loa, file, "inline", VIEW_POLICY).await
}

async fn answer(app: &App, loa: &Loa, file: &LoaFile, how: &str, policy: &str) -> WebResult<HttpResponse> {
    let bytes = paper::bytes(&app.loa_tools(), file).await.map_err(WebError::internal)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/pdf"))
        .insert_header((header::CONTENT_DISPOSITION, format!("{how}; filename=\"{}\"", name(loa, file))))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::CONTENT_SECURITY_POLICY, policy))
        .body(bytes))
}

/// "LOA-7Q4M2-XKD9B.pdf", "LOA-7Q4M2-XKD9B-certificate.pdf".
fn name(loa: &Loa, file: &LoaFile) -> String {
    match file.kind.as_str() {
        "certificate" | "unsigned" | "uploaded" => format!("{}-{}.pdf", loa.loa_id, file.kind),
        _ => format!("{}.pdf", loa.loa_id),
    }
}
