//! Letters to send: written in the transaction of what they tell, leased by a worker, sent, or given up.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use super::{
    Conn, StoreError, StoreResult, contact_links::ContactLink, links::LinkPurpose, port_requests::MOST_COUNTED,
    schema::outbox,
};
use crate::{mail::letter::Letter, vault::Token};

/// How long a worker may take over one letter before another one tries it.
const LEASE: Duration = Duration::minutes(5);

/// Whom a letter is about.
#[derive(Debug, Clone, Copy, Default)]
pub struct About {
    pub account_id: Option<i64>,
    pub port_request_id: Option<i64>,
    pub user_id: Option<i64>,
    /// The letter carries a private link of this kind, for `user_id`.
    pub link: Option<LinkPurpose>,
    /// The letter carries a private link of this kind, for somebody without an account.
    pub contact_link: Option<ContactLink>,
    /// The letter of authorization that it is about, by row. A private link in it leads to that.
    pub loa: Option<i64>,
    /// The signer's browser that waits for the code in it, by row.
    pub loa_session: Option<i64>,
    /// Whether the PDFs of the signed letter go with it, if they are not too large.
    pub with_loa: bool,
    /// The manual draft whose contact is asked to confirm the mailbox, by row. The private link in it does that.
    pub manual_draft: Option<i64>,
    /// Before this it is not sent.
    pub not_before: Option<NaiveDateTime>,
}

/// A letter as stored.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = outbox)]
pub struct QueuedLetter {
    pub id: i64,
    pub port_request_id: Option<i64>,
    pub user_id: Option<i64>,
    pub kind: String,
    pub to_address: String,
    pub subject: String,
    pub body_text: String,
    pub body_html: String,
    pub message_id: String,
    pub link_purpose: Option<String>,
    pub loa: Option<i64>,
    pub loa_session: Option<i64>,
    pub with_loa: bool,
    pub manual_draft: Option<i64>,
    /// `queued`, `sent`, `dead`, or `dropped` when nobody waited for it any more.
    pub state: String,
    pub attempts: i32,
    pub next_try_at: NaiveDateTime,
    pub last_error: String,
    pub created_at: NaiveDateTime,
    pub sent_at: Option<NaiveDateTime>,
}

