//! Accounts: the tenants.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{Conn, StoreError, StoreResult, schema::accounts};

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

/// Changes name and state on the version that was read.
pub fn update(conn: &mut Conn, id: i64, version: i32, name: &str, active: bool) -> StoreResult<()> {
    let as_read = accounts::table.filter(accounts::id.eq(id)).filter(accounts::version.eq(version));
    let changed = diesel::update(as_read)
        .set((accounts::name.eq(name), accounts::active.eq(active), accounts::version.eq(version + 1)))
        .execute(conn)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}
