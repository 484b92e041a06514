//! Signing in and out: throttled, with one answer for every wrong pair, and the same work on both branches.

use chrono::{Duration, NaiveDateTime};

use super::{house::House, notify, passwords, people::minutes};
use crate::{
    mail::letters,
    store::{self, Conn, StoreError, outbox::About, sessions::Session, throttle::Limit, users::User},
    vault::Token,
};

/// Wrong tries of strangers for one mail address.
const PER_ADDRESS: Limit = Limit { scope: "sign_in_address", tries: 10, within: Duration::minutes(15) };
/// Wrong tries for a person in browsers that let them in before.
const PER_PERSON: Limit = Limit { scope: "sign_in_person", tries: 10, within: Duration::minutes(15) };
/// Wrong tries of somebody who is signed in.
const PER_SESSION: Limit = Limit { scope: "sign_in_session", tries: 10, within: Duration::minutes(15) };
/// Letters of a keyed hash that tell people apart; nobody without the key can make them.
pub const MARK: usize = 32;
/// How long a password counts as just given (ux.md 3.7).
const FRESH: Duration = Duration::minutes(15);
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

/// Who gives a password. Each kind has tries of its own, so that strangers do not use up those of the person.
#[derive(Debug, Clone)]
pub enum Asker {
    /// Somebody who wants to sign in.
    Visitor {
        client: String,
        /// The [`mark`]s of those whom the browser let in before.
        marks: Vec<String>,
    },
    /// Somebody who is signed in, by the row of the session.
    Session(i64),
}

/// By what a browser remembers a person.
pub fn mark(house: &House, user: i64) -> String {
    house.vault.keyed_hash("people", &user.to_string()).chars().take(MARK).collect()
}

/// A try of signing in whose outcome is not known yet. It counts as wrong until it was right.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// Nobody behind an unknown address, or one that may not sign in: the rest goes on as if there were somebody.
    user: Option<User>,
    /// Counted tries, for taking back.
    tries: Vec<i64>,
    /// Under which kind of limit and which key the tries for the person count.
    counted: (&'static str, String),
}

/// Counts a try and finds the user of an address, unless there were too many tries.
pub fn attempt(
    conn: &mut Conn,
    house: &House,
    email: &str,
    asker: &Asker,
    now: NaiveDateTime,
) -> Result<Attempt, SignInError> {
    let user = match store::users::by_email(conn, email)? {
        Some(user) if user.is_active() && store::users::has_open_account(conn, &user)? => Some(user),
        _ => None,
    };
    let (limit, key) = own_limit(house, email, asker, user.as_ref());
    let mut limits = vec![(limit, key.clone())];
    // A browser that is known is no machine that tries one address after another.
    if let Asker::Visitor { client, .. } = asker
        && limit.scope == PER_ADDRESS.scope
    {
        limits.push((PER_CLIENT, house.vault.keyed_hash(PER_CLIENT.scope, client)));
    }
    let mut tries = Vec::new();
    for (limit, key) in limits {
        tries.push(store::throttle::note_allowed(conn, limit, &key, now)?.map_err(SignInError::TooMany)?);
    }
    Ok(Attempt { user, tries, counted: (limit.scope, key) })
}

/// What limits the tries for a person, and under which key.
fn own_limit(house: &House, email: &str, asker: &Asker, user: Option<&User>) -> (Limit, String) {
    let (limit, key) = match (asker, user) {
        (Asker::Session(id), _) => (PER_SESSION, id.to_string()),
        (Asker::Visitor { marks, .. }, Some(user)) if marks.contains(&mark(house, user.id)) => {
            (PER_PERSON, user.id.to_string())
        }
        _ => (PER_ADDRESS, store::users::email_key(email)),
    };
    (limit, house.vault.keyed_hash(limit.scope, &key))
}

impl Attempt {
    /// The user, if the password is theirs: one verification whether there is a user or not. Slow; outside any
    /// transaction.
    pub fn verify(&self, house: &House, password: &str) -> Result<&User, SignInError> {
        let hash = self.user.as_ref().and_then(|user| user.password_hash.as_deref());
        let right = passwords::verify(password, hash, house.password_memory_kib);
        self.user.as_ref().filter(|_| right).ok_or(SignInError::Wrong)
    }

