//! Transactions that must not run at the same time take turns.

use diesel::{prelude::*, sql_types::Text};

use super::{Conn, StoreResult};

/// Waits until no other transaction holds this key, then holds it until the caller's transaction ends.
///
/// On PostgreSQL two transactions may otherwise both look before either writes. SQLite has one writer at a time, so there
/// is nothing to wait for.
pub fn take(conn: &mut Conn, key: &str) -> StoreResult<()> {
    if let Conn::Postgres(conn) = conn {
        diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
            .bind::<Text, _>(key)
            .execute(conn)?;
    }
    Ok(())
}

/// Waits for everybody else who changes a request together with its letters or its answers.
///
/// It is taken before any row is: who took rows first, in whatever order, could wait for each other for ever.
pub fn of_request(conn: &mut Conn, port_request: i64) -> StoreResult<()> {
    take(conn, &format!("port_request:{port_request}"))
}
