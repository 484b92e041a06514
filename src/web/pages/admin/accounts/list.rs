//! All accounts.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Query},
};
use askama::Template;
use serde::Deserialize;

use crate::{
    domain::people::Admin,
    store::{self, StoreError, accounts::Account},
    web::{
        app::App,
        error::WebResult,
        frame::Frame,
        page::{self, Page as _},
        pages::admin,
        parts::Pager,
    },
};

#[derive(Template)]
#[template(path = "admin/accounts/list.html")]
struct AccountsPage {
    frame: Frame,
    rows: Vec<Row>,
    count: String,
    pager: Option<Pager>,
}

struct Row {
    account: Account,
    locations: String,
    users: String,
}

/// Which page of the list.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    page: String,
}

/// GET /admin/accounts
pub async fn show(_admin: Admin, app: Data<App>, req: HttpRequest, wanted: Query<Wanted>) -> WebResult<HttpResponse> {
    let page = admin::page_number(&wanted.page);
    let (found, count) = app
        .store
        .read(move |conn| {
            let found = store::accounts::list(conn, admin::offset(page), admin::PER_PAGE)?;
            Ok::<_, StoreError>((found, store::accounts::count(conn)?))
        })
        .await?;
    let row = |(account, locations, users)| Row {
        account,
        locations: admin::counted(locations, "location", "locations"),
        users: admin::counted(users, "user", "users"),
    };
    AccountsPage {
        frame: page::frame(&app, &req),
        rows: found.into_iter().map(row).collect(),
        count: admin::counted(count, "account", "accounts"),
        pager: admin::pager("/admin/accounts", &[], page, count),
    }
    .ok()
}
