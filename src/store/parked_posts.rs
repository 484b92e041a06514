//! Forms that arrived signed out: they wait an hour, sealed, for the same person.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use super::{Conn, StoreError, StoreResult, schema::parked_posts};
use crate::vault::Token;

/// How long a form waits (ux.md 3.3).
const KEEP: Duration = Duration::hours(1);

/// A waiting form.
#[derive(Debug, Clone)]
pub struct ParkedPost {
    pub id: i64,
    /// Whose session it was; where that is not known any more, nobody gets the form.
    pub user_id: Option<i64>,
    pub path: String,
    /// The sealed body.
    pub body: Vec<u8>,
    pub created_at: NaiveDateTime,
}

/// How many forms of a person wait at a time: the newest.
const MOST: i64 = 5;

/// Parks a form. Of a person's forms the newest few wait.
pub fn add(
    conn: &mut Conn,
    token: &Token,
    user: Option<i64>,
    path: &str,
    body: &[u8],
    now: NaiveDateTime,
) -> StoreResult<()> {
    diesel::insert_into(parked_posts::table)
        .values((
            parked_posts::token_hash.eq(token.hash()),
            parked_posts::user_id.eq(user),
            parked_posts::path.eq(path),
            parked_posts::body.eq(body),
            parked_posts::created_at.eq(now),
        ))
        .execute(conn)?;
    let Some(user) = user else { return Ok(()) };
    let own = parked_posts::table.filter(parked_posts::user_id.eq(user));
    let oldest_kept: Option<i64> =
        own.order(parked_posts::id.desc()).offset(MOST - 1).select(parked_posts::id).first(conn).optional()?;
    if let Some(oldest_kept) = oldest_kept {
        diesel::delete(own.filter(parked_posts::id.lt(oldest_kept))).execute(conn)?;
    }
    Ok(())
}

/// The waiting form of a token.
pub fn find(conn: &mut Conn, token: &Token, now: NaiveDateTime) -> StoreResult<ParkedPost> {
    let (id, user_id, path, body, created_at) = parked_posts::table
        .filter(parked_posts::token_hash.eq(token.hash()))
        .filter(parked_posts::created_at.gt(now - KEEP))
        .select((
            parked_posts::id,
            parked_posts::user_id,
            parked_posts::path,
            parked_posts::body,
            parked_posts::created_at,
        ))
        .first(conn)?;
    Ok(ParkedPost { id, user_id, path, body, created_at })
}

/// The waiting form of a token for its person, who alone gets it, and only once.
pub fn take(conn: &mut Conn, token: &Token, user: i64, now: NaiveDateTime) -> StoreResult<ParkedPost> {
    let post = find(conn, token, now)?;
    if post.user_id != Some(user) {
        return Err(StoreError::NotFound);
    }
    let removed = diesel::delete(parked_posts::table.find(post.id)).execute(conn)?;
    if removed == 1 { Ok(post) } else { Err(StoreError::NotFound) }
}

/// Removes forms that waited too long.
pub fn sweep(conn: &mut Conn, now: NaiveDateTime) -> StoreResult<usize> {
    Ok(diesel::delete(parked_posts::table.filter(parked_posts::created_at.lt(now - KEEP))).execute(conn)?)
}
