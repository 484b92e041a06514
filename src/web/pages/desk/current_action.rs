//! What the losing carrier is doing, in the desk's own words: a second line that the customer reads.

use actix_web::{
    HttpResponse,
    web::{Path, Query},
};
use askama::Template;

use super::{
    case::{After, Case, Decided},
    place::Place,
    submission,
    visit::Visit,
};
use crate::{
    domain::{findings::Findings, typed_text},
    services::review::{self, ReviewError},
    web::{error::WebResult, form::Form, frame::Frame, now, page::Page as _, pairs::Pairs},
};

/// Longest description, in characters.
const MOST_CHARACTERS: usize = 300;

#[derive(Template)]
#[template(path = "desk/current_action.html")]
struct CurrentActionPage {
    frame: Frame,
    case: Case,
    form: Form,
    /// The computed sentence above the description.
    sentence: String,
}

/// GET /desk/port-requests/{sid}/current-action
pub async fn show(at: Visit, sid: Path<String>, place: Query<Place>) -> WebResult<HttpResponse> {
    let case = Case::load(&at, &sid, place.into_inner()).await?;
    if case.request.stage.is_final() {
        return Err(ReviewError::Ended(case.request.stage).into());
    }
    let form = Form::unchecked(vec![
        ("text".to_owned(), case.request.current_action.clone()),
        (submission::ORDER.to_owned(), case.request.carrier_order_number.clone()),
    ]);
    draw(&at, case, form).ok()
}

/// POST /desk/port-requests/{sid}/current-action
pub async fn save(at: Visit, sid: Path<String>, pairs: Pairs) -> WebResult<HttpResponse> {
    let case = Case::load(&at, &sid, Place::of(&pairs)).await?;
    let checked = case.without_secrets(&at, pairs.texts(["text"]), check(&pairs)).await?;
    let done = match checked.as_ref().map_or("", |(text, _)| text) {
        text if text == case.request.current_action => "Saved.",
        "" => "The description is gone.",
        _ => "Saved. The customer reads it now.",
    };
    let decided = case
        .decide(&at, &pairs, checked, After::Request(done.to_owned()), |conn, _, seen, by, written: Written, now| {
            let (text, order) = written;
            review::describe_with_order(conn, seen, by, &text, order.as_deref(), now)
        })
        .await?;
    match decided {
        Decided::Done(response) => Ok(response),
        Decided::Not(case, form, status) => draw(&at, *case, form).with_status(status),
    }
}

/// The description, and the carrier's order number where the form has it.
type Written = (String, Option<String>);

fn check(pairs: &Pairs) -> Result<Written, Findings> {
    let joined = pairs.get("text").split_whitespace().collect::<Vec<_>>().join(" ");
    let mut findings = Findings::default();
    let text = findings.take("text", typed_text::one_line(&joined)).unwrap_or_default();
    if MOST_CHARACTERS < typed_text::length(&text) {
        findings.error("text", format!("Description must be {MOST_CHARACTERS} characters or fewer"));
    }
    let order = pairs.has(submission::ORDER).then(|| submission::order_number(pairs, &mut findings));
    if findings.is_empty() { Ok((text, order)) } else { Err(findings) }
}

fn draw(at: &Visit, case: Case, form: Form) -> CurrentActionPage {
    let sentence = now::situation(&at.app.house, &case.request, None, &case.location.time_zone, at.now).sentence;
    CurrentActionPage { frame: at.frame(form.has_errors()), case, form, sentence }
}
