//! What happens around every handler: same origin, session, error pages, headers.

use actix_web::{
    Error, HttpMessage as _, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, StatusCode, header},
    middleware::Next,
    web::Data,
};

use super::{
    app::App,
    cookies,
    error::WebError,
    frame::ErrorPage,
    log,
    page::{self, Page as _},
    parked::{self, Replayed},
};
use crate::{
    domain::request_sid::RequestSid,
    store::{self, sessions::Session},
    vault::Token,
};

/// What a browser may load and do on our pages: only what comes from here.
const CONTENT_SECURITY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; \
    connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Guards a request and dresses its answer.
pub async fn around(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let app = req.app_data::<Data<App>>().cloned().expect("the server is built with its application");
    let replayed = match admit(&app, &mut req).await {
        Ok(replayed) => replayed,
        Err(refusal) => {
            let http = req.request().clone();
            let response = answer(&app, &http, &refusal);
            return Ok(ServiceResponse::new(http.clone(), dress(&app, &http, response)));
        }
    };
    // The request must not be cloned before it is routed, so what comes back is dressed with the one in the answer.
    let (http, response) = next.call(req).await?.map_into_boxed_body().into_parts();
    let mut response = match response.error() {
        Some(error) => match error.as_error::<WebError>() {
            Some(error) => answer(&app, &http, error),
            None => answer_foreign(&app, &http, error),
        },
        None => response,
    };
    if let Some(replayed) = replayed {
        replayed.settle(&app, &mut response).await;
    }
    Ok(ServiceResponse::new(http.clone(), dress(&app, &http, response)))
}

async fn admit(app: &Data<App>, req: &mut ServiceRequest) -> Result<Option<Replayed>, WebError> {
    if is_bare(req.path()) {
        return Ok(None);
    }
    let is_unsafe = !matches!(*req.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if is_unsafe && !is_same_origin(app, req.request()) {
        return Err(WebError::OtherOrigin);
    }
    let Some(cookie) = cookies::read(app, req.request(), cookies::SESSION) else { return Ok(None) };
    let (token, now) = (Token::from_client(&cookie), app.clock.now());
    let wanted = token.clone();
    match app.store.read(move |conn| store::sessions::find(conn, &wanted, now)).await? {
        Some(session) => {
            if session.stale {
                let seen = session.clone();
                app.store.write(move |conn| store::sessions::touch(conn, &seen, now)).await?;
            }
            let person = session.person.id;
            req.extensions_mut().insert(session.person.clone());
            req.extensions_mut().insert::<Session>(session);
            parked::replay(app, req, person).await
        }
        None if is_unsafe => parked::park(app, req, &token).await.map(|()| None),
        None => Ok(None),
    }
}

/// Addresses that need no session: machines ask for them often.
pub(super) fn is_bare(path: &str) -> bool {
    path.starts_with("/static/") || path == "/healthz" || path == "/readyz"
}

/// Whether an unsafe request comes from one of our own pages (decision E7).
fn is_same_origin(app: &App, req: &HttpRequest) -> bool {
    let text = |name: &str| req.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        if site == "same-origin" {
            return true;
        }
    } else if text("origin").is_none() {
        // Programs send neither; they may only do what needs no cookie.
        return req.headers().get(header::COOKIE).is_none();
    }
    let Some(origin) = text("origin") else { return false };
    let host = text("host").unwrap_or_default();
    origin == app.origin || origin == format!("http://{host}") || origin == format!("https://{host}")
}

fn answer(app: &Data<App>, req: &HttpRequest, error: &WebError) -> HttpResponse {
    if matches!(error, WebError::SignInFirst) {
        return parked::to_sign_in(app, req);
    }
    let (status, reference) = match error {
        WebError::Internal(cause) | WebError::Unavailable(cause) => {
            (error_status(error), Some(log_once(req, cause.as_ref())))
        }
        other => (error_status(other), None),
    };
    error_page(app, req, status, &error.to_string(), reference)
}

fn error_status(error: &WebError) -> StatusCode {
    actix_web::ResponseError::status_code(error)
}

/// Errors of actix itself: a path that does not parse, a method that a path does not have.
fn answer_foreign(app: &App, req: &HttpRequest, error: &Error) -> HttpResponse {
    let status = error.as_response_error().status_code();
    if status.is_server_error() {
        tracing::error!(cause = %error, "request failed");
        let reference = log::reference(req);
        return error_page(app, req, status, "There is a problem with the service", Some(reference));
    }
    error_page(app, req, status, "The request could not be read", None)
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

fn error_page(app: &App, req: &HttpRequest, status: StatusCode, told: &str, reference: Option<String>) -> HttpResponse {
    let (title, message) = words(status, told);
    let mut ways = vec![("/".to_owned(), "Go to your start page".to_owned())];
    if status == StatusCode::CONFLICT {
        ways.splice(..0, request_of(req));
    }
    let page = ErrorPage { frame: page::frame(app, req), status: status.as_u16(), title, message, reference, ways };
    page.with_status(status).unwrap_or_else(|_| HttpResponse::new(StatusCode::INTERNAL_SERVER_ERROR))
}

/// The way to the port request that an address is about: what became of it is read there.
fn request_of(req: &HttpRequest) -> Option<(String, String)> {
    let sid = RequestSid::parse(req.match_info().get("sid")?)?;
    let desk = if req.path().starts_with("/desk/") { "/desk" } else { "" };
    let place = Some(req.query_string()).filter(|it| !desk.is_empty() && !it.is_empty());
    let href = format!("{desk}/port-requests/{sid}{}", place.map(|it| format!("?{it}")).unwrap_or_default());
    Some((href, "Open the request".to_owned()))
}

fn words(status: StatusCode, told: &str) -> (String, String) {
    let (title, message) = match status {
        StatusCode::NOT_FOUND => (
            "Page not found",
            "Check the address. If you followed a link to a request, it may belong to another account, or the draft was deleted.",
        ),
        StatusCode::CONFLICT => ("This was changed meanwhile", told),
        StatusCode::PAYLOAD_TOO_LARGE => ("That is too large", told),
        StatusCode::FORBIDDEN => ("You do not have access to this page", told),
        StatusCode::TOO_MANY_REQUESTS => ("Too many tries", told),
        StatusCode::METHOD_NOT_ALLOWED => ("Page not found", "This address does not take that kind of request."),
        StatusCode::SERVICE_UNAVAILABLE => (
            "The service is not available right now",
            "What was saved is safe. Wait a minute, then try again. If it stays so, tell us the reference below.",
        ),
        status if status.is_server_error() => (
            "There is a problem with the service",
            "What was saved is safe. Try again in a few minutes. If it stays so, tell us the reference below.",
        ),
        _ => ("The request could not be read", told),
    };
    (title.to_owned(), message.to_owned())
}

fn dress(app: &App, req: &HttpRequest, mut response: HttpResponse) -> HttpResponse {
    page::clear_notice(app, req, &mut response);
    let headers = response.headers_mut();
    let mut default = |name: header::HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, header::HeaderValue::from_static(value));
        }
    };
    default(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY);
    default(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(header::REFERRER_POLICY, "same-origin");
    default(header::CACHE_CONTROL, "private, no-store");
    if app.secure {
        default(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}
