//! Lists of port requests that stay fast at a million rows: every part of a list is one walk along one index.
//!
//! A list is found in two steps. First its keys (time and row id), stage by stage, each walk in the order of an index and
//! no longer than the page needs; the walks are merged here. Then the few rows themselves, by row id. Neither database
//! ever sorts or joins more than a page.

use std::cmp::Reverse;

use chrono::NaiveDateTime;
use diesel::{dsl::exists, prelude::*};

use super::{
    Conn, StoreResult,
    port_requests::PortRequest,
    request_search::{self, Candidate, Found},
    schema::{locations, port_requests, search_terms, users},
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

/// Which requests a list shows.
#[derive(Debug, Clone)]
pub struct ListFilter {
    pub scope: Scope,
    /// None means every stage.
    pub stages: Vec<Stage>,
    pub location: Option<i64>,
    /// Beginnings of search terms; all must be met.
    pub terms: Vec<String>,
    pub order: Order,
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
    let most = offset + limit;
    if let Found::Few(ids) = request_search::find(conn, filter)? {
        let keys = few(conn, filter, &ids)?;
        let count = i64::try_from(keys.len()).unwrap_or(i64::MAX).min(MOST_COUNTED + 1);
        return Ok((load(conn, &page(keys, offset, limit))?, count));
    }
    let mut keys = Vec::new();
    let mut whole = true;
    for stages in walks(filter) {
        let walked = walk(conn, filter, stages, None, most)?;
        whole &= i64::try_from(walked.len()).unwrap_or(i64::MAX) < most;
        keys.extend(walked);
    }
    sort(&mut keys, filter.order);
    // A first page that is not full has been counted already.
    let count = if whole { i64::try_from(keys.len()).unwrap_or(i64::MAX) } else { count_walks(conn, filter)? };
    Ok((load(conn, &page(keys, offset, limit))?, count.min(MOST_COUNTED + 1)))
}

/// The next requests of a list behind `after`, for going through a whole list without offsets.
pub fn list_after(
    conn: &mut Conn,
    filter: &ListFilter,
    after: Option<Key>,
    limit: i64,
) -> StoreResult<Vec<ListedRequest>> {
    let mut keys = Vec::new();
    match request_search::find(conn, filter)? {
        Found::Few(ids) => keys = few(conn, filter, &ids)?,
        Found::All | Found::Many => {
            for stages in walks(filter) {
                keys.extend(walk(conn, filter, stages, after, limit)?);
            }
        }
    }
    sort(&mut keys, filter.order);
    keys.retain(|key| after.is_none_or(|after| is_behind(*key, after, filter.order)));
    load(conn, &page(keys, 0, limit))
}

/// How many requests a filter shows, at most one more than [`MOST_COUNTED`].
pub fn count(conn: &mut Conn, filter: &ListFilter) -> StoreResult<i64> {
    let count = match request_search::find(conn, filter)? {
        Found::Few(ids) => i64::try_from(few(conn, filter, &ids)?.len()).unwrap_or(i64::MAX),
        Found::All | Found::Many => count_walks(conn, filter)?,
    };
    Ok(count.min(MOST_COUNTED + 1))
}

fn count_walks(conn: &mut Conn, filter: &ListFilter) -> StoreResult<i64> {
    let mut count = 0;
    for stages in walks(filter) {
        let left = MOST_COUNTED + 1 - count;
        if left <= 0 {
            break;
        }
        let ids: Vec<i64> = filtered(filter, stages).select(port_requests::id).limit(left).load(conn)?;
        count += i64::try_from(ids.len()).unwrap_or(left);
    }
    Ok(count)
}

/// The stages of each walk: one at a time where the index begins with the stage, all at once where it does not.
fn walks(filter: &ListFilter) -> Vec<Option<Stage>> {
    let by_time = filter.location.is_none() && filter.order == Order::Newest && !matches!(filter.scope, Scope::Desk);
    if filter.stages.is_empty() && by_time {
        return vec![None];
    }
    let wanted = |stage: &Stage| {
        let is_the_desks = *stage != Stage::Draft || !matches!(filter.scope, Scope::Desk);
        is_the_desks && (filter.stages.is_empty() || filter.stages.contains(stage))
    };
    Stage::ALL.into_iter().filter(wanted).map(Some).collect()
}

type Boxed<'a> = port_requests::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

/// The requests of one walk.
fn filtered(filter: &ListFilter, stage: Option<Stage>) -> Boxed<'_> {
    let mut query = port_requests::table.filter(port_requests::deleted_at.is_null()).into_boxed();
    if let Some(stage) = stage {
        query = query.filter(port_requests::stage.eq(stage));
    }
    // Adding nothing keeps a database from walking the index of the column that selects less.
    query = match (filter.scope, filter.location) {
        (Scope::Account(account), None) => query.filter(port_requests::account_id.eq(account)),
        (Scope::Account(account), Some(location)) => query
            .filter(port_requests::location_id.eq(location))
            .filter((port_requests::account_id + 0_i64).eq(account)),
        (Scope::Submitter(user), None) => query.filter(port_requests::submitted_by.eq(user)),
        (Scope::Submitter(user), Some(location)) => {
            query.filter(port_requests::submitted_by.eq(user)).filter((port_requests::location_id + 0_i64).eq(location))
        }
        (Scope::Desk, None) => query,
        (Scope::Desk, Some(location)) => query.filter(port_requests::location_id.eq(location)),
    };
    for term in &filter.terms {
        let having = search_terms::table
            .filter(search_terms::port_request_id.eq(port_requests::id))
            .filter(search_terms::term.ge(term.as_str()))
            .filter(search_terms::term.lt(request_search::end_of(term)));
        query = query.filter(exists(having));
    }
    query
}

