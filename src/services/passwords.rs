//! Passwords: argon2id hashes, and whether a new password is strong enough.

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};

/// Shortest password, in characters (ux.md C1).
const LEAST: usize = 12;
/// Longest password, in bytes: more would only cost time.
const MOST: usize = 1_000;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    #[error("Enter a new password")]
    Missing,
    #[error("Password must be {LEAST} characters or more")]
    TooShort,
    #[error("Password must be {MOST} characters or fewer")]
    TooLong,
    #[error("That password is too easy to guess. A few random words are better")]
    TooEasy,
    #[error("The two passwords are not the same")]
    Different,
}

/// Checks a new password and tells everything that is wrong with it. `about` holds words that must not carry it: the
/// person's name and address. Slow, like hashing.
pub fn check(password: &str, again: &str, about: &[&str]) -> Result<(), Vec<PasswordError>> {
    if password.is_empty() {
        return Err(vec![PasswordError::Missing]);
    }
    let mut wrong: Vec<PasswordError> = check_strength(password, about).err().into_iter().collect();
    if password != again {
        wrong.push(PasswordError::Different);
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

fn check_strength(password: &str, about: &[&str]) -> Result<(), PasswordError> {
    if password.chars().count() < LEAST {
        return Err(PasswordError::TooShort);
    }
    if MOST < password.len() {
        return Err(PasswordError::TooLong);
    }
    // The estimate takes longer than linear time; a hundred characters decide.
    let judged: String = password.chars().take(100).collect();
    if zxcvbn::zxcvbn(&judged, about).score() < zxcvbn::Score::Three {
        return Err(PasswordError::TooEasy);
    }
    Ok(())
}

/// Hashes a password with argon2id. Takes tens of milliseconds: never inside a transaction.
pub fn hash(password: &str, memory_kib: u32) -> String {
    let params = Params::new(memory_kib, 2, 1, None).unwrap_or_default();
    let hash: PasswordHash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password(password.as_bytes())
        .expect("hashing fails only without random bytes or with parameters out of range");
    hash.to_string()
}

/// Whether a password belongs to a hash. Without a hash the same work is done, so that time tells nothing.
pub fn verify(password: &str, hash: Option<&str>, memory_kib: u32) -> bool {
    static NOBODY: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    let nobody = || NOBODY.get_or_init(|| self::hash("nobody has this password", memory_kib)).as_str();
    let known = hash.is_some();
    let Ok(parsed) = PasswordHash::new(hash.unwrap_or_else(nobody)) else { return false };
    let password: String = password.chars().take(MOST).collect();
    #[cfg(test)]
    tests::VERIFICATIONS.with(|done| done.set(done.get() + 1));
    Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok() && known
}

#[cfg(test)]
pub mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        /// How many hashes were verified on this thread.
        pub static VERIFICATIONS: Cell<usize> = const { Cell::new(0) };
    }

    #[test]
    fn a_hash_fits_its_password_only() {
        let hash = hash("correct horse battery staple", 64);
        assert!(verify("correct horse battery staple", Some(&hash), 64));
        assert!(!verify("correct horse battery stable", Some(&hash), 64));
        assert!(!verify("nobody has this password", None, 64));
        assert!(hash.starts_with("$argon2id$"));
    }

    #[track_caller]
    fn check_new(password: &str, again: &str, wrong: &[PasswordError]) {
        let found = check(password, again, &["Dana Ruiz", "dana@example.com"]).err().unwrap_or_default();
        assert_eq!(found, wrong, "{password}");
    }

    #[test]
    fn new_passwords_are_long_and_hard_to_guess() {
        check_new("", "", &[PasswordError::Missing]);
        check_new("short", "short", &[PasswordError::TooShort]);
        check_new("passwordpassword", "passwordpassword", &[PasswordError::TooEasy]);
        check_new("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", &[PasswordError::TooEasy]);
        check_new("harbor lantern mosaic", "harbor lantern mosaics", &[PasswordError::Different]);
        check_new("harbor lantern mosaic", "harbor lantern mosaic", &[]);
        let long = "x".repeat(MOST + 1);
        check_new(&long, &long, &[PasswordError::TooLong]);
    }

    #[test]
    fn a_weak_password_does_not_hide_that_the_two_differ() {
        check_new("short", "shirt", &[PasswordError::TooShort, PasswordError::Different]);
        check_new("passwordpassword", "", &[PasswordError::TooEasy, PasswordError::Different]);
        check_new("", "harbor lantern mosaic", &[PasswordError::Missing]);
    }
}
