//! Forms with files: each file is counted, judged and kept as it arrives, so that a wrong field never costs one.

mod body;
mod field;
mod owner;
mod reading;
mod single;
mod small;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::{
    HttpResponse,
    http::header::HeaderMap,
    web::{Data, Payload},
};
use futures_util::StreamExt as _;

use self::{body::Body, field::file_name, reading::Reading};
pub use self::{
    owner::Owner,
    single::{Kept, One, receive_one},
    small::{SmallFile, receive_small},
};
use super::{
    app::App,
    error::{WebError, WebResult},
    pairs::Pairs,
};
use crate::{
    domain::document::Door,
    services::{draft::DraftError, files_told::FilesTold, manual::ManualError},
    store::StoreError,
};

/// Most parts of one form.
const MOST_PARTS: usize = 20_000;

/// A form with what became of its files.
pub struct Form {
    pub pairs: Pairs,
    pub told: FilesTold,
}

/// Where the files of a form go.
pub struct Destination<'a> {
    pub app: &'a Data<App>,
    pub owner: Owner,
    pub door: Door,
}

/// Reads a body that nobody wants.
pub async fn drain(payload: Payload) {
    Body::new(payload).drain().await;
}

/// Lets an upload go on to its handler, or reads its body to the end first: a browser that still sends shows no answer.
pub async fn admitted<T>(
    admitted: WebResult<Result<T, HttpResponse>>,
    payload: Payload,
) -> WebResult<Result<(T, Payload), HttpResponse>> {
    match admitted {
        Ok(Ok(who)) => Ok(Ok((who, payload))),
        Ok(Err(elsewhere)) => {
            drain(payload).await;
            Ok(Err(elsewhere))
        }
        Err(error) => {
            drain(payload).await;
            Err(error)
        }
    }
}

/// Receives a form with files. Files that arrived whole are kept whatever happens to the others.
pub async fn receive(to: &Destination<'_>, headers: &HeaderMap, payload: Payload) -> Result<Form, ReceiveError> {
    let body = Body::new(payload);
    let read = read(to, Multipart::new(headers, body.clone())).await;
    body.drain().await;
    read
}

async fn read(to: &Destination<'_>, mut parts: Multipart) -> Result<Form, ReceiveError> {
    let mut reading = Reading::default();
    for _ in 0..MOST_PARTS {
        let Some(mut field) = next_field(&mut parts).await? else {
            return Ok(reading.form(to.door.max_files, true));
        };
        let name = field.name().unwrap_or_default().to_owned();
        let goes_on = match file_name(&field) {
            Some(file) => reading.file(to, &mut field, &name, &file).await?,
            None => reading.text(&mut field, name).await?,
        };
        if !goes_on {
            return Ok(reading.form(to.door.max_files, false));
        }
    }
    Err(WebError::TooLarge("This form has too many fields. Go back, shorten what you typed and send it again. What was saved before is safe.".to_owned())
        .into())
}

/// Why a form with files has no answer of its own.
#[derive(Debug)]
pub enum ReceiveError {
    Web(WebError),
    Draft(DraftError),
    Manual(ManualError),
}

impl From<ManualError> for ReceiveError {
    fn from(error: ManualError) -> Self {
        Self::Manual(error)
    }
}

impl From<StoreError> for ReceiveError {
    fn from(error: StoreError) -> Self {
        Self::Web(error.into())
    }
}

impl From<WebError> for ReceiveError {
    fn from(error: WebError) -> Self {
        Self::Web(error)
    }
}

impl From<DraftError> for ReceiveError {
    fn from(error: DraftError) -> Self {
        Self::Draft(error)
    }
}

impl From<ReceiveError> for WebError {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::Web(error) => error,
            ReceiveError::Draft(error) => error.into(),
            ReceiveError::Manual(error) => error.into(),
        }
    }
}

async fn next_field(parts: &mut Multipart) -> WebResult<Option<Field>> {
    match parts.next().await {
        None => Ok(None),
        Some(Ok(field)) => Ok(Some(field)),
        Some(Err(MultipartError::ContentTypeIncompatible)) => Err(WebError::UnsupportedMediaType),
        Some(Err(_)) => Err(cut()),
    }
}

fn cut() -> WebError {
    WebError::BadRequest("The form did not arrive whole. Go back and send it again.".to_owned())
}
