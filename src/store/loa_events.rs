//! Events of letters: append-only, chained; triggers of the database refuse every change.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{
    Conn, StoreError, StoreResult,
    loas::Loa,
    schema::{loa_events, loas},
};
use crate::domain::loa::{Chain, EventBody};

/// An event as stored.
#[derive(Debug, Clone)]
pub struct StoredEvent {
    pub body: EventBody,
    /// The canonical JSON, byte for byte as it was hashed.
    pub json: String,
    pub hash: String,
}

/// An event with its place in the chain, ready to be stored.
#[derive(Debug, Clone)]
pub struct LinkedEvent {
    pub body: EventBody,
    pub json: String,
    pub previous_hash: String,
    pub hash: String,
}

impl LinkedEvent {
    /// Puts an event behind a chain and gives the chain that it ends.
    pub fn behind(chain: &Chain, mut body: EventBody) -> StoreResult<(Self, Chain)> {
        body.sequence = chain.length + 1;
        let json = serde_json::to_string(&body).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let after = chain.after(&json);
        Ok((Self { body, json, previous_hash: chain.head(), hash: after.head() }, after))
    }
}

impl From<LinkedEvent> for StoredEvent {
    fn from(event: LinkedEvent) -> Self {
        Self { body: event.body, json: event.json, hash: event.hash }
    }
}

/// Adds events behind the chain that was read with the letter. `Stale` when somebody added others first.
pub fn append(conn: &mut Conn, loa: &Loa, events: &[LinkedEvent]) -> StoreResult<()> {
    let Some(last) = events.last() else { return Ok(()) };
    let as_read = loas::table
        .filter(loas::id.eq(loa.id))
        .filter(loas::chain_length.eq(loa.chain_length))
        .filter(loas::chain_head.eq(&loa.chain_head));
    let head = (loas::chain_length.eq(last.body.sequence), loas::chain_head.eq(&last.hash));
    if diesel::update(as_read).set(head).execute(conn)? != 1 {
        return Err(StoreError::Stale);
    }
    for event in events {
        diesel::insert_into(loa_events::table)
            .values((
                loa_events::account_id.eq(loa.account_id),
                loa_events::loa.eq(loa.id),
                loa_events::sequence.eq(event.body.sequence),
                loa_events::kind.eq(event.body.kind),
                loa_events::body.eq(&event.json),
                loa_events::previous_hash.eq(&event.previous_hash),
                loa_events::hash.eq(&event.hash),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// The events of a letter, oldest first.
pub fn of_loa(conn: &mut Conn, loa: i64) -> StoreResult<Vec<StoredEvent>> {
    let rows: Vec<(String, String)> = loa_events::table
        .filter(loa_events::loa.eq(loa))
        .order(loa_events::sequence.asc())
        .select((loa_events::body, loa_events::hash))
        .load(conn)?;
    rows.into_iter().map(|(json, hash)| stored(json, hash)).collect()
}

fn stored(json: String, hash: String) -> StoreResult<StoredEvent> {
    let body = serde_json::from_str(&json).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    Ok(StoredEvent { body, json, hash })
}

/// How many events of these kinds a letter has since a moment; times are compared by their rows' bodies.
pub fn count_since(
    conn: &mut Conn,
    loa: i64,
    kind: crate::domain::loa::EventKind,
    since: NaiveDateTime,
) -> StoreResult<usize> {
    let bodies: Vec<String> = loa_events::table
        .filter(loa_events::loa.eq(loa))
        .filter(loa_events::kind.eq(kind))
        .select(loa_events::body)
        .load(conn)?;
    let events = bodies.into_iter().map(|json| stored(json, String::new())).collect::<StoreResult<Vec<_>>>()?;
    Ok(events.iter().filter(|event| since <= event.body.at).count())
}
