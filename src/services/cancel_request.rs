//! Stopping a request: by its customer before the losing carrier has it, by the desk also later.

use chrono::NaiveDateTime;

use super::{
    house::House,
    loa::{letters as loa_letters, plan, record},
    manual::Contact,
    note::Note,
    notify::Told,
    review::{self, ReviewError, Seen},
};
use crate::{
    domain::{
        loa::{EndReason, EventActor, LoaState},
        moves::{MoveRefused, Mover},
        people::{Customer, Person, Reviewer},
        request_sid::RequestSid,
        stage::Stage,
        time_zone,
    },
    mail::letters::{self, WithdrawnBecause},
    store::{
        self, Conn, StoreError,
        history::Actor,
        port_requests::{Changes, PortRequest},
    },
};

#[derive(Debug, thiserror::Error)]
pub enum CancelError {
    #[error(transparent)]
    Move(#[from] MoveRefused),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Cancels a request; a second click finds it canceled and does nothing.
pub fn cancel(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    sid: &RequestSid,
    reason: &str,
    now: NaiveDateTime,
) -> Result<(), CancelError> {
    let request = store::port_requests::find_visible(conn, customer, sid)?;
    // Its sender is a stranger to the account, who would read who canceled it.
    if request.is_manual() {
        return Err(MoveRefused { from: request.stage, to: Stage::Canceled }.into());
    }
    cancel_own(conn, house, request.id, &customer.person, reason, now)
}

/// The same for whoever sent it without an account.
pub fn cancel_by_contact(
    conn: &mut Conn,
    house: &House,
    contact: &Contact,
    reason: &str,
    now: NaiveDateTime,
) -> Result<(), CancelError> {
    cancel_own(conn, house, contact.port_request_id(), contact.person(), reason, now)
}

fn cancel_own(
    conn: &mut Conn,
    house: &House,
    request: i64,
    by: &Person,
    reason: &str,
    now: NaiveDateTime,
) -> Result<(), CancelError> {
    store::turns::of_request(conn, request)?;
    let request = store::port_requests::get(conn, request)?;
    if request.stage == Stage::Canceled {
        return Ok(());
    }
    request.stage.move_to(Stage::Canceled, Mover::Requester)?;
    Ok(stop(conn, house, &request, &Canceler::person(by, &by.name), reason, now)?)
}

/// Cancels a request whose mailbox nobody confirmed in time; one that was confirmed meanwhile goes on.
pub fn cancel_unproven(conn: &mut Conn, house: &House, request: i64, now: NaiveDateTime) -> Result<(), CancelError> {
    store::turns::of_request(conn, request)?;
    let request = store::port_requests::get(conn, request)?;
    if request.confirmed_at.is_some() || request.stage.is_final() {
        return Ok(());
    }
    request.stage.move_to(Stage::Canceled, Mover::Requester)?;
    let by = Canceler { actor: Actor::system(), of_letter: EventActor::program(), name: &house.brand.name };
    Ok(stop(conn, house, &request, &by, "The email address was not confirmed in time", now)?)
}

/// Cancels a request for its customer, who reads the reason; to customers the desk speaks in the brand's name.
pub fn cancel_at_desk(
    conn: &mut Conn,
    house: &House,
    seen: &Seen<'_>,
    by: &Reviewer,
    reason: &str,
    now: NaiveDateTime,
) -> Result<(), ReviewError> {
    let request = review::load_in_turn(conn, seen)?;
    request.stage.move_to(Stage::Canceled, Mover::Reviewer)?;
    Ok(stop(conn, house, &request, &Canceler::person(&by.person, &house.brand.name), reason, now)?)
}

/// Who cancels, and how the customer reads it.
struct Canceler<'a> {
    actor: Actor,
    of_letter: EventActor,
    name: &'a str,
}

impl<'a> Canceler<'a> {
    fn person(person: &Person, name: &'a str) -> Self {
        Self { actor: Actor::person(person), of_letter: record::person(person), name }
    }
}

fn stop(
    conn: &mut Conn,
    house: &House,
    request: &PortRequest,
    by: &Canceler<'_>,
    reason: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let by_whom = match reason.trim_end_matches('.') {
        "" => format!("By {}.", by.name),
        reason => format!("By {}: {reason}.", by.name),
    };
    let told = match request.ported_count {
        0 => by_whom,
        moved => format!("{by_whom} {moved} of {} numbers had moved and stay moved.", request.number_count),
    };
    let changes = Changes { current_reason: told, ..Changes::default() };
    store::port_requests::set_stage(conn, request, Stage::Canceled, &changes, now)?;
    store::number_claims::release(conn, request.id)?;
    withdraw_letter(conn, house, request, by.of_letter.clone(), now)?;
    Note::open("canceled", reason).moving_to(Stage::Canceled).write_as(conn, request, &by.actor, now)?;
    let told = Told::load(conn, request.id)?;
    let form = if request.is_manual() { "manual-port-requests" } else { "port-requests/new" };
    let restart_url = format!("{}/{form}", house.base_url);
    let canceled_on = time_zone::day_with_year(house.zone(&told.location.time_zone).date(now));
    let facts = letters::Canceled {
        request: told.facts(house),
        by: by.name,
        canceled_on: &canceled_on,
        reason: Some(reason).filter(|reason| !reason.is_empty()),
        moved: usize::try_from(request.ported_count).unwrap_or(0),
        restart_url: &restart_url,
    };
    let letter = letters::canceled(&told.submitter.email, &facts);
    told.put(conn, &letter, now)
}

/// Nobody signs for a request that is canceled, and what was signed authorizes nothing any more.
fn withdraw_letter(
    conn: &mut Conn,
    house: &House,
    request: &PortRequest,
    by: EventActor,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let newest = store::loas::newest(conn, request.id)?;
    // A letter of numbers that moved stays the proof of that move.
    let Some(loa) = newest.filter(|loa| loa.ended_at.is_none() && request.ported_count == 0) else { return Ok(()) };
    plan::end(conn, &loa, EndReason::Canceled, by, "", now)?;
    if loa.state != LoaState::Pending {
        return Ok(());
    }
    loa_letters::put_withdrawn(conn, house, &loa, WithdrawnBecause::Canceled, now)
}
