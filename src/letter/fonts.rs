//! The fonts of letters: loaded once, out of the program itself and out of a folder of the owner's.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::{fs, io};

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontStyle};
use typst::utils::LazyHash;

use super::error::LetterError;
use crate::domain::typed_text;

/// What names and sentences are set in.
const TEXT: &str = "Libertinus Serif";
/// What numbers and ids are set in.
const NUMBERS: &str = "DejaVu Sans Mono";
/// Heavier than this is not used.
const HEAVIEST: u16 = 600;

/// The fonts of the program, read once however many presses there are.
static BUILT_IN: LazyLock<Vec<Font>> =
    LazyLock::new(|| typst_assets::fonts().flat_map(|data| Font::iter(Bytes::new(data))).filter(is_used).collect());

/// The fonts, and which families text is set in.
pub(super) struct Fonts {
    pub(super) book: LazyHash<FontBook>,
    all: Vec<Font>,
    /// Families for text, the first that has a character wins.
    pub(super) families: Vec<String>,
}

impl Fonts {
    /// Loads the fonts of the program and those of a folder.
    ///
    /// # Errors
    /// [`LetterError`] if the folder cannot be read or holds a font file that is none.
    pub(super) fn load(folder: Option<&Path>) -> Result<Self, LetterError> {
        let mut all = BUILT_IN.clone();
        for family in [TEXT, NUMBERS] {
            if all.iter().all(|font| font.info().family != family) {
                return Err(LetterError::FontMissing(family));
            }
        }
        let mut families = vec![TEXT.to_owned()];
        for font in folder.map_or_else(|| Ok(Vec::new()), fonts_in)? {
            if !families.contains(&font.info().family) {
                families.push(font.info().family.clone());
            }
            all.push(font);
        }
        Ok(Self { book: LazyHash::new(FontBook::from_fonts(&all)), all, families })
    }

    pub(super) fn get(&self, index: usize) -> Option<Font> {
        self.all.get(index).cloned()
    }

    /// The first character of a text that cannot be printed.
    pub(super) fn cannot_print(&self, text: &str) -> Option<char> {
        text.chars().find(|c| !self.prints(*c))
    }

    pub(super) fn prints(&self, c: char) -> bool {
        matches!(c, ' '..='~') || (has_a_shape(c) && self.families.iter().any(|family| self.family_has(family, c)))
    }

    // In all of its faces: a name is set upright in the letter and slanted as a typed signature.
    fn family_has(&self, family: &str, c: char) -> bool {
        let mut faces = self.all.iter().filter(|font| font.info().family == family);
        faces.all(|font| font.info().coverage.contains(u32::from(c)))
    }
}

/// Whether a character is one that people see the same on every page: no control, no mark of direction, nobody's own.
fn has_a_shape(c: char) -> bool {
    let private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    !c.is_control() && !typed_text::is_unseen(c) && !private
}

fn is_used(font: &Font) -> bool {
    let info = font.info();
    let weight = info.variant.weight.to_number();
    match info.family.as_str() {
        TEXT if info.variant.style == FontStyle::Italic => weight == 400,
        TEXT => weight == 400 || weight == HEAVIEST,
        NUMBERS => info.variant.style == FontStyle::Normal,
        _ => false,
    }
}

/// The fonts of a folder in the order of their names, so that every process sets letters alike.
fn fonts_in(folder: &Path) -> Result<Vec<Font>, LetterError> {
    let failed = |cause: io::Error| LetterError::FontFolder { folder: folder.to_owned(), cause };
    let entries = fs::read_dir(folder).map_err(failed)?.collect::<Result<Vec<_>, _>>().map_err(failed)?;
    let mut files: Vec<PathBuf> =
        entries.into_iter().map(|entry| entry.path()).filter(|file| is_font_file(file)).collect();
    files.sort();
    let mut fonts = Vec::new();
    for file in files {
        let before = fonts.len();
        fonts.extend(Font::iter(Bytes::new(fs::read(&file).map_err(failed)?)));
        if fonts.len() == before {
            return Err(LetterError::NotAFont(file));
        }
    }
    Ok(fonts)
}

fn is_font_file(file: &Path) -> bool {
    let extension = file.extension().map(OsStr::to_ascii_lowercase);
    extension.is_some_and(|extension| ["ttf", "otf", "ttc", "otc"].iter().any(|known| extension == *known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, found: Option<char>) {
        assert_eq!(Fonts::load(None).unwrap().cannot_print(text), found, "{text:?}");
    }

    #[test]
    fn names_of_europe_and_america_are_printed() {
        check("Zoë Łukasz Ñuñez Ångström Þór Šimůnek Đặng Çelik O’Brien", None);
        check("#read(\"/etc/passwd\") *b* $x$ <a> \\u{1F600} @ref", None);
        check("Kline, Webb & Osei P.C. – №", None);
        check("A\u{a0}B", None);
    }

    #[test]
    fn other_scripts_and_pictures_are_not() {
        check("Li 李小龙", Some('李'));
        check("محمد", Some('م'));
        check("Dana 🙂", Some('🙂'));
        check("देव", Some('द'));
    }

    #[test]
    fn characters_that_turn_or_hide_text_are_not() {
        check("Dana \u{202e}ziuR", Some('\u{202e}'));
        check("Dana\u{2066}Ruiz", Some('\u{2066}'));
        check("Dana\u{200b}Ruiz", Some('\u{200b}'));
        check("Dana\nRuiz", Some('\n'));
        check("Dana\u{0}Ruiz", Some('\u{0}'));
        check("Dana\u{e001}", Some('\u{e001}'));
    }

    #[test]
    fn a_folder_of_fonts_adds_scripts_and_says_what_is_wrong_with_it() {
        let folder = tempfile::tempdir().unwrap();
        // DejaVu Sans Mono has Arabic letters; as a font of the owner's it is one for text.
        let dejavu = typst_assets::fonts().find(|data| {
            Font::new(Bytes::new(*data), 0)
                .is_some_and(|font| font.info().family == NUMBERS && font.info().coverage.contains(u32::from('م')))
        });
        fs::write(folder.path().join("more.TTF"), dejavu.unwrap()).unwrap();
        fs::write(folder.path().join("LICENSE.txt"), "text").unwrap();
        let fonts = Fonts::load(Some(folder.path())).unwrap();
        assert_eq!(fonts.cannot_print("م"), None);
        fs::write(folder.path().join("broken.otf"), "no font").unwrap();
        let told = Fonts::load(Some(folder.path())).err().unwrap().to_string();
        assert!(told.ends_with("broken.otf is not a font"), "{told}");
        let missing = folder.path().join("missing");
        assert!(matches!(Fonts::load(Some(&missing)), Err(LetterError::FontFolder { .. })));
    }
}
