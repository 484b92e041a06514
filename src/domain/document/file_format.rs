//! What a file is, judged by its first bytes: neither its name nor the type the browser claims counts.

use serde::{Deserialize, Serialize};

/// How many bytes from the start of a file are enough to tell its format.
pub const HEAD_BYTES: usize = 4096;

/// Readers look for a PDF's header in the first 1,024 bytes (ISO 32000-1, Annex H, implementation note 13).
const PDF_HEADER_WITHIN: usize = 1024;

/// Brands of the High Efficiency Image File Format that hold HEVC pictures (ISO/IEC 23008-12, Annex B).
const HEIC_BRANDS: [&[u8]; 8] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"];

/// Brands that only say "pictures in boxes": a HEIC brand must stand beside them.
const CONTAINER_BRANDS: [&[u8]; 2] = [b"mif1", b"msf1"];

/// The formats a document may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileFormat {
    /// Portable Document Format.
    Pdf,
    /// JPEG picture.
    Jpeg,
    /// PNG picture.
    Png,
    /// HEIC picture, as iPhones take them; kept and offered for download, never opened.
    Heic,
    /// WebP picture.
    WebP,
    /// TIFF picture, as scanners and fax machines write them.
    Tiff,
    /// GIF picture.
    Gif,
}

impl FileFormat {
    /// Every format, in the order in which sentences name them.
    pub const ALL: [Self; 7] = [Self::Pdf, Self::Jpeg, Self::Png, Self::Heic, Self::WebP, Self::Tiff, Self::Gif];

    /// The format of a file that starts with `head` (up to [`HEAD_BYTES`]).
    ///
    /// A picture with a PDF hidden behind it is a picture; a web page with one hidden in it is nothing.
    pub fn of(head: &[u8]) -> Option<Self> {
        if head.starts_with(&[0xFF, 0xD8, 0xFF]) {
            return Some(Self::Jpeg);
        }
        if head.starts_with(b"\x89PNG\r\n\x1A\n") {
            return Some(Self::Png);
        }
        if head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a") {
            return Some(Self::Gif);
        }
        if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
            return Some(Self::WebP);
        }
        if [b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"].iter().any(|magic| head.starts_with(*magic)) {
            return Some(Self::Tiff);
        }
        if is_heic(head) {
            return Some(Self::Heic);
        }
        is_pdf(head).then_some(Self::Pdf)
    }

    /// The word kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Heic => "heic",
            Self::WebP => "webp",
            Self::Tiff => "tiff",
            Self::Gif => "gif",
        }
    }

    /// The format behind a [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    /// The name people know.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpeg => "JPG",
            Self::Png => "PNG",
            Self::Heic => "HEIC",
            Self::WebP => "WebP",
            Self::Tiff => "TIFF",
            Self::Gif => "GIF",
        }
    }

    /// The media type it is served with.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Heic => "image/heic",
            Self::WebP => "image/webp",
            Self::Tiff => "image/tiff",
            Self::Gif => "image/gif",
        }
    }

    /// The endings a file name of this format may have, the usual one first.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Self::Png => &["png"],
            Self::Heic => &["heic", "heif", "hif"],
            Self::WebP => &["webp"],
            Self::Tiff => &["tif", "tiff"],
            Self::Gif => &["gif"],
        }
    }

    /// Whether browsers show the bytes as they are. TIFF is turned into PNG first; HEIC is only downloaded.
    pub const fn viewable_inline(self) -> bool {
        !matches!(self, Self::Heic | Self::Tiff)
    }

    /// Whether it is a picture rather than a paged document.
    pub const fn is_picture(self) -> bool {
        !matches!(self, Self::Pdf)
    }
}

fn is_pdf(head: &[u8]) -> bool {
    const HEADER: &[u8] = b"%PDF-";
    let window = head.get(..PDF_HEADER_WITHIN + HEADER.len()).unwrap_or(head);
    let Some(at) = window.windows(HEADER.len()).position(|bytes| bytes == HEADER) else {
        return false;
    };
    // Mail gateways put junk before the header. Markup there is a web page in disguise.
    let before = window.get(..at).unwrap_or_default();
    before.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'<')
}

fn is_heic(head: &[u8]) -> bool {
    let (Some(size), Some(b"ftyp"), Some(major)) = (head.first_chunk::<4>(), head.get(4..8), head.get(8..12)) else {
        return false;
    };
    if HEIC_BRANDS.contains(&major) {
        return true;
    }
    let end = usize::try_from(u32::from_be_bytes(*size)).unwrap_or(usize::MAX).min(head.len());
    let compatible = head.get(16..end).unwrap_or_default();
    CONTAINER_BRANDS.contains(&major) && compatible.chunks_exact(4).any(|brand| HEIC_BRANDS.contains(&brand))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(head: &[u8], format: Option<FileFormat>) {
        assert_eq!(FileFormat::of(head), format);
    }

    #[test]
    fn first_bytes_decide() {
        check(b"", None);
        check(b"%", None);
        check(b"%PDF-1.7\n", Some(FileFormat::Pdf));
        check(b"\xEF\xBB\xBF\r\n%PDF-1.4", Some(FileFormat::Pdf));
        check(b"<!doctype html><script>%PDF-1.4", None);
        check(b"  \n<html>%PDF-1.4", None);
        check(b"PK\x03\x04", None);
        check(b"\xFF\xD8\xFF\xE0", Some(FileFormat::Jpeg));
        check(b"\xFF\xD8", None);
        check(b"\x89PNG\r\n\x1A\n....", Some(FileFormat::Png));
        check(b"\x89PNG\n\x1A\n", None);
        check(b"GIF89a", Some(FileFormat::Gif));
        check(b"RIFF\0\0\0\0WEBPVP8 ", Some(FileFormat::WebP));
        check(b"RIFF\0\0\0\0WAVE", None);
        check(b"II*\0\x08\0\0\0", Some(FileFormat::Tiff));
        check(b"MM\0*\0\0\0\x08", Some(FileFormat::Tiff));
    }

    #[test]
    fn the_pdf_header_may_stand_in_the_first_kilobyte() {
        let at = |offset: usize| [vec![b'x'; offset], b"%PDF-1.4".to_vec()].concat();
        check(&at(500), Some(FileFormat::Pdf));
        check(&at(1024), Some(FileFormat::Pdf));
        check(&at(1025), None);
    }

    #[test]
    fn only_hevc_pictures_are_heic() {
        check(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Some(FileFormat::Heic));
        check(b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", Some(FileFormat::Heic));
        check(b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", None);
        check(b"\0\0\0\x14ftypmif1\0\0\0\0mif1heic", None);
        check(b"\0\0\0\x1CftypavifXXXXavifmif1miaf", None);
        check(b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", None);
        check(b"\0\0\0\x18ftyp", None);
    }

    #[test]
    fn codes_lead_back_to_their_format() {
        for format in FileFormat::ALL {
            assert_eq!(FileFormat::from_code(format.code()), Some(format));
            assert_eq!(serde_json::to_string(&format).unwrap(), format!("\"{}\"", format.code()));
        }
    }
}
