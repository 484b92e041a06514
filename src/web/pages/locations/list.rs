//! The locations that a customer may send requests for.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use crate::{
    domain::{
        people::{Customer, Role},
        time_zone::TimeZone,
    },
    store::{
        self, Conn, StoreError, location_counts::LocationCounts, locations::Location, port_requests::Scope, users::User,
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
const PAGE: usize = 25;
/// With more locations than this the page has a search.
const FEW: usize = 8;

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
    /// How many there are at all.
    all: usize,
    /// Those that are found, and those of the page with what they hold.
    found: usize,
    page: usize,
    rows: Vec<(Location, LocationCounts)>,
    owner: Option<User>,
}

/// GET /locations
pub async fn show(who: SignedIn, app: Data<App>, req: HttpRequest) -> WebResult<HttpResponse> {
    let Some(customer) = Customer::of(who.person) else { return Ok(see_other("/desk")) };
    let asked = Pairs::decode(req.query_string().as_bytes())?;
    let (reader, typed) = (customer.clone(), asked.trimmed("q").to_owned());
    let page: usize = asked.get("page").parse().unwrap_or(1);
    let loaded = app.store.read(move |conn| load(conn, &reader, &typed, page)).await?;
    // Nothing to pick where there is one.
    if let ([(only, _)], 1) = (loaded.rows.as_slice(), loaded.all) {
        return Ok(see_other(&format!("/locations/{}", only.location_id)));
    }
    page_of(&app, &req, &customer, &asked, loaded).ok()
}

fn load(conn: &mut Conn, customer: &Customer, typed: &str, page: usize) -> Result<Loaded, StoreError> {
    let locations = store::locations::visible_to(conn, customer)?;
    let all = locations.len();
    let wanted = typed.to_lowercase();
    let fits = |location: &Location| {
        [&location.name, &location.location_id].iter().any(|text| text.to_lowercase().contains(&wanted))
    };
    let found: Vec<Location> = locations.into_iter().filter(fits).collect();
    let page = page.clamp(1, found.len().saturating_sub(1) / PAGE + 1);
    let mut rows = Vec::new();
    for location in found.iter().skip((page - 1) * PAGE).take(PAGE) {
        let counts = store::location_counts::of_location(conn, Scope::of(customer), location.id)?;
        rows.push((location.clone(), counts));
    }
    let is_owner = |user: &User| user.role == Role::Owner && user.is_active();
    let owner =
        if all == 0 { store::users::all(conn, Some(customer.account_id))?.into_iter().find(is_owner) } else { None };
    Ok(Loaded { all, found: found.len(), page, rows, owner })
}

fn page_of(app: &App, req: &HttpRequest, customer: &Customer, asked: &Pairs, loaded: Loaded) -> LocationsPage {
    let last = loaded.found.saturating_sub(1) / PAGE + 1;
    let typed = asked.trimmed("q").to_owned();
    let ask = match loaded.owner {
        Some(owner) if !customer.is_owner() => (owner.name, owner.email),
        _ => ("support".to_owned(), app.house.brand.support_email.clone()),
    };
    LocationsPage {
        frame: page::frame(app, req),
        form: Form::unchecked(vec![("q".to_owned(), typed.clone())]),
        has_search: FEW < loaded.all,
        counted: if loaded.found == 1 { "1 location".to_owned() } else { format!("{} locations", loaded.found) },
        pager: (1 < last).then(|| pager(&typed, loaded.page, last, loaded.found)),
        place: (1 < loaded.page).then(|| format!("page {} of {last}", loaded.page)),
        rows: loaded.rows.into_iter().map(row).collect(),
        ask: (loaded.all == 0).then_some(ask),
        is_owner: customer.is_owner(),
    }
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

fn pager(typed: &str, page: usize, last: usize, found: usize) -> Pager {
    let href = |page: usize| {
        let pairs = [("q", typed.to_owned()), ("page", page.to_string())];
        format!("/locations?{}", serde_urlencoded::to_string(pairs).unwrap_or_default())
    };
    Pager {
        text: format!("{}–{} of {found}", (page - 1) * PAGE + 1, (page * PAGE).min(found)),
        previous: (1 < page).then(|| href(page - 1)),
        next: (page < last).then(|| href(page + 1)),
    }
}
