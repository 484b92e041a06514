//! Noting which numbers moved: all of them, or some.

use actix_web::{
    HttpResponse,
    web::{Path, Query},
};
use askama::Template;

use super::{
    case::{After, Case, Decided},
    facts::{self, NumberRow},
    place::Place,
    port_request,
    visit::Visit,
    words,
};
use crate::{
    domain::{findings::Findings, stage::Stage},
    services::complete_port,
    web::{error::WebResult, form::Form, frame::Frame, page::Page as _, pairs::Pairs},
};

#[derive(Template)]
#[template(path = "desk/completion.html")]
struct CompletionPage {
    frame: Frame,
    case: Case,
    form: Form,
    /// Those that have not moved yet.
    waiting: Vec<NumberRow>,
    moved: usize,
    all: String,
    /// The words of a box to tick while the agreed window has not begun.
    early: Option<String>,
}

impl CompletionPage {
    fn can_complete(&self) -> bool {
        self.case.allows(Stage::Completed)
    }

    fn states() -> Vec<(String, String)> {
        [("yes", "Moved"), ("no", "Not yet")].map(|(code, label)| (code.to_owned(), label.to_owned())).into()
    }
}

/// GET /desk/port-requests/{sid}/completion
pub async fn show(at: Visit, sid: Path<String>, place: Query<Place>) -> WebResult<HttpResponse> {
    let case = Case::load(&at, &sid, place.into_inner()).await?.open_for(Stage::Completed)?;
    let numbers = numbers(&at, &case).await?;
    draw(&at, case, numbers, Form::default()).ok()
}

/// POST /desk/port-requests/{sid}/completion
pub async fn save(at: Visit, sid: Path<String>, pairs: Pairs) -> WebResult<HttpResponse> {
    let case = Case::load(&at, &sid, Place::of(&pairs)).await?;
    let numbers = numbers(&at, &case).await?;
    let due = due(&at, &case);
    let checked = check(&pairs, &numbers, due.is_some());
    let done = checked.as_ref().ok().map(|moved| done(moved.len(), &numbers)).unwrap_or_default();
    let decided = case
        .decide(&at, &pairs, checked, After::Queue(done), |conn, house, seen, by, moved: Vec<i64>, now| {
            complete_port::complete(conn, house, seen, by, &moved, now)
        })
        .await?;
    match decided {
        Decided::Done(response) => Ok(response),
        Decided::Not(case, form, status) => draw(&at, *case, numbers, form).with_status(status),
    }
}

async fn numbers(at: &Visit, case: &Case) -> WebResult<Vec<NumberRow>> {
    let evidence = port_request::load(at, case.request.sid.as_str()).await?;
    Ok(facts::numbers(&evidence, None, at.zone, at.now))
}

/// The field of a number.
fn field(row: &NumberRow) -> String {
    format!("moved-{}", row.id)
}

/// Row ids of the numbers that moved now.
fn check(pairs: &Pairs, numbers: &[NumberRow], is_early: bool) -> Result<Vec<i64>, Findings> {
    let waiting = numbers.iter().filter(|row| !row.is_moved);
    let mut findings = Findings::default();
    if is_early && pairs.get("early") != "yes" {
        findings.error("early", "Tick the box to confirm that the numbers moved before the agreed time");
    }
    match pairs.get("which") {
        "all" if findings.is_empty() => return Ok(waiting.map(|row| row.id).collect()),
        "all" => return Err(findings),
        "some" => {}
        _ => {
            findings.error("which", "Select which numbers moved");
            return Err(findings);
        }
    }
    let (mut moved, answers) = (Vec::new(), pairs.by_name());
    for row in waiting {
        match answers.get(field(row).as_str()).copied().unwrap_or_default() {
            "yes" => moved.push(row.id),
            "no" => {}
            _ => findings.error(field(row), format!("Select whether {} moved", row.number)),
        }
    }
    if findings.is_empty() && moved.is_empty() {
        findings.error("which", "Select at least one number that moved");
    }
    if findings.is_empty() { Ok(moved) } else { Err(findings) }
}

/// The agreed window, while it has not begun: completing now tells the customer to leave their old carrier.
fn due(at: &Visit, case: &Case) -> Option<String> {
    let foc = case.request.foc().filter(|foc| at.now < foc.starts_at)?;
    Some(at.app.house.zone(&case.location.time_zone).window(foc.starts_at, foc.ends_at))
}

fn done(moved: usize, numbers: &[NumberRow]) -> String {
    let before = numbers.iter().filter(|row| row.is_moved).count();
    let all = words::counted(i64::try_from(numbers.len()).unwrap_or(i64::MAX), "number");
    if before + moved == numbers.len() {
        "completed".to_owned()
    } else {
        format!("noted: {} of {all} moved", before + moved)
    }
}

fn draw(at: &Visit, case: Case, numbers: Vec<NumberRow>, form: Form) -> CompletionPage {
    let (moved, waiting): (Vec<_>, Vec<_>) = numbers.into_iter().partition(|row| row.is_moved);
    let all = match waiting.len() {
        1 => "The number moved".to_owned(),
        count if moved.is_empty() => format!("All {count} numbers moved"),
        count => format!("All {count} that were still waiting moved"),
    };
    let early = due(at, &case).map(|due| format!("The numbers moved before the agreed time, {due}"));
    CompletionPage { frame: at.frame(form.has_errors()), case, form, waiting, moved: moved.len(), all, early }
}
