//! What happened to a request: append-only, and the source of live status.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{
    Conn, StoreResult,
    schema::{history, port_requests},
};
use crate::domain::{people::Person, request_sid::RequestSid, stage::Stage};

/// Who did something.
#[derive(Debug, Clone)]
pub struct Actor {
    pub id: Option<i64>,
    pub name: String,
    /// `customer`, `desk` or `system`.
    pub side: &'static str,
}

impl Actor {
    /// A signed-in person.
    pub fn person(person: &Person) -> Self {
        let side = if person.role.is_staff() { "desk" } else { "customer" };
        Self { id: Some(person.id), name: person.name.clone(), side }
    }

    /// The signer of a letter of authorization, who has no account here.
    pub fn signer(name: &str) -> Self {
        Self { id: None, name: name.to_owned(), side: "customer" }
    }

    /// The program itself.
    pub fn system() -> Self {
        Self { id: None, name: "The program".to_owned(), side: "system" }
    }
}

/// A line to write.
#[derive(Debug, Clone)]
pub struct NewEvent<'a> {
    pub account_id: i64,
    pub port_request_id: i64,
    pub actor: &'a Actor,
    /// Slug of what happened, like `sent` or `pin_revealed`.
    pub event: &'a str,
    pub from_stage: Option<Stage>,
    pub to_stage: Option<Stage>,
    pub note: &'a str,
    /// Whether customers see the line.
    pub visible: bool,
}

/// A line as stored.
#[derive(Debug, Clone, Queryable)]
pub struct Event {
    pub id: i64,
    pub happened_at: NaiveDateTime,
    /// Nobody for what the program did itself.
    pub actor_id: Option<i64>,
    pub actor_name: String,
    pub actor_side: String,
    pub event: String,
    pub from_stage: Option<Stage>,
    pub to_stage: Option<Stage>,
    pub note: String,
    pub visible: bool,
}

impl Event {
    /// The name of whoever did it; the program goes by that of the brand.
    pub fn actor<'a>(&'a self, brand: &'a str) -> &'a str {
        if self.actor_side == "system" { brand } else { &self.actor_name }
    }
}

/// Writes a line.
pub fn add(conn: &mut Conn, new: &NewEvent<'_>, now: NaiveDateTime) -> StoreResult<()> {
    diesel::insert_into(history::table)
        .values((
            history::account_id.eq(new.account_id),
            history::port_request_id.eq(new.port_request_id),
            history::happened_at.eq(now),
            history::actor_id.eq(new.actor.id),
            history::actor_name.eq(&new.actor.name),
            history::actor_side.eq(new.actor.side),
            history::event.eq(new.event),
            history::from_stage.eq(new.from_stage),
            history::to_stage.eq(new.to_stage),
            history::note.eq(new.note),
            history::visible.eq(new.visible),
        ))
        .execute(conn)?;
    Ok(())
}

/// Lines whose note only the desk reads: customers read a description while it stands, and not once it was taken back.
const NOTED_FOR_DESK: [&str; 3] = ["described", "description_changed", "description_removed"];

/// The lines of a request, newest first; customers get only those they may see, and of those only what they may read.
pub fn of_request(conn: &mut Conn, port_request: i64, only_visible: bool) -> StoreResult<Vec<Event>> {
    let mut query = history::table
        .filter(history::port_request_id.eq(port_request))
        .order(history::id.desc())
        .limit(500)
        .select((
            history::id,
            history::happened_at,
            history::actor_id,
            history::actor_name,
            history::actor_side,
            history::event,
            history::from_stage,
            history::to_stage,
            history::note,
            history::visible,
        ))
        .into_boxed();
    if only_visible {
        query = query.filter(history::visible.eq(true));
    }
    let mut events: Vec<Event> = query.load(conn)?;
    for event in events.iter_mut().filter(|event| only_visible && NOTED_FOR_DESK.contains(&event.event.as_str())) {
        event.note.clear();
    }
    Ok(events)
}

/// That something happened to a request: what live status is told.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Change {
    pub id: i64,
    pub account_id: i64,
    pub submitted_by: i64,
    pub sid: RequestSid,
    pub visible: bool,
}

/// The lines after `after`, oldest first, at most a thousand.
pub fn since(conn: &mut Conn, after: i64) -> StoreResult<Vec<Change>> {
    Ok(history::table
        .inner_join(port_requests::table)
        .filter(history::id.gt(after))
        .order(history::id.asc())
        .limit(1_000)
        .select((history::id, history::account_id, port_requests::submitted_by, port_requests::sid, history::visible))
        .load(conn)?)
}

/// The newest line's number, or 0.
pub fn newest(conn: &mut Conn) -> StoreResult<i64> {
    let newest: Option<i64> = history::table.select(diesel::dsl::max(history::id)).first(conn)?;
    Ok(newest.unwrap_or(0))
}
