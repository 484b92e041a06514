//! The wireless rows of step 2: each a number and the secret that lets it go.

use std::collections::HashSet;

use super::Rules;
use super::numbers::{NumbersAnswers, WirelessAnswer, wireless_field};
use super::numbers_check::{NumbersError, NumbersWarning};
use crate::domain::findings::Findings;
use crate::domain::number_list::typed;
use crate::domain::number_to_port::{NumberKind, NumberToPort};
use crate::domain::phone_number::{PhoneNumber, PhoneNumberError};
use crate::domain::pin::{Pin, PinError, PinKind};

/// Reads all rows with something in them; `landline` are the numbers of the other list.
pub(super) fn read(
    answers: &NumbersAnswers,
    landline: &HashSet<&PhoneNumber>,
    rules: &Rules,
    findings: &mut Findings,
) -> Vec<NumberToPort> {
    let filled: Vec<_> = answers.wireless.iter().enumerate().filter(|(at, row)| counts(answers, *at, row)).collect();
    let mut seen = HashSet::new();
    let mut numbers = Vec::new();
    let mut needs_shared = false;
    for (at, row) in filled {
        let number = read_number(at, row, rules, findings);
        if let Some(number) = &number {
            check_number(&wireless_field(at, "number"), number, landline, seen.insert(number.clone()), findings);
        }
        let pin = if answers.one_pin { None } else { read_pin(answers, at, row, number.as_ref(), findings) };
        needs_shared |= answers.one_pin;
        numbers.extend(number.map(|number| NumberToPort { number, kind: NumberKind::Wireless, pin }));
    }
    if needs_shared {
        let shared = shared_pin(answers, findings);
        for number in &mut numbers {
            number.pin.clone_from(&shared);
        }
    }
    numbers
}

/// Whether a row is more than an empty one; with one PIN for all, a PIN left in a row is none of its own.
fn counts(answers: &NumbersAnswers, at: usize, row: &WirelessAnswer) -> bool {
    let forgotten = answers.was_forgotten(&wireless_field(at, "pin"));
    let has_pin = !answers.one_pin && (forgotten || !row.pin.trim().is_empty());
    has_pin || !row.number.trim().is_empty()
}

fn read_number(at: usize, row: &WirelessAnswer, rules: &Rules, findings: &mut Findings) -> Option<PhoneNumber> {
    let field = wireless_field(at, "number");
    if row.number.trim().is_empty() {
        findings.error(field, NumbersError::WirelessNumberMissing(at + 1));
        return None;
    }
    match PhoneNumber::parse(&row.number, &rules.numbers) {
        Ok(number) => Some(number),
        Err(error) if is_incomplete(&error) => {
            let typed = typed(&row.number);
            findings.error(field, NumbersError::IncompleteWireless { typed, canada: rules.numbers.countries.canada });
            None
        }
        Err(error) => {
            findings.error(field, error);
            None
        }
    }
}

/// Whether digits are missing, so that the sentence asks for the whole number; other errors name their own reason.
pub(super) fn is_incomplete(error: &PhoneNumberError) -> bool {
    match error {
        PhoneNumberError::AreaCodeMissing { .. } | PhoneNumberError::NotANumber { .. } | PhoneNumberError::Empty => {
            true
        }
        PhoneNumberError::Length { digits, .. } | PhoneNumberError::LengthAfterOne { digits, .. } => *digits < 10,
        _ => false,
    }
}

fn check_number(
    field: &str,
    number: &PhoneNumber,
    landline: &HashSet<&PhoneNumber>,
    is_new: bool,
    findings: &mut Findings,
) {
    if landline.contains(number) {
        findings.error(field, NumbersError::InBothLists(number.national()));
    } else if !is_new {
        findings.error(field, NumbersError::TwiceInWireless(number.national()));
    } else if number.is_toll_free() {
        findings.error(field, NumbersError::TollFreeInWireless(number.national()));
    } else if number.is_fictional() {
        findings.warn(field, NumbersWarning::Fictional { first: number.national(), more: 0 });
    }
}

fn read_pin(
    answers: &NumbersAnswers,
    at: usize,
    row: &WirelessAnswer,
    number: Option<&PhoneNumber>,
    findings: &mut Findings,
) -> Option<Pin> {
    let whose = number.map_or_else(|| format!("wireless number {}", at + 1), PhoneNumber::national);
    let missing = NumbersError::PinMissing(whose);
    pin(answers, (wireless_field(at, "pin"), &row.pin, &row.kind), missing, findings)
}

fn shared_pin(answers: &NumbersAnswers, findings: &mut Findings) -> Option<Pin> {
    let field = ("shared_pin".to_owned(), &answers.shared_pin, &answers.shared_kind);
    pin(answers, field, NumbersError::SharedPinMissing, findings)
}

fn pin(
    answers: &NumbersAnswers,
    (field, typed, kind): (String, &String, &String),
    missing: NumbersError,
    findings: &mut Findings,
) -> Option<Pin> {
    let kind = if kind == PinKind::SsnLastFour.code() { PinKind::SsnLastFour } else { PinKind::TransferPin };
    let pin = match Pin::for_wireless(kind, typed, &answers.losing_carrier) {
        Ok(pin) => pin,
        Err(PinError::Missing) if answers.was_forgotten(&field) => {
            findings.error(field, PinError::FullSsn);
            return None;
        }
        Err(PinError::Missing) => {
            findings.error(field, missing);
            return None;
        }
        Err(error) => {
            findings.error(field, error);
            return None;
        }
    };
    if answers.was_forgotten(&field) {
        findings.error(field, PinError::FullSsn);
    } else if let Some(warning) = pin.warning() {
        findings.warn(field, warning);
    }
    Some(pin)
}
