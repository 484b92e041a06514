//! What pasted text consists of: every letter and digit of it belongs to exactly one piece.

use crate::domain::phone_number::{NumberRules, PhoneNumberError, WriteTo, assess};

/// A part of the pasted text with its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::domain) struct Piece {
    pub kind: PieceKind,
    /// Where it begins and ends in the text, in bytes.
    pub start: usize,
    pub end: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::domain) enum PieceKind {
    /// Ten digits, not yet held against the numbering plan; `spelled` when letters stood for some of them.
    Number {
        digits: String,
        spelled: bool,
    },
    /// The first and the last ten digits of a range.
    Range {
        from: String,
        to: String,
    },
    Extension,
    /// Words that are left out; a label is before a colon or well known.
    Word {
        label: bool,
    },
    /// A word or sign that only joins two entries.
    Joiner,
    Fault(Fault),
}

/// Why digits or words cannot be read as a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::domain) enum Fault {
    NotANumber,
    HiddenCharacter,
    AreaCodeMissing,
    Length(usize),
    LengthAfterOne(usize),
    LengthWithLetters(usize),
    OddlyGrouped,
    LetterInside(char),
    /// A plus or an international prefix, then another country's digits.
    Abroad,
    /// A plus and ten digits.
    PlusAndTen(String),
    /// A number and then only the last digits of others: 5519/20/21.
    Shortened,
}

impl Piece {
    /// What was typed.
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    pub fn is_number(&self) -> bool {
        matches!(self.kind, PieceKind::Number { .. })
    }

    /// Whether a short fault is all that digits amount to: they may belong to the words around them.
    pub fn is_scrap(&self) -> bool {
        matches!(self.kind, PieceKind::Fault(Fault::Length(0..=3) | Fault::LengthAfterOne(0..=2)))
    }
}

impl Fault {
    /// The refusal with its sentence.
    pub fn error(&self, typed: String, rules: &NumberRules<'_>) -> PhoneNumberError {
        let canada = rules.countries.canada;
        let help = || WriteTo(rules.support.to_owned());
        match self {
            Self::NotANumber => PhoneNumberError::NotANumber { typed },
            Self::HiddenCharacter => PhoneNumberError::HiddenCharacter { typed },
            Self::AreaCodeMissing => PhoneNumberError::AreaCodeMissing { typed },
            Self::Length(digits) => PhoneNumberError::Length { typed, digits: *digits },
            Self::LengthAfterOne(digits) => PhoneNumberError::LengthAfterOne { typed, digits: *digits },
            Self::LengthWithLetters(digits) => PhoneNumberError::LengthWithLetters { typed, digits: *digits },
            Self::OddlyGrouped => PhoneNumberError::OddlyGrouped { typed },
            Self::LetterInside(letter) => PhoneNumberError::LetterInside { typed, letter: *letter },
            Self::Abroad => PhoneNumberError::Abroad { typed, canada, help: help() },
            Self::PlusAndTen(digits) => match assess(digits, &typed, rules) {
                Ok(number) => PhoneNumberError::OneMissing { typed, offer: format!("+1 {}", number.national()) },
                Err(_) => PhoneNumberError::Abroad { typed, canada, help: help() },
            },
            Self::Shortened => PhoneNumberError::Shortened { typed },
        }
    }
}

/// The most characters of typed text that a sentence shows.
const SHOWN: usize = 40;

/// Typed text as a sentence shows it: on one line, without what cannot be printed, cut to a readable length.
pub(in crate::domain) fn typed(text: &str) -> String {
    let mut shown = String::new();
    let mut length = 0;
    for character in text.trim().chars() {
        let character = match character {
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200B}'..='\u{200F}' | '\u{FEFF}' => continue,
            _ if character.is_whitespace() && shown.ends_with(' ') => continue,
            _ if character.is_whitespace() => ' ',
            _ if character.is_control() => '\u{FFFD}',
            _ => character,
        };
        if length == SHOWN {
            return format!("{}…", shown.trim_end());
        }
        shown.push(character);
        length += 1;
    }
    // A bracket around the whole is not part of the number: "(Main 212-555-0142)".
    match shown.strip_prefix(['(', '[']) {
        Some(rest) if !rest.contains([')', ']']) => rest.to_owned(),
        _ => shown,
    }
}
