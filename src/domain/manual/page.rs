//! The pages of the manual form.

use crate::domain::draft::Step;

/// A page of the manual form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ManualPage {
    Details,
    Numbers,
    Documents,
    Check,
}

impl ManualPage {
    /// All pages in order.
    pub const ALL: [Self; 4] = [Self::Details, Self::Numbers, Self::Documents, Self::Check];

    /// The last part of the page's address.
    pub const fn segment(self) -> &'static str {
        match self {
            Self::Details => "details",
            Self::Numbers => "numbers",
            Self::Documents => "documents",
            Self::Check => "check",
        }
    }

    /// The page of an address.
    pub fn from_segment(segment: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.segment() == segment)
    }

    /// What the page is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Details => "You and the account holder",
            Self::Numbers => "Account and numbers",
            Self::Documents => "Letter and bill",
            Self::Check => "Check and send",
        }
    }

    /// Its place in "Step 2 of 4".
    pub const fn number(self) -> u8 {
        match self {
            Self::Details => 1,
            Self::Numbers => 2,
            Self::Documents => 3,
            Self::Check => 4,
        }
    }

    /// The page after it.
    pub fn next(self) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.number() == self.number() + 1)
    }

    /// The page before it.
    pub fn previous(self) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.number() + 1 == self.number())
    }

    /// The step of the guided request whose answers it holds.
    pub const fn step(self) -> Step {
        match self {
            Self::Details => Step::Contact,
            Self::Numbers => Step::Numbers,
            Self::Documents => Step::Bill,
            Self::Check => Step::Check,
        }
    }
}
