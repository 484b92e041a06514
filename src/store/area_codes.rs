//! Area codes that admins added to the built-in table. One that was taken out stays as a row that tells who did.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{Conn, StoreError, StoreResult, schema::area_codes};

/// So many that were taken out are told.
const MOST_REMOVED: i64 = 100;

/// An area code that an admin added.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = area_codes)]
pub struct AddedAreaCode {
    pub id: i64,
    pub code: String,
    /// Two letters of ISO 3166, as in the built-in table; empty where a kind has no country.
    pub country: String,
    /// `geographic`, `toll_free`, `premium` or `personal`.
    pub kind: String,
    pub added_by: i64,
    pub added_at: NaiveDateTime,
    pub removed_by: Option<i64>,
    pub removed_at: Option<NaiveDateTime>,
}

/// Those in use, by code.
pub fn in_use(conn: &mut Conn) -> StoreResult<Vec<AddedAreaCode>> {
    Ok(area_codes::table
        .filter(area_codes::removed_at.is_null())
        .order(area_codes::code.asc())
        .select(AddedAreaCode::as_select())
        .load(conn)?)
}

/// Those that were taken out again, the last one first.
pub fn removed(conn: &mut Conn) -> StoreResult<Vec<AddedAreaCode>> {
    Ok(area_codes::table
        .filter(area_codes::removed_at.is_not_null())
        .order((area_codes::removed_at.desc(), area_codes::id.desc()))
        .limit(MOST_REMOVED)
        .select(AddedAreaCode::as_select())
        .load(conn)?)
}

/// One that is in use.
pub fn find(conn: &mut Conn, id: i64) -> StoreResult<AddedAreaCode> {
    let in_use = area_codes::table.filter(area_codes::id.eq(id)).filter(area_codes::removed_at.is_null());
    Ok(in_use.select(AddedAreaCode::as_select()).first(conn)?)
}

/// Adds one. `Taken` when it is in use already.
pub fn add(conn: &mut Conn, code: &str, country: &str, kind: &str, by: i64, now: NaiveDateTime) -> StoreResult<()> {
    diesel::insert_into(area_codes::table)
        .values((
            area_codes::code.eq(code),
            area_codes::country.eq(country),
            area_codes::kind.eq(kind),
            area_codes::added_by.eq(by),
            area_codes::added_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Takes one out. `Stale` when somebody was quicker.
pub fn remove(conn: &mut Conn, id: i64, by: i64, now: NaiveDateTime) -> StoreResult<()> {
    let in_use = area_codes::table.filter(area_codes::id.eq(id)).filter(area_codes::removed_at.is_null());
    let changed =
        diesel::update(in_use).set((area_codes::removed_by.eq(by), area_codes::removed_at.eq(now))).execute(conn)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}
