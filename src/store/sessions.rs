//! Sessions: who is signed in. Found by the hash of a random cookie.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use super::{
    Conn, StoreResult,
    schema::{accounts, sessions, users},
    users::User,
};
use crate::{domain::people::Person, vault::Token};

/// How long a customer may be idle (ux.md 3.3).
const IDLE_CUSTOMER: Duration = Duration::hours(12);
/// How long staff may be idle (ux.md 3.3).
const IDLE_STAFF: Duration = Duration::hours(8);
/// How stale the time of the last visit may be, so that not every page writes.
const NOTE_EVERY: Duration = Duration::minutes(5);

/// A live session.
#[derive(Debug, Clone)]
pub struct Session {
    pub id: i64,
    pub person: Person,
    /// When the password was last given.
    pub authenticated_at: NaiveDateTime,
    /// Whether [`touch`] is due.
    pub stale: bool,
}

/// Begins a session.
pub fn begin(conn: &mut Conn, user: &User, token: &Token, now: NaiveDateTime) -> StoreResult<()> {
    diesel::insert_into(sessions::table)
        .values((
            sessions::token_hash.eq(token.hash()),
            sessions::user_id.eq(user.id),
            sessions::created_at.eq(now),
            sessions::authenticated_at.eq(now),
            sessions::last_seen_at.eq(now),
            sessions::expires_at.eq(now + idle(user)),
        ))
        .execute(conn)?;
    Ok(())
}

fn idle(user: &User) -> Duration {
    if user.role.is_staff() { IDLE_STAFF } else { IDLE_CUSTOMER }
}

/// The live session of a cookie: not expired, of an active user of an active account.
pub fn find(conn: &mut Conn, token: &Token, now: NaiveDateTime) -> StoreResult<Option<Session>> {
    let found = sessions::table
        .inner_join(users::table)
        .left_join(accounts::table.on(users::account_id.eq(accounts::id.nullable())))
        .filter(sessions::token_hash.eq(token.hash()))
        .filter(sessions::expires_at.gt(now))
        .filter(users::state.eq("active"))
        .filter(accounts::active.nullable().eq(true).or(users::account_id.is_null()))
        .select((sessions::id, sessions::authenticated_at, sessions::last_seen_at, User::as_select()))
        .first::<(i64, NaiveDateTime, NaiveDateTime, User)>(conn)
        .optional()?;
    Ok(found.map(|(id, authenticated_at, last_seen_at, user)| Session {
        id,
        person: user.person(),
        authenticated_at,
        stale: last_seen_at + NOTE_EVERY < now,
    }))
}

/// Whose a cookie was, also when the session has expired: for forms that arrived too late.
pub fn user_of_expired(conn: &mut Conn, token: &Token) -> StoreResult<Option<i64>> {
    Ok(sessions::table
        .filter(sessions::token_hash.eq(token.hash()))
        .select(sessions::user_id)
        .first(conn)
        .optional()?)
}

/// Whether a session that was found earlier still lasts, by what [`find`] asks for.
pub fn still_lasts(conn: &mut Conn, session: i64, now: NaiveDateTime) -> StoreResult<bool> {
    let live = sessions::table
        .inner_join(users::table)
        .left_join(accounts::table.on(users::account_id.eq(accounts::id.nullable())))
        .filter(sessions::id.eq(session))
        .filter(sessions::expires_at.gt(now))
        .filter(users::state.eq("active"))
        .filter(accounts::active.nullable().eq(true).or(users::account_id.is_null()))
        .select(sessions::id);
    Ok(diesel::select(diesel::dsl::exists(live)).get_result(conn)?)
}

/// Notes a visit, which moves the end of the session; one that was ended meanwhile stays ended.
pub fn touch(conn: &mut Conn, session: &Session, now: NaiveDateTime) -> StoreResult<()> {
    let idle = if session.person.role.is_staff() { IDLE_STAFF } else { IDLE_CUSTOMER };
    let live = sessions::table.find(session.id).filter(sessions::expires_at.gt(now));
    let moved = diesel::update(live)
        .set((sessions::last_seen_at.eq(now), sessions::expires_at.eq(now + idle)))
        .execute(conn)?;
    if moved == 0 {
        return Ok(());
    }
    super::users::seen(conn, session.person.id, now)
}

/// Notes that the password was given again.
pub fn note_proof(conn: &mut Conn, session: i64, now: NaiveDateTime) -> StoreResult<()> {
    diesel::update(sessions::table.find(session)).set(sessions::authenticated_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Ends one session.
pub fn end(conn: &mut Conn, token: &Token) -> StoreResult<()> {
    diesel::delete(sessions::table.filter(sessions::token_hash.eq(token.hash()))).execute(conn)?;
    Ok(())
}

/// Ends every session of a user, but for one that may stay.
///
/// The rows stay until they are swept: they tell whose a form is that arrives late.
pub fn end_all(conn: &mut Conn, user: i64, keep: Option<i64>, now: NaiveDateTime) -> StoreResult<usize> {
    let live = sessions::table.filter(sessions::user_id.eq(user)).filter(sessions::expires_at.gt(now));
    let ended = live.filter(sessions::id.ne(keep.unwrap_or(0)));
    Ok(diesel::update(ended).set(sessions::expires_at.eq(now)).execute(conn)?)
}

/// Removes sessions that expired more than a day ago; younger ones still tell whose a late form is.
pub fn sweep(conn: &mut Conn, now: NaiveDateTime) -> StoreResult<usize> {
    let old = sessions::table.filter(sessions::expires_at.lt(now - Duration::days(1)));
    Ok(diesel::delete(old).execute(conn)?)
}
