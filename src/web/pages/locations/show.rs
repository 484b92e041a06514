//! One location: its business profile, and who can send requests for it.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use crate::{
    domain::{
        location_id::LocationId,
        people::{Customer, Role},
        time_zone::TimeZone,
    },
    store::{self, Conn, StoreError, location_counts::LocationCounts, locations::Location, users::User},
    web::{
        app::App,
        error::{WebError, WebResult},
        form::Form,
        frame::Frame,
        page::{self, Page as _},
        pages::port_requests::list::counted,
    },
};

#[derive(Template)]
#[template(path = "locations/show.html")]
pub struct LocationPage {
    frame: Frame,
    form: Form,
    location: Location,
    zone: &'static str,
    open: String,
    numbers: String,
    people: Vec<Submitter>,
    is_owner: bool,
    has_others: bool,
}

/// Somebody who can send requests for the location.
struct Submitter {
    id: i64,
    name: String,
    /// Only owners see addresses.
    email: Option<String>,
    role: &'static str,
    is_invited: bool,
    /// Whether the reader looks after this person: an owner after managers.
    is_managed: bool,
}

/// What is stored about a location, as far as a customer may see it.
pub struct Found {
    pub location: Location,
    counts: LocationCounts,
    people: Vec<User>,
    has_others: bool,
}

/// `GET /locations/{location_id}`
pub async fn show(customer: Customer, app: Data<App>, req: HttpRequest, id: Path<String>) -> WebResult<HttpResponse> {
    let found = find(&app, &customer, &id).await?;
    page(&app, &req, &customer, found, Form::default()).ok()
}

/// Looks up the location of an address; `NotFound` unless the customer may see it.
pub async fn find(app: &App, customer: &Customer, typed: &str) -> WebResult<Found> {
    let id = LocationId::parse(typed).map_err(|_unknown| WebError::NotFound)?;
    let customer = customer.clone();
    Ok(app.store.read(move |conn| load(conn, &customer, &id)).await?)
}

fn load(conn: &mut Conn, customer: &Customer, id: &LocationId) -> Result<Found, StoreError> {
    let location = store::locations::find_visible(conn, customer, id)?;
    Ok(Found {
        counts: store::location_counts::of_location(conn, customer, location.id)?,
        has_others: 1 < store::location_list::count_of_customer(conn, customer, 2)?,
        people: store::users::submitters(conn, &location)?,
        location,
    })
}

/// The page, also with what was typed into the form for a new manager.
pub fn page(app: &App, req: &HttpRequest, customer: &Customer, found: Found, form: Form) -> LocationPage {
    let mut frame = page::frame(app, req);
    frame.errors = form.has_errors();
    frame.place = Some(found.location.name.clone());
    let is_owner = customer.is_owner();
    let submitter = |user: User| Submitter {
        id: user.id,
        role: user.role.label(),
        is_invited: user.state == "invited",
        is_managed: is_owner && user.role == Role::Manager,
        email: is_owner.then_some(user.email),
        name: user.name,
    };
    LocationPage {
        frame,
        form,
        zone: TimeZone::parse(&found.location.time_zone).map_or("", TimeZone::label),
        location: found.location,
        open: counted(found.counts.open),
        numbers: counted(found.counts.numbers),
        people: found.people.into_iter().map(submitter).collect(),
        is_owner,
        has_others: found.has_others,
    }
}
