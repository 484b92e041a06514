//! The rows of the summary: each answer as it is printed elsewhere, with the way to change it.

use chrono::NaiveDate;

use super::summary::Row;
use crate::{
    domain::{
        account_number::AccountNumber,
        draft::{Answers, ProofKind, Rules, Step},
        loa::WhoSigns,
        people::Customer,
        phone_number::PhoneNumber,
        pin::{Pin, PinKind},
        time_zone,
    },
    services::{draft, house::House},
};

/// Fields that may stay empty: at first those, too, that only some requests have.
const OPTIONAL: [&str; 5] = ["account_pin", "name", "btn", "preferred-month", "staying"];

/// The answers of a draft, ready to be shown.
pub struct Rows<'a> {
    pub answers: &'a Answers,
    pub rules: Rules<'a>,
    /// What is shown of the account number, where it is not shown in full.
    pub masked_account: Option<String>,
    /// Where an answer is changed.
    pub link: &'a dyn Fn(Step, &str) -> String,
}

impl Rows<'_> {
    /// One answer.
    pub fn row(&self, page: Step, field: &str, label: &'static str, value: &str) -> Row {
        let lines = if value.trim().is_empty() { Vec::new() } else { vec![value.trim().to_owned()] };
        let (optional, href) = (OPTIONAL.contains(&field), (self.link)(page, field));
        Row { label, lines, printed: None, optional, mono: false, href }
    }

    fn account_number(&self) -> Row {
        // In full where it may be: the person holds it against the bill here. Paper is handed around.
        let typed = AccountNumber::parse(&self.answers.numbers.account_number).ok();
        let shown = self.masked_account.as_deref().or(typed.as_ref().map(AccountNumber::as_str)).unwrap_or_default();
        let row = self.row(Step::Numbers, "account_number", "Account number", shown);
        Row { mono: true, printed: typed.as_ref().map(AccountNumber::masked), ..row }
    }

    /// What losing carriers compare first.
    pub fn checked_first(&self, house: &House) -> Vec<Row> {
        let contact = &self.answers.contact;
        let name = if contact.account_type == "business" { &contact.business_name } else { &contact.contact_name };
        let name_field = if contact.account_type == "business" { "business_name" } else { "contact_name" };
        vec![
            self.account_number(),
            self.row(Step::Contact, "postal_code", "ZIP code", &contact.written_postal_code()),
            self.pins(house),
            self.row(Step::Contact, name_field, "Name on the account", name),
        ]
    }

    /// Whether PINs are there, never what they are.
    fn pins(&self, house: &House) -> Row {
        let numbers = &self.answers.numbers;
        let mut lines = Vec::new();
        if let Ok(Some(pin)) = Pin::for_account(&numbers.account_pin) {
            lines.push(format!("Account PIN: {}", saved(&pin)));
        }
        let wireless: Vec<String> = draft::fields_of_numbers(house, self.answers)
            .into_iter()
            .filter(|(field, _)| field != "landline")
            .map(|(field, number)| format!("{}: {}", number.national(), self.pin_of(&field)))
            .collect();
        if numbers.one_pin && !wireless.is_empty() {
            lines.push(format!("All wireless numbers: {}", wireless_pin(&numbers.shared_kind, &numbers.shared_pin)));
        } else {
            lines.extend(wireless);
        }
        Row { lines, ..self.row(Step::Numbers, "account_pin", "PINs", "") }
    }

    fn pin_of(&self, field: &str) -> String {
        let at = field.trim_start_matches("wireless-").trim_end_matches("-number").parse::<usize>();
        let row = at.ok().and_then(|at| self.answers.numbers.wireless.get(at));
        row.map_or_else(|| NO_PIN.to_owned(), |row| wireless_pin(&row.kind, &row.pin))
    }

    pub(super) fn about(&self, field: &str, number: &PhoneNumber) -> String {
        if field == "landline" {
            return number.kind_label().to_owned();
        }
        let pin = if self.answers.numbers.one_pin { String::new() } else { format!(" · {}", self.pin_of(field)) };
        format!("Wireless{pin}")
    }

    /// The account with the losing carrier.
    pub fn account(&self, house: &House) -> Vec<Row> {
        let numbers = &self.answers.numbers;
        let payee = numbers.asks_payee(&self.rules);
        let payee = payee.then(|| self.row(Step::Numbers, "payee", "Reseller", &self.payee()));
        let rows = [
            self.row(Step::Numbers, "name", "Port request name", &numbers.name),
            self.row(Step::Numbers, "losing_carrier", "Current carrier", &numbers.losing_carrier),
            self.account_number(),
            Row {
                mono: true,
                ..self.row(Step::Numbers, "btn", "Billing phone number", &billing_number(house, &numbers.btn))
            },
        ];
        rows.into_iter().chain(payee).collect()
    }

    fn payee(&self) -> String {
        let numbers = &self.answers.numbers;
        match numbers.payee.as_str() {
            "reseller" => numbers.reseller.clone(),
            "carrier" => "None; you pay the current carrier".to_owned(),
            _ => String::new(),
        }
    }

    pub(super) fn contact(&self) -> Vec<Row> {
        let contact = &self.answers.contact;
        let kind = super::labels::answer("account_type", &contact.account_type);
        let kind = if contact.account_type.is_empty() { String::new() } else { kind };
        let is_business = contact.account_type == "business";
        let business = is_business
            .then(|| self.row(Step::Contact, "business_name", "Business legal name", &contact.business_name));
        let rows = [
            Some(self.row(Step::Contact, "account_type", "Account type", &kind)),
            business,
            Some(self.row(Step::Contact, "contact_name", "Contact name", &contact.contact_name)),
            Some(self.row(Step::Contact, "authorized_email", "Authorized email", &contact.authorized_email)),
            Some(self.address()),
            Some(self.preferred_date()),
        ];
        rows.into_iter().flatten().collect()
    }

    /// The service address.
    pub fn address(&self) -> Row {
        let contact = &self.answers.contact;
        let code = contact.written_postal_code();
        let code = format!("{} {code}", contact.state.trim());
        let place: Vec<&str> = [contact.city.trim(), code.trim()].into_iter().filter(|it| !it.is_empty()).collect();
        let lines = [contact.street.trim().to_owned(), contact.unit.trim().to_owned(), place.join(", ")];
        Row {
            lines: lines.into_iter().filter(|line| !line.is_empty()).collect(),
            ..self.row(Step::Contact, "street", "Service address", "")
        }
    }

    /// The day that would suit.
    pub fn preferred_date(&self) -> Row {
        let contact = &self.answers.contact;
        let typed = [&contact.preferred_month, &contact.preferred_day, &contact.preferred_year];
        let date = written(contact.read_preferred_date(), typed);
        self.row(Step::Contact, "preferred-month", "Preferred move date", &date)
    }

    /// What proves who owns the numbers.
    pub fn bill(&self) -> Vec<Row> {
        let bill = &self.answers.bill;
        let proof = ProofKind::from_code(&bill.proof).map_or("", ProofKind::label);
        let date = written(bill.read_date(), [&bill.bill_month, &bill.bill_day, &bill.bill_year]);
        vec![
            self.row(Step::Bill, "proof", "What you give us", proof),
            self.row(Step::Bill, "bill-month", "Date on the bill", &date),
        ]
    }

    /// Who signs and how.
    pub(super) fn letter(&self, customer: &Customer) -> Vec<Row> {
        let signer = super::signer_answers(self.answers, customer);
        let (name, email) = (signer.signer_name.trim(), signer.signer_email.trim());
        let lines = match WhoSigns::from_code(&signer.who) {
            Some(WhoSigns::SomeoneElse | WhoSigns::Paper) if name.is_empty() => Vec::new(),
            Some(WhoSigns::SomeoneElse) => vec![name.to_owned(), format!("Signs by a private link sent to {email}")],
            Some(WhoSigns::Me) => vec![customer.person.name.clone(), "Signs here, right after sending".to_owned()],
            Some(WhoSigns::Paper) => vec![name.to_owned(), "Signs on paper; you upload the signed letter".to_owned()],
            None => Vec::new(),
        };
        let mut rows = vec![Row { lines, ..self.row(Step::Check, "who", "Who signs", "") }];
        for (field, label, value) in [
            ("signer_title", "Title", &signer.signer_title),
            ("signer_note", "Note to the signer", &signer.signer_note),
        ] {
            if !value.trim().is_empty() {
                rows.push(self.row(Step::Check, field, label, value));
            }
        }
        rows
    }
}

/// A billing number as all numbers are shown, or as typed if it is none.
pub(super) fn billing_number(house: &House, typed: &str) -> String {
    PhoneNumber::parse(typed, &house.number_rules())
        .map_or_else(|_| typed.trim().to_owned(), |number| number.national())
}

/// What stands for the PIN of a wireless row.
fn wireless_pin(kind: &str, pin: &str) -> String {
    let kind = PinKind::from_code(kind).unwrap_or(PinKind::TransferPin);
    match Pin::for_wireless(kind, pin, "") {
        Ok(_) if kind == PinKind::SsnLastFour => "last 4 of the SSN saved".to_owned(),
        Ok(pin) => format!("PIN {}", saved(&pin).to_lowercase()),
        Err(_) => NO_PIN.to_owned(),
    }
}

const NO_PIN: &str = "PIN not provided";

/// "Saved, 4 characters".
fn saved(pin: &Pin) -> String {
    format!("Saved, {} characters", pin.length())
}

/// A date in words, or as typed if it is none.
pub fn written(date: Option<NaiveDate>, typed: [&String; 3]) -> String {
    date.map_or_else(|| typed.map(|part| part.trim()).join(" ").trim().to_owned(), time_zone::day_with_year)
}
