//! The six digits that prove that a signer reads the mailbox.

use std::fmt;

/// How many codes there are.
const CODES: u32 = 1_000_000;
/// How long a code is.
const LENGTH: usize = 6;

/// A code for one signer in one browser. It is never stored and never logged: only its keyed hash is.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningCode(String);

impl SigningCode {
    /// Makes a code out of random bytes.
    pub fn from_random(bytes: [u8; 8]) -> Self {
        // The remainder favours no code by more than one part in 10^13.
        Self(format!("{:06}", u64::from_be_bytes(bytes) % u64::from(CODES)))
    }

    /// Reads a code as people type and paste it: spaces and dashes do not count.
    pub fn parse(typed: &str) -> Option<Self> {
        let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        (digits.len() == LENGTH && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(Self(digits))
    }

    /// The digits, for the mail and the hash.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SigningCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningCode(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, read: Option<&str>) {
        assert_eq!(SigningCode::parse(typed).as_ref().map(SigningCode::reveal), read, "{typed:?}");
    }

    #[test]
    fn codes_are_read_as_people_type_them() {
        check("482913", Some("482913"));
        check(" 482 913\n", Some("482913"));
        check("482-913", Some("482913"));
        check("48291", None);
        check("4829134", None);
        check("48291a", None);
        check("٤٨٢٩١٣", None);
    }

    #[test]
    fn random_bytes_give_six_digits() {
        assert_eq!(SigningCode::from_random([0; 8]).reveal(), "000000");
        assert_eq!(SigningCode::from_random([255; 8]).reveal().len(), 6);
    }
}
