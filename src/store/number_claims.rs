//! Which numbers are in a live request: one row a number in the whole system.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{
    Conn, StoreResult,
    port_requests::PortRequest,
    schema::{number_claims, port_requests},
};
use crate::domain::{phone_number::PhoneNumber, request_sid::RequestSid, stage::Stage};

/// A number that another request holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    pub number: String,
    pub sid: RequestSid,
    pub account_id: i64,
    pub submitted_by: i64,
    /// Where the other request is.
    pub stage: Stage,
}

/// Which of these numbers other requests hold.
pub fn held_by_others(conn: &mut Conn, request: i64, numbers: &[PhoneNumber]) -> StoreResult<Vec<Claimed>> {
    let mut held = Vec::new();
    // SQLite takes a limited number of values in one query.
    for some in numbers.chunks(500) {
        let e164: Vec<&str> = some.iter().map(PhoneNumber::as_str).collect();
        let rows: Vec<(String, RequestSid, i64, i64, Stage)> = number_claims::table
            .inner_join(port_requests::table)
            .filter(number_claims::e164.eq_any(e164))
            .filter(number_claims::port_request_id.ne(request))
            .select((
                number_claims::e164,
                port_requests::sid,
                port_requests::account_id,
                port_requests::submitted_by,
                port_requests::stage,
            ))
            .load(conn)?;
        held.extend(rows.into_iter().map(|(number, sid, account_id, submitted_by, stage)| Claimed {
            number,
            sid,
            account_id,
            submitted_by,
            stage,
        }));
    }
    Ok(held)
}

/// Claims numbers for a request; what it held before and does not need any more is let go.
/// `Taken` when another request claimed one of them meanwhile.
pub fn claim(conn: &mut Conn, request: &PortRequest, numbers: &[PhoneNumber], now: NaiveDateTime) -> StoreResult<()> {
    release(conn, request.id)?;
    // Batches are not written once for both databases, and a thousand single inserts are slow.
    for some in in_order(numbers).chunks(500) {
        let rows: Vec<_> = some.iter().map(|number| row(request, number, now)).collect();
        match conn {
            Conn::Sqlite(conn) => diesel::insert_into(number_claims::table).values(rows).execute(conn)?,
            Conn::Postgres(conn) => diesel::insert_into(number_claims::table).values(rows).execute(conn)?,
        };
    }
    Ok(())
}

/// The same, but leaves the numbers alone that other requests hold: a stranger is not told that they do.
pub fn claim_free(
    conn: &mut Conn,
    request: &PortRequest,
    numbers: &[PhoneNumber],
    now: NaiveDateTime,
) -> StoreResult<()> {
    release(conn, request.id)?;
    for some in in_order(numbers).chunks(500) {
        let rows: Vec<_> = some.iter().map(|number| row(request, number, now)).collect();
        // As in `claim`.
        match conn {
            Conn::Sqlite(conn) => diesel::insert_or_ignore_into(number_claims::table).values(rows).execute(conn)?,
            Conn::Postgres(conn) => {
                diesel::insert_into(number_claims::table).values(rows).on_conflict_do_nothing().execute(conn)?
            }
        };
    }
    Ok(())
}

/// In one order for everybody: two requests that want the same numbers wait for each other instead of deadlocking.
fn in_order(numbers: &[PhoneNumber]) -> Vec<PhoneNumber> {
    let mut numbers = numbers.to_vec();
    numbers.sort();
    numbers
}

type Row = (
    diesel::dsl::Eq<number_claims::e164, String>,
    diesel::dsl::Eq<number_claims::port_request_id, i64>,
    diesel::dsl::Eq<number_claims::account_id, i64>,
    diesel::dsl::Eq<number_claims::claimed_at, NaiveDateTime>,
);

fn row(request: &PortRequest, number: &PhoneNumber, now: NaiveDateTime) -> Row {
    (
        number_claims::e164.eq(number.as_str().to_owned()),
        number_claims::port_request_id.eq(request.id),
        number_claims::account_id.eq(request.account_id),
        number_claims::claimed_at.eq(now),
    )
}

/// Lets go of every number of a request.
pub fn release(conn: &mut Conn, request: i64) -> StoreResult<()> {
    diesel::delete(number_claims::table.filter(number_claims::port_request_id.eq(request))).execute(conn)?;
    Ok(())
}
