//! Accepting a request and sending it to the losing carrier.

use actix_web::{
    HttpResponse,
    web::{Path, Query},
};
use askama::Template;

use super::{
    case::{After, Case, Decided},
    facts::{self, Group, NumberRow},
    place::Place,
    port_request,
    visit::Visit,
};
use crate::{
    domain::{findings::Findings, moves::MoveRefused, stage::Stage, typed_text},
    services::review::{self, ReviewError},
    web::{error::WebResult, form::Form, frame::Frame, page::Page as _, pairs::Pairs},
};

/// The field of the carrier's order number.
pub(super) const ORDER: &str = "order-number";
/// Longest order number of a carrier, in characters.
const MOST_CHARACTERS: usize = 60;

#[derive(Template)]
#[template(path = "desk/submission.html")]
struct SubmissionPage {
    frame: Frame,
    case: Case,
    form: Form,
    groups: Vec<Group>,
    numbers: Vec<NumberRow>,
    flags: Vec<String>,
    /// The LOA ID of the letter that goes along, and where it is looked at and downloaded.
    letter: Option<(String, String)>,
    /// Whether looking at the secrets asks for the password.
    asks_password: bool,
}

impl SubmissionPage {
    fn can_send(&self) -> bool {
        self.case.allows(Stage::Submitted) && self.case.request.foc().is_none()
    }
}

/// GET /desk/port-requests/{sid}/submission
pub async fn show(at: Visit, sid: Path<String>, place: Query<Place>) -> WebResult<HttpResponse> {
    let case = Case::load(&at, &sid, place.into_inner()).await?.open_for(Stage::Submitted)?;
    if case.request.foc().is_some() {
        return Err(ReviewError::from(MoveRefused { from: case.request.stage, to: Stage::Submitted }).into());
    }
    let earlier = vec![(ORDER.to_owned(), case.request.carrier_order_number.clone())];
    draw(&at, case, Form::unchecked(earlier)).await?.ok()
}

/// POST /desk/port-requests/{sid}/submission
pub async fn save(at: Visit, sid: Path<String>, pairs: Pairs) -> WebResult<HttpResponse> {
    let case = Case::load(&at, &sid, Place::of(&pairs)).await?;
    let after = After::Queue(format!("sent to {}", case.carrier()));
    let decided = case
        .decide(&at, &pairs, check(&pairs), after, |conn, house, seen, by, order: String, now| {
            review::send_to_carrier(conn, house, seen, by, &order, now)
        })
        .await?;
    match decided {
        Decided::Done(response) => Ok(response),
        Decided::Not(case, form, status) => draw(&at, *case, form).await?.with_status(status),
    }
}

fn check(pairs: &Pairs) -> Result<String, Findings> {
    let mut findings = Findings::default();
    let order = order_number(pairs, &mut findings);
    if findings.is_empty() { Ok(order) } else { Err(findings) }
}

/// The carrier's order number as it was typed.
pub(super) fn order_number(pairs: &Pairs, findings: &mut Findings) -> String {
    let order = findings.take(ORDER, typed_text::code_line(pairs.get(ORDER))).unwrap_or_default();
    if MOST_CHARACTERS < typed_text::length(&order) {
        findings.error(ORDER, format!("Carrier order number must be {MOST_CHARACTERS} characters or fewer"));
    }
    order
}

async fn draw(at: &Visit, case: Case, form: Form) -> WebResult<SubmissionPage> {
    let evidence = port_request::load(at, case.request.sid.as_str()).await?;
    let zone = at.zone;
    let oldest =
        evidence.numbers.iter().filter(|it| it.has_pin() && it.pin_kind != "ssn").filter_map(|it| it.pin_set_at);
    let flags = facts::age_flags(oldest.min(), Some(evidence.facts.bill_date), zone, at.now);
    Ok(SubmissionPage {
        frame: at.frame(form.has_errors()),
        groups: facts::groups(&evidence, None, zone, at.now),
        numbers: facts::numbers(&evidence, None, zone, at.now),
        flags,
        letter: evidence
            .letter
            .as_ref()
            .filter(|letter| letter.stops.is_none())
            .map(|letter| (letter.loa.loa_id.to_string(), format!("/desk/port-requests/{}/loa", case.request.sid))),
        asks_password: !at.is_fresh,
        case,
        form,
    })
}
