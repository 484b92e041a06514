//! Who owns the account with the losing carrier: account type, names and the signer's e-mail address.

mod email;
mod name;

pub use email::{EmailAddress, EmailError};
pub use name::{NameError, NameOf, NameWarning, name_warning, parse_name};

/// How the losing carrier keeps the account, which decides whose name it compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum AccountType {
    Residential,
    Business,
}

impl AccountType {
    /// Both types in the order of the form.
    pub const ALL: [Self; 2] = [Self::Residential, Self::Business];

    /// The word that is stored and that forms send.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Residential => "residential",
            Self::Business => "business",
        }
    }

    /// The type of a stored or sent word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What the form and the letter call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Residential => "Residential",
            Self::Business => "Business",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::AccountType;

    #[test]
    fn account_types_survive_storage() {
        for kind in AccountType::ALL {
            assert_eq!(AccountType::from_code(kind.code()), Some(kind));
        }
        assert_eq!(AccountType::from_code("Business "), None);
    }
}
