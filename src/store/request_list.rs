//! Lists of port requests that stay fast at a million rows: every part of a list is one walk along one index.
//!
//! The first page of a list that is one walk is read with it. Otherwise the keys (time and row id) come first, stage by stage,
//! each walk in the order of an index and no longer than the page needs; the walks are merged here, and the few rows
//! follow by row id. Neither database ever sorts or joins more than a page.

use std::cmp::Reverse;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{
    Conn, StoreResult,
    port_requests::PortRequest,
    request_search::{self, Candidate, Found},
    request_walk::{self, Walk},
    schema::port_requests,
};
use crate::domain::{people::Customer, stage::Stage};

/// Lists are counted and turned over up to here: "1–25 of 1,000+".
pub const MOST_COUNTED: i64 = 1_000;

/// Whose requests a list shows.
#[derive(Debug, Clone, Copy)]
pub enum Scope {
    /// All of an account.
    Account(i64),
    /// Only those of one person.
    Submitter(i64),
    /// All that were sent: the desk.
    Desk,
}

impl Scope {
    /// What this customer's lists show.
    pub fn of(customer: &Customer) -> Self {
        if customer.is_owner() { Self::Account(customer.account_id) } else { Self::Submitter(customer.person.id) }
    }
}

/// In which order a list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Newest first.
    Newest,
    /// The longest in its stage first.
    LongestWaiting,
}

/// Whose move it is in the requests of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Waiting {
    /// Everything, whoever has to act.
    #[default]
    ForAnybody,
    /// Nobody of the account has to act: at most their signer, our desk, a carrier, or whoever sent the manual form.
    ForOthers,
    /// Somebody of the account has to act.
    ForAccount,
    /// In the stages of the list anybody's; and beside them what waits for the account, in any stage.
    AlsoForAccount,
}

/// Which requests a list shows.
#[derive(Debug, Clone)]
pub struct ListFilter {
    pub scope: Scope,
    /// None means every stage.
    pub stages: Vec<Stage>,
    pub waiting: Waiting,
    pub location: Option<i64>,
    /// Beginnings of search terms; all must be met.
    pub terms: Vec<String>,
    pub order: Order,
}

impl ListFilter {
    /// How much of a stage the list shows.
    pub(super) fn part_of(&self, stage: Stage) -> Part {
        let is_named = self.stages.is_empty() || self.stages.contains(&stage);
        let may_wait = stage.may_need_requester();
        match self.waiting {
            Waiting::ForAnybody | Waiting::AlsoForAccount if is_named => Part::Whole,
            Waiting::ForOthers if is_named => Part::ForOthers,
            Waiting::ForAccount if is_named && may_wait => Part::ForAccount,
            Waiting::AlsoForAccount if may_wait => Part::ForAccount,
            _ => Part::Nothing,
        }
    }
}

/// How much of a stage a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    /// What waits for its account.
    ForAccount,
    /// What waits for somebody else.
    ForOthers,
    Nothing,
}

/// A request with the names that lists show beside it.
#[derive(Debug, Clone)]
pub struct ListedRequest {
    pub request: PortRequest,
    pub submitter: String,
    pub location: String,
    pub time_zone: String,
}

/// Where a request stands in the order of a list: a page of an export begins behind the last one of the page before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    pub at: NaiveDateTime,
    pub id: i64,
}

impl Key {
    /// The key of a listed request.
    pub fn of(request: &PortRequest, order: Order) -> Self {
        let at = match order {
            Order::Newest => request.created_at,
            Order::LongestWaiting => request.stage_since,
        };
        Self { at, id: request.id }
    }
}

/// A page of a list, and how many there are (at most one more than [`MOST_COUNTED`]).
pub fn list(conn: &mut Conn, filter: &ListFilter, offset: i64, limit: i64) -> StoreResult<(Vec<ListedRequest>, i64)> {
    let found = request_search::find(conn, filter)?;
    let rows = rows_of(conn, filter, &found, offset, limit)?;
    let shown = size_of(&rows);
    // A first page that is not full has been counted already.
    let count = if offset == 0 && shown < limit { shown } else { count_of(conn, filter, &found, MOST_COUNTED + 1)? };
    Ok((rows, count))
}

/// A page of a list.
pub fn rows(conn: &mut Conn, filter: &ListFilter, offset: i64, limit: i64) -> StoreResult<Vec<ListedRequest>> {
    let found = request_search::find(conn, filter)?;
    rows_of(conn, filter, &found, offset, limit)
}

