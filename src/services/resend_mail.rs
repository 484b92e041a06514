//! Sending a letter again: one that was given up, or one that did not arrive.

use chrono::NaiveDateTime;

use super::note::Note;
use crate::{
    domain::{loa::LoaState, people::Reviewer},
    mail::LetterKind,
    store::{self, Conn, StoreError, contact_links::ContactLink, outbox::QueuedLetter},
};

#[derive(Debug, thiserror::Error)]
pub enum ResendError {
    #[error("It is in the queue already.")]
    Queued,
    /// Its link would be made anew, beside the limits that hold for asking for one.
    #[error("Its private link went out once. Invite the person again, or let them ask for a new link.")]
    LinkSent,
    /// There is nobody left for whom a link could be made.
    #[error("The person it was for was taken out, so there is nobody to send it to.")]
    Withdrawn,
    /// A new link or code would be for a letter that is signed or withdrawn.
    #[error("It is about something that nobody waits for any more.")]
    NotAwaited,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a letter is not sent again, if it is not.
pub fn refusal(letter: &QueuedLetter) -> Option<ResendError> {
    if letter.state == "queued" {
        return Some(ResendError::Queued);
    }
    if letter.state == "dropped" {
        return Some(ResendError::NotAwaited);
    }
    let has_reader = match ContactLink::from_code(letter.link_purpose.as_deref()?) {
        Some(ContactLink::Confirmation) => letter.manual_draft.is_some(),
        Some(ContactLink::Status) => letter.port_request_id.is_some(),
        None => letter.user_id.is_some(),
    };
    if !has_reader {
        return Some(ResendError::Withdrawn);
    }
    (letter.state == "sent").then_some(ResendError::LinkSent)
}

/// Puts a letter into the queue again.
pub fn send_again(conn: &mut Conn, by: &Reviewer, id: i64, now: NaiveDateTime) -> Result<(), ResendError> {
    let letter = store::outbox::find(conn, id)?;
    if let Some(refusal) = refusal(&letter) {
        return Err(refusal);
    }
    if is_moot(conn, &letter)? {
        return Err(ResendError::NotAwaited);
    }
    match store::outbox::send_again(conn, id, now) {
        Err(StoreError::Stale) => return Err(ResendError::Queued),
        other => other?,
    }
    let Some(request) = letter.port_request_id else { return Ok(()) };
    let request = store::port_requests::get(conn, request)?;
    Ok(Note::of_desk("mail_sent_again", &letter.subject).write(conn, &request, &by.person, now)?)
}

/// Whether the letter carries a link or code for a letter of authorization that waits for no signature any more.
fn is_moot(conn: &mut Conn, letter: &QueuedLetter) -> Result<bool, StoreError> {
    let Some(loa) = letter.loa else { return Ok(false) };
    let secret = LetterKind::from_code(&letter.kind).and_then(LetterKind::signer_secret);
    Ok(secret.is_some() && store::loas::get(conn, loa)?.state != LoaState::Pending)
}
