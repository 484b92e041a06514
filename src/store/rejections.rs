//! The coded reasons of each rejection.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{Conn, StoreResult, port_requests::PortRequest, schema::rejection_reasons};
use crate::domain::rejection::RejectionReason;

/// A reason as told to the customer.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Reason {
    pub attempt: i32,
    /// `desk` or `carrier`.
    pub source: String,
    pub slug: String,
    pub message: String,
    /// The losing carrier's own words, if they were noted.
    pub carrier_words: String,
    pub set_at: NaiveDateTime,
}

impl Reason {
    /// Whether the customer can do something about it.
    pub fn is_for_customer(&self) -> bool {
        RejectionReason::find(&self.slug).is_none_or(RejectionReason::is_for_customer)
    }
}

/// Notes a reason.
pub fn add(conn: &mut Conn, request: &PortRequest, reason: &Reason) -> StoreResult<()> {
    diesel::insert_into(rejection_reasons::table)
        .values((
            rejection_reasons::account_id.eq(request.account_id),
            rejection_reasons::port_request_id.eq(request.id),
            rejection_reasons::attempt.eq(reason.attempt),
            rejection_reasons::source.eq(&reason.source),
            rejection_reasons::slug.eq(&reason.slug),
            rejection_reasons::message.eq(&reason.message),
            rejection_reasons::carrier_words.eq(&reason.carrier_words),
            rejection_reasons::set_at.eq(reason.set_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// The reasons of one attempt, in the order in which they were given.
pub fn of_attempt(conn: &mut Conn, request: &PortRequest) -> StoreResult<Vec<Reason>> {
    let all = of_request(conn, request.id)?;
    Ok(all.into_iter().filter(|reason| reason.attempt == request.attempt).collect())
}

/// The reasons of a request, in the order in which they were given.
pub fn of_request(conn: &mut Conn, port_request: i64) -> StoreResult<Vec<Reason>> {
    Ok(rejection_reasons::table
        .filter(rejection_reasons::port_request_id.eq(port_request))
        .order(rejection_reasons::id.asc())
        .select((
            rejection_reasons::attempt,
            rejection_reasons::source,
            rejection_reasons::slug,
            rejection_reasons::message,
            rejection_reasons::carrier_words,
            rejection_reasons::set_at,
        ))
        .load(conn)?)
}
