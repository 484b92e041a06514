//! Proving the mailbox: the link that was mailed to it puts the request before the desk.

use chrono::NaiveDateTime;

use super::{
    CONFIRM_WITHIN, CONFIRMATIONS, FOLLOWED_FOR,
    contact::Contact,
    draft::{ManualError, Opened, location},
    enter, findings, letters, send,
};
use crate::{
    domain::{manual::ManualPage, request_sid::RequestSid, stage::Stage},
    services::{house::House, note::Note, send_request},
    store::{self, Conn, StoreError, manual_drafts::ManualDraft},
    vault::Token,
};

/// A form that has a Request SID, as whoever has its link or its secret may see it.
#[derive(Debug, Clone)]
pub struct SentForm {
    pub sid: RequestSid,
    /// As it was typed, and not masked: whoever filled the form has to see that it was mistyped.
    pub email: String,
    pub losing_carrier: String,
    pub standing: Standing,
}

/// Where a sent form stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It was opened again, and waits to be sent.
    Open,
    /// It waits for its mailbox to be confirmed.
    Waiting,
    /// The desk checks it already; its mailbox is not confirmed.
    WithDesk,
    /// The mailbox is confirmed, and the desk has it.
    Confirmed,
    /// The request ended before anybody confirmed the mailbox.
    Ended,
}

/// What became of a link that was pressed.
#[derive(Debug)]
pub enum Confirmed {
    /// The desk has the request; a new link to its status.
    Status(Token),
    /// What it names was changed since it was sent. The form is open again under this secret, with all that was typed.
    Reopened(Token),
    /// The form, which was open already, goes on under this secret.
    Open(Token),
    /// The request ended before.
    Ended,
}

impl SentForm {
    /// A draft that was sent, as its submitter sees it; nothing for one that is closed.
    pub fn load(conn: &mut Conn, draft: &ManualDraft) -> Result<Option<Self>, StoreError> {
        let Some(sid) = draft.sid.clone() else { return Ok(None) };
        let Some(request) = draft.port_request_id else {
            let standing = if draft.sent_at.is_none() { Standing::Open } else { Standing::Waiting };
            let losing_carrier = draft.answers.request.numbers.losing_carrier.trim().to_owned();
            return Ok(Some(Self { sid, email: draft.answers.submitter.email.clone(), losing_carrier, standing }));
        };
        let request = store::port_requests::get(conn, request)?;
        let standing = match request.confirmed_at {
            Some(_) => Standing::Confirmed,
            None if request.stage.is_final() => Standing::Ended,
            None => Standing::WithDesk,
        };
        let email = store::users::find(conn, request.submitted_by)?.email;
        Ok(Some(Self { sid, email, losing_carrier: request.losing_carrier, standing }))
    }
}

/// Whether a mailed link would still confirm anything. Nobody takes the form back between this look and the link.
pub(crate) fn waits_for_mailbox(conn: &mut Conn, house: &House, draft: i64, to: &str) -> Result<bool, StoreError> {
    let draft = in_turn(conn, house, draft)?;
    if let Some(request) = draft.port_request_id {
        let request = store::port_requests::get(conn, request)?;
        return Ok(request.confirmed_at.is_none() && !request.stage.is_final());
    }
    Ok(store::users::email_key(&draft.answers.submitter.email) == store::users::email_key(to))
}

/// A draft by row, with nobody else changing it; the turn of the request that it corrects comes before its own.
fn in_turn(conn: &mut Conn, house: &House, draft: i64) -> Result<ManualDraft, StoreError> {
    if let Some(request) = store::manual_drafts::get(conn, &house.vault, draft)?.corrects {
        store::turns::of_request(conn, request)?;
    }
    store::manual_drafts::get_in_turn(conn, &house.vault, draft)
}

/// What a mailed link would confirm. `NotFound` for a link that is unknown or whose request was given up.
pub fn unconfirmed(conn: &mut Conn, house: &House, token: &Token, now: NaiveDateTime) -> Result<SentForm, StoreError> {
    let draft = draft_behind(conn, house, token, now)?;
    SentForm::load(conn, &draft)?.ok_or(StoreError::NotFound)
}

/// Confirms the mailbox: the request comes before the desk, by the first press of the button.
pub fn confirm(conn: &mut Conn, house: &House, token: &Token, now: NaiveDateTime) -> Result<Confirmed, StoreError> {
    let draft = draft_behind(conn, house, token, now)?.id;
    let draft = in_turn(conn, house, draft)?;
    // Whoever had the turn before may have changed the address.
    draft_behind(conn, house, token, now)?;
    let request = match draft.port_request_id {
        Some(request) => request,
        None => match enter_now(conn, house, &draft, now)? {
            Some(request) => request,
            None => return reopen(conn, house, draft, now),
        },
    };
    if !prove(conn, house, request, now)? {
        return Ok(Confirmed::Ended);
    }
    let status = Token::new();
    store::contact_links::add_status(conn, request, &status, now)?;
    Ok(Confirmed::Status(status))
}

