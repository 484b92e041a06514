//! Letters on how it went: completed, moved in part, rejected, canceled.

use super::mask::mask;
use super::page::{Page, letter};
use super::{PortRequestFacts, counted};
use crate::mail::{Letter, LetterKind};

const US_LOCAL: &str = "US local numbers that text: check that each one is attached to your approved A2P 10DLC brand \
    and campaign. Approvals do not move with a number by themselves, and carriers block texts without them.";

/// How many numbers a letter lists before it says "and 5 more".
const LISTED_NUMBERS: usize = 10;

/// What is among the numbers of a request: each kind has checks of its own after the move.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kinds {
    pub us_local: bool,
    pub toll_free: bool,
    /// Numbers of another country.
    pub foreign: bool,
}

/// E10: all numbers have moved.
#[derive(Debug, Clone, Copy)]
pub struct Completed<'a> {
    pub request: PortRequestFacts<'a>,
    /// The day of the last move in words with its zone where a time is told.
    pub moved_on: &'a str,
    pub kinds: Kinds,
    /// Whether every number of the account moved; otherwise, or where nobody knew, the account stays.
    pub leaves_carrier: bool,
}

impl Completed<'_> {
    /// What to check, in this order; the old account comes last.
    fn checks(&self) -> Vec<String> {
        let Kinds { us_local, toll_free, foreign } = self.kinds;
        let last = self.old_account();
        let checks = [
            (true, "Call each number. A number may show as pending until its first call."),
            (true, "Send a text from each number and receive one. Texts can take up to 3 days after a move."),
            (us_local, US_LOCAL),
            (toll_free, "Toll-free numbers: check that toll-free verification is done before you text."),
            (
                foreign,
                "Numbers outside the US: check that the regulatory bundles and addresses they need are approved.",
            ),
            (true, &last),
        ];
        checks.into_iter().filter(|(fits, _)| *fits).map(|(_, check)| check.to_owned()).collect()
    }

    fn old_account(&self) -> String {
        let carrier = self.request.losing_carrier;
        if self.leaves_carrier {
            return format!("Last of all, when calls and texts work: cancel your account with {carrier}.");
        }
        format!(
            "Last of all, when calls and texts work: have {carrier} take only the numbers that moved off your account. \
             Keep the account for the numbers that stay."
        )
    }
}

/// Tells the requester that all numbers moved: first what to check, last what becomes of the old account.
pub fn completed(to: &str, facts: &Completed<'_>) -> Letter {
    let request = facts.request;
    let done = format!("Done: {} moved", request.numbers());
    letter!(
        LetterKind::Completed,
        to,
        Page::of_request(request, "Completed", &format!("{done} for {}", request.subject_name()), done),
        facts,
        Completed,
        "mail/completed.txt",
        "mail/completed.html"
    )
}

/// E10b: some numbers have moved.
#[derive(Debug, Clone, Copy)]
pub struct PartiallyCompleted<'a> {
    pub request: PortRequestFacts<'a>,
    /// How many have moved so far.
    pub moved: usize,
    /// The day in words.
    pub moved_on: &'a str,
    /// The numbers still with the losing carrier, as "(212) 555-0142".
    pub remaining: &'a [&'a str],
    /// Their window in words with its zone, if the carrier has named one.
    pub next_window: Option<&'a str>,
}

impl PartiallyCompleted<'_> {
    fn listed(&self) -> &[&str] {
        self.remaining.get(..LISTED_NUMBERS).unwrap_or(self.remaining)
    }

    fn unlisted(&self) -> usize {
        self.remaining.len().saturating_sub(LISTED_NUMBERS)
    }

    fn remaining_count(&self) -> String {
        counted(self.remaining.len())
    }

    fn verb(&self) -> &'static str {
        if self.remaining.len() == 1 { "is" } else { "are" }
    }
}

