//! The pages of everything that ended a request without its own: what happened, and what to do now.

use actix_web::{
    Error, HttpRequest, HttpResponse, ResponseError as _,
    http::{Method, StatusCode},
    web::Data,
};
use askama::Template;

use super::{
    app::App,
    error::WebError,
    frame::Frame,
    hashers, log,
    page::{self, Page as _, retry_after},
    parked,
};
use crate::{domain::request_sid::RequestSid, services::manual};

/// When to come back while database or files are away, in seconds.
const AWAY_SECONDS: i64 = 60;

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    status: u16,
    title: &'static str,
    message: String,
    /// What to quote to support.
    reference: Option<String>,
    /// Where a search by Request SID goes, for pages that were not found.
    search: Option<&'static str>,
    /// The port request that this is about, where somebody changed it meanwhile.
    request: Option<String>,
    /// What the link to the start page says; whoever was asked to sign has none.
    home: Option<&'static str>,
    /// Where a new form is begun, if that is the way on.
    start: Option<&'static str>,
}

/// The page of an error, or the way to sign in.
pub fn answer(app: &Data<App>, req: &HttpRequest, error: &WebError) -> HttpResponse {
    let (title, mut message) = words(error);
    if matches!(error, WebError::NotFound) && is_for_signers(req) {
        NO_LETTER.clone_into(&mut message);
    }
    if matches!(error, WebError::NotFound) && req.path().starts_with(FORM) {
        message = no_form();
    }
    match error {
        WebError::SignInFirst => parked::to_sign_in(app, req),
        WebError::Internal(cause) => {
            let reference = log_once(req, cause.as_ref());
            page(app, req, error.status_code(), title, message, Some(reference))
        }
        WebError::Unavailable(cause) => {
            let reference = log_once(req, cause.as_ref());
            retry_after(page(app, req, error.status_code(), title, message, Some(reference)), AWAY_SECONDS)
        }
        WebError::Busy => {
            retry_after(page(app, req, error.status_code(), title, message, None), hashers::COME_BACK_SECONDS)
        }
        WebError::TooMany { minutes, .. } => {
            retry_after(page(app, req, error.status_code(), title, message, None), minutes * 60)
        }
        _ => page(app, req, error.status_code(), title, message, None),
    }
}

/// The page of an error of actix itself.
pub fn answer_foreign(app: &App, req: &HttpRequest, error: &Error) -> HttpResponse {
    let status = error.as_response_error().status_code();
    if status.is_server_error() {
        tracing::error!(cause = %error, "request failed");
        return page(app, req, status, TROUBLE, AFTER_TROUBLE.to_owned(), Some(log::reference(req)));
    }
    page(app, req, status, UNREAD, "Check the address, or go back and send the form again.".to_owned(), None)
}

const TROUBLE: &str = "There is a problem with the service";
const AFTER_TROUBLE: &str = "What was saved is safe. Go back and try again in a few minutes. If it happens again, write to \
    support.";
/// The same for every link that leads to no letter.
const NO_LETTER: &str = "This link leads to no letter. Open the whole link from the email: if it stands on two lines there, \
    copy both into the address bar. If it still leads here, ask the person who sent it to you to send a new one.";
/// Where the manual form begins.
const FORM: &str = "/manual-port-requests";
const UNREAD: &str = "That could not be read";

/// The same for every address of a manual form that leads to none.
fn no_form() -> String {
    format!(
        "This form is not here any more. A new form is deleted {} hours after it was last saved, one that was sent or \
         corrects a request {} days after, if nothing comes of it. Whoever has an email about the request opens it by the link in that.",
        manual::UNSENT_FOR.num_hours(),
        manual::CONFIRM_WITHIN.num_days()
    )
}

/// Whether an address is that of a link to sign, cut off or not: those who get one have no account here.
fn is_for_signers(req: &HttpRequest) -> bool {
    req.path() == "/sign" || req.path().starts_with("/sign/")
}

/// Whether an address is for people without an account, who have nowhere to sign in.
fn is_for_strangers(req: &HttpRequest) -> bool {
    let theirs = [FORM, "/status", "/confirm/", "/verify"];
    is_for_signers(req) || theirs.iter().any(|path| req.path().starts_with(path))
}

/// Heading and text of the page.
fn words(error: &WebError) -> (&'static str, String) {
    let (title, message) = match error {
        WebError::NotFound | WebError::SignInFirst => (
            "Page not found",
            "Check the address. If it is the address of a request, the request may belong to another account, or it was \
             a draft that was deleted.",
        ),
        WebError::NotAdmin => (
            "You do not have access to this page",
            "Only admins open it. Ask an admin of this desk to do it for you, or to make you an admin.",
        ),
        WebError::OtherOrigin => (
            "That form was not accepted",
            "It did not come from a page of this site, so nothing was changed. Open the page here and send its form again.",
        ),
        WebError::Conflict(told) => ("This was changed meanwhile", told.as_str()),
        WebError::TooLarge(told) => ("That is too large", told.as_str()),
        WebError::TooMany { told, .. } => ("Too many tries", told.as_str()),
        WebError::BadRequest(told) => (UNREAD, told.as_str()),
        WebError::UnsupportedMediaType => {
            (UNREAD, "It was not sent as a form. Open the page in a browser and send its form.")
        }
        WebError::Busy => (
            "Too many people are signing in",
            "Nothing was changed. Wait a few seconds, then go back and send it again.",
        ),
        WebError::Unavailable(_) => (
            "The service is not available right now",
            "What was saved is safe. Wait a minute, then go back and try again. If it stays so, write to support.",
        ),
        WebError::Internal(_) => (TROUBLE, AFTER_TROUBLE),
    };
    (title, message.to_owned())
}

fn log_once(req: &HttpRequest, cause: &(impl std::error::Error + ?Sized)) -> String {
    let mut chain = cause.to_string();
    let mut source = cause.source();
    while let Some(inner) = source {
        chain = format!("{chain}: {inner}");
        source = inner.source();
    }
    tracing::error!(cause = chain, "request failed");
    log::reference(req)
}

fn page(
    app: &App,
    req: &HttpRequest,
    status: StatusCode,
    title: &'static str,
    message: String,
    reference: Option<String>,
) -> HttpResponse {
    let frame = page::frame(app, req);
    let is_missing = status == StatusCode::NOT_FOUND && matches!(*req.method(), Method::GET | Method::HEAD);
    let search = page::person(req).filter(|_| is_missing);
    let search = search.map(|person| if person.role.is_staff() { "/desk" } else { "/port-requests" });
    let home = match frame.viewer {
        Some(_) => Some("Go to your start page"),
        None => (!is_for_strangers(req)).then_some("Sign in"),
    };
    let request = (status == StatusCode::CONFLICT).then(|| request_of(req)).flatten();
    let start = (is_missing && req.path().starts_with(FORM)).then_some(FORM);
    let page = ErrorPage { frame, status: status.as_u16(), title, message, reference, search, request, home, start };
    page.with_status(status).unwrap_or_else(|_| HttpResponse::new(StatusCode::INTERNAL_SERVER_ERROR))
}

/// The way to the port request that an address is about: what became of it is read there.
fn request_of(req: &HttpRequest) -> Option<String> {
    let sid = RequestSid::parse(req.match_info().get("sid")?)?;
    let desk = if req.path().starts_with("/desk/") { "/desk" } else { "" };
    let place = Some(req.query_string()).filter(|it| !desk.is_empty() && !it.is_empty());
    Some(format!("{desk}/port-requests/{sid}{}", place.map(|it| format!("?{it}")).unwrap_or_default()))
}
