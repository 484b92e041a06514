//! The rules of the numbering plan for ten digits: which numbers exist and which of them can be moved.

use super::{NumberRules, PhoneNumber, PhoneNumberError, WriteTo};
use crate::domain::area_codes::{AreaCode, Country};

/// Area codes of services that have no subscribers of their own: inbound international, carriers, government.
const SERVICES: [&str; 3] = ["456", "700", "710"];

/// Makes a number of ten digits, or says why it is none that can be moved (`domain.md` 5.1).
pub(in crate::domain) fn assess(
    digits: &str,
    typed: &str,
    rules: &NumberRules<'_>,
) -> Result<PhoneNumber, PhoneNumberError> {
    let typed = || typed.to_owned();
    let (Some(area), Some(exchange), Some(line)) = (digits.get(..3), digits.get(3..6), digits.get(6..10)) else {
        return Err(PhoneNumberError::NotANumber { typed: typed() });
    };
    let area_code = check_area(area, typed, rules)?;
    if let Some(first) = exchange.chars().next().filter(|first| "01".contains(*first)) {
        return Err(PhoneNumberError::ExchangeStart { typed: typed(), first });
    }
    if exchange.ends_with("11") {
        return Err(PhoneNumberError::ServiceExchange { typed: typed(), code: exchange.to_owned() });
    }
    if exchange == "555" && line == "1212" {
        return Err(PhoneNumberError::DirectoryAssistance { typed: typed() });
    }
    // Toll-free numbers may have 976 behind the area code: the caller does not pay for them.
    if exchange == "976" && area_code != AreaCode::TollFree {
        return Err(PhoneNumberError::PayPerCall { typed: typed(), code: exchange.to_owned() });
    }
    Ok(PhoneNumber(format!("+1{digits}")))
}

fn check_area(area: &str, typed: impl Fn() -> String, rules: &NumberRules<'_>) -> Result<AreaCode, PhoneNumberError> {
    let help = || WriteTo(rules.support.to_owned());
    let code = || area.to_owned();
    let canada = rules.countries.canada;
    match rules.area_codes.find(area) {
        Some(AreaCode::Premium) => Err(PhoneNumberError::PayPerCall { typed: typed(), code: code() }),
        Some(AreaCode::Personal) => Err(PhoneNumberError::Personal { typed: typed(), code: code() }),
        Some(AreaCode::Local(Country::Canada)) if !canada => {
            Err(PhoneNumberError::Canadian { typed: typed(), help: help() })
        }
        Some(AreaCode::Local(Country::Other(place))) => {
            Err(PhoneNumberError::OtherCountry { typed: typed(), place: place.to_owned(), canada, help: help() })
        }
        Some(area_code) => Ok(area_code),
        None => Err(match area.chars().next() {
            Some(first @ ('0' | '1')) => PhoneNumberError::AreaCodeStart { typed: typed(), first },
            _ if area.ends_with("11") => PhoneNumberError::ServiceAreaCode { typed: typed(), code: code() },
            _ if SERVICES.contains(&area) => PhoneNumberError::Personal { typed: typed(), code: code() },
            _ => PhoneNumberError::UnknownAreaCode { typed: typed(), code: code(), help: help() },
        }),
    }
}
