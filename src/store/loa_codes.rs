//! Codes that were mailed to signers: keyed hashes, bound to one browser, used once.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use super::{Conn, StoreResult, schema::loa_codes};

/// How long a code is taken.
pub const LIFETIME: Duration = Duration::minutes(10);
/// How often a code may be tried.
pub const TRIES: i32 = 5;

/// A code that may still be tried.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = loa_codes)]
pub struct LoaCode {
    pub id: i64,
    pub code_hash: String,
    pub tries: i32,
}

/// Stores a new code for a browser; earlier ones end, so that one code is right at a time.
pub fn add(conn: &mut Conn, account: i64, session: i64, code_hash: &str, now: NaiveDateTime) -> StoreResult<()> {
    let earlier = loa_codes::table.filter(loa_codes::session.eq(session)).filter(loa_codes::used_at.is_null());
    diesel::update(earlier).set(loa_codes::used_at.eq(now)).execute(conn)?;
    diesel::insert_into(loa_codes::table)
        .values((
            loa_codes::account_id.eq(account),
            loa_codes::session.eq(session),
            loa_codes::code_hash.eq(code_hash),
            loa_codes::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// The code that this browser waits for, counted as tried: `None` when there is none, or it was tried too often.
pub fn tried(conn: &mut Conn, session: i64, now: NaiveDateTime) -> StoreResult<Option<LoaCode>> {
    let open: Option<LoaCode> = loa_codes::table
        .filter(loa_codes::session.eq(session))
        .filter(loa_codes::used_at.is_null())
        .filter(loa_codes::created_at.gt(now - LIFETIME))
        .filter(loa_codes::tries.lt(TRIES))
        .order(loa_codes::id.desc())
        .select(LoaCode::as_select())
        .first(conn)
        .optional()?;
    let Some(code) = open else { return Ok(None) };
    let as_read = loa_codes::table.filter(loa_codes::id.eq(code.id)).filter(loa_codes::tries.eq(code.tries));
    let counted = diesel::update(as_read).set(loa_codes::tries.eq(code.tries + 1)).execute(conn)?;
    // Two tries at the same moment are one too many: the slower one is refused.
    Ok((counted == 1).then_some(code))
}

/// Uses a code up. `false` when it was used already.
pub fn use_up(conn: &mut Conn, code: i64, now: NaiveDateTime) -> StoreResult<bool> {
    let open = loa_codes::table.filter(loa_codes::id.eq(code)).filter(loa_codes::used_at.is_null());
    Ok(diesel::update(open).set(loa_codes::used_at.eq(now)).execute(conn)? == 1)
}

/// When this browser was last sent a code.
pub fn last_sent(conn: &mut Conn, session: i64) -> StoreResult<Option<NaiveDateTime>> {
    Ok(loa_codes::table
        .filter(loa_codes::session.eq(session))
        .order(loa_codes::id.desc())
        .select(loa_codes::created_at)
        .first(conn)
        .optional()?)
}
