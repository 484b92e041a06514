//! Sending a letter again: one that was given up, or one that did not arrive.

use chrono::NaiveDateTime;

use super::note::Note;
use crate::{
    domain::people::Reviewer,
    store::{self, Conn, StoreError},
};

/// Puts a letter into the queue again. `Stale` when it is there already.
pub fn send_again(conn: &mut Conn, by: &Reviewer, id: i64, now: NaiveDateTime) -> Result<(), StoreError> {
    let letter = store::outbox::find(conn, id)?;
    // Its link would be made anew, beside the limits that hold for asking for one.
    if letter.link_purpose.is_some() && letter.state == "sent" {
        return Err(StoreError::Stale);
    }
    store::outbox::send_again(conn, id, now)?;
    let Some(request) = letter.port_request_id else { return Ok(()) };
    let request = store::port_requests::get(conn, request)?;
    Note::of_desk("mail_sent_again", &letter.subject).write(conn, &request, &by.person, now)
}