    /// Takes the try back: nobody looked whether it was right.
    pub fn withdraw(&self, conn: &mut Conn) -> Result<(), StoreError> {
        for id in &self.tries {
            store::throttle::take_back(conn, *id)?;
        }
        Ok(())
    }

    /// Notes that the password was right: earlier wrong tries of this kind for the person are forgotten.
    pub fn forgive(&self, conn: &mut Conn) -> Result<(), StoreError> {
        self.withdraw(conn)?;
        let (scope, key) = &self.counted;
        store::throttle::forget(conn, scope, key)
    }
}

/// Forgets the wrong tries for a person who has just proved who they are by a private link.
pub fn forget_tries(conn: &mut Conn, house: &House, user: &User) -> Result<(), StoreError> {
    for (limit, key) in [(PER_ADDRESS, store::users::email_key(&user.email)), (PER_PERSON, user.id.to_string())] {
        store::throttle::forget(conn, limit.scope, &house.vault.keyed_hash(limit.scope, &key))?;
    }
    Ok(())
}

/// Whether the password of a session was given a moment ago, so that secrets may be shown without asking again.
pub fn is_fresh(session: &Session, now: NaiveDateTime) -> bool {
    now - session.authenticated_at < FRESH
}

/// Notes that the person of a session has proved again who they are.
pub fn note_proof(conn: &mut Conn, session: &Session, user: &User, now: NaiveDateTime) -> Result<(), StoreError> {
    refuse_changed(conn, user)?;
    store::sessions::note_proof(conn, session.id, now)
}

/// The password may have been changed, or the user deactivated, while it was verified.
fn refuse_changed(conn: &mut Conn, user: &User) -> Result<(), StoreError> {
    let current = store::users::find(conn, user.id)?;
    let is_same = current.state == user.state && current.password_hash == user.password_hash;
    if is_same { Ok(()) } else { Err(StoreError::Stale) }
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
    refuse_changed(conn, user)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::{Config, Vars},
        domain::people::Role,
        services::passwords::tests::VERIFICATIONS,
        vault::Vault,
    };

    fn user(password_hash: Option<String>) -> User {
        User {
            id: 1,
            account_id: None,
            email: "dana@example.com".to_owned(),
            name: "Dana Ruiz".to_owned(),
            role: Role::Admin,
            state: "active".to_owned(),
            password_hash,
            time_zone: None,
            theme: "system".to_owned(),
            created_at: NaiveDateTime::default(),
            last_seen_at: None,
            version: 1,
        }
    }

    #[track_caller]
    fn check(user: Option<User>, password: &str, is_right: bool) {
        let vars = Vars::from([("PORTDESK_PASSWORD_MEMORY_KIB".to_owned(), "64".to_owned())]);
        let vault = Vault::from_setting("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap();
        let house = House::new(&Config::from_vars(&vars).unwrap(), vault).unwrap();
        let before = VERIFICATIONS.get();
        let outcome = Attempt { user, tries: Vec::new(), counted: (PER_ADDRESS.scope, String::new()) }
            .verify(&house, password)
            .is_ok();
        assert_eq!(outcome, is_right);
        assert_eq!(VERIFICATIONS.get() - before, 1, "every try costs one verification, whoever it is for");
    }

    #[test]
    fn the_work_is_the_same_whether_the_user_exists_or_not() {
        let hash = || Some(passwords::hash("harbor lantern mosaic", 64));
        check(Some(user(hash())), "harbor lantern mosaic", true);
        check(Some(user(hash())), "harbor lantern mosaics", false);
        check(Some(user(None)), "harbor lantern mosaic", false);
        check(None, "harbor lantern mosaic", false);
        check(None, "nobody has this password", false);
    }

    #[test]
    fn one_minute_is_told_as_one() {
        let told = SignInError::TooMany(1).to_string();
        assert_eq!(told, "Too many tries. Try again in 1 minute or reset your password");
        assert!(SignInError::TooMany(7).to_string().contains("7 minutes"));
    }
}
