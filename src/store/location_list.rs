//! Lists of locations: the admin's and their customers', each one walk along one index.

use diesel::prelude::*;

use super::{
    Conn, StoreResult, accounts,
    locations::Location,
    name_search::{self, Found, Named},
    port_requests::MOST_COUNTED,
    schema::{location_members, locations},
};
use crate::domain::people::Customer;

/// Which locations the admin's list shows.
#[derive(Debug, Clone, Default)]
pub struct LocationFilter {
    /// Beginnings of words of the name or of the Location ID.
    pub text: String,
    pub account: Option<i64>,
}

type Boxed<'a> = locations::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

/// A page of the locations of all accounts by name, each with its account's name, and how many there are (at most one
/// more than [`MOST_COUNTED`]).
pub fn list(
    conn: &mut Conn,
    filter: &LocationFilter,
    offset: i64,
    limit: i64,
) -> StoreResult<(Vec<(Location, String)>, i64)> {
    let found = name_search::find(conn, Named::Location, &filter.text)?;
    let filtered = || {
        let query = locations::table.into_boxed();
        let query = match filter.account {
            Some(account) => query.filter(locations::account_id.eq(account)),
            None => query,
        };
        name_search::of_locations(query, &found)
    };
    let (page, count) = page(conn, filtered, offset, limit)?;
    let ids: Vec<i64> = page.iter().map(|location| location.account_id).collect();
    let names = accounts::names(conn, &ids)?;
    let name = |id: i64| names.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone()).unwrap_or_default();
    Ok((page.into_iter().map(|location| (location.clone(), name(location.account_id))).collect(), count))
}

/// A page of the locations that a customer may send requests for, by name, of those that have words with these
/// beginnings, and how many there are.
pub fn of_customer(
    conn: &mut Conn,
    customer: &Customer,
    text: &str,
    offset: i64,
    limit: i64,
) -> StoreResult<(Vec<Location>, i64)> {
    let found = name_search::find(conn, Named::Location, text)?;
    page(conn, || visible(customer, &found), offset, limit)
}

/// The first of the locations that a customer may send requests for, by name.
pub fn first_of_customer(conn: &mut Conn, customer: &Customer, limit: i64) -> StoreResult<Vec<Location>> {
    if customer.is_owner() {
        return first_of_account(conn, customer.account_id, limit);
    }
    let own = location_members::table.inner_join(locations::table);
    Ok(own
        .filter(location_members::user_id.eq(customer.person.id))
        .filter(locations::account_id.eq(customer.account_id))
        .order((locations::name.asc(), locations::id.asc()))
        .limit(limit)
        .select(Location::as_select())
        .load(conn)?)
}

/// The first of an account's locations, by name.
pub fn first_of_account(conn: &mut Conn, account: i64, limit: i64) -> StoreResult<Vec<Location>> {
    let by_name = locations::table.order((locations::name.asc(), locations::id.asc()));
    let own = by_name.filter(locations::account_id.eq(account));
    Ok(own.limit(limit).select(Location::as_select()).load(conn)?)
}

/// How many locations a customer may send requests for, at most `limit`.
pub fn count_of_customer(conn: &mut Conn, customer: &Customer, limit: i64) -> StoreResult<i64> {
    let ids: Vec<i64> = visible(customer, &Found::All).select(locations::id).limit(limit).load(conn)?;
    Ok(i64::try_from(ids.len()).unwrap_or(limit))
}

fn visible<'a>(customer: &Customer, found: &Found) -> Boxed<'a> {
    let mut query = locations::table.filter(locations::account_id.eq(customer.account_id)).into_boxed();
    if !customer.is_owner() {
        let own = location_members::table
            .filter(location_members::user_id.eq(customer.person.id))
            .select(location_members::location_id);
        query = query.filter(locations::id.eq_any(own));
    }
    name_search::of_locations(query, found)
}

fn page<'a>(
    conn: &mut Conn,
    filtered: impl Fn() -> Boxed<'a>,
    offset: i64,
    limit: i64,
) -> StoreResult<(Vec<Location>, i64)> {
    let page = filtered()
        .order((locations::name.asc(), locations::id.asc()))
        .offset(offset)
        .limit(limit)
        .select(Location::as_select())
        .load(conn)?;
    let counted: Vec<i64> = filtered().select(locations::id).limit(MOST_COUNTED + 1).load(conn)?;
    Ok((page, i64::try_from(counted.len()).unwrap_or(MOST_COUNTED)))
}
