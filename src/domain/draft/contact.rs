//! Step 3: who owns the account, where its service is and when the move would suit.

use chrono::{Days, NaiveDate};

use super::Rules;
use super::date::{self, DateError, DateOf, DatePart};
use super::pairs::{pair, value};
use crate::domain::address::{self, PostalCode, ServiceAddress, State};
use crate::domain::business_days::{Holidays, is_weekend};
use crate::domain::contact::{AccountType, EmailAddress, EmailError, NameOf, name_warning, parse_name};
use crate::domain::findings::Findings;
use crate::domain::time_zone;

/// Carriers seldom hold a date further ahead than this (Bandwidth documents 30 days).
const FAR_DAYS: u64 = 30;
/// A date further ahead than this is a slip of the keyboard.
const FARTHEST_DAYS: u64 = 366;

/// What the form of the contact sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct ContactAnswers {
    pub account_type: String,
    pub business_name: String,
    pub contact_name: String,
    pub authorized_email: String,
    pub street: String,
    pub unit: String,
    pub city: String,
    pub state: String,
    pub postal_code: String,
    pub preferred_month: String,
    pub preferred_day: String,
    pub preferred_year: String,
}

/// The owner of the account as the losing carrier knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactStep {
    pub account_type: AccountType,
    /// The legal name of a business; a residential account has none.
    pub business_name: Option<String>,
    pub contact_name: String,
    pub authorized_email: EmailAddress,
    pub address: ServiceAddress,
    pub preferred_date: Option<NaiveDate>,
}

/// Why the contact was not taken, beyond what each field says itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContactError {
    #[error("Select residential or business")]
    NoAccountType,
    #[error("Enter that person’s email address")]
    NoEmail,
    #[error("Preferred date must be at least {days} business days from today. The first possible date is {first}")]
    DateTooSoon { days: u32, first: String },
    #[error("Preferred date must be a weekday")]
    DateOnWeekend,
    #[error("Preferred date must be a business day. {day} is {holiday}")]
    DateOnHoliday { day: String, holiday: String },
    #[error("Preferred date must be within a year from today")]
    DateTooFar,
}

/// What the contact is asked about once.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContactWarning {
    #[error("Did you mean {meant}? If {typed} is right, leave it and continue")]
    EmailSlip { meant: String, typed: String },
    #[error("Carriers seldom hold a date more than 30 days ahead. If you need this one, leave it and continue")]
    DateFar,
}

impl ContactAnswers {
    /// Reads what the form sent.
    pub fn from_pairs(pairs: &[(String, String)]) -> Self {
        let of = |name| value(pairs, name);
        Self {
            account_type: of("account_type"),
            business_name: of("business_name"),
            contact_name: of("contact_name"),
            authorized_email: of("authorized_email"),
            street: of("street"),
            unit: of("unit"),
            city: of("city"),
            state: of("state"),
            postal_code: of("postal_code"),
            preferred_month: of("preferred-month"),
            preferred_day: of("preferred-day"),
            preferred_year: of("preferred-year"),
        }
    }

    /// The answers as a form sends them, in the order of the page.
    pub fn to_pairs(&self) -> Vec<(String, String)> {
        vec![
            pair("account_type", &self.account_type),
            pair("business_name", &self.business_name),
            pair("contact_name", &self.contact_name),
            pair("authorized_email", &self.authorized_email),
            pair("street", &self.street),
            pair("unit", &self.unit),
            pair("city", &self.city),
            pair("state", &self.state),
            pair("postal_code", &self.postal_code),
            pair("preferred-month", &self.preferred_month),
            pair("preferred-day", &self.preferred_day),
            pair("preferred-year", &self.preferred_year),
        ]
    }

    /// The ZIP or postal code as it is printed, or as typed if it is none.
    pub fn written_postal_code(&self) -> String {
        let state = State::parse(&self.state, true).ok();
        let code = PostalCode::parse(&self.postal_code, state, true);
        code.map_or_else(|_| self.postal_code.trim().to_owned(), |code| code.to_string())
    }

    /// The preferred date, if it is a real one.
    pub fn read_preferred_date(&self) -> Option<NaiveDate> {
        date::parse(DateOf::Preferred, [&self.preferred_month, &self.preferred_day, &self.preferred_year]).ok()
    }

