//! Wizard 1 of 5: the four terms.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, Query},
};
use askama::Template;

use super::opening;
use crate::{
    domain::{acknowledgements::Acknowledgement, draft::Step, people::Customer, time_zone},
    services::terms::RATES_DETAILS,
    web::{
        app::App,
        error::WebResult,
        form::Form,
        frame::Frame,
        page::Page as _,
        wizard::{Opened, Top, Wanted},
    },
};

#[derive(Template)]
#[template(path = "port_requests/terms.html")]
struct TermsPage {
    frame: Frame,
    top: Top,
    form: Form,
    terms: Vec<Term>,
    rates: String,
    /// Which wording of all texts is shown.
    wording: String,
    /// The day on which all four were agreed to.
    agreed_on: Option<String>,
}

struct Term {
    slug: &'static str,
    text: String,
    note: &'static str,
}

/// GET /port-requests/{sid}/terms
pub async fn show(
    customer: Customer,
    app: Data<App>,
    req: HttpRequest,
    typed: Path<String>,
    wanted: Query<Wanted>,
) -> WebResult<HttpResponse> {
    let (opened, frame) = match opening::open(&app, &req, customer, &typed, Step::Terms, &wanted).await? {
        Ok(begun) => begun,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let zone = app.house.zone(&opened.open.location.time_zone);
    let answers = opened.shown_answers(Step::Terms, &wanted);
    TermsPage {
        frame,
        top: Top::new(&app, &opened, Step::Terms, &wanted),
        form: Form::new(answers.terms.to_pairs(), opened.findings.clone()),
        terms: Acknowledgement::ALL.map(|term| shown(&opened, term)).into(),
        rates: opened.agreement.text(RATES_DETAILS).unwrap_or_default().to_owned(),
        wording: opened.agreement.wording(),
        agreed_on: opened.agreement.all_agreed_at().map(|at| time_zone::day_with_year(zone.date(at))),
    }
    .ok()
}

fn shown(opened: &Opened, term: Acknowledgement) -> Term {
    let note = if term == Acknowledgement::Rates { "More about them is above." } else { "" };
    let text = opened.agreement.text(term.slug()).unwrap_or(term.default_text()).to_owned();
    Term { slug: term.slug(), text, note }
}
