//! Under what name a document's bytes are kept: random, and unlike anything its sender typed.

use std::fmt;

use data_encoding::HEXLOWER;

/// The folder of all documents.
pub(super) const ROOT: &str = "documents";

/// A place in the store: `documents/{account}/{32 hexadecimal digits}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentKey(String);

impl DocumentKey {
    /// A new place in an account's folder. Two are never the same.
    pub fn random(account_id: i64) -> Result<Self, getrandom::Error> {
        let mut random = [0; 16];
        getrandom::fill(&mut random)?;
        Ok(Self(format!("{ROOT}/{account_id}/{}", HEXLOWER.encode(&random))))
    }

    /// The place behind a stored text; `None` when it is not of this shape.
    pub fn from_stored(text: &str) -> Option<Self> {
        let (account, random) = text.strip_prefix(ROOT)?.strip_prefix('/')?.split_once('/')?;
        let account_fits = account.parse::<i64>().is_ok_and(|id| id.to_string() == account);
        let random_fits = random.len() == 32 && random.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        (account_fits && random_fits).then(|| Self(text.to_owned()))
    }

    /// The text kept in the database.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DocumentKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_survive_the_database() {
        let key = DocumentKey::random(42).unwrap();
        assert!(key.as_str().starts_with("documents/42/"));
        assert_eq!(DocumentKey::from_stored(key.as_str()), Some(key.clone()));
        assert_ne!(DocumentKey::random(42).unwrap(), key);
    }

    #[test]
    fn other_texts_are_no_keys() {
        let random = "0123456789abcdef0123456789abcdef";
        assert!(DocumentKey::from_stored(&format!("documents/1/{random}")).is_some());
        for text in [
            "",
            "documents",
            "documents/1/",
            "../documents/1/x",
            "/etc/passwd",
            &format!("documents/../{random}"),
            &format!("documents/+1/{random}"),
            &format!("documents/1/{random}0"),
            &format!("documents/1/../../{random}"),
            &format!("documents/1/{}", random.to_uppercase()),
        ] {
            assert_eq!(DocumentKey::from_stored(text), None, "{text}");
        }
    }
}
