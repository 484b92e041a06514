//! The content hash: the SHA-256 of everything that a letter prints.

use std::fmt;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// How many hexadecimal digits stand in the foot of a letter, in groups of four.
const SHOWN: usize = 16;

/// The SHA-256 of a letter's canonical JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// Hashes a canonical JSON.
    pub fn of(canonical_json: &[u8]) -> Self {
        Self(Sha256::digest(canonical_json).into())
    }

    /// Reads the 64 hexadecimal digits that [`ContentHash`] displays.
    pub fn parse(text: &str) -> Option<Self> {
        HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }

    /// The bytes as stored.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first 16 digits in groups, as the foot of the letter shows them: `3f2a 91bc 77d0 e1f4`.
    pub fn short(&self) -> String {
        let digits: Vec<char> = self.to_string().chars().take(SHOWN).collect();
        digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_shown_in_full_and_short_and_read_back() {
        let hash = ContentHash::of(b"abc");
        assert_eq!(hash.to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(hash.short(), "ba78 16bf 8f01 cfea");
        assert_eq!(ContentHash::parse(&hash.to_string()), Some(hash));
        assert_eq!(ContentHash::parse("ba78"), None);
    }
}
