//! Users: inviting, changing, ending and bringing them back.

use chrono::NaiveDateTime;

use super::{house::House, notify};
use crate::{
    domain::{
        people::{Admin, Customer, Person, Role},
        time_zone::TimeZone,
    },
    mail::letters,
    store::{
        self, Conn, StoreError,
        links::LinkPurpose,
        locations::Location,
        outbox::About,
        users::{NewUser, User},
    },
};

#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    #[error("That address already has an account")]
    AddressTaken,
    #[error("At least one owner must stay")]
    LastOwner,
    #[error("At least one admin must stay")]
    LastAdmin,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Invites a user and mails the invitation.
pub fn invite(
    conn: &mut Conn,
    house: &House,
    admin: &Admin,
    new: &NewUser<'_>,
    now: NaiveDateTime,
) -> Result<i64, PeopleError> {
    add_invited(conn, house, &admin.person, new, now)
}

/// Lets a manager send requests for these locations of their account and for no other; nothing for any other role.
pub fn set_locations(conn: &mut Conn, _admin: &Admin, user: i64, locations: &[i64]) -> Result<(), StoreError> {
    let user = store::users::find(conn, user)?;
    match (user.role, user.account_id) {
        (Role::Manager, Some(account)) => store::locations::set_memberships(conn, account, user.id, locations),
        _ => Ok(()),
    }
}

/// An owner invites a manager for a location of their account.
pub fn invite_manager(
    conn: &mut Conn,
    house: &House,
    owner: &Customer,
    location: &Location,
    email: &str,
    name: &str,
    now: NaiveDateTime,
) -> Result<(), PeopleError> {
    if !owner.is_owner() || owner.account_id != location.account_id {
        return Err(StoreError::NotFound.into());
    }
    let known = store::users::by_email(conn, email)?;
    let id = match known {
        // A manager of the same account is only let into one more location.
        Some(user) if user.account_id == Some(owner.account_id) && user.role == Role::Manager => user.id,
        Some(_) => return Err(PeopleError::AddressTaken),
        None => {
            let new = NewUser { account_id: Some(owner.account_id), email, name, role: Role::Manager };
            add_invited(conn, house, &owner.person, &new, now)?
        }
    };
    Ok(store::locations::add_member(conn, location, id)?)
}

fn add_invited(
    conn: &mut Conn,
    house: &House,
    by: &Person,
    new: &NewUser<'_>,
    now: NaiveDateTime,
) -> Result<i64, PeopleError> {
    // PostgreSQL gives up the whole transaction on a unique violation, so look first.
    if store::users::by_email(conn, new.email)?.is_some() {
        return Err(PeopleError::AddressTaken);
    }
    let id = store::users::add(conn, new, now).map_err(taken)?;
    let user = store::users::find(conn, id)?;
    mail_invitation(conn, house, &by.name, &user, now)?;
    Ok(id)
}

fn taken(error: StoreError) -> PeopleError {
    match error {
        StoreError::Taken => PeopleError::AddressTaken,
        other => other.into(),
    }
}

/// Mails an invitation anew; the earlier link ends when the new one is made.
pub fn resend_invitation(
    conn: &mut Conn,
    house: &House,
    admin: &Admin,
    user: i64,
    now: NaiveDateTime,
) -> Result<User, PeopleError> {
    let user = store::users::find(conn, user)?;
    if user.state != "invited" {
        return Err(StoreError::Stale.into());
    }
    mail_invitation(conn, house, &admin.person.name, &user, now)?;
    Ok(user)
}

fn mail_invitation(
    conn: &mut Conn,
    house: &House,
    by: &str,
    user: &User,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let account = user.account_id.map(|id| store::accounts::find(conn, id)).transpose()?;
    let role = match user.role {
        Role::Owner => "an owner",
        Role::Manager => "a manager",
        Role::Reviewer => "a reviewer",
        Role::Admin => "an admin",
    };
    let mut explanation = user.role.explanation().chars();
    let verb = explanation.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    let role_means = format!("{}{} {verb}{}", "A", role.trim_start_matches('a'), explanation.as_str());
    let facts = letters::Invitation {
        brand: notify::brand(house),
        invited_by: Some(by),
        account: account.as_ref().map(|account| account.name.as_str()),
        role,
        role_means: &role_means,
        expires: &house.desk_zone.moment(now + LinkPurpose::Invitation.lifetime()),
    };
    let about = About {
        account_id: user.account_id,
        user_id: Some(user.id),
        link: Some(LinkPurpose::Invitation),
        ..About::default()
    };
    store::outbox::put(conn, &letters::invitation(&user.email, &facts), about, now)
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
    let user = store::users::find(conn, user)?;
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
    let user = store::users::find(conn, user)?;
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
        Role::Manager | Role::Reviewer => return Ok(()),
    };
    if user.is_active() && store::users::count_active(conn, role, user.account_id)? <= 1 {
        return Err(refusal);
    }
    Ok(())
}

/// Sets a new password of a signed-in person and ends every other session.
pub fn change_password(
    conn: &mut Conn,
    person: &Person,
    session: i64,
    hash: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    store::users::set_password(conn, person.id, hash)?;
    store::links::end_others(conn, person.id, now)?;
    store::sessions::end_all(conn, person.id, Some(session), now)?;
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
