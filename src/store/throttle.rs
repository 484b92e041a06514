//! Tries of signing in and of asking for links, counted in the database.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use super::{Conn, StoreResult, schema::throttle_tries};

/// So many tries in so long a time.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// What is counted, for example `sign_in_address`.
    pub scope: &'static str,
    pub tries: i64,
    pub within: Duration,
}

/// Minutes until the next try is allowed, or none when it is allowed now.
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

/// Counts a try.
pub fn note(conn: &mut Conn, scope: &str, key_hash: &str, now: NaiveDateTime) -> StoreResult<()> {
    diesel::insert_into(throttle_tries::table)
        .values((
            throttle_tries::scope.eq(scope),
            throttle_tries::key_hash.eq(key_hash),
            throttle_tries::tried_at.eq(now),
        ))
        .execute(conn)?;
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
