//! Links in mails to people without an account. A new one for every mail; only hashes are kept.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{
    Conn, StoreResult,
    schema::{contact_links, port_requests},
    users,
};
use crate::vault::{Token, Vault};

/// What a link of a contact opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactLink {
    /// The page on which the mailbox is confirmed.
    Confirmation,
    /// The status of the request.
    Status,
}

impl ContactLink {
    /// The word kept in the outbox.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Confirmation => "confirmation",
            Self::Status => "status",
        }
    }

    /// Reads the word kept in the outbox.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Confirmation, Self::Status].into_iter().find(|link| link.code() == code)
    }

    /// The path before the token.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Confirmation => "/confirm/",
            Self::Status => "/status/",
        }
    }
}

/// Under what the address is kept to which a link went that confirms it.
pub fn mailbox(vault: &Vault, email: &str) -> String {
    vault.keyed_hash("contact_links", &users::email_key(email))
}

/// Stores a link that confirms the mailbox of a manual draft, as it was mailed to this one.
pub fn add_confirmation(
    conn: &mut Conn,
    draft: i64,
    token: &Token,
    mailbox: &str,
    now: NaiveDateTime,
) -> StoreResult<()> {
    diesel::insert_into(contact_links::table)
        .values((
            contact_links::token_hash.eq(token.hash()),
            contact_links::manual_draft.eq(draft),
            contact_links::mailbox.eq(mailbox),
            contact_links::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Stores a link to the status of a request.
pub fn add_status(conn: &mut Conn, request: i64, token: &Token, now: NaiveDateTime) -> StoreResult<()> {
    diesel::insert_into(contact_links::table)
        .values((
            contact_links::token_hash.eq(token.hash()),
            contact_links::port_request_id.eq(request),
            contact_links::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// The manual draft whose mailbox a link confirms, by row, and [that mailbox](mailbox).
pub fn draft_of(conn: &mut Conn, token: &Token) -> StoreResult<(i64, Option<String>)> {
    Ok(contact_links::table
        .filter(contact_links::token_hash.eq(token.hash()))
        .filter(contact_links::manual_draft.is_not_null())
        .select((contact_links::manual_draft.assume_not_null(), contact_links::mailbox))
        .first(conn)?)
}

/// The request whose status a link opens, by row, unless the request ended before `closed_since`.
pub fn request_of(conn: &mut Conn, token: &Token, closed_since: NaiveDateTime) -> StoreResult<i64> {
    let id: i64 = contact_links::table
        .filter(contact_links::token_hash.eq(token.hash()))
        .filter(contact_links::port_request_id.is_not_null())
        .select(contact_links::port_request_id.assume_not_null())
        .first(conn)?;
    Ok(port_requests::table
        .find(id)
        .filter(port_requests::closed_at.is_null().or(port_requests::closed_at.ge(closed_since)))
        .select(port_requests::id)
        .first(conn)?)
}

/// Removes the links of requests that ended before a moment.
pub fn sweep(conn: &mut Conn, closed_before: NaiveDateTime, limit: i64) -> StoreResult<usize> {
    // Asked link by link: there are few of them, and many requests that have ended.
    let ended = port_requests::table
        .filter(port_requests::id.nullable().eq(contact_links::port_request_id))
        .filter(port_requests::closed_at.lt(closed_before));
    let ids: Vec<i64> = contact_links::table
        .filter(contact_links::port_request_id.is_not_null())
        .filter(diesel::dsl::exists(ended))
        .limit(limit)
        .select(contact_links::id)
        .load(conn)?;
    Ok(diesel::delete(contact_links::table.filter(contact_links::id.eq_any(ids))).execute(conn)?)
}
