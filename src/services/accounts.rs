//! Accounts: adding and editing them.

use chrono::NaiveDateTime;

use crate::{
    domain::people::Admin,
    store::{self, Conn, StoreError},
};

/// Why an account was not added.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    #[error("There is an account of this name already: {0}. Add a second one only if it is another customer")]
    SameName(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An admin adds an account. A name that another account has, without case and spaces, is refused unless `same_name` is
/// that name: the admin was told and means it.
pub fn add(
    conn: &mut Conn,
    _admin: &Admin,
    name: &str,
    same_name: &str,
    now: NaiveDateTime,
) -> Result<i64, AccountError> {
    if store::accounts::name_key(name) != store::accounts::name_key(same_name)
        && let Some(other) = store::accounts::named(conn, name)?.into_iter().next()
    {
        return Err(AccountError::SameName(other.name));
    }
    Ok(store::accounts::add(conn, name, now)?)
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
