//! The Location ID: the destination of a port, as its people know it.

use std::fmt;

/// 1 to 40 letters, digits, `_` or `-`; unique in the system without regard to case (decision P2).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LocationId(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LocationIdError {
    #[error("Enter the Location ID")]
    Missing,
    #[error("Location ID must be 40 characters or fewer")]
    TooLong,
    #[error("Location ID can have only letters, digits, _ and -")]
    Character,
}

impl LocationId {
    /// Reads a Location ID as typed; surrounding spaces do not count.
    pub fn parse(text: &str) -> Result<Self, LocationIdError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(LocationIdError::Missing);
        }
        if !text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') {
            return Err(LocationIdError::Character);
        }
        if 40 < text.len() {
            return Err(LocationIdError::TooLong);
        }
        Ok(Self(text.to_owned()))
    }

    /// Makes an id out of random bytes, in letters and digits that are not mistaken for each other.
    pub fn from_random(bytes: [u8; 12]) -> Self {
        const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
        let text =
            bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(byte % 32)).copied().map(char::from)).collect();
        Self(text)
    }

    /// The id as its owner wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which two ids are compared.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl fmt::Display for LocationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_trims_and_refuses() {
        assert_eq!(LocationId::parse(" DEMO-LOCATION ").map(|id| id.key()), Ok("demo-location".to_owned()));
        assert_eq!(LocationId::parse("  "), Err(LocationIdError::Missing));
        assert_eq!(LocationId::parse("a b"), Err(LocationIdError::Character));
        assert_eq!(LocationId::parse(&"x".repeat(41)), Err(LocationIdError::TooLong));
        assert!(LocationId::parse(LocationId::from_random([255; 12]).as_str()).is_ok());
    }
}
