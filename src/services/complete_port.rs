//! Noting which numbers moved: all of them completes the request, some leave it partly moved.

use chrono::NaiveDateTime;

use super::{
    house::House,
    note::Note,
    notify::Told,
    review::{self, ReviewError, Seen},
};
use crate::{
    domain::{moves::Mover, people::Reviewer, stage::Stage, time_zone},
    mail::{Letter, letters},
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
    if !numbers.iter().any(|number| number.state != "ported" && moved.contains(&number.id)) {
        return Err(ReviewError::NothingMoved);
    }
    let is_moved = |number: &PortNumber| number.state == "ported" || moved.contains(&number.id);
    let count = numbers.iter().filter(|number| is_moved(number)).count();
    let all = count == numbers.len();
    let to = request.stage.move_to(if all { Stage::Completed } else { Stage::PartiallyPorted }, Mover::Reviewer)?;
    store::port_requests::set_stage(conn, &request, to, &Changes::default(), now)?;
    store::numbers::set_ported(conn, request.id, moved, now)?;
    store::port_requests::set_ported_count(conn, request.id, i32::try_from(count).unwrap_or(i32::MAX))?;
    if all {
        store::number_claims::release(conn, request.id)?;
    }
    let event = if all { "completed" } else { "partially_ported" };
    let told = format!("{count} of {} numbers moved", numbers.len());
    Note::open(event, &told).moving_to(to).write(conn, &request, &by.person, now)?;
    let remaining: Vec<String> = numbers.iter().filter(|number| !is_moved(number)).map(PortNumber::shown).collect();
    tell(conn, house, request.id, count, &remaining, now)?;
    Ok(())
}

fn tell(
    conn: &mut Conn,
    house: &House,
    request: i64,
    moved: usize,
    remaining: &[String],
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let told = Told::load(conn, request)?;
    let moved_on = time_zone::day_with_year(house.zone(&told.location.time_zone).date(now));
    let letter = letter(&told, house, moved, remaining, &moved_on);
    told.put(conn, &letter, now)
}

fn letter(told: &Told, house: &House, moved: usize, remaining: &[String], moved_on: &str) -> Letter {
    let to = &told.submitter.email;
    if remaining.is_empty() {
        return letters::completed(to, &letters::Completed { request: told.facts(house), moved_on });
    }
    let remaining: Vec<&str> = remaining.iter().map(String::as_str).collect();
    let facts = letters::PartiallyCompleted {
        request: told.facts(house),
        moved,
        moved_on,
        remaining: &remaining,
        next_window: None,
    };
    letters::partially_completed(to, &facts)
}
