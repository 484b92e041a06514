//! What was sent with a request, ready to be read: secrets masked or only told of.

use chrono::NaiveDateTime;

use super::show::Stored;
use crate::{
    domain::{
        account_number::AccountNumber,
        acknowledgements::Acknowledgement as Term,
        address::State,
        contact::AccountType,
        document::{FileFormat, FileSize},
        draft::ProofKind,
        number_to_port::{NumberKind, PortScope},
        phone_number::PhoneNumber,
        pin::PinKind,
        stage::Stage,
        time_zone,
    },
    services::house::House,
    store::{
        StoreError, acknowledgements::Acknowledgement, documents::Document, numbers::PortNumber,
        port_requests::PortRequest, submissions::Submission,
    },
    web::now::Clocks,
};

/// Numbers that the page shows at first; a request may have thousands.
const SHOWN: usize = 50;

/// An answer with its label.
#[derive(Debug, Clone)]
pub struct Line {
    pub label: String,
    /// Nothing reads as "Not provided".
    pub value: Option<String>,
    /// Whether it is a number or code, set in its own letters.
    pub is_code: bool,
}

/// A number that moves.
#[derive(Debug, Clone)]
pub struct NumberLine {
    pub shown: String,
    pub kind: &'static str,
    /// Look of the tag.
    pub look: &'static str,
    pub state: String,
    /// "PIN saved, 4 characters"; nothing for numbers without one.
    pub pin: Option<String>,
}

/// A document of the request.
#[derive(Debug, Clone)]
pub struct DocumentLine {
    pub name: String,
    pub about: String,
    /// Address of the view, for formats that a browser shows.
    pub view: Option<String>,
    pub download: String,
}

/// The numbers with their states.
pub fn numbers(stored: &Stored, clocks: Clocks, now: NaiveDateTime, all: bool) -> Vec<NumberLine> {
    let shown = if all { stored.numbers.len() } else { SHOWN };
    stored.numbers.iter().take(shown).map(|number| line(number, stored, clocks, now)).collect()
}

fn line(number: &PortNumber, stored: &Stored, clocks: Clocks, now: NaiveDateTime) -> NumberLine {
    let (look, words) = state_of(number, &stored.request, clocks, now);
    NumberLine {
        shown: number.shown(),
        kind: NumberKind::from_code(&number.kind).map_or("", NumberKind::label),
        look,
        state: words,
        pin: if number.was_erased() { Some(erased(&stored.request, clocks)) } else { pin_of(number) },
    }
}

fn state_of(number: &PortNumber, request: &PortRequest, clocks: Clocks, now: NaiveDateTime) -> (&'static str, String) {
    let stage = request.stage;
    // Before the desk has noted what moved, the number may have moved in that window.
    let missed = stage == Stage::PartiallyPorted && request.foc_ends_at.is_some_and(|ended| ended <= now);
    let (look, words) = match number.state.as_str() {
        "ported" => {
            let moved = number.ported_at.map(|at| format!("Moved {}", clocks.day(at)));
            return ("completed", moved.unwrap_or_else(|| "Moved".to_owned()));
        }
        _ if stage == Stage::Canceled => ("canceled", "Not moved"),
        "submitted" => ("in-progress", "With carrier"),
        "foc_scheduled" if missed => ("in-progress", "Waiting for a new date"),
        "foc_scheduled" => ("in-progress", "Date set"),
        "rejected" => ("rejected", "Rejected"),
        _ => ("in-review", "Being checked"),
    };
    (look, words.to_owned())
}

fn pin_of(number: &PortNumber) -> Option<String> {
    let kind = PinKind::from_code(&number.pin_kind)?;
    Some(match kind {
        PinKind::SsnLastFour => "Last 4 of SSN saved".to_owned(),
        _ => saved(usize::try_from(number.pin_length).unwrap_or(0)),
    })
}

/// What stands in place of a PIN that is gone: "Erased on Jun 9, 2026".
fn erased(request: &PortRequest, clocks: Clocks) -> String {
    request.secrets_erased_at.map_or_else(|| "Erased".to_owned(), |at| format!("Erased on {}", clocks.day(at)))
}

fn saved(length: usize) -> String {
    format!("PIN saved, {length} {}", if length == 1 { "character" } else { "characters" })
}

