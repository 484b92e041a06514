//! The answers of a draft as cards: what the losing carrier checks first, then page by page.

use super::{
    Opened, place,
    rows::{Rows, billing_number},
};
use crate::{
    domain::{
        draft::{Answers, Step},
        findings::Findings,
        number_list::NumberList,
        number_to_port::PortScope,
        people::Customer,
        phone_number::PhoneNumber,
        time_zone,
    },
    services::{draft, house::House},
    web::{form::Form, pages::port_requests::bill::FileRow},
};

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
    /// What stands on paper in their place.
    pub printed: Option<String>,
    /// Whether it can be sent without one.
    pub optional: bool,
    pub mono: bool,
    /// Where it is changed; empty for what stays.
    pub href: String,
}

/// A number with what is known about it.
pub struct NumberLine {
    pub shown: String,
    /// As carriers write it: "+12125550142".
    pub e164: String,
    pub about: String,
}

/// A sentence with the place where it is put right.
pub struct Line {
    pub href: String,
    pub text: String,
}

/// "There are 3 problems", on all of these pages together.
pub fn title<P>(pages: &[(P, Findings)]) -> String {
    let errors = pages.iter().flat_map(|(_, findings)| findings.errors.clone()).collect();
    Form::new(Vec::new(), Findings { errors, warnings: Vec::new() }).summary_title()
}

/// All cards in the order of the page.
pub fn cards(house: &House, customer: &Customer, opened: &Opened) -> Vec<Card> {
    let answers = &opened.open.draft.answers;
    let link = |page, field: &str| format!("{}?from=check#{field}", place(&opened.open.request.sid, page));
    let rows = Rows { answers, rules: opened.open.rules(house, opened.now), masked_account: None, link: &link };
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
        card("terms", "Terms", vec![rows.row(Step::Terms, "rates", "Porting terms", &agreed(house, opened))]),
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

fn agreed(house: &House, opened: &Opened) -> String {
    let zone = house.zone(&opened.open.location.time_zone);
    let agreed = opened.agreement.all_agreed_at();
    agreed.map(|at| format!("You agreed on {}", time_zone::day_with_year(zone.date(at)))).unwrap_or_default()
}

/// A card with nothing but rows.
pub fn card(id: &'static str, title: &'static str, rows: Vec<Row>) -> Card {
    Card { id, title, first: false, change_all: None, rows, numbers: Vec::new(), folded: false, files: Vec::new() }
}

/// The card of the numbers.
pub fn numbers_card(house: &House, rows: &Rows<'_>) -> Card {
    let numbers: Vec<NumberLine> = draft::fields_of_numbers(house, rows.answers)
        .into_iter()
        .map(|(field, number)| NumberLine {
            shown: number.national(),
            e164: number.as_str().to_owned(),
            about: rows.about(&field, &number),
        })
        .collect();
    let scope = PortScope::from_code(&rows.answers.numbers.scope).map_or("", PortScope::label);
    let scope = match billing_number(house, &rows.answers.numbers.new_btn).as_str() {
        number if !number.is_empty() && scope == PortScope::Some.label() => {
            format!("{scope}. Billing phone number after the move: {number}")
        }
        _ => scope.to_owned(),
    };
    Card {
        change_all: Some((rows.link)(Step::Numbers, "landline")),
        folded: UNFOLDED < numbers.len(),
        rows: [
            Some(rows.row(Step::Numbers, "landline", "How many", &counts(house, rows.answers))),
            Some(rows.row(Step::Numbers, "scope", "Every number on the account", &scope)),
            staying(house, rows),
        ]
        .into_iter()
        .flatten()
        .collect(),
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

/// The numbers that stay, where some do.
fn staying(house: &House, rows: &Rows<'_>) -> Option<Row> {
    let numbers = &rows.answers.numbers;
    if numbers.scope != PortScope::Some.code() {
        return None;
    }
    let list = NumberList::parse(&numbers.staying, &house.number_rules());
    let shown: Vec<String> = list.numbers().map(PhoneNumber::national).collect();
    let lines = if shown.len() <= UNFOLDED { shown } else { vec![shown.join(", ")] };
    Some(Row { lines, mono: true, ..rows.row(Step::Numbers, "staying", "Numbers that stay", "") })
}
