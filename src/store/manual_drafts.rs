//! What people without an account type into the manual form, sealed, until it is a request of an account.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{
    Conn, StoreError, StoreResult,
    schema::{contact_links, manual_drafts, manual_files, outbox, port_requests},
    turns,
};
use crate::{
    domain::{manual::ManualAnswers, request_sid::RequestSid},
    vault::{Token, Vault},
};

/// A manual draft as opened.
#[derive(Debug, Clone)]
pub struct ManualDraft {
    pub id: i64,
    pub answers: ManualAnswers,
    pub version: i32,
    pub saved_at: NaiveDateTime,
    /// The rejected request that it corrects, by row.
    pub corrects: Option<i64>,
    /// Made when it is sent.
    pub sid: Option<RequestSid>,
    pub sent_at: Option<NaiveDateTime>,
    /// The request that it became, by row.
    pub port_request_id: Option<i64>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = manual_drafts)]
struct Row {
    id: i64,
    token_hash: String,
    answers: Vec<u8>,
    version: i32,
    saved_at: NaiveDateTime,
    corrects: Option<i64>,
    sid: Option<RequestSid>,
    sent_at: Option<NaiveDateTime>,
    port_request_id: Option<i64>,
}

impl Row {
    fn opened(self, vault: &Vault) -> StoreResult<ManualDraft> {
        let plain = vault.open(&place(&self.token_hash), &self.answers);
        let plain = plain.map_err(|error| StoreError::Corrupt(error.to_string()))?;
        // What stands there is not told: it may be a PIN.
        let answers = serde_json::from_slice(&plain)
            .map_err(|error| StoreError::Corrupt(format!("{:?} in a manual draft", error.classify())))?;
        Ok(ManualDraft {
            id: self.id,
            answers,
            version: self.version,
            saved_at: self.saved_at,
            corrects: self.corrects,
            sid: self.sid,
            sent_at: self.sent_at,
            port_request_id: self.port_request_id,
        })
    }
}

fn place(token_hash: &str) -> String {
    format!("manual_drafts:{token_hash}")
}

fn sealed(vault: &Vault, token_hash: &str, answers: &ManualAnswers) -> StoreResult<Vec<u8>> {
    let plain = serde_json::to_vec(answers).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    Ok(vault.seal(&place(token_hash), &plain))
}

/// Adds a draft that the bearer of `token` fills; `corrects` names the rejected request that it is about. Gives its row.
pub fn add(
    conn: &mut Conn,
    vault: &Vault,
    token: &Token,
    answers: &ManualAnswers,
    corrects: Option<i64>,
    now: NaiveDateTime,
) -> StoreResult<i64> {
    let hash = token.hash();
    Ok(diesel::insert_into(manual_drafts::table)
        .values((
            manual_drafts::token_hash.eq(&hash),
            manual_drafts::answers.eq(sealed(vault, &hash, answers)?),
            manual_drafts::created_at.eq(now),
            manual_drafts::saved_at.eq(now),
            manual_drafts::corrects.eq(corrects),
        ))
        .returning(manual_drafts::id)
        .get_result(conn)?)
}

/// The draft of a secret.
pub fn find(conn: &mut Conn, vault: &Vault, token: &Token) -> StoreResult<ManualDraft> {
    let row: Row =
        manual_drafts::table.filter(manual_drafts::token_hash.eq(token.hash())).select(Row::as_select()).first(conn)?;
    row.opened(vault)
}

/// The same, with nobody else changing it until the transaction ends.
pub fn find_in_turn(conn: &mut Conn, vault: &Vault, token: &Token) -> StoreResult<ManualDraft> {
    take_turn(conn, &token.hash())?;
    find(conn, vault, token)
}

fn take_turn(conn: &mut Conn, token_hash: &str) -> StoreResult<()> {
    turns::take(conn, &format!("manual_draft:{token_hash}"))
}

/// The request that the draft of a secret corrects, by row: read before anybody waits for a turn.
pub fn corrects(conn: &mut Conn, token: &Token) -> StoreResult<Option<i64>> {
    Ok(manual_drafts::table
        .filter(manual_drafts::token_hash.eq(token.hash()))
        .select(manual_drafts::corrects)
        .first(conn)?)
}

