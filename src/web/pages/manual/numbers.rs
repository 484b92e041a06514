//! Manual form 2 of 4: the account with the losing carrier and the numbers that leave it.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, Query},
};
use askama::Template;

use super::{
    opening,
    top::{self, Top},
};
use crate::{
    domain::manual::ManualPage,
    web::{
        app::App,
        error::WebResult,
        form::Form,
        frame::Frame,
        page::Page as _,
        wizard::{NumbersFields, SavedAt, Wanted},
    },
};

#[derive(Template)]
#[template(path = "manual/numbers.html")]
struct NumbersPage {
    frame: Frame,
    top: Top,
    form: Form,
    fields: NumbersFields,
}

/// GET /manual-port-requests/{secret}/numbers
pub async fn show(
    app: Data<App>,
    req: HttpRequest,
    typed: Path<String>,
    wanted: Query<Wanted>,
) -> WebResult<HttpResponse> {
    let shown = match opening::open(&app, &req, &typed, ManualPage::Numbers, &wanted).await? {
        Ok(shown) => shown,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let answers = top::shown_answers(&shown, ManualPage::Numbers, &wanted);
    let (opened, draft) = (&shown.opened, &shown.opened.draft);
    let zone = app.house.zone(opened.location.as_ref().map_or("", |location| &location.time_zone));
    let saved_at = SavedAt { zone, at: draft.saved_at, now: shown.now };
    // What other requests hold is not for strangers.
    let found = (shown.findings.clone(), Vec::new());
    let rules = opened.rules(&app.house, shown.now);
    let (form, fields) =
        NumbersFields::new((&answers.request, &draft.answers.request), &rules, found, saved_at, &wanted);
    let (form, fields) = match opened.masked_account_number(&answers.request) {
        Some(masked) => fields.without_account_number(form, &masked),
        None => (form, fields),
    };
    NumbersPage { top: Top::new(&app, &shown, ManualPage::Numbers, &wanted), form, fields, frame: shown.frame }.ok()
}
