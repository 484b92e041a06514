//! The documents of a request: what they are. Their bytes lie in the object store.

use chrono::NaiveDateTime;
use diesel::{dsl::exists, prelude::*};

use super::{
    Conn, StoreError, StoreResult,
    port_requests::PortRequest,
    schema::{documents, submissions},
};

/// A document as stored.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = documents)]
pub struct Document {
    pub id: i64,
    pub port_request_id: i64,
    /// What stands in its address.
    pub public_id: String,
    pub kind: String,
    /// As the client called it, cleaned; only ever shown.
    pub file_name: String,
    pub format: String,
    /// Bytes.
    pub size: i64,
    pub sha256: String,
    pub pages: Option<i32>,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub object_key: String,
    pub uploaded_at: NaiveDateTime,
}

/// A document to add; its bytes are safe already.
#[derive(Debug, Clone)]
pub struct NewDocument {
    pub public_id: String,
    pub kind: String,
    pub file_name: String,
    pub format: String,
    pub size: i64,
    pub sha256: String,
    pub pages: Option<i32>,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub object_key: String,
    pub uploaded_by: Option<i64>,
}

/// Adds a document to a request.
pub fn add(conn: &mut Conn, request: &PortRequest, new: &NewDocument, now: NaiveDateTime) -> StoreResult<()> {
    diesel::insert_into(documents::table)
        .values((
            documents::account_id.eq(request.account_id),
            documents::port_request_id.eq(request.id),
            documents::public_id.eq(&new.public_id),
            documents::kind.eq(&new.kind),
            documents::file_name.eq(&new.file_name),
            documents::format.eq(&new.format),
            documents::size.eq(new.size),
            documents::sha256.eq(&new.sha256),
            documents::pages.eq(new.pages),
            documents::width.eq(new.width),
            documents::height.eq(new.height),
            documents::object_key.eq(&new.object_key),
            documents::uploaded_by.eq(new.uploaded_by),
            documents::uploaded_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// The documents of a request, without removed ones.
pub fn of_request(conn: &mut Conn, port_request: i64) -> StoreResult<Vec<Document>> {
    Ok(documents::table
        .filter(documents::port_request_id.eq(port_request))
        .filter(documents::removed_at.is_null())
        .order(documents::id.asc())
        .select(Document::as_select())
        .load(conn)?)
}

/// One document, by the id in its address.
pub fn find(conn: &mut Conn, public_id: &str) -> StoreResult<Document> {
    Ok(documents::table
        .filter(documents::public_id.eq(public_id))
        .filter(documents::removed_at.is_null())
        .select(Document::as_select())
        .first(conn)?)
}

/// Takes a document out of its request.
pub fn remove(conn: &mut Conn, port_request: i64, public_id: &str, now: NaiveDateTime) -> StoreResult<()> {
    let there = documents::table
        .filter(documents::port_request_id.eq(port_request))
        .filter(documents::public_id.eq(public_id))
        .filter(documents::removed_at.is_null());
    let changed = diesel::update(there).set(documents::removed_at.eq(now)).execute(conn)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}

/// Takes every document out of a request.
pub fn remove_all(conn: &mut Conn, port_request: i64, now: NaiveDateTime) -> StoreResult<()> {
    let there =
        documents::table.filter(documents::port_request_id.eq(port_request)).filter(documents::removed_at.is_null());
    diesel::update(there).set(documents::removed_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Names the kind of every document of a request.
pub fn set_kind(conn: &mut Conn, port_request: i64, kind: &str) -> StoreResult<()> {
    diesel::update(documents::table.filter(documents::port_request_id.eq(port_request)))
        .set(documents::kind.eq(kind))
        .execute(conn)?;
    Ok(())
}

/// Which of these object keys belong to a document that is not removed, or that was part of what was sent: the desk must
/// be able to show later what it decided on.
pub fn kept_keys(conn: &mut Conn, keys: &[String]) -> StoreResult<Vec<String>> {
    let mut kept = Vec::new();
    for some in keys.chunks(500) {
        let sent_with = submissions::table
            .filter(submissions::port_request_id.eq(documents::port_request_id))
            .filter(submissions::sent_at.ge(documents::uploaded_at))
            .filter(submissions::sent_at.nullable().lt(documents::removed_at));
        let found: Vec<String> = documents::table
            .filter(documents::object_key.eq_any(some.to_vec()))
            .filter(documents::removed_at.is_null().or(exists(sent_with)))
            .select(documents::object_key)
            .load(conn)?;
        kept.extend(found);
    }
    Ok(kept)
}
