//! Private links: invitations, forgotten passwords, the first admin. Only hashes of their tokens are kept.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use super::{Conn, StoreError, StoreResult, schema::private_links};
use crate::vault::Token;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPurpose {
    Invitation,
    PasswordReset,
    FirstAdmin,
}

impl LinkPurpose {
    /// The word kept in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::PasswordReset => "password_reset",
            Self::FirstAdmin => "first_admin",
        }
    }

    /// Reads the word kept in the database.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Invitation, Self::PasswordReset, Self::FirstAdmin].into_iter().find(|purpose| purpose.code() == code)
    }

    /// How long a link of this kind opens.
    pub fn lifetime(self) -> Duration {
        match self {
            Self::Invitation => Duration::days(7),
            Self::PasswordReset => Duration::hours(1),
            Self::FirstAdmin => Duration::days(1),
        }
    }

    /// The path before the token.
    pub fn path(self) -> &'static str {
        match self {
            Self::Invitation => "/invitations/",
            Self::PasswordReset => "/password-resets/",
            Self::FirstAdmin => "/first-admin/",
        }
    }
}

/// A link that still opens.
#[derive(Debug, Clone)]
pub struct PrivateLink {
    pub id: i64,
    pub user_id: Option<i64>,
}

/// Stores a new link. Earlier ones of the same purpose and person end.
pub fn add(
    conn: &mut Conn,
    purpose: LinkPurpose,
    user: Option<i64>,
    token: &Token,
    now: NaiveDateTime,
) -> StoreResult<()> {
    let earlier = private_links::table
        .filter(private_links::purpose.eq(purpose.code()))
        .filter(private_links::used_at.is_null())
        .into_boxed();
    let earlier = match user {
        Some(user) => earlier.filter(private_links::user_id.eq(user)),
        None => earlier.filter(private_links::user_id.is_null()),
    };
    let ids: Vec<i64> = earlier.select(private_links::id).load(conn)?;
    diesel::delete(private_links::table.filter(private_links::id.eq_any(ids))).execute(conn)?;
    diesel::insert_into(private_links::table)
        .values((
            private_links::purpose.eq(purpose.code()),
            private_links::token_hash.eq(token.hash()),
            private_links::user_id.eq(user),
            private_links::created_at.eq(now),
            private_links::expires_at.eq(now + purpose.lifetime()),
        ))
        .execute(conn)?;
    Ok(())
}

/// The link of a token, if it still opens.
pub fn find(conn: &mut Conn, purpose: LinkPurpose, token: &Token, now: NaiveDateTime) -> StoreResult<PrivateLink> {
    let (id, user_id) = private_links::table
        .filter(private_links::token_hash.eq(token.hash()))
        .filter(private_links::purpose.eq(purpose.code()))
        .filter(private_links::used_at.is_null())
        .filter(private_links::expires_at.gt(now))
        .select((private_links::id, private_links::user_id))
        .first(conn)?;
    Ok(PrivateLink { id, user_id })
}

/// Uses a link up. `Stale` when somebody was quicker.
pub fn use_up(conn: &mut Conn, link: &PrivateLink, now: NaiveDateTime) -> StoreResult<()> {
    let open = private_links::table.filter(private_links::id.eq(link.id)).filter(private_links::used_at.is_null());
    let changed = diesel::update(open).set(private_links::used_at.eq(now)).execute(conn)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Ends every link of a person that still opens: their password has just been chosen.
pub fn end_others(conn: &mut Conn, user: i64, now: NaiveDateTime) -> StoreResult<()> {
    let open = private_links::table.filter(private_links::user_id.eq(user)).filter(private_links::used_at.is_null());
    diesel::update(open).set(private_links::used_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Removes links that ended long ago.
pub fn sweep(conn: &mut Conn, now: NaiveDateTime) -> StoreResult<usize> {
    let old = private_links::table.filter(private_links::expires_at.lt(now - Duration::days(30)));
    Ok(diesel::delete(old).execute(conn)?)
}
