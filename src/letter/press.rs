//! The press: sets letters and certificates with Typst and gives PDF bytes, always the same for the same facts.

use std::fmt;
use std::path::Path;

use chrono::{Datelike, NaiveDateTime, NaiveTime, Timelike};
use serde::Serialize;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Datetime, Smart};
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::certificate::CertificateFacts;
use super::certificate_sheet::CertificateSheet;
use super::error::LetterError;
use super::facts::{LetterFacts, NewProvider};
use super::fonts::Fonts;
use super::printable::Unprintable;
use super::qr;
use super::sheet::Sheet;
use super::signature::{Mark, Signature, SignatureBlock};
use super::world::{CERTIFICATE, Files, LETTER, LetterWorld, Templates};

/// How many documents long the typesetter remembers what it has computed: long enough that the next one profits, short
/// enough that memory does not grow with their number.
const REMEMBERED: usize = 2;
/// Names of the files that templates read.
const DATA: &str = "data.json";
const QR_CODE: &str = "qr.svg";
const DRAWING: &str = "drawing.svg";
const EVENTS: &str = "events.json";
/// For archives, with an attached file, and for readers of screens.
const CERTIFICATE_STANDARDS: [PdfStandard; 2] = [PdfStandard::A_3b, PdfStandard::Ua_1];

/// Makes letters. Loading it reads the fonts, so there is one per process.
pub struct Press {
    fonts: Fonts,
    templates: Templates,
}

/// What the template of letters gets as JSON.
#[derive(Serialize)]
struct Data<'a> {
    sheet: &'a Sheet,
    foot: Option<Foot<'a>>,
    signature: Option<SignatureBlock>,
    /// Families for text.
    fonts: &'a [String],
    /// The images that there are.
    images: Vec<&'static str>,
}

/// What stands at the foot of every page, and how to verify the letter.
#[derive(Serialize)]
struct Foot<'a> {
    loa_id: &'a str,
    content: String,
    page: &'a str,
    check_code: &'a str,
}

/// What the template of certificates gets as JSON.
#[derive(Serialize)]
struct CertificateData<'a> {
    sheet: CertificateSheet,
    /// Families for text.
    fonts: &'a [String],
    /// The images that there are.
    images: Vec<&'static str>,
}

/// One document on its way: what its template gets and what the PDF says about itself.
struct Job {
    template: &'static str,
    files: Files,
    /// Identifies the document, so that equal documents are equal bytes.
    identity: String,
    made_at: Option<NaiveDateTime>,
    standards: PdfStandards,
}

impl fmt::Debug for Press {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Press")
    }
}

impl Press {
    /// Loads the fonts of the program and, if there is a folder of more, those.
    ///
    /// # Errors
    /// [`LetterError`] if the folder cannot be read or holds a file that only looks like a font.
    pub fn new(more_fonts: Option<&Path>) -> Result<Self, LetterError> {
        Ok(Self { fonts: Fonts::load(more_fonts)?, templates: Templates::parse() })
    }

    /// The first character of a text that letters cannot print; whoever typed it is told by [`LetterError::CannotPrint`].
    pub fn cannot_print(&self, text: &str) -> Option<char> {
        self.fonts.cannot_print(text)
    }

    /// The first fact that letters cannot print, for the sentence at the field where it was typed. A letter whose facts
    /// can all be printed is not refused for its characters.
    pub fn first_unprintable(&self, facts: &LetterFacts) -> Option<Unprintable> {
        self.fonts.first_unprintable(facts)
    }

