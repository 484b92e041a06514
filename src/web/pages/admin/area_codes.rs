//! Area codes that the built-in table does not have yet.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use chrono::NaiveDateTime;

use crate::{
    domain::{
        area_codes::{AreaCode, Country},
        findings::Findings,
        people::Admin,
    },
    services::area_codes::{self, AreaCodeError},
    store::{self, StoreError, area_codes::AddedAreaCode},
    web::{
        app::App,
        area_codes::refresh,
        error::WebResult,
        flash::see_other_with,
        form::Form,
        frame::{Frame, Notice},
        page::{self, Page as _},
        pairs::Pairs,
    },
};

const PATH: &str = "/admin/area-codes";

#[derive(Template)]
#[template(path = "admin/area_codes.html")]
struct AreaCodesPage {
    frame: Frame,
    form: Form,
    countries: Vec<(String, String)>,
    rows: Vec<Row>,
    removed: Vec<Row>,
}

struct Row {
    id: i64,
    code: String,
    meaning: String,
    added: Event,
    removed: Option<Event>,
}

/// Who did something, and when: for machines and in words.
struct Event {
    who: String,
    machine: String,
    words: String,
}

async fn page(app: &App, req: &HttpRequest, admin: &Admin, form: Form) -> WebResult<AreaCodesPage> {
    let (in_use, removed, names) = app
        .store
        .read(|conn| {
            let (in_use, removed) = (store::area_codes::in_use(conn)?, store::area_codes::removed(conn)?);
            let people: Vec<i64> =
                in_use.iter().chain(&removed).flat_map(|it| [Some(it.added_by), it.removed_by]).flatten().collect();
            Ok::<_, StoreError>((in_use, removed, store::users::names(conn, &people)?))
        })
        .await?;
    let zone = app.house.zone(admin.person.time_zone.as_deref().unwrap_or_default());
    let event = |who: i64, at: NaiveDateTime| Event {
        who: names.iter().find(|(id, _)| *id == who).map(|(_, name)| name.clone()).unwrap_or_default(),
        machine: at.and_utc().to_rfc3339(),
        words: zone.moment(at),
    };
    let row = |it: AddedAreaCode| Row {
        id: it.id,
        meaning: AreaCode::from_codes(&it.kind, &it.country).map(AreaCode::label).unwrap_or_default(),
        code: it.code,
        added: event(it.added_by, it.added_at),
        removed: it.removed_by.zip(it.removed_at).map(|(who, at)| event(who, at)),
    };
    let countries = Country::all().into_iter().map(|it| (it.code().to_owned(), it.name().to_owned()));
    let mut frame = page::frame(app, req);
    frame.errors = form.has_errors();
    Ok(AreaCodesPage {
        frame,
        form,
        countries: countries.collect(),
        rows: in_use.into_iter().map(row).collect(),
        removed: removed.into_iter().map(row).collect(),
    })
}

/// GET /admin/area-codes
pub async fn show(admin: Admin, app: Data<App>, req: HttpRequest) -> WebResult<HttpResponse> {
    let preset = vec![("country".to_owned(), "US".to_owned())];
    page(&app, &req, &admin, Form::unchecked(preset)).await?.ok()
}

/// POST /admin/area-codes
pub async fn add(admin: Admin, app: Data<App>, req: HttpRequest, pairs: Pairs) -> WebResult<HttpResponse> {
    let mut findings = Findings::default();
    let code = findings.take("code", area_codes::parse(pairs.get("code")));
    let meaning = match pairs.get("kind") {
        "geographic" => {
            let country = Country::from_code(pairs.get("country")).ok_or("Select the country");
            findings.take("country", country).map(AreaCode::Local)
        }
        kind => findings.take("kind", AreaCode::from_codes(kind, "").ok_or("Select what the area code is for")),
    };
    if let (Some(code), Some(meaning)) = (code, meaning) {
        let (by, now, adding) = (admin.clone(), app.clock.now(), code.clone());
        match app.store.write(move |conn| area_codes::add(conn, &by, &adding, meaning, now)).await {
            Ok(()) => {
                refresh(&app).await?;
                return see_other_with(&app, PATH, &Notice::ok(format!("Area code {code} added")));
            }
            Err(AreaCodeError::Store(error)) => return Err(error.into()),
            Err(told @ (AreaCodeError::KeptForTollFree(_) | AreaCodeError::NotTollFree(_))) => {
                findings.error("kind", told);
            }
            Err(told) => findings.error("code", told),
        }
    }
    page(&app, &req, &admin, Form::new(pairs.into_vec(), findings)).await?.unprocessable()
}

/// POST /admin/area-codes/{id}/removal
pub async fn remove(admin: Admin, app: Data<App>, id: Path<i64>) -> WebResult<HttpResponse> {
    let (id, now) = (*id, app.clock.now());
    let removed = app.store.write(move |conn| area_codes::remove(conn, &admin, id, now)).await?;
    refresh(&app).await?;
    see_other_with(&app, PATH, &Notice::ok(format!("Area code {} removed", removed.code)))
}
