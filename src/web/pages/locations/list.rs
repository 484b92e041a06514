//! The locations that a customer may send requests for.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use crate::{
    domain::{people::Customer, time_zone::TimeZone},
    store::{
        self, Conn, StoreError, location_counts::LocationCounts, locations::Location, port_requests::MOST_COUNTED,
        users::User,
    },
    web::{
        app::App,
        error::WebResult,
        extract::SignedIn,
        flash::see_other,
        form::Form,
        frame::Frame,
        page::{self, Page as _},
        pages::port_requests::list::counted,
        pairs::Pairs,
        parts::Pager,
    },
};

/// Locations on one page.
const PAGE: i64 = 25;
/// With more locations than this the page has a search.
const FEW: i64 = 8;

#[derive(Template)]
#[template(path = "locations/list.html")]
struct LocationsPage {
    frame: Frame,
    form: Form,
    has_search: bool,
    rows: Vec<Row>,
    counted: String,
    pager: Option<Pager>,
    place: Option<String>,
    /// Whom to ask when there is no location.
    ask: Option<(String, String)>,
    is_owner: bool,
}

struct Row {
    name: String,
    location_id: String,
    zone: &'static str,
    open: String,
    numbers: String,
    is_off: bool,
}

struct Loaded {
    /// How many there are at all, at most one more than [`FEW`].
    all: i64,
    /// How many are found, and those of the page with what they hold.
    found: i64,
    page: i64,
    rows: Vec<(Location, LocationCounts)>,
    owner: Option<User>,
}

/// GET /locations
pub async fn show(who: SignedIn, app: Data<App>, req: HttpRequest) -> WebResult<HttpResponse> {
    let Some(customer) = Customer::of(who.person) else { return Ok(see_other("/desk")) };
    let asked = Pairs::decode(req.query_string().as_bytes())?;
    let (reader, typed) = (customer.clone(), searched(&asked));
    let page: i64 = asked.get("page").parse().unwrap_or(1);
    let loaded = app.store.read(move |conn| load(conn, &reader, &typed, page)).await?;
    // Nothing to pick where there is one.
    if let ([(only, _)], 1) = (loaded.rows.as_slice(), loaded.all) {
        return Ok(see_other(&format!("/locations/{}", only.location_id)));
    }
    page_of(&app, &req, &customer, &asked, loaded).ok()
}

fn load(conn: &mut Conn, customer: &Customer, typed: &str, asked: i64) -> Result<Loaded, StoreError> {
    let all = store::location_list::count_of_customer(conn, customer, FEW + 1)?;
    let mut page = asked.clamp(1, MOST_COUNTED / PAGE);
    let load =
        |conn: &mut Conn, page| store::location_list::of_customer(conn, customer, typed, (page - 1) * PAGE, PAGE);
    let (mut locations, found) = load(conn, page)?;
    if last(found) < page {
        page = last(found);
        locations = load(conn, page)?.0;
    }
    let mut rows = Vec::new();
    for location in locations {
        let counts = store::location_counts::of_location(conn, customer, location.id)?;
        rows.push((location, counts));
    }
    let owner = if all == 0 { store::users::first_owner(conn, customer.account_id)? } else { None };
    Ok(Loaded { all, found, page, rows, owner })
}

fn last(found: i64) -> i64 {
    (found.min(MOST_COUNTED) - 1).max(0) / PAGE + 1
}

fn page_of(app: &App, req: &HttpRequest, customer: &Customer, asked: &Pairs, loaded: Loaded) -> LocationsPage {
    let last = last(loaded.found);
    let typed = searched(asked);
    let ask = match loaded.owner {
        Some(owner) if !customer.is_owner() => (owner.name, owner.email),
        _ => ("support".to_owned(), app.house.brand.support_email.clone()),
    };
    LocationsPage {
        frame: page::frame(app, req),
        form: Form::unchecked(vec![("q".to_owned(), typed.clone())]),
        has_search: FEW < loaded.all,
        counted: if loaded.found == 1 {
            "1 location".to_owned()
        } else {
            format!("{} locations", counted(loaded.found))
        },
        pager: (1 < last).then(|| pager(&typed, loaded.page, last, loaded.found)),
        place: (1 < loaded.page).then(|| format!("page {} of {last}", loaded.page)),
        rows: loaded.rows.into_iter().map(row).collect(),
        ask: (loaded.all == 0).then_some(ask),
        is_owner: customer.is_owner(),
    }
}

/// What is looked for; no name is longer.
fn searched(asked: &Pairs) -> String {
    asked.trimmed("q").chars().take(100).collect()
}

fn row((location, counts): (Location, LocationCounts)) -> Row {
    Row {
        zone: TimeZone::parse(&location.time_zone).map_or("", TimeZone::label),
        open: counted(counts.open),
        numbers: counted(counts.numbers),
        is_off: !location.porting_off_reason.is_empty(),
        name: location.name,
        location_id: location.location_id,
    }
}

fn pager(typed: &str, page: i64, last: i64, found: i64) -> Pager {
    let href = |page: i64| {
        let pairs = [("q", typed.to_owned()), ("page", page.to_string())];
        format!("/locations?{}", serde_urlencoded::to_string(pairs).unwrap_or_default())
    };
    Pager {
        text: format!("{}–{} of {}", (page - 1) * PAGE + 1, (page * PAGE).min(found), counted(found)),
        previous: (1 < page).then(|| href(page - 1)),
        next: (page < last).then(|| href(page + 1)),
    }
}
