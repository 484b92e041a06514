//! One walk along one index: what every list of port requests is read and counted by.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::{
    dsl::{IntoBoxed, LeftJoin, exists},
    prelude::*,
};

use super::{
    Conn, StoreResult,
    port_requests::PortRequest,
    request_list::{Key, ListFilter, ListedRequest, Order, Scope},
    request_search,
    schema::{locations, port_requests, search_terms, users},
};
use crate::domain::stage::Stage;

/// Leaving out this many stages is still one walk that passes over a few rows; with more, each stage is walked by itself.
const MOST_LEFT_OUT: usize = 4;

/// Which stages a walk goes through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Walk {
    /// All but these: along the index that begins with whose they are.
    AllBut(Vec<Stage>),
    /// One: along an index that has the stage in it.
    One(Stage),
}

impl Walk {
    /// The walks that make up a list.
    pub(super) fn of(filter: &ListFilter) -> Vec<Self> {
        let is_the_desks = matches!(filter.scope, Scope::Desk);
        let (wanted, left_out): (Vec<Stage>, Vec<Stage>) = Stage::ALL.into_iter().partition(|stage| {
            (*stage != Stage::Draft || !is_the_desks) && (filter.stages.is_empty() || filter.stages.contains(stage))
        });
        let by_time = filter.location.is_none() && filter.order == Order::Newest && !is_the_desks;
        if by_time && left_out.len() <= MOST_LEFT_OUT {
            return vec![Self::AllBut(left_out)];
        }
        wanted.into_iter().map(Self::One).collect()
    }
}

/// Requests with the names beside them. Left joins leave no choice of where to begin; unused ones cost nothing.
type Joined = LeftJoin<LeftJoin<port_requests::table, users::table>, locations::table>;
type Boxed<'a> = IntoBoxed<'a, Joined, <Conn as diesel::Connection>::Backend>;
/// What [`rows`] and [`load`] read of a request.
type Row = (PortRequest, Option<String>, Option<String>, Option<String>);

fn joined() -> Joined {
    port_requests::table.left_join(users::table).left_join(locations::table)
}

/// The requests of a walk, in no order yet.
fn filtered<'a>(filter: &'a ListFilter, walk: &Walk) -> Boxed<'a> {
    let mut query = joined().filter(port_requests::deleted_at.is_null()).into_boxed();
    match walk {
        Walk::One(stage) => query = query.filter(port_requests::stage.eq(*stage)),
        Walk::AllBut(stages) => {
            for stage in stages {
                query = query.filter(port_requests::stage.ne(*stage));
            }
        }
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

fn in_order(query: Boxed<'_>, order: Order) -> Boxed<'_> {
    match order {
        Order::Newest => query.order((port_requests::created_at.desc(), port_requests::id.desc())),
        Order::LongestWaiting => query.order((port_requests::stage_since.asc(), port_requests::id.asc())),
    }
}

/// The first keys of a walk, in the list's order.
pub(super) fn keys(
    conn: &mut Conn,
    filter: &ListFilter,
    walk: &Walk,
    after: Option<Key>,
    limit: i64,
) -> StoreResult<Vec<Key>> {
    let mut query = in_order(filtered(filter, walk), filter.order).limit(limit);
    let rows: Vec<(NaiveDateTime, i64)> = match filter.order {
        Order::Newest => {
            if let Some(Key { at, id }) = after {
                query = query.filter(port_requests::created_at.le(at));
                query = query.filter(port_requests::created_at.lt(at).or(port_requests::id.lt(id)));
            }
            query.select((port_requests::created_at, port_requests::id)).load(conn)?
        }
        Order::LongestWaiting => {
            if let Some(Key { at, id }) = after {
                query = query.filter(port_requests::stage_since.ge(at));
                query = query.filter(port_requests::stage_since.gt(at).or(port_requests::id.gt(id)));
            }
            query.select((port_requests::stage_since, port_requests::id)).load(conn)?
        }
    };
    Ok(rows.into_iter().map(|(at, id)| Key { at, id }).collect())
}

/// The first rows of a walk, in the list's order.
pub(super) fn rows(conn: &mut Conn, filter: &ListFilter, walk: &Walk, limit: i64) -> StoreResult<Vec<ListedRequest>> {
    let rows: Vec<Row> = in_order(filtered(filter, walk), filter.order)
        .limit(limit)
        .select((
            PortRequest::as_select(),
            users::name.nullable(),
            locations::name.nullable(),
            locations::time_zone.nullable(),
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(listed).collect())
}

/// How many requests a walk has, at most `most`.
pub(super) fn count(conn: &mut Conn, filter: &ListFilter, walk: &Walk, most: i64) -> StoreResult<i64> {
    // Whether there are so many takes no rows out of the database; if not, all may be counted.
    let last: Option<i64> =
        filtered(filter, walk).select(port_requests::id).offset(most - 1).limit(1).first(conn).optional()?;
    match last {
        Some(_) => Ok(most),
        None => Ok(filtered(filter, walk).count().get_result(conn)?),
    }
}

/// These requests, in this order.
pub(super) fn load(conn: &mut Conn, ids: &[i64]) -> StoreResult<Vec<ListedRequest>> {
    let rows: Vec<Row> = joined()
        .filter(port_requests::id.eq_any(ids.to_vec()))
        .select((
            PortRequest::as_select(),
            users::name.nullable(),
            locations::name.nullable(),
            locations::time_zone.nullable(),
        ))
        .load(conn)?;
    let mut rows: HashMap<i64, ListedRequest> = rows.into_iter().map(|row| (row.0.id, listed(row))).collect();
    Ok(ids.iter().filter_map(|id| rows.remove(id)).collect())
}

fn listed((request, submitter, location, time_zone): Row) -> ListedRequest {
    ListedRequest {
        request,
        submitter: submitter.unwrap_or_default(),
        location: location.unwrap_or_default(),
        time_zone: time_zone.unwrap_or_default(),
    }
}
