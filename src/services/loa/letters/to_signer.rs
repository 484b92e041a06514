//! Mails to the signer.

use chrono::NaiveDateTime;

use super::Asked;
use crate::{
    domain::{loa::LoaMode, time_zone},
    mail::letters::{self, LoaPdf, ReplacedBecause, Why, WithdrawnBecause},
    services::{house::House, loa::seat::Seat},
    store::{
        Conn, StoreError,
        loa_files::{LoaFileKind, NewLoaFile},
        loas::Loa,
        outbox::About,
    },
};

/// How the signer is asked.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// A few words of the requester.
    pub note: Option<&'a str>,
    pub why: Why,
    /// When the mail may go, if that is not now.
    pub not_before: Option<NaiveDateTime>,
}

impl Asking<'_> {
    /// Now, and without words of the requester.
    pub fn because(why: Why) -> Self {
        Self { note: None, why, not_before: None }
    }
}

/// E2: asks the signer, with a private link.
pub fn put_request(
    conn: &mut Conn,
    house: &House,
    loa: &Loa,
    asking: Asking<'_>,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let asked = Asked::load(conn, house, loa)?;
    let numbers = asked.masked();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let expires = asked.zone.moment(loa.expires_at);
    let Asking { note, why, not_before } = asking;
    let facts = letters::LoaRequest { loa: asked.facts(house), masked_numbers: &numbers, expires: &expires, note, why };
    let letter = letters::loa_request(&loa.signer_email, &facts);
    Asked::put_to_signer(conn, loa, &letter, About { not_before, ..About::default() }, now)
}

/// E3: reminds the signer.
pub fn put_reminder(
    conn: &mut Conn,
    house: &House,
    loa: &Loa,
    is_last: bool,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let asked = Asked::load(conn, house, loa)?;
    let numbers = asked.masked();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let facts = letters::LoaReminder {
        loa: asked.facts(house),
        masked_numbers: &numbers,
        by_day: &time_zone::month_and_day(asked.zone.date(loa.expires_at)),
        expires: &asked.zone.moment(loa.expires_at),
        is_last,
    };
    let letter = letters::loa_reminder(&loa.signer_email, &facts);
    Asked::put_to_signer(conn, loa, &letter, About::default(), now)
}

/// The code for one browser; the worker makes it.
pub fn put_code(
    conn: &mut Conn,
    house: &House,
    seat: &Seat,
    session: i64,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let asked = Asked::load(conn, house, &seat.loa)?;
    let letter = letters::loa_code(&seat.loa.signer_email, &letters::LoaCode { loa: asked.facts(house) });
    Asked::put_to_signer(conn, &seat.loa, &letter, About { loa_session: Some(session), ..About::default() }, now)
}

/// Tells a signer that what they have counts no longer, and why.
pub fn put_replaced(
    conn: &mut Conn,
    house: &House,
    loa: &Loa,
    because: ReplacedBecause,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let asked = Asked::load(conn, house, loa)?;
    let facts = letters::LoaReplaced { loa: asked.facts(house), because, was_signed: loa.state.is_signed() };
    Asked::put_to_signer(conn, loa, &letters::loa_replaced(&loa.signer_email, &facts), About::default(), now)
}

/// Tells a signer who was asked by mail that no signature is needed any more.
pub fn put_withdrawn(
    conn: &mut Conn,
    house: &House,
    loa: &Loa,
    because: WithdrawnBecause,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    if loa.mode != LoaMode::Remote {
        return Ok(());
    }
    let asked = Asked::load(conn, house, loa)?;
    let facts = letters::LoaWithdrawn { loa: asked.facts(house), because };
    Asked::put_to_signer(conn, loa, &letters::loa_withdrawn(&loa.signer_email, &facts), About::default(), now)
}

/// E4: gives the signer both PDFs, and tells the requester.
pub fn put_signed(
    conn: &mut Conn,
    house: &House,
    loa: &Loa,
    files: &[NewLoaFile],
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let asked = Asked::load(conn, house, loa)?;
    let missing = || StoreError::Corrupt("a PDF of a signed letter".to_owned());
    let file = |kind| files.iter().find(|file| file.kind == kind).ok_or_else(missing);
    let (letter, certificate) = (file(LoaFileKind::Signed)?, file(LoaFileKind::Certificate)?);
    let signed_at = asked.zone.moment(loa.signed_at.unwrap_or(now));
    let facts = letters::LoaSigned {
        loa: asked.facts(house),
        loa_id: loa.loa_id.as_str(),
        sid: asked.told.request.sid.as_str(),
        request_name: Some(asked.told.request.name.as_str()).filter(|name| !name.is_empty()),
        signed_at: &signed_at,
        letter: pdf(letter),
        certificate: pdf(certificate),
        chain_head: &loa.chain_head,
        verify_url: &format!("{}/verify", house.base_url),
        check_code: &asked.facts.verification.check_code,
    };
    let attached = About { with_loa: facts.is_attached(), ..About::default() };
    Asked::put_to_signer(conn, loa, &letters::loa_signed(&loa.signer_email, &facts), attached, now)?;
    super::put_signed_copy(conn, house, loa, now)
}

fn pdf(file: &NewLoaFile) -> LoaPdf<'_> {
    LoaPdf { size: u64::try_from(file.size).unwrap_or(0), sha256: &file.sha256 }
}
