//! The FOC date and window: typed, shown in three zones, then saved.

use actix_web::{
    HttpResponse,
    web::{Path, Query},
};
use askama::Template;

use super::{
    case::{After, Case, Decided},
    place::Place,
    port_request,
    visit::Visit,
};
use crate::{
    domain::{
        business_days::Holidays,
        foc::{DayOff, FocAnswers, FocWindow},
        stage::Stage,
        time_zone::{self, TimeZone},
    },
    services::review,
    web::{error::WebResult, form::Form, frame::Frame, page::Page as _, pairs::Pairs},
};

#[derive(Template)]
#[template(path = "desk/foc.html")]
struct FocPage {
    frame: Frame,
    case: Case,
    form: Form,
    zones: Vec<(String, String)>,
    /// The window that was agreed so far.
    old: Option<String>,
    /// The day that the customer would like.
    preferred: Option<String>,
    preview: Option<Preview>,
}

impl FocPage {
    fn can_set(&self) -> bool {
        self.case.allows(Stage::FocScheduled)
    }
}

/// A window as people in three places read it.
struct Preview {
    lines: Vec<(&'static str, String)>,
    /// What the save button confirms: another window has to be shown first.
    seen: String,
}

/// GET /desk/port-requests/{sid}/foc
pub async fn show(at: Visit, sid: Path<String>, place: Query<Place>) -> WebResult<HttpResponse> {
    let case = Case::load(&at, &sid, place.into_inner()).await?.open_for(Stage::FocScheduled)?;
    let empty = FocAnswers { zone: case.location.time_zone.clone(), ..FocAnswers::default() };
    let answers = case.request.foc().map_or(empty, |foc| FocAnswers::of(&foc, at.app.house.zone(&foc.zone)));
    let form = Form::unchecked(to_pairs(&answers));
    draw(&at, case, form, None).await?.ok()
}

/// POST /desk/port-requests/{sid}/foc
pub async fn save(at: Visit, sid: Path<String>, pairs: Pairs) -> WebResult<HttpResponse> {
    let case = Case::load(&at, &sid, Place::of(&pairs)).await?;
    let (window, mut findings) = from_pairs(&pairs).check(at.now, case.request.foc().as_ref());
    let opens = window.as_ref().and_then(|it| DayOff::of(it, at.app.house.zone(&it.zone), Holidays::built_in()));
    if let Some(off) = opens {
        findings.warn("foc-month", off);
    }
    let may_be_shown = case.is_current(&pairs) && case.allows(Stage::FocScheduled);
    let to_show = window.as_ref().filter(|window| may_be_shown && !is_confirmed(&pairs, window));
    if let Some(window) = to_show {
        let preview = preview(&at, &case, window);
        return draw(&at, case, Form::new(pairs.into_vec(), findings), Some(preview)).await?.ok();
    }
    let done = if case.request.foc().is_some() { "has a new FOC" } else { "has its FOC" };
    let decided = case
        .decide(
            &at,
            &pairs,
            window.ok_or(findings),
            After::Queue(done.to_owned()),
            |conn, house, seen, by, foc, now| review::set_foc(conn, house, seen, by, &foc, now),
        )
        .await?;
    match decided {
        Decided::Done(response) => Ok(response),
        Decided::Not(case, form, status) => draw(&at, *case, form, None).await?.with_status(status),
    }
}

fn from_pairs(pairs: &Pairs) -> FocAnswers {
    let text = |name| pairs.get(name).to_owned();
    FocAnswers {
        month: text("foc-month"),
        day: text("foc-day"),
        year: text("foc-year"),
        from: text("from"),
        to: text("to"),
        zone: text("zone"),
    }
}

fn to_pairs(answers: &FocAnswers) -> Vec<(String, String)> {
    let FocAnswers { month, day, year, from, to, zone } = answers;
    let pairs =
        [("foc-month", month), ("foc-day", day), ("foc-year", year), ("from", from), ("to", to), ("zone", zone)];
    pairs.map(|(name, value)| (name.to_owned(), value.clone())).into()
}

/// Whether the button was pressed under this very window.
fn is_confirmed(pairs: &Pairs, window: &FocWindow) -> bool {
    pairs.get("do") == "save" && pairs.get("seen") == seen(window)
}

fn seen(window: &FocWindow) -> String {
    format!("{} {} {}", window.starts_at, window.ends_at, window.zone)
}

fn preview(at: &Visit, case: &Case, window: &FocWindow) -> Preview {
    let in_zone = |zone: TimeZone| zone.window(window.starts_at, window.ends_at);
    let location = at.app.house.zone(&case.location.time_zone);
    let mut lines =
        vec![("At the location", in_zone(location)), ("Your time", in_zone(at.zone)), ("UTC", in_zone(TimeZone::UTC))];
    if window.zone != location.name() {
        lines.insert(0, ("As agreed", at.window(window)));
    }
    Preview { lines, seen: seen(window) }
}

async fn draw(at: &Visit, case: Case, form: Form, preview: Option<Preview>) -> WebResult<FocPage> {
    let evidence = port_request::load(at, case.request.sid.as_str()).await?;
    let preferred = evidence.facts.preferred_date.map(time_zone::day_with_year);
    let mut zones = TimeZone::options();
    let own = at.app.house.zone(&case.location.time_zone);
    if !zones.iter().any(|(name, _)| name == own.name()) {
        zones.insert(0, (own.name().to_owned(), own.label().to_owned()));
    }
    let old = case.request.foc().map(|foc| at.window(&foc));
    Ok(FocPage { frame: at.frame(form.has_errors()), case, form, zones, old, preferred, preview })
}
