//! All users of all accounts and of the desk.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Query},
};
use askama::Template;
use chrono::NaiveDateTime;
use serde::Deserialize;

use super::fields::state_label;
use crate::{
    domain::people::{Admin, Role},
    store::{
        self, StoreError,
        users::{User, UserFilter},
    },
    web::{
        app::App,
        error::WebResult,
        form::Form,
        frame::Frame,
        page::{self, Page as _},
        pages::admin,
        parts::Pager,
    },
};

#[derive(Template)]
#[template(path = "admin/users/list.html")]
struct UsersPage {
    frame: Frame,
    form: Form,
    accounts: Vec<(String, String)>,
    roles: Vec<(String, String)>,
    states: Vec<(String, String)>,
    rows: Vec<Row>,
    count: String,
    alone: bool,
    pager: Option<Pager>,
}

struct Row {
    user: User,
    account: String,
    state: &'static str,
    /// The moment of the last visit, for machines and in words.
    seen: Option<(String, String)>,
}

/// Which users.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    account: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    page: String,
}

/// GET /admin/users
pub async fn show(admin: Admin, app: Data<App>, req: HttpRequest, wanted: Query<Wanted>) -> WebResult<HttpResponse> {
    let page = admin::page_number(&wanted.page);
    let filter = UserFilter {
        account: wanted.account.parse().ok(),
        role: Role::from_code(&wanted.role),
        state: STATES.iter().find(|state| **state == wanted.state).map(|state| (*state).to_owned()),
    };
    let (found, count, accounts) = app
        .store
        .read(move |conn| {
            let found = store::users::list(conn, &filter, admin::offset(page), admin::PER_PAGE)?;
            let count = store::users::count(conn, &filter)?;
            Ok::<_, StoreError>((found, count, store::accounts::all(conn)?))
        })
        .await?;
    let accounts: Vec<(String, String)> =
        accounts.into_iter().map(|account| (account.id.to_string(), account.name)).collect();
    let zone = app.house.zone(admin.person.time_zone.as_deref().unwrap_or_default());
    let rows: Vec<Row> = found.into_iter().map(|user| row(user, &accounts, |at| zone.moment(at))).collect();
    let filters = [("account", wanted.account.as_str()), ("role", &wanted.role), ("state", &wanted.state)];
    let is_filtered = filters.iter().any(|(_, value)| !value.is_empty());
    UsersPage {
        frame: page::frame(&app, &req),
        form: Form::unchecked(filters.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()),
        accounts,
        roles: Role::ALL.map(|role| (role.code().to_owned(), role.label().to_owned())).to_vec(),
        states: STATES.map(|state| (state.to_owned(), state_label(state).to_owned())).to_vec(),
        alone: !is_filtered && count <= 1,
        rows,
        count: admin::counted(count, "user", "users"),
        pager: admin::pager("/admin/users", &filters, page, count),
    }
    .ok()
}

const STATES: [&str; 3] = ["active", "invited", "deactivated"];

fn row(user: User, accounts: &[(String, String)], moment: impl Fn(NaiveDateTime) -> String) -> Row {
    let account = user.account_id.map(|id| id.to_string()).unwrap_or_default();
    let account = accounts.iter().find(|(id, _)| *id == account).map_or("", |(_, name)| name.as_str());
    Row {
        account: account.to_owned(),
        state: state_label(&user.state),
        seen: user.last_seen_at.map(|at| (at.and_utc().to_rfc3339(), moment(at))),
        user,
    }
}
