//! Asking for a link to choose a new password.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Query},
};
use askama::Template;
use serde::Deserialize;

use crate::{
    domain::{
        contact::{EmailAddress, EmailError},
        findings::Findings,
    },
    services::links,
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

#[derive(Template)]
#[template(path = "password_resets/new.html")]
struct NewResetPage {
    frame: Frame,
    form: Form,
    asked: bool,
}

/// Whether the link was just asked for.
#[derive(Deserialize)]
pub struct Asked {
    asked: Option<String>,
}

/// GET /password-resets/new
pub async fn show(app: Data<App>, req: HttpRequest, asked: Query<Asked>) -> WebResult<HttpResponse> {
    NewResetPage { frame: page::frame(&app, &req), form: Form::default(), asked: asked.asked.is_some() }.ok()
}

/// POST /password-resets/new
pub async fn save(app: Data<App>, req: HttpRequest, client: Client, pairs: Pairs) -> WebResult<HttpResponse> {
    let mut findings = Findings::default();
    let email = match EmailAddress::parse(pairs.get("email")) {
        Err(EmailError::Missing) => findings.take("email", Err("Enter your email address")),
        parsed => findings.take("email", parsed),
    };
    let Some(email) = email else {
        let mut frame = page::frame(&app, &req);
        frame.errors = true;
        return NewResetPage { frame, form: Form::new(pairs.into_vec(), findings), asked: false }.unprocessable();
    };
    let (house, now) = (app.house.clone(), app.clock.now());
    let network = client.network();
    uniform(app.store.write(move |conn| links::ask_for_reset(conn, &house, email.as_str(), &network, now))).await?;
    // The same for every address, so that nobody learns which ones have an account.
    Ok(see_other("/password-resets/new?asked=yes"))
}
