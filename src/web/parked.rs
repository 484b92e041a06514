//! Forms that arrive when the session has ended: nothing that was typed is lost.

use actix_web::{
    HttpMessage as _, HttpRequest, HttpResponse,
    cookie::time::Duration,
    dev::ServiceRequest,
    http::Method,
    web::{BytesMut, Data},
};
use futures_util::StreamExt as _;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{app::App, cookies, error::WebError, flash::see_other, pairs};
use crate::{domain::pin::is_full_ssn, store, vault::Token};

/// Sealed texts of parked forms are bound to this place.
const PLACE: &str = "parked_posts.body";

/// Token of a form that was just parked, on its way to the cookie.
struct Parked(Token);

/// Keeps a plain form for an hour and asks to sign in. Forms of sign-in itself go on as they are.
pub async fn park(app: &Data<App>, req: &mut ServiceRequest, session: &Token) -> Result<(), WebError> {
    let path = req.path().to_owned();
    let is_ours = path.starts_with("/port-requests")
        || path.starts_with("/desk")
        || path.starts_with("/locations")
        || path.starts_with("/admin")
        || path.starts_with("/profile");
    let is_form = req.content_type().eq_ignore_ascii_case("application/x-www-form-urlencoded");
    // Passwords are not kept, not even sealed: whoever changes one signs in again anyway.
    let is_secret = path == "/profile/password";
    if !is_ours || is_secret || *req.method() != Method::POST || !is_form {
        return Ok(());
    }
    if is_background(req.request()) {
        return Err(WebError::SignInFirst);
    }
    let session = session.clone();
    // Only a cookie that was once ours may keep something here, and only its owner gets it back.
    let Some(user) = app.store.read(move |conn| store::sessions::user_of_expired(conn, &session)).await? else {
        return Ok(());
    };
    let mut payload = req.take_payload();
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_cut| {
            WebError::BadRequest("The form did not arrive whole. Go back and send it again.".to_owned())
        })?;
        if pairs::MOST_BYTES < body.len() + chunk.len() {
            return Err(WebError::SignInFirst);
        }
        body.extend_from_slice(&chunk);
    }
    let token = Token::new();
    let sealed = app.house.vault.seal(PLACE, &without_full_ssn(&body)?);
    let (kept, now) = (token.clone(), app.clock.now());
    app.store.write(move |conn| store::parked_posts::add(conn, &kept, Some(user), &path, &sealed, now)).await?;
    req.extensions_mut().insert(Parked(token));
    Err(WebError::SignInFirst)
}

/// Opens the body of a parked form.
pub fn open(app: &App, sealed: &[u8]) -> Result<pairs::Pairs, WebError> {
    let body = app.house.vault.open(PLACE, sealed).map_err(WebError::internal)?;
    pairs::Pairs::decode(&body)
}

/// Whether our script sent this beside the page, and nobody would see where it leads.
fn is_background(req: &HttpRequest) -> bool {
    req.headers().contains_key("x-background")
}

/// Drops full Social Security numbers out of PIN fields: they are never stored, not even sealed.
fn without_full_ssn(body: &[u8]) -> Result<Vec<u8>, WebError> {
    let mut pairs = pairs::Pairs::decode(body)?.into_vec();
    for (name, value) in &mut pairs {
        if name.contains("pin") && is_full_ssn(value) {
            value.clear();
        }
    }
    serde_urlencoded::to_string(&pairs).map(String::into_bytes).map_err(WebError::internal)
}

/// Sends to the sign-in page, and afterwards back to where the person wanted to go.
pub fn to_sign_in(app: &Data<App>, req: &HttpRequest) -> HttpResponse {
    if is_background(req) {
        // The script says "Not saved"; a redirect would end at a page that looks like success.
        return HttpResponse::Unauthorized().finish();
    }
    let parked = req.extensions().get::<Parked>().map(|Parked(token)| token.clone());
    let next = match (&parked, req.method()) {
        (Some(_), _) => "/parked".to_owned(),
        (None, &Method::GET) => req.uri().path_and_query().map_or("/", |it| it.as_str()).to_owned(),
        // An upload cannot be parked; the person comes back to the page from which they sent it.
        (None, _) => referring_path(req).unwrap_or_else(|| "/".to_owned()),
    };
    let mut response = see_other(&format!("/sign-in?next={}", utf8_percent_encode(&next, NON_ALPHANUMERIC)));
    if let Some(token) = parked {
        let cookie = cookies::make(app, cookies::PARKED, token.reveal(), Some(Duration::hours(1)));
        if response.add_cookie(&cookie).is_err() {
            tracing::warn!("the cookie of a parked form could not be written");
        }
    }
    response
}

/// Path of the page of ours from which a form was sent.
fn referring_path(req: &HttpRequest) -> Option<String> {
    let referrer = url::Url::parse(req.headers().get("referer")?.to_str().ok()?).ok()?;
    let host = req.headers().get("host")?.to_str().ok()?;
    let shown = referrer.port().map_or_else(
        || referrer.host_str().unwrap_or_default().to_owned(),
        |port| format!("{}:{port}", referrer.host_str().unwrap_or_default()),
    );
    (shown == host).then(|| referrer.path().to_owned())
}
