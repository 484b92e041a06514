//! Letters of authorization: one row a letter, from the moment its signer is asked.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{Conn, StoreError, StoreResult, port_requests::PortRequest, schema::loas};
use crate::{
    domain::{
        loa::{Chain, EndReason, LoaMode, LoaState},
        loa_id::LoaId,
    },
    letter::LetterFacts,
    vault::Vault,
};

pub use super::loa_changes::{
    End, Signing, choose_paper, end, note_asked, note_compared, note_consent, note_opened, note_paper, note_signed,
    note_whose_move, propose, remind, seal_after,
};

/// A letter as stored; what it prints stays sealed until it is asked for.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = loas)]
pub struct Loa {
    pub id: i64,
    pub account_id: i64,
    pub port_request_id: i64,
    pub loa_id: LoaId,
    /// The how many-th letter of its request.
    pub version: i32,
    pub state: LoaState,
    pub mode: LoaMode,
    facts: Vec<u8>,
    /// Of the printed facts, in hexadecimal digits.
    pub content_hash: String,
    pub number_count: i32,
    /// Whether a toll-free number moves: such letters age faster.
    pub toll_free: bool,
    pub signer_name: String,
    pub signer_email: String,
    /// Who named the signer.
    pub requested_by: i64,
    pub created_at: NaiveDateTime,
    /// When the signer was last asked, other than by a reminder.
    pub asked_at: NaiveDateTime,
    /// When the links end.
    pub expires_at: NaiveDateTime,
    pub reminders: i32,
    pub next_reminder_at: Option<NaiveDateTime>,
    pub opened_at: Option<NaiveDateTime>,
    /// When the signer chose paper, since they were last asked.
    pub paper_chosen_at: Option<NaiveDateTime>,
    pub consented_at: Option<NaiveDateTime>,
    pub consent_version: Option<i32>,
    pub signed_at: Option<NaiveDateTime>,
    signature: Option<Vec<u8>>,
    /// The day that stands on the letter.
    pub signed_on: Option<NaiveDate>,
    /// The day that whoever uploaded it typed; the desk may have read another one.
    pub told_on: Option<NaiveDate>,
    /// When the desk compared that day with an uploaded letter.
    pub compared_at: Option<NaiveDateTime>,
    pub ended_at: Option<NaiveDateTime>,
    /// Why it ended, by the code of an `EndReason`.
    pub end_reason: String,
    /// In the words of whoever ended it.
    pub end_note: String,
    /// Whom a signer named who is not the right person.
    pub proposed_name: String,
    pub proposed_email: String,
    pub chain_length: i32,
    pub chain_head: String,
}

impl Loa {
    /// Everything that the letter prints.
    pub fn facts(&self, vault: &Vault) -> StoreResult<LetterFacts> {
        let plain = vault.open(&facts_place(&self.loa_id), &self.facts);
        let plain = plain.map_err(|error| StoreError::Corrupt(error.to_string()))?;
        LetterFacts::from_canonical_json(&plain).map_err(|error| StoreError::Corrupt(error.to_string()))
    }

    /// The mark and what was confirmed, as stored when it was signed.
    pub fn signature(&self, vault: &Vault) -> StoreResult<Option<Vec<u8>>> {
        let Some(sealed) = &self.signature else { return Ok(None) };
        let plain = vault.open(&signature_place(&self.loa_id), sealed);
        plain.map(Some).map_err(|error| StoreError::Corrupt(error.to_string()))
    }

    /// Where the chain of its events stands.
    pub fn chain(&self) -> StoreResult<Chain> {
        let unreadable = || StoreError::Corrupt("the chain of a letter".to_owned());
        Chain::stored(self.chain_length, &self.chain_head).ok_or_else(unreadable)
    }
}

fn facts_place(loa_id: &LoaId) -> String {
    format!("loas.facts:{loa_id}")
}

/// Where a stored signature belongs.
pub(super) fn signature_place(loa_id: &LoaId) -> String {
    format!("loas.signature:{loa_id}")
}

/// A letter to add.
#[derive(Debug, Clone)]
pub struct NewLoa<'a> {
    pub facts: &'a LetterFacts,
    pub mode: LoaMode,
    /// SHA-256 of the secret in the QR code.
    pub qr_hash: &'a str,
    pub toll_free: bool,
    pub requested_by: i64,
    pub expires_at: NaiveDateTime,
    pub next_reminder_at: Option<NaiveDateTime>,
}

