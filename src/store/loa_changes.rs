//! Changes of a letter's row: each one is made on the state that the caller read, or not at all.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{
    Conn, StoreError, StoreResult,
    loas::{Loa, signature_place},
    schema::{loas, port_requests},
};
use crate::{
    domain::loa::{EndReason, LoaMode, LoaState},
    vault::Vault,
};

/// How a letter ends, or is replaced.
#[derive(Debug, Clone, Copy)]
pub struct End<'a> {
    pub to: LoaState,
    pub reason: EndReason,
    pub note: &'a str,
}

/// Ends a letter. `Stale` when it is not in the state that was read, or the table does not allow the move.
pub fn end(conn: &mut Conn, loa: &Loa, end: End<'_>, now: NaiveDateTime) -> StoreResult<()> {
    if !loa.state.allows(end.to) {
        return Err(StoreError::Stale);
    }
    let as_read = loas::table.filter(loas::id.eq(loa.id)).filter(loas::state.eq(loa.state));
    let changed = diesel::update(as_read)
        .set((
            loas::state.eq(end.to),
            loas::ended_at.eq(now),
            loas::end_reason.eq(end.reason.code()),
            loas::end_note.eq(end.note),
            loas::next_reminder_at.eq(None::<NaiveDateTime>),
        ))
        .execute(conn)?;
    one_row(changed)
}

/// What signing writes.
#[derive(Debug, Clone, Copy)]
pub struct Signing<'a> {
    /// `Sealed`, or `Signed` when the seal failed, or `Uploaded`.
    pub to: LoaState,
    pub at: NaiveDateTime,
    pub on: NaiveDate,
    /// Nothing for a letter that was signed elsewhere.
    pub signature: Option<&'a [u8]>,
}

/// Notes that a letter was signed, on the state that was read: of two who sign at the same time one gets `Stale`.
pub fn note_signed(conn: &mut Conn, vault: &Vault, loa: &Loa, signing: Signing<'_>) -> StoreResult<()> {
    if !loa.state.allows(signing.to) {
        return Err(StoreError::Stale);
    }
    let as_read = loas::table.filter(loas::id.eq(loa.id)).filter(loas::state.eq(loa.state));
    let signature = signing.signature.map(|plain| vault.seal(&signature_place(&loa.loa_id), plain));
    let changed = diesel::update(as_read)
        .set((
            loas::state.eq(signing.to),
            loas::signed_at.eq(signing.at),
            loas::signed_on.eq(signing.on),
            loas::told_on.eq(Some(signing.on).filter(|_| signing.to == LoaState::Uploaded)),
            loas::signature.eq(signature),
            loas::next_reminder_at.eq(None::<NaiveDateTime>),
        ))
        .execute(conn)?;
    one_row(changed)
}

/// Notes that a letter that waits is signed on paper, however its signer was asked.
pub fn note_paper(conn: &mut Conn, loa: &Loa) -> StoreResult<()> {
    one_row(diesel::update(pending(loa)).set(loas::mode.eq(LoaMode::Paper)).execute(conn)?)
}

/// Notes that the signer of a letter that waits wants to sign it on paper.
pub fn choose_paper(conn: &mut Conn, loa: &Loa, now: NaiveDateTime) -> StoreResult<()> {
    one_row(diesel::update(pending(loa)).set(loas::paper_chosen_at.eq(now)).execute(conn)?)
}

/// Asks again: the time to sign and the reminders begin anew.
pub fn note_asked(
    conn: &mut Conn,
    loa: &Loa,
    expires_at: NaiveDateTime,
    next_reminder_at: Option<NaiveDateTime>,
    now: NaiveDateTime,
) -> StoreResult<()> {
    let changed = diesel::update(pending(loa))
        .set((
            loas::asked_at.eq(now),
            loas::expires_at.eq(expires_at),
            loas::paper_chosen_at.eq(None::<NaiveDateTime>),
            loas::reminders.eq(0),
            loas::next_reminder_at.eq(next_reminder_at),
        ))
        .execute(conn)?;
    one_row(changed)
}

/// Claims a reminder: of two workers one gets `Stale`.
pub fn remind(conn: &mut Conn, loa: &Loa, next: Option<NaiveDateTime>) -> StoreResult<()> {
    let as_read = loas::table
        .filter(loas::id.eq(loa.id))
        .filter(loas::state.eq(LoaState::Pending))
        .filter(loas::reminders.eq(loa.reminders));
    let changed = diesel::update(as_read)
        .set((loas::reminders.eq(loa.reminders + 1), loas::next_reminder_at.eq(next)))
        .execute(conn)?;
    one_row(changed)
}

/// Notes the first time that somebody opened the letter who reads the signer’s mailbox.
pub fn note_opened(conn: &mut Conn, loa: &Loa, now: NaiveDateTime) -> StoreResult<()> {
    let unopened = loas::table.filter(loas::id.eq(loa.id)).filter(loas::opened_at.is_null());
    diesel::update(unopened).set(loas::opened_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Notes which version of the consent was agreed to.
pub fn note_consent(conn: &mut Conn, loa: &Loa, version: i32, now: NaiveDateTime) -> StoreResult<()> {
    let changed = diesel::update(pending(loa))
        .set((loas::consented_at.eq(now), loas::consent_version.eq(version)))
        .execute(conn)?;
    one_row(changed)
}

/// Puts off the seal of a letter that could not be made now.
pub fn seal_after(conn: &mut Conn, loa: i64, at: NaiveDateTime) -> StoreResult<()> {
    diesel::update(loas::table.find(loa)).set(loas::seal_after.eq(at)).execute(conn)?;
    Ok(())
}

/// Notes at a request whether its letter, while it waits to be signed, waits for the requester.
pub fn note_whose_move(conn: &mut Conn, port_request: i64, is_requesters: bool) -> StoreResult<()> {
    let other = port_requests::table.find(port_request).filter(port_requests::needs_letter.ne(is_requesters));
    diesel::update(other).set(port_requests::needs_letter.eq(is_requesters)).execute(conn)?;
    Ok(())
}

/// Notes whom a signer named who is not the right person.
pub fn propose(conn: &mut Conn, loa: &Loa, name: &str, email: &str) -> StoreResult<()> {
    let changed = diesel::update(loas::table.filter(loas::id.eq(loa.id)))
        .set((loas::proposed_name.eq(name), loas::proposed_email.eq(email)))
        .execute(conn)?;
    one_row(changed)
}

#[diesel::dsl::auto_type]
fn pending<'a>(loa: &'a Loa) -> _ {
    let id: i64 = loa.id;
    loas::table.filter(loas::id.eq(id)).filter(loas::state.eq("pending"))
}

fn one_row(changed: usize) -> StoreResult<()> {
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Notes the day that the desk read on an uploaded letter. `Stale` when the letter is not such a one any more.
pub fn note_compared(conn: &mut Conn, loa: &Loa, signed_on: NaiveDate, now: NaiveDateTime) -> StoreResult<()> {
    let uploaded = loas::table.find(loa.id).filter(loas::state.eq(LoaState::Uploaded));
    one_row(diesel::update(uploaded).set((loas::signed_on.eq(signed_on), loas::compared_at.eq(now))).execute(conn)?)
}
