//! Letters to a signer whose letter of authorization counts no longer.

use super::super::page::{Page, letter};
use super::super::shortened_name;
use super::LoaFacts;
use crate::mail::{Letter, LetterKind};

/// Why a letter was replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplacedBecause {
    DetailsChanged,
    /// Somebody else is asked now.
    OtherSigner,
    /// It is to be signed on paper, or by the requester.
    OtherWay,
    /// It was signed so long ago that carriers refuse it.
    TooOld,
    /// Whoever sends it to the carrier needs a new one.
    NewOneNeeded,
}

impl ReplacedBecause {
    /// Behind "because".
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::DetailsChanged => "details that the letter prints were changed",
            Self::OtherSigner => "somebody else is asked to sign",
            Self::OtherWay => "it is to be signed in another way",
            Self::TooOld => "it was signed so long ago that carriers refuse it",
            Self::NewOneNeeded => "a new signature is needed",
        }
    }
}

/// The letter that the signer knows counts no longer.
#[derive(Debug, Clone, Copy)]
pub struct LoaReplaced<'a> {
    pub loa: LoaFacts<'a>,
    pub because: ReplacedBecause,
    /// Whether they had signed it.
    pub was_signed: bool,
}

impl LoaReplaced<'_> {
    fn what(&self) -> &'static str {
        if self.was_signed { "The letter that you signed" } else { "The link in our earlier emails" }
    }

    fn how(&self) -> &'static str {
        if self.was_signed { "no longer counts" } else { "no longer works" }
    }
}

/// Tells the signer that what they have counts no longer, why, and whether there is something to do.
pub fn loa_replaced(to: &str, facts: &LoaReplaced<'_>) -> Letter {
    let company = shortened_name(facts.loa.company);
    let subject = if facts.was_signed {
        format!("The letter that you signed for {company} no longer counts")
    } else {
        format!("Your link to the letter for {company} no longer works")
    };
    letter!(
        LetterKind::LoaReplaced,
        to,
        Page::plain(facts.loa.brand, &subject, None),
        facts,
        LoaReplaced,
        "mail/loa_replaced.txt",
        "mail/loa_replaced.html"
    )
}

/// Why no signature is needed any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WithdrawnBecause {
    /// The request to move the numbers was canceled.
    Canceled,
    /// The requester signed, or uploaded a letter that is signed.
    SignedOtherwise,
}

/// The signer need not sign any more.
#[derive(Debug, Clone, Copy)]
pub struct LoaWithdrawn<'a> {
    pub loa: LoaFacts<'a>,
    pub because: WithdrawnBecause,
}

impl LoaWithdrawn<'_> {
    fn is_canceled(&self) -> bool {
        self.because == WithdrawnBecause::Canceled
    }
}

/// Tells the signer that there is nothing to do any more.
pub fn loa_withdrawn(to: &str, facts: &LoaWithdrawn<'_>) -> Letter {
    let subject = format!("Your signature is no longer needed for {}", shortened_name(facts.loa.company));
    letter!(
        LetterKind::LoaWithdrawn,
        to,
        Page::plain(facts.loa.brand, &subject, None),
        facts,
        LoaWithdrawn,
        "mail/loa_withdrawn.txt",
        "mail/loa_withdrawn.html"
    )
}
