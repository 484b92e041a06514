//! Accounts: the tenants.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{
    Conn, StoreError, StoreResult,
    schema::{accounts, locations, users},
};

/// An agency or customer.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = accounts)]
pub struct Account {
    pub id: i64,
    pub name: String,
    pub active: bool,
    pub created_at: NaiveDateTime,
    pub version: i32,
}

/// Adds an account.
pub fn add(conn: &mut Conn, name: &str, now: NaiveDateTime) -> StoreResult<i64> {
    let id = diesel::insert_into(accounts::table)
        .values((accounts::name.eq(name), accounts::created_at.eq(now)))
        .returning(accounts::id)
        .get_result(conn)?;
    Ok(id)
}

/// One account.
pub fn find(conn: &mut Conn, id: i64) -> StoreResult<Account> {
    Ok(accounts::table.find(id).select(Account::as_select()).first(conn)?)
}

/// All accounts by name.
pub fn all(conn: &mut Conn) -> StoreResult<Vec<Account>> {
    Ok(accounts::table.order(accounts::name.asc()).select(Account::as_select()).load(conn)?)
}

/// A page of the accounts by name, each with how many locations and users it has.
pub fn list(conn: &mut Conn, offset: i64, limit: i64) -> StoreResult<Vec<(Account, i64, i64)>> {
    let page: Vec<Account> = accounts::table
        .order((accounts::name.asc(), accounts::id.asc()))
        .offset(offset)
        .limit(limit)
        .select(Account::as_select())
        .load(conn)?;
    let ids: Vec<i64> = page.iter().map(|account| account.id).collect();
    let of_locations = locations::table.filter(locations::account_id.eq_any(ids.clone()));
    let of_locations: Vec<(i64, i64)> = of_locations
        .group_by(locations::account_id)
        .select((locations::account_id, diesel::dsl::count_star()))
        .load(conn)?;
    let of_users = users::table.filter(users::account_id.eq_any(ids));
    let of_users: Vec<(Option<i64>, i64)> =
        of_users.group_by(users::account_id).select((users::account_id, diesel::dsl::count_star())).load(conn)?;
    let count = |found: Option<&i64>| found.copied().unwrap_or(0);
    Ok(page
        .into_iter()
        .map(|account| {
            let has_locations = of_locations.iter().find(|(id, _)| *id == account.id).map(|(_, count)| count);
            let has_users = of_users.iter().find(|(id, _)| *id == Some(account.id)).map(|(_, count)| count);
            let (has_locations, has_users) = (count(has_locations), count(has_users));
            (account, has_locations, has_users)
        })
        .collect())
}

/// How many accounts there are.
pub fn count(conn: &mut Conn) -> StoreResult<i64> {
    Ok(accounts::table.count().get_result(conn)?)
}

/// Changes name and state on the version that was read.
pub fn update(conn: &mut Conn, id: i64, version: i32, name: &str, active: bool) -> StoreResult<()> {
    let as_read = accounts::table.filter(accounts::id.eq(id)).filter(accounts::version.eq(version));
    let changed = diesel::update(as_read)
        .set((accounts::name.eq(name), accounts::active.eq(active), accounts::version.eq(version + 1)))
        .execute(conn)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}
