//! Area codes that are newer than the built-in table: added and taken out by admins, with who did it and when.

use chrono::NaiveDateTime;

use crate::{
    domain::{
        area_codes::{AreaCode, AreaCodes, is_kept_for_toll_free},
        people::Admin,
    },
    store::{self, Conn, StoreError, area_codes::AddedAreaCode},
};

/// Why an area code was not added.
#[derive(Debug, thiserror::Error)]
pub enum AreaCodeError {
    #[error("Enter the three digits of the area code")]
    NotACode,
    #[error("{0} cannot be an area code: they begin with 2 to 9 and do not end with 11")]
    NeverACode(String),
    #[error("{0} is known already: {1}")]
    Known(String, String),
    #[error("{0} is kept for toll-free numbers. Select toll-free")]
    KeptForTollFree(String),
    #[error("{0} is not kept for toll-free numbers; 822, 880 to 887 and 889 are")]
    NotTollFree(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Reads an area code that could be added.
pub fn parse(typed: &str) -> Result<String, AreaCodeError> {
    let code = typed.trim();
    if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(AreaCodeError::NotACode);
    }
    if code.starts_with(['0', '1']) || code.ends_with("11") {
        return Err(AreaCodeError::NeverACode(code.to_owned()));
    }
    Ok(code.to_owned())
}

/// The built-in table and what admins added to it.
pub fn in_force(conn: &mut Conn) -> Result<AreaCodes, StoreError> {
    let mut codes = AreaCodes::built_in().clone();
    for added in store::area_codes::in_use(conn)? {
        if let Some(meaning) = AreaCode::from_codes(&added.kind, &added.country) {
            codes = codes.with(&added.code, meaning);
        }
    }
    Ok(codes)
}

/// An admin adds an area code that the table does not have.
pub fn add(
    conn: &mut Conn,
    admin: &Admin,
    code: &str,
    meaning: AreaCode,
    now: NaiveDateTime,
) -> Result<(), AreaCodeError> {
    // PostgreSQL gives up the whole transaction on a unique violation, so two admins take turns.
    store::turns::take(conn, "area codes")?;
    let code = parse(code)?;
    if let Some(known) = in_force(conn)?.find(&code) {
        return Err(AreaCodeError::Known(code, known.label()));
    }
    match (is_kept_for_toll_free(&code), meaning == AreaCode::TollFree) {
        (true, false) => return Err(AreaCodeError::KeptForTollFree(code)),
        (false, true) => return Err(AreaCodeError::NotTollFree(code)),
        _ => {}
    }
    let country = meaning.country().map_or("", |country| country.code());
    Ok(store::area_codes::add(conn, &code, country, meaning.kind(), admin.person.id, now)?)
}

/// An admin takes an added area code out again. Requests that were sent stay as they are.
pub fn remove(conn: &mut Conn, admin: &Admin, id: i64, now: NaiveDateTime) -> Result<AddedAreaCode, StoreError> {
    let code = store::area_codes::find(conn, id)?;
    store::area_codes::remove(conn, id, admin.person.id, now)?;
    Ok(code)
}
