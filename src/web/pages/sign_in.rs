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
    domain::{
        contact::{EmailAddress, EmailError},
        findings::Findings,
    },
    services::sign_in::{self, Asker, Attempt, SignInError},
    store::{Conn, StoreError, users::User},
    vault::Token,
    web::{
        app::App,
        entry,
        error::WebResult,
        extract::Client,
        form::Form,
        frame::Frame,
        hashers::{self, HashersError},
        page::{self, Page as _, retry_after},
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
    let email = match check(&pairs) {
        Ok(email) => email,
        Err(findings) => return refuse(&app, &req, &pairs, findings, StatusCode::UNPROCESSABLE_ENTITY),
    };
    match sign_in(&app, &req, email, pairs.get("password").to_owned(), client.network()).await {
        Ok((user, session)) => {
            let to = if next.is_empty() { home::path_of(&user.person()) } else { &next };
            entry::enter(&app, &req, (&user, &session), to, None)
        }
        Err(refused) => {
            let mut findings = Findings::default();
            findings.error("email", &refused);
            refused.answer(|status| refuse(&app, &req, &pairs, findings, status))
        }
    }
}

fn check(pairs: &Pairs) -> Result<String, Findings> {
    let mut findings = Findings::default();
    let email = match EmailAddress::parse(pairs.get("email")) {
        Err(EmailError::Missing) => findings.take("email", Err("Enter your email address")),
        parsed => findings.take("email", parsed),
    };
    if pairs.get("password").is_empty() {
        findings.error("password", "Enter your password");
    }
    match email {
        Some(email) if findings.is_empty() => Ok(email.as_str().to_owned()),
        _ => Err(findings),
    }
}

async fn sign_in(
    app: &Data<App>,
    req: &HttpRequest,
    email: String,
    password: String,
    client: String,
) -> Result<(User, Token), Refused> {
    let now = app.clock.now();
    let asker = Asker::Visitor { client, marks: entry::marks(app, req) };
    let (attempt, user) = prove(app, email, password, asker).await?;
    let browser = entry::browser(app, req, &user);
    let house = app.house.clone();
    let begin = move |conn: &mut Conn| {
        attempt.forgive(conn)?;
        let session = sign_in::begin(conn, &house, &user, &browser, now)?;
        Ok::<_, StoreError>((user, session))
    };
    Ok(app.store.write(begin).await?)
}

/// Why nobody was proved to be who they say.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error(transparent)]
    SignIn(#[from] SignInError),
    #[error(transparent)]
    Hashers(#[from] HashersError),
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        SignInError::Store(error).into()
    }
}

impl Refused {
    /// Answers with a form that tells it, under the right status and with how long to wait.
    pub fn answer(self, form: impl FnOnce(StatusCode) -> WebResult<HttpResponse>) -> WebResult<HttpResponse> {
        match self {
            Self::SignIn(SignInError::Store(error)) | Self::Hashers(HashersError::Store(error)) => Err(error.into()),
            Self::SignIn(SignInError::Wrong) => form(StatusCode::UNPROCESSABLE_ENTITY),
            Self::SignIn(SignInError::TooMany(minutes)) => {
                Ok(retry_after(form(StatusCode::TOO_MANY_REQUESTS)?, minutes * 60))
            }
            Self::Hashers(HashersError::Busy) => {
                Ok(retry_after(form(StatusCode::SERVICE_UNAVAILABLE)?, hashers::COME_BACK_SECONDS))
            }
        }
    }
}

/// Counts a try and verifies the password when its turn comes, with no connection held meanwhile.
pub async fn prove(app: &Data<App>, email: String, password: String, asker: Asker) -> Result<(Attempt, User), Refused> {
    let (house, now) = (app.house.clone(), app.clock.now());
    let attempt = app.store.write(move |conn| sign_in::attempt(conn, &house, &email, &asker, now)).await?;
    let (house, tried) = (app.house.clone(), attempt.clone());
    let verified = app.hashers.run(move || tried.verify(&house, &password).cloned()).await;
    match verified {
        Ok(user) => Ok((attempt, user?)),
        Err(busy) => {
            app.store.write(move |conn| attempt.withdraw(conn)).await?;
            Err(busy.into())
        }
    }
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
    let is_plain = text.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    let own = text.starts_with('/') && !text.starts_with("//") && is_plain;
    if own { text } else { "" }
}