fn walk(
    conn: &mut Conn,
    filter: &ListFilter,
    stage: Option<Stage>,
    after: Option<Key>,
    limit: i64,
) -> StoreResult<Vec<Key>> {
    let query = filtered(filter, stage).limit(limit);
    let rows: Vec<(NaiveDateTime, i64)> = match filter.order {
        Order::Newest => {
            let mut query = query.order((port_requests::created_at.desc(), port_requests::id.desc()));
            if let Some(Key { at, id }) = after {
                query = query.filter(port_requests::created_at.le(at));
                query = query.filter(port_requests::created_at.lt(at).or(port_requests::id.lt(id)));
            }
            query.select((port_requests::created_at, port_requests::id)).load(conn)?
        }
        Order::LongestWaiting => {
            let mut query = query.order((port_requests::stage_since.asc(), port_requests::id.asc()));
            if let Some(Key { at, id }) = after {
                query = query.filter(port_requests::stage_since.ge(at));
                query = query.filter(port_requests::stage_since.gt(at).or(port_requests::id.gt(id)));
            }
            query.select((port_requests::stage_since, port_requests::id)).load(conn)?
        }
    };
    Ok(rows.into_iter().map(|(at, id)| Key { at, id }).collect())
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
    sort(&mut keys, filter.order);
    Ok(keys)
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

/// The rows of a page in its order, with the names beside them.
fn load(conn: &mut Conn, ids: &[i64]) -> StoreResult<Vec<ListedRequest>> {
    let rows: Vec<PortRequest> = port_requests::table
        .filter(port_requests::id.eq_any(ids.to_vec()))
        .select(PortRequest::as_select())
        .load(conn)?;
    let people: Vec<i64> = rows.iter().map(|row| row.submitted_by).collect();
    let places: Vec<i64> = rows.iter().map(|row| row.location_id).collect();
    let people: Vec<(i64, String)> =
        users::table.filter(users::id.eq_any(people)).select((users::id, users::name)).load(conn)?;
    let places: Vec<(i64, String, String)> = locations::table
        .filter(locations::id.eq_any(places))
        .select((locations::id, locations::name, locations::time_zone))
        .load(conn)?;
    let listed = |row: &PortRequest| {
        let submitter = people.iter().find(|(id, _)| *id == row.submitted_by).map(|(_, name)| name.clone());
        let place = places.iter().find(|(id, ..)| *id == row.location_id).cloned().unwrap_or_default();
        let (_, location, time_zone) = place;
        ListedRequest { request: row.clone(), submitter: submitter.unwrap_or_default(), location, time_zone }
    };
    Ok(ids.iter().filter_map(|id| rows.iter().find(|row| row.id == *id)).map(listed).collect())
}
