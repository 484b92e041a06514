//! Private links: forgotten passwords, invitations, the first admin.

use chrono::{Duration, NaiveDateTime};

use super::{house::House, notify};
use crate::{
    domain::people::Role,
    mail::letters,
    store::{
        self, Conn, StoreError,
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
    let address = house.vault.keyed_hash(RESETS_PER_ADDRESS.scope, &store::users::email_key(email));
    let client = house.vault.keyed_hash(RESETS_PER_CLIENT.scope, client);
    let allowed = store::throttle::wait_minutes(conn, RESETS_PER_ADDRESS, &address, now)?.is_none()
        && store::throttle::wait_minutes(conn, RESETS_PER_CLIENT, &client, now)?.is_none();
    if !allowed {
        return Ok(());
    }
    store::throttle::note(conn, RESETS_PER_ADDRESS.scope, &address, now)?;
    store::throttle::note(conn, RESETS_PER_CLIENT.scope, &client, now)?;
    let Some(user) = store::users::by_email(conn, email)?.filter(User::is_active) else { return Ok(()) };
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
}

/// Looks up a link. `NotFound` for a link that is unknown, used, replaced or expired, or whose user may not sign in.
pub fn open(conn: &mut Conn, purpose: LinkPurpose, token: &Token, now: NaiveDateTime) -> Result<OpenLink, StoreError> {
    let link = store::links::find(conn, purpose, token, now)?;
    let user = link.user_id.map(|id| store::users::find(conn, id)).transpose()?;
    let fits = match (purpose, &user) {
        (LinkPurpose::Invitation, Some(user)) => user.state == "invited",
        (LinkPurpose::PasswordReset, Some(user)) => user.is_active(),
        (LinkPurpose::FirstAdmin, None) => store::users::no_admin(conn)?,
        _ => false,
    };
    if fits { Ok(OpenLink { link, user }) } else { Err(StoreError::NotFound) }
}

/// Uses a link to set a password, ends every session of the user, and begins a new one.
pub fn set_password(
    conn: &mut Conn,
    purpose: LinkPurpose,
    token: &Token,
    password_hash: &str,
    now: NaiveDateTime,
) -> Result<Token, StoreError> {
    let open = open(conn, purpose, token, now)?;
    let user = open.user.ok_or(StoreError::NotFound)?;
    store::links::use_up(conn, &open.link, now)?;
    store::users::set_password(conn, user.id, password_hash)?;
    store::sessions::end_all(conn, user.id)?;
    let session = Token::new();
    store::sessions::begin(conn, &user, &session, now)?;
    Ok(session)
}

/// Uses the first admin's link: makes the admin and signs them in.
pub fn make_first_admin(
    conn: &mut Conn,
    token: &Token,
    email: &str,
    name: &str,
    password_hash: &str,
    now: NaiveDateTime,
) -> Result<Token, StoreError> {
    let open = open(conn, LinkPurpose::FirstAdmin, token, now)?;
    store::links::use_up(conn, &open.link, now)?;
    let id = store::users::add(conn, &NewUser { account_id: None, email, name, role: Role::Admin }, now)?;
    store::users::set_password(conn, id, password_hash)?;
    let user = store::users::find(conn, id)?;
    let session = Token::new();
    store::sessions::begin(conn, &user, &session, now)?;
    Ok(session)
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