/// Puts a letter into the outbox, in the caller's transaction.
pub fn put(conn: &mut Conn, letter: &Letter, about: About, now: NaiveDateTime) -> StoreResult<()> {
    diesel::insert_into(outbox::table)
        .values((
            outbox::account_id.eq(about.account_id),
            outbox::port_request_id.eq(about.port_request_id),
            outbox::user_id.eq(about.user_id),
            outbox::kind.eq(letter.kind.code()),
            outbox::to_address.eq(&letter.to),
            outbox::subject.eq(letter.subject.as_str()),
            outbox::body_text.eq(&letter.text),
            outbox::body_html.eq(&letter.html),
            outbox::message_id.eq(Token::new().reveal()),
            outbox::link_purpose.eq(about.link.map(LinkPurpose::code).or(about.contact_link.map(ContactLink::code))),
            outbox::loa.eq(about.loa),
            outbox::loa_session.eq(about.loa_session),
            outbox::with_loa.eq(about.with_loa),
            outbox::manual_draft.eq(about.manual_draft),
            outbox::state.eq("queued"),
            outbox::next_try_at.eq(about.not_before.unwrap_or(now)),
            outbox::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Whether a letter waits already that asks this address to confirm the mailbox of a draft.
pub fn asks(conn: &mut Conn, draft: i64, to: &str) -> StoreResult<bool> {
    let waiting = outbox::table
        .filter(outbox::state.eq("queued"))
        .filter(outbox::link_purpose.eq(ContactLink::Confirmation.code()))
        .filter(outbox::manual_draft.eq(draft))
        .filter(outbox::to_address.eq(to));
    Ok(diesel::select(diesel::dsl::exists(waiting)).get_result(conn)?)
}

/// Takes the letter that has waited longest, if one is due. The lease ends by itself when the worker dies.
pub fn lease(conn: &mut Conn, lease: &str, now: NaiveDateTime) -> StoreResult<Option<QueuedLetter>> {
    // Another process may take the same row first; a few tries find one that is free.
    for _ in 0..5 {
        let due: Option<QueuedLetter> = outbox::table
            .filter(outbox::state.eq("queued"))
            .filter(outbox::next_try_at.le(now))
            .filter(outbox::leased_until.is_null().or(outbox::leased_until.lt(now)))
            .order((outbox::next_try_at.asc(), outbox::id.asc()))
            .select(QueuedLetter::as_select())
            .first(conn)
            .optional()?;
        let Some(letter) = due else { return Ok(None) };
        let free = outbox::table
            .filter(outbox::id.eq(letter.id))
            .filter(outbox::state.eq("queued"))
            .filter(outbox::leased_until.is_null().or(outbox::leased_until.lt(now)));
        let taken =
            diesel::update(free).set((outbox::leased_until.eq(now + LEASE), outbox::lease.eq(lease))).execute(conn)?;
        if taken == 1 {
            return Ok(Some(letter));
        }
    }
    Ok(None)
}

/// What became of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    /// Failed for now; try again then.
    Later(NaiveDateTime, String),
    /// Failed for good.
    Dead(String),
    /// Not sent, because nobody waits for it any more.
    Moot,
}

/// Notes what became of a try; only the holder of the lease may.
pub fn note(conn: &mut Conn, id: i64, lease: &str, outcome: &Outcome, now: NaiveDateTime) -> StoreResult<()> {
    let held = outbox::table.filter(outbox::id.eq(id)).filter(outbox::lease.eq(lease));
    let (state, next, error, sent_at) = match outcome {
        Outcome::Moot => ("dropped", now, "", None),
        Outcome::Sent => ("sent", now, "", Some(now)),
        Outcome::Later(at, error) => ("queued", *at, error.as_str(), None),
        Outcome::Dead(error) => ("dead", now, error.as_str(), None),
    };
    let changed = diesel::update(held)
        .set((
            outbox::state.eq(state),
            outbox::attempts.eq(outbox::attempts + 1),
            outbox::next_try_at.eq(next),
            outbox::last_error.eq(error),
            outbox::sent_at.eq(sent_at),
            outbox::leased_until.eq(None::<NaiveDateTime>),
            outbox::lease.eq(None::<String>),
        ))
        .execute(conn)?;
    one_row(changed)
}

/// Puts a letter that was given up, or sent, into the queue again.
///
/// It gets a new message id: mailboxes drop a second letter with the id of the first.
pub fn send_again(conn: &mut Conn, id: i64, now: NaiveDateTime) -> StoreResult<()> {
    let idle = outbox::table.filter(outbox::id.eq(id)).filter(outbox::state.ne("queued"));
    let changed = diesel::update(idle)
        .set((
            outbox::state.eq("queued"),
            outbox::attempts.eq(0),
            outbox::next_try_at.eq(now),
            outbox::message_id.eq(Token::new().reveal()),
            outbox::last_error.eq(""),
        ))
        .execute(conn)?;
    one_row(changed)
}

/// One letter.
pub fn find(conn: &mut Conn, id: i64) -> StoreResult<QueuedLetter> {
    Ok(outbox::table.find(id).select(QueuedLetter::as_select()).first(conn)?)
}

/// Letters, newest first: all, or those in one state.
pub fn list(conn: &mut Conn, state: Option<&str>, offset: i64, limit: i64) -> StoreResult<Vec<QueuedLetter>> {
    let query = outbox::table
        .order(outbox::id.desc())
        .offset(offset)
        .limit(limit)
        .select(QueuedLetter::as_select())
        .into_boxed();
    let query = match state {
        Some(state) => query.filter(outbox::state.eq(state.to_owned())),
        None => query,
    };
    Ok(query.load(conn)?)
}

/// How many letters there are: all, or those in one state; at most one more than [`MOST_COUNTED`].
pub fn count(conn: &mut Conn, state: Option<&str>) -> StoreResult<i64> {
    let query = outbox::table.select(outbox::id).limit(MOST_COUNTED + 1).into_boxed();
    let query = match state {
        Some(state) => query.filter(outbox::state.eq(state.to_owned())),
        None => query,
    };
    let ids: Vec<i64> = query.load(conn)?;
    Ok(i64::try_from(ids.len()).unwrap_or(MOST_COUNTED))
}

/// How many letters were given up, at most one more than [`MOST_COUNTED`].
pub fn count_dead(conn: &mut Conn) -> StoreResult<i64> {
    count(conn, Some("dead"))
}

/// Which of these requests have a letter that was given up.
pub fn with_dead(conn: &mut Conn, port_requests: &[i64]) -> StoreResult<Vec<i64>> {
    let about: Vec<Option<i64>> = outbox::table
        .filter(outbox::state.eq("dead"))
        .filter(outbox::port_request_id.eq_any(port_requests.to_vec()))
        .select(outbox::port_request_id)
        .distinct()
        .load(conn)?;
    Ok(about.into_iter().flatten().collect())
}

/// The letters about a request, newest first.
pub fn of_request(conn: &mut Conn, port_request: i64) -> StoreResult<Vec<QueuedLetter>> {
    Ok(outbox::table
        .filter(outbox::port_request_id.eq(port_request))
        .order(outbox::id.desc())
        .select(QueuedLetter::as_select())
        .load(conn)?)
}

/// Forgets the letters about a request that is gone.
pub fn remove_all(conn: &mut Conn, port_request: i64) -> StoreResult<()> {
    diesel::delete(outbox::table.filter(outbox::port_request_id.eq(port_request))).execute(conn)?;
    Ok(())
}

fn one_row(changed: usize) -> StoreResult<()> {
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}
