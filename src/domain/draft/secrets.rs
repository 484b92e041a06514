//! What must not be stored, and what stays stored when a form comes back without it.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDateTime;

use super::Answers;
use super::memory::{Accepted, Memory};
use super::numbers::{NumbersAnswers, WirelessAnswer, wireless_field};
use crate::domain::phone_number::PhoneNumber;
use crate::domain::pin::is_full_ssn;
use crate::domain::typed_text;

/// The field of the PIN that all wireless numbers share.
const SHARED: &str = "shared_pin";

impl NumbersAnswers {
    /// Drops every full Social Security number out of the PIN fields; call it before anything is stored.
    ///
    /// The fields are remembered, so that the check can say why they are empty. Says whether there was one.
    pub fn forget_full_ssn(&mut self) -> bool {
        let mut forgotten = Vec::new();
        let rows = self.wireless.iter_mut().enumerate().map(|(at, row)| (wireless_field(at, "pin"), &mut row.pin));
        let fields =
            [("account_pin".to_owned(), &mut self.account_pin), ("shared_pin".to_owned(), &mut self.shared_pin)];
        for (field, pin) in fields.into_iter().chain(rows) {
            if is_full_ssn(pin) {
                pin.clear();
                forgotten.push(field);
            }
        }
        let found = !forgotten.is_empty();
        self.forgotten.extend(forgotten);
        found
    }

    /// Empties the PINs, and the account number, that the person emptied: the page says with `kept` which of its blank
    /// fields stand for saved ones.
    fn empty_secrets(&mut self, pairs: &[(String, String)]) {
        let value = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let Some(kept) = value("kept") else { return };
        let is_emptied = |name: &str| {
            value(name).is_some_and(|typed| typed.trim().is_empty()) && kept.split(' ').all(|field| field != name)
        };
        if is_emptied("account_number") {
            self.account_number.clear();
        }
        if is_emptied("account_pin") {
            self.account_pin.clear();
        }
        if is_emptied(SHARED) {
            self.shared_pin.clear();
        }
        for (at, row) in self.wireless.iter_mut().enumerate() {
            if is_emptied(&wireless_field(at, "pin")) {
                row.pin.clear();
            }
        }
    }

    /// Whether a full SSN was dropped out of this field when the form was last sent.
    pub(super) fn was_forgotten(&self, field: &str) -> bool {
        self.forgotten.iter().any(|forgotten| forgotten == field)
    }
}

impl Answers {
    /// Empties every PIN and SSN digit, once a request has been over for long enough.
    pub fn forget_secrets(&mut self) {
        if let Some(sent) = self.memory.sent.take() {
            *self = *sent;
        }
        let numbers = &mut self.numbers;
        numbers.account_pin.clear();
        numbers.shared_pin.clear();
        for row in &mut numbers.wireless {
            row.pin.clear();
        }
        self.memory = Memory::default();
    }

    /// The PIN fields with something in them.
    pub fn filled_secrets(&self) -> Vec<String> {
        let numbers = &self.numbers;
        let rows = numbers.wireless.iter().enumerate().map(|(at, row)| (wireless_field(at, "pin"), &row.pin));
        let single = [("account_pin".to_owned(), &numbers.account_pin), ("shared_pin".to_owned(), &numbers.shared_pin)];
        let filled = single.into_iter().chain(rows).filter(|(_, pin)| !typed_text::is_blank(pin));
        filled.map(|(field, _)| field).collect()
    }

    /// Notes that account and numbers were accepted. PINs that were saved before keep their age.
    pub fn accept_numbers(&mut self, now: NaiveDateTime) {
        let saved: HashSet<String> = self.saved_secrets().into_iter().collect();
        let is_old = !saved.is_empty() && self.filled_secrets().iter().all(|field| saved.contains(field));
        let at = self.memory.accepted.as_ref().filter(|_| is_old).map_or(now, |accepted| accepted.at);
        let since = self.saved_since(now);
        self.memory.accepted = Some(Accepted { numbers: self.numbers.clone(), at, since });
    }

    /// Since when the PIN of a wireless number is saved as it is.
    pub fn pin_saved_at(&self, number: &PhoneNumber) -> Option<NaiveDateTime> {
        let accepted = self.memory.accepted.as_ref()?;
        let key = if accepted.numbers.one_pin { SHARED.to_owned() } else { national_digits(number.as_str()) };
        accepted.since.get(&key).copied()
    }

