//! What time does to a letter: reminders, and the end of its links. The request waits on; only the letter expires.

use chrono::NaiveDateTime;

use super::{letters, plan, record::Happened};
use crate::{
    domain::loa::{EndReason, EventKind, LoaMode, LoaState, next_reminder},
    services::{house::House, note::Note},
    store::{self, Conn, StoreError, loas::End},
};

/// How many letters one round looks after.
const AT_ONCE: i64 = 100;

/// Letters that time has come for.
pub fn due(conn: &mut Conn, now: NaiveDateTime) -> Result<Vec<i64>, StoreError> {
    let mut due = store::loas::to_expire(conn, now, AT_ONCE)?;
    due.extend(store::loas::to_remind(conn, now, AT_ONCE)?);
    due.sort_unstable();
    due.dedup();
    Ok(due)
}

/// Reminds the signer of a letter, or ends it. `Stale` when somebody else was quicker.
pub fn tend(conn: &mut Conn, house: &House, loa: i64, now: NaiveDateTime) -> Result<(), StoreError> {
    let request = store::loas::get(conn, loa)?.port_request_id;
    store::turns::of_request(conn, request)?;
    match store::loas::get(conn, loa)? {
        loa if loa.state != LoaState::Pending => Ok(()),
        loa if loa.expires_at <= now => expire(conn, house, &loa, now),
        loa => remind(conn, house, &loa, now),
    }
}

fn expire(conn: &mut Conn, house: &House, loa: &store::loas::Loa, now: NaiveDateTime) -> Result<(), StoreError> {
    let end = End { to: LoaState::Expired, reason: EndReason::Expired, note: "" };
    plan::end_as(conn, loa, end, Happened::by_itself(EventKind::Expired), now)?;
    let request = store::port_requests::get(conn, loa.port_request_id)?;
    Note::open("loa_expired", &loa.signer_name).write_by_itself(conn, &request, now)?;
    letters::put_expired(conn, house, loa, now)
}

fn remind(conn: &mut Conn, house: &House, loa: &store::loas::Loa, now: NaiveDateTime) -> Result<(), StoreError> {
    if loa.mode != LoaMode::Remote || loa.next_reminder_at.is_none_or(|at| now < at) {
        return Ok(());
    }
    let request = store::port_requests::get(conn, loa.port_request_id)?;
    let location = store::locations::find(conn, request.location_id)?;
    let zone = house.zone(&location.time_zone);
    let next = next_reminder(loa.asked_at, loa.expires_at, zone, now);
    store::loas::remind(conn, loa, next)?;
    letters::put_reminder(conn, house, loa, next.is_none(), now)
}
