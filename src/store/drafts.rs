//! What was typed into the wizard, sealed.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{Conn, StoreError, StoreResult, schema::drafts};
use crate::{domain::draft::Answers, vault::Vault};

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
    let answers = serde_json::from_slice(&plain).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    Ok(Draft { answers, saved_at, version })
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
        ))
        .execute(conn)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}
