//! A new link to the status of a request; the answer does not tell whether there is such a request.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::{
    domain::{
        contact::{EmailAddress, EmailError},
        findings::Findings,
        request_sid::RequestSid,
    },
    services::manual,
    web::{
        app::App,
        error::WebResult,
        extract::Client,
        flash::see_other,
        form::Form,
        frame::Frame,
        page::{self, Page as _},
        pairs::Pairs,
        uniform::uniform,
    },
};

const HERE: &str = "/status";
/// Says in the address that the form was sent.
const ASKED: &str = "asked=1";

#[derive(Template)]
#[template(path = "status/new_link.html")]
pub struct NewLinkPage {
    frame: Frame,
    form: Form,
    came_by: CameBy,
}

/// What led to the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CameBy {
    Address,
    /// A link that does not open.
    DeadLink,
    /// Its own form, whatever was found.
    Asking,
}

impl CameBy {
    const fn heading(self) -> &'static str {
        match self {
            Self::Address => "Follow a port request",
            Self::DeadLink => "This link does not work any more",
            Self::Asking => "Look into your mailbox",
        }
    }
}

impl NewLinkPage {
    /// What stands in the place of a page whose link does not open.
    pub fn of_dead_link(frame: Frame) -> Self {
        Self { frame, form: Form::default(), came_by: CameBy::DeadLink }
    }
}

/// Why nothing was looked for.
#[derive(Debug, Clone, Copy, thiserror::Error)]
enum AskError {
    #[error("Enter the Request SID")]
    Sid,
    #[error("A Request SID looks like PR-7Q4M2-XKD9B. Copy it from any email about the request")]
    SidForm,
    #[error("Enter your email address")]
    Email,
}

/// GET /status
pub async fn show(app: Data<App>, req: HttpRequest) -> WebResult<HttpResponse> {
    let came_by = if req.query_string() == ASKED { CameBy::Asking } else { CameBy::Address };
    NewLinkPage { frame: page::frame(&app, &req), form: Form::default(), came_by }.ok()
}

/// POST /status
pub async fn save(app: Data<App>, req: HttpRequest, client: Client, pairs: Pairs) -> WebResult<HttpResponse> {
    let (sid, email) = (pairs.trimmed("sid").to_owned(), pairs.trimmed("email").to_owned());
    let mut findings = Findings::default();
    if sid.is_empty() {
        findings.error("sid", AskError::Sid);
    } else if RequestSid::parse(&sid).is_none() {
        findings.error("sid", AskError::SidForm);
    }
    match EmailAddress::parse(&email) {
        Ok(_) => {}
        Err(EmailError::Missing) => findings.error("email", AskError::Email),
        Err(error) => findings.error("email", error),
    }
    if !findings.is_empty() {
        let frame = Frame { errors: true, ..page::frame(&app, &req) };
        let form = Form::new(pairs.into_vec(), findings);
        return NewLinkPage { frame, form, came_by: CameBy::Address }.with_status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let (house, network, now) = (app.house.clone(), client.network(), app.clock.now());
    uniform(app.store.write(move |conn| manual::mail_new_link(conn, &house, &sid, &email, &network, now))).await?;
    app.hurry_mail();
    Ok(see_other(&format!("{HERE}?{ASKED}")))
}
