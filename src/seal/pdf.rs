//! Putting the signature into a PDF: room is left for it, the file is written once, and the signature goes into its room.

use chrono::NaiveDateTime;
use data_encoding::HEXLOWER;
use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary, text_string};
use sha2::{Digest as _, Sha256};

use super::{Fault, cms, key::SealKey, sealer::NotReady};

/// Bytes that are kept free for the signature; ours takes about 800.
pub(super) const ROOM: usize = 8 * 1024;
/// The same with a timestamp, of 3 to 6 KiB and more with a long chain of certificates.
pub(super) const ROOM_WITH_TIMESTAMP: usize = 16 * 1024;
/// Stands for a place in the file until it is known; as wide as the widest.
const UNKNOWN: i64 = 9_999_999_999;
/// The field prints, and nobody changes it (ISO 32000-1, table 165: print 4, locked 128).
const PRINTED_AND_LOCKED: i64 = 132;
/// There are signatures, and a change must be appended (ISO 32000-1, table 219).
const SIGNED_AND_APPEND_ONLY: i64 = 3;

/// What the seal says about itself.
#[derive(Debug, Clone)]
pub struct SealFacts<'a> {
    /// Who seals: the installation's name.
    pub name: &'a str,
    pub reason: &'a str,
    /// UTC.
    pub at: NaiveDateTime,
}

