//! The answers of a draft as cards: what the losing carrier checks first, then page by page.

use chrono::NaiveDate;

use super::{Opened, place};
use crate::{
    domain::{
        account_number::AccountNumber,
        draft::{Answers, ProofKind, Step},
        loa::WhoSigns,
        number_to_port::PortScope,
        people::Customer,
        phone_number::PhoneNumber,
        pin::{Pin, PinKind},
        time_zone,
    },
    services::{draft, house::House},
    web::pages::port_requests::bill::FileRow,
};

/// Fields that may stay empty: at first those, too, that only some requests have.
const OPTIONAL: [&str; 4] = ["account_pin", "name", "btn", "preferred-month"];

/// Longer lists of numbers are folded.
const UNFOLDED: usize = 12;

/// A card of the page.
pub struct Card {
    pub id: &'static str,
    pub title: &'static str,
    /// "Your carrier checks these first".
    pub first: bool,
    pub change_all: Option<String>,
    pub rows: Vec<Row>,
    pub numbers: Vec<NumberLine>,
    pub folded: bool,
    pub files: Vec<FileRow>,
}

/// An answer with the link that changes it.
pub struct Row {
    pub label: &'static str,
    /// Nothing was provided when there is none.
    pub lines: Vec<String>,
    /// Whether it can be sent without one.
    pub optional: bool,
    pub mono: bool,
    pub href: String,
}

/// A number with what is known about it.
pub struct NumberLine {
    pub shown: String,
    pub about: String,
}

/// All cards in the order of the page.
pub fn cards(house: &House, customer: &Customer, opened: &Opened) -> Vec<Card> {
    let answers = &opened.open.draft.answers;
    let rows = Rows { opened, answers };
    vec![
        Card { first: true, ..card("first", "Your carrier checks these first", rows.checked_first(house)) },
        numbers_card(house, &rows),
        card("account", "Account", rows.account(house)),
        card("contact", "Contact information", rows.contact()),
        Card {
            files: opened.open.documents.iter().map(FileRow::of).collect(),
            ..card("documents", "Billing statement", rows.bill())
        },
        card("letter", "Letter of authorization", rows.letter(customer)),
        card("terms", "Terms", vec![rows.row(Step::Terms, "rates", "Porting terms", &rows.agreed(house))]),
    ]
}

/// The card that shows the answers of a page.
pub const fn card_of(page: Step) -> &'static str {
    match page {
        Step::Terms => "terms",
        Step::Numbers => "numbers",
        Step::Contact => "contact",
        Step::Bill => "documents",
        Step::Check => "letter",
    }
}

fn card(id: &'static str, title: &'static str, rows: Vec<Row>) -> Card {
    Card { id, title, first: false, change_all: None, rows, numbers: Vec::new(), folded: false, files: Vec::new() }
}

fn numbers_card(house: &House, rows: &Rows<'_>) -> Card {
    let numbers: Vec<NumberLine> = draft::fields_of_numbers(house, rows.answers)
        .into_iter()
        .map(|(field, number)| NumberLine { shown: number.national(), about: rows.about(&field, &number) })
        .collect();
    let scope = PortScope::from_code(&rows.answers.numbers.scope).map_or("", PortScope::label);
    let scope = match billing_number(house, &rows.answers.numbers.new_btn).as_str() {
        number if !number.is_empty() && scope == PortScope::Some.label() => {
            format!("{scope}. Billing phone number after the move: {number}")
        }
        _ => scope.to_owned(),
    };
    Card {
        change_all: Some(rows.link(Step::Numbers, "landline")),
        folded: UNFOLDED < numbers.len(),
        rows: vec![
            rows.row(Step::Numbers, "landline", "How many", &counts(house, rows.answers)),
            rows.row(Step::Numbers, "scope", "Every number on the account", &scope),
        ],
        numbers,
        ..card("numbers", "Numbers", Vec::new())
    }
}

/// "3 numbers: 1 landline or `VoIP`, 1 toll-free, 1 wireless".
fn counts(house: &House, answers: &Answers) -> String {
    let numbers = draft::fields_of_numbers(house, answers);
    let (wireless, others): (Vec<_>, Vec<_>) = numbers.iter().partition(|(field, _)| field != "landline");
    let toll_free = others.iter().filter(|(_, number)| number.is_toll_free()).count();
    let kinds =
        [(others.len() - toll_free, "landline or VoIP"), (toll_free, "toll-free"), (wireless.len(), "wireless")];
    let parts: Vec<String> =
        kinds.into_iter().filter(|(count, _)| 0 < *count).map(|(count, kind)| format!("{count} {kind}")).collect();
    match numbers.len() {
        0 => String::new(),
        1 => format!("1 number: {}", parts.join(", ")),
        count => format!("{count} numbers: {}", parts.join(", ")),
    }
}

struct Rows<'a> {
    opened: &'a Opened,
    answers: &'a Answers,
}

