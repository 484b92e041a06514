//! Judging a PDF: it opens without a password, has a page that can be reached, and is no bomb.

use lopdf::{Document, LoadOptions, Object, ObjectId};

use super::{
    MAX_PAGES,
    pdf_forms::Forms,
    protocol::{Flaw, Inspection},
};

/// What one stream may inflate to while the document is loaded, in bytes: object and cross-reference streams.
const MAX_INFLATED: usize = 64 * 1024 * 1024;

pub(super) fn inspect(bytes: &[u8]) -> Result<Inspection, Flaw> {
    let (document, pages) = load(bytes)?;
    Forms::new(&document).check(&pages)?;
    Ok(Inspection { pages: u32::try_from(pages.len()).ok(), ..Inspection::default() })
}

/// First without the bytes of pictures, which nothing here reads. Only a load of everything repairs damaged page trees.
fn load(bytes: &[u8]) -> Result<(Document, Vec<ObjectId>), Flaw> {
    let light = open(bytes, Some(drop_picture_bytes))?;
    let root = light.trailer.get(b"Root").and_then(Object::as_reference).ok();
    let pages = pages(&light)?;
    if !pages.is_empty() {
        return Ok((light, pages));
    }
    drop(light);
    let repaired = open(bytes, None)?;
    // A repair takes any catalog it finds. Viewers open only the one that the file names.
    if root.is_some_and(|root| repaired.get_dictionary(root).is_err()) {
        return Err(Flaw::Damaged);
    }
    match self::pages(&repaired)? {
        pages if pages.is_empty() => Err(Flaw::Damaged),
        pages => Ok((repaired, pages)),
    }
}

fn open(bytes: &[u8], filter: Option<lopdf::FilterFunc>) -> Result<Document, Flaw> {
    let options = LoadOptions { filter, max_decompressed_size: Some(MAX_INFLATED), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| flaw(&error))?;
    // A document that the empty password opened is no longer encrypted here.
    if document.is_encrypted() { Err(Flaw::Locked) } else { Ok(document) }
}

fn flaw(error: &lopdf::Error) -> Flaw {
    match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => Flaw::Locked,
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => Flaw::TooComplex,
        _ => Flaw::Damaged,
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of a filter in lopdf")]
fn drop_picture_bytes(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    if let Object::Stream(stream) = object
        && stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image")
    {
        stream.content = Vec::new();
    }
    Some((id, std::mem::replace(object, Object::Null)))
}

/// The pages that are really there; the iterator also names kids that are missing.
fn pages(document: &Document) -> Result<Vec<ObjectId>, Flaw> {
    let there = document.page_iter().filter(|page| document.get_dictionary(*page).is_ok());
    let pages: Vec<ObjectId> = there.take(MAX_PAGES + 1).collect();
    if MAX_PAGES < pages.len() { Err(Flaw::TooManyPages) } else { Ok(pages) }
}
