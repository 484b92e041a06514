//! Deleting a draft, and bringing it back within a day.

use chrono::NaiveDateTime;

use super::draft::DraftError;
use crate::{
    domain::{people::Customer, request_sid::RequestSid, stage::Stage},
    store::{
        self, Conn, StoreError,
        history::{Actor, NewEvent},
        port_requests::PortRequest,
    },
};

/// Deletes a draft; it can be brought back for a day. A second click finds it deleted and does nothing.
pub fn delete(conn: &mut Conn, customer: &Customer, sid: &RequestSid, now: NaiveDateTime) -> Result<(), DraftError> {
    let request = match store::port_requests::find_visible(conn, customer, sid) {
        Ok(request) => request,
        Err(StoreError::NotFound) => {
            store::port_requests::find_deleted(conn, customer, sid, now)?;
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    };
    if request.stage != Stage::Draft {
        return Err(DraftError::Sent(Box::new(request)));
    }
    store::port_requests::set_deleted(conn, &request, Some(now))?;
    Ok(note(conn, customer, &request, "deleted", now)?)
}

/// Brings a deleted draft back. A second click finds it there and does nothing.
pub fn restore(conn: &mut Conn, customer: &Customer, sid: &RequestSid, now: NaiveDateTime) -> Result<(), StoreError> {
    match store::port_requests::find_deleted(conn, customer, sid, now) {
        Ok(request) => {
            store::port_requests::set_deleted(conn, &request, None)?;
            note(conn, customer, &request, "restored", now)
        }
        Err(StoreError::NotFound) => store::port_requests::find_visible(conn, customer, sid).map(|_there| ()),
        Err(error) => Err(error),
    }
}

fn note(
    conn: &mut Conn,
    customer: &Customer,
    request: &PortRequest,
    event: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let event = NewEvent {
        account_id: request.account_id,
        port_request_id: request.id,
        actor: &Actor::person(&customer.person),
        event,
        from_stage: None,
        to_stage: None,
        note: "",
        visible: true,
    };
    store::history::add(conn, &event, now)
}
