//! The numbers of a request, each with a state of its own and perhaps a sealed PIN.

use std::collections::HashSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{
    Conn, StoreError, StoreResult,
    port_requests::{MOST_COUNTED, PortRequest, Scope},
    schema::{locations, port_numbers, port_requests},
};
use crate::{
    domain::{number_to_port::NumberToPort, phone_number::PhoneNumber, request_sid::RequestSid},
    vault::Vault,
};

/// A number of a request, as stored.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = port_numbers)]
pub struct PortNumber {
    pub id: i64,
    pub port_request_id: i64,
    pub e164: String,
    /// `landline`, `wireless` or `toll-free`.
    pub kind: String,
    /// `pending`, `submitted`, `foc_scheduled`, `ported`, `rejected` or `removed`.
    pub state: String,
    /// `pin`, `ssn` or empty.
    pub pin_kind: String,
    pin: Option<Vec<u8>>,
    pub pin_length: i32,
    pub pin_set_at: Option<NaiveDateTime>,
    pub ported_at: Option<NaiveDateTime>,
}

impl PortNumber {
    /// Whether it is a local number of Canada.
    pub fn is_canadian(&self) -> bool {
        PhoneNumber::from_stored(&self.e164).is_some_and(|number| number.is_canadian())
    }

    /// Whether a PIN or SSN digits are stored.
    pub fn has_pin(&self) -> bool {
        self.pin.is_some()
    }

    /// Whether there was a PIN or SSN digits that are erased.
    pub fn was_erased(&self) -> bool {
        self.pin_length != 0 && self.pin.is_none()
    }

    /// The PIN or SSN digits. Whoever calls this writes a line of history.
    pub fn pin(&self, vault: &Vault) -> StoreResult<Option<String>> {
        let Some(sealed) = &self.pin else { return Ok(None) };
        let plain = vault
            .open(&place(self.port_request_id, &self.e164), sealed)
            .map_err(|error| StoreError::Corrupt(error.to_string()))?;
        String::from_utf8(plain).map(Some).map_err(|error| StoreError::Corrupt(error.to_string()))
    }

    /// The number as people read it.
    pub fn shown(&self) -> String {
        PhoneNumber::from_stored(&self.e164).map_or_else(|| self.e164.clone(), |number| number.national())
    }
}

fn place(request: i64, e164: &str) -> String {
    format!("port_numbers.pin:{request}:{e164}")
}

/// The numbers of a request, in the order of the form.
pub fn of_request(conn: &mut Conn, port_request: i64) -> StoreResult<Vec<PortNumber>> {
    Ok(port_numbers::table
        .filter(port_numbers::port_request_id.eq(port_request))
        .filter(port_numbers::state.ne("removed"))
        .order(port_numbers::position.asc())
        .select(PortNumber::as_select())
        .load(conn)?)
}

/// The numbers of several requests in E.164, each with the row of its request.
pub fn of_requests(conn: &mut Conn, port_requests: &[i64]) -> StoreResult<Vec<(i64, String)>> {
    Ok(port_numbers::table
        .filter(port_numbers::port_request_id.eq_any(port_requests.to_vec()))
        .filter(port_numbers::state.ne("removed"))
        .order((port_numbers::port_request_id.asc(), port_numbers::position.asc()))
        .select((port_numbers::port_request_id, port_numbers::e164))
        .load(conn)?)
}

/// When the oldest PIN of each of these requests was entered; SSN digits do not age.
pub fn oldest_pins(conn: &mut Conn, port_requests: &[i64]) -> StoreResult<Vec<(i64, NaiveDateTime)>> {
    let oldest: Vec<(i64, Option<NaiveDateTime>)> = port_numbers::table
        .filter(port_numbers::port_request_id.eq_any(port_requests.to_vec()))
        .filter(port_numbers::pin.is_not_null())
        .filter(port_numbers::pin_kind.ne("ssn"))
        .filter(port_numbers::state.ne_all(["ported", "removed"]))
        .group_by(port_numbers::port_request_id)
        .select((port_numbers::port_request_id, diesel::dsl::min(port_numbers::pin_set_at)))
        .load(conn)?;
    Ok(oldest.into_iter().filter_map(|(request, at)| Some((request, at?))).collect())
}

