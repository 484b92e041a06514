//! Tries of signing in and of asking for links, counted in the database.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use super::{Conn, StoreResult, schema::throttle_tries, turns};

/// So many tries in so long a time.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// What is counted, for example `sign_in_address`.
    pub scope: &'static str,
    pub tries: i64,
    pub within: Duration,
}

/// Counts a try, unless there were too many: then gives the minutes until the next one is allowed.
///
/// The try is counted before its outcome is known, so that a hundred tries sent at once are a hundred tries.
pub fn note_allowed(
    conn: &mut Conn,
    limit: Limit,
    key_hash: &str,
    now: NaiveDateTime,
) -> StoreResult<Result<i64, i64>> {
    turns::take(conn, key_hash)?;
    match wait_minutes(conn, limit, key_hash, now)? {
        Some(minutes) => Ok(Err(minutes)),
        None => Ok(Ok(note(conn, limit.scope, key_hash, now)?)),
    }
}

/// The minutes until the next try is allowed, if there were too many; counts none.
pub fn wait_minutes(conn: &mut Conn, limit: Limit, key_hash: &str, now: NaiveDateTime) -> StoreResult<Option<i64>> {
    let recent = throttle_tries::table
        .filter(throttle_tries::scope.eq(limit.scope))
        .filter(throttle_tries::key_hash.eq(key_hash))
        .filter(throttle_tries::tried_at.gt(now - limit.within));
    let decisive: Option<NaiveDateTime> = recent
        .order(throttle_tries::tried_at.desc())
        .offset(limit.tries - 1)
        .select(throttle_tries::tried_at)
        .first(conn)
        .optional()?;
    Ok(decisive.map(|at| ((at + limit.within - now).num_seconds() + 59) / 60).map(|minutes| minutes.max(1)))
}

/// Counts a try at a moment; one that is to come holds its place until then.
pub fn note(conn: &mut Conn, scope: &str, key_hash: &str, now: NaiveDateTime) -> StoreResult<i64> {
    Ok(diesel::insert_into(throttle_tries::table)
        .values((
            throttle_tries::scope.eq(scope),
            throttle_tries::key_hash.eq(key_hash),
            throttle_tries::tried_at.eq(now),
        ))
        .returning(throttle_tries::id)
        .get_result(conn)?)
}

/// Takes one try back that turned out to be right.
pub fn take_back(conn: &mut Conn, id: i64) -> StoreResult<()> {
    diesel::delete(throttle_tries::table.find(id)).execute(conn)?;
    Ok(())
}

/// Forgets the tries of one key, after a success.
pub fn forget(conn: &mut Conn, scope: &str, key_hash: &str) -> StoreResult<()> {
    let tries =
        throttle_tries::table.filter(throttle_tries::scope.eq(scope)).filter(throttle_tries::key_hash.eq(key_hash));
    diesel::delete(tries).execute(conn)?;
    Ok(())
}

/// Removes tries older than any limit looks back.
pub fn sweep(conn: &mut Conn, now: NaiveDateTime) -> StoreResult<usize> {
    Ok(diesel::delete(throttle_tries::table.filter(throttle_tries::tried_at.lt(now - Duration::days(2))))
        .execute(conn)?)
}
