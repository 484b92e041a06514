//! What a letter says, in words and in order, for the PDF and for the page on which people read it.

use serde::Serialize;

use super::facts::{Customer, LetterFacts, LetterNumber, NewProvider, PrintedAddress, RespOrg};
use super::statements::Names;
use crate::domain::contact::AccountType;
use crate::domain::grouped::grouped;
use crate::domain::number_to_port::NumberKind;
use crate::domain::phone_number::PhoneNumber;
use crate::domain::time_zone::day_with_year;

/// More numbers than these stand on an attachment, so that the letter itself stays one page.
pub(super) const ON_FIRST_PAGE: usize = 15;

pub(super) const TITLE: &str = "Letter of Authorization to Transfer Telephone Numbers";

/// The words of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sheet {
    pub title: &'static str,
    /// The legal name of the new provider.
    pub provider: String,
    /// Its address, telephone and email.
    pub provider_lines: Vec<String>,
    /// LOA id, Request SID, attempt and date.
    pub references: Vec<Row>,
    /// The customer and the current service, side by side.
    pub sections: [Section; 2],
    pub numbers: Numbers,
    /// Blocks that only some letters have.
    pub notes: Vec<Note>,
    pub statements_lead: &'static str,
    pub statements: Vec<String>,
    /// Who signs.
    pub signer: Vec<Row>,
    pub attachments: Vec<Attachment>,
}

/// A label and what stands beside it; no line at all is a space to write in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    pub label: &'static str,
    pub lines: Vec<String>,
    /// Boxes to tick instead.
    pub choices: Vec<&'static str>,
}

/// Rows under a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    pub heading: &'static str,
    pub rows: Vec<Row>,
}

/// The numbers that move, or where they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Numbers {
    pub heading: String,
    /// Where the numbers stand, if not here.
    pub summary: Option<String>,
    pub groups: Vec<NumberGroup>,
    /// Spaces to write numbers in.
    pub spaces: usize,
}

/// Numbers of one kind, as `212-555-0142`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NumberGroup {
    /// The kind, where there are several.
    pub label: Option<String>,
    pub numbers: Vec<String>,
}

/// A block of sentences, with numbers below them if it is about some.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    pub heading: &'static str,
    pub text: String,
    pub numbers: Vec<String>,
}

/// A list of numbers on pages of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attachment {
    pub heading: String,
    /// Which letter it belongs to.
    pub part_of: String,
    pub groups: Vec<NumberGroup>,
}

impl Row {
    pub(super) fn new(label: &'static str, line: impl Into<String>) -> Self {
        Self { label, lines: vec![line.into()], choices: Vec::new() }
    }

    pub(super) const fn empty(label: &'static str) -> Self {
        Self { label, lines: Vec::new(), choices: Vec::new() }
    }
}

impl Sheet {
    /// The letter of these facts.
    pub fn of(facts: &LetterFacts) -> Self {
        let names = Names { provider: &facts.new_provider.name, carrier: &facts.current_service.carrier };
        let texts = facts.statements.texts();
        Self {
            title: TITLE,
            provider: facts.new_provider.name.clone(),
            provider_lines: provider_lines(&facts.new_provider),
            references: references(facts),
            sections: [customer(&facts.customer), current_service(facts)],
            numbers: numbers(&facts.numbers),
            notes: notes(facts),
            statements_lead: texts.lead,
            statements: texts.list(names, true, new_resp_org(facts).is_some()),
            signer: signer(facts),
            attachments: attachments(facts),
        }
    }
}

pub(super) fn provider_lines(provider: &NewProvider) -> Vec<String> {
    let contact = provider.phone.iter().chain([&provider.email]).cloned().collect::<Vec<_>>().join(" · ");
    provider.address.iter().cloned().chain([contact]).collect()
}

