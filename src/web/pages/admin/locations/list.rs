//! All locations of all accounts.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use crate::{
    domain::{findings::Findings, people::Admin, time_zone::TimeZone},
    store::{self, StoreError, location_list::LocationFilter, locations::Location},
    web::{
        app::App,
        error::WebResult,
        form::Form,
        frame::Frame,
        page::{self, Page as _},
        pages::admin::{self, account_choice::AccountChoice},
        pairs::Pairs,
        parts::{Chip, Pager},
    },
};

#[derive(Template)]
#[template(path = "admin/locations/list.html")]
struct LocationsPage {
    frame: Frame,
    form: Form,
    choice: AccountChoice,
    rows: Vec<Row>,
    count: String,
    filtered: bool,
    pager: Option<Pager>,
    place: Option<String>,
    chips: Vec<Chip>,
}

struct Row {
    location: Location,
    account: String,
    zone: &'static str,
}

/// GET /admin/locations
pub async fn show(_admin: Admin, app: Data<App>, req: HttpRequest) -> WebResult<HttpResponse> {
    let asked = Pairs::decode(req.query_string().as_bytes())?;
    let (page, text) = (admin::page_number(asked.get("page")), admin::searched(&asked));
    let (wanted, account) = (text.clone(), asked.get("account").to_owned());
    let (found, count, choice, account, chosen) = app
        .store
        .read(move |conn| {
            let (choice, chosen) = (AccountChoice::load(conn)?, AccountChoice::find(conn, &account)?);
            let filter = LocationFilter { text: wanted, account: chosen.as_ref().ok().map(|account| account.id) };
            let (found, count) = store::location_list::list(conn, &filter, admin::offset(page), admin::PER_PAGE)?;
            let account = choice.shown(conn, &account)?;
            Ok::<_, StoreError>((found, count, choice, account, chosen.map(|account| account.name)))
        })
        .await?;
    let row = |(location, account): (Location, String)| Row {
        zone: TimeZone::parse(&location.time_zone).map_or("", TimeZone::label),
        location,
        account,
    };
    let filters = [("text", text.as_str()), ("account", account.as_str())];
    let mut findings = Findings::default();
    let (chosen, unknown) = (chosen.as_ref().ok().cloned(), chosen.err());
    if let Some(unknown) = unknown.filter(|_| choice.is_typed && !account.is_empty()) {
        findings.error("account", unknown);
    }
    LocationsPage {
        frame: page::frame(&app, &req),
        form: Form::new(filters.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(), findings),
        choice,
        rows: found.into_iter().map(row).collect(),
        count: admin::counted(count, "location", "locations"),
        filtered: filters.iter().any(|(_, value)| !value.is_empty()),
        pager: admin::pager("/admin/locations", &filters, page, count),
        place: admin::place(page, count),
        chips: admin::chips("/admin/locations", &filters, |name, value| match name {
            "account" => format!("Account: {}", chosen.as_deref().unwrap_or(value)),
            _ => format!("Search: {value}"),
        }),
    }
    .ok()
}