    /// The PDF of a letter, signed or to be signed.
    ///
    /// # Errors
    /// [`LetterError::CannotPrint`] if a fact cannot be printed; the others are faults of ours.
    pub fn letter(&self, facts: &LetterFacts, signature: Option<&Signature>) -> Result<Vec<u8>, LetterError> {
        let sheet = Sheet::of(facts);
        let content = facts.content_hash()?;
        let data = Data {
            sheet: &sheet,
            foot: Some(Foot {
                loa_id: facts.loa_id.as_str(),
                content: content.short(),
                page: &facts.verification.page,
                check_code: &facts.verification.check_code,
            }),
            signature: signature.map(|signature| SignatureBlock::of(signature, &facts.signer)),
            fonts: &self.fonts.families,
            images: Vec::new(),
        };
        let images = [
            (QR_CODE, Some(qr::svg(&facts.verification.qr_address)?)),
            (DRAWING, signature.and_then(|signature| drawing(&signature.mark))),
        ];
        let day = signature.map_or(facts.generated_on, |signature| signature.signed_at.date());
        self.print(&Job {
            template: LETTER,
            files: self.letter_files(data, images)?,
            identity: signature.map_or_else(|| content.to_string(), |signed| format!("{content} {}", signed.signed_at)),
            made_at: Some(day.and_time(NaiveTime::MIN)),
            standards: PdfStandards::default(),
        })
    }

    /// The letter to fill in and sign on paper.
    ///
    /// # Errors
    /// As [`Press::letter`].
    pub fn blank(&self, provider: &NewProvider) -> Result<Vec<u8>, LetterError> {
        let sheet = Sheet::blank(provider);
        let data = Data { sheet: &sheet, foot: None, signature: None, fonts: &self.fonts.families, images: Vec::new() };
        self.print(&Job {
            template: LETTER,
            files: self.letter_files(data, [(QR_CODE, None), (DRAWING, None)])?,
            identity: format!("blank letter to {}", provider.name),
            made_at: None,
            standards: PdfStandards::default(),
        })
    }

    /// The certificate of a signed letter: a PDF/A-3b with the event log attached. Characters that the fonts lack are
    /// printed as "?".
    ///
    /// # Errors
    /// [`LetterError`] for faults of ours; no text that people typed causes one.
    pub fn certificate(&self, facts: &CertificateFacts) -> Result<Vec<u8>, LetterError> {
        let (images, mut files) = with_images([(DRAWING, drawing(&facts.mark))]);
        let data = CertificateData { sheet: CertificateSheet::of(facts), fonts: &self.fonts.families, images };
        let mut data = serde_json::to_value(&data).map_err(LetterError::Data)?;
        self.fonts.make_printable(&mut data);
        files.add(DATA, Bytes::from_string(data.to_string()));
        files.add(EVENTS, Bytes::new(facts.event_log.clone()));
        let standards = PdfStandards::new(&CERTIFICATE_STANDARDS);
        self.print(&Job {
            template: CERTIFICATE,
            files,
            identity: format!("certificate {} {}", facts.content_hash, facts.chain_head),
            made_at: Some(facts.made_at),
            standards: standards.map_err(|told| LetterError::Typesetting(told.message().to_string()))?,
        })
    }

    /// What the template of letters reads, if all of it can be printed.
    fn letter_files(&self, data: Data<'_>, images: [(&'static str, Option<String>); 2]) -> Result<Files, LetterError> {
        let (images, mut files) = with_images(images);
        let data = serde_json::to_value(Data { images, ..data }).map_err(LetterError::Data)?;
        if let Some(character) = self.fonts.cannot_print_any(&data) {
            return Err(LetterError::CannotPrint(character));
        }
        files.add(DATA, Bytes::from_string(data.to_string()));
        Ok(files)
    }

    fn print(&self, job: &Job) -> Result<Vec<u8>, LetterError> {
        let printed = self.set(job).and_then(|document| export(&document, job));
        typst::comemo::evict(REMEMBERED);
        printed
    }

    fn set(&self, job: &Job) -> Result<PagedDocument, LetterError> {
        let world = LetterWorld::new(&self.fonts, &self.templates, job.template, &job.files);
        let document: PagedDocument = typst::compile(&world).output.map_err(|errors| told(&errors))?;
        match document.pages().iter().find_map(|page| missing_glyph(&page.frame)) {
            Some(character) => Err(LetterError::CannotPrint(character)),
            None => Ok(document),
        }
    }
}

