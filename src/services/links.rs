//! Private links: forgotten passwords, invitations, the first admin.

use chrono::{Duration, NaiveDateTime};

use super::{house::House, notify, people::PeopleError, sign_in};
use crate::{
    domain::{contact::EmailAddress, people::Role},
    mail::letters,
    store::{
        self, Conn, StoreError,
        accounts::Account,
        links::{LinkPurpose, PrivateLink},
        outbox::About,
        throttle::Limit,
        users::{NewUser, User},
    },
    vault::Token,
};

/// Letters with a new password for one address.
const RESETS_PER_ADDRESS: Limit = Limit { scope: "reset_address", tries: 3, within: Duration::minutes(60) };
/// Letters with a new password asked for by one client.
const RESETS_PER_CLIENT: Limit = Limit { scope: "reset_client", tries: 20, within: Duration::minutes(60) };

/// Mails a link for a new password, if the address has an active user. The caller's answer is the same either way.
pub fn ask_for_reset(
    conn: &mut Conn,
    house: &House,
    email: &str,
    client: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    // The client first: whoever asks too often uses up nobody else's tries.
    let client = house.vault.keyed_hash(RESETS_PER_CLIENT.scope, client);
    let address = house.vault.keyed_hash(RESETS_PER_ADDRESS.scope, &store::users::email_key(email));
    for (limit, key) in [(RESETS_PER_CLIENT, client), (RESETS_PER_ADDRESS, address)] {
        if store::throttle::note_allowed(conn, limit, &key, now)?.is_err() {
            return Ok(());
        }
    }
    let Some(user) = store::users::by_email(conn, email)?.filter(User::is_active) else { return Ok(()) };
    if !store::users::has_open_account(conn, &user)? {
        return Ok(());
    }
    let zone = house.zone(user.time_zone.as_deref().unwrap_or_default());
    let facts = letters::PasswordReset {
        brand: notify::brand(house),
        asked_at: &zone.moment(now),
        expires: &zone.moment(now + LinkPurpose::PasswordReset.lifetime()),
    };
    let letter = letters::password_reset(&user.email, &facts);
    let about = About { user_id: Some(user.id), link: Some(LinkPurpose::PasswordReset), ..About::default() };
    store::outbox::put(conn, &letter, about, now)
}

/// What a private link opens.
#[derive(Debug, Clone)]
pub struct OpenLink {
    pub link: PrivateLink,
    /// Nobody yet behind the first admin's link.
    pub user: Option<User>,
    /// The account of a customer.
    pub account: Option<Account>,
}

/// Looks up a link. `NotFound` for a link that is unknown, used, replaced or expired, or whose user may not sign in.
pub fn open(conn: &mut Conn, purpose: LinkPurpose, token: &Token, now: NaiveDateTime) -> Result<OpenLink, StoreError> {
    let link = store::links::find(conn, purpose, token, now)?;
    let user = link.user_id.map(|id| store::users::find(conn, id)).transpose()?;
    let account = user.as_ref().and_then(|user| user.account_id);
    let account = account.map(|id| store::accounts::find(conn, id)).transpose()?;
    let fits = match (purpose, &user) {
        (LinkPurpose::Invitation, Some(user)) => user.state == "invited",
        (LinkPurpose::PasswordReset, Some(user)) => user.is_active(),
        (LinkPurpose::FirstAdmin, None) => store::users::no_admin(conn)?,
        _ => false,
    };
    let is_open = account.as_ref().is_none_or(|account| account.active);
    if fits && is_open { Ok(OpenLink { link, user, account }) } else { Err(StoreError::NotFound) }
}

/// Uses a link to set a password, ends every session of the user, and begins a new one. Gives the user as they are then.
pub fn set_password(
    conn: &mut Conn,
    house: &House,
    purpose: LinkPurpose,
    token: &Token,
    password_hash: &str,
    now: NaiveDateTime,
) -> Result<(User, Token), StoreError> {
    let open = open(conn, purpose, token, now)?;
    let user = open.user.ok_or(StoreError::NotFound)?;
    store::links::use_up(conn, &open.link, now)?;
    store::links::end_others(conn, user.id, now)?;
    store::users::set_password(conn, user.id, password_hash)?;
    store::sessions::end_all(conn, user.id, None, now)?;
    sign_in::forget_tries(conn, house, &user)?;
    enter(conn, user.id, now)
}

/// Uses the first admin's link: makes the admin and signs them in.
pub fn make_first_admin(
    conn: &mut Conn,
    token: &Token,
    email: &EmailAddress,
    name: &str,
    password_hash: &str,
    now: NaiveDateTime,
) -> Result<(User, Token), PeopleError> {
    let open = open(conn, LinkPurpose::FirstAdmin, token, now)?;
    if store::users::by_email(conn, email.as_str())?.is_some() {
        return Err(PeopleError::AddressTaken);
    }
    store::links::use_up(conn, &open.link, now)?;
    let new = NewUser { account_id: None, email: email.as_str(), name, role: Role::Admin };
    let id = store::users::add(conn, &new, now)?;
    store::users::set_password(conn, id, password_hash)?;
    Ok(enter(conn, id, now)?)
}

fn enter(conn: &mut Conn, user: i64, now: NaiveDateTime) -> Result<(User, Token), StoreError> {
    let user = store::users::find(conn, user)?;
    let session = Token::new();
    store::sessions::begin(conn, &user, &session, now)?;
    store::users::seen(conn, user.id, now)?;
    Ok((user, session))
}

/// A one-time address at which the first admin is made; none once there is an admin.
pub fn first_admin_link(conn: &mut Conn, house: &House, now: NaiveDateTime) -> Result<Option<String>, StoreError> {
    if !store::users::no_admin(conn)? {
        return Ok(None);
    }
    let token = Token::new();
    store::links::add(conn, LinkPurpose::FirstAdmin, None, &token, now)?;
    Ok(Some(format!("{}{}{}", house.base_url, LinkPurpose::FirstAdmin.path(), token.reveal())))
}
