//! Mails to somebody without an account, beyond those that every request has.

use chrono::NaiveDateTime;

use super::{ASKED, CONFIRM_WITHIN, UNSENT_FOR};
use crate::{
    domain::time_zone,
    mail::letters::{ConfirmMailbox, NewStatusLink, confirm_mailbox, new_status_link},
    services::{
        house::House,
        notify::{self, Told},
    },
    store::{
        self, Conn, StoreError, contact_links::ContactLink, manual_drafts::ManualDraft, outbox::About,
        port_requests::PortRequest,
    },
};

/// Asks whoever owns the mailbox to confirm that the request is theirs. A mailbox that was asked often in this hour gets no
/// mail, and nobody hears of that: the sender would learn what others did.
pub(super) fn put_confirmation(
    conn: &mut Conn,
    house: &House,
    draft: &ManualDraft,
    email: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let Some(sid) = &draft.sid else { return Err(StoreError::NotFound) };
    // The link of a form that is open again leads to that form.
    let ends_at = draft.sent_at.map_or(draft.saved_at + UNSENT_FOR, |sent_at| sent_at + CONFIRM_WITHIN);
    let mailbox = house.vault.keyed_hash(ASKED.scope, &store::users::email_key(email));
    if store::throttle::note_allowed(conn, ASKED, &mailbox, now)?.is_err() {
        return Ok(());
    }
    let until = time_zone::day_with_year(house.desk_zone.date(ends_at));
    let facts = ConfirmMailbox {
        brand: notify::brand(house),
        sid: sid.as_str(),
        until: &until,
        is_with_desk: house.takes_unconfirmed,
    };
    let about = About {
        port_request_id: draft.port_request_id,
        contact_link: Some(ContactLink::Confirmation),
        manual_draft: Some(draft.id),
        ..About::default()
    };
    store::outbox::put(conn, &confirm_mailbox(email, &facts), about, now)
}

/// Sends a new link to the status of a request.
pub(super) fn put_status_link(
    conn: &mut Conn,
    house: &House,
    request: &PortRequest,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let told = Told::load(conn, request.id)?;
    let facts = NewStatusLink { request: told.facts(house), status: told.request.stage.customer_status().label() };
    told.put(conn, &new_status_link(&told.submitter.email, &facts), now)
}
