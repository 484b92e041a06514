//! Accounts: adding and editing them.

use chrono::NaiveDateTime;

use crate::{
    domain::people::Admin,
    store::{self, Conn, StoreError},
};

/// An admin adds an account.
pub fn add(conn: &mut Conn, _admin: &Admin, name: &str, now: NaiveDateTime) -> Result<i64, StoreError> {
    store::accounts::add(conn, name, now)
}

/// An admin changes the name of an account, or ends and gives back the access of all its people at once.
pub fn edit(
    conn: &mut Conn,
    _admin: &Admin,
    account: i64,
    version: i32,
    name: &str,
    active: bool,
) -> Result<(), StoreError> {
    store::accounts::find(conn, account)?;
    store::accounts::update(conn, account, version, name, active)
}