/// The details of the newest attempt; empty for a draft.
pub fn details(stored: &Stored, house: &House, clocks: Clocks) -> Result<Vec<Line>, StoreError> {
    let Some(sent) = &stored.submission else { return Ok(Vec::new()) };
    let account_number = masked(&sent.account_number(&house.vault)?);
    let pin = match sent.account_pin(&house.vault)? {
        Some(pin) => Some(saved(pin.chars().count())),
        None => sent.had_account_pin().then(|| erased(&stored.request, clocks)),
    };
    let scope = PortScope::from_code(&sent.scope).map(PortScope::label);
    let account_type = AccountType::from_code(&sent.account_type).map(AccountType::label);
    let proof = ProofKind::from_code(&sent.proof).map(ProofKind::label);
    let mut lines = vec![
        text("Current carrier", Some(&sent.losing_carrier)),
        code("Account number", Some(account_number)),
        text("Account PIN", pin.as_deref()),
        code("Current billing phone number", sent.btn.as_deref().map(national)),
    ];
    lines.extend(reseller(stored, sent));
    lines.push(text("Moving every number on the account", scope));
    if let Some(new_btn) = &sent.new_btn {
        lines.push(code("New billing phone number for those that stay", Some(national(new_btn))));
    }
    if sent.scope == PortScope::Some.code() {
        let staying: Vec<String> = sent.staying().iter().map(PhoneNumber::national).collect();
        lines.push(code("Numbers that stay", Some(staying.join(", ")).filter(|numbers| !numbers.is_empty())));
    }
    lines.push(text("Account type", account_type));
    if let Some(business) = &sent.business_name {
        lines.push(text("Business name", Some(business)));
    }
    lines.extend([
        text("Contact name", Some(&sent.contact_name)),
        text("Authorized email", Some(&sent.authorized_email)),
        text("Service address", Some(&address(sent))),
        text("Preferred move date", sent.preferred_date.map(time_zone::day_with_year).as_deref()),
        text("Proof", proof),
        text("Date on the bill", Some(&time_zone::day_with_year(sent.bill_date))),
    ]);
    Ok(lines)
}

/// Whom the customer pays, where that was asked.
fn reseller(stored: &Stored, sent: &Submission) -> Option<Line> {
    let none = || {
        let was_asked = stored.numbers.iter().any(PortNumber::is_canadian);
        was_asked.then(|| format!("None; you pay {}", sent.losing_carrier))
    };
    sent.reseller.clone().or_else(none).map(|told| text("Reseller", Some(&told)))
}

fn text(label: &str, value: Option<&str>) -> Line {
    Line { label: label.to_owned(), value: value.map(str::to_owned), is_code: false }
}

fn code(label: &str, value: Option<String>) -> Line {
    Line { label: label.to_owned(), value, is_code: true }
}

fn masked(account_number: &str) -> String {
    AccountNumber::parse(account_number).map_or_else(|_| "••••".to_owned(), |number| number.masked())
}

fn national(e164: &str) -> String {
    PhoneNumber::from_stored(e164).map_or_else(|| e164.to_owned(), |number| number.national())
}

fn address(sent: &Submission) -> String {
    let unit = sent.unit.as_deref().map(|unit| format!(", {unit}")).unwrap_or_default();
    let state = State::from_stored(&sent.state).map_or(sent.state.as_str(), |state| state.code());
    format!("{}{unit}, {}, {state} {}", sent.street, sent.city, sent.postal_code)
}

/// The documents with the ways to them.
pub fn documents(stored: &Stored) -> Vec<DocumentLine> {
    stored.documents.iter().map(document).collect()
}

fn document(document: &Document) -> DocumentLine {
    let format = FileFormat::from_code(&document.format);
    let mut about = vec![format.map_or("File", FileFormat::label).to_owned()];
    if let Some(pages) = document.pages {
        about.push(if pages == 1 { "1 page".to_owned() } else { format!("{pages} pages") });
    }
    about.push(FileSize(u64::try_from(document.size).unwrap_or(0)).to_string());
    let address = format!("/documents/{}", document.public_id);
    DocumentLine {
        name: document.file_name.clone(),
        about: about.join(", "),
        view: format.is_some_and(FileFormat::viewable_inline).then(|| format!("{address}/view")),
        download: address,
    }
}

/// The terms that were agreed to, in the order of the form.
#[derive(Debug, Clone)]
pub struct Terms {
    /// "All four agreed on Jun 9, 2026, 10:00 AM EDT, version 1", where they were agreed to at once.
    pub together: Option<String>,
    /// Otherwise each says its version and when it was agreed to.
    pub each: Vec<Line>,
}

/// Which version of each term was agreed to, and when.
pub fn terms(stored: &Stored, clocks: Clocks) -> Terms {
    let of_term = |term: Term| stored.terms.iter().filter(move |it| it.slug == term.slug()).map(move |it| (term, it));
    let agreed: Vec<_> = Term::ALL.into_iter().flat_map(of_term).collect();
    let told = |it: &Acknowledgement| format!("{}, version {}", clocks.moment(it.accepted_at), it.text_version);
    let first = agreed.first().map(|(_, first)| told(first)).unwrap_or_default();
    if agreed.len() == Term::ALL.len() && agreed.iter().all(|(_, it)| told(it) == first) {
        return Terms {
            together: Some(format!("All four agreed on {first}")),
            each: agreed.into_iter().map(|(term, _)| text(term.default_text(), None)).collect(),
        };
    }
    let line = |(term, it): (Term, &Acknowledgement)| text(term.default_text(), Some(&format!("Agreed {}", told(it))));
    Terms { together: None, each: agreed.into_iter().map(line).collect() }
}
