//! Adding an account.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use crate::{
    domain::{
        contact::{NameOf, parse_name},
        findings::Findings,
        people::Admin,
    },
    services::accounts::{self, AccountError},
    store::submit_tokens,
    vault::Token,
    web::{
        app::App,
        error::WebResult,
        flash::see_other_with,
        form::Form,
        frame::{Frame, Notice},
        page::{self, Page as _},
        pairs::Pairs,
    },
};

#[derive(Template)]
#[template(path = "admin/accounts/new.html")]
struct NewAccountPage {
    frame: Frame,
    form: Form,
    token: String,
    /// The name that another account has, once the admin was told.
    same_name: String,
}

/// GET /admin/accounts/new
pub async fn show(_admin: Admin, app: Data<App>, req: HttpRequest) -> WebResult<HttpResponse> {
    let token = Token::new().reveal().to_owned();
    NewAccountPage { frame: page::frame(&app, &req), form: Form::default(), token, same_name: String::new() }.ok()
}

/// POST /admin/accounts/new
pub async fn save(admin: Admin, app: Data<App>, req: HttpRequest, pairs: Pairs) -> WebResult<HttpResponse> {
    let mut findings = Findings::default();
    let name = findings.take("name", parse_name(NameOf::Account, pairs.get("name")));
    let token = pairs.get("token").to_owned();
    let Some(name) = name else { return again(&app, &req, pairs, findings, "") };
    let notice = Notice::ok(format!("{name} added. Now add its locations and invite its owner"));
    let (now, typed, told) = (app.clock.now(), name.clone(), pairs.get("same_name").to_owned());
    let add = move |conn: &mut _| {
        submit_tokens::once(conn, &token, now, |conn| {
            let id = accounts::add(conn, &admin, &name, &told, now)?;
            Ok::<_, AccountError>(format!("/admin/accounts/{id}"))
        })
    };
    match app.store.write(add).await {
        Ok(path) => see_other_with(&app, &path, &notice),
        Err(AccountError::Store(error)) => Err(error.into()),
        Err(told @ AccountError::SameName(_)) => {
            findings.warn("name", told);
            again(&app, &req, pairs, findings, &typed)
        }
    }
}

fn again(app: &App, req: &HttpRequest, pairs: Pairs, findings: Findings, same_name: &str) -> WebResult<HttpResponse> {
    let token = pairs.get("token").to_owned();
    let form = Form::new(pairs.into_vec(), findings);
    let mut frame = page::frame(app, req);
    frame.errors = form.has_errors();
    NewAccountPage { frame, form, token, same_name: same_name.to_owned() }.unprocessable()
}
