//! One location, with everything that can be changed of it.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;

use super::fields;
use crate::{
    domain::{findings::Findings, location_id::LocationId, people::Admin, time_zone::TimeZone},
    services::locations::{self, LocationError},
    store::{self, StoreError, accounts::Account, locations::Location},
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
#[template(path = "admin/locations/one.html")]
struct LocationPage {
    frame: Frame,
    form: Form,
    location: Location,
    account: Account,
    zones: Vec<(String, String)>,
    meanwhile: Vec<(String, String)>,
    version: i32,
}

async fn find(app: &App, typed: &str) -> WebResult<(Location, Account)> {
    let id = LocationId::parse(typed).map_err(|_unknown| WebError::NotFound)?;
    let found = app.store.read(move |conn| {
        let location = store::locations::by_location_id(conn, &id)?;
        let account = store::accounts::find(conn, location.account_id)?;
        Ok::<_, StoreError>((location, account))
    });
    Ok(found.await?)
}

fn page(app: &App, req: &HttpRequest, (location, account): (Location, Account), form: Form) -> LocationPage {
    let mut frame = page::frame(app, req);
    frame.errors = form.has_errors();
    let zones = fields::zones(form.value("time_zone"));
    let version = location.version;
    LocationPage { frame, form, location, account, zones, meanwhile: Vec::new(), version }
}

/// GET `/admin/locations/{location_id}`
pub async fn show(_admin: Admin, app: Data<App>, req: HttpRequest, id: Path<String>) -> WebResult<HttpResponse> {
    let found = find(&app, &id).await?;
    let form = Form::unchecked(fields::answers(&found.0));
    page(&app, &req, found, form).ok()
}

/// POST `/admin/locations/{location_id}`
pub async fn save(
    admin: Admin,
    app: Data<App>,
    req: HttpRequest,
    id: Path<String>,
    pairs: Pairs,
) -> WebResult<HttpResponse> {
    let found = find(&app, &id).await?;
    let version = pairs.get("version").parse().unwrap_or(0);
    let mut findings = Findings::default();
    let Some(facts) = fields::check(&pairs, false, &mut findings) else {
        let mut page = page(&app, &req, found, Form::new(pairs.into_vec(), findings));
        page.version = version;
        return page.unprocessable();
    };
    let (location, new_id) = (found.0.clone(), facts.location_id.clone());
    match app.store.write(move |conn| locations::edit(conn, &admin, &location, version, &facts)).await {
        Ok(()) => see_other_with(&app, &format!("/admin/locations/{new_id}"), &Notice::ok("Saved")),
        Err(LocationError::Store(StoreError::Stale)) => {
            let mut page = page(&app, &req, find(&app, &id).await?, Form::unchecked(pairs.into_vec()));
            page.meanwhile = stored(&page.location);
            page.with_status(StatusCode::CONFLICT)
        }
        Err(LocationError::Store(error)) => Err(error.into()),
        Err(told) => {
            findings.error("location_id", told);
            let mut page = page(&app, &req, found, Form::new(pairs.into_vec(), findings));
            page.version = version;
            page.unprocessable()
        }
    }
}

fn stored(location: &Location) -> Vec<(String, String)> {
    let porting = match location.porting_off_reason.as_str() {
        "" => "On".to_owned(),
        reason => format!("Off: {reason}"),
    };
    let zone = TimeZone::parse(&location.time_zone).map_or("", TimeZone::label);
    [
        ("Location name", location.name.clone()),
        ("Location ID", location.location_id.clone()),
        ("Time zone", zone.to_owned()),
        ("Porting", porting),
    ]
    .map(|(label, value)| (label.to_owned(), value))
    .to_vec()
}
