//! Following a request without an account: by a private link out of any mail about it.

use chrono::NaiveDateTime;

use super::{FOLLOWED_FOR, LINKS, LINKS_PER_CLIENT, answered, contact::Contact, draft::ManualError, letters};
use crate::{
    domain::{contact::EmailAddress, request_sid::RequestSid, stage::Stage},
    services::{
        cancel_request::{self, CancelError},
        documents::Attached,
        house::House,
        note::Note,
    },
    store::{self, Conn, StoreError, documents::NewDocument},
    vault::Token,
};

/// Most documents that a request of the manual form has.
const MOST_DOCUMENTS: usize = 20;

/// Mails a new link to whoever has a request under this SID at this address. The caller's answer is the same either way.
pub fn mail_new_link(
    conn: &mut Conn,
    house: &House,
    sid: &str,
    email: &str,
    network: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let Some(sid) = RequestSid::parse(sid) else { return Ok(()) };
    let key = store::users::email_key(email);
    // The client first: whoever asks too often uses up nobody else's tries.
    let client = house.vault.keyed_hash(LINKS_PER_CLIENT.scope, network);
    let pair = house.vault.keyed_hash(LINKS.scope, &format!("{key} {sid}"));
    for (limit, key) in [(LINKS_PER_CLIENT, client), (LINKS, pair)] {
        if store::throttle::note_allowed(conn, limit, &key, now)?.is_err() {
            return Ok(());
        }
    }
    if let Some(draft) = store::manual_drafts::unconfirmed(conn, &house.vault, &sid)? {
        let answers = &draft.answers;
        let theirs = store::users::email_key(&answers.submitter.email) == key && !answers.trapped;
        return match EmailAddress::parse(&answers.submitter.email) {
            Ok(email) if theirs => letters::put_confirmation(conn, house, &draft, email.as_str(), now),
            _ => Ok(()),
        };
    }
    let request = match store::port_requests::find(conn, &sid) {
        Ok(request) => request,
        Err(StoreError::NotFound) => return Ok(()),
        Err(error) => return Err(error),
    };
    let is_over = request.closed_at.is_some_and(|at| at < now - FOLLOWED_FOR);
    let contact = store::users::find(conn, request.submitted_by)?;
    if !request.is_manual() || is_over || store::users::email_key(&contact.email) != key {
        return Ok(());
    }
    letters::put_status_link(conn, house, &request, now)
}

/// Cancels the request; a second press finds it canceled.
pub fn cancel(
    conn: &mut Conn,
    house: &House,
    contact: &Contact,
    reason: &str,
    now: NaiveDateTime,
) -> Result<(), CancelError> {
    cancel_request::cancel_by_contact(conn, house, contact, reason, now)
}

/// Begins to correct a rejected request under a new secret: the form with the old answers. Changes that were typed before
/// are gone on with.
pub fn begin_correction(
    conn: &mut Conn,
    house: &House,
    contact: &Contact,
    secret: &Token,
    now: NaiveDateTime,
) -> Result<(), ManualError> {
    store::turns::of_request(conn, contact.port_request_id())?;
    let request = store::port_requests::get(conn, contact.port_request_id())?;
    if request.stage != Stage::Rejected {
        return Err(StoreError::Stale.into());
    }
    let begun = match store::manual_drafts::open_correction(conn, &house.vault, request.id)? {
        Some(draft) => Some(store::manual_drafts::get_in_turn(conn, &house.vault, draft.id)?),
        None => None,
    };
    let mut answers = match &begun {
        Some(draft) => draft.answers.clone(),
        None => answered::of_request(conn, house, &request)?,
    };
    // Whoever opens the next link sees no PIN that was typed by the one before.
    answers.request.accept_numbers(now);
    answers.request.memory = answers.request.memory.for_new_draft();
    let id = store::manual_drafts::add(conn, &house.vault, secret, &answers, Some(request.id), now)?;
    // The files go with the answers; the form in the other browser says that it is closed.
    if let Some(draft) = begun {
        store::manual_files::hand_over(conn, draft.id, id)?;
        store::manual_drafts::close(conn, &house.vault, draft.id, now)?;
    }
    Ok(())
}

/// Adds a document that came after the request was sent.
pub fn add_document(
    conn: &mut Conn,
    contact: &Contact,
    new: &NewDocument,
    now: NaiveDateTime,
) -> Result<Attached, StoreError> {
    store::turns::of_request(conn, contact.port_request_id())?;
    let request = store::port_requests::get(conn, contact.port_request_id())?;
    if request.stage.is_final() {
        return Err(StoreError::Stale);
    }
    let there = store::documents::of_request(conn, request.id)?;
    if let Some(same) = there.iter().find(|document| document.sha256 == new.sha256) {
        return Ok(Attached::Merged(same.file_name.clone()));
    }
    if MOST_DOCUMENTS <= there.len() {
        return Ok(Attached::Full);
    }
    store::documents::add(conn, &request, new, now)?;
    store::documents::note_added(conn, request.id, &new.public_id, now)?;
    store::port_requests::note_newer(conn, &request)?;
    Note::open("document_added", &new.file_name).write(conn, &request, contact.person(), now)?;
    Ok(Attached::Added)
}
