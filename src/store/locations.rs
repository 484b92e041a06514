//! Locations: where numbers go, and which managers may send requests for them.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{
    Conn, StoreError, StoreResult,
    schema::{accounts, location_members, locations, users},
};
use crate::domain::{location_id::LocationId, people::Customer};

/// A destination sub-account.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = locations)]
pub struct Location {
    pub id: i64,
    pub account_id: i64,
    pub location_id: String,
    pub name: String,
    /// IANA name.
    pub time_zone: String,
    /// Why porting is off; empty when it is on.
    pub porting_off_reason: String,
    pub created_at: NaiveDateTime,
    pub version: i32,
}

/// What people edit of a location.
#[derive(Debug, Clone)]
pub struct LocationFacts {
    pub location_id: LocationId,
    pub name: String,
    pub time_zone: String,
    pub porting_off_reason: String,
}

/// Adds a location. `Taken` when another one has this Location ID.
pub fn add(conn: &mut Conn, account_id: i64, facts: &LocationFacts, now: NaiveDateTime) -> StoreResult<i64> {
    let id = diesel::insert_into(locations::table)
        .values((
            locations::account_id.eq(account_id),
            locations::location_id.eq(facts.location_id.as_str()),
            locations::location_key.eq(facts.location_id.key()),
            locations::name.eq(&facts.name),
            locations::time_zone.eq(&facts.time_zone),
            locations::porting_off_reason.eq(&facts.porting_off_reason),
            locations::created_at.eq(now),
        ))
        .returning(locations::id)
        .get_result(conn)?;
    Ok(id)
}

/// Changes a location on the version that was read.
pub fn update(conn: &mut Conn, id: i64, version: i32, facts: &LocationFacts) -> StoreResult<()> {
    let as_read = locations::table.filter(locations::id.eq(id)).filter(locations::version.eq(version));
    let changed = diesel::update(as_read)
        .set((
            locations::location_id.eq(facts.location_id.as_str()),
            locations::location_key.eq(facts.location_id.key()),
            locations::name.eq(&facts.name),
            locations::time_zone.eq(&facts.time_zone),
            locations::porting_off_reason.eq(&facts.porting_off_reason),
            locations::version.eq(version + 1),
        ))
        .execute(conn)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// One location, by row.
pub fn find(conn: &mut Conn, id: i64) -> StoreResult<Location> {
    Ok(locations::table.find(id).select(Location::as_select()).first(conn)?)
}

/// One location, by Location ID in any case.
pub fn by_location_id(conn: &mut Conn, location_id: &LocationId) -> StoreResult<Location> {
    Ok(locations::table
        .filter(locations::location_key.eq(location_id.key()))
        .select(Location::as_select())
        .first(conn)?)
}

/// All locations of all accounts by name.
pub fn all(conn: &mut Conn) -> StoreResult<Vec<Location>> {
    Ok(locations::table.order(locations::name.asc()).select(Location::as_select()).load(conn)?)
}

/// Which locations the admin's list shows.
#[derive(Debug, Clone, Default)]
pub struct LocationFilter {
    /// A part of the name or of the Location ID, in any case; empty for all.
    pub text: String,
    pub account: Option<i64>,
}

diesel::define_sql_function! {
    /// Letters in lower case; SQLite knows only those of ASCII.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

type Found<'a> = locations::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

fn filtered(filter: &LocationFilter) -> Found<'_> {
    let mut query = locations::table.into_boxed();
    if let Some(account) = filter.account {
        query = query.filter(locations::account_id.eq(account));
    }
    let text = filter.text.trim();
    if !text.is_empty() {
        let literal = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let pattern = format!("%{}%", literal.to_lowercase());
        let by_name = lower(locations::name).like(pattern.clone()).escape('\\');
        query = query.filter(by_name.or(locations::location_key.like(pattern).escape('\\')));
    }
    query
}

/// A page of the locations of all accounts by name, each with its account's name.
pub fn list(conn: &mut Conn, filter: &LocationFilter, offset: i64, limit: i64) -> StoreResult<Vec<(Location, String)>> {
    let page: Vec<Location> = filtered(filter)
        .order((locations::name.asc(), locations::id.asc()))
        .offset(offset)
        .limit(limit)
        .select(Location::as_select())
        .load(conn)?;
    let ids: Vec<i64> = page.iter().map(|location| location.account_id).collect();
    let names: Vec<(i64, String)> =
        accounts::table.filter(accounts::id.eq_any(ids)).select((accounts::id, accounts::name)).load(conn)?;
    let name = |id: i64| names.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone()).unwrap_or_default();
    Ok(page.into_iter().map(|location| (location.clone(), name(location.account_id))).collect())
}

