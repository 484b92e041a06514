//! The page of a letter for everybody to whom it does not open: it looks the same whether there is such a letter or not.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;

use super::visit::Visit;
use crate::web::{
    error::WebResult,
    frame::Frame,
    page::{self, Page as _},
};

#[derive(Template)]
#[template(path = "sign/closed.html")]
struct ClosedPage {
    frame: Frame,
    /// Where to go on after signing in, for those who are not.
    sign_in: Option<String>,
}

/// Answers for a letter that does not open to this browser.
pub fn answer(at: &Visit) -> WebResult<HttpResponse> {
    let sign_in = page::person(&at.req).is_none().then(|| "/sign-in".to_owned());
    ClosedPage { frame: at.frame(false), sign_in }.with_status(StatusCode::NOT_FOUND)
}
