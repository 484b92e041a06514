//! The states of a letter, how it is signed, and why it ended unsigned.

/// Where a letter of authorization stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LoaState {
    /// Its signer has been asked.
    Pending,
    /// Signed; the seal is owed because sealing failed.
    Signed,
    /// Signed and sealed: the letter that goes to the carrier.
    Sealed,
    /// Signed elsewhere and uploaded: not e-signed here.
    Uploaded,
    /// The signer said no, or that something is wrong.
    Declined,
    /// Nobody signed before the links ended.
    Expired,
    /// Withdrawn before it was signed.
    Voided,
    /// Signed once, and replaced: a printed fact changed or the signature grew too old.
    Superseded,
}

use LoaState::{Declined, Expired, Pending, Sealed, Signed, Superseded, Uploaded, Voided};

/// From and to. What is not here is refused.
const MOVES: &[(LoaState, &[LoaState])] = &[
    (Pending, &[Signed, Sealed, Uploaded, Declined, Expired, Voided]),
    (Signed, &[Sealed, Superseded]),
    (Sealed, &[Superseded]),
    (Uploaded, &[Superseded]),
];

impl LoaState {
    /// Every state, in the order of a letter's life.
    pub const ALL: [Self; 8] = [Pending, Signed, Sealed, Uploaded, Declined, Expired, Voided, Superseded];

    /// The word kept in the database.
    pub fn code(self) -> &'static str {
        match self {
            Pending => "pending",
            Signed => "signed",
            Sealed => "sealed",
            Uploaded => "uploaded",
            Declined => "declined",
            Expired => "expired",
            Voided => "voided",
            Superseded => "superseded",
        }
    }

    /// Reads the word kept in the database.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The word as shown.
    pub fn label(self) -> &'static str {
        match self {
            Pending => "Waiting for signature",
            Signed => "Signed, being sealed",
            Sealed => "Signed",
            Uploaded => "Signed, uploaded",
            Declined => "Declined",
            Expired => "Expired",
            Voided => "Withdrawn",
            Superseded => "Replaced",
        }
    }

    /// Whether the table allows this move.
    pub fn allows(self, to: Self) -> bool {
        MOVES.iter().any(|(from, targets)| *from == self && targets.contains(&to))
    }

    /// Whether the letter authorizes the move of its numbers.
    pub fn authorizes(self) -> bool {
        matches!(self, Sealed | Uploaded)
    }

    /// Whether somebody signed it and it was not replaced.
    pub fn is_signed(self) -> bool {
        matches!(self, Signed | Sealed | Uploaded)
    }
}

/// How a letter is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LoaMode {
    /// By somebody who gets a link by mail.
    Remote,
    /// By the requester, who is signed in.
    InPerson,
    /// On paper, and uploaded.
    Paper,
}

impl LoaMode {
    /// The word kept in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Remote => "remote",
            Self::InPerson => "self",
            Self::Paper => "uploaded",
        }
    }

    /// Reads the word kept in the database.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Remote, Self::InPerson, Self::Paper].into_iter().find(|mode| mode.code() == code)
    }
}

/// Why a letter ended without a signature, or was replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EndReason {
    /// The signer declined.
    Declined,
    /// The signer says that a printed fact is wrong.
    Correction,
    /// The signer is not the right person.
    WrongPerson,
    /// The recipient did not know of the request at all.
    Reported,
    /// A printed fact was changed.
    Edited,
    /// The requester asks another person, or in another way.
    Replaced,
    /// The port request was canceled.
    Canceled,
    /// The links ended.
    Expired,
    /// The signature is too old for the carrier.
    TooOld,
}

impl EndReason {
    /// Every reason.
    pub const ALL: [Self; 9] = [
        Self::Declined,
        Self::Correction,
        Self::WrongPerson,
        Self::Reported,
        Self::Edited,
        Self::Replaced,
        Self::Canceled,
        Self::Expired,
        Self::TooOld,
    ];

    /// The word kept in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::Correction => "correction",
            Self::WrongPerson => "wrong_person",
            Self::Reported => "reported",
            Self::Edited => "edited",
            Self::Replaced => "replaced",
            Self::Canceled => "canceled",
            Self::Expired => "expired",
            Self::TooOld => "too_old",
        }
    }

    /// Reads the word kept in the database.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back() {
        for state in LoaState::ALL {
            assert_eq!(LoaState::from_code(state.code()), Some(state));
        }
        for reason in EndReason::ALL {
            assert_eq!(EndReason::from_code(reason.code()), Some(reason));
        }
    }

    #[test]
    fn only_a_pending_letter_is_signed_and_what_ended_stays_ended() {
        for from in LoaState::ALL {
            assert_eq!(from.allows(Uploaded), from == Pending, "{from:?}");
            assert_eq!(from.allows(Signed), from == Pending, "{from:?}");
        }
        for ended in [Declined, Expired, Voided, Superseded] {
            assert!(LoaState::ALL.into_iter().all(|to| !ended.allows(to)), "{ended:?}");
        }
        assert!(!Sealed.allows(Voided), "a signed letter is replaced, not withdrawn");
    }
}
