//! Signing in and out: throttled, with one answer for every wrong pair, and the same work on both branches.

use chrono::{Duration, NaiveDateTime};

use super::{house::House, notify, passwords};
use crate::{
    mail::letters,
    store::{self, Conn, StoreError, outbox::About, throttle::Limit, users::User},
    vault::Token,
};

/// Wrong tries for one mail address.
const PER_ADDRESS: Limit = Limit { scope: "sign_in_address", tries: 10, within: Duration::minutes(15) };
/// Wrong tries from one client.
const PER_CLIENT: Limit = Limit { scope: "sign_in_client", tries: 30, within: Duration::minutes(15) };

#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    #[error("The email address or password is not right")]
    Wrong,
    #[error("Too many tries. Try again in {} or reset your password", minutes(*.0))]
    TooMany(i64),
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn minutes(count: i64) -> String {
    if count == 1 { "1 minute".to_owned() } else { format!("{count} minutes") }
}

/// A try of signing in whose outcome is not known yet. It counts as wrong until it was right.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// Nobody behind an unknown address, or one that may not sign in: the rest goes on as if there were somebody.
    user: Option<User>,
    /// Counted tries, for taking back.
    tries: Vec<i64>,
}

/// Counts a try and finds the user of an address, unless there were too many tries.
pub fn attempt(
    conn: &mut Conn,
    house: &House,
    email: &str,
    client: &str,
    now: NaiveDateTime,
) -> Result<Attempt, SignInError> {
    let mut tries = Vec::new();
    for (limit, key) in keys(house, email, client) {
        tries.push(store::throttle::note_allowed(conn, limit, &key, now)?.map_err(SignInError::TooMany)?);
    }
    let user = match store::users::by_email(conn, email)? {
        Some(user) if user.is_active() && store::users::has_open_account(conn, &user)? => Some(user),
        _ => None,
    };
    Ok(Attempt { user, tries })
}

impl Attempt {
    /// The user, if the password is theirs: one verification whether there is a user or not. Slow; outside any
    /// transaction.
    pub fn verify(&self, house: &House, password: &str) -> Result<&User, SignInError> {
        let hash = self.user.as_ref().and_then(|user| user.password_hash.as_deref());
        let right = passwords::verify(password, hash, house.password_memory_kib);
        self.user.as_ref().filter(|_| right).ok_or(SignInError::Wrong)
    }

    /// Notes that the password was right: earlier wrong tries for the address are forgotten.
    pub fn forgive(&self, conn: &mut Conn, house: &House, user: &User) -> Result<(), StoreError> {
        for id in &self.tries {
            store::throttle::take_back(conn, *id)?;
        }
        forget_tries(conn, house, &user.email)
    }
}

/// Forgets the wrong tries for an address, whose person has just proved who they are.
pub fn forget_tries(conn: &mut Conn, house: &House, email: &str) -> Result<(), StoreError> {
    let key = house.vault.keyed_hash(PER_ADDRESS.scope, &store::users::email_key(email));
    store::throttle::forget(conn, PER_ADDRESS.scope, &key)
}

/// The browser that somebody signs in with.
#[derive(Debug, Clone)]
pub struct Browser {
    /// Whether this person has signed in with it before.
    pub known: bool,
    /// What it calls itself, in words: "Firefox on Windows".
    pub device: String,
}

/// Begins a session for a user whose password was right, and tells them when the browser is new to us.
pub fn begin(
    conn: &mut Conn,
    house: &House,
    user: &User,
    browser: &Browser,
    now: NaiveDateTime,
) -> Result<Token, StoreError> {
    let token = Token::new();
    store::sessions::begin(conn, user, &token, now)?;
    store::users::seen(conn, user.id, now)?;
    if !browser.known {
        tell_of_new_browser(conn, house, user, &browser.device, now)?;
    }
    Ok(token)
}

fn tell_of_new_browser(
    conn: &mut Conn,
    house: &House,
    user: &User,
    device: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let facts = letters::NewSignIn {
        brand: notify::brand(house),
        at: &house.zone(user.time_zone.as_deref().unwrap_or_default()).moment(now),
        device,
        security_url: &format!("{}/profile/password", house.base_url),
    };
    let about = About { account_id: user.account_id, user_id: Some(user.id), ..About::default() };
    store::outbox::put(conn, &letters::new_sign_in(&user.email, &facts), about, now)
}

fn keys(house: &House, email: &str, client: &str) -> [(Limit, String); 2] {
    let address = store::users::email_key(email);
    [
        (PER_ADDRESS, house.vault.keyed_hash(PER_ADDRESS.scope, &address)),
        (PER_CLIENT, house.vault.keyed_hash(PER_CLIENT.scope, client)),
    ]
}
