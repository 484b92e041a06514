//! What was typed into the wizard, sealed.

use chrono::NaiveDateTime;
use diesel::{dsl::case_when, prelude::*, sql_types::Integer};

use super::{
    Conn, StoreError, StoreResult,
    schema::{drafts, port_requests},
    turns,
};
use crate::{
    domain::{draft::Answers, stage::Stage},
    vault::Vault,
};

/// A draft as opened.
#[derive(Debug, Clone)]
pub struct Draft {
    pub answers: Answers,
    pub saved_at: NaiveDateTime,
    pub version: i32,
}

fn place(port_request: i64) -> String {
    format!("drafts:{port_request}")
}

fn sealed(vault: &Vault, port_request: i64, answers: &Answers) -> StoreResult<Vec<u8>> {
    let plain = serde_json::to_vec(answers).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    Ok(vault.seal(&place(port_request), &plain))
}

/// Adds the answers of a new request.
pub fn add(
    conn: &mut Conn,
    vault: &Vault,
    account: i64,
    port_request: i64,
    answers: &Answers,
    now: NaiveDateTime,
) -> StoreResult<()> {
    diesel::insert_into(drafts::table)
        .values((
            drafts::port_request_id.eq(port_request),
            drafts::account_id.eq(account),
            drafts::answers.eq(sealed(vault, port_request, answers)?),
            drafts::saved_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Holds the draft until the transaction ends: whoever else wants to change it waits, on both databases.
pub fn lock(conn: &mut Conn, port_request: i64) -> StoreResult<()> {
    turns::of_request(conn, port_request)?;
    let held =
        diesel::update(drafts::table.find(port_request)).set(drafts::version.eq(drafts::version)).execute(conn)?;
    if held == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}

/// The answers of a request.
pub fn find(conn: &mut Conn, vault: &Vault, port_request: i64) -> StoreResult<Draft> {
    let (text, saved_at, version) = drafts::table
        .find(port_request)
        .select((drafts::answers, drafts::saved_at, drafts::version))
        .first::<(Vec<u8>, NaiveDateTime, i32)>(conn)?;
    let plain = vault.open(&place(port_request), &text).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let answers = serde_json::from_slice(&plain).map_err(|error| unreadable(&error))?;
    Ok(Draft { answers, saved_at, version })
}

/// Where the answers cannot be read. What stands there is not told: it may be a PIN, and errors are logged.
fn unreadable(error: &serde_json::Error) -> StoreError {
    StoreError::Corrupt(format!("{:?} at line {} column {}", error.classify(), error.line(), error.column()))
}

/// Writes the answers; the caller holds the transaction in which they were read.
pub fn save(
    conn: &mut Conn,
    vault: &Vault,
    port_request: i64,
    answers: &Answers,
    now: NaiveDateTime,
) -> StoreResult<()> {
    let changed = diesel::update(drafts::table.find(port_request))
        .set((
            drafts::answers.eq(sealed(vault, port_request, answers)?),
            drafts::saved_at.eq(now),
            drafts::version.eq(drafts::version + 1),
            // Whoever comes back is not told a second time that a draft is saved, but again that it grows old.
            drafts::reminders
                .eq(case_when(drafts::reminders.gt(1), 1.into_sql::<Integer>()).otherwise(drafts::reminders)),
        ))
        .execute(conn)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}

/// How long a draft has waited, and what its person was told about that.
#[derive(Debug, Clone, Copy)]
pub struct Waiting {
    pub saved_at: NaiveDateTime,
    /// Letters so far.
    pub reminders: i32,
    pub reminded_at: Option<NaiveDateTime>,
}

/// How long a draft has waited.
pub fn waiting(conn: &mut Conn, port_request: i64) -> StoreResult<Waiting> {
    let (saved_at, reminders, reminded_at) = drafts::table
        .find(port_request)
        .select((drafts::saved_at, drafts::reminders, drafts::reminded_at))
        .first(conn)?;
    Ok(Waiting { saved_at, reminders, reminded_at })
}

/// Notes a letter about waiting.
pub fn note_reminder(conn: &mut Conn, port_request: i64, reminders: i32, now: NaiveDateTime) -> StoreResult<()> {
    diesel::update(drafts::table.find(port_request))
        .set((drafts::reminders.eq(reminders), drafts::reminded_at.eq(now)))
        .execute(conn)?;
    Ok(())
}

/// Requests that were never sent nor deleted, last saved before one moment and after this many letters about it, of
/// which none went out since another.
pub fn waiting_since(
    conn: &mut Conn,
    saved: NaiveDateTime,
    reminders: i32,
    reminded: NaiveDateTime,
    limit: i64,
) -> StoreResult<Vec<i64>> {
    let unsent = port_requests::table
        .filter(port_requests::stage.eq(Stage::Draft))
        .filter(port_requests::deleted_at.is_null())
        .select(port_requests::id);
    Ok(drafts::table
        .filter(drafts::reminders.eq(reminders))
        .filter(drafts::saved_at.le(saved))
        .filter(drafts::reminded_at.is_null().or(drafts::reminded_at.le(reminded)))
        .filter(drafts::port_request_id.eq_any(unsent))
        .order(drafts::saved_at.asc())
        .limit(limit)
        .select(drafts::port_request_id)
        .load(conn)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_not_quoted() {
        let stored = br#"{"numbers":{"account_pin":"4711","one_pin":"blue heron"}}"#;
        let error = serde_json::from_slice::<Answers>(stored).expect_err("a word is no yes or no");
        assert!(error.to_string().contains("blue heron"), "{error}");
        assert_eq!(unreadable(&error).to_string(), "stored value cannot be read: Data at line 1 column 55");
    }
}