fn references(facts: &LetterFacts) -> Vec<Row> {
    vec![
        Row::new("LOA ID", facts.loa_id.as_str()),
        Row::new("Request SID", facts.request_sid.as_str()),
        Row::new("Attempt", facts.attempt.to_string()),
        Row::new("Date made", day_with_year(facts.generated_on)),
    ]
}

fn customer(customer: &Customer) -> Section {
    let mut rows = vec![Row::new("Account type", customer.account_type.label())];
    rows.extend(customer.business_name.iter().map(|name| Row::new("Business name", name)));
    let contact = match customer.account_type {
        AccountType::Residential => "Account holder",
        AccountType::Business => "Authorized person",
    };
    rows.push(Row::new(contact, &customer.contact_name));
    rows.extend(customer.billing_name.iter().map(|name| Row::new("Name on the bill", name)));
    rows.push(address("Service address", &customer.service_address));
    rows.extend(customer.billing_address.iter().map(|place| address("Billing address", place)));
    Section { heading: "Customer, as the current carrier has it", rows }
}

fn address(label: &'static str, address: &PrintedAddress) -> Row {
    // Canada Post asks for two spaces; one is what people type and carriers compare.
    let city = format!("{}, {} {}", address.city, address.state, address.postal_code);
    let country = address.canadian.then(|| "Canada".to_owned());
    let unit = address.unit.clone();
    let lines = [address.street.clone()].into_iter().chain(unit).chain([city]).chain(country).collect();
    Row { label, lines, choices: Vec::new() }
}

fn current_service(facts: &LetterFacts) -> Section {
    let service = &facts.current_service;
    let mut rows = vec![Row::new("Current carrier", &service.carrier)];
    match &service.reseller {
        Some(reseller) => rows.push(Row::new("Reseller", reseller)),
        // Carriers in Canada refuse a letter that leaves it open, and there the customer was asked.
        None if facts.numbers.iter().any(|it| it.number.is_canadian()) => {
            rows.push(Row::new("Reseller", format!("None; the customer pays {}", service.carrier)));
        }
        None => {}
    }
    rows.push(Row::new("Account number", service.account_number.as_str()));
    rows.extend(service.btn.iter().map(|btn| Row::new("Billing telephone number", btn.dashed())));
    rows.push(Row::new(
        "Type of service",
        kinds_of(&facts.numbers).map(NumberKind::label).collect::<Vec<_>>().join(", "),
    ));
    if facts.moves(NumberKind::Wireless) {
        rows.push(Row::new("Transfer PIN", "On file, not printed here"));
    }
    Section { heading: "Current service", rows }
}

fn kinds_of(numbers: &[LetterNumber]) -> impl Iterator<Item = NumberKind> {
    NumberKind::ALL.into_iter().filter(|kind| numbers.iter().any(|number| number.kind == *kind))
}

fn numbers(all: &[LetterNumber]) -> Numbers {
    let heading = format!("Numbers to transfer: {}", grouped(all.len()));
    let groups = groups(all);
    if all.len() <= ON_FIRST_PAGE {
        return Numbers { heading, summary: None, groups, spaces: 0 };
    }
    let mut listed = groups.iter().flat_map(|group| &group.numbers);
    let (first, last) = (listed.next(), listed.next_back());
    let ends = first.zip(last).map(|(first, last)| format!(" First number: {first}. Last number: {last}."));
    let summary = format!(
        "See attached: all {} numbers are listed on Attachment A.{}",
        grouped(all.len()),
        ends.unwrap_or_default()
    );
    Numbers { heading, summary: Some(summary), groups: Vec::new(), spaces: 0 }
}

fn groups(all: &[LetterNumber]) -> Vec<NumberGroup> {
    let kinds: Vec<NumberKind> = kinds_of(all).collect();
    let of_kind = |kind: &NumberKind| {
        let numbers: Vec<String> =
            all.iter().filter(|number| number.kind == *kind).map(|number| number.number.dashed()).collect();
        let label = (1 < kinds.len()).then(|| format!("{}: {}", kind.label(), grouped(numbers.len())));
        NumberGroup { label, numbers }
    };
    kinds.iter().map(of_kind).collect()
}

