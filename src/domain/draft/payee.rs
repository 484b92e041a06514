//! Whom the person pays for the service, which carriers in Canada hold against the letter.

use super::Rules;
use super::numbers::NumbersAnswers;
use super::numbers_check::NumbersError;
use crate::domain::area_codes::{AreaCode, Country};
use crate::domain::contact::{NameOf, parse_name};
use crate::domain::findings::Findings;
use crate::domain::number_list::NumberList;
use crate::domain::phone_number::PhoneNumber;

/// The answer that names a reseller.
const RESELLER: &str = "reseller";
/// The answer that there is none.
const CARRIER: &str = "carrier";

impl NumbersAnswers {
    /// What was typed as the name of the reseller, where the person pays one.
    pub fn named_reseller(&self) -> &str {
        if self.payee == RESELLER { &self.reseller } else { "" }
    }

    /// Whether the page asks whom the person pays: only a desk that moves Canadian numbers does, and not where all numbers
    /// are of the US.
    pub fn asks_payee(&self, rules: &Rules) -> bool {
        if !rules.numbers.countries.canada {
            return false;
        }
        let list = NumberList::parse(&self.landline, &rules.numbers).read;
        let rows = self.wireless.iter().filter_map(|row| PhoneNumber::parse(&row.number, &rules.numbers).ok());
        let numbers: Vec<PhoneNumber> = list.into_iter().map(|read| read.number).chain(rows).collect();
        numbers.is_empty() || self.payee == RESELLER || numbers.iter().any(|number| is_canadian(number, rules))
    }
}

/// Reads the reseller, if there is one; a request with Canadian numbers needs an answer.
pub(super) fn read<'a>(
    answers: &NumbersAnswers,
    mut numbers: impl Iterator<Item = &'a PhoneNumber>,
    rules: &Rules,
    findings: &mut Findings,
) -> Option<String> {
    if !rules.numbers.countries.canada {
        return None;
    }
    match answers.payee.as_str() {
        RESELLER => findings.take("reseller", parse_name(NameOf::Reseller, &answers.reseller)),
        CARRIER => None,
        _ => {
            if numbers.any(|number| is_canadian(number, rules)) {
                findings.error("payee", NumbersError::NoPayee);
            }
            None
        }
    }
}

/// Also with an area code that an admin added.
fn is_canadian(number: &PhoneNumber, rules: &Rules) -> bool {
    rules.numbers.area_codes.find(number.area_code()).and_then(AreaCode::country) == Some(Country::Canada)
}
