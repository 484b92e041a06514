//! Making the first admin of a new desk, behind the link that the server prints.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use super::{dead_link, home};
use crate::{
    domain::{
        contact::{EmailAddress, EmailError, NameOf, parse_name},
        findings::Findings,
    },
    services::{links, people::PeopleError},
    store::{StoreError, links::LinkPurpose},
    vault::Token,
    web::{
        app::App,
        entry,
        error::WebResult,
        form::Form,
        frame::{Frame, Notice},
        new_password,
        page::{self, Page as _},
        pairs::Pairs,
    },
};

#[derive(Template)]
#[template(path = "first_admin.html")]
struct FirstAdminPage {
    frame: Frame,
    form: Form,
}

async fn open(app: &App, token: &Token) -> Result<(), StoreError> {
    let (token, now) = (token.clone(), app.clock.now());
    app.store.read(move |conn| links::open(conn, LinkPurpose::FirstAdmin, &token, now)).await.map(|_open| ())
}

/// GET /first-admin/{token}
pub async fn show(app: Data<App>, req: HttpRequest, token: Path<String>) -> WebResult<HttpResponse> {
    match open(&app, &Token::from_client(&token)).await {
        Ok(()) => FirstAdminPage { frame: page::frame(&app, &req), form: Form::default() }.ok(),
        Err(error) => dead_link::answer(&app, &req, error),
    }
}

/// POST /first-admin/{token}
pub async fn save(app: Data<App>, req: HttpRequest, token: Path<String>, pairs: Pairs) -> WebResult<HttpResponse> {
    let token = Token::from_client(&token);
    if let Err(error) = open(&app, &token).await {
        return dead_link::answer(&app, &req, error);
    }
    let (name, email, hash) = match check(&app, &pairs).await? {
        Ok(checked) => checked,
        Err(findings) => return refuse(&app, &req, &pairs, findings),
    };
    let now = app.clock.now();
    let made = app.store.write(move |conn| links::make_first_admin(conn, &token, &email, &name, &hash, now)).await;
    match made {
        Ok((user, session)) => {
            let notice = Notice::ok(format!("Welcome to {}. Add your first account", app.house.brand.name));
            entry::enter(&app, &req, (&user, &session), home::path_of(&user.person()), Some(&notice))
        }
        Err(PeopleError::Store(error)) => dead_link::answer(&app, &req, dead_link::as_missing(error)),
        Err(told) => {
            let mut findings = Findings::default();
            findings.error("email", told);
            refuse(&app, &req, &pairs, findings)
        }
    }
}

type Checked = (String, EmailAddress, String);

async fn check(app: &Data<App>, pairs: &Pairs) -> WebResult<Result<Checked, Findings>> {
    let mut findings = Findings::default();
    let name = match pairs.trimmed("name") {
        "" => findings.take("name", Err("Enter your name")),
        typed => findings.take("name", parse_name(NameOf::User, typed)),
    };
    let email = match EmailAddress::parse(pairs.get("email")) {
        Err(EmailError::Missing) => findings.take("email", Err("Enter your email address")),
        parsed => findings.take("email", parsed),
    };
    let about = vec![pairs.get("name").to_owned(), pairs.get("email").to_owned()];
    let password = new_password::checked(app, pairs, about, &mut findings).await?;
    Ok(match (name, email, password) {
        (Some(name), Some(email), Some(password)) => Ok((name, email, new_password::hash(app, password).await?)),
        _ => Err(findings),
    })
}

fn refuse(app: &App, req: &HttpRequest, pairs: &Pairs, findings: Findings) -> WebResult<HttpResponse> {
    let mut frame = page::frame(app, req);
    frame.errors = true;
    let kept = ["name", "email"].map(|field| (field.to_owned(), pairs.get(field).to_owned()));
    FirstAdminPage { frame, form: Form::new(kept.to_vec(), findings) }.unprocessable()
}
