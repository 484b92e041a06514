//! One verdict on a received file: size, format and insides together.

use super::Received;
use crate::{
    domain::document::{Door, FileFormat, FileName, FileSize, Refusal},
    inspect::{Flaw, InspectError, Inspector, MAX_FRAMES, MAX_MEGAPIXELS, MAX_PAGES},
};

/// A file that may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// What to call it.
    pub name: FileName,
    /// What it is.
    pub format: FileFormat,
    /// Its bytes.
    pub size: FileSize,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256_hex: String,
    /// Pages of a PDF or TIFF.
    pub pages: Option<i32>,
    /// Width of a picture in pixels.
    pub width: Option<i32>,
    /// Height of a picture in pixels.
    pub height: Option<i32>,
}

/// Whether `received`, called `name` by its sender, may come through `door`.
///
/// # Errors
/// The sentence for the sender. A failure of the machine is logged and reads "could not be uploaded".
pub async fn judge(received: &Received, name: FileName, door: &Door, inspector: &Inspector) -> Result<Judged, Refusal> {
    let format = judge_outside(received, &name, door)?;
    let seen = match inspector.inspect(received.path(), format).await {
        Ok(seen) => seen,
        Err(InspectError::Refused(flaw)) => return Err(refusal(flaw, name, format)),
        Err(InspectError::Unavailable(error)) => {
            tracing::error!(%error, "uploaded files cannot be inspected");
            return Err(Refusal::NotUploaded(name));
        }
    };
    let number = |count: Option<u32>| count.and_then(|count| i32::try_from(count).ok());
    Ok(Judged {
        name,
        format,
        size: FileSize(received.size()),
        sha256_hex: received.sha256_hex().to_owned(),
        pages: number(seen.pages),
        width: number(seen.width),
        height: number(seen.height),
    })
}

fn judge_outside(received: &Received, name: &FileName, door: &Door) -> Result<FileFormat, Refusal> {
    if received.size() == 0 {
        return Err(Refusal::Empty(name.clone()));
    }
    if door.max_bytes < received.size() {
        return Err(Refusal::TooLarge {
            name: name.clone(),
            size: FileSize(received.size()),
            limit: FileSize(door.max_bytes),
            at_least: received.is_cut_off(),
        });
    }
    let format = received.format().filter(|format| door.formats.contains(format));
    format.ok_or_else(|| Refusal::WrongFormat { name: name.clone(), door: *door })
}

fn refusal(flaw: Flaw, name: FileName, format: FileFormat) -> Refusal {
    match flaw {
        Flaw::Locked => Refusal::Locked(name),
        Flaw::Damaged if format.is_picture() => Refusal::DamagedPicture(name),
        Flaw::Damaged => Refusal::DamagedPdf(name),
        Flaw::TooManyPixels => Refusal::TooManyPixels { name, megapixels: MAX_MEGAPIXELS },
        Flaw::TooManyPages => {
            Refusal::TooManyPages { name, max: if format.is_picture() { MAX_FRAMES } else { MAX_PAGES } }
        }
        Flaw::Animation => Refusal::Animation(name),
        Flaw::TooComplex => Refusal::TooComplex(name),
    }
}
