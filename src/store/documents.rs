//! The documents of a request: what they are. Their bytes lie in the object store.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{Conn, StoreError, StoreResult, port_requests::PortRequest, schema::documents};

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
    /// When it was first sent with the request.
    pub sent_at: Option<NaiveDateTime>,
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

/// The documents of a request, without removed ones; once it was sent, also those that were added since.
pub fn of_request(conn: &mut Conn, port_request: i64) -> StoreResult<Vec<Document>> {
    Ok(documents::table
        .filter(documents::port_request_id.eq(port_request))
        .filter(documents::removed_at.is_null())
        .order(documents::id.asc())
        .select(Document::as_select())
        .load(conn)?)
}

/// The documents that were sent with a request: what the desk sees.
pub fn sent_with(conn: &mut Conn, port_request: i64) -> StoreResult<Vec<Document>> {
    let mut documents = of_request(conn, port_request)?;
    documents.retain(|document| document.sent_at.is_some());
    Ok(documents)
}

/// Notes that a request was sent with these documents and no others.
pub fn note_sent(conn: &mut Conn, port_request: i64, public_ids: &[String], now: NaiveDateTime) -> StoreResult<()> {
    let of_request =
        documents::table.filter(documents::port_request_id.eq(port_request)).filter(documents::removed_at.is_null());
    diesel::update(of_request.filter(documents::public_id.ne_all(public_ids.to_vec())))
        .set(documents::removed_at.eq(now))
        .execute(conn)?;
    diesel::update(of_request.filter(documents::sent_at.is_null())).set(documents::sent_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Notes that a document came behind what was sent, and belongs to it.
pub fn note_added(conn: &mut Conn, port_request: i64, public_id: &str, now: NaiveDateTime) -> StoreResult<()> {
    let added =
        documents::table.filter(documents::port_request_id.eq(port_request)).filter(documents::public_id.eq(public_id));
    diesel::update(added).set(documents::sent_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Takes out the documents that were added since a request was sent, but for some.
pub fn remove_unsent(conn: &mut Conn, port_request: i64, but: &[String], now: NaiveDateTime) -> StoreResult<()> {
    let unsent = documents::table
        .filter(documents::port_request_id.eq(port_request))
        .filter(documents::removed_at.is_null())
        .filter(documents::sent_at.is_null())
        .filter(documents::public_id.ne_all(but.to_vec()));
    diesel::update(unsent).set(documents::removed_at.eq(now)).execute(conn)?;
    Ok(())
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
        let found: Vec<String> = documents::table
            .filter(documents::object_key.eq_any(some.to_vec()))
            .filter(documents::removed_at.is_null().or(documents::sent_at.is_not_null()))
            .select(documents::object_key)
            .load(conn)?;
        kept.extend(found);
    }
    Ok(kept)
}
