//! Proving the mailbox: the link that was mailed to it puts the request before the desk.

use chrono::NaiveDateTime;

use super::{
    FOLLOWED_FOR, LINKS,
    draft::{ManualError, Opened, location},
    enter, letters, send,
};
use crate::{
    domain::{contact::EmailAddress, request_sid::RequestSid},
    services::house::House,
    store::{self, Conn, StoreError, manual_drafts::ManualDraft},
    vault::Token,
};

/// A request that waits for its mailbox, as whoever has its link or its secret may see it.
#[derive(Debug, Clone)]
pub struct Unconfirmed {
    pub sid: RequestSid,
    /// Where the link went, "d•••@example.com"; empty once it is confirmed.
    pub masked_email: String,
    pub losing_carrier: String,
    /// Whether it is before the desk.
    pub is_entered: bool,
    /// When it was sent.
    pub sent_at: NaiveDateTime,
}

impl Unconfirmed {
    /// A draft that was sent, as its submitter sees it.
    pub fn of(draft: &ManualDraft) -> Option<Self> {
        let email = EmailAddress::parse(&draft.answers.submitter.email);
        Some(Self {
            sid: draft.sid.clone()?,
            masked_email: email.map(|email| email.masked()).unwrap_or_default(),
            losing_carrier: draft.answers.request.numbers.losing_carrier.trim().to_owned(),
            is_entered: draft.port_request_id.is_some(),
            sent_at: draft.sent_at?,
        })
    }
}

/// Whether a mailed link would still confirm anything.
pub(crate) fn waits_for_mailbox(conn: &mut Conn, house: &House, draft: i64) -> Result<bool, StoreError> {
    match store::manual_drafts::get(conn, &house.vault, draft)?.port_request_id {
        Some(request) => Ok(store::port_requests::get(conn, request)?.confirmed_at.is_none()),
        None => Ok(true),
    }
}

/// What a mailed link would confirm. `NotFound` for a link that is unknown or whose request was given up.
pub fn unconfirmed(
    conn: &mut Conn,
    house: &House,
    token: &Token,
    now: NaiveDateTime,
) -> Result<Unconfirmed, StoreError> {
    let draft = draft_behind(conn, house, token, now)?;
    Unconfirmed::of(&store::manual_drafts::get(conn, &house.vault, draft)?).ok_or(StoreError::NotFound)
}

/// Confirms the mailbox: the request comes before the desk, by the first press of the button. Gives a new link to its status.
pub fn confirm(conn: &mut Conn, house: &House, token: &Token, now: NaiveDateTime) -> Result<Token, StoreError> {
    let draft = draft_behind(conn, house, token, now)?;
    let draft = store::manual_drafts::get_in_turn(conn, &house.vault, draft)?;
    let request = match draft.port_request_id {
        Some(request) => request,
        None => enter_now(conn, house, draft, now)?,
    };
    store::port_requests::note_confirmed(conn, request, now)?;
    let status = Token::new();
    store::contact_links::add_status(conn, request, &status, now)?;
    Ok(status)
}

/// The draft of a link, by row; none of a request that ended too long ago.
fn draft_behind(conn: &mut Conn, house: &House, token: &Token, now: NaiveDateTime) -> Result<i64, StoreError> {
    let draft = store::contact_links::draft_of(conn, token)?;
    let Some(request) = store::manual_drafts::get(conn, &house.vault, draft)?.port_request_id else { return Ok(draft) };
    let closed_at = store::port_requests::get(conn, request)?.closed_at;
    if closed_at.is_some_and(|at| at < now - FOLLOWED_FOR) { Err(StoreError::NotFound) } else { Ok(draft) }
}

fn enter_now(conn: &mut Conn, house: &House, draft: ManualDraft, now: NaiveDateTime) -> Result<i64, StoreError> {
    let (Some(sid), Some(sent_at)) = (draft.sid.clone(), draft.sent_at) else { return Err(StoreError::NotFound) };
    let id = draft.id;
    let location = location(conn, &draft.answers)?.ok_or(StoreError::NotFound)?;
    let files = store::manual_files::of_draft(conn, id)?;
    let opened = Opened { draft, location: Some(location.clone()), files, corrected: None };
    // By the calendar of the day on which it was sent: what was in order then is not refused for a weekend in between.
    let checked = opened.answers().checked(&opened.rules(house, sent_at), opened.files_kept());
    let checked = checked.ok_or_else(|| StoreError::Corrupt("a manual request that was sent".to_owned()))?;
    let request = enter::enter(conn, house, &opened, &location, &sid, &checked, now)?;
    send::entered(conn, house, id, request, now)?;
    Ok(request)
}

/// Mails the link again, for whoever filled the form. More than a few in an hour are refused.
pub fn send_again(conn: &mut Conn, house: &House, secret: &Token, now: NaiveDateTime) -> Result<(), ManualError> {
    let draft = store::manual_drafts::find_in_turn(conn, &house.vault, secret)?;
    if draft.sent_at.is_none() || draft.port_request_id.is_some() {
        return Ok(());
    }
    let Ok(email) = EmailAddress::parse(&draft.answers.submitter.email) else { return Ok(()) };
    let address = house.vault.keyed_hash(LINKS.scope, &email.key());
    if let Err(minutes) = store::throttle::note_allowed(conn, LINKS, &address, now)? {
        return Err(ManualError::Throttled(minutes));
    }
    match &draft.sid {
        Some(sid) if !draft.answers.trapped => {
            Ok(letters::put_confirmation(conn, house, draft.id, sid, email.as_str(), now)?)
        }
        _ => Ok(()),
    }
}
