//! Users: changing, ending and bringing them back.

use chrono::NaiveDateTime;

use super::sign_in;
use crate::{
    domain::{
        people::{Admin, Person, Role},
        time_zone::TimeZone,
    },
    store::{self, Conn, StoreError, sessions::Session, users::User},
};

#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    #[error("That address already has an account")]
    AddressTaken,
    #[error("Reviewers and admins belong to the desk. Choose no account for them, or choose owner or manager")]
    StaffWithAccount,
    #[error("Select the account")]
    NoAccount,
    #[error("{0} may not sign in any more. Ask support to give the access back")]
    Ended(String),
    #[error("Too many invitations were sent. Try again in {}", minutes(*.0))]
    TooManyLetters(i64),
    #[error("At least one owner must stay")]
    LastOwner,
    #[error("At least one admin must stay")]
    LastAdmin,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// "1 minute", "7 minutes", "24 hours".
pub fn minutes(count: i64) -> String {
    match count {
        1 => "1 minute".to_owned(),
        ..120 => format!("{count} minutes"),
        // Rounded up: nobody comes back too early.
        _ => format!("{} hours", (count + 59) / 60),
    }
}

/// Lets a manager send requests for these locations of their account and for no other; nothing for any other role.
pub fn set_locations(conn: &mut Conn, _admin: &Admin, user: i64, locations: &[i64]) -> Result<(), StoreError> {
    let user = store::users::find_user(conn, user)?;
    match (user.role, user.account_id) {
        (Role::Manager, Some(account)) => store::locations::set_memberships(conn, account, user.id, locations),
        _ => Ok(()),
    }
}

/// Ends a user's access at once, or gives it back; doing it twice does nothing.
pub fn set_active(
    conn: &mut Conn,
    _admin: &Admin,
    user: i64,
    active: bool,
    now: NaiveDateTime,
) -> Result<User, PeopleError> {
    store::turns::take(conn, ONE_MUST_STAY)?;
    let user = store::users::find_user(conn, user)?;
    if active == (user.state != "deactivated") {
        return Ok(user);
    }
    if active {
        let state = if user.password_hash.is_some() { "active" } else { "invited" };
        store::users::set_state(conn, &user, state)?;
        return Ok(user);
    }
    keep_one(conn, &user)?;
    store::users::set_state(conn, &user, "deactivated")?;
    store::sessions::end_all(conn, user.id, None, now)?;
    Ok(user)
}

/// What an admin edits of a user.
#[derive(Debug, Clone)]
pub struct UserFacts {
    pub name: String,
    pub role: Role,
    /// Row ids of a manager's locations.
    pub locations: Vec<i64>,
}

/// Changes a user on the version that was read; customers stay customers, staff stay staff.
pub fn edit(conn: &mut Conn, admin: &Admin, user: i64, version: i32, facts: &UserFacts) -> Result<(), PeopleError> {
    store::turns::take(conn, ONE_MUST_STAY)?;
    let user = store::users::find_user(conn, user)?;
    if facts.role.is_staff() != user.role.is_staff() {
        return Err(StoreError::NotFound.into());
    }
    if user.version != version {
        return Err(StoreError::Stale.into());
    }
    if facts.role != user.role {
        keep_one(conn, &user)?;
    }
    store::users::set_role(conn, &user, &facts.name, facts.role)?;
    Ok(set_locations(conn, admin, user.id, &facts.locations)?)
}

/// Two admins who end each other's access take turns under this key.
const ONE_MUST_STAY: &str = "one owner and one admin must stay";

fn keep_one(conn: &mut Conn, user: &User) -> Result<(), PeopleError> {
    let (role, refusal) = match user.role {
        Role::Owner => (Role::Owner, PeopleError::LastOwner),
        Role::Admin => (Role::Admin, PeopleError::LastAdmin),
        Role::Manager | Role::Reviewer | Role::Contact => return Ok(()),
    };
    if user.is_active() && store::users::count_active(conn, role, user.account_id)? <= 1 {
        return Err(refusal);
    }
    Ok(())
}

/// Sets a new password of a signed-in person, who has just given the present one, and ends every other session.
/// `Stale` when it is not the present one any more.
pub fn change_password(
    conn: &mut Conn,
    proved: &User,
    session: &Session,
    hash: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    sign_in::note_proof(conn, session, proved, now)?;
    store::users::change_password(conn, proved, hash)?;
    store::links::end_others(conn, proved.id, now)?;
    store::sessions::end_all(conn, proved.id, Some(session.id), now)?;
    Ok(())
}

/// Sets what people choose for themselves.
pub fn set_profile(
    conn: &mut Conn,
    person: &Person,
    name: &str,
    zone: Option<TimeZone>,
    theme: &str,
) -> Result<(), StoreError> {
    store::users::set_profile(conn, person.id, name, zone.map(TimeZone::name), theme)
}
