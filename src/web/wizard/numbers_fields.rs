//! The fields for the account and its numbers, in the guided request and in the manual form.

use std::collections::HashSet;

use chrono::NaiveDateTime;

use super::{Echo, Held, Wanted};
use crate::{
    domain::{
        draft::{Answers, Rules, WirelessAnswer, wireless_field},
        findings::Findings,
        number_list::NumberList,
        phone_number::PhoneNumber,
        pin::PinKind,
        time_zone::TimeZone,
    },
    web::form::Form,
};

/// Carriers that many people come from; any other may be typed.
const CARRIERS: [&str; 12] = [
    "AT&T",
    "Bandwidth",
    "Charter Spectrum",
    "Comcast Xfinity",
    "Cox",
    "Frontier",
    "Google Voice",
    "Lumen",
    "RingCentral",
    "T-Mobile",
    "US Cellular",
    "Verizon",
];
/// Numbers that stay are shown up to here.
const MOST_SHOWN: usize = 20;
const ACCOUNT_HINT: &str = "Copy it exactly from the bill, including letters and dashes";
const ACCOUNT_PIN_HINT: &str =
    "For landlines and toll-free, only if your carrier uses one. Write none if they told you there is none";
const WIRELESS_PIN_HINT: &str = "Ask your carrier for the transfer PIN";

/// Everything that the fields show beside their answers.
pub struct NumbersFields {
    /// Names of the blank fields whose PIN or account number is saved, with spaces.
    pub kept: String,
    pub carriers: [&'static str; 12],
    pub account_hint: String,
    /// Toll-free numbers are named only where they can be moved.
    pub landline_label: &'static str,
    pub account_pin_hint: String,
    pub shared_pin_hint: String,
    pub echo: Echo,
    /// Whether it asks whom the person pays.
    pub asks_payee: bool,
    /// What was read from the numbers that stay.
    pub staying: Option<String>,
    pub rows: Vec<Row>,
    pub kinds: Vec<(String, String)>,
    /// The wireless row that was just taken out.
    pub removed: Option<String>,
}

/// A row of the wireless numbers.
pub struct Row {
    pub at: usize,
    pub title: String,
    pub number_field: String,
    pub pin_field: String,
    pub kind_field: String,
    pub pin_hint: String,
    pub focus_number: bool,
    pub focus_pin: bool,
}

/// When the draft was saved, and on which clock that is told.
#[derive(Clone, Copy)]
pub struct SavedAt {
    pub zone: TimeZone,
    pub at: NaiveDateTime,
    pub now: NaiveDateTime,
}

impl NumbersFields {
    /// The form of these answers, and what its fields show; `saved` is what was saved of them, which another tab may have typed over.
    pub fn new(
        (answers, saved): (&Answers, &Answers),
        rules: &Rules<'_>,
        (findings, held): (Findings, Vec<Held>),
        saved_at: SavedAt,
        wanted: &Wanted,
    ) -> (Form, Self) {
        let (pairs, kept) = without_saved_pins(answers, wanted.answers_a_save());
        let saved = saved_hint(saved, saved_at.zone, saved_at.at, saved_at.now);
        let blank: HashSet<&str> = kept.iter().map(String::as_str).collect();
        let hint = |field: &str, otherwise: &str| {
            if blank.contains(field) { saved.clone() } else { otherwise.to_owned() }
        };
        let rows = answers.numbers.wireless.iter().enumerate();
        let fields = Self {
            landline_label: if rules.toll_free {
                "Landline, VoIP or toll-free numbers"
            } else {
                "Landline or VoIP numbers"
            },
            asks_payee: answers.numbers.asks_payee(rules),
            staying: staying(&answers.numbers.staying, rules),
            account_pin_hint: hint("account_pin", ACCOUNT_PIN_HINT),
            shared_pin_hint: hint("shared_pin", WIRELESS_PIN_HINT),
            rows: rows.map(|(at, row)| shown_row(at, row, wanted.row() == Some(at), hint)).collect(),
            echo: Echo::read(&answers.numbers.landline, &rules.numbers, held),
            kinds: [PinKind::TransferPin, PinKind::SsnLastFour]
                .map(|kind| (kind.code().to_owned(), kind.label().to_owned()))
                .to_vec(),
            removed: removed(answers).filter(|_| wanted.removed()),
            kept: kept.join(" "),
            carriers: CARRIERS,
            account_hint: ACCOUNT_HINT.to_owned(),
        };
        (Form::new(pairs, findings), fields)
    }

    /// The same with a blank field for an account number that is kept; `masked` is what is shown of it.
    pub fn without_account_number(self, form: Form, masked: &str) -> (Form, Self) {
        let kept = format!("{} account_number", self.kept).trim_start().to_owned();
        let account_hint = format!("As you sent it, {masked}. Leave blank to keep it.");
        (form.blank("account_number"), Self { kept, account_hint, ..self })
    }
}

/// "2 numbers read: (212) 664-0150, (212) 664-0151": the field is never rewritten.
fn staying(typed: &str, rules: &Rules<'_>) -> Option<String> {
    let list = NumberList::parse(typed, &rules.numbers);
    let first: Vec<String> = list.numbers().take(MOST_SHOWN).map(PhoneNumber::national).collect();
    let more = match list.read.len().saturating_sub(MOST_SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    (!first.is_empty()).then(|| format!("{}: {}{more}", list.summary(), first.join(", ")))
}

/// The answers for the form, and the fields that are blank although their PIN is saved: once accepted, a PIN is not sent
/// to the browser again, and one that was not accepted only in the answer to its own submit.
fn without_saved_pins(answers: &Answers, answers_a_save: bool) -> (Vec<(String, String)>, Vec<String>) {
    let accepted: HashSet<String> = answers.saved_secrets().into_iter().collect();
    let is_kept = |field: &String| !answers_a_save || accepted.contains(field);
    let kept: Vec<String> = answers.filled_secrets().into_iter().filter(is_kept).collect();
    let blank: HashSet<&String> = kept.iter().collect();
    let mut pairs = answers.numbers.to_pairs();
    for (name, value) in &mut pairs {
        if blank.contains(name) {
            value.clear();
        }
    }
    (pairs, kept)
}

/// "Saved 2 days ago. Leave blank to keep it."
fn saved_hint(answers: &Answers, zone: TimeZone, saved_at: NaiveDateTime, now: NaiveDateTime) -> String {
    let saved = answers.memory.accepted.as_ref().map(|accepted| accepted.at);
    let day = zone.date(saved.unwrap_or(saved_at));
    let when = match zone.date(now).signed_duration_since(day).num_days() {
        ..=0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days => format!("{days} days ago"),
    };
    format!("Saved {when}. Leave blank to keep it.")
}

fn shown_row(at: usize, row: &WirelessAnswer, is_next: bool, hint: impl Fn(&str, &str) -> String) -> Row {
    let has_number = !row.number.trim().is_empty();
    let pin_field = wireless_field(at, "pin");
    Row {
        at,
        title: format!("Wireless number {}", at + 1),
        number_field: wireless_field(at, "number"),
        kind_field: wireless_field(at, "kind"),
        pin_hint: hint(&pin_field, ""),
        pin_field,
        focus_number: is_next && !has_number,
        focus_pin: is_next && has_number,
    }
}

fn removed(answers: &Answers) -> Option<String> {
    let removed = answers.memory.removed_row.as_ref()?;
    let number = removed.row.number.trim();
    Some(match number {
        "" => format!("Wireless number {}", removed.at + 1),
        number => format!("Wireless number {number}"),
    })
}
