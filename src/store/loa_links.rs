//! Links of signers and the browsers in which they were opened. Only hashes of tokens are kept.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use super::{
    Conn, StoreResult,
    loas::Loa,
    schema::{loa_links, loa_sessions},
};
use crate::vault::Token;

/// After so long without a request a signer's browser has to prove the mailbox again.
pub const IDLE: Duration = Duration::minutes(30);
/// After so long without one it is forgotten.
const FORGET: Duration = Duration::hours(12);
/// That a browser is there is noted so often at most.
const NOTED: Duration = Duration::minutes(1);

/// A link as stored.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = loa_links)]
pub struct LoaLink {
    pub id: i64,
    pub loa: i64,
    pub revoked_at: Option<NaiveDateTime>,
}

/// A browser in which a link was opened.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = loa_sessions)]
pub struct LoaSession {
    pub id: i64,
    pub loa: i64,
    pub link: i64,
    pub last_seen_at: NaiveDateTime,
    /// When the code from the mail was entered.
    pub verified_at: Option<NaiveDateTime>,
}

/// Stores a new link. Earlier ones go on opening: people click the wrong mail.
pub fn add(conn: &mut Conn, loa: &Loa, token: &Token, reason: &str, now: NaiveDateTime) -> StoreResult<i64> {
    Ok(diesel::insert_into(loa_links::table)
        .values((
            loa_links::account_id.eq(loa.account_id),
            loa_links::loa.eq(loa.id),
            loa_links::token_hash.eq(token.hash()),
            loa_links::reason.eq(reason),
            loa_links::created_at.eq(now),
        ))
        .returning(loa_links::id)
        .get_result(conn)?)
}

/// The link of a token, dead or alive.
pub fn find(conn: &mut Conn, token: &Token) -> StoreResult<LoaLink> {
    Ok(loa_links::table.filter(loa_links::token_hash.eq(token.hash())).select(LoaLink::as_select()).first(conn)?)
}

/// Notes that a link was opened.
pub fn note_used(conn: &mut Conn, link: i64, now: NaiveDateTime) -> StoreResult<()> {
    diesel::update(loa_links::table.find(link)).set(loa_links::last_used_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Ends every link of a letter; a browser in which one was opened goes on until it is idle. Gives how many links that were.
pub fn revoke_all(conn: &mut Conn, loa: i64, now: NaiveDateTime) -> StoreResult<usize> {
    let open = loa_links::table.filter(loa_links::loa.eq(loa)).filter(loa_links::revoked_at.is_null());
    Ok(diesel::update(open).set(loa_links::revoked_at.eq(now)).execute(conn)?)
}

/// Begins a browser's session for a link.
pub fn begin(conn: &mut Conn, loa: &Loa, link: i64, cookie: &Token, now: NaiveDateTime) -> StoreResult<i64> {
    Ok(diesel::insert_into(loa_sessions::table)
        .values((
            loa_sessions::account_id.eq(loa.account_id),
            loa_sessions::loa.eq(loa.id),
            loa_sessions::link.eq(link),
            loa_sessions::cookie_hash.eq(cookie.hash()),
            loa_sessions::started_at.eq(now),
            loa_sessions::last_seen_at.eq(now),
        ))
        .returning(loa_sessions::id)
        .get_result(conn)?)
}

/// The session of a cookie for this letter. One that was idle for too long counts as not verified.
pub fn session(conn: &mut Conn, loa: i64, cookie: &Token, now: NaiveDateTime) -> StoreResult<LoaSession> {
    let mut session: LoaSession = loa_sessions::table
        .filter(loa_sessions::cookie_hash.eq(cookie.hash()))
        .filter(loa_sessions::loa.eq(loa))
        .filter(loa_sessions::last_seen_at.gt(now - FORGET))
        .select(LoaSession::as_select())
        .first(conn)?;
    session.verified_at = session.verified_at.filter(|_| now < session.last_seen_at + IDLE);
    Ok(session)
}

impl LoaSession {
    /// Whether it is time to note that the browser is there still. An idle one is not: it has to be verified first.
    pub fn is_to_be_noted(&self, now: NaiveDateTime) -> bool {
        self.verified_at.is_some() && self.last_seen_at + NOTED <= now
    }
}

/// Notes that the browser is there still.
pub fn seen(conn: &mut Conn, session: i64, now: NaiveDateTime) -> StoreResult<()> {
    diesel::update(loa_sessions::table.find(session)).set(loa_sessions::last_seen_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Notes that the signer proved the mailbox in this browser.
pub fn verified(conn: &mut Conn, session: i64, now: NaiveDateTime) -> StoreResult<()> {
    let proved = (loa_sessions::verified_at.eq(now), loa_sessions::last_seen_at.eq(now));
    diesel::update(loa_sessions::table.find(session)).set(proved).execute(conn)?;
    Ok(())
}
