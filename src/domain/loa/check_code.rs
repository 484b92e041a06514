//! The check code: what whoever holds a letter types beside the LOA id, so that the id alone opens nothing.

use std::fmt;

use crate::domain::reference;

/// How many characters there are, in two groups.
const LENGTH: usize = 8;

/// Eight characters, printed as `K7WX-4M2P`.
#[derive(Clone, PartialEq, Eq)]
pub struct CheckCode(String);

impl CheckCode {
    /// Makes a code out of random bytes; each byte gives one character.
    pub fn from_random(bytes: [u8; LENGTH]) -> Self {
        Self(reference::characters(&bytes))
    }

    /// Reads a code as people type it: any case, spaces and dashes anywhere, O for 0, I and L for 1.
    pub fn parse(typed: &str) -> Option<Self> {
        reference::meant(typed).filter(|meant| meant.len() == LENGTH).map(Self)
    }

    /// The code as it is printed.
    pub fn printed(&self) -> String {
        let (first, second) = self.0.split_at(LENGTH / 2);
        format!("{first}-{second}")
    }
}

impl fmt::Debug for CheckCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CheckCode(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_people_type_them() {
        let code = CheckCode::from_random([0, 31, 32, 33, 7, 8, 9, 255]);
        let printed = code.printed();
        assert_eq!(printed.len(), 9);
        assert_eq!(CheckCode::parse(&printed), Some(code.clone()));
        assert_eq!(CheckCode::parse(&printed.to_lowercase().replace('-', " ")), Some(code));
        assert_eq!(CheckCode::parse("K7WX-4M2"), None);
        assert_eq!(CheckCode::parse("K7WX-4M2U"), None);
    }
}
