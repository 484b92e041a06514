//! Wizard 3 of 5: who owns the account, as the losing carrier knows them.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, Query},
};
use askama::Template;

use super::opening;
use crate::{
    domain::{address::state_options, draft::Step, people::Customer, request_sid::RequestSid},
    web::{
        app::App,
        error::WebResult,
        form::Form,
        frame::Frame,
        page::Page as _,
        wizard::{Top, Wanted},
    },
};

#[derive(Template)]
#[template(path = "port_requests/contact.html")]
struct ContactPage {
    frame: Frame,
    /// The request from which the page can be filled.
    reusable: Option<RequestSid>,
    top: Top,
    form: Form,
    states: Vec<(String, String)>,
    state_label: &'static str,
    code_label: &'static str,
    code_hint: &'static str,
    code_mode: &'static str,
}

/// GET /port-requests/{sid}/contact
pub async fn show(
    customer: Customer,
    app: Data<App>,
    req: HttpRequest,
    typed: Path<String>,
    wanted: Query<Wanted>,
) -> WebResult<HttpResponse> {
    let (opened, frame) = match opening::open(&app, &req, customer, &typed, Step::Contact, &wanted).await? {
        Ok(begun) => begun,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let canada = app.house.countries.canada;
    ContactPage {
        frame,
        reusable: opened.reusable.clone(),
        top: Top::new(&app, &opened, Step::Contact, &wanted),
        form: Form::new(opened.shown_answers(Step::Contact, &wanted).contact.to_pairs(), opened.findings),
        states: state_options(canada),
        state_label: if canada { "State or province" } else { "State" },
        code_label: if canada { "ZIP or postal code" } else { "ZIP code" },
        code_hint: if canada { "5 digits, 9 with a dash, or like K1A 0B1" } else { "5 digits, or 9 with a dash" },
        code_mode: if canada { "" } else { "numeric" },
    }
    .ok()
}
