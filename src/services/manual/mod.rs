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
pub use confirm::{Unconfirmed, confirm, confirm_by_contact, send_again, unconfirmed};
pub use contact::Contact;
pub use draft::{Corrected, ManualError, Opened, attach, count_upload, open, start};
pub use findings::{consent_texts, of_consents, of_page, unfinished};
pub use save::{TRAP_FIELD, save};
pub use send::{Outcome, refused, submit};
pub use status::{add_document, begin_correction, cancel, mail_new_link};
pub use sweep::remove_abandoned;

use chrono::Duration;

use crate::store::throttle::Limit;

/// Drafts that one client may begin.
pub(super) const STARTS: Limit = Limit { scope: "manual_start", tries: 20, within: Duration::minutes(10) };
/// Files that one client may send.
pub(super) const UPLOADS: Limit = Limit { scope: "manual_upload", tries: 100, within: Duration::minutes(60) };
/// Requests that one address may send.
pub(super) const SENT: Limit = Limit { scope: "manual_sent", tries: 5, within: Duration::minutes(60) };
/// Location IDs that one client may try.
pub(super) const LOCATIONS: Limit = Limit { scope: "manual_location", tries: 20, within: Duration::minutes(10) };
/// Mails with a link that may be asked for about one request at one address.
pub(super) const LINKS: Limit = Limit { scope: "manual_link", tries: 5, within: Duration::minutes(60) };
/// Mails that ask to confirm one request.
pub(super) const CONFIRMATIONS: Limit = Limit { scope: "manual_confirmation", tries: 5, within: Duration::minutes(60) };
/// Questions for a new link that one client may ask.
pub(super) const LINKS_PER_CLIENT: Limit =
    Limit { scope: "manual_link_client", tries: 20, within: Duration::minutes(60) };
/// A draft that nobody saved for this long is removed with its files.
pub const UNSENT_FOR: Duration = Duration::hours(48);
/// How long a mailbox may be confirmed after sending.
pub const CONFIRM_WITHIN: Duration = Duration::days(7);
/// How long the links of a request open after it has ended.
pub const FOLLOWED_FOR: Duration = Duration::days(90);
