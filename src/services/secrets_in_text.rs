//! Whether a text of the desk would give away what the customer keeps sealed: account number, PINs and SSN digits.

use super::house::House;
use crate::{
    domain::account_number::AccountNumber,
    store::{self, Conn, StoreError, port_requests::PortRequest},
};

/// Shorter PINs are too likely to be something else.
const LEAST_PIN: usize = 4;
/// An account number this long is no part of another number by chance.
const UNMISTAKABLE: usize = 8;

/// What a text gives away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Leak {
    #[error("This text contains the account number. Leave it out: customers and mails show this text")]
    AccountNumber,
    #[error("This text contains a PIN. Leave it out: customers and mails show this text")]
    Pin,
    #[error(
        "This text contains digits of a Social Security number. Leave them out: customers and mails show this text"
    )]
    Ssn,
}

/// The secrets of a request, opened only to be looked for; nothing can print them.
#[derive(Default)]
pub struct Secrets {
    account_numbers: Vec<String>,
    pins: Vec<(Leak, Vec<String>)>,
}

impl Secrets {
    /// Opens what is stored about every attempt of a request.
    pub fn of_request(conn: &mut Conn, house: &House, request: &PortRequest) -> Result<Self, StoreError> {
        let mut secrets = Self::default();
        let numbers = store::numbers::of_request(conn, request.id)?;
        for submission in store::submissions::of_request(conn, request.id)? {
            let account_number = submission.account_number(&house.vault)?;
            let read = AccountNumber::parse(&account_number);
            // Some carriers use a phone number as account number; every page of the request shows that.
            let is_phone_number = |e164: &str| read.as_ref().is_ok_and(|number| number.looks_like_number(e164));
            if !numbers.iter().any(|number| is_phone_number(&number.e164)) {
                secrets.account_numbers.push(words(&account_number).concat());
            }
            secrets.add_pin(Leak::Pin, submission.account_pin(&house.vault)?);
        }
        for number in &numbers {
            let leak = if number.pin_kind == "ssn" { Leak::Ssn } else { Leak::Pin };
            secrets.add_pin(leak, number.pin(&house.vault)?);
        }
        Ok(secrets)
    }

    fn add_pin(&mut self, leak: Leak, pin: Option<String>) {
        let words = words(&pin.unwrap_or_default());
        if LEAST_PIN <= words.concat().len() {
            self.pins.push((leak, words));
        }
    }

    /// The first secret that a text contains.
    pub fn in_text(&self, text: &str) -> Option<Leak> {
        let words = words(text);
        if self.account_numbers.iter().any(|number| has_account_number(&words, number)) {
            return Some(Leak::AccountNumber);
        }
        let has = |pin: &[String]| words.windows(pin.len()).any(|some| some == pin);
        self.pins.iter().find(|(_, pin)| has(pin)).map(|(leak, _)| *leak)
    }
}

/// The account number, however it is parted; a short one only as words of its own.
fn has_account_number(words: &[String], number: &str) -> bool {
    if UNMISTAKABLE <= number.len() && words.concat().contains(number) {
        return true;
    }
    let begins_here = |from: usize| {
        let mut rest = number;
        for word in words.iter().skip(from) {
            match rest.strip_prefix(word.as_str()) {
                Some("") => return true,
                Some(after) => rest = after,
                None => return false,
            }
        }
        false
    };
    !number.is_empty() && (0..words.len()).any(begins_here)
}

/// Runs of letters and digits, in small letters.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_found_as_people_write_them() {
        let mut secrets = Secrets { account_numbers: vec!["77414471b".to_owned()], ..Secrets::default() };
        secrets.add_pin(Leak::Pin, Some("4821".to_owned()));
        secrets.add_pin(Leak::Pin, Some("blue horse".to_owned()));
        secrets.add_pin(Leak::Pin, Some("7".to_owned()));
        secrets.add_pin(Leak::Ssn, Some("6789".to_owned()));
        for (text, found) in [
            ("Account 7741-4471B", Some(Leak::AccountNumber)),
            ("acct77 41 44 71 b.", Some(Leak::AccountNumber)),
            ("(PIN 4821)", Some(Leak::Pin)),
            ("PIN Blue  Horse", Some(Leak::Pin)),
            ("SSN 6789", Some(Leak::Ssn)),
            ("Order 48210 of 4471B, 7 days, a blue one", None),
        ] {
            assert_eq!(secrets.in_text(text), found, "{text}");
        }
        let short = Secrets { account_numbers: vec!["1204".to_owned()], ..Secrets::default() };
        assert_eq!(short.in_text("number 12-04"), Some(Leak::AccountNumber));
        assert_eq!(short.in_text("(212) 555-1204"), Some(Leak::AccountNumber));
        assert_eq!(short.in_text("order 91204"), None);
    }
}
