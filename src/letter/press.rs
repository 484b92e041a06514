//! The press: sets sheets with Typst and gives PDF bytes, always the same for the same letter.

use std::path::Path;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use serde_json::Value;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Datetime, Dict, IntoValue, Smart};
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandards, Timestamp};

use super::error::LetterError;
use super::facts::{LetterFacts, NewProvider};
use super::fonts::Fonts;
use super::qr;
use super::sheet::Sheet;
use super::signature::{Mark, Signature, SignatureBlock};
use super::world::{LetterWorld, Templates};

/// How many letters long the typesetter remembers what it has computed: long enough that the next letter profits, short
/// enough that memory does not grow with the number of letters.
const REMEMBERED: usize = 2;

/// Makes letters. Loading it reads the fonts, so there is one per process.
pub struct Press {
    fonts: Fonts,
    templates: Templates,
}

/// What the template gets as JSON.
#[derive(Serialize)]
struct Data<'a> {
    sheet: &'a Sheet,
    foot: Option<Foot<'a>>,
    signature: Option<SignatureBlock>,
    /// Families for text.
    fonts: &'a [String],
}

/// What stands at the foot of every page, and how to verify the letter.
#[derive(Serialize)]
struct Foot<'a> {
    loa_id: &'a str,
    content: String,
    page: &'a str,
    check_code: &'a str,
}

/// One letter on its way: its data, its images and what the PDF says about itself.
struct Job<'a> {
    data: Data<'a>,
    qr_code: Option<String>,
    drawing: Option<String>,
    /// Identifies the document, so that equal letters are equal bytes.
    identity: String,
    made_on: Option<NaiveDate>,
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

    /// The PDF of a letter, signed or to be signed.
    ///
    /// # Errors
    /// [`LetterError::CannotPrint`] if a fact cannot be printed; the others are faults of ours.
    pub fn letter(&self, facts: &LetterFacts, signature: Option<&Signature>) -> Result<Vec<u8>, LetterError> {
        let sheet = Sheet::of(facts);
        let content = facts.content_hash()?;
        let drawing = signature.and_then(|signature| match &signature.mark {
            Mark::Drawn(strokes) => Some(strokes.svg()),
            Mark::Typed => None,
        });
        let job = Job {
            data: Data {
                sheet: &sheet,
                foot: Some(Foot {
                    loa_id: facts.loa_id.as_str(),
                    content: content.short(),
                    page: &facts.verification.page,
                    check_code: &facts.verification.check_code,
                }),
                signature: signature.map(|signature| SignatureBlock::of(signature, &facts.signer)),
                fonts: &self.fonts.families,
            },
            qr_code: Some(qr::svg(&facts.verification.qr_address)?),
            drawing,
            identity: signature.map_or_else(|| content.to_string(), |signed| format!("{content} {}", signed.signed_at)),
            made_on: Some(signature.map_or(facts.generated_on, |signature| signature.signed_at.date())),
        };
        self.print(job)
    }

    /// The letter to fill in and sign on paper.
    ///
    /// # Errors
    /// As [`Press::letter`].
    pub fn blank(&self, provider: &NewProvider) -> Result<Vec<u8>, LetterError> {
        let sheet = Sheet::blank(provider);
        self.print(Job {
            data: Data { sheet: &sheet, foot: None, signature: None, fonts: &self.fonts.families },
            qr_code: None,
            drawing: None,
            identity: format!("blank letter to {}", provider.name),
            made_on: None,
        })
    }

    fn print(&self, job: Job<'_>) -> Result<Vec<u8>, LetterError> {
        let printed = self.set(&job).and_then(|document| export(&document, &job, PdfStandards::default()));
        typst::comemo::evict(REMEMBERED);
        printed
    }

    fn set(&self, job: &Job<'_>) -> Result<PagedDocument, LetterError> {
        let data = serde_json::to_value(&job.data).map_err(LetterError::Data)?;
        if let Some(character) = self.first_unprintable(&data) {
            return Err(LetterError::CannotPrint(character));
        }
        let mut inputs = Dict::new();
        inputs.insert("letter".into(), Bytes::from_string(data.to_string()).into_value());
        for (name, image) in [("qr", &job.qr_code), ("drawing", &job.drawing)] {
            let bytes = image.as_ref().map(|svg| Bytes::from_string(svg.clone()));
            inputs.insert(name.into(), bytes.into_value());
        }
        let world = LetterWorld::new(&self.fonts, &self.templates, inputs);
        let document: PagedDocument = typst::compile(&world).output.map_err(|errors| told(&errors))?;
        match document.pages().iter().find_map(|page| missing_glyph(&page.frame)) {
            Some(character) => Err(LetterError::CannotPrint(character)),
            None => Ok(document),
        }
    }

    /// Looks through every text of the data.
    fn first_unprintable(&self, data: &Value) -> Option<char> {
        match data {
            Value::String(text) => self.cannot_print(text),
            Value::Array(values) => values.iter().find_map(|value| self.first_unprintable(value)),
            Value::Object(fields) => fields.values().find_map(|value| self.first_unprintable(value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => None,
        }
    }
}

fn export(document: &PagedDocument, job: &Job<'_>, standards: PdfStandards) -> Result<Vec<u8>, LetterError> {
    let options = PdfOptions {
        ident: Smart::Custom(job.identity.clone()),
        creator: Smart::Custom(None),
        timestamp: job.made_on.and_then(midnight),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options).map_err(|errors| told(&errors))
}

fn midnight(day: NaiveDate) -> Option<Timestamp> {
    let (month, date) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    Datetime::from_ymd_hms(day.year(), month, date, 0, 0, 0).map(Timestamp::new_utc)
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
    use typst_pdf::PdfStandard;

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
        let job = Job {
            data: Data { sheet: &sheet, foot: Some(foot), signature: None, fonts: &press.fonts.families },
            qr_code: Some(qr::svg("https://a.example").unwrap()),
            drawing: None,
            identity: String::new(),
            made_on: NaiveDate::from_ymd_opt(2026, 11, 20),
        };
        let document = press.set(&job).unwrap();
        let standard = PdfStandards::new(&[PdfStandard::Ua_1]).unwrap();
        export(&document, &job, standard).unwrap();
    }

    #[test]
    fn what_typst_could_not_draw_is_found_even_if_the_check_before_missed_it() {
        let press = Press::new(None).unwrap();
        let templates = Templates::of("#set text(font: \"Libertinus Serif\", fallback: false)\n#box[A 李 B]");
        let world = LetterWorld::new(&press.fonts, &templates, Dict::new());
        let document: PagedDocument = typst::compile(&world).output.unwrap();
        assert_eq!(document.pages().iter().find_map(|page| missing_glyph(&page.frame)), Some('李'));
    }
}
