//! Who signs a letter of authorization, and how.

use super::LoaMode;

/// Who signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WhoSigns {
    /// Somebody who gets a link by mail.
    SomeoneElse,
    /// The requester, now.
    Me,
    /// It is signed on paper already.
    Paper,
}

impl WhoSigns {
    /// All, in the order of the form.
    pub const ALL: [Self; 3] = [Self::SomeoneElse, Self::Me, Self::Paper];

    /// The word that forms send.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SomeoneElse => "other",
            Self::Me => "me",
            Self::Paper => "paper",
        }
    }

    /// The choice of a sent word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|who| who.code() == code)
    }

    /// What the form calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::SomeoneElse => "Someone else will sign it",
            Self::Me => "I will sign it now",
            Self::Paper => "It is signed on paper, and I will upload it",
        }
    }

    /// How such a letter is signed.
    pub const fn mode(self) -> LoaMode {
        match self {
            Self::SomeoneElse => LoaMode::Remote,
            Self::Me => LoaMode::InPerson,
            Self::Paper => LoaMode::Paper,
        }
    }
}