/// How many locations a filter shows.
pub fn count(conn: &mut Conn, filter: &LocationFilter) -> StoreResult<i64> {
    Ok(filtered(filter).count().get_result(conn)?)
}

/// The locations of an account by name.
pub fn of_account(conn: &mut Conn, account_id: i64) -> StoreResult<Vec<Location>> {
    Ok(locations::table
        .filter(locations::account_id.eq(account_id))
        .order((locations::name.asc(), locations::id.asc()))
        .select(Location::as_select())
        .load(conn)?)
}

/// The locations that a customer may send requests for: all of an owner's account, a manager's own.
pub fn visible_to(conn: &mut Conn, customer: &Customer) -> StoreResult<Vec<Location>> {
    let mut query = locations::table
        .filter(locations::account_id.eq(customer.account_id))
        .order(locations::name.asc())
        .select(Location::as_select())
        .into_boxed();
    if !customer.is_owner() {
        let own = location_members::table
            .filter(location_members::user_id.eq(customer.person.id))
            .select(location_members::location_id);
        query = query.filter(locations::id.eq_any(own));
    }
    Ok(query.load(conn)?)
}

/// One location that a customer may see. `NotFound` for any other.
pub fn find_visible(conn: &mut Conn, customer: &Customer, location_id: &LocationId) -> StoreResult<Location> {
    let location = by_location_id(conn, location_id)?;
    let visible = location.account_id == customer.account_id
        && (customer.is_owner() || is_member(conn, location.id, customer.person.id)?);
    if visible { Ok(location) } else { Err(StoreError::NotFound) }
}

/// Whether a user may send requests for a location.
pub fn is_member(conn: &mut Conn, location: i64, user: i64) -> StoreResult<bool> {
    let members = location_members::table
        .filter(location_members::location_id.eq(location))
        .filter(location_members::user_id.eq(user));
    Ok(diesel::select(diesel::dsl::exists(members)).get_result(conn)?)
}

/// Lets a manager send requests for a location; doing it twice does nothing.
pub fn add_member(conn: &mut Conn, location: &Location, user: i64) -> StoreResult<()> {
    if is_member(conn, location.id, user)? {
        return Ok(());
    }
    diesel::insert_into(location_members::table)
        .values((
            location_members::account_id.eq(location.account_id),
            location_members::location_id.eq(location.id),
            location_members::user_id.eq(user),
        ))
        .execute(conn)?;
    Ok(())
}

/// Ends a manager's right to send requests for a location.
pub fn remove_member(conn: &mut Conn, location: i64, user: i64) -> StoreResult<()> {
    let member = location_members::table
        .filter(location_members::location_id.eq(location))
        .filter(location_members::user_id.eq(user));
    diesel::delete(member).execute(conn)?;
    Ok(())
}

/// Sets the locations of a manager to these, all of the manager's account.
pub fn set_memberships(conn: &mut Conn, account_id: i64, user: i64, chosen: &[i64]) -> StoreResult<()> {
    diesel::delete(location_members::table.filter(location_members::user_id.eq(user))).execute(conn)?;
    for location in of_account(conn, account_id)?.into_iter().filter(|location| chosen.contains(&location.id)) {
        add_member(conn, &location, user)?;
    }
    Ok(())
}

/// Row ids of the locations that a manager is in.
pub fn ids_of_member(conn: &mut Conn, user: i64) -> StoreResult<Vec<i64>> {
    Ok(location_members::table
        .filter(location_members::user_id.eq(user))
        .order(location_members::location_id.asc())
        .select(location_members::location_id)
        .load(conn)?)
}

/// Row ids of the users who are members of a location.
pub fn member_ids(conn: &mut Conn, location: i64) -> StoreResult<Vec<i64>> {
    Ok(location_members::table
        .inner_join(users::table)
        .filter(location_members::location_id.eq(location))
        .order(users::name.asc())
        .select(users::id)
        .load(conn)?)
}
