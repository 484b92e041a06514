//! Which requests a search finds, for lists: terms that few requests have are looked up first, common ones are only checked.

use std::collections::HashSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{
    Conn, StoreResult,
    request_list::{Key, ListFilter, Order, Part, Scope},
    schema::{port_requests, search_terms, users},
};
use crate::domain::stage::Stage;

/// Rows of a term that are looked up. A term with more is common: walking the list and asking each request is faster.
const FEW: i64 = 10_000;

/// What the terms of a filter leave to look at.
#[derive(Debug)]
pub(super) enum Found {
    /// Nothing is looked for.
    All,
    /// Only these row ids can be in the list.
    Few(Vec<i64>),
    /// Every term is common.
    Many,
}

/// Looks up the terms of a filter.
pub(super) fn find(conn: &mut Conn, filter: &ListFilter) -> StoreResult<Found> {
    if filter.terms.is_empty() {
        return Ok(Found::All);
    }
    let account = account_of(conn, filter.scope)?;
    let mut few: Option<HashSet<i64>> = None;
    let mut common = Vec::new();
    for term in &filter.terms {
        match holders(conn, account, term)? {
            Some(ids) => few = Some(few.map_or_else(|| ids.clone(), |known| &known & &ids)),
            None => common.push(term),
        }
    }
    let Some(few) = few else { return Ok(Found::Many) };
    let mut ids: Vec<i64> = few.into_iter().collect();
    for term in common {
        ids = having(conn, &ids, term)?;
    }
    Ok(Found::Few(ids))
}

fn account_of(conn: &mut Conn, scope: Scope) -> StoreResult<Option<i64>> {
    match scope {
        Scope::Account(account) => Ok(Some(account)),
        Scope::Submitter(user) => Ok(users::table.find(user).select(users::account_id).first(conn)?),
        Scope::Desk => Ok(None),
    }
}

/// The first word that is too great for a beginning.
pub(super) fn end_of(term: &str) -> String {
    format!("{term}\u{10FFFF}")
}

/// The requests that have a term, unless they are many.
fn holders(conn: &mut Conn, account: Option<i64>, term: &str) -> StoreResult<Option<HashSet<i64>>> {
    let mut query = search_terms::table
        .filter(search_terms::term.ge(term.to_owned()))
        .filter(search_terms::term.lt(end_of(term)))
        .select(search_terms::port_request_id)
        .limit(FEW + 1)
        .into_boxed();
    if let Some(account) = account {
        query = query.filter(search_terms::account_id.eq(account));
    }
    let ids: Vec<i64> = query.load(conn)?;
    let is_common = FEW < i64::try_from(ids.len()).unwrap_or(i64::MAX);
    Ok((!is_common).then(|| ids.into_iter().collect()))
}

/// Which of these requests have a term.
fn having(conn: &mut Conn, ids: &[i64], term: &str) -> StoreResult<Vec<i64>> {
    let mut kept = HashSet::new();
    for some in ids.chunks(500) {
        let found: Vec<i64> = search_terms::table
            .filter(search_terms::port_request_id.eq_any(some.to_vec()))
            .filter(search_terms::term.ge(term.to_owned()))
            .filter(search_terms::term.lt(end_of(term)))
            .select(search_terms::port_request_id)
            .load(conn)?;
        kept.extend(found);
    }
    Ok(kept.into_iter().collect())
}

/// What decides whether a request that was found by its terms is in a list.
#[derive(Queryable, Selectable)]
#[diesel(table_name = port_requests)]
pub(super) struct Candidate {
    id: i64,
    account_id: i64,
    location_id: i64,
    submitted_by: i64,
    stage: Stage,
    stage_since: NaiveDateTime,
    created_at: NaiveDateTime,
    needs_account: bool,
}

impl Candidate {
    /// Whether the filter shows it.
    pub(super) fn is_shown(&self, filter: &ListFilter) -> bool {
        let in_scope = match filter.scope {
            Scope::Account(account) => self.account_id == account,
            Scope::Submitter(user) => self.submitted_by == user,
            Scope::Desk => self.stage != Stage::Draft,
        };
        in_scope
            && match filter.part_of(self.stage) {
                Part::Whole => true,
                Part::ForAccount => self.needs_account,
                Part::ForOthers => !self.needs_account,
                Part::Nothing => false,
            }
            && filter.location.is_none_or(|location| self.location_id == location)
    }

    /// Where it stands in the list.
    pub(super) fn key(&self, order: Order) -> Key {
        let at = match order {
            Order::Newest => self.created_at,
            Order::LongestWaiting => self.stage_since,
        };
        Key { at, id: self.id }
    }
}
