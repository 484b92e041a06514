//! Port requests: one row from the first page of the wizard to the end.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use super::{Conn, StoreError, StoreResult, schema::port_requests};
use crate::domain::{
    channel::Channel, foc::FocWindow, number_to_port::PortScope, people::Customer, request_sid::RequestSid,
    stage::Stage,
};

pub use super::request_ends::{note_erased, set_deleted, to_erase, unproven};
pub use super::request_list::{
    Key, ListFilter, ListedRequest, MOST_COUNTED, Order, Scope, Waiting, count, count_up_to, list, list_after, rows,
};
pub use super::request_notes::{DraftNote, note_confirmed, note_draft};

/// A port request as stored.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = port_requests)]
pub struct PortRequest {
    pub id: i64,
    pub account_id: i64,
    pub location_id: i64,
    pub sid: RequestSid,
    pub channel: Channel,
    pub stage: Stage,
    pub stage_since: NaiveDateTime,
    pub version: i32,
    pub attempt: i32,
    pub name: String,
    pub losing_carrier: String,
    pub number_count: i32,
    pub ported_count: i32,
    /// `all`, `some` or `unknown` as of the newest attempt; empty for a draft.
    pub scope: String,
    pub submitted_by: i64,
    pub created_at: NaiveDateTime,
    pub sent_at: Option<NaiveDateTime>,
    /// When the contact of a manual request proved the mailbox.
    pub confirmed_at: Option<NaiveDateTime>,
    pub assigned_to: Option<i64>,
    /// The page of the wizard on which a draft goes on, by the segment of its address.
    pub next_step: String,
    /// The desk's own words about what the losing carrier is doing; cleared by the next move.
    pub current_action: String,
    /// Why it was rejected or canceled, in one sentence.
    pub current_reason: String,
    pub carrier_order_number: String,
    pub sent_to_carrier_at: Option<NaiveDateTime>,
    pub foc_starts_at: Option<NaiveDateTime>,
    pub foc_ends_at: Option<NaiveDateTime>,
    pub foc_zone: String,
    pub closed_at: Option<NaiveDateTime>,
    /// When its PINs were erased, after it had ended.
    pub secrets_erased_at: Option<NaiveDateTime>,
    pub deleted_at: Option<NaiveDateTime>,
}

impl PortRequest {
    /// Whether somebody without an account sent it.
    pub fn is_manual(&self) -> bool {
        self.channel == Channel::Manual
    }

    /// Whether the account with the losing carrier goes with the numbers; whoever does not know keeps it.
    pub fn leaves_carrier(&self) -> bool {
        self.scope == PortScope::All.code()
    }

    /// The date and window that the losing carrier committed to.
    pub fn foc(&self) -> Option<FocWindow> {
        let (starts_at, ends_at) = (self.foc_starts_at?, self.foc_ends_at?);
        Some(FocWindow { starts_at, ends_at, zone: self.foc_zone.clone() })
    }
}

/// A draft to add.
#[derive(Debug, Clone)]
pub struct NewDraft {
    pub account_id: i64,
    pub location_id: i64,
    pub sid: RequestSid,
    pub channel: Channel,
    pub submitted_by: i64,
}

/// Adds a draft.
pub fn add_draft(conn: &mut Conn, new: &NewDraft, now: NaiveDateTime) -> StoreResult<i64> {
    let id = diesel::insert_into(port_requests::table)
        .values((
            port_requests::account_id.eq(new.account_id),
            port_requests::location_id.eq(new.location_id),
            port_requests::sid.eq(&new.sid),
            port_requests::channel.eq(new.channel),
            port_requests::stage.eq(Stage::Draft),
            port_requests::stage_since.eq(now),
            port_requests::submitted_by.eq(new.submitted_by),
            port_requests::created_at.eq(now),
        ))
        .returning(port_requests::id)
        .get_result(conn)?;
    Ok(id)
}

/// One request, for the desk. Deleted drafts are not found.
pub fn find(conn: &mut Conn, sid: &RequestSid) -> StoreResult<PortRequest> {
    Ok(port_requests::table
        .filter(port_requests::sid.eq(sid))
        .filter(port_requests::deleted_at.is_null())
        .select(PortRequest::as_select())
        .first(conn)?)
}

/// One request, by row.
pub fn get(conn: &mut Conn, id: i64) -> StoreResult<PortRequest> {
    Ok(port_requests::table.find(id).select(PortRequest::as_select()).first(conn)?)
}

/// One request that a customer may see: an owner any of the account, a manager only their own.
pub fn find_visible(conn: &mut Conn, customer: &Customer, sid: &RequestSid) -> StoreResult<PortRequest> {
    let request = find(conn, sid)?;
    if is_visible(customer, &request) { Ok(request) } else { Err(StoreError::NotFound) }
}

/// The same, also when the draft was deleted less than a day ago.
pub fn find_deleted(
    conn: &mut Conn,
    customer: &Customer,
    sid: &RequestSid,
    now: NaiveDateTime,
) -> StoreResult<PortRequest> {
    let request: PortRequest = port_requests::table
        .filter(port_requests::sid.eq(sid))
        .filter(port_requests::deleted_at.gt(now - Duration::days(1)))
        .select(PortRequest::as_select())
        .first(conn)?;
    if is_visible(customer, &request) { Ok(request) } else { Err(StoreError::NotFound) }
}

/// Whether a customer may see a request.
pub fn is_visible(customer: &Customer, request: &PortRequest) -> bool {
    request.account_id == customer.account_id && (customer.is_owner() || request.submitted_by == customer.person.id)
}

