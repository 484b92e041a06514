//! One small file of a form that nobody keeps: received, looked at, forgotten.

use std::path::Path;

use actix_multipart::Multipart;
use actix_web::{http::header::HeaderMap, web::Payload};

use super::{
    body::Body,
    field::{Spooled, skip, spool_in},
    next_field,
};
use crate::{
    domain::document::Door,
    files::Received,
    web::error::{WebError, WebResult},
};

/// What came of it.
#[derive(Debug)]
pub enum SmallFile {
    /// The form had no file, or an empty one.
    None,
    /// On the disk, as slow senders would fill the memory.
    Whole(Received),
    TooLarge,
    /// The body broke off.
    Cut,
}

/// Receives the first file of a form in a folder, up to what a door takes. The rest of the body is read and dropped.
pub async fn receive_small(folder: &Path, headers: &HeaderMap, payload: Payload, door: &Door) -> WebResult<SmallFile> {
    let body = Body::new(payload);
    let read = read(folder, Multipart::new(headers, body.clone()), door).await;
    body.drain().await;
    read
}

async fn read(folder: &Path, mut parts: Multipart, door: &Door) -> WebResult<SmallFile> {
    while let Some(mut field) = next_field(&mut parts).await? {
        if field.content_disposition().is_none_or(|it| it.get_filename().is_none()) {
            if !skip(&mut field).await {
                return Ok(SmallFile::Cut);
            }
            continue;
        }
        match spool_in(folder, door, &mut field).await {
            Spooled::Whole(received) if received.size() == 0 => {}
            Spooled::Whole(received) | Spooled::Cut(Some(received)) if door.max_bytes < received.size() => {
                return Ok(SmallFile::TooLarge);
            }
            Spooled::Whole(received) => return Ok(SmallFile::Whole(received)),
            Spooled::Cut(_) => return Ok(SmallFile::Cut),
            Spooled::NoRoom => return Err(WebError::internal("a file could not be received")),
        }
    }
    Ok(SmallFile::None)
}