impl Rows<'_> {
    fn link(&self, page: Step, field: &str) -> String {
        format!("{}?from=check#{field}", place(&self.opened.open.request.sid, page))
    }

    fn row(&self, page: Step, field: &str, label: &'static str, value: &str) -> Row {
        let lines = if value.trim().is_empty() { Vec::new() } else { vec![value.trim().to_owned()] };
        Row { label, lines, optional: OPTIONAL.contains(&field), mono: false, href: self.link(page, field) }
    }

    fn account_number(&self) -> Row {
        // In full: the person holds it against the bill here.
        let typed = AccountNumber::parse(&self.answers.numbers.account_number);
        let shown = typed.as_ref().map_or("", AccountNumber::as_str);
        let row = self.row(Step::Numbers, "account_number", "Account number", shown);
        Row { mono: true, ..row }
    }

    fn checked_first(&self, house: &House) -> Vec<Row> {
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
        row.map_or_else(|| "Not provided".to_owned(), |row| wireless_pin(&row.kind, &row.pin))
    }

    fn about(&self, field: &str, number: &PhoneNumber) -> String {
        if field == "landline" {
            return number.kind_label().to_owned();
        }
        let pin = if self.answers.numbers.one_pin {
            String::new()
        } else {
            format!(" · PIN {}", self.pin_of(field).to_lowercase())
        };
        format!("Wireless{pin}")
    }

    fn account(&self, house: &House) -> Vec<Row> {
        let numbers = &self.answers.numbers;
        vec![
            self.row(Step::Numbers, "name", "Port request name", &numbers.name),
            self.row(Step::Numbers, "losing_carrier", "Current carrier", &numbers.losing_carrier),
            self.account_number(),
            Row {
                mono: true,
                ..self.row(Step::Numbers, "btn", "Billing phone number", &billing_number(house, &numbers.btn))
            },
        ]
    }

    fn contact(&self) -> Vec<Row> {
        let contact = &self.answers.contact;
        let kind = super::labels::answer("account_type", &contact.account_type);
        let kind = if contact.account_type.is_empty() { String::new() } else { kind };
        let is_business = contact.account_type == "business";
        let business = is_business
            .then(|| self.row(Step::Contact, "business_name", "Business legal name", &contact.business_name));
        let code = contact.written_postal_code();
        let place = [&contact.city, &contact.state, &code].map(|part| part.trim().to_owned());
        let lines =
            [contact.street.trim().to_owned(), contact.unit.trim().to_owned(), place.join(" ").trim().to_owned()];
        let address = Row {
            lines: lines.into_iter().filter(|line| !line.is_empty()).collect(),
            ..self.row(Step::Contact, "street", "Service address", "")
        };
        let typed = [&contact.preferred_month, &contact.preferred_day, &contact.preferred_year];
        let date = written(contact.read_preferred_date(), typed);
        let rows = [
            Some(self.row(Step::Contact, "account_type", "Account type", &kind)),
            business,
            Some(self.row(Step::Contact, "contact_name", "Contact name", &contact.contact_name)),
            Some(self.row(Step::Contact, "authorized_email", "Authorized email", &contact.authorized_email)),
            Some(address),
            Some(self.row(Step::Contact, "preferred-month", "Preferred move date", &date)),
        ];
        rows.into_iter().flatten().collect()
    }

    fn bill(&self) -> Vec<Row> {
        let bill = &self.answers.bill;
        let proof = ProofKind::from_code(&bill.proof).map_or("", ProofKind::label);
        let date = written(bill.read_date(), [&bill.bill_month, &bill.bill_day, &bill.bill_year]);
        vec![
            self.row(Step::Bill, "proof", "What you give us", proof),
            self.row(Step::Bill, "bill-month", "Date on the bill", &date),
        ]
    }

    /// Who signs and how.
    fn letter(&self, customer: &Customer) -> Vec<Row> {
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

    fn agreed(&self, house: &House) -> String {
        let zone = house.zone(&self.opened.open.location.time_zone);
        let agreed = self.opened.agreement.all_agreed_at();
        agreed.map(|at| format!("You agreed on {}", time_zone::day_with_year(zone.date(at)))).unwrap_or_default()
    }
}

/// A billing number as all numbers are shown, or as typed if it is none.
fn billing_number(house: &House, typed: &str) -> String {
    PhoneNumber::parse(typed, &house.number_rules())
        .map_or_else(|_| typed.trim().to_owned(), |number| number.national())
}

/// What stands for the PIN of a wireless row.
fn wireless_pin(kind: &str, pin: &str) -> String {
    let kind = PinKind::from_code(kind).unwrap_or(PinKind::TransferPin);
    Pin::for_wireless(kind, pin, "").map_or_else(|_| "Not provided".to_owned(), |pin| saved(&pin))
}

/// "Saved, 4 characters".
fn saved(pin: &Pin) -> String {
    format!("Saved, {} characters", pin.length())
}

/// A date in words, or as typed if it is none.
fn written(date: Option<NaiveDate>, typed: [&String; 3]) -> String {
    date.map_or_else(|| typed.map(|part| part.trim()).join(" ").trim().to_owned(), time_zone::day_with_year)
}
