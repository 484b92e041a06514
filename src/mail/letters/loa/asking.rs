//! Letters that ask for a signature: the request, its reminders, and the code that proves the mailbox.

use super::super::mask::mask;
use super::super::page::{Button, Page, letter};
use super::super::shortened_name;
use super::{LoaFacts, ReplacedBecause, numbers_line};
use crate::mail::{Letter, LetterKind, PRIVATE_LINK_MARKER};

const READ_AND_SIGN: &str = "Read the letter and sign";

/// Why the signer is asked now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    First,
    /// The requester asks once more.
    Again,
    /// The signer wanted a new link.
    NewLink,
    /// What the letter prints was changed; the earlier link is dead.
    Changed,
    /// The signer said what is wrong, and it was put right.
    Corrected,
    /// The signer has signed such a letter, which counts no longer.
    SignedBefore(ReplacedBecause),
}

/// E2: somebody is asked to sign.
#[derive(Debug, Clone, Copy)]
pub struct LoaRequest<'a> {
    pub loa: LoaFacts<'a>,
    /// The first three numbers, masked like "(212) •••-••42".
    pub masked_numbers: &'a [&'a str],
    /// Until when the link works, in words with its zone.
    pub expires: &'a str,
    /// What the requester wants to say.
    pub note: Option<&'a str>,
    pub why: Why,
}

impl LoaRequest<'_> {
    fn numbers(&self) -> String {
        numbers_line(self.loa.number_count, self.masked_numbers)
    }

    /// What stands first when the signer has heard from us before.
    fn why(&self) -> Option<String> {
        let told = match self.why {
            Why::First => return None,
            Why::Again => "We asked you before; this is a new link to the same letter.",
            Why::NewLink => "Here is the new link that you asked for.",
            Why::Changed => {
                "The details of the letter were changed, so there is a new letter to sign. The link in our earlier email \
                 no longer works."
            }
            Why::Corrected => {
                "You told us that something in the letter is wrong. It was changed since, and there is a new letter to \
                 read and sign."
            }
            Why::SignedBefore(because) => {
                return Some(format!(
                    "You signed a letter about this before. It no longer counts, because {}, so there is a new one to \
                     read and sign.",
                    because.words()
                ));
            }
        };
        Some(told.to_owned())
    }
}

/// Asks the signer to read the letter and sign; the link is private.
pub fn loa_request(to: &str, facts: &LoaRequest<'_>) -> Letter {
    let note = facts.note.map(mask);
    let facts = &LoaRequest { note: note.as_deref(), ..*facts };
    let loa = facts.loa;
    let subject =
        format!("Please authorize the transfer of {} to {}", loa.phone_numbers(), shortened_name(loa.provider));
    letter!(
        LetterKind::LoaRequest,
        to,
        Page::plain(loa.brand, &subject, Some(Button::new(READ_AND_SIGN, PRIVATE_LINK_MARKER.to_owned()))),
        facts,
        LoaRequest,
        "mail/loa_request.txt",
        "mail/loa_request.html"
    )
}

/// E3: the signer has not signed yet.
#[derive(Debug, Clone, Copy)]
pub struct LoaReminder<'a> {
    pub loa: LoaFacts<'a>,
    /// The first three numbers, masked.
    pub masked_numbers: &'a [&'a str],
    /// The last day, "Jun 2".
    pub by_day: &'a str,
    /// Until when the link works, in words with its zone.
    pub expires: &'a str,
    /// Whether no other reminder follows.
    pub is_last: bool,
}

impl LoaReminder<'_> {
    fn numbers(&self) -> String {
        numbers_line(self.loa.number_count, self.masked_numbers)
    }
}

/// Reminds the signer; the link is new and private.
pub fn loa_reminder(to: &str, facts: &LoaReminder<'_>) -> Letter {
    let loa = facts.loa;
    let subject = format!("Reminder: signature needed by {} for {}", facts.by_day, shortened_name(loa.company));
    letter!(
        LetterKind::LoaReminder,
        to,
        Page::plain(loa.brand, &subject, Some(Button::new(READ_AND_SIGN, PRIVATE_LINK_MARKER.to_owned()))),
        facts,
        LoaReminder,
        "mail/loa_reminder.txt",
        "mail/loa_reminder.html"
    )
}

/// The code with which the signer proves to read this mailbox.
#[derive(Debug, Clone, Copy)]
pub struct LoaCode<'a> {
    pub loa: LoaFacts<'a>,
}

/// Gives the signer the code; it is private, and stands in no subject.
pub fn loa_code(to: &str, facts: &LoaCode<'_>) -> Letter {
    let loa = facts.loa;
    let subject = format!("Your code to read the letter for {}", shortened_name(loa.company));
    letter!(
        LetterKind::LoaCode,
        to,
        Page::plain(loa.brand, &subject, None),
        facts,
        LoaCode,
        "mail/loa_code.txt",
        "mail/loa_code.html"
    )
}
