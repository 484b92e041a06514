//! Checking a seal. It reads no more of the file than where the signature stands: since the signature is over everything
//! else, there is nothing in the file that could mislead it.

use data_encoding::HEXLOWER_PERMISSIVE;
use x509_cert::Certificate;

use super::{certificate::Fingerprint, cms::Opened, report::SealReport};

/// What comes in front of the numbers that say what is signed.
const RANGE: &[u8] = b"/ByteRange";
/// Longest text of those numbers.
const LONGEST_RANGE: usize = 80;

/// Why a file does not count as sealed here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("This file is not a PDF")]
    NotPdf,
    #[error("This PDF is not sealed")]
    NotSealed,
    #[error("This PDF carries more than one signature")]
    SeveralSignatures,
    #[error("Something was added to this PDF after it was sealed")]
    NotWholeFile,
    #[error("The seal of this PDF cannot be read")]
    Unreadable,
    #[error("This PDF was changed after it was sealed")]
    Changed,
    #[error("This PDF was sealed by somebody else")]
    OtherCertificate,
    #[error("The seal of this PDF is forged")]
    Forged,
    #[error("The timestamp of this PDF does not belong to its seal")]
    Timestamp,
}

/// Checks that a file is sealed by one of these certificates and was not changed since: one signature, over the whole file.
/// Gives the fingerprint of the certificate.
pub fn verify(file: &[u8], trusted: &[Certificate]) -> Result<Fingerprint, Fault> {
    match SealReport::of(file, trusted).outcome {
        Ok(seen) => Ok(seen.fingerprint),
        Err(fault) => Err(fault),
    }
}

/// The signature's own bytes, and everything around them.
pub(super) struct Parts<'a> {
    pub signed: [&'a [u8]; 2],
    pub contents: &'a [u8],
}

impl<'a> Parts<'a> {
    /// Where the signature says that it stands, if it says so once and means the whole file.
    pub(super) fn of(file: &'a [u8]) -> Result<Self, Fault> {
        if !file.starts_with(b"%PDF-") {
            return Err(Fault::NotPdf);
        }
        let [before, contents, behind] = parts(file)?;
        Ok(Self { signed: [before, behind], contents })
    }

    /// Reads the signature.
    pub(super) fn open(&self) -> Result<Opened, Fault> {
        Opened::read(&contents_of(self.contents)?)
    }
}

/// What stands before the signature, the signature, and what stands behind it.
fn parts(file: &[u8]) -> Result<[&[u8]; 3], Fault> {
    let mut found = memchr::memmem::find_iter(file, RANGE);
    let at = found.next().ok_or(Fault::NotSealed)?;
    let range = file.get(at + RANGE.len()..).and_then(range).ok_or(Fault::Unreadable)?;
    let [start, first, second, rest] = range;
    let whole = start == 0 && first < second && second.checked_add(rest) == Some(file.len());
    // An added revision may carry a signature of its own; that something was added says more.
    if !whole {
        return Err(Fault::NotWholeFile);
    }
    if found.next().is_some() {
        return Err(Fault::SeveralSignatures);
    }
    let (before, others) = file.split_at_checked(first).ok_or(Fault::NotWholeFile)?;
    let (contents, behind) = others.split_at_checked(second - first).ok_or(Fault::NotWholeFile)?;
    Ok([before, contents, behind])
}

/// The four numbers between square brackets.
fn range(text: &[u8]) -> Option<[usize; 4]> {
    let text = text.get(..LONGEST_RANGE.min(text.len()))?;
    let start = text.iter().position(|byte| *byte == b'[')?;
    let end = text.iter().position(|byte| *byte == b']')?;
    let numbers = std::str::from_utf8(text.get(start + 1..end)?).ok()?;
    let numbers: Vec<usize> = numbers.split_ascii_whitespace().map(str::parse).collect::<Result<_, _>>().ok()?;
    numbers.try_into().ok()
}

/// The signature's bytes, out of the hexadecimal between its angle brackets.
fn contents_of(text: &[u8]) -> Result<Vec<u8>, Fault> {
    let inside = text.strip_prefix(b"<").and_then(|rest| rest.strip_suffix(b">")).ok_or(Fault::NotWholeFile)?;
    HEXLOWER_PERMISSIVE.decode(inside).map_err(|_malformed| Fault::Unreadable)
}
