//! All accounts.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use crate::{
    domain::people::Admin,
    store::{self, Conn, accounts::Account},
    web::{
        app::App,
        error::WebResult,
        form::Form,
        frame::Frame,
        page::{self, Page as _},
        pages::admin,
        pairs::Pairs,
        parts::Pager,
    },
};

#[derive(Template)]
#[template(path = "admin/accounts/list.html")]
struct AccountsPage {
    frame: Frame,
    form: Form,
    has_search: bool,
    searched: bool,
    rows: Vec<Row>,
    count: String,
    pager: Option<Pager>,
    place: Option<String>,
}

struct Row {
    account: Account,
    locations: String,
    users: String,
}

/// GET /admin/accounts
pub async fn show(_admin: Admin, app: Data<App>, req: HttpRequest) -> WebResult<HttpResponse> {
    let asked = Pairs::decode(req.query_string().as_bytes())?;
    let (page, text) = (admin::page_number(asked.get("page")), admin::searched(&asked));
    let wanted = text.clone();
    let list = move |conn: &mut Conn| store::accounts::list(conn, &wanted, admin::offset(page), admin::PER_PAGE);
    let (found, count) = app.store.read(list).await?;
    let row = |(account, locations, users)| Row {
        account,
        locations: admin::counted(locations, "location", "locations"),
        users: admin::counted(users, "user", "users"),
    };
    AccountsPage {
        frame: page::frame(&app, &req),
        form: Form::unchecked(vec![("text".to_owned(), text.clone())]),
        has_search: !text.is_empty() || admin::PER_PAGE < count,
        searched: !text.is_empty(),
        rows: found.into_iter().map(row).collect(),
        count: admin::counted(count, "account", "accounts"),
        pager: admin::pager("/admin/accounts", &[("text", &text)], page, count),
        place: admin::place(page, count),
    }
    .ok()
}
