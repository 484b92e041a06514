//! What happens around every handler: same origin, session, error pages, headers.

use actix_web::{
    Error, HttpMessage as _, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{ConnectionType, Method, header},
    middleware::Next,
    web::Data,
};

use super::{
    app::App,
    connections, cookies,
    error::WebError,
    error_page, page,
    parked::{self, Replayed},
};
use crate::{
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
            let response = error_page::answer(&app, &http, &refusal);
            return Ok(ServiceResponse::new(http.clone(), dress(&app, &http, response)));
        }
    };
    // The request must not be cloned before it is routed, so what comes back is dressed with the one in the answer.
    let (http, response) = next.call(req).await?.map_into_boxed_body().into_parts();
    let mut response = match response.error() {
        Some(error) => match error.as_error::<WebError>() {
            Some(error) => error_page::answer(&app, &http, error),
            None => error_page::answer_foreign(&app, &http, error),
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
    match app.store.read_row(move |conn| store::sessions::find(conn, &wanted, now)).await? {
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

fn dress(app: &App, req: &HttpRequest, mut response: HttpResponse) -> HttpResponse {
    page::clear_notice(app, req, &mut response);
    let is_signed_in = req.extensions().contains::<Session>();
    if !connections::stays(req, is_signed_in) {
        response.head_mut().set_connection_type(ConnectionType::Close);
    }
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
    // Pages behind a secret in their address, or about one letter, are for no catalog.
    if ["/sign/", "/verify", "/status/", "/confirm/", "/manual-port-requests/"]
        .iter()
        .any(|private| req.path().starts_with(private))
    {
        default(header::HeaderName::from_static("x-robots-tag"), "noindex, nofollow");
    }
    if app.secure {
        default(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}
