//! What Typst may see while it sets a letter: our templates, our fonts and the data of one letter; no file, no network, no
//! clock.

use std::path::PathBuf;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration};
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

/// The parsed templates.
pub(super) struct Templates(Vec<Source>);

impl Templates {
    pub(super) fn parse() -> Self {
        Self(TEMPLATES.map(|(path, text)| Source::new(id_of(path), text.to_owned())).into())
    }

    #[cfg(test)]
    pub(super) fn of(path: &str, text: &str) -> Self {
        Self(vec![Source::new(id_of(path), text.to_owned())])
    }

    fn find(&self, id: FileId) -> FileResult<&Source> {
        let found = self.0.iter().find(|source| source.id() == id);
        found.ok_or_else(|| FileError::NotFound(PathBuf::from(id.get().vpath().get_without_slash())))
    }
}

fn id_of(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("the names of our templates are paths");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

/// One document's world.
pub(super) struct LetterWorld<'a> {
    main: FileId,
    library: LazyHash<Library>,
    fonts: &'a Fonts,
    templates: &'a Templates,
}

impl<'a> LetterWorld<'a> {
    /// A world in which setting begins in the template `main`, and templates find `data` in `sys.inputs`.
    pub(super) fn new(fonts: &'a Fonts, templates: &'a Templates, main: &str, data: Dict) -> Self {
        let library = LazyHash::new(Library::builder().with_inputs(data).build());
        Self { main: id_of(main), library, fonts, templates }
    }
}

impl World for LetterWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
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
        self.templates.find(id).map(|source| Bytes::from_string(source.text().to_owned()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index)
    }

    // Dates reach the templates as words.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
