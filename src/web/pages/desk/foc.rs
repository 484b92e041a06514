//! The FOC date and window: typed, shown in three zones, then saved.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, Query},
};
use askama::Template;

use super::{
    case::{Case, Decided},
    place::Place,
    visit::Visit,
};
use crate::{
    domain::{
        findings::Findings,
        foc::{FocAnswers, FocWindow},
        people::Reviewer,
        stage::Stage,
        time_zone::TimeZone,
    },
    services::review,
    web::{app::App, error::WebResult, form::Form, frame::Frame, page::Page as _, pairs::Pairs},
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
pub async fn show(
    reviewer: Reviewer,
    app: Data<App>,
    req: HttpRequest,
    sid: Path<String>,
    place: Query<Place>,
) -> WebResult<HttpResponse> {
    let at = Visit::new(reviewer, app, req);
    let case = Case::load(&at, &sid, place.into_inner()).await?.open_for(Stage::FocScheduled)?;
    let empty = FocAnswers { zone: case.location.time_zone.clone(), ..FocAnswers::default() };
    let answers = case.request.foc().map_or(empty, |foc| FocAnswers::of(&foc, at.app.house.zone(&foc.zone)));
    let form = Form::unchecked(to_pairs(&answers));
    draw(&at, case, form, None).ok()
}

/// POST /desk/port-requests/{sid}/foc
pub async fn save(
    reviewer: Reviewer,
    app: Data<App>,
    req: HttpRequest,
    sid: Path<String>,
    pairs: Pairs,
) -> WebResult<HttpResponse> {
    let at = Visit::new(reviewer, app, req);
    let case = Case::load(&at, &sid, Place::of(&pairs)).await?;
    let (window, findings) = from_pairs(&pairs).check(at.now, case.request.foc().as_ref());
    let may_be_shown = case.is_current(&pairs) && case.allows(Stage::FocScheduled);
    let to_show = window.as_ref().filter(|window| may_be_shown && !is_confirmed(&pairs, window));
    if let Some(window) = to_show {
        let preview = preview(&at, &case, window);
        return draw(&at, case, form(&pairs, findings), Some(preview)).ok();
    }
    let decided = case
        .decide(&at, &pairs, window.ok_or(findings), |conn, house, seen, by, foc, now| {
            review::set_foc(conn, house, seen, by, &foc, now)
        })
        .await?;
    match decided {
        Decided::Done(case) => {
            let done = if case.request.foc().is_some() { "has a new FOC" } else { "has its FOC" };
            case.to_queue(&at, done).await
        }
        Decided::Not(case, findings, status) => draw(&at, case, form(&pairs, findings), None).with_status(status),
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

fn form(pairs: &Pairs, findings: Findings) -> Form {
    Form::new(to_pairs(&from_pairs(pairs)), findings)
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

fn draw(at: &Visit, case: Case, form: Form, preview: Option<Preview>) -> FocPage {
    let mut zones = TimeZone::options();
    let own = at.app.house.zone(&case.location.time_zone);
    if !zones.iter().any(|(name, _)| name == own.name()) {
        zones.insert(0, (own.name().to_owned(), own.label().to_owned()));
    }
    let old = case.request.foc().map(|foc| at.window(&foc));
    FocPage { frame: at.frame(form.has_errors()), case, form, zones, old, preview }
}