fn notes(facts: &LetterFacts) -> Vec<Note> {
    let toll_free = new_resp_org(facts).map(|resp_org| Note {
        heading: "Toll-free numbers",
        text: sentence(format!("Port to RespOrg {}, {}", resp_org.id, resp_org.company)),
        numbers: Vec::new(),
    });
    partial_port(facts).into_iter().chain(toll_free).collect()
}

/// Who is to manage the toll-free numbers; none where the letter moves none, or where nobody was named.
fn new_resp_org(facts: &LetterFacts) -> Option<&RespOrg> {
    facts.resp_org.as_ref().filter(|_| facts.moves(NumberKind::TollFree))
}

fn partial_port(facts: &LetterFacts) -> Option<Note> {
    let partial = facts.partial_port.as_ref()?;
    let stay = format!("All other numbers on this account stay in service with {}", facts.current_service.carrier);
    let btn = match &partial.new_btn {
        Some(btn) => format!("New billing telephone number of the account: {}.", btn.dashed()),
        None => "The billing telephone number of the account does not change.".to_owned(),
    };
    let (told, numbers) = match partial.staying.len() {
        0 => (None, Vec::new()),
        1..=ON_FIRST_PAGE => (Some("Numbers that stay:".to_owned()), dashed(&partial.staying)),
        count => {
            let count = grouped(count);
            (Some(format!("The {count} numbers that stay are listed on {}.", staying_list(facts))), Vec::new())
        }
    };
    let sentences = ["Only the numbers listed move.".to_owned(), sentence(stay), btn].into_iter().chain(told);
    let text = sentences.collect::<Vec<_>>().join(" ");
    Some(Note { heading: "Partial transfer", text, numbers })
}

fn staying_list(facts: &LetterFacts) -> &'static str {
    if ON_FIRST_PAGE < facts.numbers.len() { "Attachment B" } else { "Attachment A" }
}

fn attachments(facts: &LetterFacts) -> Vec<Attachment> {
    let service = &facts.current_service;
    let part_of =
        format!("Part of letter {}: {}, account {}", facts.loa_id, service.carrier, service.account_number.as_str());
    let attachment = |name: &str, what: &str, count: usize, groups: Vec<NumberGroup>| Attachment {
        heading: format!("{name}: numbers {what} ({})", grouped(count)),
        part_of: part_of.clone(),
        groups,
    };
    let moving = (ON_FIRST_PAGE < facts.numbers.len())
        .then(|| attachment("Attachment A", "to transfer", facts.numbers.len(), groups(&facts.numbers)));
    let staying = facts.partial_port.as_ref().map(|partial| &partial.staying);
    let staying = staying.filter(|staying| ON_FIRST_PAGE < staying.len()).map(|staying| {
        let group = NumberGroup { label: None, numbers: dashed(staying) };
        attachment(staying_list(facts), "that stay", staying.len(), vec![group])
    });
    moving.into_iter().chain(staying).collect()
}

fn dashed(numbers: &[PhoneNumber]) -> Vec<String> {
    numbers.iter().map(PhoneNumber::dashed).collect()
}

fn signer(facts: &LetterFacts) -> Vec<Row> {
    let signer = &facts.signer;
    let mut rows = vec![Row::new("Printed name", &signer.name)];
    rows.extend(signer.title.iter().map(|title| Row::new("Title", title)));
    rows.push(Row::new("Email", &signer.email));
    rows.extend(signer.phone.iter().map(|phone| Row::new("Phone", phone)));
    rows
}

/// Ends a sentence, unless a name like "Harbor Voice Inc." has done so.
fn sentence(text: String) -> String {
    if text.ends_with('.') { text } else { text + "." }
}
