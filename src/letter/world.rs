//! What Typst may see while it sets a letter: our templates, our fonts and the data of one letter; no file, no network, no
//! clock.

use std::path::PathBuf;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::fonts::Fonts;

/// Where setting a letter begins.
pub(super) const LETTER: &str = "/letter.typ";
/// Where setting a certificate begins.
pub(super) const CERTIFICATE: &str = "/certificate.typ";

/// The templates, built into the program.
const TEMPLATES: [(&str, &str); 5] = [
    (LETTER, include_str!("../../templates/letter/letter.typ")),
    (CERTIFICATE, include_str!("../../templates/letter/certificate.typ")),
    ("/look.typ", include_str!("../../templates/letter/look.typ")),
    ("/numbers.typ", include_str!("../../templates/letter/numbers.typ")),
    ("/signature.typ", include_str!("../../templates/letter/signature.typ")),
];

/// The parsed templates, and what Typst itself gives them. Both are the same for every document, so that what they do with
/// the same values is remembered from one to the next.
pub(super) struct Templates {
    sources: Vec<Source>,
    library: LazyHash<Library>,
}

impl Templates {
    pub(super) fn parse() -> Self {
        Self::new(TEMPLATES.map(|(path, text)| Source::new(id_of(path), text.to_owned())).into())
    }

    #[cfg(test)]
    pub(super) fn of(path: &str, text: &str) -> Self {
        Self::new(vec![Source::new(id_of(path), text.to_owned())])
    }

    fn new(sources: Vec<Source>) -> Self {
        Self { sources, library: LazyHash::new(Library::default()) }
    }

    fn find(&self, id: FileId) -> FileResult<&Source> {
        let found = self.sources.iter().find(|source| source.id() == id);
        found.ok_or_else(|| FileError::NotFound(PathBuf::from(id.get().vpath().get_without_slash())))
    }
}

fn id_of(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("the names of our templates are paths");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

/// The files of one document, by their names.
#[derive(Default)]
pub(super) struct Files(Vec<(FileId, Bytes)>);

impl Files {
    /// Adds one.
    pub(super) fn add(&mut self, name: &str, bytes: Bytes) {
        self.0.push((id_of(&format!("/{name}")), bytes));
    }

    fn find(&self, id: FileId) -> Option<Bytes> {
        self.0.iter().find(|(known, _)| *known == id).map(|(_, bytes)| bytes.clone())
    }
}

/// One document's world.
pub(super) struct LetterWorld<'a> {
    main: FileId,
    fonts: &'a Fonts,
    templates: &'a Templates,
    files: &'a Files,
}

impl<'a> LetterWorld<'a> {
    /// A world in which setting begins in the template `main`, and templates read the files of one document.
    pub(super) fn new(fonts: &'a Fonts, templates: &'a Templates, main: &str, files: &'a Files) -> Self {
        Self { main: id_of(main), fonts, templates, files }
    }
}

impl World for LetterWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.templates.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.templates.find(id).cloned()
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match self.files.find(id) {
            Some(bytes) => Ok(bytes),
            None => self.templates.find(id).map(|source| Bytes::from_string(source.text().to_owned())),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index)
    }

    // Dates reach the templates as words.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
