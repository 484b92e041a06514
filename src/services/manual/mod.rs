//! The manual port request: from the form of somebody without an account to a request that the desk carries, and the page on
//! which they follow it.
//!
//! Whoever bears a secret may go on with a draft; whoever bears a link out of a mail may follow the one request that the mail
//! is about. Nothing here tells what else the desk knows.

mod answered;
mod confirm;
mod contact;
mod draft;
mod enter;
mod findings;
mod letters;
mod save;
mod send;
mod status;
mod sweep;

pub use answered::of_request;
pub(super) use confirm::waits_for_mailbox;
pub use confirm::{Confirmed, SentForm, Standing, confirm, confirm_by_contact, send_again, take_back, unconfirmed};
pub use contact::Contact;
pub use draft::{Corrected, ManualError, Opened, attach, count_upload, open, start};
pub use findings::{consent_texts, first_refused, of_consents, of_page, refused_before, unfinished};
pub use save::{TRAP_FIELD, save};
pub use send::{Outcome, Pressed, SEND_FIELD, refused, submit};
pub use status::{add_document, begin_correction, cancel, mail_new_link};
pub use sweep::{remove_abandoned, unproven};

use chrono::Duration;

use crate::store::throttle::Limit;

/// Drafts that one client may begin.
pub(super) const STARTS: Limit = Limit { scope: "manual_start", tries: 20, within: Duration::minutes(10) };
/// Files that one client may send.
pub(super) const UPLOADS: Limit = Limit { scope: "manual_upload", tries: 100, within: Duration::minutes(60) };
/// The same in a day: what they replaced or gave up lies here until it is swept.
pub(super) const UPLOADS_A_DAY: Limit = Limit { scope: "manual_upload_day", tries: 300, within: Duration::hours(24) };
/// Requests that one client may send.
pub(super) const SENT: Limit = Limit { scope: "manual_sent", tries: 20, within: Duration::minutes(60) };
/// Mails that ask one address to confirm something: whoever fills the form may name anybody's.
pub(super) const ASKED: Limit = Limit { scope: "manual_asked", tries: MOST_ASKED, within: Duration::minutes(60) };
/// How many those are, so that pages can tell.
pub const MOST_ASKED: i64 = 10;
/// Location IDs that one client may try.
pub(super) const LOCATIONS: Limit = Limit { scope: "manual_location", tries: 20, within: Duration::minutes(10) };
/// Mails with a link that may be asked for about one request at one address.
pub(super) const LINKS: Limit = Limit { scope: "manual_link", tries: 5, within: Duration::minutes(60) };
/// Mails that ask to confirm one request.
pub(super) const CONFIRMATIONS: Limit = Limit { scope: "manual_confirmation", tries: 5, within: Duration::minutes(60) };
/// Questions for a new link that one client may ask.
pub(super) const LINKS_PER_CLIENT: Limit =
    Limit { scope: "manual_link_client", tries: 20, within: Duration::minutes(60) };
/// A draft that was never sent and that nobody saved for this long is removed with its files.
pub const UNSENT_FOR: Duration = Duration::hours(48);
/// How long a mailbox may be confirmed after sending, and how long a form that is open again waits.
pub const CONFIRM_WITHIN: Duration = Duration::days(7);
/// How long the links of a request open after it has ended.
pub const FOLLOWED_FOR: Duration = Duration::days(90);
