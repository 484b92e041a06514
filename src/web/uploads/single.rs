//! A form with one file that is kept before anything is done with it, so that a wrong field beside it never costs it.

use actix_multipart::Multipart;
use actix_web::{http::header::HeaderMap, web::Payload};
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use super::{
    Destination, MOST_PARTS, Reading,
    body::Body,
    field::{Spooled, file_name, skip, spool},
    next_field,
};
use crate::{
    domain::document::{FileName, Refusal},
    files::{DocumentKey, Received, judge},
    vault::Vault,
    web::{
        error::{WebError, WebResult},
        pairs::Pairs,
    },
};

/// A file that lies in the object store and belongs to nothing yet; the sweep removes it after a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    key: String,
    pub name: String,
    pub size: u64,
    pub sha256: String,
}

impl Kept {
    /// What a form carries in the place of the file. Nobody can make one, or use it at another place.
    pub fn sealed(&self, vault: &Vault, place: &str) -> WebResult<String> {
        let plain = serde_json::to_vec(self).map_err(WebError::internal)?;
        Ok(BASE64URL_NOPAD.encode(&vault.seal(place, &plain)))
    }

    /// Reads it.
    pub fn unsealed(vault: &Vault, place: &str, carried: &str) -> Option<Self> {
        let sealed = BASE64URL_NOPAD.decode(carried.as_bytes()).ok()?;
        serde_json::from_slice(&vault.open(place, &sealed).ok()?).ok()
    }

    /// Where its bytes are.
    pub fn key(&self) -> Option<DocumentKey> {
        DocumentKey::from_stored(&self.key)
    }
}

/// A form with its file.
#[derive(Default)]
pub struct One {
    pub pairs: Pairs,
    pub file: Option<Kept>,
    /// Why a file that came was not kept.
    pub refused: Option<Refusal>,
}

/// Receives a form with one file; of more than one the last counts.
pub async fn receive_one(to: &Destination<'_>, headers: &HeaderMap, payload: Payload) -> WebResult<One> {
    let body = Body::new(payload);
    let read = read(to, Multipart::new(headers, body.clone())).await;
    body.drain().await;
    read
}

async fn read(to: &Destination<'_>, mut parts: Multipart) -> WebResult<One> {
    let (mut reading, mut one) = (Reading::default(), One::default());
    let mut files = 0;
    for _ in 0..MOST_PARTS {
        let Some(mut field) = next_field(&mut parts).await? else { break };
        let name = field.name().unwrap_or_default().to_owned();
        let Some(sent_name) = file_name(&field) else {
            reading.text(&mut field, name).await?;
            continue;
        };
        files += 1;
        // Looking inside files is dear: nobody who wants to send one sends many.
        if 3 < files {
            skip(&mut field).await;
            continue;
        }
        let name = FileName::clean(&sent_name);
        let kept = match spool(to, &mut field).await {
            Spooled::Whole(received) if sent_name.is_empty() && received.size() == 0 => continue,
            Spooled::Whole(received) => keep(to, &received, name).await?,
            Spooled::Cut(Some(received)) if to.door.max_bytes < received.size() => keep(to, &received, name).await?,
            Spooled::Cut(_) | Spooled::NoRoom => Err(Refusal::NotUploaded(name)),
        };
        match kept {
            Ok(kept) => one.file = Some(kept),
            Err(refusal) => one.refused = Some(refusal),
        }
    }
    one.pairs = Pairs::new(reading.pairs);
    Ok(one)
}

async fn keep(to: &Destination<'_>, received: &Received, name: FileName) -> WebResult<Result<Kept, Refusal>> {
    let judged = match judge(received, name.clone(), &to.door, &to.app.inspector).await {
        Ok(judged) => judged,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let key = DocumentKey::random(to.owner.account()).map_err(WebError::internal)?;
    if let Err(error) = to.app.files.keep(&key, received).await {
        tracing::error!(%error, "an uploaded letter could not be kept");
        return Ok(Err(Refusal::NotUploaded(name)));
    }
    Ok(Ok(Kept {
        key: key.as_str().to_owned(),
        name: judged.name.as_str().to_owned(),
        size: judged.size.0,
        sha256: judged.sha256_hex,
    }))
}