#[derive(Debug, thiserror::Error)]
pub enum SealError {
    #[error("the PDF cannot be read or written: {0}")]
    Pdf(#[from] lopdf::Error),
    #[error("the PDF cannot be written: {0}")]
    Write(#[from] std::io::Error),
    #[error("the signature cannot be made: {0}")]
    Signature(#[from] der::Error),
    #[error("the PDF has no place for a seal: {0}")]
    Form(&'static str),
    #[error(transparent)]
    NotReady(#[from] NotReady),
    #[error("the file that was sealed did not pass its check: {0}")]
    Unsound(Fault),
}

impl SealKey {
    /// Seals a PDF of ours that is not sealed yet. Nothing may be changed in it afterwards (`DocMDP`, P 1).
    pub fn seal(&self, pdf: &[u8], facts: &SealFacts<'_>) -> Result<Vec<u8>, SealError> {
        let prepared = Prepared::new(pdf, facts, ROOM)?;
        let signature = cms::Signature::new(self, prepared.digest())?;
        prepared.fill(&signature.message(None)?)
    }
}

/// A file that waits for its signature.
pub(super) struct Prepared {
    file: Vec<u8>,
    room: Room,
    digest: [u8; 32],
}

impl Prepared {
    /// Leaves so many bytes of room for a signature.
    pub(super) fn new(pdf: &[u8], facts: &SealFacts<'_>, bytes: usize) -> Result<Self, SealError> {
        let mut document = Document::load_mem(pdf)?;
        leave_room(&mut document, facts, bytes)?;
        let mut file = Vec::with_capacity(pdf.len() + 4 * bytes);
        document.save_to(&mut file)?;
        let room = Room::find(&file, bytes).ok_or(SealError::Form("its room was not written as expected"))?;
        room.note_range(&mut file)?;
        let [before, behind] = room.around(&file).ok_or(SealError::Form("its room is outside the file"))?;
        let digest = Sha256::new().chain_update(before).chain_update(behind).finalize().into();
        Ok(Self { file, room, digest })
    }

    /// SHA-256 of everything but the room.
    pub(super) fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// Puts the signature into its room.
    pub(super) fn fill(mut self, signature: &[u8]) -> Result<Vec<u8>, SealError> {
        let signature = HEXLOWER.encode(signature).into_bytes();
        let inside = self.file.get_mut(self.room.start + 1..self.room.end - 1);
        let place = inside.and_then(|inside| inside.get_mut(..signature.len()));
        place.ok_or(SealError::Form("its room is too small"))?.copy_from_slice(&signature);
        Ok(self.file)
    }
}

/// Where the signature stands in a file, with its angle brackets.
struct Room {
    start: usize,
    end: usize,
}

impl Room {
    fn find(file: &[u8], bytes: usize) -> Option<Self> {
        let zeros = vec![b'0'; 2 * bytes];
        let inside = place_of(file, &zeros)?;
        Some(Self { start: inside.checked_sub(1)?, end: inside + zeros.len() + 1 })
    }

    fn around<'a>(&self, file: &'a [u8]) -> Option<[&'a [u8]; 2]> {
        Some([file.get(..self.start)?, file.get(self.end..)?])
    }

    /// Writes what is signed where the unknown places stand: all but the room.
    fn note_range(&self, file: &mut [u8]) -> Result<(), SealError> {
        let unknown = format!("0 {UNKNOWN} {UNKNOWN} {UNKNOWN}");
        let known = format!("0 {} {} {}", self.start, self.end, file.len() - self.end);
        let at = place_of(file, unknown.as_bytes()).ok_or(SealError::Form("its range was not written as expected"))?;
        let padded = format!("{known:<width$}", width = unknown.len());
        let place = file.get_mut(at..at + unknown.len()).filter(|place| place.len() == padded.len());
        place.ok_or(SealError::Form("it is too long"))?.copy_from_slice(padded.as_bytes());
        Ok(())
    }
}

/// Where the bytes stand, if they stand in one place only.
pub(super) fn place_of(file: &[u8], wanted: &[u8]) -> Option<usize> {
    let mut found = memchr::memmem::find_iter(file, wanted);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

fn leave_room(document: &mut Document, facts: &SealFacts<'_>, bytes: usize) -> Result<(), SealError> {
    if document.catalog()?.has(b"AcroForm") {
        return Err(SealError::Form("it has a form already"));
    }
    let page = document.get_pages().into_values().next_back().ok_or(SealError::Form("it has no page"))?;
    let signature = document.add_object(signature(facts, bytes));
    let field = document.add_object(dictionary! {
        "Type" => "Annot",
        "Subtype" => "Widget",
        "FT" => "Sig",
        "T" => text_string("Seal"),
        "V" => signature,
        "F" => PRINTED_AND_LOCKED,
        "Rect" => vec![0.into(), 0.into(), 0.into(), 0.into()],
        "P" => page,
    });
    annotate(document, page, field)?;
    let catalog = document.catalog_mut()?;
    let form = dictionary! { "Fields" => vec![field.into()], "SigFlags" => SIGNED_AND_APPEND_ONLY };
    catalog.set("AcroForm", form);
    catalog.set("Perms", dictionary! { "DocMDP" => signature });
    Ok(())
}

fn signature(facts: &SealFacts<'_>, bytes: usize) -> Dictionary {
    let parameters = dictionary! { "Type" => "TransformParams", "P" => 1, "V" => "1.2" };
    let reference = dictionary! { "Type" => "SigRef", "TransformMethod" => "DocMDP", "TransformParams" => parameters };
    dictionary! {
        "Type" => "Sig",
        "Filter" => "Adobe.PPKLite",
        "SubFilter" => "ETSI.CAdES.detached",
        "ByteRange" => vec![0.into(), UNKNOWN.into(), UNKNOWN.into(), UNKNOWN.into()],
        "Contents" => Object::String(vec![0; bytes], StringFormat::Hexadecimal),
        "M" => text_string(&facts.at.format("D:%Y%m%d%H%M%SZ").to_string()),
        "Name" => text_string(facts.name),
        "Reason" => text_string(facts.reason),
        "Reference" => vec![reference.into()],
    }
}

/// Puts the field among the annotations of a page.
fn annotate(document: &mut Document, page: ObjectId, field: ObjectId) -> Result<(), SealError> {
    let there = document.get_dictionary(page)?.get(b"Annots").ok().cloned();
    let mut annotations = match there {
        Some(Object::Reference(id)) => document.get_object(id)?.as_array()?.clone(),
        Some(Object::Array(annotations)) => annotations,
        _ => Vec::new(),
    };
    annotations.push(field.into());
    document.get_object_mut(page)?.as_dict_mut()?.set("Annots", annotations);
    Ok(())
}
