//! One account: its name, and whether its people may sign in.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;

use crate::{
    domain::{
        contact::{NameOf, parse_name},
        findings::Findings,
        people::Admin,
    },
    services::accounts,
    store::{self, StoreError, accounts::Account},
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
#[template(path = "admin/accounts/one.html")]
struct AccountPage {
    frame: Frame,
    form: Form,
    account: Account,
    meanwhile: Vec<(String, String)>,
}

async fn page(app: &App, req: &HttpRequest, id: i64, form: Option<Form>) -> Result<AccountPage, StoreError> {
    let account = app.store.read(move |conn| store::accounts::find(conn, id)).await?;
    let stored = [("name", account.name.clone()), ("state", state(&account).to_owned())];
    let stored = stored.map(|(name, value)| (name.to_owned(), value)).to_vec();
    let form = form.unwrap_or_else(|| Form::unchecked(stored));
    let mut frame = page::frame(app, req);
    frame.errors = form.has_errors();
    Ok(AccountPage { frame, form, account, meanwhile: Vec::new() })
}

fn state(account: &Account) -> &'static str {
    if account.active { "open" } else { "closed" }
}

/// GET /admin/accounts/{id}
pub async fn show(_admin: Admin, app: Data<App>, req: HttpRequest, id: Path<i64>) -> WebResult<HttpResponse> {
    page(&app, &req, *id, None).await?.ok()
}

/// POST /admin/accounts/{id}
pub async fn save(
    admin: Admin,
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    pairs: Pairs,
) -> WebResult<HttpResponse> {
    let mut findings = Findings::default();
    let name = findings.take("name", parse_name(NameOf::Account, pairs.get("name")));
    let active = match pairs.get("state") {
        "open" => Some(true),
        "closed" => Some(false),
        _ => findings.take("state", Err("Select whether the account is open")),
    };
    let (Some(name), Some(active)) = (name, active) else {
        let mut page = page(&app, &req, *id, Some(Form::new(pairs.clone().into_vec(), findings))).await?;
        page.account.version = pairs.get("version").parse().unwrap_or(0);
        return page.unprocessable();
    };
    let (id, version) = (*id, pairs.get("version").parse().unwrap_or(0));
    match app.store.write(move |conn| accounts::edit(conn, &admin, id, version, &name, active)).await {
        Ok(()) => see_other_with(&app, &format!("/admin/accounts/{id}"), &Notice::ok("Saved")),
        Err(StoreError::Stale) => {
            let mut page = page(&app, &req, id, Some(Form::unchecked(pairs.into_vec()))).await?;
            page.meanwhile = vec![
                ("Account name".to_owned(), page.account.name.clone()),
                ("State".to_owned(), if page.account.active { "Open" } else { "Closed" }.to_owned()),
            ];
            page.with_status(StatusCode::CONFLICT)
        }
        Err(error) => Err(error.into()),
    }
}
