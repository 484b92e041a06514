//! Agreeing to sign electronically: a text of its own with a version, before the letter is shown.

use chrono::NaiveDateTime;
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::{record, seat::Seat};
use crate::{
    domain::loa::{ClientFacts, EventKind},
    services::house::House,
    store::{self, Conn, StoreError, acknowledgements::TermText},
};

/// Under which name the text is stored.
pub const SLUG: &str = "electronic_signing";

/// The text as the signer reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    pub version: i32,
    pub paragraphs: Vec<String>,
    /// SHA-256 of the paragraphs, in hexadecimal digits.
    pub sha256: String,
}

/// The version that counts now.
pub fn current(conn: &mut Conn, now: NaiveDateTime) -> Result<TermText, StoreError> {
    let texts = store::acknowledgements::current_texts(conn, now)?;
    let missing = || StoreError::Corrupt("there is no text of the consent to sign electronically".to_owned());
    texts.into_iter().find(|text| text.slug == SLUG).ok_or_else(missing)
}

/// The text that counts now, with our address in its place.
pub fn text(conn: &mut Conn, house: &House, now: NaiveDateTime) -> Result<Consent, StoreError> {
    let stored = current(conn, now)?;
    let body = stored.body.replace("{support}", &house.brand.support_email);
    let sha256 = HEXLOWER.encode(&Sha256::digest(body.as_bytes()));
    Ok(Consent { version: stored.version, paragraphs: body.lines().map(str::to_owned).collect(), sha256 })
}

/// Notes that the signer agreed to this version. Another version than the one that counts is `Stale`: it is shown anew.
pub fn agree(
    conn: &mut Conn,
    house: &House,
    seat: &Seat,
    version: i32,
    client: &ClientFacts,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    store::turns::of_request(conn, seat.request.id)?;
    let consent = text(conn, house, now)?;
    if consent.version != version {
        return Err(StoreError::Stale);
    }
    store::loas::note_consent(conn, &seat.loa, version, now)?;
    let event = seat
        .happened(EventKind::ConsentGiven, client)
        .with("version", version.to_string())
        .with("sha256", consent.sha256);
    record::record(conn, seat.loa.id, &[event], now)?;
    Ok(())
}
