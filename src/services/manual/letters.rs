//! Mails to somebody without an account, beyond those that every request has.

use chrono::{Duration, NaiveDateTime};

use super::{ASKED, CONFIRM_WITHIN};
use crate::{
    domain::time_zone,
    mail::letters::{AfterConfirming, ConfirmMailbox, NewStatusLink, confirm_mailbox, new_status_link},
    services::{
        house::House,
        notify::{self, Told},
    },
    store::{
        self, Conn, StoreError, contact_links::ContactLink, manual_drafts::ManualDraft, outbox::About,
        port_requests::PortRequest,
    },
};

/// Asks whoever owns the mailbox to confirm that the request is theirs. A mailbox that was asked often in this hour is asked
/// later, and nobody hears of that: the sender would learn what others did.
pub(super) fn put_confirmation(
    conn: &mut Conn,
    house: &House,
    draft: &ManualDraft,
    email: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let Some(sid) = &draft.sid else { return Err(StoreError::NotFound) };
    let ends_at = draft.sent_at.unwrap_or(draft.saved_at) + CONFIRM_WITHIN;
    let mailbox = house.vault.keyed_hash(ASKED.scope, &store::users::email_key(email));
    let not_before = match store::throttle::note_allowed(conn, ASKED, &mailbox, now)? {
        Ok(_) => None,
        Err(_) if store::outbox::asks(conn, draft.id, email)? => return Ok(()),
        Err(minutes) => {
            let free = now + Duration::minutes(minutes);
            // Nobody waits that long, and the link would be dead.
            if now + CONFIRM_WITHIN < free {
                return Ok(());
            }
            store::throttle::note(conn, ASKED.scope, &mailbox, free)?;
            Some(free)
        }
    };
    let until = time_zone::day_with_year(house.desk_zone.date(ends_at));
    let facts = ConfirmMailbox {
        brand: notify::brand(house),
        sid: sid.as_str(),
        until: &until,
        then: match draft.sent_at {
            None => AfterConfirming::FormOpens,
            Some(_) if house.takes_unconfirmed => AfterConfirming::GoesToCarrier,
            Some(_) => AfterConfirming::IsChecked,
        },
    };
    let about = About {
        port_request_id: draft.port_request_id,
        contact_link: Some(ContactLink::Confirmation),
        manual_draft: Some(draft.id),
        not_before,
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
