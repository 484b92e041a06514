//! Wizard 2 of 5: the account with the losing carrier and the numbers that leave it.

use std::collections::HashSet;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, Query},
};
use askama::Template;

use super::opening;
use crate::{
    domain::{
        draft::{Answers, Rules, Step, WirelessAnswer, wireless_field},
        number_list::NumberList,
        people::Customer,
        phone_number::PhoneNumber,
        pin::PinKind,
        time_zone::TimeZone,
    },
    web::{
        app::App,
        error::WebResult,
        form::Form,
        frame::Frame,
        page::Page as _,
        wizard::{Echo, Held, Opened, Top, Wanted},
    },
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
const ACCOUNT_PIN_HINT: &str =
    "For landlines and toll-free, only if your carrier uses one. Write none if they told you there is none";
const WIRELESS_PIN_HINT: &str = "Ask your carrier for the transfer PIN";

#[derive(Template)]
#[template(path = "port_requests/numbers.html")]
struct NumbersPage {
    frame: Frame,
    top: Top,
    form: Form,
    /// Names of the blank fields whose PIN is saved, with spaces.
    kept: String,
    carriers: [&'static str; 12],
    /// Toll-free numbers are named only where they can be moved.
    landline_label: &'static str,
    account_pin_hint: String,
    shared_pin_hint: String,
    echo: Echo,
    /// Whether it asks whom the person pays.
    asks_payee: bool,
    /// What was read from the numbers that stay.
    staying: Option<String>,
    rows: Vec<Row>,
    kinds: Vec<(String, String)>,
    /// The wireless row that was just taken out.
    removed: Option<String>,
}

struct Row {
    at: usize,
    title: String,
    number_field: String,
    pin_field: String,
    kind_field: String,
    pin_hint: String,
    focus_number: bool,
    focus_pin: bool,
}

/// GET /port-requests/{sid}/numbers
pub async fn show(
    customer: Customer,
    app: Data<App>,
    req: HttpRequest,
    typed: Path<String>,
    wanted: Query<Wanted>,
) -> WebResult<HttpResponse> {
    let (opened, frame) = match opening::open(&app, &req, customer, &typed, Step::Numbers, &wanted).await? {
        Ok(begun) => begun,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let answers = opened.shown_answers(Step::Numbers, &wanted);
    page_of(&app, frame, opened, &answers, &wanted).ok()
}

fn page_of(app: &App, frame: Frame, opened: Opened, answers: &Answers, wanted: &Wanted) -> NumbersPage {
    let (pairs, kept) = without_saved_pins(answers, wanted.answers_a_save());
    let zone = app.house.zone(&opened.open.location.time_zone);
    let saved = saved_hint(&opened, zone);
    let blank: HashSet<&str> = kept.iter().map(String::as_str).collect();
    let hint = |field: &str, otherwise: &str| {
        if blank.contains(field) { saved.clone() } else { otherwise.to_owned() }
    };
    let rows = answers.numbers.wireless.iter().enumerate();
    let rules = opened.open.rules(&app.house, opened.now);
    NumbersPage {
        landline_label: if rules.toll_free {
            "Landline, VoIP or toll-free numbers"
        } else {
            "Landline or VoIP numbers"
        },
        asks_payee: answers.numbers.asks_payee(&rules),
        staying: staying(&answers.numbers.staying, &rules),
        top: Top::new(app, &opened, Step::Numbers, wanted),
        account_pin_hint: hint("account_pin", ACCOUNT_PIN_HINT),
        shared_pin_hint: hint("shared_pin", WIRELESS_PIN_HINT),
        rows: rows.map(|(at, row)| shown_row(at, row, wanted.row() == Some(at), hint)).collect(),
        echo: Echo::read(&answers.numbers.landline, &app.house.number_rules(), held(&opened)),
        kinds: [PinKind::TransferPin, PinKind::SsnLastFour]
            .map(|kind| (kind.code().to_owned(), kind.label().to_owned()))
            .to_vec(),
        removed: removed(answers).filter(|_| wanted.removed()),
        kept: kept.join(" "),
        carriers: CARRIERS,
        form: Form::new(pairs, opened.findings),
        frame,
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

/// The numbers that other requests hold. Where the field above says it already, there is only the link to add.
fn held(opened: &Opened) -> Vec<Held> {
    let is_told = |sentence: String| opened.findings.errors.iter().any(|finding| finding.text == sentence);
    let held = opened.held.iter().map(|held| Held {
        shown: held.number.national(),
        sid: held.sid.clone(),
        is_told: is_told(held.to_string()),
    });
    held.filter(|held| held.sid.is_some() || !held.is_told).collect()
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
fn saved_hint(opened: &Opened, zone: TimeZone) -> String {
    let saved = opened.open.draft.answers.memory.accepted.as_ref().map(|accepted| accepted.at);
    let day = zone.date(saved.unwrap_or(opened.open.draft.saved_at));
    let when = match zone.date(opened.now).signed_duration_since(day).num_days() {
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
