//! The facts of a request as a reviewer files them: labels, values to copy, and what looks old.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::words;
use crate::{
    domain::{
        contact::AccountType,
        draft::ProofKind,
        loa::{AgeLimits, LoaMode, LoaState, SignatureAge},
        number_to_port::{NumberKind, PortScope},
        phone_number::PhoneNumber,
        stage::Stage,
        time_zone::{self, TimeZone},
    },
    services::{
        evidence::{Evidence, Letter},
        review::Revealed,
    },
    store::{loas::Loa, numbers::PortNumber, port_requests::PortRequest},
};

/// A PIN that was entered more days ago than this is asked about; many stop working after a week.
const PIN_AGE_DAYS: i64 = 5;
/// A bill that is older than this in days is asked about: many losing carriers want 30.
const BILL_AGE_DAYS: i64 = 30;

/// One fact.
#[derive(Debug, Clone, Default)]
pub struct Fact {
    pub label: &'static str,
    /// Empty when it was not provided.
    pub value: String,
    /// What the copy button takes; nothing for what is masked.
    pub copied: Option<String>,
    pub note: String,
    /// Numbers and codes stand in letters of one width.
    pub mono: bool,
    /// A secret that is shown once; it is not printed.
    pub secret: bool,
}

impl Fact {
    fn plain(label: &'static str, value: &str) -> Self {
        let copied = Some(value.to_owned()).filter(|value| !value.is_empty());
        Self { label, value: value.to_owned(), copied, ..Self::default() }
    }

    fn code(label: &'static str, value: &str) -> Self {
        Self { mono: true, ..Self::plain(label, value) }
    }

    fn shown(label: &'static str, value: impl Into<String>) -> Self {
        Self { label, value: value.into(), ..Self::default() }
    }
}

/// Facts under one heading.
#[derive(Debug, Clone)]
pub struct Group {
    pub title: &'static str,
    pub facts: Vec<Fact>,
}

/// All facts of a request, in the order in which carriers ask for them.
pub fn groups(evidence: &Evidence, revealed: Option<&Revealed>, zone: TimeZone, now: NaiveDateTime) -> Vec<Group> {
    vec![
        Group { title: "Name on the account", facts: names(evidence) },
        Group { title: "Service address", facts: address(evidence) },
        Group { title: "Account", facts: account(evidence, revealed, &erased(&evidence.request, zone)) },
        Group { title: "Dates and proof", facts: dates(evidence, zone.date(now)) },
        Group { title: "Letter of authorization", facts: letter(evidence, zone) },
    ]
}

fn letter(evidence: &Evidence, zone: TimeZone) -> Vec<Fact> {
    let Some(letter) = &evidence.letter else { return vec![Fact::shown("State", "There is none")] };
    let loa = &letter.loa;
    let mut facts = vec![
        Fact { note: asked(letter, zone), ..Fact::shown("State", loa.state.label()) },
        Fact::code("LOA ID", loa.loa_id.as_str()),
        if evidence.request.is_manual() {
            Fact::shown("Signer", "Stands on the uploaded letter")
        } else {
            Fact { note: loa.signer_email.clone(), ..Fact::plain("Signer", &loa.signer_name) }
        },
    ];
    if let Some(day) = loa.signed_on {
        let how = match loa.mode {
            LoaMode::Remote => "Electronically signed here; email address confirmed by a code".to_owned(),
            LoaMode::InPerson => "Electronically signed here by the requester, who was signed in".to_owned(),
            LoaMode::Paper => format!("Signed elsewhere and uploaded; not e-signed here{}", compared(loa)),
        };
        facts.push(Fact { note: how, ..Fact::plain("Signed on", &time_zone::day_with_year(day)) });
    }
    if let Some(age) = letter.age.filter(|_| loa.state.authorizes()) {
        let longest = AgeLimits::of(loa.toll_free).longest();
        let note = match age {
            SignatureAge::Aging(_) => format!("Some carriers want 15 days or fewer; all take at most {longest}"),
            _ => format!("Carriers take it for {longest} days"),
        };
        facts.push(Fact { note, ..Fact::shown("Signature age", words::counted(age.days(), "day")) });
    }
    facts
}

