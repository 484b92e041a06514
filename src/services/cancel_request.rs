//! Stopping a request before the losing carrier has it.

use chrono::NaiveDateTime;

use super::{house::House, notify::Told};
use crate::{
    domain::{
        moves::{MoveRefused, Mover},
        people::Customer,
        request_sid::RequestSid,
        stage::Stage,
        time_zone,
    },
    mail::letters,
    store::{
        self, Conn, StoreError,
        history::{Actor, NewEvent},
        port_requests::Changes,
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
    if request.stage == Stage::Canceled {
        return Ok(());
    }
    let to = request.stage.move_to(Stage::Canceled, Mover::Requester)?;
    let by = &customer.person.name;
    let told = if reason.is_empty() { format!("By {by}.") } else { format!("By {by}: {reason}.") };
    let changes = Changes { current_reason: told, ..Changes::default() };
    store::port_requests::set_stage(conn, &request, to, &changes, now)?;
    store::number_claims::release(conn, request.id)?;
    let event = NewEvent {
        account_id: request.account_id,
        port_request_id: request.id,
        actor: &Actor::person(&customer.person),
        event: "canceled",
        from_stage: Some(request.stage),
        to_stage: Some(to),
        note: reason,
        visible: true,
    };
    store::history::add(conn, &event, now)?;
    let told = Told::load(conn, request.id)?;
    let restart_url = format!("{}/port-requests/new", house.base_url);
    let canceled_on = time_zone::day_with_year(house.zone(&told.location.time_zone).date(now));
    let facts = letters::Canceled {
        request: told.facts(house),
        by,
        canceled_on: &canceled_on,
        reason: Some(reason).filter(|reason| !reason.is_empty()),
        moved: usize::try_from(request.ported_count).unwrap_or(0),
        restart_url: &restart_url,
    };
    let letter = letters::canceled(&told.submitter.email, &facts);
    Ok(told.put(conn, &letter, now)?)
}
