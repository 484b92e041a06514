//! Letters on a letter of authorization that was signed: to the signer, to the requester, and when sealing failed.

use super::super::page::{Button, Page, letter};
use super::super::{BrandFacts, PortRequestFacts, shortened_name};
use super::LoaFacts;
use crate::mail::post::fits_into_a_letter;
use crate::mail::{Letter, LetterKind};

/// A PDF that was kept.
#[derive(Debug, Clone, Copy)]
pub struct LoaPdf<'a> {
    /// Bytes.
    pub size: u64,
    /// In hexadecimal digits.
    pub sha256: &'a str,
}

/// E4: the signer has signed.
#[derive(Debug, Clone, Copy)]
pub struct LoaSigned<'a> {
    pub loa: LoaFacts<'a>,
    pub loa_id: &'a str,
    pub sid: &'a str,
    /// What the request's owner calls it, if anything.
    pub request_name: Option<&'a str>,
    /// The moment in words with its zone.
    pub signed_at: &'a str,
    /// The signed and sealed letter.
    pub letter: LoaPdf<'a>,
    pub certificate: LoaPdf<'a>,
    /// Hash of the last event.
    pub chain_head: &'a str,
    /// The whole address of the page where a letter is checked.
    pub verify_url: &'a str,
    pub check_code: &'a str,
}

impl LoaSigned<'_> {
    /// Whether both PDFs go with the letter: together they are small enough.
    pub fn is_attached(&self) -> bool {
        fits_into_a_letter([self.letter.size, self.certificate.size])
    }

    /// Whether whoever made the request signed it.
    fn is_own(&self) -> bool {
        self.loa.requester == self.loa.signer
    }

    /// Who hears of the move date.
    fn told(&self) -> &str {
        if self.is_own() { "you" } else { self.loa.requester }
    }
}

/// Gives the signer the proof of what was signed.
pub fn loa_signed(to: &str, facts: &LoaSigned<'_>) -> Letter {
    let what = facts.request_name.unwrap_or(facts.loa.company);
    let subject = format!("Signed: letter of authorization for {} ({})", shortened_name(what), facts.sid);
    letter!(
        LetterKind::LoaSigned,
        to,
        Page::plain(facts.loa.brand, &subject, Some(Button::new("Check the letter", facts.verify_url.to_owned())))
            .headed("You signed the letter of authorization"),
        facts,
        LoaSigned,
        "mail/loa_signed.txt",
        "mail/loa_signed.html"
    )
}

/// E4: the same for the requester, who reads the PDFs on the page of the request.
#[derive(Debug, Clone, Copy)]
pub struct LoaSignedCopy<'a> {
    pub request: PortRequestFacts<'a>,
    pub loa_id: &'a str,
    pub signer: &'a str,
    /// The moment in words with its zone.
    pub signed_at: &'a str,
}

/// Tells the requester that the letter is signed and what comes next.
pub fn loa_signed_copy(to: &str, facts: &LoaSignedCopy<'_>) -> Letter {
    let request = facts.request;
    let subject = format!("Signed: letter of authorization for {}", request.subject_name());
    letter!(
        LetterKind::LoaSignedCopy,
        to,
        Page::of_request(request, "In Review", &subject, "The letter of authorization is signed"),
        facts,
        LoaSignedCopy,
        "mail/loa_signed_copy.txt",
        "mail/loa_signed_copy.html"
    )
}

/// A letter was signed and could not be sealed.
#[derive(Debug, Clone, Copy)]
pub struct SealProblem<'a> {
    pub brand: BrandFacts<'a>,
    pub loa_id: &'a str,
    pub sid: &'a str,
    /// When it was signed, in words with zone.
    pub signed_at: &'a str,
    /// What failed, as a sentence.
    pub what: &'a str,
}

/// Tells an admin what keeps a signed letter from being sealed.
pub fn seal_problem(to: &str, facts: &SealProblem<'_>) -> Letter {
    let subject = format!("A signed letter could not be sealed: {}", facts.loa_id);
    let url = format!("{}/desk/port-requests/{}", facts.brand.base_url.trim_end_matches('/'), facts.sid);
    letter!(
        LetterKind::SealProblem,
        to,
        Page::plain(facts.brand, &subject, Some(Button::new("Open the request", url))),
        facts,
        SealProblem,
        "mail/seal_problem.txt",
        "mail/seal_problem.html"
    )
}
