//! Letters to somebody without an account that no other request has.

use super::page::{Button, Page, letter};
use super::{BrandFacts, PRIVATE_LINK_MARKER, PortRequestFacts};
use crate::mail::{Letter, LetterKind};

/// A manual request waits for its mailbox to be confirmed.
#[derive(Debug, Clone, Copy)]
pub struct ConfirmMailbox<'a> {
    pub brand: BrandFacts<'a>,
    /// The Request SID.
    pub sid: &'a str,
    /// The last day on which the link works, with its year.
    pub until: &'a str,
    pub then: AfterConfirming,
}

/// What begins when a mailbox is confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterConfirming {
    /// The desk begins to check the request.
    IsChecked,
    /// The desk may send the request, which it checks already, to the carrier.
    GoesToCarrier,
    /// The form, which is open again, opens in the reader's browser.
    FormOpens,
}

/// Asks whoever has the mailbox to confirm the request. It names nothing that was typed: the reader may be a stranger.
pub fn confirm_mailbox(to: &str, facts: &ConfirmMailbox<'_>) -> Letter {
    let (heading, button) = match facts.then {
        AfterConfirming::FormOpens => ("Finish your port request", "Open the form"),
        _ => ("Confirm your port request", "Confirm this email address"),
    };
    let subject = format!("{heading} ({})", facts.sid);
    let button = Button::new(button, PRIVATE_LINK_MARKER.to_owned());
    letter!(
        LetterKind::ConfirmMailbox,
        to,
        Page::plain(facts.brand, &subject, Some(button)).headed(heading),
        facts,
        ConfirmMailbox,
        "mail/confirm_mailbox.txt",
        "mail/confirm_mailbox.html"
    )
}

/// E17: a new link to the status of a request.
#[derive(Debug, Clone, Copy)]
pub struct NewStatusLink<'a> {
    pub request: PortRequestFacts<'a>,
    /// The customer's word for where it is.
    pub status: &'static str,
}

impl NewStatusLink<'_> {
    fn possible(&self) -> &'static str {
        match self.status {
            "Completed" | "Canceled" => "see",
            "In Progress" => "follow",
            _ => "follow, correct and cancel",
        }
    }
}

/// Gives a new link to whoever asked for one.
pub fn new_status_link(to: &str, facts: &NewStatusLink<'_>) -> Letter {
    letter!(
        LetterKind::NewStatusLink,
        to,
        Page::of_request(facts.request, facts.status, "New link for your port request", "Here is your new link"),
        facts,
        NewStatusLink,
        "mail/new_status_link.txt",
        "mail/new_status_link.html"
    )
}