    /// The step if nothing stops it, and all that is to say about it in the order of the page.
    pub fn check(&self, rules: &Rules) -> (Option<ContactStep>, Findings) {
        let mut findings = Findings::default();
        let kind = AccountType::from_code(&self.account_type).ok_or(ContactError::NoAccountType);
        let kind = findings.take("account_type", kind);
        let business_name = match kind {
            Some(AccountType::Business) => name(&mut findings, "business_name", NameOf::Business, &self.business_name),
            Some(AccountType::Residential) | None => None,
        };
        let contact_name = name(&mut findings, "contact_name", NameOf::AccountHolder, &self.contact_name);
        let authorized_email = self.email(&mut findings);
        let address = self.address(rules, &mut findings);
        let preferred_date = self.preferred_date(rules, &mut findings);
        if !findings.is_empty() {
            return (None, findings);
        }
        let step = kind.zip(contact_name).zip(authorized_email.zip(address)).map(
            |((account_type, contact_name), (authorized_email, address))| ContactStep {
                account_type,
                business_name,
                contact_name,
                authorized_email,
                address,
                preferred_date,
            },
        );
        (step, findings)
    }

    fn email(&self, findings: &mut Findings) -> Option<EmailAddress> {
        const FIELD: &str = "authorized_email";
        let email = match EmailAddress::parse(&self.authorized_email) {
            Ok(email) => email,
            Err(EmailError::Missing) => {
                findings.error(FIELD, ContactError::NoEmail);
                return None;
            }
            Err(error) => {
                findings.error(FIELD, error);
                return None;
            }
        };
        if let Some(meant) = email.did_you_mean() {
            findings.warn(FIELD, ContactWarning::EmailSlip { meant, typed: email.to_string() });
        }
        Some(email)
    }

    fn address(&self, rules: &Rules, findings: &mut Findings) -> Option<ServiceAddress> {
        let canada = rules.numbers.countries.canada;
        let state = State::parse(&self.state, canada);
        let canadian = state.is_ok_and(State::is_canadian);
        let street = findings.take("street", address::parse_street(&self.street, canadian));
        if let Some(warning) = street.as_deref().and_then(address::street_warning) {
            findings.warn("street", warning);
        }
        let unit = findings.take("unit", address::parse_unit(&self.unit, canadian));
        if let Some(warning) = unit.as_ref().and_then(|unit| address::unit_warning(unit.as_ref()?)) {
            findings.warn("unit", warning);
        }
        let city = findings.take("city", parse_name(NameOf::City, &self.city));
        let code = PostalCode::parse(&self.postal_code, state.ok(), canada);
        let state = findings.take("state", state);
        let postal_code = findings.take("postal_code", code);
        if let Some(warning) = postal_code.as_ref().zip(state).and_then(|(code, state)| code.warning(state)) {
            findings.warn("postal_code", warning);
        }
        Some(ServiceAddress { street: street?, unit: unit?, city: city?, state: state?, postal_code: postal_code? })
    }

    /// Those of the country in which the phone service is.
    fn holidays<'a>(&self, rules: &Rules<'a>) -> &'a Holidays {
        let state = State::parse(&self.state, rules.numbers.countries.canada);
        if state.is_ok_and(State::is_canadian) { rules.canadian_holidays } else { rules.holidays }
    }

    fn preferred_date(&self, rules: &Rules, findings: &mut Findings) -> Option<NaiveDate> {
        let typed = [&*self.preferred_month, &*self.preferred_day, &*self.preferred_year];
        let date = match date::parse(DateOf::Preferred, typed) {
            Ok(date) => date,
            Err(DateError::Missing(_)) => return None,
            Err(error) => {
                findings.error(DateOf::Preferred.field(error.part()), error);
                return None;
            }
        };
        let field = DateOf::Preferred.field(DatePart::Month);
        if let Some(error) = refuse_date(date, rules, self.holidays(rules)) {
            findings.error(field, error);
            return None;
        }
        if rules.today.checked_add_days(Days::new(FAR_DAYS)).is_some_and(|far| far < date) {
            findings.warn(field, ContactWarning::DateFar);
        }
        Some(date)
    }
}

/// Reads a name that carriers compare and asks about a long one.
fn name(findings: &mut Findings, field: &str, of: NameOf, typed: &str) -> Option<String> {
    let name = findings.take(field, parse_name(of, typed))?;
    if let Some(warning) = name_warning(&name) {
        findings.warn(field, warning);
    }
    Some(name)
}

/// Why a day cannot be asked for, if it cannot.
fn refuse_date(date: NaiveDate, rules: &Rules, holidays: &Holidays) -> Option<ContactError> {
    let first = holidays.after(rules.today, rules.min_business_days);
    if date < first {
        let first = time_zone::day_with_year(first);
        return Some(ContactError::DateTooSoon { days: rules.min_business_days, first });
    }
    if rules.today.checked_add_days(Days::new(FARTHEST_DAYS)).is_some_and(|farthest| farthest < date) {
        return Some(ContactError::DateTooFar);
    }
    if is_weekend(date) {
        return Some(ContactError::DateOnWeekend);
    }
    let holiday = holidays.name_of(date)?.to_owned();
    Some(ContactError::DateOnHoliday { day: time_zone::day_with_year(date), holiday })
}
