//! What a request notes of its draft and of its contact.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{Conn, StoreResult, schema::port_requests};
use crate::domain::draft::Step;

/// Notes that the contact of a manual request has the mailbox that they named; the first time counts.
pub fn note_confirmed(conn: &mut Conn, id: i64, now: NaiveDateTime) -> StoreResult<()> {
    let unconfirmed = port_requests::table.find(id).filter(port_requests::confirmed_at.is_null());
    diesel::update(unconfirmed).set(port_requests::confirmed_at.eq(now)).execute(conn)?;
    Ok(())
}

/// What lists show of a draft.
#[derive(Debug, Clone)]
pub struct DraftNote<'a> {
    pub name: &'a str,
    pub losing_carrier: &'a str,
    pub number_count: i32,
    pub next_step: Step,
}

/// Keeps what lists show of a draft in step with its answers.
pub fn note_draft(conn: &mut Conn, id: i64, note: &DraftNote<'_>) -> StoreResult<()> {
    diesel::update(port_requests::table.find(id))
        .set((
            port_requests::name.eq(note.name),
            port_requests::losing_carrier.eq(note.losing_carrier),
            port_requests::number_count.eq(note.number_count),
            port_requests::next_step.eq(note.next_step.segment()),
        ))
        .execute(conn)?;
    Ok(())
}
