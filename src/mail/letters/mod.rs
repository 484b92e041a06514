//! Every letter of the desk: a plain struct of facts in, a [`Letter`] out.
//!
//! No struct here has a place for a PIN, Social Security digits or an account number, so none can be sent;
//! in the few sentences that people type they are masked. Dates
//! and windows come as words with their zone, because only the caller knows the location's zone.

mod account;
mod before_port;
mod draft;
mod loa;
mod manual;
mod mask;
mod outcome;
mod page;

pub use account::{Invitation, NewSignIn, PasswordReset, invitation, new_sign_in, password_reset};
pub use before_port::{
    FirstMove, FocChanged, FocConfirmed, RequestReceived, SentToCarrier, foc_changed, foc_confirmed, request_received,
    sent_to_carrier,
};
pub use draft::{DraftSaved, draft_saved};
pub use loa::{
    Answer, LoaAnswered, LoaCode, LoaExpired, LoaFacts, LoaPdf, LoaReminder, LoaReplaced, LoaRequest, LoaSigned,
    LoaSignedCopy, LoaWithdrawn, ReplacedBecause, SealProblem, Why, WithdrawnBecause, loa_answered, loa_code,
    loa_expired, loa_reminder, loa_replaced, loa_request, loa_signed, loa_signed_copy, loa_withdrawn, seal_problem,
};
pub use manual::{AfterConfirming, ConfirmMailbox, NewStatusLink, confirm_mailbox, new_status_link};
pub use outcome::{
    Canceled, Completed, Kinds, PartiallyCompleted, Rejected, RejectionPoint, canceled, completed, partially_completed,
    rejected,
};

use super::PRIVATE_LINK_MARKER;

/// In whose name a letter is written.
#[derive(Debug, Clone, Copy)]
pub struct BrandFacts<'a> {
    /// The product's name as people see it.
    pub brand: &'a str,
    pub support_email: &'a str,
    /// Where the desk lives, without a slash at the end.
    pub base_url: &'a str,
    /// The colour of the button, as `#rrggbb`; white must be readable on it.
    pub accent: &'a str,
}

/// The port request that a letter is about.
#[derive(Debug, Clone, Copy)]
pub struct PortRequestFacts<'a> {
    pub brand: BrandFacts<'a>,
    /// What its owner calls it, if anything.
    pub name: Option<&'a str>,
    /// The Request SID, `PR-7Q4M2-XKD9B`.
    pub sid: &'a str,
    pub losing_carrier: &'a str,
    pub number_count: usize,
    /// The location that gets the numbers.
    pub location: &'a str,
    /// The reader has no account (manual form): the main link is private, and stands as [`PRIVATE_LINK_MARKER`].
    pub by_private_link: bool,
}

/// The longest request name that a subject carries whole, in characters; the SID must stay in sight.
const NAME_IN_SUBJECT: usize = 60;

impl PortRequestFacts<'_> {
    /// The name for a subject, shortened when long; "your port-in request" when there is none.
    fn subject_name(&self) -> String {
        shortened_name(self.name.unwrap_or("your port-in request"))
    }

    /// "1 number", "12 numbers".
    fn numbers(&self) -> String {
        counted(self.number_count)
    }

    /// The address of the request's page.
    fn url(&self) -> String {
        self.page_url("")
    }

    /// The address of a page below the request's; private readers have one page for all.
    fn page_url(&self, below: &str) -> String {
        if self.by_private_link {
            return PRIVATE_LINK_MARKER.to_owned();
        }
        format!("{}/port-requests/{}{below}", self.brand.base_url.trim_end_matches('/'), self.sid)
    }
}

/// A name for a subject, shortened when long.
fn shortened_name(name: &str) -> String {
    if name.chars().count() <= NAME_IN_SUBJECT {
        return name.to_owned();
    }
    let start: String = name.chars().take(NAME_IN_SUBJECT - 1).collect();
    format!("{}…", start.trim_end())
}

/// "1 number", "12 numbers".
fn counted(count: usize) -> String {
    if count == 1 { "1 number".to_owned() } else { format!("{count} numbers") }
}
