//! Signing in.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Query},
};
use askama::Template;
use serde::Deserialize;

use super::home;
use crate::{
    domain::{contact::EmailAddress, findings::Findings},
    services::{
        house::House,
        sign_in::{self, SignInError},
    },
    store::{StoreError, users::User},
    web::{
        app::App,
        cookies,
        error::{WebError, WebResult},
        extract::Client,
        flash::see_other,
        form::Form,
        frame::Frame,
        page::{self, Page as _},
        pairs::Pairs,
    },
};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    frame: Frame,
    form: Form,
    next: String,
}

/// Where the person wanted to go.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    next: String,
}

/// GET /sign-in
pub async fn show(app: Data<App>, req: HttpRequest, wanted: Query<Wanted>) -> WebResult<HttpResponse> {
    let next = own_path(&wanted.next).to_owned();
    SignInPage { frame: page::frame(&app, &req), form: Form::default(), next }.ok()
}

/// POST /sign-in
pub async fn save(app: Data<App>, req: HttpRequest, client: Client, pairs: Pairs) -> WebResult<HttpResponse> {
    let next = own_path(pairs.get("next")).to_owned();
    let (email, password) = match check(&pairs) {
        Ok(checked) => checked,
        Err(findings) => return refuse(&app, &req, &pairs, findings, StatusCode::UNPROCESSABLE_ENTITY),
    };
    match sign_in(&app, email, password, client.0).await {
        Ok((user, cookie)) => {
            let to = if next.is_empty() { home::path_of(&user.person()) } else { &next };
            let mut response = see_other(to);
            response.add_cookie(&cookie).map_err(WebError::internal)?;
            Ok(response)
        }
        Err(error @ (SignInError::Wrong | SignInError::TooMany(_))) => {
            let status = match error {
                SignInError::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let mut findings = Findings::default();
            findings.error("email", error);
            refuse(&app, &req, &pairs, findings, status)
        }
        Err(SignInError::Store(error)) => Err(error.into()),
    }
}

fn check(pairs: &Pairs) -> Result<(String, String), Findings> {
    let mut findings = Findings::default();
    let email = pairs.trimmed("email");
    if email.is_empty() {
        findings.error("email", "Enter your email address");
    } else if EmailAddress::parse(email).is_err() {
        findings.error("email", "Enter an email address in the correct format, like name@example.com");
    }
    if pairs.get("password").is_empty() {
        findings.error("password", "Enter your password");
    }
    if findings.is_empty() { Ok((email.to_owned(), pairs.get("password").to_owned())) } else { Err(findings) }
}

async fn sign_in(
    app: &Data<App>,
    email: String,
    password: String,
    client: String,
) -> Result<(User, actix_web::cookie::Cookie<'static>), SignInError> {
    let now = app.clock.now();
    let (house, address, from) = (app.house.clone(), email.clone(), client.clone());
    let user = app.store.read(move |conn| sign_in::look_up(conn, &house, &address, &from, now)).await?;
    let (house, known) = (app.house.clone(), user.clone());
    let right = verified(house, known, password).await?;
    let house = app.house.clone();
    let Some(user) = user.filter(|_| right) else {
        app.store.write(move |conn| sign_in::note_wrong(conn, &house, &email, &client, now)).await?;
        return Err(SignInError::Wrong);
    };
    let signed_in = user.clone();
    let token = app.store.write(move |conn| sign_in::begin(conn, &house, &signed_in, &client, now)).await?;
    Ok((user, cookies::make(app, cookies::SESSION, token.reveal(), None)))
}

/// Verifies on the blocking pool, with no connection held: it takes tens of milliseconds.
async fn verified(house: std::sync::Arc<House>, user: Option<User>, password: String) -> Result<bool, StoreError> {
    let work = move || sign_in::is_right(&house, user.as_ref(), &password);
    actix_web::web::block(work).await.map_err(|_stopped| StoreError::Stopped)
}

fn refuse(
    app: &App,
    req: &HttpRequest,
    pairs: &Pairs,
    findings: Findings,
    status: StatusCode,
) -> WebResult<HttpResponse> {
    // The address stays, the password does not.
    let kept = vec![("email".to_owned(), pairs.get("email").to_owned())];
    let mut frame = page::frame(app, req);
    frame.errors = true;
    let next = own_path(pairs.get("next")).to_owned();
    SignInPage { frame, form: Form::new(kept, findings), next }.with_status(status)
}

/// A path on this site, or nothing: no other site is ever redirected to.
fn own_path(text: &str) -> &str {
    let own = text.starts_with('/') && !text.starts_with("//") && !text.contains(['\\', '\r', '\n', '\t']);
    if own { text } else { "" }
}
