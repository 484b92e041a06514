//! ZIP codes and Canadian postal codes.

use std::fmt;

use crate::domain::address::State;
use crate::domain::typed_text;

/// A ZIP code (`46204` or `46204-1234`) or a Canadian postal code (`K1A 0B1`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostalCode(String);

impl PostalCode {
    /// Reads the code of an address in this state; without one, a Canadian code is taken where Canada is on offer.
    ///
    /// # Errors
    /// [`PostalCodeError`] in the words of the country.
    pub fn parse(text: &str, state: Option<State>, canada: bool) -> Result<Self, PostalCodeError> {
        let text = typed_text::code_line(text).unwrap_or_default().to_ascii_uppercase();
        if typed_text::is_blank(&text) {
            return Err(if canada { PostalCodeError::MissingEither } else { PostalCodeError::Missing });
        }
        match state {
            Some(state) if state.is_canadian() => canadian(&text).ok_or(PostalCodeError::CanadianShape),
            None if canada => zip(&text).or_else(|| canadian(&text)).ok_or(PostalCodeError::EitherShape),
            Some(_) | None => zip(&text).ok_or(PostalCodeError::ZipShape),
        }
    }

    /// A code out of the database.
    pub fn from_stored(code: String) -> Self {
        Self(code)
    }

    /// The code as it is printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is asked once if codes of that state begin otherwise.
    pub fn warning(&self, state: State) -> Option<PostalCodeWarning> {
        if state.has_postal_code(&self.0) {
            return None;
        }
        let (code, state_name) = (self.0.clone(), state.name());
        Some(if state.is_canadian() {
            PostalCodeWarning::OtherProvince { code, state_name }
        } else {
            PostalCodeWarning::OtherState { code, state_name }
        })
    }
}

impl fmt::Display for PostalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a typed code was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PostalCodeError {
    #[error("Enter the ZIP code")]
    Missing,
    #[error("Enter the ZIP or postal code")]
    MissingEither,
    #[error("ZIP code must be 5 or 9 digits")]
    ZipShape,
    #[error("Postal code must look like K1A 0B1")]
    CanadianShape,
    #[error("ZIP code must be 5 or 9 digits; a postal code must look like K1A 0B1")]
    EitherShape,
}

/// What a code is asked about once; the second submit passes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PostalCodeWarning {
    #[error("ZIP code {code} does not seem to be in {state_name}. If the bill shows both, leave it and continue")]
    OtherState { code: String, state_name: &'static str },
    #[error("Postal code {code} does not seem to be in {state_name}. If the bill shows both, leave it and continue")]
    OtherProvince { code: String, state_name: &'static str },
}

/// Five digits, or nine with a dash, a space or nothing between.
fn zip(text: &str) -> Option<PostalCode> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let (five, four) = digits.split_at_checked(5)?;
    if text == five && four.is_empty() {
        return Some(PostalCode(digits));
    }
    let written = [format!("{five}-{four}"), format!("{five} {four}"), format!("{five}{four}")];
    (four.len() == 4 && written.iter().any(|way| way == text)).then(|| PostalCode(format!("{five}-{four}")))
}

/// Letter, digit, letter, digit, letter, digit; D F I O Q U are never used and W Z never first (Canada Post).
fn canadian(text: &str) -> Option<PostalCode> {
    let joined: String = text.chars().filter(|c| !" -".contains(*c)).collect();
    let letter = |c: char| c.is_ascii_uppercase() && !"DFIOQU".contains(c);
    let fits = joined.chars().enumerate().all(|(at, c)| match at {
        0 => letter(c) && !"WZ".contains(c),
        2 | 4 => letter(c),
        _ => c.is_ascii_digit(),
    });
    let (area, unit) = joined.split_at_checked(3)?;
    (fits && joined.len() == 6).then(|| PostalCode(format!("{area} {unit}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, state: &str, canada: bool, read: Result<&str, &str>) {
        let parsed = PostalCode::parse(typed, State::from_stored(state), canada);
        let told = parsed.map(|code| code.to_string()).map_err(|error| error.to_string());
        assert_eq!(told, read.map(str::to_owned).map_err(str::to_owned), "{typed:?} in {state:?}");
    }

    #[test]
    fn reads_zip_codes() {
        const SHAPE: Result<&str, &str> = Err("ZIP code must be 5 or 9 digits");
        check("46204", "IN", false, Ok("46204"));
        check(" 46204-1234 ", "IN", false, Ok("46204-1234"));
        check("462041234", "", false, Ok("46204-1234"));
        check("46204\u{2013}1234", "IN", false, Ok("46204-1234"));
        check("", "IN", false, Err("Enter the ZIP code"));
        check("46204-", "IN", false, SHAPE);
        check("1608", "MA", false, SHAPE);
        check("K1A 0B1", "NY", true, SHAPE);
    }

    #[test]
    fn reads_canadian_codes() {
        check("k1a0b1", "ON", true, Ok("K1A 0B1"));
        check("K1A-0B1", "ON", true, Ok("K1A 0B1"));
        check("K1A 0B1", "", true, Ok("K1A 0B1"));
        check("D1A 0B1", "ON", true, Err("Postal code must look like K1A 0B1"));
        check("46204", "ON", true, Err("Postal code must look like K1A 0B1"));
        check("4620", "", true, Err("ZIP code must be 5 or 9 digits; a postal code must look like K1A 0B1"));
        check("", "", true, Err("Enter the ZIP or postal code"));
    }

    #[test]
    fn asks_about_codes_of_another_state() {
        let warning = |code: &str, state: &str| {
            let state = State::from_stored(state).unwrap();
            PostalCode::parse(code, Some(state), true).unwrap().warning(state).map(|warning| warning.to_string())
        };
        assert_eq!(warning("00901", "PR"), None);
        assert_eq!(
            warning("46204", "NY").as_deref(),
            Some("ZIP code 46204 does not seem to be in New York. If the bill shows both, leave it and continue")
        );
        assert!(warning("V5K 0A1", "ON").is_some_and(|text| text.starts_with("Postal code V5K 0A1")));
    }
}
