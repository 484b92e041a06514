//! Which texts of a letter cannot be printed, and what stands in their place where a document must not fail.

use serde_json::Value;

use super::facts::LetterFacts;
use super::fonts::Fonts;

/// What is printed for a character that cannot be.
const REPLACEMENT: char = '?';

/// A printed fact that the fonts do not have the characters for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unprintable {
    pub place: Place,
    /// The first that is missing.
    pub character: char,
}

/// Which of the facts that people type it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    ContactName,
    BusinessName,
    /// Of the service address, as are the unit and the city.
    Street,
    Unit,
    City,
    LosingCarrier,
    SignerName,
    SignerTitle,
    /// None of these.
    Other,
}

impl Fonts {
    /// The first fact, in the order of the letter, that cannot be printed.
    pub(super) fn first_unprintable(&self, facts: &LetterFacts) -> Option<Unprintable> {
        let (customer, signer) = (&facts.customer, &facts.signer);
        let address = &customer.service_address;
        let typed = [
            (Place::BusinessName, customer.business_name.as_ref()),
            (Place::ContactName, Some(&customer.contact_name)),
            (Place::Street, Some(&address.street)),
            (Place::Unit, address.unit.as_ref()),
            (Place::City, Some(&address.city)),
            (Place::LosingCarrier, Some(&facts.current_service.carrier)),
            (Place::SignerName, Some(&signer.name)),
            (Place::SignerTitle, signer.title.as_ref()),
        ];
        let found = typed.into_iter().find_map(|(place, text)| {
            let character = self.cannot_print(text?)?;
            Some(Unprintable { place, character })
        });
        found.or_else(|| {
            let character = self.cannot_print_any(&serde_json::to_value(facts).ok()?)?;
            Some(Unprintable { place: Place::Other, character })
        })
    }

    /// Looks through every text of the data.
    pub(super) fn cannot_print_any(&self, data: &Value) -> Option<char> {
        match data {
            Value::String(text) => self.cannot_print(text),
            Value::Array(values) => values.iter().find_map(|value| self.cannot_print_any(value)),
            Value::Object(fields) => fields.values().find_map(|value| self.cannot_print_any(value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => None,
        }
    }

    /// Puts "?" for every character of the data that cannot be printed.
    pub(super) fn make_printable(&self, data: &mut Value) {
        match data {
            Value::String(text) if self.cannot_print(text).is_some() => {
                *text = text.chars().map(|c| if self.prints(c) { c } else { REPLACEMENT }).collect();
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.make_printable(value)),
            Value::Object(fields) => fields.values_mut().for_each(|value| self.make_printable(value)),
            Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}
