//! The letter about a draft that waits.

use super::page::{Button, Page, letter};
use super::{BrandFacts, shortened_name};
use crate::mail::{Letter, LetterKind};

/// E14: a draft waits for its person. Its SID counts only once it is sent, so no subject has it.
#[derive(Debug, Clone, Copy)]
pub struct DraftSaved<'a> {
    pub brand: BrandFacts<'a>,
    /// For the address alone.
    pub sid: &'a str,
    /// What its owner calls it, if anything.
    pub name: Option<&'a str>,
    /// The location that gets the numbers.
    pub location: &'a str,
    /// The day of the last save, "Jun 2, 2026".
    pub saved_on: &'a str,
    /// The page on which it goes on, "Contact information".
    pub next_step: &'a str,
    /// The day from which on it is deleted.
    pub deleted_on: &'a str,
    /// Whether this is the last letter before that.
    pub is_last: bool,
}

impl DraftSaved<'_> {
    /// "Second site", or "a port-in request for Northgate Dental".
    fn what(&self) -> String {
        self.name.map_or_else(|| format!("your port-in request for {}", self.location), shortened_name)
    }
}

/// Tells the requester that a draft is still there, and until when.
pub fn draft_saved(to: &str, facts: &DraftSaved<'_>) -> Letter {
    let (subject, heading) = if facts.is_last {
        let subject = format!("Your draft will be deleted on {}: {}", facts.deleted_on, facts.what());
        (subject, "Your draft will be deleted soon")
    } else {
        (format!("Your draft is saved: {}", facts.what()), "Your draft is saved")
    };
    let base_url = facts.brand.base_url.trim_end_matches('/');
    let url = format!("{base_url}/port-requests/{}/continue", facts.sid);
    let page = Page::plain(facts.brand, &subject, Some(Button::new("Continue your request", url))).headed(heading);
    letter!(LetterKind::DraftSaved, to, page, facts, DraftSaved, "mail/draft_saved.txt", "mail/draft_saved.html")
}