    fn saved_since(&self, now: NaiveDateTime) -> BTreeMap<String, NaiveDateTime> {
        let saved: HashSet<String> = self.saved_secrets().into_iter().collect();
        let before = self.memory.accepted.as_ref().map(|accepted| &accepted.since);
        let rows = self.numbers.wireless.iter().enumerate();
        let rows = rows.map(|(at, row)| (wireless_field(at, "pin"), national_digits(&row.number)));
        let since = |(field, key): (String, String)| {
            let then = before.and_then(|since| since.get(&key)).filter(|_| saved.contains(&field));
            (key, then.copied().unwrap_or(now))
        };
        rows.chain([(SHARED.to_owned(), SHARED.to_owned())]).map(since).collect()
    }

    /// The fields whose PIN was accepted as it stands: it is kept and not sent to a browser again.
    pub fn saved_secrets(&self) -> Vec<String> {
        let Some(accepted) = &self.memory.accepted else { return Vec::new() };
        let (now, before) = (&self.numbers, &accepted.numbers);
        let is_saved = |now: &str, before: &str| !typed_text::is_blank(now) && now == before;
        let mut fields = Vec::new();
        if is_saved(&now.account_pin, &before.account_pin) {
            fields.push("account_pin".to_owned());
        }
        if is_saved(&now.shared_pin, &before.shared_pin) && same_kind(&now.shared_kind, &before.shared_kind) {
            fields.push("shared_pin".to_owned());
        }
        let accepted = by_line(&before.wireless);
        let was_accepted = |row: &WirelessAnswer| {
            let mut saved = accepted.get(&line(row)).into_iter().flatten();
            saved.any(|saved| is_saved(&row.pin, &saved.pin))
        };
        let rows = now.wireless.iter().enumerate().filter(|(_, row)| was_accepted(row));
        fields.extend(rows.map(|(at, _)| wireless_field(at, "pin")));
        fields
    }

    /// Reads the page about the numbers, without any full SSN. What the page does not show and came back blank stays: saved
    /// PINs, and the account number where `hides_account`.
    pub fn take_numbers(&mut self, pairs: &[(String, String)], earlier: &Self, hides_account: bool) {
        self.numbers = NumbersAnswers::from_pairs(pairs);
        self.numbers.forget_full_ssn();
        self.keep_saved_secrets(earlier);
        if hides_account {
            self.keep_account_number(earlier);
        }
        self.numbers.empty_secrets(pairs);
    }

    /// Keeps the account number of an earlier save where the form came back with the field blank, for forms that do not
    /// show it; see [`NumbersAnswers::empty_secrets`].
    fn keep_account_number(&mut self, earlier: &Self) {
        keep(&mut self.numbers.account_number, &earlier.numbers.account_number);
    }

    /// Whether the account number was accepted as it stands.
    pub fn is_account_number_saved(&self) -> bool {
        let accepted = self.memory.accepted.as_ref().map(|accepted| accepted.numbers.account_number.as_str());
        accepted == Some(self.numbers.account_number.as_str())
    }

    /// Keeps the PINs of an earlier save where the form came back with the field blank, as saved PINs are not sent to the
    /// browser again: a wireless PIN stays with its number and kind, account and shared PIN with their field.
    pub fn keep_saved_secrets(&mut self, earlier: &Self) {
        let (now, before) = (&mut self.numbers, &earlier.numbers);
        keep(&mut now.account_pin, &before.account_pin);
        if now.one_pin && same_kind(&now.shared_kind, &before.shared_kind) {
            keep(&mut now.shared_pin, &before.shared_pin);
        }
        let saved = by_line(&before.wireless);
        for row in &mut now.wireless {
            if let Some(saved) = saved.get(&line(row)).and_then(|rows| rows.first()) {
                keep(&mut row.pin, &saved.pin);
            }
        }
    }
}

fn keep(now: &mut String, before: &str) {
    if typed_text::is_blank(now) {
        before.clone_into(now);
    }
}

/// What makes two rows one line: the digits of the number, and whether its secret is SSN digits.
fn line(row: &WirelessAnswer) -> (String, bool) {
    (national_digits(&row.number), row.kind == "ssn")
}

/// The rows of each line; a row without digits is no line.
fn by_line(rows: &[WirelessAnswer]) -> HashMap<(String, bool), Vec<&WirelessAnswer>> {
    let mut lines: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        let line = line(row);
        if !line.0.is_empty() {
            lines.entry(line).or_default().push(row);
        }
    }
    lines
}

