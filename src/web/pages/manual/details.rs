//! Manual form 1 of 4: who writes, where the numbers go, and in whose name the account is.

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
    domain::{address::state_options, manual::ManualPage},
    services::manual::TRAP_FIELD,
    web::{app::App, error::WebResult, form::Form, frame::Frame, page::Page as _, wizard::Wanted},
};

#[derive(Template)]
#[template(path = "manual/details.html")]
struct DetailsPage {
    frame: Frame,
    top: Top,
    form: Form,
    states: Vec<(String, String)>,
    trap: &'static str,
}

/// GET /manual-port-requests/{secret}/details
pub async fn show(
    app: Data<App>,
    req: HttpRequest,
    typed: Path<String>,
    wanted: Query<Wanted>,
) -> WebResult<HttpResponse> {
    let shown = match opening::open(&app, &req, &typed, ManualPage::Details, &wanted).await? {
        Ok(shown) => shown,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let answers = top::shown_answers(&shown, ManualPage::Details, &wanted);
    DetailsPage {
        top: Top::new(&app, &shown, ManualPage::Details, &wanted),
        form: Form::new(answers.pairs_of(ManualPage::Details), shown.findings),
        states: state_options(false),
        trap: TRAP_FIELD,
        frame: shown.frame,
    }
    .ok()
}
