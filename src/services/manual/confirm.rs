//! Proving the mailbox: the link that was mailed to it puts the request before the desk.

use chrono::NaiveDateTime;

use super::{
    CONFIRMATIONS, FOLLOWED_FOR,
    contact::Contact,
    draft::{ManualError, Opened, location},
    enter, findings, letters, send,
};
use crate::{
    domain::{contact::EmailAddress, manual::ManualPage, request_sid::RequestSid},
    services::{house::House, note::Note},
    store::{self, Conn, StoreError, manual_drafts::ManualDraft},
    vault::Token,
};

/// A request of the manual form, as whoever has its link or its secret may see it.
#[derive(Debug, Clone)]
pub struct Unconfirmed {
    pub sid: RequestSid,
    /// Where the link went, "d•••@example.com".
    pub masked_email: String,
    /// The same as it was typed, for whoever filled the form, while nobody has confirmed it.
    pub email: String,
    pub losing_carrier: String,
    /// Whether the mailbox is proven, so that the desk has it.
    pub is_confirmed: bool,
    /// Whether the desk looks at it already, proven or not.
    pub is_with_desk: bool,
    /// Whether the form was opened again, and waits to be sent.
    pub is_open: bool,
}

/// What became of a link that was pressed.
#[derive(Debug)]
pub enum Confirmed {
    /// The desk has the request; a new link to its status.
    Status(Token),
    /// What it names was changed since it was sent. The form is open again under this secret, with all that was typed.
    Reopened(Token),
}

impl Unconfirmed {
    /// A draft that was sent, as its submitter sees it; nothing for one that is closed.
    pub fn load(conn: &mut Conn, draft: &ManualDraft) -> Result<Option<Self>, StoreError> {
        let Some(sid) = draft.sid.clone() else { return Ok(None) };
        let (email, losing_carrier, is_confirmed) = if let Some(request) = draft.port_request_id {
            let request = store::port_requests::get(conn, request)?;
            let contact = store::users::find(conn, request.submitted_by)?;
            (contact.email, request.losing_carrier, request.confirmed_at.is_some())
        } else {
            let numbers = &draft.answers.request.numbers;
            (draft.answers.submitter.email.clone(), numbers.losing_carrier.trim().to_owned(), false)
        };
        let masked_email = EmailAddress::parse(&email).map(|email| email.masked()).unwrap_or_default();
        let (is_with_desk, is_open) = (draft.port_request_id.is_some(), draft.sent_at.is_none());
        Ok(Some(Self { sid, masked_email, email, losing_carrier, is_confirmed, is_with_desk, is_open }))
    }
}

/// Whether a mailed link would still confirm anything.
pub(crate) fn waits_for_mailbox(conn: &mut Conn, house: &House, draft: i64, to: &str) -> Result<bool, StoreError> {
    let draft = store::manual_drafts::get(conn, &house.vault, draft)?;
    if let Some(request) = draft.port_request_id {
        return Ok(store::port_requests::get(conn, request)?.confirmed_at.is_none());
    }
    // A form that was taken back may name another mailbox by now, or before it is sent: a link to this one proved that one.
    let stays = draft.sent_at.is_some() || draft.answers.mailbox_proven;
    Ok(stays && store::users::email_key(&draft.answers.submitter.email) == store::users::email_key(to))
}

/// What a mailed link would confirm. `NotFound` for a link that is unknown or whose request was given up.
pub fn unconfirmed(
    conn: &mut Conn,
    house: &House,
    token: &Token,
    now: NaiveDateTime,
) -> Result<Unconfirmed, StoreError> {
    let draft = draft_behind(conn, house, token, now)?;
    let draft = store::manual_drafts::get(conn, &house.vault, draft)?;
    Unconfirmed::load(conn, &draft)?.ok_or(StoreError::NotFound)
}

/// Confirms the mailbox: the request comes before the desk, by the first press of the button.
pub fn confirm(conn: &mut Conn, house: &House, token: &Token, now: NaiveDateTime) -> Result<Confirmed, StoreError> {
    let draft = draft_behind(conn, house, token, now)?;
    let draft = store::manual_drafts::get_in_turn(conn, &house.vault, draft)?;
    let request = match draft.port_request_id {
        Some(request) => request,
        None => match enter_now(conn, house, &draft, now)? {
            Some(request) => request,
            None => return reopen(conn, house, draft, now),
        },
    };
    prove(conn, request, now)?;
    let status = Token::new();
    store::contact_links::add_status(conn, request, &status, now)?;
    Ok(Confirmed::Status(status))
}

/// Gives the form to whoever has its mailbox, in whatever browser: under a new secret, as the old one is known by its hash
/// alone.
fn reopen(conn: &mut Conn, house: &House, draft: ManualDraft, now: NaiveDateTime) -> Result<Confirmed, StoreError> {
    let (secret, mut answers) = (Token::new(), draft.answers);
    answers.mailbox_proven = true;
    answers.request.accept_numbers(now);
    answers.request.memory = answers.request.memory.for_new_draft();
    store::manual_drafts::reopen(conn, &house.vault, draft.id, &secret, &answers, now)?;
    Ok(Confirmed::Reopened(secret))
}

