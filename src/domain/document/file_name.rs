//! The name a file had on its sender's device: text to show, never a path to open.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use super::FileFormat;

/// Characters of a name that are kept.
const MAX_CHARS: usize = 200;

/// An ending longer than this is no file extension and may be cut.
const MAX_EXTENSION_CHARS: usize = 10;

/// A file name that is safe to show: one line, composed characters, nothing invisible, 1 to 200 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileName(String);

impl FileName {
    /// Makes a name of what the client sent. Folders before the last `/` or `\` are left out, control and invisible
    /// characters are dropped, characters are composed (NFC); what is left empty becomes `file.pdf`.
    pub fn clean(client_name: &str) -> Self {
        let last = client_name.rsplit(['/', '\\']).next().unwrap_or_default();
        let text: String = last.chars().filter(|character| !is_unseen(*character)).nfc().collect();
        let text = text.trim().trim_end_matches(['.', ' ']);
        let (stem, extension) = split_extension(text);
        let stem = if stem.is_empty() { "file" } else { stem };
        let extension = if text.is_empty() { "pdf" } else { extension };
        Self(shorten(stem, extension))
    }

    /// A name out of the database, where only cleaned names are put.
    pub fn from_stored(name: String) -> Self {
        Self(name)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name to offer for a download: its ending always tells the format, so that no device runs it as a program.
    pub fn for_download(&self, format: FileFormat) -> String {
        let (_, extension) = split_extension(&self.0);
        let extension = extension.to_ascii_lowercase();
        match (format.extensions().contains(&extension.as_str()), format.extensions().first()) {
            (false, Some(usual)) => format!("{}.{usual}", self.0),
            _ => self.0.clone(),
        }
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// "bill.pdf" is "bill" and "pdf"; an overlong or missing ending counts as part of the stem.
fn split_extension(name: &str) -> (&str, &str) {
    match name.rsplit_once('.') {
        Some((stem, extension)) if extension.chars().count() <= MAX_EXTENSION_CHARS => (stem, extension),
        _ => (name, ""),
    }
}

fn shorten(stem: &str, extension: &str) -> String {
    if extension.is_empty() {
        return stem.chars().take(MAX_CHARS).collect();
    }
    let room = MAX_CHARS.saturating_sub(extension.chars().count() + 1);
    let stem: String = stem.chars().take(room).collect();
    format!("{stem}.{extension}")
}

/// Control characters, and those of Unicode's format characters that hide, join or turn text around.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sent: &str, kept: &str) {
        assert_eq!(FileName::clean(sent).as_str(), kept);
    }

    #[test]
    fn folders_and_unseen_characters_are_left_out() {
        check("bill.pdf", "bill.pdf");
        check("../../../../etc/cron.d/bill.pdf", "bill.pdf");
        check("C:\\fakepath\\bill.pdf", "bill.pdf");
        check("a/b.pdf", "b.pdf");
        check("bill\u{202E}exe.pdf", "billexe.pdf");
        check("bill.exe\0.pdf", "bill.exe.pdf");
        check("bi\u{200B}ll.pdf", "bill.pdf");
        check("facture-e\u{301}te\u{301}.pdf", "facture-\u{e9}t\u{e9}.pdf");
        check("bill\r\nSet-Cookie: a=b.pdf", "billSet-Cookie: a=b.pdf");
        check(" bill.pdf. ", "bill.pdf");
    }

    #[test]
    fn other_characters_are_the_senders_own() {
        check("-rf.pdf", "-rf.pdf");
        check("*.pdf", "*.pdf");
        check("bill|id.pdf", "bill|id.pdf");
        check("<img src=x onerror=alert(1)>.pdf", "<img src=x onerror=alert(1)>.pdf");
        check("o'malley's bill.pdf", "o'malley's bill.pdf");
        check("bill.pdf.exe", "bill.pdf.exe");
        check("bill.pdf::$DATA", "bill.pdf::$DATA");
        check("\u{8acb}\u{6c42}\u{66f8}.pdf", "\u{8acb}\u{6c42}\u{66f8}.pdf");
    }

    #[test]
    fn a_name_is_never_empty() {
        check("", "file.pdf");
        check(".", "file.pdf");
        check("..", "file.pdf");
        check("folder/", "file.pdf");
        check("\u{200B}", "file.pdf");
        check(".pdf", "file.pdf");
        check(".png", "file.png");
        check("bill", "bill");
    }

    #[test]
    fn long_names_keep_their_ending() {
        let name = FileName::clean(&format!("{}.jpeg", "\u{1F9FE}".repeat(300)));
        assert_eq!(name.as_str().chars().count(), 200);
        assert_eq!(split_extension(name.as_str()).1, "jpeg");
        assert_eq!(FileName::clean(&"a".repeat(300)).as_str().chars().count(), 200);
        assert_eq!(FileName::clean(&format!("a.{}", "b".repeat(300))).as_str().chars().count(), 200);
    }

    #[test]
    fn downloads_end_in_their_format() {
        let download = |name: &str, format| FileName::clean(name).for_download(format);
        assert_eq!(download("bill.PDF", FileFormat::Pdf), "bill.PDF");
        assert_eq!(download("bill.pdf.exe", FileFormat::Pdf), "bill.pdf.exe.pdf");
        assert_eq!(download("bill.pdf", FileFormat::Jpeg), "bill.pdf.jpg");
        assert_eq!(download("IMG_1.JPEG", FileFormat::Jpeg), "IMG_1.JPEG");
        assert_eq!(download("bill", FileFormat::Tiff), "bill.tif");
    }

    proptest::proptest! {
        #[test]
        fn any_text_becomes_one_safe_line(sent in ".{0,300}") {
            let name = FileName::clean(&sent);
            let shown = name.as_str();
            proptest::prop_assert!(!shown.is_empty() && shown.chars().count() <= 200);
            proptest::prop_assert!(!shown.contains(['/', '\\']) && !shown.chars().any(is_unseen));
        }
    }
}