fn same_kind(now: &str, before: &str) -> bool {
    (now == "ssn") == (before == "ssn")
}

/// The digits of a number as typed, without the country code.
fn national_digits(number: &str) -> String {
    let digits: String = number.chars().filter_map(|c| c.to_digit(36)).filter_map(keypad_digit).collect();
    match digits.strip_prefix('1') {
        Some(national) if national.len() == 10 => national.to_owned(),
        _ => digits,
    }
}

/// The key that a digit or letter (counted from 10) stands on.
fn keypad_digit(value: u32) -> Option<char> {
    const LETTERS: &str = "22233344455566677778889999";
    match value.checked_sub(10) {
        None => char::from_digit(value, 10),
        Some(letter) => LETTERS.chars().nth(usize::try_from(letter).ok()?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: &str, pin: &str, kind: &str) -> WirelessAnswer {
        WirelessAnswer { number: number.to_owned(), pin: pin.to_owned(), kind: kind.to_owned() }
    }

    fn answers(wireless: Vec<WirelessAnswer>) -> Answers {
        Answers { numbers: NumbersAnswers { wireless, ..NumbersAnswers::default() }, ..Answers::default() }
    }

    #[test]
    fn full_social_security_numbers_are_dropped() {
        let mut numbers = NumbersAnswers {
            account_pin: "123-45-6789".to_owned(),
            shared_pin: "123 45 6789 for all".to_owned(),
            wireless: vec![row("6465550187", "8841", "pin"), row("6465550188", "987654321", "ssn")],
            ..NumbersAnswers::default()
        };
        assert!(numbers.forget_full_ssn());
        assert_eq!((&*numbers.account_pin, &*numbers.shared_pin), ("", ""));
        assert_eq!((&*numbers.wireless[0].pin, &*numbers.wireless[1].pin), ("8841", ""));
        assert!(numbers.was_forgotten("wireless-1-pin") && !numbers.was_forgotten("wireless-0-pin"));
        assert!(!numbers.forget_full_ssn());
    }

    #[test]
    fn a_blank_pin_keeps_the_saved_one_of_the_same_number() {
        let saved = answers(vec![row("(646) 555-0187", "8841", "pin"), row("6465550188", "6789", "ssn")]);
        let mut sent = answers(vec![
            row("+1 646.555.0187", " ", "pin"),
            row("6465550188", "", "pin"),
            row("6465550199", "", "pin"),
            row("", "", "pin"),
        ]);
        sent.keep_saved_secrets(&saved);
        let pins: Vec<&str> = sent.numbers.wireless.iter().map(|row| row.pin.as_str()).collect();
        assert_eq!(pins, ["8841", "", "", ""]);

        let mut changed = answers(vec![row("6465550187", "9952", "pin")]);
        changed.keep_saved_secrets(&saved);
        assert_eq!(changed.numbers.wireless[0].pin, "9952");
    }

    #[test]
    fn only_pins_that_were_accepted_count_as_saved() {
        let mut answers = answers(vec![row("6465550187", "8841", "pin"), row("6465550188", "9952", "pin")]);
        answers.numbers.account_pin = "blue horse".to_owned();
        assert!(answers.saved_secrets().is_empty());
        answers.accept_numbers("2026-11-21T15:00:00".parse().unwrap());
        assert_eq!(answers.saved_secrets(), ["account_pin", "wireless-0-pin", "wireless-1-pin"]);
        answers.accept_numbers("2026-11-23T15:00:00".parse().unwrap());
        assert_eq!(answers.memory.accepted.clone().unwrap().at.to_string(), "2026-11-21 15:00:00");
        answers.numbers.wireless[0].pin = "1111".to_owned();
        answers.numbers.wireless[1].number = "6465550199".to_owned();
        assert_eq!(answers.saved_secrets(), ["account_pin"]);
        answers.forget_secrets();
        assert_eq!(answers.memory, Memory::default());
    }

    #[test]
    fn account_and_shared_pins_are_kept_too() {
        let mut saved = Answers::default();
        saved.numbers.account_pin = "blue horse".to_owned();
        saved.numbers.shared_pin = "8841".to_owned();
        let mut sent = Answers::default();
        sent.keep_saved_secrets(&saved);
        assert_eq!((&*sent.numbers.account_pin, &*sent.numbers.shared_pin), ("blue horse", ""));
        sent.numbers.one_pin = true;
        sent.keep_saved_secrets(&saved);
        assert_eq!(sent.numbers.shared_pin, "8841");
    }
}
