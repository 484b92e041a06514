//! The facts of an attempt as they are kept once it was sent: numbers, account, contact and what lists search.

use chrono::NaiveDateTime;

use super::{house::House, send_request::Checked};
use crate::{
    domain::{people::Person, phone_number::PhoneNumber, pin::Pin},
    store::{
        self, Conn, StoreError,
        port_requests::{PortRequest, Sent},
        submissions::NewSubmission,
    },
};

/// Writes what was checked as the facts of an attempt, with all that is kept beside them.
pub fn write(
    conn: &mut Conn,
    house: &House,
    by: &Person,
    request: &PortRequest,
    checked: &Checked,
    attempt: i32,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let Checked { numbers, contact, bill, .. } = checked;
    let moving: Vec<PhoneNumber> = numbers.numbers.iter().map(|it| it.number.clone()).collect();
    // A stranger whose mailbox nobody has proven holds no number.
    if request.is_manual() {
        if request.confirmed_at.is_some() {
            store::number_claims::claim_free(conn, request, &moving, now)?;
        }
    } else {
        store::number_claims::claim(conn, request, &moving, now)?;
    }
    store::submissions::remove(conn, request.id, attempt)?;
    store::submissions::add(conn, &house.vault, request, &submission(by, checked, attempt), now)?;
    store::documents::set_kind(conn, request.id, bill.proof.code())?;
    let stored = store::numbers::of_request(conn, request.id)?;
    let name = numbers.name.as_deref().unwrap_or_default();
    let sent = Sent {
        name,
        losing_carrier: &numbers.losing_carrier,
        number_count: i32::try_from(stored.len()).unwrap_or(i32::MAX),
        scope: numbers.scope,
        attempt,
    };
    store::port_requests::note_sent(conn, request.id, &sent, now)?;
    let business = contact.business_name.as_deref().unwrap_or_default();
    let email = contact.authorized_email.as_str();
    let texts = [name, &numbers.losing_carrier, &contact.contact_name, business, email];
    store::search::replace(conn, request, &store::search::terms(&request.sid, &texts, &moving))
}

fn submission<'a>(by: &Person, checked: &'a Checked, attempt: i32) -> NewSubmission<'a> {
    let Checked { numbers, contact, bill, .. } = checked;
    NewSubmission {
        attempt,
        sent_by: by.id,
        losing_carrier: &numbers.losing_carrier,
        account_number: numbers.account_number.as_str(),
        account_pin: numbers.account_pin.as_ref().map(Pin::reveal),
        btn: numbers.btn.as_ref().map(PhoneNumber::as_str),
        reseller: numbers.reseller.as_deref(),
        scope: numbers.scope.code(),
        new_btn: numbers.new_btn.as_ref().map(PhoneNumber::as_str),
        staying: &numbers.staying,
        account_type: contact.account_type.code(),
        business_name: contact.business_name.as_deref(),
        contact_name: &contact.contact_name,
        authorized_email: contact.authorized_email.as_str(),
        street: &contact.address.street,
        unit: contact.address.unit.as_deref(),
        city: &contact.address.city,
        state: contact.address.state.code(),
        postal_code: contact.address.postal_code.as_str(),
        preferred_date: contact.preferred_date,
        proof: bill.proof.code(),
        bill_date: bill.bill_date,
    }
}
