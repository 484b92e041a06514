//! Every firm order commitment that was noted, also those that were replaced.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{Conn, StoreResult, port_requests::PortRequest, schema::foc_windows};
use crate::domain::foc::FocWindow;

/// Notes a window.
pub fn add(conn: &mut Conn, request: &PortRequest, foc: &FocWindow, by: i64, now: NaiveDateTime) -> StoreResult<()> {
    diesel::insert_into(foc_windows::table)
        .values((
            foc_windows::account_id.eq(request.account_id),
            foc_windows::port_request_id.eq(request.id),
            foc_windows::starts_at.eq(foc.starts_at),
            foc_windows::ends_at.eq(foc.ends_at),
            foc_windows::zone.eq(&foc.zone),
            foc_windows::set_by.eq(by),
            foc_windows::set_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}
