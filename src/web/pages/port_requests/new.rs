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
        findings::Findings,
        location_id::LocationId,
        people::{Customer, Role},
        request_sid::RequestSid,
    },
    services::draft::{self, DraftError},
    store::{self, StoreError, locations::Location},
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

#[derive(Template)]
#[template(path = "port_requests/new.html")]
struct NewPage {
    frame: Frame,
    form: Form,
    token: String,
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
    let who = customer.clone();
    let locations = app.store.read(move |conn| store::locations::visible_to(conn, &who)).await?;
    let frame = page::frame(&app, &req);
    if locations.is_empty() {
        return no_location(&app, frame, customer).await;
    }
    let wanted = match locations.as_slice() {
        [only] => Some(only),
        _ => locations.iter().find(|location| location.location_id.eq_ignore_ascii_case(&chosen.location)),
    };
    if let Some(off) = wanted.filter(|location| !location.porting_off_reason.is_empty()) {
        return porting_off(&app, frame, off, 1 < locations.len());
    }
    let mut findings = Findings::default();
    if chosen.check == "1" {
        findings.error("location", "Select where the numbers go");
    }
    let answers = vec![("location".to_owned(), wanted.map(|it| it.location_id.clone()).unwrap_or_default())];
    NewPage {
        frame: Frame { errors: !findings.is_empty(), ..frame },
        form: Form::new(answers, findings),
        token: Token::new().reveal().to_owned(),
        locations: locations.iter().map(option).collect(),
    }
    .ok()
}

/// POST /port-requests/new
pub async fn save(customer: Customer, app: Data<App>, pairs: Pairs) -> WebResult<HttpResponse> {
    let Ok(location) = LocationId::parse(pairs.get("location")) else {
        return Ok(see_other(&format!("{HERE}?check=1")));
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
        Err(DraftError::Store(StoreError::NotFound)) => Ok(see_other(&format!("{HERE}?check=1"))),
        Err(error) => Err(error.into()),
    }
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
