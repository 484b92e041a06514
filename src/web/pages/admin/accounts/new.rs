//! Adding an account.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use crate::{
    domain::{
        contact::{NameOf, parse_name},
        findings::Findings,
        people::Admin,
    },
    services::accounts,
    store::{StoreError, submit_tokens},
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
}

/// GET /admin/accounts/new
pub async fn show(_admin: Admin, app: Data<App>, req: HttpRequest) -> WebResult<HttpResponse> {
    let token = Token::new().reveal().to_owned();
    NewAccountPage { frame: page::frame(&app, &req), form: Form::default(), token }.ok()
}

/// POST /admin/accounts/new
pub async fn save(admin: Admin, app: Data<App>, req: HttpRequest, pairs: Pairs) -> WebResult<HttpResponse> {
    let mut findings = Findings::default();
    let name = findings.take("name", parse_name(NameOf::Account, pairs.get("name")));
    let token = pairs.get("token").to_owned();
    let Some(name) = name else {
        let mut frame = page::frame(&app, &req);
        frame.errors = true;
        return NewAccountPage { frame, form: Form::new(pairs.into_vec(), findings), token }.unprocessable();
    };
    let notice = Notice::ok(format!("{name} added. Now add its locations and invite its owner"));
    let now = app.clock.now();
    let add = move |conn: &mut _| {
        submit_tokens::once(conn, &token, now, |conn| {
            let id = accounts::add(conn, &admin, &name, now)?;
            Ok::<_, StoreError>(format!("/admin/accounts/{id}"))
        })
    };
    let path = app.store.write(add).await?;
    see_other_with(&app, &path, &notice)
}