/// Writes the numbers of an attempt, each with when its PIN was given: those that moved already stay, the others are
/// written anew as pending.
pub fn replace(
    conn: &mut Conn,
    vault: &Vault,
    request: &PortRequest,
    numbers: &[(&NumberToPort, Option<NaiveDateTime>)],
) -> StoreResult<()> {
    let open = port_numbers::table
        .filter(port_numbers::port_request_id.eq(request.id))
        .filter(port_numbers::state.ne("ported"));
    diesel::delete(open).execute(conn)?;
    let ported: HashSet<String> = of_request(conn, request.id)?.into_iter().map(|number| number.e164).collect();
    let fresh = numbers.iter().filter(|(number, _)| !ported.contains(number.number.as_str()));
    let behind = i32::try_from(ported.len()).unwrap_or(i32::MAX);
    let rows: Vec<_> = fresh
        .zip(behind..)
        .map(|((number, pin_set_at), position)| {
            let e164 = number.number.as_str().to_owned();
            let pin = number.pin.as_ref();
            (
                port_numbers::account_id.eq(request.account_id),
                port_numbers::port_request_id.eq(request.id),
                port_numbers::submitted_by.eq(request.submitted_by),
                port_numbers::position.eq(position),
                port_numbers::kind.eq(number.kind.code()),
                port_numbers::state.eq("pending"),
                port_numbers::pin_kind.eq(pin.map_or("", |pin| pin.kind().code())),
                port_numbers::pin.eq(pin.map(|pin| vault.seal(&place(request.id, &e164), pin.reveal().as_bytes()))),
                port_numbers::pin_length
                    .eq(pin.map_or(0, |pin| i32::try_from(pin.reveal().chars().count()).unwrap_or(i32::MAX))),
                port_numbers::pin_set_at.eq(*pin_set_at),
                port_numbers::e164.eq(e164),
            )
        })
        .collect();
    for some in rows.chunks(500) {
        let some = some.to_vec();
        // Batches are not written once for both databases, and a thousand single inserts are slow.
        match conn {
            Conn::Sqlite(conn) => diesel::insert_into(port_numbers::table).values(some).execute(conn)?,
            Conn::Postgres(conn) => diesel::insert_into(port_numbers::table).values(some).execute(conn)?,
        };
    }
    Ok(())
}

/// The numbers of a request that have not moved.
pub fn open_of(conn: &mut Conn, port_request: i64) -> StoreResult<Vec<PhoneNumber>> {
    let open = of_request(conn, port_request)?.into_iter().filter(|number| number.state != "ported");
    Ok(open.filter_map(|number| PhoneNumber::from_stored(&number.e164)).collect())
}

/// Gives every number that has not moved a state.
pub fn set_open(conn: &mut Conn, port_request: i64, state: &str) -> StoreResult<()> {
    let open = port_numbers::table
        .filter(port_numbers::port_request_id.eq(port_request))
        .filter(port_numbers::state.ne_all(["ported", "removed"]));
    diesel::update(open).set(port_numbers::state.eq(state)).execute(conn)?;
    Ok(())
}

/// Notes that these numbers moved.
pub fn set_ported(conn: &mut Conn, port_request: i64, ids: &[i64], now: NaiveDateTime) -> StoreResult<()> {
    for some in ids.chunks(500) {
        let moved = port_numbers::table
            .filter(port_numbers::port_request_id.eq(port_request))
            .filter(port_numbers::id.eq_any(some.to_vec()))
            .filter(port_numbers::state.ne("ported"));
        diesel::update(moved).set((port_numbers::state.eq("ported"), port_numbers::ported_at.eq(now))).execute(conn)?;
    }
    Ok(())
}

