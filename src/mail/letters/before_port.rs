//! Letters on the way to the move: received, sent to the carrier, move date confirmed and changed.

use super::page::{Page, letter};
use super::{PortRequestFacts, counted};
use crate::mail::{Letter, LetterKind};

/// How the letter of authorization gets its signature.
#[derive(Debug, Clone, Copy)]
pub enum FirstMove<'a> {
    /// This signer was mailed a link.
    Signer(&'a str),
    /// The requester signs here.
    Sign,
    /// The requester uploads it.
    Upload,
}

impl FirstMove<'_> {
    fn words(self) -> String {
        match self {
            Self::Signer(signer) => format!("{signer} signs the letter of authorization. We sent them the link."),
            Self::Sign => "You sign the letter of authorization on the page of the request.".to_owned(),
            Self::Upload => "You upload the signed letter of authorization on the page of the request.".to_owned(),
        }
    }
}

/// E1: the request has arrived.
#[derive(Debug, Clone, Copy)]
pub struct RequestReceived<'a> {
    pub request: PortRequestFacts<'a>,
    /// 1 for the first time; from 2 on it is a corrected request.
    pub attempt: i32,
    /// Why the attempt before was rejected, "Account number does not match".
    pub corrected: &'a [&'a str],
    /// What has to happen before the rest, and who does it; nothing when the letter of authorization is signed.
    pub first: Option<FirstMove<'a>>,
    /// How long checking usually takes, "1 business day".
    pub review_time: &'a str,
    /// How long the losing carrier usually takes to answer, "3 to 7 business days".
    pub carrier_time: &'a str,
}

/// Tells the requester that we have the request, what happens next and not to cancel the old service.
pub fn request_received(to: &str, facts: &RequestReceived<'_>) -> Letter {
    let request = facts.request;
    let again = if 1 < facts.attempt { "corrected " } else { "" };
    let subject = match request.name {
        Some(_) => format!("We received your {again}request: {}", request.subject_name()),
        None => format!("We received your {again}port-in request"),
    };
    letter!(
        LetterKind::RequestReceived,
        to,
        Page::of_request(request, "In Review", &subject, format!("We received your {again}request")),
        facts,
        RequestReceived,
        "mail/request_received.txt",
        "mail/request_received.html"
    )
}

/// E8: the losing carrier has the request.
#[derive(Debug, Clone, Copy)]
pub struct SentToCarrier<'a> {
    pub request: PortRequestFacts<'a>,
    /// The day in words, "Tuesday, June 2, 2026".
    pub sent_on: &'a str,
    /// How long the losing carrier usually takes to answer, "3 to 7 business days".
    pub carrier_time: &'a str,
}

/// Tells the requester that the request is with the losing carrier.
pub fn sent_to_carrier(to: &str, facts: &SentToCarrier<'_>) -> Letter {
    let request = facts.request;
    let subject = format!("Sent to {}: {}", request.losing_carrier, request.subject_name());
    letter!(
        LetterKind::SentToCarrier,
        to,
        Page::of_request(request, "In Progress", &subject, format!("Sent to {}", request.losing_carrier)),
        facts,
        SentToCarrier,
        "mail/sent_to_carrier.txt",
        "mail/sent_to_carrier.html"
    )
}

/// E9: the losing carrier has committed to a window (FOC).
#[derive(Debug, Clone, Copy)]
pub struct FocConfirmed<'a> {
    pub request: PortRequestFacts<'a>,
    /// How many numbers move in this window.
    pub moving: usize,
    /// The window in words with its zone, "Tue, Jun 9, 2026, 10:00 AM–2:00 PM EDT".
    pub window: &'a str,
    /// Where a calendar entry can be had, if anywhere.
    pub calendar_url: Option<&'a str>,
}

impl FocConfirmed<'_> {
    fn moving(&self) -> String {
        moving(self.moving, self.request)
    }
}

/// Tells the requester the move date and what to do before it.
pub fn foc_confirmed(to: &str, facts: &FocConfirmed<'_>) -> Letter {
    let request = facts.request;
    let subject = format!("Move date confirmed for {}: {}", request.subject_name(), facts.window);
    letter!(
        LetterKind::FocConfirmed,
        to,
        Page::of_request(request, "In Progress", &subject, "Your move date is confirmed"),
        facts,
        FocConfirmed,
        "mail/foc_confirmed.txt",
        "mail/foc_confirmed.html"
    )
}

/// E9b: the window has changed.
#[derive(Debug, Clone, Copy)]
pub struct FocChanged<'a> {
    pub request: PortRequestFacts<'a>,
    /// How many numbers move in the new window.
    pub moving: usize,
    /// The new window in words with its zone.
    pub window: &'a str,
    /// The window that no longer holds, in words with its zone.
    pub old_window: &'a str,
    pub calendar_url: Option<&'a str>,
}

impl FocChanged<'_> {
    fn moving(&self) -> String {
        moving(self.moving, self.request)
    }
}

/// Tells the requester the new move date and what to do before it.
pub fn foc_changed(to: &str, facts: &FocChanged<'_>) -> Letter {
    let request = facts.request;
    let subject = format!("Move date changed for {}: now {}", request.subject_name(), facts.window);
    letter!(
        LetterKind::FocChanged,
        to,
        Page::of_request(request, "In Progress", &subject, "Your move date has changed"),
        facts,
        FocChanged,
        "mail/foc_changed.txt",
        "mail/foc_changed.html"
    )
}

/// "3 numbers", or "3 of your 12 numbers" when the window is for some.
fn moving(moving: usize, request: PortRequestFacts<'_>) -> String {
    if moving < request.number_count {
        format!("{moving} of your {}", counted(request.number_count))
    } else {
        request.numbers()
    }
}