/// Gives the form to whoever has its mailbox, in whatever browser: under a new secret, as the old one is known by its hash
/// alone.
fn reopen(conn: &mut Conn, house: &House, draft: ManualDraft, now: NaiveDateTime) -> Result<Confirmed, StoreError> {
    let (secret, mut answers) = (Token::new(), draft.answers);
    let was_open = draft.sent_at.is_none();
    answers.mailbox_proven = true;
    answers.request.accept_numbers(now);
    answers.request.memory = answers.request.memory.for_new_draft();
    store::manual_drafts::reopen(conn, &house.vault, draft.id, &secret, &answers, now)?;
    Ok(if was_open { Confirmed::Open(secret) } else { Confirmed::Reopened(secret) })
}

/// The same by a link out of another mail to that mailbox. Says whether it is proven.
pub fn confirm_by_contact(
    conn: &mut Conn,
    house: &House,
    contact: &Contact,
    now: NaiveDateTime,
) -> Result<bool, StoreError> {
    prove(conn, house, contact.port_request_id(), now)
}

/// Notes that the mailbox is proven: from now on the request holds its numbers, as far as they are free, and its contact is
/// told that we have it. Says whether it is proven; what ended before is not confirmed any more.
pub(super) fn prove(conn: &mut Conn, house: &House, request: i64, now: NaiveDateTime) -> Result<bool, StoreError> {
    store::turns::of_request(conn, request)?;
    let before = store::port_requests::get(conn, request)?;
    if before.confirmed_at.is_some() || before.stage.is_final() {
        return Ok(before.confirmed_at.is_some());
    }
    store::port_requests::note_confirmed(conn, request, now)?;
    let numbers = store::numbers::open_of(conn, request)?;
    store::number_claims::claim_free(conn, &before, &numbers, now)?;
    let contact = store::users::find(conn, before.submitted_by)?.person();
    Note::of_desk("mailbox_confirmed", "").write(conn, &before, &contact, now)?;
    // What was not mailed before.
    match before.stage {
        Stage::InReview => send_request::put_letter(conn, house, &before, None, now)?,
        _ => letters::put_status_link(conn, house, &before, now)?,
    }
    Ok(true)
}

/// The draft of a link; none of a request that ended too long ago, or of a form that waited too long: the sweep may be late;
/// and none of a form that names another mailbox than the link went to.
fn draft_behind(conn: &mut Conn, house: &House, token: &Token, now: NaiveDateTime) -> Result<ManualDraft, StoreError> {
    let (draft, mailbox) = store::contact_links::draft_of(conn, token)?;
    let draft = store::manual_drafts::get(conn, &house.vault, draft)?;
    let is_over = if let Some(request) = draft.port_request_id {
        let closed_at = store::port_requests::get(conn, request)?.closed_at;
        closed_at.is_some_and(|at| at < now - FOLLOWED_FOR)
    } else {
        // The form may name another mailbox by now, and that one was never written to.
        let named = store::contact_links::mailbox(&house.vault, &draft.answers.submitter.email);
        draft.saved_at < now - CONFIRM_WITHIN || mailbox != Some(named)
    };
    if is_over { Err(StoreError::NotFound) } else { Ok(draft) }
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

/// Opens the form again for whoever filled it, before its mailbox is proven: its address may be mistyped. Says whether the
/// form is open now.
pub fn take_back(conn: &mut Conn, house: &House, secret: &Token, now: NaiveDateTime) -> Result<bool, StoreError> {
    let draft = store::manual_drafts::find_in_turn(conn, &house.vault, secret)?;
    if draft.sent_at.is_none() {
        return Ok(true);
    }
    let waits = draft.sid.is_some() && draft.port_request_id.is_none();
    if waits {
        store::manual_drafts::reopen(conn, &house.vault, draft.id, secret, &draft.answers, now)?;
    }
    Ok(waits)
}

/// Mails the link again, for whoever filled the form; says whether there was anything to confirm. More than a few in an hour
/// are refused.
pub fn send_again(conn: &mut Conn, house: &House, secret: &Token, now: NaiveDateTime) -> Result<bool, ManualError> {
    let draft = store::manual_drafts::find_in_turn(conn, &house.vault, secret)?;
    let sent = SentForm::load(conn, &draft)?;
    let Some(sent) = sent.filter(|it| matches!(it.standing, Standing::Waiting | Standing::WithDesk)) else {
        return Ok(false);
    };
    let one = house.vault.keyed_hash(CONFIRMATIONS.scope, &draft.id.to_string());
    if let Err(minutes) = store::throttle::note_allowed(conn, CONFIRMATIONS, &one, now)? {
        return Err(ManualError::Throttled(minutes));
    }
    if !draft.answers.trapped {
        letters::put_confirmation(conn, house, &draft, sent.email.trim(), now)?;
    }
    Ok(true)
}