/// What there is to do about the day on an uploaded letter, or what its sender said it was.
fn compared(loa: &Loa) -> String {
    match loa.told_on.filter(|told| Some(*told) != loa.signed_on) {
        _ if loa.compared_at.is_none() => ". Compare the date on the letter".to_owned(),
        Some(told) => format!(". The sender said {}", time_zone::day_with_year(told)),
        None => String::new(),
    }
}

/// When the signer was asked and until when, while nobody has signed; in whose words it ended.
fn asked(letter: &Letter, zone: TimeZone) -> String {
    let loa = &letter.loa;
    match loa.state {
        LoaState::Pending => {
            format!("Asked on {}, until {}", zone.moment(loa.asked_at), zone.moment(loa.expires_at))
        }
        _ => loa.end_note.clone(),
    }
}

fn names(evidence: &Evidence) -> Vec<Fact> {
    let facts = &evidence.facts;
    let kind = AccountType::from_code(&facts.account_type).map_or("", AccountType::label);
    let mut names = vec![Fact::shown("Account type", kind)];
    if let Some(business) = &facts.business_name {
        names.push(Fact::plain("Business name", business));
    }
    names.push(Fact::plain("Contact name", &facts.contact_name));
    names.push(Fact::plain("Authorized email", &facts.authorized_email));
    names
}

fn address(evidence: &Evidence) -> Vec<Fact> {
    let facts = &evidence.facts;
    let mut lines = vec![Fact::plain("Street", &facts.street)];
    if let Some(unit) = &facts.unit {
        lines.push(Fact::plain("Unit", unit));
    }
    lines.push(Fact::plain("City", &facts.city));
    lines.push(Fact::plain("State", &facts.state));
    lines.push(Fact::code("ZIP code", &facts.postal_code));
    lines
}

fn account(evidence: &Evidence, revealed: Option<&Revealed>, erased: &str) -> Vec<Fact> {
    let facts = &evidence.facts;
    let number = match revealed {
        Some(revealed) => Fact { secret: true, ..Fact::code("Account number", &revealed.account_number) },
        None => Fact { mono: true, ..Fact::shown("Account number", &evidence.masked_account_number) },
    };
    let pin = match revealed.and_then(|revealed| revealed.account_pin.as_deref()) {
        Some(pin) => Fact { secret: true, ..Fact::code("Account PIN", pin) },
        None if facts.has_account_pin() => Fact::shown("Account PIN", "Saved"),
        None if facts.had_account_pin() => Fact::shown("Account PIN", erased),
        None => Fact::shown("Account PIN", ""),
    };
    let scope = PortScope::from_code(&facts.scope).map(PortScope::label);
    let mut lines = vec![
        Fact::plain("Current carrier", &facts.losing_carrier),
        number,
        pin,
        Fact::code("Billing phone number (BTN)", &shown_number(facts.btn.as_deref())),
    ];
    lines.extend(reseller(evidence));
    lines.push(Fact::shown("Every number of the account moves", scope.unwrap_or_default()));
    if facts.new_btn.is_some() {
        lines.push(Fact::code("New billing phone number", &shown_number(facts.new_btn.as_deref())));
    }
    if facts.scope == PortScope::Some.code() {
        let staying: Vec<String> = facts.staying().iter().map(PhoneNumber::national).collect();
        lines.push(Fact::code("Numbers that stay", &staying.join(", ")));
    }
    lines
}

/// Whom the customer pays, where that was asked: of requests with Canadian numbers.
fn reseller(evidence: &Evidence) -> Option<Fact> {
    let facts = &evidence.facts;
    let was_asked = || evidence.numbers.iter().any(PortNumber::is_canadian);
    match &facts.reseller {
        Some(reseller) => Some(Fact::plain("Reseller", reseller)),
        None => was_asked().then(|| Fact::shown("Reseller", format!("None; pays {}", facts.losing_carrier))),
    }
}

fn shown_number(e164: Option<&str>) -> String {
    let shown = |e164: &str| PhoneNumber::from_stored(e164).map_or_else(|| e164.to_owned(), |it| it.national());
    e164.map(shown).unwrap_or_default()
}

