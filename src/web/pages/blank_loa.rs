//! The letter of authorization to fill in and sign on paper.

use actix_web::{
    HttpResponse,
    http::header,
    web::{self, Bytes, Data},
};

use crate::{
    letter::LetterError,
    web::{
        app::App,
        error::{WebError, WebResult},
    },
};

/// GET /letter-of-authorization.pdf
pub async fn show(app: Data<App>) -> WebResult<HttpResponse> {
    let letter = match app.blank_letter.get() {
        Some(letter) => letter.clone(),
        None => set(app).await?,
    };
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/pdf"))
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"letter-of-authorization.pdf\""))
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .body(letter))
}

/// Sets the letter, away from the threads that answer everybody; two who ask at once both get the first.
async fn set(app: Data<App>) -> WebResult<Bytes> {
    let work = move || -> Result<Bytes, LetterError> {
        let letter = Bytes::from(app.house.press.blank(&app.house.provider())?);
        Ok(app.blank_letter.get_or_init(|| letter).clone())
    };
    web::block(work).await.map_err(WebError::internal)?.map_err(WebError::internal)
}