/// The next requests of a list behind `after`, for going through a whole list without offsets.
pub fn list_after(
    conn: &mut Conn,
    filter: &ListFilter,
    after: Option<Key>,
    limit: i64,
) -> StoreResult<Vec<ListedRequest>> {
    let found = request_search::find(conn, filter)?;
    let mut keys = keys_of(conn, filter, &found, after, limit)?;
    keys.retain(|key| after.is_none_or(|after| is_behind(*key, after, filter.order)));
    request_walk::load(conn, &page(keys, 0, limit))
}

/// How many requests a filter shows, at most one more than [`MOST_COUNTED`].
pub fn count(conn: &mut Conn, filter: &ListFilter) -> StoreResult<i64> {
    count_up_to(conn, filter, MOST_COUNTED + 1)
}

/// How many requests a filter shows, at most `most`.
pub fn count_up_to(conn: &mut Conn, filter: &ListFilter, most: i64) -> StoreResult<i64> {
    let found = request_search::find(conn, filter)?;
    count_of(conn, filter, &found, most)
}

fn rows_of(
    conn: &mut Conn,
    filter: &ListFilter,
    found: &Found,
    offset: i64,
    limit: i64,
) -> StoreResult<Vec<ListedRequest>> {
    match (found, Walk::of(filter).as_slice()) {
        (Found::All | Found::Many, [only]) if offset == 0 => request_walk::rows(conn, filter, only, limit),
        _ => {
            let keys = keys_of(conn, filter, found, None, offset + limit)?;
            request_walk::load(conn, &page(keys, offset, limit))
        }
    }
}

/// The first keys of a list, in its order; those behind `after` are among them.
fn keys_of(
    conn: &mut Conn,
    filter: &ListFilter,
    found: &Found,
    after: Option<Key>,
    limit: i64,
) -> StoreResult<Vec<Key>> {
    let mut keys = match found {
        Found::Few(ids) => few(conn, filter, ids)?,
        Found::All | Found::Many => {
            let mut keys = Vec::new();
            for walk in Walk::of(filter) {
                keys.extend(request_walk::keys(conn, filter, &walk, after, limit)?);
            }
            keys
        }
    };
    sort(&mut keys, filter.order);
    Ok(keys)
}

fn count_of(conn: &mut Conn, filter: &ListFilter, found: &Found, most: i64) -> StoreResult<i64> {
    let mut count = 0;
    match found {
        Found::Few(ids) => count = size_of(&few(conn, filter, ids)?),
        Found::All | Found::Many => {
            for walk in Walk::of(filter) {
                if count < most {
                    count += request_walk::count(conn, filter, &walk, most - count)?;
                }
            }
        }
    }
    Ok(count.min(most))
}

/// The keys of a few requests that were found by their terms, as far as the filter shows them.
fn few(conn: &mut Conn, filter: &ListFilter, ids: &[i64]) -> StoreResult<Vec<Key>> {
    let mut keys = Vec::new();
    for some in ids.chunks(500) {
        let rows: Vec<Candidate> = port_requests::table
            .filter(port_requests::id.eq_any(some.to_vec()))
            .filter(port_requests::deleted_at.is_null())
            .select(Candidate::as_select())
            .load(conn)?;
        keys.extend(rows.iter().filter(|row| row.is_shown(filter)).map(|row| row.key(filter.order)));
    }
    Ok(keys)
}

fn size_of<T>(rows: &[T]) -> i64 {
    i64::try_from(rows.len()).unwrap_or(i64::MAX)
}

fn sort(keys: &mut [Key], order: Order) {
    match order {
        Order::Newest => keys.sort_unstable_by_key(|key| Reverse((key.at, key.id))),
        Order::LongestWaiting => keys.sort_unstable_by_key(|key| (key.at, key.id)),
    }
}

fn is_behind(key: Key, after: Key, order: Order) -> bool {
    match order {
        Order::Newest => (key.at, key.id) < (after.at, after.id),
        Order::LongestWaiting => (after.at, after.id) < (key.at, key.id),
    }
}

fn page(keys: Vec<Key>, offset: i64, limit: i64) -> Vec<i64> {
    let size = |rows: i64| usize::try_from(rows).unwrap_or(0);
    keys.into_iter().skip(size(offset)).take(size(limit)).map(|key| key.id).collect()
}
