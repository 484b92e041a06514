//! Locations: where numbers go, and which managers may send requests for them.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{
    Conn, StoreError, StoreResult,
    name_search::{self, Named},
    schema::{location_members, locations},
};
use crate::domain::{location_id::LocationId, people::Customer};

/// Row ids that one query looks up.
const MOST_AT_ONCE: usize = 500;

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
    let words = [facts.name.as_str(), facts.location_id.as_str()];
    name_search::replace(conn, Named::Location, id, Some(account_id), &words)?;
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
    if changed != 1 {
        return Err(StoreError::Stale);
    }
    let (account, words) = (find(conn, id)?.account_id, [facts.name.as_str(), facts.location_id.as_str()]);
    name_search::replace(conn, Named::Location, id, Some(account), &words)
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

/// Which of these row ids are locations of an account.
pub fn of_account(conn: &mut Conn, account_id: i64, ids: &[i64]) -> StoreResult<Vec<Location>> {
    let mut own = Vec::new();
    for some in ids.chunks(MOST_AT_ONCE) {
        let these = locations::table.filter(locations::id.eq_any(some.to_vec()));
        let these = these.filter(locations::account_id.eq(account_id));
        own.append(&mut these.select(Location::as_select()).load(conn)?);
    }
    Ok(own)
}

/// One location that a customer may see. `NotFound` for any other.
pub fn find_visible(conn: &mut Conn, customer: &Customer, location_id: &LocationId) -> StoreResult<Location> {
    let location = by_location_id(conn, location_id)?;
    let visible = location.account_id == customer.account_id
        && (customer.is_owner() || is_member(conn, location.id, customer.person.id)?);
    if visible { Ok(location) } else { Err(StoreError::NotFound) }
}

/// One location that a customer may see, by what a person typed; nothing for what is no Location ID of theirs.
pub fn find_typed(conn: &mut Conn, customer: &Customer, typed: &str) -> StoreResult<Option<Location>> {
    let Ok(location_id) = LocationId::parse(typed) else { return Ok(None) };
    match find_visible(conn, customer, &location_id) {
        Err(StoreError::NotFound) => Ok(None),
        found => found.map(Some),
    }
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

/// The locations of an account that have these Location IDs.
pub fn of_account_named(conn: &mut Conn, account_id: i64, named: &[LocationId]) -> StoreResult<Vec<Location>> {
    let mut own = Vec::new();
    for some in named.chunks(MOST_AT_ONCE) {
        let keys: Vec<String> = some.iter().map(LocationId::key).collect();
        let these = locations::table.filter(locations::location_key.eq_any(keys));
        let these = these.filter(locations::account_id.eq(account_id));
        own.append(&mut these.select(Location::as_select()).load(conn)?);
    }
    Ok(own)
}

/// Sets the locations of a manager to these, as far as they are of the manager's account.
pub fn set_memberships(conn: &mut Conn, account_id: i64, user: i64, chosen: &[i64]) -> StoreResult<()> {
    diesel::delete(location_members::table.filter(location_members::user_id.eq(user))).execute(conn)?;
    for location in of_account(conn, account_id, chosen)? {
        add_member(conn, &location, user)?;
    }
    Ok(())
}

/// The locations that a manager is in, by name.
pub fn of_member(conn: &mut Conn, user: i64) -> StoreResult<Vec<Location>> {
    Ok(location_members::table
        .inner_join(locations::table)
        .filter(location_members::user_id.eq(user))
        .order((locations::name.asc(), locations::id.asc()))
        .select(Location::as_select())
        .load(conn)?)
}
