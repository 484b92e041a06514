//! Forms that arrive when the session has ended: nothing that was typed is lost.

use actix_web::{
    HttpMessage as _, HttpRequest, HttpResponse,
    cookie::time::Duration,
    dev::{Payload, ServiceRequest},
    http::{Method, header, uri::PathAndQuery},
    web::{Bytes, BytesMut, Data},
};
use futures_util::{StreamExt as _, stream};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{app::App, arriving::Arriving, cookies, error::WebError, flash::see_other, pairs};
use crate::{
    domain::{loa_id::LoaId, pin::is_full_ssn},
    store::{self, StoreError, parked_posts::ParkedPost},
    vault::Token,
};

/// Where a parked form is sent on.
pub const PATH: &str = "/parked";

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
        || path.starts_with("/profile")
        // Whoever signs by a link needs no account, even with the cookie of an old one.
        || (path.starts_with("/sign/r/") && !is_by_link(app, req.request(), &path));
    let is_form = req.content_type().eq_ignore_ascii_case("application/x-www-form-urlencoded");
    // Passwords are not kept, not even sealed: whoever changes one signs in again anyway.
    let is_secret = path == "/profile/password" || path.ends_with("/reveal");
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
    let mut payload = Arriving::new(req.take_payload());
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_cut| {
            WebError::BadRequest("The form did not arrive whole. Go back and send it again.".to_owned())
        })?;
        if pairs::most_bytes(app.house.max_numbers) < body.len() + chunk.len() {
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

/// Whether this browser opened the link to the letter of this address.
fn is_by_link(app: &App, req: &HttpRequest, path: &str) -> bool {
    let letter = path.strip_prefix("/sign/r/").and_then(|rest| rest.split('/').next()).and_then(LoaId::parse);
    letter.is_some_and(|letter| cookies::read(app, req, &cookies::signing(&letter)).is_some())
}

/// A parked form that is being sent on.
pub struct Replayed {
    token: Token,
    post: ParkedPost,
}

/// Makes of "Continue" the form that waits for this person, taken out so that it is sent on once. What was typed never
/// goes through the browser again.
pub async fn replay(app: &Data<App>, req: &mut ServiceRequest, person: i64) -> Result<Option<Replayed>, WebError> {
    if *req.method() != Method::POST || req.path() != PATH {
        return Ok(None);
    }
    let Some(cookie) = cookies::read(app, req.request(), cookies::PARKED) else { return Ok(None) };
    let (token, now) = (Token::from_client(&cookie), app.clock.now());
    let wanted = token.clone();
    let found = app.store.write(move |conn| store::parked_posts::take(conn, &wanted, person, now)).await;
    let post = match found {
        Ok(post) => post,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let body = Bytes::from(app.house.vault.open(PLACE, &post.body).map_err(WebError::internal)?);
    let mut parts = req.uri().clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(post.path.as_str()).map_err(WebError::internal)?);
    let uri = actix_web::http::Uri::from_parts(parts).map_err(WebError::internal)?;
    req.match_info_mut().get_mut().update(&uri);
    req.head_mut().uri = uri;
    let form = header::HeaderValue::from_static("application/x-www-form-urlencoded");
    req.headers_mut().insert(header::CONTENT_TYPE, form);
    req.set_payload(Payload::from(stream::once(async { Ok(body) }).boxed_local()));
    Ok(Some(Replayed { token, post }))
}

impl Replayed {
    /// Ends a replay: the form waits on if we failed.
    pub async fn settle(self, app: &Data<App>, response: &mut HttpResponse) {
        if !response.status().is_server_error() {
            let gone = response.add_cookie(&cookies::removal(app, cookies::PARKED));
            if gone.is_err() {
                tracing::warn!("the cookie of a parked form could not be removed");
            }
            return;
        }
        let Self { token, post } = self;
        let kept = app.store.write(move |conn| {
            store::parked_posts::add(conn, &token, post.user_id, &post.path, &post.body, post.created_at)
        });
        if let Err(error) = kept.await {
            tracing::error!(%error, "a form that could not be sent on was lost");
        }
    }
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
