//! Signing in and out: throttled, with one answer for every wrong pair, and the same work on both branches.

use chrono::{Duration, NaiveDateTime};

use super::{house::House, passwords};
use crate::{
    store::{self, Conn, StoreError, throttle::Limit, users::User},
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
    #[error("Too many tries. Try again in {0} minutes or reset your password")]
    TooMany(i64),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Finds the user of an address, unless there were too many tries.
pub fn look_up(
    conn: &mut Conn,
    house: &House,
    email: &str,
    client: &str,
    now: NaiveDateTime,
) -> Result<Option<User>, SignInError> {
    for (limit, key) in keys(house, email, client) {
        if let Some(minutes) = store::throttle::wait_minutes(conn, limit, &key, now)? {
            return Err(SignInError::TooMany(minutes));
        }
    }
    Ok(store::users::by_email(conn, email)?)
}

/// Whether the password is right: one verification whether the user exists or not. Slow; outside any transaction.
pub fn is_right(house: &House, user: Option<&User>, password: &str) -> bool {
    let hash = user.filter(|user| user.is_active()).and_then(|user| user.password_hash.as_deref());
    passwords::verify(password, hash, house.password_memory_kib)
}

/// Counts a wrong try.
pub fn note_wrong(
    conn: &mut Conn,
    house: &House,
    email: &str,
    client: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    for (limit, key) in keys(house, email, client) {
        store::throttle::note(conn, limit.scope, &key, now)?;
    }
    Ok(())
}

/// Begins a session for a user whose password was right.
pub fn begin(
    conn: &mut Conn,
    house: &House,
    user: &User,
    client: &str,
    now: NaiveDateTime,
) -> Result<Token, StoreError> {
    let token = Token::new();
    store::sessions::begin(conn, user, &token, now)?;
    store::users::seen(conn, user.id, now)?;
    for (limit, key) in keys(house, &user.email, client) {
        if limit.scope == PER_ADDRESS.scope {
            store::throttle::forget(conn, limit.scope, &key)?;
        }
    }
    Ok(token)
}

fn keys(house: &House, email: &str, client: &str) -> [(Limit, String); 2] {
    let address = store::users::email_key(email);
    [
        (PER_ADDRESS, house.vault.keyed_hash(PER_ADDRESS.scope, &address)),
        (PER_CLIENT, house.vault.keyed_hash(PER_CLIENT.scope, client)),
    ]
}
