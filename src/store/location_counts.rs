//! How much goes on in a location, counted no further than lists tell it.

use diesel::prelude::*;

use super::{Conn, StoreResult, port_requests::MOST_COUNTED, schema::port_requests};
use crate::domain::{people::Customer, stage::Stage};

/// What a location holds; each at most one more than [`MOST_COUNTED`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LocationCounts {
    /// Requests that were sent and are not over.
    pub open: i64,
    /// Numbers that moved in.
    pub numbers: i64,
}

/// Counts what a customer may see of a location of their account: rows of indexes only, and no more than are told.
pub fn of_location(conn: &mut Conn, customer: &Customer, location: i64) -> StoreResult<LocationCounts> {
    let is_open = |stage: &Stage| *stage != Stage::Draft && !stage.is_final();
    let open: Vec<Stage> = Stage::ALL.into_iter().filter(is_open).collect();
    let open: Vec<i64> = of(customer, location)
        .filter(port_requests::stage.eq_any(open))
        .select(port_requests::id)
        .limit(MOST_COUNTED + 1)
        .load(conn)?;
    let moved: Vec<i32> = of(customer, location)
        .filter(port_requests::ported_count.gt(0))
        .select(port_requests::ported_count)
        .limit(MOST_COUNTED + 1)
        .load(conn)?;
    let numbers: i64 = moved.into_iter().map(i64::from).sum();
    Ok(LocationCounts {
        open: i64::try_from(open.len()).unwrap_or(MOST_COUNTED),
        numbers: numbers.min(MOST_COUNTED + 1),
    })
}

fn of<'a>(customer: &Customer, location: i64) -> port_requests::BoxedQuery<'a, <Conn as diesel::Connection>::Backend> {
    let query = port_requests::table
        .filter(port_requests::location_id.eq(location))
        .filter(port_requests::deleted_at.is_null())
        .into_boxed();
    // The location says whose account it is; a second condition would only make each row be read.
    if customer.is_owner() { query } else { query.filter(port_requests::submitted_by.eq(customer.person.id)) }
}
