//! Checking a letter without an account: by its QR code, by what is printed on it, or by the file itself. Pages tell whether
//! a letter stands and never show it.

pub mod certificate;
pub mod file;
pub mod qr;
pub mod show;
mod told;

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;

use self::told::Answer;
use crate::web::{error::WebResult, form::Form, frame::Frame, page::Page as _};

#[derive(Template)]
#[template(path = "verify/show.html")]
struct VerifyPage {
    frame: Frame,
    form: Form,
    /// What was found, if something was looked for.
    answer: Option<Answer>,
    /// The SHA-256 fingerprints of our certificates, the current one first.
    fingerprints: Vec<String>,
    brand: String,
}

impl VerifyPage {
    fn answer(self, status: StatusCode) -> WebResult<HttpResponse> {
        let mut response = self.with_status(status)?;
        told::keep_private(&mut response);
        Ok(response)
    }
}
