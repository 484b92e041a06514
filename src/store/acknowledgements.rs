//! The porting terms in their versions, and who accepted which.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{
    Conn, StoreResult,
    schema::{acknowledgements, term_texts, users},
};

/// A text in the version that counts now.
#[derive(Debug, Clone, Queryable)]
pub struct TermText {
    pub slug: String,
    pub version: i32,
    pub body: String,
}

/// Adds a version of a text.
pub fn add_text(conn: &mut Conn, slug: &str, version: i32, body: &str, from: NaiveDateTime) -> StoreResult<()> {
    diesel::insert_into(term_texts::table)
        .values((
            term_texts::slug.eq(slug),
            term_texts::version.eq(version),
            term_texts::body.eq(body),
            term_texts::effective_at.eq(from),
        ))
        .execute(conn)?;
    Ok(())
}

/// The newest version of each text that is in effect.
pub fn current_texts(conn: &mut Conn, now: NaiveDateTime) -> StoreResult<Vec<TermText>> {
    let all: Vec<TermText> = term_texts::table
        .filter(term_texts::effective_at.le(now))
        .order((term_texts::slug.asc(), term_texts::version.desc()))
        .select((term_texts::slug, term_texts::version, term_texts::body))
        .load(conn)?;
    let mut newest: Vec<TermText> = Vec::new();
    for text in all {
        if newest.iter().all(|kept| kept.slug != text.slug) {
            newest.push(text);
        }
    }
    Ok(newest)
}

/// An acceptance as stored.
#[derive(Debug, Clone, Queryable)]
pub struct Acknowledgement {
    pub slug: String,
    pub text_version: i32,
    pub accepted_at: NaiveDateTime,
    pub client_address: String,
}

/// Who accepted what, from where.
#[derive(Debug, Clone)]
pub struct Acceptance<'a> {
    pub account_id: i64,
    pub port_request_id: i64,
    pub attempt: i32,
    pub slug: &'a str,
    pub text_version: i32,
    pub accepted_by: i64,
    pub client_address: &'a str,
}

/// Notes an acceptance; the same version is noted once, whatever the attempt.
pub fn accept_once(conn: &mut Conn, acceptance: &Acceptance<'_>, now: NaiveDateTime) -> StoreResult<()> {
    let known = of_request(conn, acceptance.port_request_id)?;
    if known.iter().any(|it| it.slug == acceptance.slug && it.text_version == acceptance.text_version) {
        return Ok(());
    }
    accept(conn, acceptance, now)
}

/// Notes an acceptance at an attempt.
pub fn accept(conn: &mut Conn, acceptance: &Acceptance<'_>, now: NaiveDateTime) -> StoreResult<()> {
    diesel::insert_into(acknowledgements::table)
        .values((
            acknowledgements::account_id.eq(acceptance.account_id),
            acknowledgements::port_request_id.eq(acceptance.port_request_id),
            acknowledgements::attempt.eq(acceptance.attempt),
            acknowledgements::slug.eq(acceptance.slug),
            acknowledgements::text_version.eq(acceptance.text_version),
            acknowledgements::accepted_by.eq(acceptance.accepted_by),
            acknowledgements::accepted_at.eq(now),
            acknowledgements::client_address.eq(acceptance.client_address),
        ))
        .execute(conn)?;
    Ok(())
}

/// What was accepted for a request.
pub fn of_request(conn: &mut Conn, port_request: i64) -> StoreResult<Vec<Acknowledgement>> {
    Ok(acknowledgements::table
        .filter(acknowledgements::port_request_id.eq(port_request))
        .order(acknowledgements::id.asc())
        .select((
            acknowledgements::slug,
            acknowledgements::text_version,
            acknowledgements::accepted_at,
            acknowledgements::client_address,
        ))
        .load(conn)?)
}

/// What somebody agreed to, in the words that they were shown.
#[derive(Debug, Clone, Queryable)]
pub struct Agreed {
    pub attempt: i32,
    pub by: String,
    pub at: NaiveDateTime,
    pub client_address: String,
    pub text: String,
    pub text_version: i32,
}

/// What was agreed to for a request, in the order in which it was.
pub fn agreed(conn: &mut Conn, port_request: i64) -> StoreResult<Vec<Agreed>> {
    let same_text = term_texts::slug.eq(acknowledgements::slug);
    let same_text = same_text.and(term_texts::version.eq(acknowledgements::text_version));
    Ok(acknowledgements::table
        .inner_join(term_texts::table.on(same_text))
        .inner_join(users::table.on(users::id.eq(acknowledgements::accepted_by)))
        .filter(acknowledgements::port_request_id.eq(port_request))
        .order(acknowledgements::id.asc())
        .select((
            acknowledgements::attempt,
            users::name,
            acknowledgements::accepted_at,
            acknowledgements::client_address,
            term_texts::body,
            acknowledgements::text_version,
        ))
        .load(conn)?)
}

/// Forgets who accepted what for a request, and from where.
pub fn remove_all(conn: &mut Conn, port_request: i64) -> StoreResult<()> {
    diesel::delete(acknowledgements::table.filter(acknowledgements::port_request_id.eq(port_request))).execute(conn)?;
    Ok(())
}
