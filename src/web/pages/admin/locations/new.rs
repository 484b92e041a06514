//! Adding a location.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Query},
};
use askama::Template;
use serde::Deserialize;

use super::fields;
use crate::{
    domain::{findings::Findings, people::Admin},
    services::locations::{self, LocationError},
    store::{Conn, submit_tokens},
    vault::Token,
    web::{
        app::App,
        error::WebResult,
        flash::see_other_with,
        form::Form,
        frame::{Frame, Notice},
        page::{self, Page as _},
        pages::admin::account_choice::AccountChoice,
        pairs::Pairs,
    },
};

#[derive(Template)]
#[template(path = "admin/locations/new.html")]
struct NewLocationPage {
    frame: Frame,
    form: Form,
    choice: AccountChoice,
    zones: Vec<(String, String)>,
    token: String,
}

/// The account that the location is for, if the link said so.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    account: String,
}

async fn page(app: &App, req: &HttpRequest, form: Form, token: String) -> WebResult<NewLocationPage> {
    let choice = app.store.read(AccountChoice::load).await?;
    let mut frame = page::frame(app, req);
    frame.errors = form.has_errors();
    Ok(NewLocationPage { frame, choice, zones: fields::zones(form.value("time_zone")), form, token })
}

/// GET /admin/locations/new
pub async fn show(_admin: Admin, app: Data<App>, req: HttpRequest, wanted: Query<Wanted>) -> WebResult<HttpResponse> {
    let account = wanted.account.clone();
    let shown = move |conn: &mut Conn| AccountChoice::load(conn)?.shown(conn, &account);
    let account = app.store.read(shown).await?;
    let preset = vec![("account".to_owned(), account), ("porting".to_owned(), "on".to_owned())];
    page(&app, &req, Form::unchecked(preset), Token::new().reveal().to_owned()).await?.ok()
}

/// POST /admin/locations/new
pub async fn save(admin: Admin, app: Data<App>, req: HttpRequest, pairs: Pairs) -> WebResult<HttpResponse> {
    let mut findings = Findings::default();
    let answer = pairs.get("account").to_owned();
    let chosen = app.store.read(move |conn| AccountChoice::choose(conn, &answer)).await?;
    let account = findings.take("account", chosen);
    let facts = fields::check(&pairs, true, &mut findings);
    let token = pairs.get("token").to_owned();
    let (Some(account), Some(facts)) = (account.map(|account| account.id), facts) else {
        return page(&app, &req, Form::new(pairs.into_vec(), findings), token).await?.unprocessable();
    };
    let notice = Notice::ok(format!("{} added", facts.name));
    let (now, once) = (app.clock.now(), token.clone());
    let add = move |conn: &mut _| {
        submit_tokens::once(conn, &once, now, |conn| {
            locations::add(conn, &admin, account, &facts, now)?;
            Ok::<_, LocationError>(format!("/admin/locations/{}", facts.location_id))
        })
    };
    match app.store.write(add).await {
        Ok(path) => see_other_with(&app, &path, &notice),
        Err(LocationError::Store(error)) => Err(error.into()),
        Err(told) => {
            findings.error("location_id", told);
            page(&app, &req, Form::new(pairs.into_vec(), findings), token).await?.unprocessable()
        }
    }
}