/// One draft, by row.
pub fn get(conn: &mut Conn, vault: &Vault, id: i64) -> StoreResult<ManualDraft> {
    let row: Row = manual_drafts::table.find(id).select(Row::as_select()).first(conn)?;
    row.opened(vault)
}

/// The same, with nobody else changing it until the transaction ends.
pub fn get_in_turn(conn: &mut Conn, vault: &Vault, id: i64) -> StoreResult<ManualDraft> {
    let hash = |conn: &mut Conn| -> StoreResult<String> {
        Ok(manual_drafts::table.find(id).select(manual_drafts::token_hash).first(conn)?)
    };
    // Whoever had the turn before may have opened it again under another secret, which has a turn of its own.
    let mut held = String::new();
    loop {
        let now = hash(conn)?;
        if now == held {
            return get(conn, vault, id);
        }
        take_turn(conn, &now)?;
        held = now;
    }
}

/// Writes the answers; the caller holds the transaction in which they were read.
pub fn save(conn: &mut Conn, vault: &Vault, id: i64, answers: &ManualAnswers, now: NaiveDateTime) -> StoreResult<()> {
    let hash: String = manual_drafts::table.find(id).select(manual_drafts::token_hash).first(conn)?;
    diesel::update(manual_drafts::table.find(id))
        .set((
            manual_drafts::answers.eq(sealed(vault, &hash, answers)?),
            manual_drafts::saved_at.eq(now),
            manual_drafts::version.eq(manual_drafts::version + 1),
        ))
        .execute(conn)?;
    Ok(())
}

/// Opens a sent draft again, under this secret; the turn of the one that it had is held.
pub fn reopen(
    conn: &mut Conn,
    vault: &Vault,
    id: i64,
    secret: &Token,
    answers: &ManualAnswers,
    now: NaiveDateTime,
) -> StoreResult<()> {
    diesel::update(manual_drafts::table.find(id))
        .set((manual_drafts::token_hash.eq(secret.hash()), manual_drafts::sent_at.eq(None::<NaiveDateTime>)))
        .execute(conn)?;
    save(conn, vault, id, answers, now)
}

