//! The PDF that the signer reads, made when it is first needed: equal facts give equal bytes.

use super::tools::{PaperError, Tools};
use crate::{
    domain::loa::LoaMode,
    files::DocumentKey,
    services::house::House,
    store::{
        self, StoreError,
        loa_files::{LoaFile, LoaFileKind},
        loas::Loa,
    },
};

/// Whether the letter can be set. One that is signed on paper may name what no font has; its signer uses the blank form.
pub fn is_printable(house: &House, loa: &Loa) -> Result<bool, StoreError> {
    Ok(loa.mode != LoaMode::Paper || house.press.first_unprintable(&loa.facts(&house.vault)?).is_none())
}

/// The unsigned letter of a row, made and kept if it is not there yet.
pub async fn unsigned(tools: &Tools, loa: &Loa) -> Result<LoaFile, PaperError> {
    if let Some(file) = find(tools, loa.id, LoaFileKind::Unsigned).await? {
        return Ok(file);
    }
    let facts = loa.facts(&tools.house.vault)?;
    let pdf = tools.compute(move |press| press.letter(&facts, None)).await?;
    let new = tools.keep(loa.account_id, LoaFileKind::Unsigned, pdf).await?;
    let (row, now) = (loa.clone(), tools.clock.now());
    match tools.store.write(move |conn| store::loa_files::add(conn, &row, &new, now)).await {
        // Somebody else was quicker with the same bytes.
        Ok(()) | Err(StoreError::Taken) => {}
        Err(error) => return Err(error.into()),
    }
    find(tools, loa.id, LoaFileKind::Unsigned).await?.ok_or(PaperError::Store(StoreError::NotFound))
}

/// One PDF of a letter, if it has been made.
pub async fn find(tools: &Tools, loa: i64, kind: LoaFileKind) -> Result<Option<LoaFile>, PaperError> {
    match tools.store.read(move |conn| store::loa_files::find(conn, loa, kind)).await {
        Ok(file) => Ok(Some(file)),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The bytes of a PDF.
pub async fn bytes(tools: &Tools, file: &LoaFile) -> Result<bytes::Bytes, PaperError> {
    let unreadable = || StoreError::Corrupt("the place of a letter's PDF".to_owned());
    let key = DocumentKey::from_stored(&file.object_key).ok_or_else(unreadable)?;
    Ok(tools.files.read_whole(&key).await?)
}
