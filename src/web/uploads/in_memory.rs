//! One small file of a form that nobody keeps: read into memory, looked at, forgotten.

use actix_multipart::Multipart;
use actix_web::{http::header::HeaderMap, web::Payload};
use futures_util::StreamExt as _;

use super::{body::Body, next_field};
use crate::web::error::WebResult;

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub enum SmallFile {
    /// The form had no file, or an empty one.
    None,
    Whole(Vec<u8>),
    TooLarge,
    /// The body broke off.
    Cut,
}

/// Reads the first file of a form, up to `most` bytes. The rest of the body is read and dropped.
pub async fn in_memory(headers: &HeaderMap, payload: Payload, most: usize) -> WebResult<SmallFile> {
    let body = Body::new(payload);
    let read = read(Multipart::new(headers, body.clone()), most).await;
    body.drain().await;
    read
}

async fn read(mut parts: Multipart, most: usize) -> WebResult<SmallFile> {
    while let Some(mut field) = next_field(&mut parts).await? {
        let is_file = field.content_disposition().is_some_and(|it| it.get_filename().is_some());
        let mut bytes = Vec::new();
        loop {
            match field.next().await {
                Some(Ok(chunk)) if most < bytes.len() + chunk.len() => return Ok(SmallFile::TooLarge),
                Some(Ok(chunk)) => bytes.extend_from_slice(&chunk),
                None => break,
                Some(Err(_)) => return Ok(SmallFile::Cut),
            }
        }
        if is_file && !bytes.is_empty() {
            return Ok(SmallFile::Whole(bytes));
        }
    }
    Ok(SmallFile::None)
}
