//! Drafts that wait: their person is told after 2 and 14 days, warned after 38, and the draft goes after 45 (ux.md E14).

use chrono::{Duration, NaiveDateTime};

use super::{
    house::House,
    notify::{Told, brand},
};
use crate::{
    domain::{draft::Step, stage::Stage, time_zone},
    mail::letters::{self, DraftSaved},
    store::{
        self, Conn, StoreError,
        history::{Actor, NewEvent},
    },
};

/// After how many days without a save each letter goes out; the last one is the warning.
const LETTERS: [i64; 3] = [2, 14, 38];
/// After how many days a draft goes.
const DELETED_AFTER: i64 = 45;
/// How long nothing follows a letter: time to act on the warning, however long we did not run.
const REST: Duration = Duration::days(7);
/// Drafts that are looked for in one step.
const STEP: i64 = 50;

/// Drafts about which something is to be done.
pub fn due(conn: &mut Conn, now: NaiveDateTime) -> Result<Vec<i64>, StoreError> {
    let mut due = Vec::new();
    for (letters, days) in (0_i32..).zip(LETTERS.into_iter().chain([DELETED_AFTER])) {
        due.extend(store::drafts::waiting_since(conn, now - Duration::days(days), letters, now - REST, STEP)?);
    }
    Ok(due)
}

/// Tells the person of one draft that it waits, or deletes it, in a transaction of its own.
pub fn tend(conn: &mut Conn, house: &House, id: i64, now: NaiveDateTime) -> Result<(), StoreError> {
    store::drafts::lock(conn, id)?;
    let told = Told::load(conn, id)?;
    if told.request.stage != Stage::Draft || told.request.deleted_at.is_some() {
        return Ok(());
    }
    let waiting = store::drafts::waiting(conn, id)?;
    if waiting.reminded_at.is_some_and(|at| now < at + REST) {
        return Ok(());
    }
    let days = (now - waiting.saved_at).num_days();
    let letter = (1_i32..).zip(LETTERS).filter(|(_, after)| *after <= days).last().map_or(0, |(letter, _)| letter);
    if waiting.reminders < letter {
        store::drafts::note_reminder(conn, id, letter, now)?;
        return told.put(conn, &draft_saved(house, &told, waiting.saved_at, letter, now), now);
    }
    if days < DELETED_AFTER {
        return Ok(());
    }
    delete(conn, &told, now)
}

fn draft_saved(
    house: &House,
    told: &Told,
    saved_at: NaiveDateTime,
    letter: i32,
    now: NaiveDateTime,
) -> crate::mail::Letter {
    let zone = house.zone(&told.location.time_zone);
    let is_last = usize::try_from(letter).is_ok_and(|letter| LETTERS.len() <= letter);
    let end = saved_at + Duration::days(DELETED_AFTER);
    let end = if is_last { end.max(now + REST) } else { end };
    let facts = DraftSaved {
        brand: brand(house),
        sid: told.request.sid.as_str(),
        name: Some(told.request.name.as_str()).filter(|name| !name.is_empty()),
        location: &told.location.name,
        saved_on: &time_zone::day_with_year(zone.date(saved_at)),
        next_step: Step::from_segment(&told.request.next_step).map_or("", Step::label),
        deleted_on: &time_zone::day_with_year(zone.date(end)),
        is_last,
    };
    letters::draft_saved(&told.submitter.email, &facts)
}

fn delete(conn: &mut Conn, told: &Told, now: NaiveDateTime) -> Result<(), StoreError> {
    store::port_requests::set_deleted(conn, &told.request, Some(now))?;
    let event = NewEvent {
        account_id: told.request.account_id,
        port_request_id: told.request.id,
        actor: &Actor::system(),
        event: "deleted",
        from_stage: None,
        to_stage: None,
        note: "",
        visible: true,
    };
    store::history::add(conn, &event, now)
}
