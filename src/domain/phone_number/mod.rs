//! One telephone number of the United States or Canada.

mod error;
mod plan;
#[cfg(test)]
mod tests;

pub use error::{PhoneNumberError, WriteTo};
pub(in crate::domain) use plan::assess;

use super::area_codes::{AreaCode, AreaCodes, Countries, Country, is_kept_for_toll_free};
use super::number_list::{Piece, PieceKind, pieces, typed};

/// What a form takes: the area codes in use, the countries, and whom to write to about all other numbers.
#[derive(Debug, Clone, Copy)]
pub struct NumberRules<'a> {
    pub area_codes: &'a AreaCodes,
    pub countries: Countries,
    /// An e-mail address or telephone number; may be empty.
    pub support: &'a str,
}

/// A telephone number in E.164 form: `+1` and ten digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Reads exactly one number by the rules of [`NumberList`](super::number_list::NumberList): with or without `+1`,
    /// in any layout, with a label before it, or spelled in letters. Whoever must show what letters were read as
    /// compares with [`PhoneNumber::national`].
    pub fn parse(text: &str, rules: &NumberRules<'_>) -> Result<Self, PhoneNumberError> {
        let pieces = pieces(text);
        let numbers = || pieces.iter().filter(|piece| piece.is_number());
        if 1 < numbers().count() || pieces.iter().any(|piece| matches!(piece.kind, PieceKind::Range { .. })) {
            return Err(PhoneNumberError::MoreThanOne { typed: typed(text) });
        }
        let fault = pieces.iter().find_map(|piece| match &piece.kind {
            PieceKind::Fault(fault) => Some(fault.error(typed(piece.of(text)), rules)),
            _ => None,
        });
        match (numbers().next(), fault) {
            (Some(_), Some(_)) => Err(PhoneNumberError::MoreThanOne { typed: typed(text) }),
            (None, Some(fault)) => Err(fault),
            (None, None) if text.trim().is_empty() => Err(PhoneNumberError::Empty),
            (None, None) => Err(PhoneNumberError::NotANumber { typed: typed(text) }),
            (Some(number), None) => alone(number, &pieces, text, rules),
        }
    }

    /// Takes a number out of the database, where only [`PhoneNumber::as_str`] is kept.
    pub fn from_stored(text: &str) -> Option<Self> {
        let digits = text.strip_prefix("+1")?.as_bytes();
        let is_number = digits.len() == 10
            && digits.iter().all(u8::is_ascii_digit)
            && [0, 3].iter().all(|at| digits.get(*at).is_some_and(|digit| b'2' <= *digit));
        is_number.then(|| Self(text.to_owned()))
    }

    /// The E.164 form, for data: `+12125550142`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form for people: `(212) 555-0142`.
    pub fn national(&self) -> String {
        format!("({}) {}-{}", self.area_code(), self.digits(5, 8), self.digits(8, 12))
    }

    /// The form of carriers' paper: `212-555-0142`.
    pub fn dashed(&self) -> String {
        format!("{}-{}-{}", self.area_code(), self.digits(5, 8), self.digits(8, 12))
    }

    /// The three digits after the country code.
    pub fn area_code(&self) -> &str {
        self.digits(2, 5)
    }

    /// Whether the called party pays (800, 833 and their like).
    pub fn is_toll_free(&self) -> bool {
        self.area() == Some(AreaCode::TollFree)
    }

    /// Whether the number is one of 555-0100 to 555-0199, kept free for films and examples.
    pub fn is_fictional(&self) -> bool {
        self.digits(5, 10) == "55501"
    }

    /// "Toll-free", "US local", "Canadian local" or the name of a US territory. Nothing more can be told from the
    /// digits: landline and wireless numbers look alike. An area code that an admin added is plainly "Local".
    pub fn kind_label(&self) -> &'static str {
        match self.area() {
            Some(AreaCode::TollFree) => "Toll-free",
            Some(AreaCode::Local(country)) => country.local_label(),
            _ => "Local",
        }
    }

    /// Whether it is a local number of Canada, as far as its area code tells.
    pub fn is_canadian(&self) -> bool {
        self.country() == Some(Country::Canada)
    }

    /// The country of a local number, as far as its area code tells.
    pub fn country(&self) -> Option<Country> {
        match self.area()? {
            AreaCode::Local(country) => Some(country),
            _ => None,
        }
    }

    // A number with a code that is not in the table exists only after an admin added the code.
    fn area(&self) -> Option<AreaCode> {
        let code = self.area_code();
        let built_in = AreaCodes::built_in().find(code);
        built_in.or_else(|| is_kept_for_toll_free(code).then_some(AreaCode::TollFree))
    }

    fn digits(&self, from: usize, to: usize) -> &str {
        self.0.get(from..to).expect("a number is a plus and eleven digits")
    }
}

impl std::fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.national())
    }
}

impl From<PhoneNumber> for String {
    fn from(number: PhoneNumber) -> Self {
        number.0
    }
}

impl TryFrom<String> for PhoneNumber {
    type Error = PhoneNumberError;

    fn try_from(text: String) -> Result<Self, PhoneNumberError> {
        Self::from_stored(&text).ok_or_else(|| PhoneNumberError::NotANumber { typed: typed(&text) })
    }
}

/// The one number of a text, if nothing but labels stands around it.
fn alone(
    number: &Piece,
    pieces: &[Piece],
    text: &str,
    rules: &NumberRules<'_>,
) -> Result<PhoneNumber, PhoneNumberError> {
    for piece in pieces {
        match piece.kind {
            PieceKind::Extension => return Err(PhoneNumberError::Extension { typed: typed(piece.of(text)) }),
            PieceKind::Word { label: false } => return Err(PhoneNumberError::Words { words: typed(piece.of(text)) }),
            _ => {}
        }
    }
    match &number.kind {
        PieceKind::Number { digits, .. } => assess(digits, &typed(number.of(text)), rules),
        _ => Err(PhoneNumberError::NotANumber { typed: typed(text) }),
    }
}
