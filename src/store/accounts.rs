//! Accounts: the tenants.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{
    Conn, StoreError, StoreResult,
    name_search::{self, Named},
    port_requests::MOST_COUNTED,
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

/// The form in which two names are compared: without case and spaces.
pub fn name_key(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Adds an account.
pub fn add(conn: &mut Conn, name: &str, now: NaiveDateTime) -> StoreResult<i64> {
    let id = diesel::insert_into(accounts::table)
        .values((accounts::name.eq(name), accounts::name_key.eq(name_key(name)), accounts::created_at.eq(now)))
        .returning(accounts::id)
        .get_result(conn)?;
    name_search::replace(conn, Named::Account, id, Some(id), &[name])?;
    Ok(id)
}

/// The accounts of a name, in any case and with any spaces: mostly one.
pub fn named(conn: &mut Conn, name: &str) -> StoreResult<Vec<Account>> {
    let named = accounts::table.filter(accounts::name_key.eq(name_key(name)));
    Ok(named.order(accounts::id.asc()).limit(2).select(Account::as_select()).load(conn)?)
}

/// One account.
pub fn find(conn: &mut Conn, id: i64) -> StoreResult<Account> {
    Ok(accounts::table.find(id).select(Account::as_select()).first(conn)?)
}

/// All accounts by name.
pub fn all(conn: &mut Conn) -> StoreResult<Vec<Account>> {
    first(conn, i64::MAX)
}

/// The first so many accounts by name.
pub fn first(conn: &mut Conn, limit: i64) -> StoreResult<Vec<Account>> {
    let by_name = accounts::table.order((accounts::name.asc(), accounts::id.asc()));
    Ok(by_name.limit(limit).select(Account::as_select()).load(conn)?)
}

/// The names of these accounts.
pub fn names(conn: &mut Conn, ids: &[i64]) -> StoreResult<Vec<(i64, String)>> {
    let these = accounts::table.filter(accounts::id.eq_any(ids.to_vec()));
    Ok(these.select((accounts::id, accounts::name)).load(conn)?)
}

/// An account with how many locations and users it has, each at most one more than [`MOST_COUNTED`].
pub type Counted = (Account, i64, i64);

/// A page of the accounts by name, of those that have words with these beginnings, and how many there are.
pub fn list(conn: &mut Conn, text: &str, offset: i64, limit: i64) -> StoreResult<(Vec<Counted>, i64)> {
    let found = name_search::find(conn, Named::Account, text)?;
    let filtered = || name_search::of_accounts(accounts::table.into_boxed(), &found);
    let page: Vec<Account> = filtered()
        .order((accounts::name.asc(), accounts::id.asc()))
        .offset(offset)
        .limit(limit)
        .select(Account::as_select())
        .load(conn)?;
    let counted: Vec<i64> = filtered().select(accounts::id).limit(MOST_COUNTED + 1).load(conn)?;
    let mut rows = Vec::new();
    for account in page {
        let own = locations::table.filter(locations::account_id.eq(account.id)).select(locations::id);
        let has_locations: Vec<i64> = own.limit(MOST_COUNTED + 1).load(conn)?;
        let own = users::table.filter(users::account_id.eq(account.id)).select(users::id);
        let has_users: Vec<i64> = own.limit(MOST_COUNTED + 1).load(conn)?;
        rows.push((account, count(&has_locations), count(&has_users)));
    }
    Ok((rows, count(&counted)))
}

fn count(ids: &[i64]) -> i64 {
    i64::try_from(ids.len()).unwrap_or(MOST_COUNTED)
}

/// Changes name and state on the version that was read.
pub fn update(conn: &mut Conn, id: i64, version: i32, name: &str, active: bool) -> StoreResult<()> {
    let as_read = accounts::table.filter(accounts::id.eq(id)).filter(accounts::version.eq(version));
    let changed = diesel::update(as_read)
        .set((
            accounts::name.eq(name),
            accounts::name_key.eq(name_key(name)),
            accounts::active.eq(active),
            accounts::version.eq(version + 1),
        ))
        .execute(conn)?;
    if changed != 1 {
        return Err(StoreError::Stale);
    }
    name_search::replace(conn, Named::Account, id, Some(id), &[name])
}
