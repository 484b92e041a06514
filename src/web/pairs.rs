//! A posted form as pairs of name and value, read strictly: bytes that are not text are refused, unknown names are not.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

use actix_web::{
    FromRequest, HttpMessage as _, HttpRequest,
    dev::Payload,
    web::{BytesMut, Data},
};
use futures_util::StreamExt as _;
use percent_encoding::percent_decode_str;

use super::{
    app::App,
    arriving::Arriving,
    error::{WebError, WebResult},
};

/// Longest body of a form, in bytes, where a request has no more than a thousand numbers: also what comes with files.
pub const MOST_BYTES: usize = 512 * 1024;
/// What a wireless number may take in a form, with its PIN and the names of its fields.
const BYTES_OF_A_NUMBER: usize = 256;

/// Longest body of a form without files, in bytes: as many wireless numbers fit in as a request may have.
pub fn most_bytes(max_numbers: usize) -> usize {
    MOST_BYTES.max(max_numbers.saturating_mul(BYTES_OF_A_NUMBER).saturating_add(MOST_BYTES / 2))
}
const MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

/// What a form sent. It has no `Debug`, because forms carry PINs and passwords.
#[derive(Clone, Default)]
pub struct Pairs(Vec<(String, String)>);

impl Pairs {
    /// Pairs that were read elsewhere.
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The first value of a name; nothing reads as empty.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// The first value of a name without surrounding white space.
    pub fn trimmed(&self, name: &str) -> &str {
        self.get(name).trim()
    }

    /// Every value of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether a name was sent at all, as a pressed button is.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// The first value of every name, for those who ask for many.
    pub fn by_name(&self) -> HashMap<&str, &str> {
        self.0.iter().rev().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    /// The first values of some names, with the names.
    pub fn texts<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Vec<(String, String)> {
        names.into_iter().map(|name| (name.to_owned(), self.get(name).to_owned())).collect()
    }

    /// All pairs.
    pub fn as_slice(&self) -> &[(String, String)] {
        &self.0
    }

    /// All pairs, by value.
    pub fn into_vec(self) -> Vec<(String, String)> {
        self.0
    }

    /// Reads a body.
    pub fn decode(body: &[u8]) -> WebResult<Self> {
        let text = std::str::from_utf8(body).map_err(|_hidden| not_text())?;
        let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((decode(name)?, decode(value)?))
        });
        Ok(Self(pairs.collect::<WebResult<Vec<_>>>()?))
    }
}

fn decode(text: &str) -> WebResult<String> {
    let spaced = text.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8().map_err(|_hidden| not_text())?;
    refuse_nul(decoded.into_owned())
}

/// Refuses NUL, which no person types and PostgreSQL does not store.
pub fn refuse_nul(text: String) -> WebResult<String> {
    if text.contains('\0') { Err(not_text()) } else { Ok(text) }
}

fn not_text() -> WebError {
    WebError::BadRequest(
        "The form holds characters that are no text. Go back, type it anew and send it again.".to_owned(),
    )
}

impl FromRequest for Pairs {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = WebResult<Self>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_form = req.content_type().eq_ignore_ascii_case(MEDIA_TYPE);
        let has_body = req.headers().get("content-type").is_some();
        let most = req.app_data::<Data<App>>().map_or(MOST_BYTES, |app| most_bytes(app.house.max_numbers));
        let mut payload = Arriving::new(payload.take());
        Box::pin(async move {
            if !is_form && has_body {
                return Err(WebError::UnsupportedMediaType);
            }
            let mut body = BytesMut::new();
            let mut size = 0_usize;
            while let Some(chunk) = payload.next().await {
                let chunk = chunk.map_err(|_cut| {
                    WebError::BadRequest("The form did not arrive whole. Go back and send it again.".to_owned())
                })?;
                size += chunk.len();
                // Read on up to twice the limit, so that the browser sees the page.
                if most * 2 < size {
                    break;
                }
                if size <= most {
                    body.extend_from_slice(&chunk);
                }
            }
            if most < size {
                return Err(WebError::TooLarge(format!(
                    "This form is larger than {} KB. Go back, shorten what you typed and send it again. What was saved before is safe.",
                    most / 1024
                )));
            }
            Self::decode(&body)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_browsers_send() {
        let pairs = Pairs::decode(b"a=1+2&b=%C3%A9&a=x&empty=&flag").ok().unwrap();
        assert_eq!(pairs.get("a"), "1 2");
        assert_eq!(pairs.all("a").collect::<Vec<_>>(), ["1 2", "x"]);
        assert_eq!(pairs.get("b"), "é");
        assert!(pairs.has("flag") && !pairs.has("other"));
    }

    #[test]
    fn refuses_bytes_that_are_not_text() {
        for body in [b"a=%FF".as_slice(), b"a=%00", b"\xff=1", b"%C3=1"] {
            assert!(matches!(Pairs::decode(body), Err(WebError::BadRequest(_))));
        }
    }
}
