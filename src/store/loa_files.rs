//! The PDFs of letters: what they are. Their bytes lie in the object store.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{Conn, StoreResult, loas::Loa, schema::loa_files};
use crate::domain::loa_id::LoaId;

/// Which PDF of a letter it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LoaFileKind {
    /// What the signer reads.
    Unsigned,
    /// Signed and sealed: what goes to the carrier.
    Signed,
    /// The evidence, which stays with us and the signer.
    Certificate,
    /// Signed elsewhere.
    Uploaded,
}

impl LoaFileKind {
    /// The word kept in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unsigned => "unsigned",
            Self::Signed => "signed",
            Self::Certificate => "certificate",
            Self::Uploaded => "uploaded",
        }
    }
}

/// A PDF as stored.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = loa_files)]
pub struct LoaFile {
    pub id: i64,
    pub loa: i64,
    pub kind: String,
    pub object_key: String,
    /// Bytes.
    pub size: i64,
    /// In hexadecimal digits.
    pub sha256: String,
    /// Fingerprint of the certificate that sealed it.
    pub sealed_by: String,
    /// The time that an authority confirmed, or why none did.
    pub timestamped: String,
    pub created_at: NaiveDateTime,
}

impl LoaFile {
    /// What it is called where it is saved: "LOA-7Q4M2-XKD9B-signed.pdf"; the letter that nobody has signed is the bare id.
    pub fn download_name(&self, loa_id: &LoaId) -> String {
        match self.kind.as_str() {
            "unsigned" => format!("{loa_id}.pdf"),
            kind => format!("{loa_id}-{kind}.pdf"),
        }
    }
}

/// A PDF to add; its bytes are safe already.
#[derive(Debug, Clone)]
pub struct NewLoaFile {
    pub kind: LoaFileKind,
    pub object_key: String,
    pub size: i64,
    pub sha256: String,
    pub sealed_by: String,
    pub timestamped: String,
}

impl NewLoaFile {
    /// A letter that was signed elsewhere.
    pub fn uploaded(object_key: String, size: i64, sha256: String) -> Self {
        Self {
            kind: LoaFileKind::Uploaded,
            object_key,
            size,
            sha256,
            sealed_by: String::new(),
            timestamped: String::new(),
        }
    }
}

/// Adds a PDF to a letter. `Taken` when it has one of this kind.
pub fn add(conn: &mut Conn, loa: &Loa, new: &NewLoaFile, now: NaiveDateTime) -> StoreResult<()> {
    diesel::insert_into(loa_files::table)
        .values((
            loa_files::account_id.eq(loa.account_id),
            loa_files::loa.eq(loa.id),
            loa_files::kind.eq(new.kind.code()),
            loa_files::object_key.eq(&new.object_key),
            loa_files::size.eq(new.size),
            loa_files::sha256.eq(&new.sha256),
            loa_files::sealed_by.eq(&new.sealed_by),
            loa_files::timestamped.eq(&new.timestamped),
            loa_files::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// The PDFs of a letter.
pub fn of_loa(conn: &mut Conn, loa: i64) -> StoreResult<Vec<LoaFile>> {
    Ok(loa_files::table
        .filter(loa_files::loa.eq(loa))
        .order(loa_files::id.asc())
        .select(LoaFile::as_select())
        .load(conn)?)
}

/// One PDF of a letter.
pub fn find(conn: &mut Conn, loa: i64, kind: LoaFileKind) -> StoreResult<LoaFile> {
    Ok(loa_files::table
        .filter(loa_files::loa.eq(loa))
        .filter(loa_files::kind.eq(kind.code()))
        .select(LoaFile::as_select())
        .first(conn)?)
}

/// The PDF with this SHA-256, if it is one of ours.
pub fn by_hash(conn: &mut Conn, sha256: &str) -> StoreResult<Option<LoaFile>> {
    Ok(loa_files::table
        .filter(loa_files::sha256.eq(sha256))
        .order(loa_files::id.asc())
        .select(LoaFile::as_select())
        .first(conn)
        .optional()?)
}

/// Which of these object keys belong to a letter.
pub fn kept_keys(conn: &mut Conn, keys: &[String]) -> StoreResult<Vec<String>> {
    let mut kept = Vec::new();
    for some in keys.chunks(500) {
        kept.extend(
            loa_files::table
                .filter(loa_files::object_key.eq_any(some.to_vec()))
                .select(loa_files::object_key)
                .load::<String>(conn)?,
        );
    }
    Ok(kept)
}
