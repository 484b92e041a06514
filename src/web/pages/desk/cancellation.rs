//! Canceling a request for its customer: before the losing carrier has it, or once that carrier has stopped the order.

use actix_web::{
    HttpResponse,
    web::{Path, Query},
};
use askama::Template;

use super::{
    case::{After, Case, Decided},
    place::Place,
    visit::Visit,
};
use crate::{
    domain::{findings::Findings, stage::Stage, typed_text},
    services::cancel_request,
    web::{error::WebResult, form::Form, frame::Frame, page::Page as _, pairs::Pairs},
};

/// Longest reason, in characters.
const MOST_CHARACTERS: usize = 300;

#[derive(Template)]
#[template(path = "desk/cancellation.html")]
struct CancellationPage {
    frame: Frame,
    case: Case,
    form: Form,
    /// The agreed window, if there is one.
    due: Option<String>,
}

impl CancellationPage {
    fn can_cancel(&self) -> bool {
        self.case.allows(Stage::Canceled)
    }

    /// Whether the losing carrier has an order that it has to stop.
    fn is_at_carrier(&self) -> bool {
        matches!(
            self.case.request.stage,
            Stage::Submitted | Stage::FocScheduled | Stage::PartiallyPorted | Stage::CancelRequested
        )
    }
}

/// GET /desk/port-requests/{sid}/cancellation
pub async fn show(at: Visit, sid: Path<String>, place: Query<Place>) -> WebResult<HttpResponse> {
    let case = Case::load(&at, &sid, place.into_inner()).await?.open_for(Stage::Canceled)?;
    draw(&at, case, Form::default()).ok()
}

/// POST /desk/port-requests/{sid}/cancellation
pub async fn save(at: Visit, sid: Path<String>, pairs: Pairs) -> WebResult<HttpResponse> {
    let case = Case::load(&at, &sid, Place::of(&pairs)).await?;
    let after = After::Queue("canceled".to_owned());
    let checked = case.without_secrets(&at, pairs.texts(["reason"]), check(&pairs)).await?;
    let decided = case
        .decide(&at, &pairs, checked, after, |conn, house, seen, by, reason: String, now| {
            cancel_request::cancel_at_desk(conn, house, seen, by, &reason, now)
        })
        .await?;
    match decided {
        Decided::Done(response) => Ok(response),
        Decided::Not(case, form, status) => draw(&at, *case, form).with_status(status),
    }
}

fn check(pairs: &Pairs) -> Result<String, Findings> {
    let joined = pairs.get("reason").split_whitespace().collect::<Vec<_>>().join(" ");
    let mut findings = Findings::default();
    let reason = findings.take("reason", typed_text::one_line(&joined)).unwrap_or_default();
    if findings.is_empty() && reason.is_empty() {
        findings.error("reason", "Write why this request is canceled");
    }
    if MOST_CHARACTERS < typed_text::length(&reason) {
        findings.error("reason", format!("Reason must be {MOST_CHARACTERS} characters or fewer"));
    }
    if findings.is_empty() { Ok(reason) } else { Err(findings) }
}

fn draw(at: &Visit, case: Case, form: Form) -> CancellationPage {
    // Once a number has moved, the window says nothing about the others.
    let open = case.request.foc().filter(|_| case.request.stage != Stage::PartiallyPorted);
    let due = open.map(|foc| at.window(&foc));
    CancellationPage { frame: at.frame(form.has_errors()), case, form, due }
}