fn dates(evidence: &Evidence, today: NaiveDate) -> Vec<Fact> {
    let facts = &evidence.facts;
    let proof = ProofKind::from_code(&facts.proof).map_or("", ProofKind::label);
    let preferred = facts.preferred_date.map(time_zone::day_with_year).unwrap_or_default();
    let age = (today - facts.bill_date).num_days();
    let note = format!(
        "{} old{}",
        words::counted(age, "day"),
        if BILL_AGE_DAYS < age { ": is there a newer one?" } else { "" }
    );
    vec![
        Fact::plain("Preferred date", &preferred),
        Fact::shown("Proof", proof),
        Fact { note, ..Fact::plain("Date on the bill", &time_zone::day_with_year(facts.bill_date)) },
    ]
}

/// A number of the request.
#[derive(Debug, Clone)]
pub struct NumberRow {
    pub id: i64,
    pub number: String,
    pub kind: &'static str,
    pub state: String,
    /// What is known about its PIN without showing it.
    pub pin: String,
    /// Its PIN or SSN digits, for one response.
    pub secret: Option<String>,
    pub is_moved: bool,
}

/// The numbers of a request, in the order of the form.
pub fn numbers(evidence: &Evidence, revealed: Option<&Revealed>, zone: TimeZone, now: NaiveDateTime) -> Vec<NumberRow> {
    let secrets: HashMap<i64, &String> =
        revealed.into_iter().flat_map(|it| &it.pins).map(|(id, pin)| (*id, pin)).collect();
    let erased = erased(&evidence.request, zone);
    let row = |number: &PortNumber| NumberRow {
        id: number.id,
        number: number.shown(),
        kind: NumberKind::from_code(&number.kind).map_or("", NumberKind::label),
        state: state(number, evidence.request.stage, zone),
        pin: if number.was_erased() { erased.clone() } else { pin(number, now) },
        secret: secrets.get(&number.id).map(|pin| (*pin).clone()),
        is_moved: number.state == "ported",
    };
    evidence.numbers.iter().map(row).collect()
}

/// What stands in place of a PIN that is gone: "Erased on Jun 9, 2026".
fn erased(request: &PortRequest, zone: TimeZone) -> String {
    let on = request.secrets_erased_at.map(|at| format!(" on {}", time_zone::day_with_year(zone.date(at))));
    format!("Erased{}", on.unwrap_or_default())
}

fn state(number: &PortNumber, stage: Stage, zone: TimeZone) -> String {
    match number.state.as_str() {
        open if open != "ported" && stage == Stage::Canceled => "Not moved".to_owned(),
        "pending" => "Not sent yet".to_owned(),
        "submitted" => "Sent to carrier".to_owned(),
        "foc_scheduled" => "FOC set".to_owned(),
        "rejected" => "Rejected".to_owned(),
        _ => {
            let on = number.ported_at.map(|at| format!(" on {}", time_zone::day_with_year(zone.date(at))));
            format!("Moved{}", on.unwrap_or_default())
        }
    }
}

fn pin(number: &PortNumber, now: NaiveDateTime) -> String {
    let ssn = number.pin_kind == "ssn";
    match number.pin_set_at {
        _ if number.pin_length == 0 => "None".to_owned(),
        _ if ssn => "Last 4 of SSN saved".to_owned(),
        None => format!("Saved, {} characters", number.pin_length),
        Some(at) => {
            let days = (now - at).num_days();
            let entered = if days < 1 { "today".to_owned() } else { format!("{} ago", words::counted(days, "day")) };
            let ask = if is_old_pin(days) { ": ask for a new one?" } else { "" };
            format!("Saved, {} characters, entered {entered}{ask}", number.pin_length)
        }
    }
}

fn is_old_pin(days: i64) -> bool {
    PIN_AGE_DAYS < days
}

/// What the queue says about the age of PINs and bill, in words.
pub fn age_flags(
    oldest_pin: Option<NaiveDateTime>,
    bill_date: Option<NaiveDate>,
    zone: TimeZone,
    now: NaiveDateTime,
) -> Vec<String> {
    let pin = oldest_pin.map(|at| (now - at).num_days()).filter(|days| is_old_pin(*days));
    let bill = bill_date.map(|date| (zone.date(now) - date).num_days()).filter(|days| BILL_AGE_DAYS < *days);
    let told = [pin.map(|days| format!("PIN {days} days old")), bill.map(|days| format!("Bill {days} days old"))];
    told.into_iter().flatten().collect()
}
