//! Changing one's own password.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::{
    domain::findings::Findings,
    services::{
        people,
        sign_in::{Asker, SignInError},
    },
    web::{
        app::App,
        error::WebResult,
        extract::SignedIn,
        flash::see_other_with,
        form::Form,
        frame::{Frame, Notice},
        new_password,
        page::{self, Page as _},
        pages::sign_in::{Refused, prove},
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
pub async fn save(who: SignedIn, app: Data<App>, req: HttpRequest, pairs: Pairs) -> WebResult<HttpResponse> {
    let mut findings = Findings::default();
    if pairs.get("current").is_empty() {
        findings.error("current", "Enter your current password");
    }
    let about = vec![who.person.name.clone(), who.person.email.clone()];
    let password = new_password::checked(&app, &pairs, about, &mut findings).await?;
    let (Some(password), true) = (password, findings.is_empty()) else {
        return refuse(&app, &req, &who, findings, StatusCode::UNPROCESSABLE_ENTITY);
    };
    // Asked like at sign-in, so that a borrowed session cannot guess it either.
    let asker = Asker::Session(who.session.id);
    match prove(&app, who.person.email.clone(), pairs.get("current").to_owned(), asker).await {
        Ok((attempt, user)) => {
            app.store.write(move |conn| attempt.forgive(conn)).await?;
            let hash = new_password::hash(&app, password).await?;
            let now = app.clock.now();
            app.store.write(move |conn| people::change_password(conn, &user, &who.session, &hash, now)).await?;
            let notice = Notice::ok("Your password is changed. You are signed out everywhere else");
            see_other_with(&app, "/profile", &notice)
        }
        Err(refused) => {
            match &refused {
                Refused::SignIn(SignInError::Wrong) => findings.error("current", "That is not your current password"),
                told => findings.error("current", told),
            }
            refused.answer(|status| refuse(&app, &req, &who, findings, status))
        }
    }
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
