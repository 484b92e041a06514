//! The id of a `RespOrg`: who manages a toll-free number in the toll-free registry.

use std::fmt;

use super::typed_text;

/// Five letters or digits, in capitals, like `ABC01`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RespOrgId(String);

impl RespOrgId {
    /// Reads an id in any case.
    ///
    /// # Errors
    /// [`RespOrgError`] unless it is five letters or digits.
    pub fn parse(text: &str) -> Result<Self, RespOrgError> {
        let id = typed_text::code_line(text).map_err(|_unprintable| RespOrgError)?.to_ascii_uppercase();
        let is_id = id.len() == 5 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_id.then_some(Self(id)).ok_or(RespOrgError)
    }

    /// The id as it is printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RespOrgId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text is no id of a `RespOrg`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("RespOrg ID must be 5 letters or digits, like ABC01")]
pub struct RespOrgError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_five_letters_or_digits() {
        assert_eq!(RespOrgId::parse(" abc01 ").unwrap().as_str(), "ABC01");
        for wrong in ["", "ABC1", "ABC012", "AB-01", "ÄBC01"] {
            assert_eq!(RespOrgId::parse(wrong), Err(RespOrgError), "{wrong:?}");
        }
    }
}
