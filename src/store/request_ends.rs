//! Requests that are over: drafts that were deleted, and secrets that are erased.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{
    Conn, StoreResult,
    port_requests::{PortRequest, one_row},
    schema::port_requests,
};
use crate::domain::stage::Stage;

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

/// Notes that the PINs of a request are gone.
pub fn note_erased(conn: &mut Conn, id: i64, now: NaiveDateTime) -> StoreResult<()> {
    diesel::update(port_requests::table.find(id)).set(port_requests::secrets_erased_at.eq(now)).execute(conn)?;
    Ok(())
}
