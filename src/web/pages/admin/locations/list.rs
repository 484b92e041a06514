//! All locations of all accounts.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Query},
};
use askama::Template;
use serde::Deserialize;

use crate::{
    domain::{people::Admin, time_zone::TimeZone},
    store::{
        self, StoreError,
        locations::{Location, LocationFilter},
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
#[template(path = "admin/locations/list.html")]
struct LocationsPage {
    frame: Frame,
    form: Form,
    accounts: Vec<(String, String)>,
    rows: Vec<Row>,
    count: String,
    filtered: bool,
    pager: Option<Pager>,
}

struct Row {
    location: Location,
    account: String,
    zone: &'static str,
}

/// Which locations.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    text: String,
    #[serde(default)]
    account: String,
    #[serde(default)]
    page: String,
}

/// GET /admin/locations
pub async fn show(_admin: Admin, app: Data<App>, req: HttpRequest, wanted: Query<Wanted>) -> WebResult<HttpResponse> {
    let page = admin::page_number(&wanted.page);
    // No name is longer; SQLite does not search for texts without end.
    let text = wanted.text.chars().filter(|c| *c != '\0').take(100).collect();
    let filter = LocationFilter { text, account: wanted.account.parse().ok() };
    let (found, count, accounts) = app
        .store
        .read(move |conn| {
            let found = store::locations::list(conn, &filter, admin::offset(page), admin::PER_PAGE)?;
            let count = store::locations::count(conn, &filter)?;
            Ok::<_, StoreError>((found, count, store::accounts::all(conn)?))
        })
        .await?;
    let row = |(location, account): (Location, String)| Row {
        zone: TimeZone::parse(&location.time_zone).map_or("", TimeZone::label),
        location,
        account,
    };
    let filters = [("text", wanted.text.as_str()), ("account", wanted.account.as_str())];
    LocationsPage {
        frame: page::frame(&app, &req),
        form: Form::unchecked(filters.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()),
        accounts: accounts.into_iter().map(|account| (account.id.to_string(), account.name)).collect(),
        rows: found.into_iter().map(row).collect(),
        count: admin::counted(count, "location", "locations"),
        filtered: filters.iter().any(|(_, value)| !value.is_empty()),
        pager: admin::pager("/admin/locations", &filters, page, count),
    }
    .ok()
}
