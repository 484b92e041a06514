//! What sending would do to the letter that a request has, told before it is done.

use chrono::NaiveDateTime;

use super::{
    make,
    plan::{self, Plan},
};
use crate::{
    domain::{
        loa::{EndReason, LoaMode},
        people::Customer,
        time_zone::{self, TimeZone},
    },
    services::{
        draft::OpenDraft,
        house::House,
        send_request::{self, Checked},
    },
    store::{self, Conn, StoreError, loas::Loa},
};

/// What becomes of the letter, ready to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consequence(Vec<String>);

impl Consequence {
    /// The sentences.
    pub fn sentences(&self) -> &[String] {
        &self.0
    }
}

/// What sending the answers of a request that was sent before means for its letter. Nothing for a first sending, and while
/// the answers cannot be sent.
pub fn preview(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    open: &OpenDraft,
    now: NaiveDateTime,
) -> Result<Option<Consequence>, StoreError> {
    if open.request.sent_at.is_none() {
        return Ok(None);
    }
    let Ok(checked) = send_request::check(conn, house, customer, open, now)? else { return Ok(None) };
    let attempt = send_request::next_attempt(&open.request);
    let draft = make::draft(house, &open.request, &open.location, &checked, attempt, now);
    let had = store::loas::newest(conn, open.request.id)?.is_some();
    let renew = send_request::needs_new_signature(open);
    let plan = plan::plan(conn, house, &open.request, &open.location, draft, renew, now)?;
    let zone = house.zone(&open.location.time_zone);
    Ok(had.then(|| Consequence(told(&plan, &checked, zone))))
}

fn told(plan: &Plan, checked: &Checked, zone: TimeZone) -> Vec<String> {
    match plan {
        Plan::Keep(loa) if loa.state.is_signed() => {
            vec!["The signed letter still covers this; nobody has to sign again.".to_owned()]
        }
        Plan::Keep(loa) => vec![format!("{} still covers this.", asked(loa, zone, "The letter"))],
        Plan::New { replaces: None, .. } => vec![format!("A new letter has to be signed. {}", next(checked))],
        Plan::New { replaces: Some((last, reason)), .. } if last.state.is_signed() => {
            let day = last.signed_on.map(time_zone::month_and_day).unwrap_or_default();
            let why = if *reason == EndReason::TooOld { ": it is too old for carriers" } else { "" };
            vec![format!("The signed letter of {day} will no longer count{why}. {}", again(last, checked))]
        }
        Plan::New { replaces: Some((last, _)), .. } => {
            let same = last.mode == LoaMode::Remote && *last.signer_email == *checked.signer.email.to_string();
            let then = if same && checked.signer.who.mode() == LoaMode::Remote {
                "They get a new one.".to_owned()
            } else {
                next(checked)
            };
            vec![format!("{}. {then}", asked(last, zone, "This cancels the letter"))]
        }
    }
}

/// "This cancels the letter sent to Dana Ruiz on Nov 3".
fn asked(loa: &Loa, zone: TimeZone, what: &str) -> String {
    match loa.mode {
        LoaMode::Remote => {
            format!("{what} sent to {} on {}", loa.signer_name, time_zone::month_and_day(zone.date(loa.asked_at)))
        }
        LoaMode::InPerson => format!("{what} that {} was to sign here", loa.signer_name),
        LoaMode::Paper => format!("{what} that was to be signed on paper"),
    }
}

/// "Dana Ruiz has to sign again."
fn again(last: &Loa, checked: &Checked) -> String {
    let signer = &checked.signer;
    if signer.who.mode() == LoaMode::Paper {
        return next(checked);
    }
    let again = if last.signer_name == signer.name { " again" } else { "" };
    format!("{} has to sign{again}.", signer.name)
}

/// What has to happen next.
fn next(checked: &Checked) -> String {
    let signer = &checked.signer;
    match signer.who.mode() {
        LoaMode::Remote => format!("{} gets a new one by email.", signer.name),
        LoaMode::InPerson => format!("{} signs the new one here.", signer.name),
        LoaMode::Paper => "You upload a new one that is signed on paper.".to_owned(),
    }
}
