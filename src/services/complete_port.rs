//! Noting which numbers moved: all of them completes the request, some leave it partly moved.

use std::collections::HashSet;

use chrono::NaiveDateTime;

use super::{
    house::House,
    note::Note,
    notify::Told,
    review::{self, ReviewError, Seen},
};
use crate::{
    domain::{area_codes::Country, moves::Mover, people::Reviewer, phone_number::PhoneNumber, stage::Stage, time_zone},
    mail::{
        Letter,
        letters::{self, Kinds},
    },
    store::{self, Conn, StoreError, numbers::PortNumber, port_requests::Changes},
};

/// Notes that these numbers (row ids) moved.
pub fn complete(
    conn: &mut Conn,
    house: &House,
    seen: &Seen<'_>,
    by: &Reviewer,
    moved: &[i64],
    now: NaiveDateTime,
) -> Result<(), ReviewError> {
    let request = review::load(conn, seen)?;
    let numbers = store::numbers::of_request(conn, request.id)?;
    let (ids, moved) = (moved, moved.iter().copied().collect::<HashSet<i64>>());
    if !numbers.iter().any(|number| number.state != "ported" && moved.contains(&number.id)) {
        return Err(ReviewError::NothingMoved);
    }
    let count = numbers.iter().filter(|number| has_moved(number, &moved)).count();
    let all = count == numbers.len();
    let to = request.stage.move_to(if all { Stage::Completed } else { Stage::PartiallyPorted }, Mover::Reviewer)?;
    store::port_requests::set_stage(conn, &request, to, &Changes::default(), now)?;
    store::numbers::set_ported(conn, request.id, ids, now)?;
    store::port_requests::set_ported_count(conn, request.id, i32::try_from(count).unwrap_or(i32::MAX))?;
    if all {
        store::number_claims::release(conn, request.id)?;
    }
    let event = if all { "completed" } else { "partially_ported" };
    let told = format!("{count} of {} numbers moved", numbers.len());
    Note::open(event, &told).moving_to(to).write(conn, &request, &by.person, now)?;
    Ok(tell(conn, house, request.id, &numbers, &moved, now)?)
}

fn tell(
    conn: &mut Conn,
    house: &House,
    request: i64,
    numbers: &[PortNumber],
    moved: &HashSet<i64>,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let told = Told::load(conn, request)?;
    told.put(conn, &letter(&told, house, numbers, moved, now), now)
}

fn letter(told: &Told, house: &House, numbers: &[PortNumber], moved: &HashSet<i64>, now: NaiveDateTime) -> Letter {
    let moved_on = time_zone::day_with_year(house.zone(&told.location.time_zone).date(now));
    let moved_on = moved_on.as_str();
    let (to, request) = (&told.submitter.email, told.facts(house));
    let remaining: Vec<String> =
        numbers.iter().filter(|number| !has_moved(number, moved)).map(PortNumber::shown).collect();
    if remaining.is_empty() {
        let leaves_carrier = told.request.leaves_carrier();
        let facts = letters::Completed { request, moved_on, kinds: kinds(numbers), leaves_carrier };
        return letters::completed(to, &facts);
    }
    // The date that the carrier gave holds for the rest while it is not over.
    let window = told.request.foc().filter(|foc| now < foc.ends_at);
    let window = window.map(|foc| house.zone(&foc.zone).window_with_year(foc.starts_at, foc.ends_at));
    let facts = letters::PartiallyCompleted {
        request,
        moved: numbers.len() - remaining.len(),
        moved_on,
        remaining: &remaining.iter().map(String::as_str).collect::<Vec<_>>(),
        next_window: window.as_deref(),
    };
    letters::partially_completed(to, &facts)
}

fn has_moved(number: &PortNumber, moved: &HashSet<i64>) -> bool {
    number.state == "ported" || moved.contains(&number.id)
}

/// What is among the numbers. An area code that only an admin knows counts as local.
fn kinds(numbers: &[PortNumber]) -> Kinds {
    let mut kinds = Kinds::default();
    for number in numbers.iter().filter_map(|number| PhoneNumber::from_stored(&number.e164)) {
        match number.country() {
            _ if number.is_toll_free() => kinds.toll_free = true,
            Some(Country::Canada | Country::Other(_)) => kinds.foreign = true,
            _ => kinds.us_local = true,
        }
    }
    kinds
}
