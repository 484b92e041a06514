//! Wizard 2 of 5: the account with the losing carrier and the numbers that leave it.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, Query},
};
use askama::Template;

use super::opening;
use crate::{
    domain::{draft::Step, people::Customer},
    web::{
        app::App,
        error::WebResult,
        form::Form,
        frame::Frame,
        page::Page as _,
        wizard::{Held, NumbersFields, Opened, SavedAt, Top, Wanted},
    },
};

#[derive(Template)]
#[template(path = "port_requests/numbers.html")]
struct NumbersPage {
    frame: Frame,
    top: Top,
    form: Form,
    fields: NumbersFields,
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
    let draft = &opened.open.draft;
    let zone = app.house.zone(&opened.open.location.time_zone);
    let rules = opened.open.rules(&app.house, opened.now);
    let saved_at = SavedAt { zone, at: draft.saved_at, now: opened.now };
    let found = (opened.findings.clone(), held(&opened));
    let (form, fields) = NumbersFields::new((&answers, &draft.answers), &rules, found, saved_at, &wanted);
    NumbersPage { top: Top::new(&app, &opened, Step::Numbers, &wanted), form, fields, frame }.ok()
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