/// Tells the requester which numbers moved, which did not, and to keep the old service on.
pub fn partially_completed(to: &str, facts: &PartiallyCompleted<'_>) -> Letter {
    let request = facts.request;
    let moved = format!("{} of {} moved", facts.moved, request.numbers());
    letter!(
        LetterKind::PartiallyCompleted,
        to,
        Page::of_request(request, "In Progress", &format!("{moved} for {}", request.subject_name()), moved),
        facts,
        PartiallyCompleted,
        "mail/partially_completed.txt",
        "mail/partially_completed.html"
    )
}

/// One reason of a rejection, in the customer's words.
#[derive(Debug, Clone, Copy)]
pub struct RejectionPoint<'a> {
    /// What is wrong, "Verizon refused the PIN for (646) 555-0187". A number may stand here, a PIN never.
    pub title: &'a str,
    /// What is done about it.
    pub what_to_do: &'a str,
}

/// E11: the request needs the requester's hand.
#[derive(Debug, Clone, Copy)]
pub struct Rejected<'a> {
    pub request: PortRequestFacts<'a>,
    /// Whether the losing carrier said no; otherwise the desk did.
    pub by_carrier: bool,
    /// What the requester puts right.
    pub points: &'a [RejectionPoint<'a>],
    /// What the desk or the carrier settles without them.
    pub ours: &'a [RejectionPoint<'a>],
}

/// Tells the requester every reason, what to do about it, and where.
pub fn rejected(to: &str, facts: &Rejected<'_>) -> Letter {
    let request = facts.request;
    let (masked, masked_ours) = (masked(facts.points), masked(facts.ours));
    let (points, ours) = (points(&masked), points(&masked_ours));
    let facts = &Rejected { points: &points, ours: &ours, ..*facts };
    let what = match facts.points {
        [only] => only.title.trim_end_matches('.').to_owned(),
        points => format!("{} things to fix", points.len()),
    };
    let subject = format!("Action needed for {}: {what}", request.subject_name());
    letter!(
        LetterKind::Rejected,
        to,
        Page::of_request(request, "Rejected", &subject, "Your request needs a fix")
            .leading_to("Fix and resubmit", request.page_url("/fix")),
        facts,
        Rejected,
        "mail/rejected.txt",
        "mail/rejected.html"
    )
}

fn masked(points: &[RejectionPoint<'_>]) -> Vec<(String, String)> {
    points.iter().map(|point| (mask(point.title), mask(point.what_to_do))).collect()
}

fn points(masked: &[(String, String)]) -> Vec<RejectionPoint<'_>> {
    masked.iter().map(|(title, what_to_do)| RejectionPoint { title, what_to_do }).collect()
}

/// E13: the request has ended without a move, or without the rest of it.
#[derive(Debug, Clone, Copy)]
pub struct Canceled<'a> {
    pub request: PortRequestFacts<'a>,
    /// Who canceled, by name, or the brand's name for the desk.
    pub by: &'a str,
    /// The day in words.
    pub canceled_on: &'a str,
    pub reason: Option<&'a str>,
    /// How many numbers had moved before.
    pub moved: usize,
    /// The whole address where a new request begins.
    pub restart_url: &'a str,
}

impl Canceled<'_> {
    fn moved_numbers(&self) -> String {
        format!("{} of {}", self.moved, self.request.numbers())
    }
}

/// Tells the requester who canceled and why, what becomes of the numbers, and how to start again.
pub fn canceled(to: &str, facts: &Canceled<'_>) -> Letter {
    let request = facts.request;
    let reason = facts.reason.map(mask);
    let facts = &Canceled { reason: reason.as_deref(), ..*facts };
    let subject = format!("Canceled: {}", request.subject_name());
    letter!(
        LetterKind::Canceled,
        to,
        Page::of_request(request, "Canceled", &subject, "Your request is canceled")
            .leading_to("Start a new request", facts.restart_url.to_owned()),
        facts,
        Canceled,
        "mail/canceled.txt",
        "mail/canceled.html"
    )
}