/// Adds a letter that waits for its signer. `Taken` when the request waits for another one.
pub fn add(
    conn: &mut Conn,
    vault: &Vault,
    request: &PortRequest,
    new: &NewLoa<'_>,
    now: NaiveDateTime,
) -> StoreResult<Loa> {
    let json = new.facts.canonical_json().map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let hash = new.facts.content_hash().map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let version = newest(conn, request.id)?.map_or(0, |loa| loa.version) + 1;
    let id: i64 = diesel::insert_into(loas::table)
        .values((
            (
                loas::account_id.eq(request.account_id),
                loas::port_request_id.eq(request.id),
                loas::loa_id.eq(&new.facts.loa_id),
                loas::version.eq(version),
                loas::state.eq(LoaState::Pending),
                loas::mode.eq(new.mode),
                loas::facts.eq(vault.seal(&facts_place(&new.facts.loa_id), &json)),
                loas::content_hash.eq(hash.to_string()),
                loas::qr_hash.eq(new.qr_hash),
                loas::number_count.eq(i32::try_from(new.facts.numbers.len()).unwrap_or(i32::MAX)),
                loas::toll_free.eq(new.toll_free),
            ),
            (
                loas::signer_name.eq(&new.facts.signer.name),
                loas::signer_email.eq(&new.facts.signer.email),
                loas::requested_by.eq(new.requested_by),
                loas::created_at.eq(now),
                loas::asked_at.eq(now),
                loas::expires_at.eq(new.expires_at),
                loas::next_reminder_at.eq(new.next_reminder_at),
                loas::chain_head.eq(hash.to_string()),
            ),
        ))
        .returning(loas::id)
        .get_result(conn)?;
    get(conn, id)
}

/// One letter, by row.
pub fn get(conn: &mut Conn, id: i64) -> StoreResult<Loa> {
    Ok(loas::table.find(id).select(Loa::as_select()).first(conn)?)
}

/// One letter, by its id.
pub fn find(conn: &mut Conn, loa_id: &LoaId) -> StoreResult<Loa> {
    Ok(loas::table.filter(loas::loa_id.eq(loa_id)).select(Loa::as_select()).first(conn)?)
}

/// The letter that a QR code names, by the hash of its secret.
pub fn by_qr(conn: &mut Conn, qr_hash: &str) -> StoreResult<Loa> {
    Ok(loas::table.filter(loas::qr_hash.eq(qr_hash)).select(Loa::as_select()).first(conn)?)
}

/// The newest letter of a request.
pub fn newest(conn: &mut Conn, port_request: i64) -> StoreResult<Option<Loa>> {
    Ok(loas::table
        .filter(loas::port_request_id.eq(port_request))
        .order(loas::version.desc())
        .select(Loa::as_select())
        .first(conn)
        .optional()?)
}

/// Every letter of a request, newest first.
pub fn of_request(conn: &mut Conn, port_request: i64) -> StoreResult<Vec<Loa>> {
    Ok(loas::table
        .filter(loas::port_request_id.eq(port_request))
        .order(loas::version.desc())
        .select(Loa::as_select())
        .load(conn)?)
}

/// The addresses that reported a letter of a request as unknown.
pub fn reported_by(conn: &mut Conn, port_request: i64) -> StoreResult<Vec<String>> {
    Ok(loas::table
        .filter(loas::port_request_id.eq(port_request))
        .filter(loas::end_reason.eq(EndReason::Reported.code()))
        .select(loas::signer_email)
        .load(conn)?)
}

/// The newest letter of each of these requests.
pub fn newest_of(conn: &mut Conn, port_requests: &[i64]) -> StoreResult<Vec<Loa>> {
    if port_requests.is_empty() {
        return Ok(Vec::new());
    }
    let mut all: Vec<Loa> = loas::table
        .filter(loas::port_request_id.eq_any(port_requests.to_vec()))
        .order((loas::port_request_id.asc(), loas::version.desc()))
        .select(Loa::as_select())
        .load(conn)?;
    all.dedup_by_key(|loa| loa.port_request_id);
    Ok(all)
}

/// Which of these requests have an uploaded letter whose day the desk has not compared.
pub fn uncompared(conn: &mut Conn, port_requests: &[i64]) -> StoreResult<Vec<i64>> {
    if port_requests.is_empty() {
        return Ok(Vec::new());
    }
    Ok(loas::table
        .filter(loas::port_request_id.eq_any(port_requests.to_vec()))
        .filter(loas::state.eq(LoaState::Uploaded))
        .filter(loas::compared_at.is_null())
        .select(loas::port_request_id)
        .load(conn)?)
}

/// Letters that nobody signed before their links ended.
pub fn to_expire(conn: &mut Conn, now: NaiveDateTime, limit: i64) -> StoreResult<Vec<i64>> {
    Ok(loas::table
        .filter(loas::state.eq(LoaState::Pending))
        .filter(loas::expires_at.le(now))
        .order(loas::expires_at.asc())
        .limit(limit)
        .select(loas::id)
        .load(conn)?)
}

/// Letters whose signer is to be reminded.
pub fn to_remind(conn: &mut Conn, now: NaiveDateTime, limit: i64) -> StoreResult<Vec<i64>> {
    Ok(loas::table
        .filter(loas::state.eq(LoaState::Pending))
        .filter(loas::next_reminder_at.le(now))
        .order(loas::next_reminder_at.asc())
        .limit(limit)
        .select(loas::id)
        .load(conn)?)
}

/// Letters that are signed and not sealed yet.
pub fn to_seal(conn: &mut Conn, now: NaiveDateTime, limit: i64) -> StoreResult<Vec<i64>> {
    Ok(loas::table
        .filter(loas::state.eq(LoaState::Signed))
        .filter(loas::seal_after.is_null().or(loas::seal_after.le(now)))
        .order(loas::signed_at.asc())
        .limit(limit)
        .select(loas::id)
        .load(conn)?)
}
