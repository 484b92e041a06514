//! The PDFs of a manual draft: what they are. Their bytes lie in the object store.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{Conn, StoreError, StoreResult, documents::NewDocument, schema::manual_files};

/// What a PDF of a manual draft is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ManualFileKind {
    /// The signed letter of authorization; a draft has one.
    Letter,
    /// A bill, or what else proves who owns the numbers.
    Bill,
}

impl ManualFileKind {
    /// The word kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Bill => "bill",
        }
    }
}

/// A PDF as stored.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = manual_files)]
pub struct ManualFile {
    pub id: i64,
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
    pub object_key: String,
}

impl ManualFile {
    /// Whether it is the signed letter.
    pub fn is_letter(&self) -> bool {
        self.kind == ManualFileKind::Letter.code()
    }

    /// The same as a document of a request.
    pub fn as_document(&self) -> NewDocument {
        NewDocument {
            public_id: self.public_id.clone(),
            kind: String::new(),
            file_name: self.file_name.clone(),
            format: self.format.clone(),
            size: self.size,
            sha256: self.sha256.clone(),
            pages: self.pages,
            width: None,
            height: None,
            object_key: self.object_key.clone(),
            uploaded_by: None,
        }
    }
}

/// Adds a PDF to a draft; its bytes are safe already.
pub fn add(
    conn: &mut Conn,
    draft: i64,
    kind: ManualFileKind,
    new: &NewDocument,
    now: NaiveDateTime,
) -> StoreResult<()> {
    diesel::insert_into(manual_files::table)
        .values((
            manual_files::manual_draft.eq(draft),
            manual_files::public_id.eq(&new.public_id),
            manual_files::kind.eq(kind.code()),
            manual_files::file_name.eq(&new.file_name),
            manual_files::format.eq(&new.format),
            manual_files::size.eq(new.size),
            manual_files::sha256.eq(&new.sha256),
            manual_files::pages.eq(new.pages),
            manual_files::object_key.eq(&new.object_key),
            manual_files::uploaded_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// The PDFs of a draft in the order in which they came.
pub fn of_draft(conn: &mut Conn, draft: i64) -> StoreResult<Vec<ManualFile>> {
    Ok(manual_files::table
        .filter(manual_files::manual_draft.eq(draft))
        .order(manual_files::id.asc())
        .select(ManualFile::as_select())
        .load(conn)?)
}

/// Takes a PDF out of its draft.
pub fn remove(conn: &mut Conn, draft: i64, public_id: &str) -> StoreResult<()> {
    let there =
        manual_files::table.filter(manual_files::manual_draft.eq(draft)).filter(manual_files::public_id.eq(public_id));
    if diesel::delete(there).execute(conn)? == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}

/// Takes the signed letter out of a draft, if it has one.
pub fn remove_letter(conn: &mut Conn, draft: i64) -> StoreResult<()> {
    let there = manual_files::table
        .filter(manual_files::manual_draft.eq(draft))
        .filter(manual_files::kind.eq(ManualFileKind::Letter.code()));
    diesel::delete(there).execute(conn)?;
    Ok(())
}

/// Gives the PDFs of one draft to another.
pub fn hand_over(conn: &mut Conn, from: i64, to: i64) -> StoreResult<()> {
    diesel::update(manual_files::table.filter(manual_files::manual_draft.eq(from)))
        .set(manual_files::manual_draft.eq(to))
        .execute(conn)?;
    Ok(())
}

/// Takes every PDF out of a draft that became a request.
pub fn remove_all(conn: &mut Conn, draft: i64) -> StoreResult<()> {
    diesel::delete(manual_files::table.filter(manual_files::manual_draft.eq(draft))).execute(conn)?;
    Ok(())
}

/// Which of these object keys belong to a PDF of a draft.
pub fn kept_keys(conn: &mut Conn, keys: &[String]) -> StoreResult<Vec<String>> {
    let mut kept = Vec::new();
    for some in keys.chunks(500) {
        let of_drafts = manual_files::table.filter(manual_files::object_key.eq_any(some.to_vec()));
        kept.extend(of_drafts.select(manual_files::object_key).load::<String>(conn)?);
    }
    Ok(kept)
}