/// Erases the PINs and SSN digits of a request.
pub fn erase_pins(conn: &mut Conn, port_request: i64) -> StoreResult<()> {
    diesel::update(port_numbers::table.filter(port_numbers::port_request_id.eq(port_request)))
        .set(port_numbers::pin.eq(None::<Vec<u8>>))
        .execute(conn)?;
    Ok(())
}

/// A number that moved in, with the request that it moved with.
#[derive(Debug, Clone, Queryable)]
pub struct MovedIn {
    pub e164: String,
    pub sid: RequestSid,
    pub account_id: i64,
    pub submitted_by: i64,
    pub ported_at: Option<NaiveDateTime>,
}

/// Which of these numbers moved in with other requests than this one, the newest first.
pub fn moved_with_others(conn: &mut Conn, request: i64, numbers: &[PhoneNumber]) -> StoreResult<Vec<MovedIn>> {
    let mut moved = Vec::new();
    // SQLite takes a limited number of values in one query.
    for some in numbers.chunks(500) {
        let e164: Vec<&str> = some.iter().map(PhoneNumber::as_str).collect();
        let rows: Vec<MovedIn> = port_numbers::table
            .inner_join(port_requests::table)
            .filter(port_numbers::e164.eq_any(e164))
            .filter(port_numbers::state.eq("ported"))
            .filter(port_numbers::port_request_id.ne(request))
            .order((port_numbers::ported_at.desc(), port_numbers::id.desc()))
            .select((
                port_numbers::e164,
                port_requests::sid,
                port_requests::account_id,
                port_requests::submitted_by,
                port_numbers::ported_at,
            ))
            .load(conn)?;
        moved.extend(rows);
    }
    Ok(moved)
}

/// A number that a location has because it was moved in.
#[derive(Debug, Clone, Queryable)]
pub struct OwnedNumber {
    pub e164: String,
    pub kind: String,
    pub ported_at: Option<NaiveDateTime>,
    pub request_name: String,
    pub sid: RequestSid,
    pub location: String,
    pub time_zone: String,
}

/// The numbers that moved in, as far as `scope` may see them, by number: first the ids along an index, then the few rows.
pub fn moved_in(conn: &mut Conn, scope: Scope, offset: i64, limit: i64) -> StoreResult<Vec<OwnedNumber>> {
    let ids: Vec<i64> = ported(scope)
        .order((port_numbers::e164.asc(), port_numbers::id.asc()))
        .offset(offset)
        .limit(limit)
        .select(port_numbers::id)
        .load(conn)?;
    Ok(port_numbers::table
        .inner_join(port_requests::table.inner_join(locations::table))
        .filter(port_numbers::id.eq_any(ids))
        .order((port_numbers::e164.asc(), port_numbers::id.asc()))
        .select((
            port_numbers::e164,
            port_numbers::kind,
            port_numbers::ported_at,
            port_requests::name,
            port_requests::sid,
            locations::name,
            locations::time_zone,
        ))
        .load(conn)?)
}

/// How many numbers moved in, at most one more than [`MOST_COUNTED`].
pub fn count_moved_in(conn: &mut Conn, scope: Scope) -> StoreResult<i64> {
    let ids: Vec<i64> = ported(scope).select(port_numbers::id).limit(MOST_COUNTED + 1).load(conn)?;
    Ok(i64::try_from(ids.len()).unwrap_or(MOST_COUNTED))
}

/// Only drafts are deleted, and no number of a draft moved.
fn ported<'a>(scope: Scope) -> port_numbers::BoxedQuery<'a, <Conn as diesel::Connection>::Backend> {
    let ported = port_numbers::table.filter(port_numbers::state.eq("ported")).into_boxed();
    match scope {
        Scope::Account(account) => ported.filter(port_numbers::account_id.eq(account)),
        Scope::Submitter(user) => ported.filter(port_numbers::submitted_by.eq(user)),
        Scope::Desk => ported,
    }
}
