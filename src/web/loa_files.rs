//! The PDFs of letters as answers: to download, or to look at in a frame of ours.

use actix_web::{HttpResponse, http::header};

use super::{
    app::App,
    error::{WebError, WebResult},
    file_policy::{DOWNLOAD_POLICY, VIEW_POLICY},
};
use crate::{
    services::loa::paper,
    store::{loa_files::LoaFile, loas::Loa},
};

/// The file to download.
pub async fn attachment(app: &App, loa: &Loa, file: &LoaFile) -> WebResult<HttpResponse> {
    answer(app, loa, file, "attachment", DOWNLOAD_POLICY).await
}

/// The file to look at.
pub async fn inline(app: &App, loa: &Loa, file: &LoaFile) -> WebResult<HttpResponse> {
    answer(app, loa, file, "inline", VIEW_POLICY).await
}

async fn answer(app: &App, loa: &Loa, file: &LoaFile, how: &str, policy: &str) -> WebResult<HttpResponse> {
    let bytes = paper::bytes(&app.loa_tools(), file).await.map_err(WebError::internal)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/pdf"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("{how}; filename=\"{}\"", file.download_name(&loa.loa_id)),
        ))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::CONTENT_SECURITY_POLICY, policy))
        .body(bytes))
}
