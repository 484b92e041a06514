//! The service address: where the phone service is, as the losing carrier has it on file.

mod po_box;
mod postal_code;
mod state;

pub use po_box::{AddressWarning, is_po_box};
pub use postal_code::{PostalCode, PostalCodeError, PostalCodeWarning};
pub use state::{State, StateError, state_options};

use super::typed_text::{self, Unprintable};

/// Longest line of an address, in characters.
const MAX_LINE: usize = 100;

/// A service address that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceAddress {
    pub street: String,
    pub unit: Option<String>,
    pub city: String,
    pub state: State,
    pub postal_code: PostalCode,
}

/// Reads the street line; `canadian` adds the French names of boxes.
///
/// # Errors
/// [`AddressError`] for an empty, over-long, letterless or unprintable line and for PO Boxes.
pub fn parse_street(text: &str, canadian: bool) -> Result<String, AddressError> {
    let line = typed_text::one_line(text)?;
    if line.is_empty() {
        return Err(AddressError::Missing);
    }
    if MAX_LINE < typed_text::length(&line) {
        return Err(AddressError::StreetTooLong);
    }
    if is_po_box(&line, canadian) {
        return Err(AddressError::PoBox);
    }
    if !line.contains(char::is_alphabetic) {
        return Err(AddressError::NoStreetName);
    }
    Ok(line)
}

/// What a street that was taken is asked about once.
pub fn street_warning(street: &str) -> Option<AddressWarning> {
    let no_number = !street.contains(char::is_numeric);
    po_box::odd_line(street).or(no_number.then_some(AddressWarning::NoNumber))
}

/// Reads the optional second line: apartment, suite or floor.
///
/// # Errors
/// [`AddressError`] for an over-long or unprintable line and for PO Boxes.
pub fn parse_unit(text: &str, canadian: bool) -> Result<Option<String>, AddressError> {
    let line = typed_text::one_line(text)?;
    if MAX_LINE < typed_text::length(&line) {
        return Err(AddressError::UnitTooLong);
    }
    if is_po_box(&line, canadian) {
        return Err(AddressError::PoBox);
    }
    Ok(Some(line).filter(|line| !line.is_empty()))
}

/// What a second line that was taken is asked about once.
pub fn unit_warning(unit: &str) -> Option<AddressWarning> {
    po_box::odd_line(unit)
}

/// Why a line of the address was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    #[error("Enter the street address")]
    Missing,
    #[error("Street address must include a number and a street name")]
    NoStreetName,
    #[error("Street address must be 100 characters or fewer")]
    StreetTooLong,
    #[error("Apartment, suite or floor must be 100 characters or fewer")]
    UnitTooLong,
    #[error("A PO Box cannot be the service address. Enter where the phone service is")]
    PoBox,
    #[error(transparent)]
    Unprintable(#[from] Unprintable),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, read: Result<&str, &str>) {
        let told = parse_street(typed, false).map_err(|error| error.to_string());
        assert_eq!(told, read.map(str::to_owned).map_err(str::to_owned), "{typed:?}");
    }

    #[test]
    fn streets_need_a_name_and_a_place() {
        check(" 12  1/2 Elm St ", Ok("12  1/2 Elm St"));
        check("One Harbor Way", Ok("One Harbor Way"));
        check("", Err("Enter the street address"));
        check("123", Err("Street address must include a number and a street name"));
        check("PO Box 12", Err("A PO Box cannot be the service address. Enter where the phone service is"));
        check(&"x".repeat(101), Err("Street address must be 100 characters or fewer"));
        check("1 A\nB", Err("There is a character here that cannot be printed. Type it again"));
    }

    #[test]
    fn second_lines_are_optional_and_no_boxes() {
        assert_eq!(parse_unit(" ", false), Ok(None));
        assert_eq!(parse_unit("Suite 4", false), Ok(Some("Suite 4".to_owned())));
        assert_eq!(parse_unit("PO Box 4", false), Err(AddressError::PoBox));
        assert_eq!(parse_unit(&"x".repeat(101), false), Err(AddressError::UnitTooLong));
        assert_eq!(unit_warning("PMB 12"), Some(AddressWarning::MailDrop));
    }

    #[test]
    fn streets_without_a_number_are_asked_about() {
        assert_eq!(street_warning("One Harbor Way"), Some(AddressWarning::NoNumber));
        assert_eq!(street_warning("1 Harbor Way"), None);
        assert_eq!(street_warning("RR 2 Box 15"), Some(AddressWarning::RuralRoute));
    }
}
