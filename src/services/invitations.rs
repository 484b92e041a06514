//! Invitations: by admins and by owners, sent again, and withdrawn before somebody came.

use chrono::{Duration, NaiveDateTime};

use super::{house::House, notify, people::PeopleError};
use crate::{
    domain::people::{Admin, Customer, Person, Role},
    mail::letters,
    store::{
        self, Conn, StoreError,
        links::LinkPurpose,
        locations::Location,
        outbox::About,
        throttle::Limit,
        users::{NewUser, User},
    },
};

/// Invitations to one address, whoever sends them: nobody's mailbox is filled.
const PER_ADDRESS: Limit = Limit { scope: "invitation_address", tries: 3, within: Duration::minutes(60) };
/// The same over a day.
const PER_ADDRESS_DAY: Limit = Limit { scope: "invitation_address_day", tries: 10, within: Duration::hours(24) };
/// Invitations by one owner.
const PER_OWNER: Limit = Limit { scope: "invitation_owner", tries: 50, within: Duration::minutes(60) };

/// Invites a user and mails the invitation. Customers belong to an account, and staff to none.
pub fn invite(
    conn: &mut Conn,
    house: &House,
    admin: &Admin,
    new: &NewUser<'_>,
    now: NaiveDateTime,
) -> Result<i64, PeopleError> {
    add_invited(conn, house, &admin.person, new, now)
}

/// What became of an owner's invitation.
#[derive(Debug, Clone)]
pub enum Invited {
    /// The letter is on its way.
    Sent,
    /// Was invited already, and is now let into this location too.
    Again(User),
    /// Signs in already, and is now let into this location too.
    LetIn(User),
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
) -> Result<Invited, PeopleError> {
    if !owner.is_owner() || owner.account_id != location.account_id {
        return Err(StoreError::NotFound.into());
    }
    match store::users::by_email(conn, email)? {
        // A manager of the same account is only let into one more location.
        Some(user) if user.account_id == Some(owner.account_id) && user.role == Role::Manager => {
            if user.state == "deactivated" {
                return Err(PeopleError::Ended(user.name));
            }
            store::locations::add_member(conn, location, user.id)?;
            Ok(if user.state == "invited" { Invited::Again(user) } else { Invited::LetIn(user) })
        }
        Some(_) => Err(PeopleError::AddressTaken),
        None => {
            note(conn, house, PER_OWNER, &owner.person.id.to_string(), now)?;
            let new = NewUser { account_id: Some(owner.account_id), email, name, role: Role::Manager };
            let id = add_invited(conn, house, &owner.person, &new, now)?;
            store::locations::add_member(conn, location, id)?;
            Ok(Invited::Sent)
        }
    }
}

fn add_invited(
    conn: &mut Conn,
    house: &House,
    by: &Person,
    new: &NewUser<'_>,
    now: NaiveDateTime,
) -> Result<i64, PeopleError> {
    match (new.role.is_staff(), new.account_id) {
        (true, Some(_)) => return Err(PeopleError::StaffWithAccount),
        (false, None) => return Err(PeopleError::NoAccount),
        _ => {}
    }
    // PostgreSQL gives up the whole transaction on a unique violation, so look first.
    if store::users::by_email(conn, new.email)?.is_some() {
        return Err(PeopleError::AddressTaken);
    }
    let id = store::users::add(conn, new, now).map_err(taken)?;
    let user = store::users::find_user(conn, id)?;
    mail_invitation(conn, house, &by.name, &user, now)?;
    Ok(id)
}

fn taken(error: StoreError) -> PeopleError {
    match error {
        StoreError::Taken => PeopleError::AddressTaken,
        other => other.into(),
    }
}

/// An admin mails an invitation anew; the earlier link ends when the new one is made.
pub fn resend(
    conn: &mut Conn,
    house: &House,
    admin: &Admin,
    user: i64,
    now: NaiveDateTime,
) -> Result<User, PeopleError> {
    let user = store::users::find_user(conn, user)?;
    send_again(conn, house, &admin.person, user, now)
}

/// An owner mails the invitation of a manager of their account anew.
pub fn resend_own(
    conn: &mut Conn,
    house: &House,
    owner: &Customer,
    user: i64,
    now: NaiveDateTime,
) -> Result<User, PeopleError> {
    let user = find_manager(conn, owner, user)?;
    note(conn, house, PER_OWNER, &owner.person.id.to_string(), now)?;
    send_again(conn, house, &owner.person, user, now)
}

/// An owner withdraws the invitation of a manager who has not accepted it: its link ends, and the address is free again.
pub fn withdraw(conn: &mut Conn, owner: &Customer, user: i64) -> Result<User, PeopleError> {
    let user = find_manager(conn, owner, user)?;
    store::users::remove_invited(conn, &user)?;
    Ok(user)
}

fn find_manager(conn: &mut Conn, owner: &Customer, user: i64) -> Result<User, StoreError> {
    let user = store::users::find_user(conn, user)?;
    let is_theirs = user.role == Role::Manager && user.account_id == Some(owner.account_id);
    if owner.is_owner() && is_theirs { Ok(user) } else { Err(StoreError::NotFound) }
}

fn send_again(
    conn: &mut Conn,
    house: &House,
    by: &Person,
    user: User,
    now: NaiveDateTime,
) -> Result<User, PeopleError> {
    if user.state != "invited" {
        return Err(StoreError::Stale.into());
    }
    mail_invitation(conn, house, &by.name, &user, now)?;
    Ok(user)
}

fn note(conn: &mut Conn, house: &House, limit: Limit, whose: &str, now: NaiveDateTime) -> Result<(), PeopleError> {
    let key = house.vault.keyed_hash(limit.scope, whose);
    store::throttle::note_allowed(conn, limit, &key, now)?.map(|_try| ()).map_err(PeopleError::TooManyLetters)
}

fn mail_invitation(
    conn: &mut Conn,
    house: &House,
    by: &str,
    user: &User,
    now: NaiveDateTime,
) -> Result<(), PeopleError> {
    for limit in [PER_ADDRESS, PER_ADDRESS_DAY] {
        note(conn, house, limit, &store::users::email_key(&user.email), now)?;
    }
    let account = user.account_id.map(|id| store::accounts::find(conn, id)).transpose()?;
    let role = match user.role {
        Role::Owner => "an owner",
        Role::Manager => "a manager",
        Role::Reviewer => "a reviewer",
        Role::Admin => "an admin",
        Role::Contact => "a contact",
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
    Ok(store::outbox::put(conn, &letters::invitation(&user.email, &facts), about, now)?)
}
