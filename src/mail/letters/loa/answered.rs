//! Letters to the requester when the signer did something other than sign, or nothing.

use super::super::mask::mask;
use super::super::page::{Page, letter};
use super::super::{PortRequestFacts, shortened_name};
use crate::mail::{Letter, LetterKind};

/// Where the requester goes on.
const CHOOSE: &str = "Choose what to do";

/// What the signer said instead of signing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer<'a> {
    Declined,
    /// A printed fact is wrong.
    Correction,
    WrongPerson {
        /// Whom they name instead.
        proposed: Option<&'a str>,
    },
    /// Whoever got the email knows of nothing.
    Reported,
    Paper,
    WantsNewLink,
    /// Somebody typed too many wrong codes.
    Locked,
    /// The desk asks for a new signature.
    AskedAnew {
        /// Because the one that there is grew too old.
        is_too_old: bool,
        /// Whether the requester has it signed: nobody was mailed.
        on_paper: bool,
    },
}

/// E5: the signer has answered and not signed.
#[derive(Debug, Clone, Copy)]
pub struct LoaAnswered<'a> {
    pub request: PortRequestFacts<'a>,
    pub signer: &'a str,
    pub what: Answer<'a>,
    /// What they wrote.
    pub words: Option<&'a str>,
}

impl LoaAnswered<'_> {
    fn subject(&self) -> String {
        let signer = shortened_name(self.signer);
        match self.what {
            Answer::Declined => format!("{signer} declined to sign"),
            Answer::Correction => format!("{signer} says that something in the letter is wrong"),
            Answer::WrongPerson { .. } => format!("{signer} is not the right person to sign"),
            Answer::Reported => "Your request to sign was reported".to_owned(),
            Answer::Paper => format!("{signer} wants to sign on paper"),
            Answer::WantsNewLink => format!("{signer} asks for a new link to sign"),
            Answer::Locked => "Too many wrong codes were entered".to_owned(),
            Answer::AskedAnew { on_paper: true, .. } => "The letter has to be signed again".to_owned(),
            Answer::AskedAnew { .. } => format!("{signer} is asked to sign again"),
        }
    }

    fn what_happened(&self) -> String {
        let signer = self.signer;
        match self.what {
            Answer::Declined => format!("{signer} declined to sign the letter of authorization."),
            Answer::Correction => format!("{signer} says that something in the letter of authorization is wrong."),
            Answer::WrongPerson { proposed: None } => {
                format!("{signer} is not the right person to sign the letter of authorization.")
            }
            Answer::WrongPerson { proposed: Some(other) } => format!(
                "{signer} is not the right person to sign the letter of authorization and names {other} instead. Nobody \
                 else has been asked yet."
            ),
            Answer::Reported => {
                format!("Whoever got our email to {signer} does not know of this request, and reported it.")
            }
            Answer::Paper => format!("{signer} wants to sign the letter of authorization on paper and can print it."),
            Answer::WantsNewLink => {
                format!("{signer} opened a link that no longer works, and asks for a new one.")
            }
            Answer::Locked => {
                format!(
                    "Somebody opened {signer}’s link and entered too many wrong codes, so signing is locked for a day."
                )
            }
            Answer::AskedAnew { is_too_old, on_paper } => {
                let why = if is_too_old { "is too old for the carrier" } else { "does not do any more" };
                let who = if on_paper {
                    "a new one is needed".to_owned()
                } else {
                    format!("we asked {signer} to sign a new one")
                };
                format!("The signature on the letter of authorization {why}, so {who}.")
            }
        }
    }

    fn what_to_do(&self) -> String {
        let signer = self.signer;
        match self.what {
            Answer::Declined => "Talk to them, ask another person to sign, or upload a letter that is signed already.",
            Answer::Correction => "Correct the request. The signer then gets a new letter with what you changed.",
            Answer::WrongPerson { .. } => "Choose who signs: someone else, or you if you are authorized.",
            Answer::Reported => {
                "Check the name and the email address of the signer, and tell them about it before you ask again."
            }
            Answer::Paper => "Upload the letter when it is signed. Until then they can still sign online.",
            Answer::WantsNewLink => {
                return format!("Send {signer} a new link, or choose another way to have the letter signed.");
            }
            Answer::Locked => {
                return format!("Ask {signer} whether it was they. If not, change the signer or the email address.");
            }
            Answer::AskedAnew { on_paper: true, .. } => {
                "Have the letter signed and upload it, or choose another way to have it signed."
            }
            Answer::AskedAnew { .. } => {
                return format!(
                    "Tell {signer} that our email is on its way, or have the letter signed in another way."
                );
            }
        }
        .to_owned()
    }
}

/// Tells the requester what the signer said and what can be done.
pub fn loa_answered(to: &str, facts: &LoaAnswered<'_>) -> Letter {
    let words = facts.words.map(mask);
    let facts = &LoaAnswered { words: words.as_deref(), ..*facts };
    let request = facts.request;
    let (heading, url) = (facts.subject(), request.page_url("/loa"));
    letter!(
        LetterKind::LoaAnswered,
        to,
        Page::of_request(request, "In Review", &format!("{heading}: {}", request.subject_name()), heading)
            .leading_to(CHOOSE, url),
        facts,
        LoaAnswered,
        "mail/loa_answered.txt",
        "mail/loa_answered.html"
    )
}

/// E5: nobody signed in time.
#[derive(Debug, Clone, Copy)]
pub struct LoaExpired<'a> {
    pub request: PortRequestFacts<'a>,
    pub signer: &'a str,
    /// When the link ended, in words with its zone.
    pub expired_at: &'a str,
}

/// Tells the requester that the link ended unsigned and the request waits.
pub fn loa_expired(to: &str, facts: &LoaExpired<'_>) -> Letter {
    let request = facts.request;
    let subject = format!("The signing link expired: {}", request.subject_name());
    letter!(
        LetterKind::LoaExpired,
        to,
        Page::of_request(request, "In Review", &subject, "The signing link expired")
            .leading_to(CHOOSE, request.page_url("/loa")),
        facts,
        LoaExpired,
        "mail/loa_expired.txt",
        "mail/loa_expired.html"
    )
}
