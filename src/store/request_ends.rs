//! Requests that are over: drafts that were deleted, and secrets that are erased.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{
    Conn, StoreResult,
    port_requests::{PortRequest, one_row},
    schema::port_requests,
};
use crate::domain::{channel::Channel, stage::Stage};

/// Deletes a draft, or brings it back.
pub fn set_deleted(conn: &mut Conn, request: &PortRequest, at: Option<NaiveDateTime>) -> StoreResult<()> {
    let as_read = port_requests::table
        .filter(port_requests::id.eq(request.id))
        .filter(port_requests::version.eq(request.version))
        .filter(port_requests::stage.eq(Stage::Draft));
    let changed = diesel::update(as_read)
        .set((port_requests::deleted_at.eq(at), port_requests::version.eq(request.version + 1)))
        .execute(conn)?;
    one_row(changed)
}

/// Requests that hold secrets still and ended before `ended`, or were deleted before `deleted`; at most `limit` of each.
pub fn to_erase(conn: &mut Conn, ended: NaiveDateTime, deleted: NaiveDateTime, limit: i64) -> StoreResult<Vec<i64>> {
    let holding = port_requests::table.filter(port_requests::secrets_erased_at.is_null()).select(port_requests::id);
    let mut due: Vec<i64> = holding.filter(port_requests::closed_at.lt(ended)).limit(limit).load(conn)?;
    due.extend(holding.filter(port_requests::deleted_at.lt(deleted)).limit(limit).load::<i64>(conn)?);
    Ok(due)
}

/// Requests of the manual form that were sent before a moment and whose mailbox nobody confirmed, oldest first.
pub fn unproven(conn: &mut Conn, sent_before: NaiveDateTime, limit: i64) -> StoreResult<Vec<i64>> {
    Ok(port_requests::table
        .filter(port_requests::confirmed_at.is_null().and(port_requests::closed_at.is_null()))
        .filter(port_requests::channel.eq(Channel::Manual.code()))
        .filter(port_requests::sent_at.lt(sent_before))
        .order(port_requests::sent_at.asc())
        .limit(limit)
        .select(port_requests::id)
        .load(conn)?)
}

/// Notes that the PINs of a request are gone.
pub fn note_erased(conn: &mut Conn, id: i64, now: NaiveDateTime) -> StoreResult<()> {
    diesel::update(port_requests::table.find(id)).set(port_requests::secrets_erased_at.eq(now)).execute(conn)?;
    Ok(())
}