/// Notes that it was sent under a SID. `Stale` when it was before.
pub fn note_sent(conn: &mut Conn, id: i64, sid: &RequestSid, now: NaiveDateTime) -> StoreResult<()> {
    let open = manual_drafts::table.find(id).filter(manual_drafts::sent_at.is_null());
    let changed = diesel::update(open)
        .set((manual_drafts::sid.eq(sid), manual_drafts::sent_at.eq(now), manual_drafts::saved_at.eq(now)))
        .execute(conn)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Notes which request it became; what was typed is not kept twice. What was mailed about it is about the request now.
pub fn note_entered(conn: &mut Conn, vault: &Vault, id: i64, request: i64, now: NaiveDateTime) -> StoreResult<()> {
    save(conn, vault, id, &ManualAnswers::default(), now)?;
    diesel::update(manual_drafts::table.find(id)).set(manual_drafts::port_request_id.eq(request)).execute(conn)?;
    diesel::update(outbox::table.filter(outbox::manual_draft.eq(id)))
        .set(outbox::port_request_id.eq(request))
        .execute(conn)?;
    Ok(())
}

/// The correction of a request that is not sent yet, if one was begun.
pub fn open_correction(conn: &mut Conn, vault: &Vault, request: i64) -> StoreResult<Option<ManualDraft>> {
    let row: Option<Row> = manual_drafts::table
        .filter(manual_drafts::corrects.eq(request))
        .filter(manual_drafts::sent_at.is_null())
        .order(manual_drafts::id.desc())
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.map(|row| row.opened(vault)).transpose()
}

/// The draft that waits under a SID for its mailbox to be confirmed, or to be sent once more.
pub fn unconfirmed(conn: &mut Conn, vault: &Vault, sid: &RequestSid) -> StoreResult<Option<ManualDraft>> {
    let row: Option<Row> = manual_drafts::table
        .filter(manual_drafts::sid.eq(sid))
        .filter(manual_drafts::port_request_id.is_null())
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.map(|row| row.opened(vault)).transpose()
}

/// Drafts that became no request, at most `limit`, oldest first: see [`is_abandoned`].
pub fn abandoned(conn: &mut Conn, ages: Ages, limit: i64) -> StoreResult<Vec<i64>> {
    let given_up = given_up(ages);
    Ok(manual_drafts::table
        .filter(given_up)
        .order(manual_drafts::saved_at.asc())
        .limit(limit)
        .select(manual_drafts::id)
        .load(conn)?)
}

/// Since when a draft counts as given up.
#[derive(Debug, Clone, Copy)]
pub struct Ages {
    /// One that was never sent, if it was last saved before this.
    pub unsent: NaiveDateTime,
    /// One that was sent and never confirmed, is open again, or corrects a request, if it was last saved before this.
    pub unconfirmed: NaiveDateTime,
}

/// Whether a draft is given up, with nobody else changing it until the transaction ends.
pub fn is_abandoned(conn: &mut Conn, id: i64, ages: Ages) -> StoreResult<bool> {
    let hash: Option<String> =
        manual_drafts::table.find(id).select(manual_drafts::token_hash).first(conn).optional()?;
    let Some(hash) = hash else { return Ok(false) };
    take_turn(conn, &hash)?;
    let still = manual_drafts::table.filter(manual_drafts::id.eq(id)).filter(given_up(ages));
    Ok(diesel::select(diesel::dsl::exists(still)).get_result(conn)?)
}

#[diesel::dsl::auto_type(no_type_alias)]
fn given_up(ages: Ages) -> _ {
    let unsent: NaiveDateTime = ages.unsent;
    let unconfirmed: NaiveDateTime = ages.unconfirmed;
    let is_new = manual_drafts::sid.is_null().and(manual_drafts::corrects.is_null());
    let is_old = is_new.and(manual_drafts::saved_at.lt(unsent)).or(manual_drafts::saved_at.lt(unconfirmed));
    manual_drafts::port_request_id.is_null().and(is_old)
}

/// Closes a draft in whose place another one goes on; what was typed is not kept in it.
pub fn close(conn: &mut Conn, vault: &Vault, id: i64, now: NaiveDateTime) -> StoreResult<()> {
    save(conn, vault, id, &ManualAnswers::default(), now)?;
    diesel::update(manual_drafts::table.find(id)).set(manual_drafts::sent_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Drafts whose request ended before a moment, at most `limit`.
pub fn of_ended(conn: &mut Conn, closed_before: NaiveDateTime, limit: i64) -> StoreResult<Vec<i64>> {
    // Asked draft by draft: there are few of them, and many requests that have ended.
    let ended = port_requests::table
        .filter(port_requests::id.nullable().eq(manual_drafts::port_request_id))
        .filter(port_requests::closed_at.lt(closed_before));
    Ok(manual_drafts::table
        .filter(manual_drafts::port_request_id.is_not_null())
        .filter(diesel::dsl::exists(ended))
        .order(manual_drafts::port_request_id.asc())
        .limit(limit)
        .select(manual_drafts::id)
        .load(conn)?)
}

/// Removes a draft that became a request. Its mails stay: the desk reads them among those of the request, which is kept, and
/// one that asked to confirm the mailbox shows who was asked when. One that is still queued is dropped when its turn comes.
pub fn remove_entered(conn: &mut Conn, id: i64) -> StoreResult<()> {
    let entered = manual_drafts::table.find(id).filter(manual_drafts::port_request_id.is_not_null());
    let hash: Option<String> = entered.select(manual_drafts::token_hash).first(conn).optional()?;
    let Some(hash) = hash else { return Ok(()) };
    take_turn(conn, &hash)?;
    diesel::update(outbox::table.filter(outbox::manual_draft.eq(id)))
        .set(outbox::manual_draft.eq(None::<i64>))
        .execute(conn)?;
    remove(conn, id)
}

/// Removes a draft with its mails, links and files; the sweep of files takes their bytes.
pub fn remove(conn: &mut Conn, id: i64) -> StoreResult<()> {
    diesel::delete(outbox::table.filter(outbox::manual_draft.eq(id))).execute(conn)?;
    diesel::delete(contact_links::table.filter(contact_links::manual_draft.eq(id))).execute(conn)?;
    diesel::delete(manual_files::table.filter(manual_files::manual_draft.eq(id))).execute(conn)?;
    diesel::delete(manual_drafts::table.find(id)).execute(conn)?;
    Ok(())
}
