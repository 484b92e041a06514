//! Sending a letter again: one that was given up, or one that did not arrive.

use chrono::NaiveDateTime;

use super::note::Note;
use crate::{
    domain::people::Reviewer,
    store::{self, Conn, StoreError, outbox::QueuedLetter},
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
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a letter is not sent again, if it is not.
pub fn refusal(letter: &QueuedLetter) -> Option<ResendError> {
    if letter.state == "queued" {
        return Some(ResendError::Queued);
    }
    letter.link_purpose.as_ref()?;
    if letter.user_id.is_none() {
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
    match store::outbox::send_again(conn, id, now) {
        Err(StoreError::Stale) => return Err(ResendError::Queued),
        other => other?,
    }
    let Some(request) = letter.port_request_id else { return Ok(()) };
    let request = store::port_requests::get(conn, request)?;
    Ok(Note::of_desk("mail_sent_again", &letter.subject).write(conn, &request, &by.person, now)?)
}
