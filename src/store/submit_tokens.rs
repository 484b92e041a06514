//! One-use tokens of forms that create something.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use super::{Conn, StoreError, StoreResult, schema::submit_tokens, turns};
use crate::vault::Token;

/// Does the work of a form that creates something, once for each of its one-use tokens; `work` gives the path of the result.
///
/// The second arrival of a token, also at the same moment, does nothing and gets the first one's path. A form without a
/// token is not guarded.
pub fn once<E: From<StoreError>>(
    conn: &mut Conn,
    token: &str,
    now: NaiveDateTime,
    work: impl FnOnce(&mut Conn) -> Result<String, E>,
) -> Result<String, E> {
    if token.is_empty() {
        return work(conn);
    }
    let token = Token::from_client(token);
    turns::take(conn, &token.hash())?;
    if let Some(path) = result_of(conn, &token)? {
        return Ok(path);
    }
    let path = work(conn)?;
    use_up(conn, &token, &path, now)?;
    Ok(path)
}

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
