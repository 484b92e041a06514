//! A number that a request moves: what kind of line it is and the PIN that lets it go.

use super::phone_number::PhoneNumber;
use super::pin::Pin;

/// What kind of line a number is; digits alone cannot tell landline from wireless, so people say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum NumberKind {
    /// Landline or voice over IP.
    Landline,
    /// Mobile; always moves with a PIN.
    Wireless,
    /// 800, 833, 844, 855, 866, 877, 888.
    TollFree,
}

impl NumberKind {
    /// All kinds in the order of lists.
    pub const ALL: [Self; 3] = [Self::Landline, Self::Wireless, Self::TollFree];

    /// The word that is stored and that CSV files carry.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Landline => "landline",
            Self::Wireless => "wireless",
            Self::TollFree => "toll-free",
        }
    }

    /// The kind of a stored word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Landline => "Landline or VoIP",
            Self::Wireless => "Wireless",
            Self::TollFree => "Toll-free",
        }
    }
}

/// One number of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberToPort {
    pub number: PhoneNumber,
    pub kind: NumberKind,
    /// The number's own secret; wireless numbers always have one, others never (theirs is the account PIN).
    pub pin: Option<Pin>,
}

/// Whether every number of the account moves; what stays behind decides how the carrier closes the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum PortScope {
    All,
    Some,
    Unknown,
}

impl PortScope {
    /// All answers in the order of the form.
    pub const ALL: [Self; 3] = [Self::All, Self::Some, Self::Unknown];

    /// The word that is stored and that forms send.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Some => "some",
            Self::Unknown => "unknown",
        }
    }

    /// The answer of a stored or sent word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }

    /// The answer as the form words it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::All => "Yes",
            Self::Some => "No, some stay",
            Self::Unknown => "I do not know",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_scopes_survive_storage() {
        for kind in NumberKind::ALL {
            assert_eq!(NumberKind::from_code(kind.code()), Some(kind));
        }
        for scope in PortScope::ALL {
            assert_eq!(PortScope::from_code(scope.code()), Some(scope));
        }
    }
}
