//! Documents that prove who owns a number: their kinds, formats, limits, names and the sentences that refuse them.

mod file_format;
mod file_name;
mod refusal;

pub use file_format::{FileFormat, HEAD_BYTES};
pub use file_name::FileName;
pub use refusal::Refusal;

use std::fmt;

/// One megabyte as the product counts it: 2^20 bytes.
const MEGABYTE: u64 = 1024 * 1024;

/// What a document is, as its sender named it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    /// The losing carrier's bill or billing statement.
    Bill,
    /// A payment receipt, or a screenshot of the account portal.
    Receipt,
    /// A Google Voice screenshot that shows the number and the account's e-mail address.
    GoogleVoice,
    /// The customer service record (CSR) that the losing carrier gives on request.
    Csr,
    /// An e-mail from the losing carrier that shows ownership.
    Email,
    /// A letter of authorization (LOA) signed outside the desk.
    Letter,
}

impl DocumentKind {
    /// Every kind, in the order in which people are offered them.
    pub const ALL: [Self; 6] = [Self::Bill, Self::Receipt, Self::GoogleVoice, Self::Csr, Self::Email, Self::Letter];

    /// The word kept in the database and in form answers.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Bill => "bill",
            Self::Receipt => "receipt",
            Self::GoogleVoice => "google_voice",
            Self::Csr => "csr",
            Self::Email => "email",
            Self::Letter => "letter",
        }
    }

    /// The kind behind a [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The words shown to people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Bill => "Bill or statement",
            Self::Receipt => "Receipt or account-portal screenshot",
            Self::GoogleVoice => "Google Voice screenshot",
            Self::Csr => "Customer service record",
            Self::Email => "E-mail that shows ownership",
            Self::Letter => "Signed letter of authorization",
        }
    }
}

/// A way in for files, and what may come through it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Door {
    /// The largest file, in bytes.
    pub max_bytes: u64,
    /// The formats taken.
    pub formats: &'static [FileFormat],
    /// How many files one request may hold.
    pub max_files: usize,
}

impl Door {
    /// Uploads of people who are signed in: PDF or picture, 10 MB.
    pub const IN_APP: Self = Self { max_bytes: 10 * MEGABYTE, formats: &FileFormat::ALL, max_files: 10 };

    /// The public request form: PDF only, 4 MB.
    pub const MANUAL: Self = Self { max_bytes: 4 * MEGABYTE, formats: &[FileFormat::Pdf], max_files: 10 };

    /// A letter of authorization that was signed elsewhere: one PDF, 4 MB.
    pub const LETTER: Self = Self { max_files: 1, ..Self::MANUAL };

    /// The value of a file field's `accept` attribute.
    pub fn accept(&self) -> String {
        let types: Vec<&str> = self.formats.iter().map(|format| format.media_type()).collect();
        types.join(",")
    }

    /// The formats as words: "PDF, JPG or PNG".
    pub fn format_names(&self) -> String {
        let names: Vec<&str> = self.formats.iter().map(|format| format.label()).collect();
        match names.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
            None => String::new(),
        }
    }
}

/// A number of bytes as people read it, always rounded up: "14.2 MB", "10 MB", "1 KB".
///
/// ```
/// use portdesk::domain::document::FileSize;
/// assert_eq!(FileSize(10 * 1024 * 1024 + 1).to_string(), "10.1 MB");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileSize(pub u64);

impl FileSize {
    /// The size of which it is surely more, as it is shown: a tenth of a megabyte may be missing.
    #[must_use]
    pub fn at_least(self) -> Self {
        Self(self.0.saturating_mul(10) / MEGABYTE * MEGABYTE / 10)
    }
}

impl fmt::Display for FileSize {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kilobytes = self.0.div_ceil(1024);
        if kilobytes < 1024 {
            return write!(out, "{kilobytes} KB");
        }
        let tenths = self.0.saturating_mul(10).div_ceil(MEGABYTE);
        match (tenths / 10, tenths % 10) {
            (whole, 0) => write!(out, "{whole} MB"),
            (whole, tenth) => write!(out, "{whole}.{tenth} MB"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: u64, shown: &str) {
        assert_eq!(FileSize(bytes).to_string(), shown);
    }

    #[test]
    fn sizes_are_rounded_up() {
        check(0, "0 KB");
        check(1, "1 KB");
        check(1024, "1 KB");
        check(1025, "2 KB");
        check(MEGABYTE - 1, "1 MB");
        check(MEGABYTE, "1 MB");
        check(MEGABYTE + 1, "1.1 MB");
        check(10 * MEGABYTE, "10 MB");
        check(10 * MEGABYTE + 1, "10.1 MB");
        check(u64::MAX, "1759218604441.6 MB");
    }

    #[test]
    fn codes_lead_back_to_their_kind() {
        for kind in DocumentKind::ALL {
            assert_eq!(DocumentKind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(DocumentKind::from_code("Bill"), None);
    }

    #[test]
    fn doors_name_their_formats() {
        assert_eq!(Door::IN_APP.format_names(), "PDF, JPG, PNG, HEIC, WebP, TIFF or GIF");
        assert_eq!(Door::MANUAL.format_names(), "PDF");
        assert_eq!(Door::MANUAL.accept(), "application/pdf");
    }
}
