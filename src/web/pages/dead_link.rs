//! What every private link answers that does not open: unknown, used, replaced or expired look the same.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use askama::Template;

use crate::{
    store::StoreError,
    web::{
        app::App,
        error::{WebError, WebResult},
        frame::Frame,
        page::{self, Page as _},
    },
};

#[derive(Template)]
#[template(path = "dead_link.html")]
struct DeadLinkPage {
    frame: Frame,
}

/// Answers for a link that could not be opened; other errors stay what they are.
pub fn answer(app: &App, req: &HttpRequest, error: impl Into<WebError>) -> WebResult<HttpResponse> {
    match error.into() {
        WebError::NotFound => DeadLinkPage { frame: page::frame(app, req) }.with_status(StatusCode::NOT_FOUND),
        other => Err(other),
    }
}

/// Somebody quicker used the link up meanwhile: from here that is the same as a link that never was.
pub fn as_missing(error: StoreError) -> StoreError {
    match error {
        StoreError::Stale => StoreError::NotFound,
        other => other,
    }
}
