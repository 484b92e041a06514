//! A signature as it rests in the row of its letter, so that a letter whose seal failed can be set and sealed later.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::{
    domain::time_zone::TimeZone,
    letter::{Mark, Proof, Signature, Strokes},
    store::StoreError,
};

#[derive(Serialize, Deserialize)]
struct Stored {
    /// The strokes of a drawing; nothing for a typed name.
    strokes: Option<String>,
    signed_at: NaiveDateTime,
    zone: String,
    by_code: bool,
    confirmed: Vec<String>,
}

/// Writes a signature.
pub fn write(signature: &Signature) -> Result<Vec<u8>, StoreError> {
    let strokes = match &signature.mark {
        Mark::Drawn(strokes) => Some(strokes.to_string()),
        Mark::Typed => None,
    };
    let stored = Stored {
        strokes,
        signed_at: signature.signed_at,
        zone: signature.zone.name().to_owned(),
        by_code: signature.proof == Proof::EmailCode,
        confirmed: signature.confirmed.clone(),
    };
    serde_json::to_vec(&stored).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// Reads what [`write`] wrote.
pub fn read(stored: &[u8]) -> Result<Signature, StoreError> {
    let stored: Stored = serde_json::from_slice(stored).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let mark = match stored.strokes {
        Some(strokes) => Mark::Drawn(Strokes::parse(&strokes).map_err(|error| StoreError::Corrupt(error.to_string()))?),
        None => Mark::Typed,
    };
    Ok(Signature {
        mark,
        signed_at: stored.signed_at,
        zone: TimeZone::parse(&stored.zone).unwrap_or_default(),
        proof: if stored.by_code { Proof::EmailCode } else { Proof::SignedIn },
        confirmed: stored.confirmed,
    })
}
