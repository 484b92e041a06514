//! Locations: adding and editing them.

use chrono::NaiveDateTime;

use crate::{
    domain::people::{Admin, Customer, Role},
    store::{
        self, Conn, StoreError,
        locations::{Location, LocationFacts},
        users::User,
    },
};

#[derive(Debug, thiserror::Error)]
pub enum LocationError {
    #[error("Another location has that Location ID. Choose another")]
    IdTaken,
    #[error("That Location ID is kept for pages of this site. Choose another")]
    IdKept,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An admin adds a location to an account.
pub fn add(
    conn: &mut Conn,
    _admin: &Admin,
    account: i64,
    facts: &LocationFacts,
    now: NaiveDateTime,
) -> Result<i64, LocationError> {
    store::accounts::find(conn, account)?;
    refuse_taken(conn, facts, None)?;
    Ok(store::locations::add(conn, account, facts, now)?)
}

/// An admin edits everything of a location.
pub fn edit(
    conn: &mut Conn,
    _admin: &Admin,
    location: &Location,
    version: i32,
    facts: &LocationFacts,
) -> Result<(), LocationError> {
    refuse_taken(conn, facts, Some(location.id))?;
    Ok(store::locations::update(conn, location.id, version, facts)?)
}

/// An owner edits name and time zone of a location of their account.
pub fn edit_own(
    conn: &mut Conn,
    owner: &Customer,
    location: &Location,
    version: i32,
    facts: &LocationFacts,
) -> Result<(), LocationError> {
    if !owner.is_owner() || owner.account_id != location.account_id {
        return Err(StoreError::NotFound.into());
    }
    Ok(store::locations::update(conn, location.id, version, facts)?)
}

/// An owner ends a manager's right to send requests for a location. What the manager sent stays theirs to see.
///
/// Doing it twice does nothing. `NotFound` for people who are no managers of the account. Gives the manager.
pub fn end_membership(conn: &mut Conn, owner: &Customer, location: &Location, user: i64) -> Result<User, StoreError> {
    let manager = find_manager(conn, owner, location, user)?;
    store::locations::remove_member(conn, location.id, manager.id)?;
    Ok(manager)
}

/// An owner gives that right back.
pub fn renew_membership(conn: &mut Conn, owner: &Customer, location: &Location, user: i64) -> Result<User, StoreError> {
    let manager = find_manager(conn, owner, location, user)?;
    store::locations::add_member(conn, location, manager.id)?;
    Ok(manager)
}

fn find_manager(conn: &mut Conn, owner: &Customer, location: &Location, user: i64) -> Result<User, StoreError> {
    let is_theirs = owner.is_owner() && owner.account_id == location.account_id;
    let user = store::users::find_user(conn, user)?;
    let is_manager = user.role == Role::Manager && user.account_id == Some(owner.account_id);
    if is_theirs && is_manager { Ok(user) } else { Err(StoreError::NotFound) }
}

/// Words that stand where addresses have a Location ID.
const KEPT: [&str; 1] = ["new"];

fn refuse_taken(conn: &mut Conn, facts: &LocationFacts, own: Option<i64>) -> Result<(), LocationError> {
    if KEPT.contains(&facts.location_id.key().as_str()) {
        return Err(LocationError::IdKept);
    }
    match store::locations::by_location_id(conn, &facts.location_id) {
        Ok(other) if Some(other.id) != own => Err(LocationError::IdTaken),
        Ok(_) | Err(StoreError::NotFound) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