/// The image of a mark; a typed one has none.
fn drawing(mark: &Mark) -> Option<String> {
    match mark {
        Mark::Drawn(strokes) => Some(strokes.svg()),
        Mark::Typed => None,
    }
}

/// The images that there are: their names, and the files.
fn with_images<const N: usize>(images: [(&'static str, Option<String>); N]) -> (Vec<&'static str>, Files) {
    let (mut names, mut files) = (Vec::new(), Files::default());
    for (name, svg) in images {
        if let Some(svg) = svg {
            names.push(name);
            files.add(name, Bytes::from_string(svg));
        }
    }
    (names, files)
}

fn export(document: &PagedDocument, job: &Job) -> Result<Vec<u8>, LetterError> {
    let options = PdfOptions {
        ident: Smart::Custom(job.identity.clone()),
        creator: Smart::Custom(None),
        timestamp: job.made_at.and_then(timestamp),
        standards: job.standards.clone(),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options).map_err(|errors| told(&errors))
}

fn timestamp(at: NaiveDateTime) -> Option<Timestamp> {
    let byte = |number: u32| u8::try_from(number).ok();
    let (month, day) = (byte(at.month())?, byte(at.day())?);
    let (hour, minute, second) = (byte(at.hour())?, byte(at.minute())?, byte(at.second())?);
    Datetime::from_ymd_hms(at.year(), month, day, hour, minute, second).map(Timestamp::new_utc)
}

/// The first character that came out as an empty box; the check before should have stopped it.
fn missing_glyph(frame: &Frame) -> Option<char> {
    frame.items().find_map(|(_, item)| match item {
        FrameItem::Group(group) => missing_glyph(&group.frame),
        FrameItem::Text(text) => {
            let missing = text.glyphs.iter().find(|glyph| glyph.id == 0)?;
            text.text.get(missing.range())?.chars().next()
        }
        _ => None,
    })
}

fn told(errors: &[SourceDiagnostic]) -> LetterError {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    LetterError::Typesetting(messages.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_meet_the_standard_for_readers_of_screens() {
        let press = Press::new(None).unwrap();
        let provider = NewProvider {
            name: "Harbor Voice Inc.".to_owned(),
            address: None,
            phone: None,
            email: "porting@harborvoice.example".to_owned(),
        };
        let sheet = Sheet::blank(&provider);
        let foot =
            Foot { loa_id: "LOA-7Q4M2-XKD9B", content: "3f2a".to_owned(), page: "a.example", check_code: "K7WX" };
        let fonts = &press.fonts.families;
        let data = Data { sheet: &sheet, foot: Some(foot), signature: None, fonts, images: Vec::new() };
        let images = [(QR_CODE, Some(qr::svg("https://a.example").unwrap())), (DRAWING, None)];
        let job = Job {
            template: LETTER,
            files: press.letter_files(data, images).unwrap(),
            identity: String::new(),
            made_at: "2026-11-20T00:00:00".parse().ok(),
            standards: PdfStandards::new(&[PdfStandard::Ua_1]).unwrap(),
        };
        press.print(&job).unwrap();
    }

    #[test]
    fn what_typst_could_not_draw_is_found_even_if_the_check_before_missed_it() {
        let press = Press::new(None).unwrap();
        let templates = Templates::of(LETTER, "#set text(font: \"Libertinus Serif\", fallback: false)\n#box[A 李 B]");
        let files = Files::default();
        let world = LetterWorld::new(&press.fonts, &templates, LETTER, &files);
        let document: PagedDocument = typst::compile(&world).output.unwrap();
        assert_eq!(document.pages().iter().find_map(|page| missing_glyph(&page.frame)), Some('李'));
    }
}
