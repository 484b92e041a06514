//! One-use tokens of forms that create something.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use super::{Conn, StoreResult, schema::submit_tokens};
use crate::vault::Token;

/// Where the first arrival of this token led, if there was one.
pub fn result_of(conn: &mut Conn, token: &Token) -> StoreResult<Option<String>> {
    Ok(submit_tokens::table
        .filter(submit_tokens::token_hash.eq(token.hash()))
        .select(submit_tokens::result)
        .first(conn)
        .optional()?)
}

/// Uses a token up. `Taken` when another arrival was quicker.
pub fn use_up(conn: &mut Conn, token: &Token, result: &str, now: NaiveDateTime) -> StoreResult<()> {
    diesel::insert_into(submit_tokens::table)
        .values((
            submit_tokens::token_hash.eq(token.hash()),
            submit_tokens::result.eq(result),
            submit_tokens::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Removes tokens whose pages nobody has open any more.
pub fn sweep(conn: &mut Conn, now: NaiveDateTime) -> StoreResult<usize> {
    Ok(diesel::delete(submit_tokens::table.filter(submit_tokens::created_at.lt(now - Duration::days(2))))
        .execute(conn)?)
}
