//! Before you start: what is needed, how long it takes, and where the numbers go.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Query},
};
use askama::Template;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use crate::{
    domain::{
        draft::Step,
        estimates,
        findings::Findings,
        location_id::LocationId,
        people::{Customer, Role},
        request_sid::RequestSid,
    },
    services::draft::{self, DraftError},
    store::{self, Conn, StoreError, locations::Location},
    vault::Token,
    web::{
        app::App,
        error::WebResult,
        flash::see_other,
        form::Form,
        frame::Frame,
        page::{self, Page as _},
        pairs::Pairs,
        wizard,
    },
};

const HERE: &str = "/port-requests/new";
/// Locations that a select offers; with more, the Location ID is typed.
const OFFERED: usize = 50;
/// Longest answer that is shown again, in characters.
const LONGEST: usize = 100;

#[derive(Template)]
#[template(path = "port_requests/new.html")]
struct NewPage {
    frame: Frame,
    form: Form,
    token: String,
    /// Empty where the Location ID is typed.
    locations: Vec<(String, String)>,
}

/// Why nothing can be started, and who can change that: a page, not an error.
#[derive(Template)]
#[template(path = "port_requests/cannot_start.html")]
struct CannotStart {
    frame: Frame,
    title: String,
    why: String,
    whom: String,
    /// Whether there are other locations to choose from.
    others: bool,
}

/// What the address asks for.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct Chosen {
    /// Location ID.
    location: String,
    check: String,
}

/// GET /port-requests/new
pub async fn show(
    customer: Customer,
    app: Data<App>,
    req: HttpRequest,
    chosen: Query<Chosen>,
) -> WebResult<HttpResponse> {
    let chosen = chosen.into_inner();
    let (who, asked) = (customer.clone(), chosen.location.clone());
    let offer = app.store.read(move |conn| Offer::load(conn, &who, &asked)).await?;
    let frame = page::frame(&app, &req);
    if offer.first.is_empty() {
        return no_location(&app, frame, customer).await;
    }
    if let Some(off) = offer.wanted.as_ref().filter(|location| !location.porting_off_reason.is_empty()) {
        return porting_off(&app, frame, off, 1 < offer.first.len());
    }
    let mut findings = Findings::default();
    if chosen.check == "1" {
        findings.error("location", offer.refusal(&chosen.location));
    }
    let answer = match &offer.wanted {
        Some(wanted) => wanted.location_id.clone(),
        None => chosen.location.chars().take(LONGEST).collect(),
    };
    NewPage {
        frame: Frame { errors: !findings.is_empty(), ..frame },
        form: Form::new(vec![("location".to_owned(), answer)], findings),
        token: Token::new().reveal().to_owned(),
        locations: if offer.is_typed() { Vec::new() } else { offer.first.iter().map(option).collect() },
    }
    .ok()
}

/// Where the numbers can go.
struct Offer {
    /// The first locations by name, at most one more than a select offers.
    first: Vec<Location>,
    /// The only one, or the one that the address names.
    wanted: Option<Location>,
}

impl Offer {
    fn load(conn: &mut Conn, customer: &Customer, asked: &str) -> Result<Self, StoreError> {
        let most = i64::try_from(OFFERED + 1).unwrap_or(i64::MAX);
        let first = store::location_list::first_of_customer(conn, customer, most)?;
        let wanted = match first.as_slice() {
            [only] => Some(only.clone()),
            _ => store::locations::find_typed(conn, customer, asked)?,
        };
        Ok(Self { first, wanted })
    }

    fn is_typed(&self) -> bool {
        OFFERED < self.first.len()
    }

    /// Why this answer starts nothing.
    fn refusal(&self, asked: &str) -> String {
        if !self.is_typed() {
            return "Select where the numbers go".to_owned();
        }
        match LocationId::parse(asked) {
            Err(told) => told.to_string(),
            Ok(_unknown) => "None of your locations has this Location ID. Copy it from Locations".to_owned(),
        }
    }
}

/// POST /port-requests/new
pub async fn save(customer: Customer, app: Data<App>, pairs: Pairs) -> WebResult<HttpResponse> {
    let Ok(location) = LocationId::parse(pairs.get("location")) else {
        return Ok(ask_again(pairs.get("location")));
    };
    let token = match pairs.get("token") {
        "" => Token::new(),
        token => Token::from_client(token),
    };
    let mut started = start(&app, &customer, &location, &token).await;
    if matches!(started, Err(DraftError::Store(StoreError::Taken))) {
        // A double click whose first half was quicker: the second look finds its draft.
        started = start(&app, &customer, &location, &token).await;
    }
    match started {
        Ok(sid) => Ok(see_other(&wizard::address(&sid, Step::Terms))),
        // The page there says why.
        Err(DraftError::PortingOff { .. }) => {
            let id = utf8_percent_encode(location.as_str(), NON_ALPHANUMERIC);
            Ok(see_other(&format!("{HERE}?location={id}")))
        }
        Err(DraftError::Store(StoreError::NotFound)) => Ok(ask_again(location.as_str())),
        Err(error) => Err(error.into()),
    }
}

/// The form again, with what was typed.
fn ask_again(typed: &str) -> HttpResponse {
    let typed: String = typed.trim().chars().take(LONGEST).collect();
    if typed.is_empty() {
        return see_other(&format!("{HERE}?check=1"));
    }
    see_other(&format!("{HERE}?check=1&location={}", utf8_percent_encode(&typed, NON_ALPHANUMERIC)))
}

async fn start(
    app: &Data<App>,
    customer: &Customer,
    location: &LocationId,
    token: &Token,
) -> Result<RequestSid, DraftError> {
    let (house, now) = (app.house.clone(), app.clock.now());
    let (customer, wanted, token) = (customer.clone(), location.clone(), token.clone());
    app.store
        .write(move |conn| {
            let location = store::locations::find_visible(conn, &customer, &wanted)?;
            draft::start(conn, &house, &customer, &location, &token, now)
        })
        .await
}

fn option(location: &Location) -> (String, String) {
    (location.location_id.clone(), format!("{} (Location ID {})", location.name, location.location_id))
}

async fn no_location(app: &Data<App>, frame: Frame, customer: Customer) -> WebResult<HttpResponse> {
    let support = format!("Write to {} to have one added.", app.house.brand.support_email);
    let whom = if customer.is_owner() {
        support
    } else {
        let account = customer.account_id;
        let owners = app.store.read(move |conn| store::users::all(conn, Some(account))).await?;
        let owners = owners.into_iter().filter(|user| user.role == Role::Owner && user.is_active());
        let names: Vec<String> = owners.map(|owner| owner.name).collect();
        if names.is_empty() { support } else { format!("Ask {} to add you to a location.", names.join(" or ")) }
    };
    let why =
        "A port-in request needs a location that its numbers go to, and there is none that you can use.".to_owned();
    CannotStart { frame, title: "No location can port yet".to_owned(), why, whom, others: false }.ok()
}

fn porting_off(app: &App, frame: Frame, off: &Location, others: bool) -> WebResult<HttpResponse> {
    let reason = off.porting_off_reason.trim().trim_end_matches('.');
    CannotStart {
        frame,
        title: format!("Porting is off for {}", off.name),
        why: format!("Porting is off for {}: {reason}.", off.name),
        whom: format!("Write to {} when that is settled, and we turn it on.", app.house.brand.support_email),
        others,
    }
    .ok()
}