/// The same by a link out of another mail to that mailbox.
pub fn confirm_by_contact(conn: &mut Conn, contact: &Contact, now: NaiveDateTime) -> Result<(), StoreError> {
    prove(conn, contact.port_request_id(), now)
}

/// Notes that the mailbox is proven: from now on the request holds its numbers, as far as they are free.
pub(super) fn prove(conn: &mut Conn, request: i64, now: NaiveDateTime) -> Result<(), StoreError> {
    store::turns::of_request(conn, request)?;
    let before = store::port_requests::get(conn, request)?;
    if before.confirmed_at.is_some() {
        return Ok(());
    }
    store::port_requests::note_confirmed(conn, request, now)?;
    if !before.stage.is_final() {
        let numbers = store::numbers::open_of(conn, request)?;
        store::number_claims::claim_free(conn, &before, &numbers, now)?;
    }
    let contact = store::users::find(conn, before.submitted_by)?.person();
    Note::of_desk("mailbox_confirmed", "").write(conn, &before, &contact, now)
}

/// The draft of a link, by row; none of a request that ended too long ago.
fn draft_behind(conn: &mut Conn, house: &House, token: &Token, now: NaiveDateTime) -> Result<i64, StoreError> {
    let draft = store::contact_links::draft_of(conn, token)?;
    let Some(request) = store::manual_drafts::get(conn, &house.vault, draft)?.port_request_id else { return Ok(draft) };
    let closed_at = store::port_requests::get(conn, request)?.closed_at;
    if closed_at.is_some_and(|at| at < now - FOLLOWED_FOR) { Err(StoreError::NotFound) } else { Ok(draft) }
}

/// Nothing for a form that is open, or has to be opened again: its location moved, a kind of number is not taken any more.
fn enter_now(
    conn: &mut Conn,
    house: &House,
    draft: &ManualDraft,
    now: NaiveDateTime,
) -> Result<Option<i64>, StoreError> {
    let (Some(sid), Some(sent_at)) = (&draft.sid, draft.sent_at) else { return Ok(None) };
    let opened = Opened {
        location: location(conn, &draft.answers)?,
        files: store::manual_files::of_draft(conn, draft.id)?,
        draft: draft.clone(),
        corrected: None,
    };
    // By the calendar of the day on which it was sent: what was in order then is not refused for a weekend in between.
    let checked = opened.answers().checked(&opened.rules(house, sent_at), opened.files_kept());
    let fits = findings::of_page(conn, house, &opened, ManualPage::Details, sent_at)?.is_empty();
    let Some((checked, location)) = checked.zip(opened.location.as_ref()).filter(|_| fits) else { return Ok(None) };
    let request = enter::enter(conn, house, &opened, location, sid, &checked, now)?;
    send::entered(conn, house, draft.id, request, now)?;
    Ok(Some(request))
}

/// Opens the form again for whoever filled it, before its mailbox is proven: its address may be mistyped. Links that were
/// mailed open nothing any more. Says whether it was done.
pub fn take_back(conn: &mut Conn, house: &House, secret: &Token, now: NaiveDateTime) -> Result<bool, StoreError> {
    let draft = store::manual_drafts::find_in_turn(conn, &house.vault, secret)?;
    let waits = draft.sid.is_some() && draft.sent_at.is_some() && draft.port_request_id.is_none();
    if waits {
        store::contact_links::remove_of_draft(conn, draft.id)?;
        store::manual_drafts::reopen(conn, &house.vault, draft.id, secret, &draft.answers, now)?;
    }
    Ok(waits)
}

/// Mails the link again, for whoever filled the form; says whether there was anything to confirm. More than a few in an hour
/// are refused.
pub fn send_again(conn: &mut Conn, house: &House, secret: &Token, now: NaiveDateTime) -> Result<bool, ManualError> {
    let draft = store::manual_drafts::find_in_turn(conn, &house.vault, secret)?;
    let waits = Unconfirmed::load(conn, &draft)?.is_some_and(|sent| !sent.is_confirmed && !sent.is_open);
    if !waits {
        return Ok(false);
    }
    let one = house.vault.keyed_hash(CONFIRMATIONS.scope, &draft.id.to_string());
    if let Err(minutes) = store::throttle::note_allowed(conn, CONFIRMATIONS, &one, now)? {
        return Err(ManualError::Throttled(minutes));
    }
    let email = match draft.port_request_id {
        Some(request) => {
            let request = store::port_requests::get(conn, request)?;
            store::users::find(conn, request.submitted_by)?.email
        }
        None => draft.answers.submitter.email.trim().to_owned(),
    };
    if !draft.answers.trapped {
        letters::put_confirmation(conn, house, &draft, &email, now)?;
    }
    Ok(true)
}
