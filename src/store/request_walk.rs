//! One walk along one index: what every list of port requests is read and counted by.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::{
    backend::Backend,
    dsl::{IntoBoxed, LeftJoin, exists},
    prelude::*,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::BigInt,
};

use super::{
    Conn, StoreResult,
    port_requests::PortRequest,
    request_list::{Key, ListFilter, ListedRequest, Order, Part, Scope, Waiting},
    request_search,
    schema::{locations, port_requests, search_terms, users},
};
use crate::domain::stage::Stage;

/// Leaving out this many stages is still one walk that passes over a few rows; with more, each stage is walked by itself.
const MOST_LEFT_OUT: usize = 4;

/// Which stages a walk goes through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Walk {
    /// All but these, or of all others only what does not wait for its account: along the index that begins with whose
    /// they are.
    AllBut(Vec<Stage>, Part),
    /// One: along an index that has the stage in it.
    One(Stage, Part),
}

impl Walk {
    /// The walks that make up a list.
    pub(super) fn of(filter: &ListFilter) -> Vec<Self> {
        let is_the_desks = matches!(filter.scope, Scope::Desk);
        let (wanted, left_out): (Vec<Stage>, Vec<Stage>) = Stage::ALL
            .into_iter()
            .partition(|stage| (*stage != Stage::Draft || !is_the_desks) && filter.part_of(*stage) != Part::Nothing);
        let by_time = filter.location.is_none() && filter.order == Order::Newest && !is_the_desks;
        // The same part of each stage.
        let part = match filter.waiting {
            Waiting::ForAnybody => Some(Part::Whole),
            Waiting::ForOthers => Some(Part::ForOthers),
            Waiting::ForAccount | Waiting::AlsoForAccount => None,
        };
        match part {
            Some(part) if by_time && left_out.len() <= MOST_LEFT_OUT => vec![Self::AllBut(left_out, part)],
            _ => wanted.into_iter().map(|stage| Self::One(stage, filter.part_of(stage))).collect(),
        }
    }

    fn part(&self) -> Part {
        match self {
            Self::AllBut(_, part) | Self::One(_, part) => *part,
        }
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
        Walk::One(stage, _) => query = query.filter(port_requests::stage.eq(*stage)),
        Walk::AllBut(stages, _) => {
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
    query = match walk.part() {
        // In these words the index of what waits for its account says what it holds.
        Part::ForAccount => query.filter(port_requests::needs_account),
        Part::ForOthers => query.filter(port_requests::needs_account.eq(false)),
        Part::Whole | Part::Nothing => query,
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

/// Runs `$then` on the requests of a walk in the lists of one account or one person, which nothing else narrows.
///
/// A query that is put together as it runs is written out as text each time. These are the same few each time: the
/// connection knows them again without it, which is half of what a short list costs.
macro_rules! plain {
    ($whose:expr, $walk:expr, |$query:ident| $then:expr) => {{
        let all = joined().filter(port_requests::deleted_at.is_null()).filter($whose);
        match $walk {
            Walk::One(stage, Part::ForAccount) => {
                let $query = all.filter(port_requests::stage.eq(*stage)).filter(port_requests::needs_account);
                $then
            }
            Walk::One(stage, _) => {
                let $query = all.filter(port_requests::stage.eq(*stage));
                $then
            }
            Walk::AllBut(_, Part::ForOthers) => {
                let $query = all.filter(port_requests::needs_account.eq(false));
                $then
            }
            Walk::AllBut(stages, _) => match left_out(stages) {
                None => {
                    let $query = all;
                    $then
                }
                Some([a, b, c, d]) => {
                    let but = port_requests::stage.ne(a).and(port_requests::stage.ne(b));
                    let $query = all.filter(but.and(port_requests::stage.ne(c)).and(port_requests::stage.ne(d)));
                    $then
                }
            },
        }
    }};
}

/// Stages to leave out, the last one again and again up to [`MOST_LEFT_OUT`]; none if there are none.
fn left_out(stages: &[Stage]) -> Option<[Stage; MOST_LEFT_OUT]> {
    let last = stages.last()?;
    Some(std::array::from_fn(|at| *stages.get(at).unwrap_or(last)))
}

/// What a list shows of a request.
macro_rules! shown {
    () => {
        (PortRequest::as_select(), users::name.nullable(), locations::name.nullable(), locations::time_zone.nullable())
    };
}

/// The first rows of a walk, in the list's order.
pub(super) fn rows(conn: &mut Conn, filter: &ListFilter, walk: &Walk, limit: i64) -> StoreResult<Vec<ListedRequest>> {
    macro_rules! newest {
        ($query:expr) => {
            $query.order((port_requests::created_at.desc(), port_requests::id.desc())).limit(limit).select(shown!())
        };
    }
    let rows: Vec<Row> = match filter.scope {
        Scope::Account(id) if is_plain(filter, walk) => {
            plain!(port_requests::account_id.eq(id), walk, |query| newest!(query).load(conn)?)
        }
        Scope::Submitter(id) if is_plain(filter, walk) => {
            plain!(port_requests::submitted_by.eq(id), walk, |query| newest!(query).load(conn)?)
        }
        _ => in_order(filtered(filter, walk), filter.order).limit(limit).select(shown!()).load(conn)?,
    };
    Ok(rows.into_iter().map(listed).collect())
}

/// Whether only whose it is, its stages and whose move it is narrow a list, newest first, as a page without filters does.
fn is_plain(filter: &ListFilter, walk: &Walk) -> bool {
    let is_usual = match walk {
        Walk::One(_, part) => *part != Part::ForOthers,
        Walk::AllBut(stages, part) => *part == Part::Whole || (stages.is_empty() && *part == Part::ForOthers),
    };
    is_usual && filter.terms.is_empty() && filter.location.is_none() && filter.order == Order::Newest
}

/// How many rows a query has. With a limit it looks at no more of them.
#[derive(Debug, Clone, Copy, QueryId)]
struct HowMany<T>(T);

impl<T: Query> Query for HowMany<T> {
    type SqlType = BigInt;
}

impl<T> RunQueryDsl<Conn> for HowMany<T> {}

impl<T: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for HowMany<T> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("SELECT COUNT(*) FROM (");
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(") AS counted");
        Ok(())
    }
}

/// How many requests a walk has, at most `most`.
pub(super) fn count(conn: &mut Conn, filter: &ListFilter, walk: &Walk, most: i64) -> StoreResult<i64> {
    macro_rules! counted {
        ($query:expr) => {
            HowMany($query.select(port_requests::id).limit(most)).get_result(conn)?
        };
    }
    Ok(match filter.scope {
        Scope::Account(id) if is_plain(filter, walk) => {
            plain!(port_requests::account_id.eq(id), walk, |query| counted!(query))
        }
        Scope::Submitter(id) if is_plain(filter, walk) => {
            plain!(port_requests::submitted_by.eq(id), walk, |query| counted!(query))
        }
        _ => counted!(filtered(filter, walk)),
    })
}

/// These requests, in this order.
pub(super) fn load(conn: &mut Conn, ids: &[i64]) -> StoreResult<Vec<ListedRequest>> {
    let rows: Vec<Row> = joined().filter(port_requests::id.eq_any(ids.to_vec())).select(shown!()).load(conn)?;
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