/// The newest request that was sent to leave this carrier, of those that a customer may see.
pub fn newest_from(conn: &mut Conn, customer: &Customer, losing_carrier: &str) -> StoreResult<Option<PortRequest>> {
    let mut found = port_requests::table
        .filter(port_requests::deleted_at.is_null())
        .filter(port_requests::account_id.eq(customer.account_id))
        .filter(port_requests::stage.ne(Stage::Draft))
        .filter(port_requests::losing_carrier.eq(losing_carrier))
        // What a stranger typed is nobody's to take over.
        .filter(port_requests::channel.eq(Channel::InApp))
        .into_boxed();
    if !customer.is_owner() {
        found = found.filter(port_requests::submitted_by.eq(customer.person.id));
    }
    let newest = (port_requests::created_at.desc(), port_requests::id.desc());
    Ok(found.order(newest).select(PortRequest::as_select()).first(conn).optional()?)
}

/// What a move writes beside the stage.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// Shown as second line until the next move.
    pub current_reason: String,
    pub carrier_order_number: Option<String>,
    pub foc: Option<FocWindow>,
}

/// Writes a new stage on the version that the caller read. `Stale` says that somebody was quicker.
pub fn set_stage(
    conn: &mut Conn,
    request: &PortRequest,
    to: Stage,
    changes: &Changes,
    now: NaiveDateTime,
) -> StoreResult<()> {
    let as_read = port_requests::table
        .filter(port_requests::id.eq(request.id))
        .filter(port_requests::version.eq(request.version));
    let foc = changes.foc.clone().or_else(|| request.foc().filter(|_| keeps_foc(to)));
    let closed_at = to.is_final().then_some(now);
    let sent_to_carrier_at = if to == Stage::Submitted { Some(now) } else { request.sent_to_carrier_at };
    let order = changes.carrier_order_number.as_deref().unwrap_or(&request.carrier_order_number);
    let written = diesel::update(as_read)
        .set((
            port_requests::stage.eq(to),
            port_requests::stage_since.eq(now),
            port_requests::version.eq(request.version + 1),
            port_requests::current_action.eq(""),
            port_requests::current_reason.eq(&changes.current_reason),
            port_requests::carrier_order_number.eq(order),
            port_requests::sent_to_carrier_at.eq(sent_to_carrier_at),
            port_requests::foc_starts_at.eq(foc.as_ref().map(|foc| foc.starts_at)),
            port_requests::foc_ends_at.eq(foc.as_ref().map(|foc| foc.ends_at)),
            port_requests::foc_zone.eq(foc.as_ref().map_or("", |foc| foc.zone.as_str())),
            port_requests::closed_at.eq(closed_at),
        ))
        .execute(conn)?;
    one_row(written)
}

fn keeps_foc(to: Stage) -> bool {
    matches!(to, Stage::FocScheduled | Stage::PartiallyPorted | Stage::CancelRequested | Stage::Completed)
}

/// What sending writes into the row, beside the stage.
#[derive(Debug, Clone)]
pub struct Sent<'a> {
    pub name: &'a str,
    pub losing_carrier: &'a str,
    pub number_count: i32,
    pub scope: PortScope,
    pub attempt: i32,
}

/// Notes the facts of an attempt that was just sent; `set_stage` has guarded the version.
pub fn note_sent(conn: &mut Conn, id: i64, sent: &Sent<'_>, now: NaiveDateTime) -> StoreResult<()> {
    diesel::update(port_requests::table.find(id))
        .set((
            port_requests::name.eq(sent.name),
            port_requests::losing_carrier.eq(sent.losing_carrier),
            port_requests::number_count.eq(sent.number_count),
            port_requests::scope.eq(sent.scope.code()),
            port_requests::attempt.eq(sent.attempt),
            port_requests::sent_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Notes that something came behind what was sent: a reviewer who looked before that has to look again.
pub fn note_newer(conn: &mut Conn, request: &PortRequest) -> StoreResult<()> {
    let as_read = port_requests::table
        .filter(port_requests::id.eq(request.id))
        .filter(port_requests::version.eq(request.version));
    one_row(diesel::update(as_read).set(port_requests::version.eq(request.version + 1)).execute(conn)?)
}

/// Writes how many numbers have moved.
pub fn set_ported_count(conn: &mut Conn, id: i64, count: i32) -> StoreResult<()> {
    diesel::update(port_requests::table.find(id)).set(port_requests::ported_count.eq(count)).execute(conn)?;
    Ok(())
}

/// Gives the request to a reviewer, or to nobody, on the version that was read.
pub fn assign(conn: &mut Conn, request: &PortRequest, reviewer: Option<i64>) -> StoreResult<()> {
    let as_read = port_requests::table
        .filter(port_requests::id.eq(request.id))
        .filter(port_requests::version.eq(request.version));
    let changed = diesel::update(as_read)
        .set((port_requests::assigned_to.eq(reviewer), port_requests::version.eq(request.version + 1)))
        .execute(conn)?;
    one_row(changed)
}

/// Writes the desk's words about what the losing carrier is doing and its order number, on the version that was read.
pub fn set_current_action(conn: &mut Conn, request: &PortRequest, text: &str, order: &str) -> StoreResult<()> {
    let as_read = port_requests::table
        .filter(port_requests::id.eq(request.id))
        .filter(port_requests::version.eq(request.version));
    let changed = diesel::update(as_read)
        .set((
            port_requests::current_action.eq(text),
            port_requests::carrier_order_number.eq(order),
            port_requests::version.eq(request.version + 1),
        ))
        .execute(conn)?;
    one_row(changed)
}

pub(super) fn one_row(changed: usize) -> StoreResult<()> {
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}
