//! Name and time zone of a location, for the owner of its account.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;

use super::show;
use crate::{
    domain::{
        contact::{NameOf, parse_name},
        findings::Findings,
        location_id::LocationId,
        people::Customer,
        time_zone::TimeZone,
    },
    services::locations::{self, LocationError},
    store::{
        StoreError,
        locations::{Location, LocationFacts},
    },
    web::{
        app::App,
        error::{WebError, WebResult},
        flash::see_other_with,
        form::Form,
        frame::{Frame, Notice},
        page::{self, Page as _},
        pairs::Pairs,
    },
};

#[derive(Template)]
#[template(path = "locations/edit.html")]
struct EditPage {
    frame: Frame,
    form: Form,
    href: String,
    location: Location,
    zones: Vec<(String, String)>,
    version: i32,
    /// Name and zone as somebody else saved them while this form was open.
    meanwhile: Option<(String, &'static str)>,
}

/// `GET /locations/{location_id}/edit`
pub async fn show(customer: Customer, app: Data<App>, req: HttpRequest, id: Path<String>) -> WebResult<HttpResponse> {
    let location = find_own(&app, &customer, &id).await?;
    let answers = [("name", &location.name), ("time_zone", &location.time_zone)];
    let answers = answers.map(|(name, value)| (name.to_owned(), value.clone())).to_vec();
    let version = location.version;
    page(&app, &req, location, Form::unchecked(answers), version).ok()
}

/// `POST /locations/{location_id}/edit`
pub async fn save(
    customer: Customer,
    app: Data<App>,
    req: HttpRequest,
    id: Path<String>,
    pairs: Pairs,
) -> WebResult<HttpResponse> {
    let location = find_own(&app, &customer, &id).await?;
    let version = pairs.get("version").parse().unwrap_or(0);
    let facts = match check(&pairs, &location) {
        Ok(facts) => facts,
        Err(findings) => {
            let form = Form::new(pairs.into_vec(), findings);
            return page(&app, &req, location, form, version).unprocessable();
        }
    };
    let (to, owner, stored) = (format!("/locations/{}", location.location_id), customer.clone(), location);
    match app.store.write(move |conn| locations::edit_own(conn, &owner, &stored, version, &facts)).await {
        Ok(()) => see_other_with(&app, &to, &Notice::ok("Saved.")),
        Err(LocationError::Store(StoreError::Stale)) => {
            let location = find_own(&app, &customer, &id).await?;
            let (meanwhile, version) = ((location.name.clone(), zone_label(&location)), location.version);
            let mut page = page(&app, &req, location, Form::unchecked(pairs.into_vec()), version);
            page.meanwhile = Some(meanwhile);
            page.with_status(StatusCode::CONFLICT)
        }
        Err(LocationError::Store(error)) => Err(error.into()),
        Err(told) => Err(WebError::Conflict(format!("{told}."))),
    }
}

async fn find_own(app: &App, customer: &Customer, typed: &str) -> WebResult<Location> {
    if !customer.is_owner() {
        return Err(WebError::NotFound);
    }
    Ok(show::find(app, customer, typed).await?.location)
}

fn check(pairs: &Pairs, location: &Location) -> Result<LocationFacts, Findings> {
    let mut findings = Findings::default();
    let name = findings.take("name", parse_name(NameOf::Location, pairs.get("name")));
    let zone = findings.take("time_zone", TimeZone::parse(pairs.get("time_zone")));
    // What owners do not edit stays as it is.
    let id = findings.take("name", LocationId::parse(&location.location_id));
    match (name, zone, id) {
        (Some(name), Some(zone), Some(location_id)) => Ok(LocationFacts {
            location_id,
            name,
            time_zone: zone.name().to_owned(),
            porting_off_reason: location.porting_off_reason.clone(),
        }),
        _ => Err(findings),
    }
}

fn zone_label(location: &Location) -> &'static str {
    TimeZone::parse(&location.time_zone).map_or("", TimeZone::label)
}

fn page(app: &App, req: &HttpRequest, location: Location, form: Form, version: i32) -> EditPage {
    let mut frame = page::frame(app, req);
    frame.errors = form.has_errors();
    frame.place = Some(location.name.clone());
    let mut zones = TimeZone::options();
    if zones.iter().all(|(name, _)| *name != location.time_zone) {
        zones.push((location.time_zone.clone(), zone_label(&location).to_owned()));
    }
    let href = format!("/locations/{}", location.location_id);
    EditPage { frame, form, href, location, zones, version, meanwhile: None }
}
