//! Changing one's own password.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::{
    domain::findings::Findings,
    services::{people, sign_in::SignInError},
    store::StoreError,
    web::{
        app::App,
        error::WebResult,
        extract::{Client, SignedIn},
        flash::see_other_with,
        form::Form,
        frame::{Frame, Notice},
        new_password,
        page::{self, Page as _},
        pages::sign_in::prove,
        pairs::Pairs,
    },
};

#[derive(Template)]
#[template(path = "profile/password.html")]
struct PasswordPage {
    frame: Frame,
    form: Form,
    email: String,
}

/// GET /profile/password
pub async fn show(who: SignedIn, app: Data<App>, req: HttpRequest) -> WebResult<HttpResponse> {
    PasswordPage { frame: page::frame(&app, &req), form: Form::default(), email: who.person.email }.ok()
}

/// POST /profile/password
pub async fn save(
    who: SignedIn,
    app: Data<App>,
    req: HttpRequest,
    client: Client,
    pairs: Pairs,
) -> WebResult<HttpResponse> {
    let refuse = |field: &str, told: &dyn std::fmt::Display, status| {
        let mut findings = Findings::default();
        findings.error(field, told);
        refuse(&app, &req, &who, findings, status)
    };
    if pairs.get("current").is_empty() {
        return refuse("current", &"Enter your current password", StatusCode::UNPROCESSABLE_ENTITY);
    }
    let about = vec![who.person.name.clone(), who.person.email.clone()];
    let hash = match new_password::chosen(&app, &pairs, about).await? {
        Ok(hash) => hash,
        Err(error) => {
            let mut findings = Findings::default();
            new_password::note(&mut findings, &error);
            return self::refuse(&app, &req, &who, findings, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    match change(&app, &who, pairs.get("current").to_owned(), client.0, hash).await {
        Ok(()) => see_other_with(
            &app,
            "/profile",
            &Notice::ok("Your password is changed. You are signed out everywhere else"),
        ),
        Err(SignInError::Store(error)) => Err(error.into()),
        Err(SignInError::Wrong) => {
            refuse("current", &"That is not your current password", StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(told @ SignInError::TooMany(_)) => refuse("current", &told, StatusCode::TOO_MANY_REQUESTS),
    }
}

/// The current password is asked like at sign-in, so that a borrowed session cannot guess it either.
async fn change(
    app: &Data<App>,
    who: &SignedIn,
    current: String,
    client: String,
    hash: String,
) -> Result<(), SignInError> {
    let (attempt, user) = prove(app, who.person.email.clone(), current, client).await?;
    let (house, now, session) = (app.house.clone(), app.clock.now(), who.session.id);
    app.store
        .write(move |conn| {
            attempt.forgive(conn, &house, &user)?;
            people::change_password(conn, &user.person(), session, &hash, now)
        })
        .await
        .map_err(|error: StoreError| error.into())
}

fn refuse(
    app: &App,
    req: &HttpRequest,
    who: &SignedIn,
    findings: Findings,
    status: StatusCode,
) -> WebResult<HttpResponse> {
    let mut frame = page::frame(app, req);
    frame.errors = true;
    let form = Form::new(Vec::new(), findings);
    PasswordPage { frame, form, email: who.person.email.clone() }.with_status(status)
}
