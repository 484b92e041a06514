//! Wizard 5 of 5: everything once more, and sending it.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, Query},
};
use askama::Template;

use super::sid;
use crate::{
    domain::{
        draft::Step,
        findings::Findings,
        loa::{LoaMode, LoaState},
        people::Customer,
        request_sid::RequestSid,
    },
    services::{
        draft::{self, DraftError},
        draft_findings,
        loa::{
            preview::{self, Consequence},
            waiting,
        },
        send_request::{self, SendError, Submitted},
    },
    store::StoreError,
    web::{
        app::App,
        error::WebResult,
        flash::{see_other, see_other_with},
        frame::{Frame, Notice},
        page::{self, Page as _},
        pairs::Pairs,
        wizard::{
            self, Top, Wanted,
            summary::{self, Card, Line},
        },
    },
};

#[derive(Template)]
#[template(path = "port_requests/check.html")]
struct CheckPage {
    frame: Frame,
    top: Top,
    printed_at: String,
    errors_title: String,
    errors: Vec<Line>,
    warnings: Vec<Line>,
    /// How many steps are not finished.
    left: usize,
    unfinished: Vec<Line>,
    cards: Vec<Card>,
    /// What sending means for the letter that there is.
    consequence: Vec<String>,
}

/// GET /port-requests/{sid}/check
pub async fn show(
    customer: Customer,
    app: Data<App>,
    req: HttpRequest,
    typed: Path<String>,
    wanted: Query<Wanted>,
) -> WebResult<HttpResponse> {
    let sid = match sid::of_page(&req, &typed)? {
        Ok(sid) => sid,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let opened = match wizard::open(&app, &req, customer.clone(), &sid, Step::Check, &wanted).await? {
        Ok(opened) => opened,
        Err(sent) => return Ok(sent),
    };
    let Looked { unfinished, asked, held, consequence } = look(&app, customer.clone(), &sid).await?;
    let mut frame = page::frame(&app, &req);
    frame.place = Some(opened.open.location.name.clone());
    let pressed = wanted.checks();
    let errors = if pressed { lines(&sid, &unfinished, |findings| &findings.errors) } else { Vec::new() };
    frame.errors = !errors.is_empty();
    let zone = app.house.zone(&opened.open.location.time_zone);
    CheckPage {
        frame,
        top: Top::new(&app, &opened, Step::Check, &wanted),
        printed_at: zone.moment(opened.now),
        errors_title: summary::title(&unfinished),
        errors,
        warnings: if wanted.asks() { lines(&sid, &asked, |findings| &findings.warnings) } else { Vec::new() },
        left: unfinished.len(),
        unfinished: unfinished.iter().flat_map(|page| not_finished(&sid, page, &held)).collect(),
        cards: summary::cards(&app.house, &customer, &opened),
        consequence: consequence.map(|told| told.sentences().to_vec()).unwrap_or_default(),
    }
    .ok()
}

/// POST /port-requests/{sid}/check
pub async fn save(customer: Customer, app: Data<App>, sid: Path<String>, pairs: Pairs) -> WebResult<HttpResponse> {
    let sid = sid::of_action(&sid)?;
    if pairs.get("do") == "later" {
        return wizard::later(&app, customer, &sid).await;
    }
    let changes = pairs.get("changes") == "yes";
    let mut outcome = submit(&app, &customer, &sid, changes).await;
    if matches!(outcome, Err(SendError::Store(StoreError::Taken))) {
        // Another request claimed one of the numbers in this moment: the second look says which.
        outcome = submit(&app, &customer, &sid, changes).await;
    }
    let here = wizard::address(&sid, Step::Check);
    match outcome {
        Ok(Submitted::Sent) => after(&app, customer, &sid).await,
        Ok(Submitted::TooLate) => {
            let told = "Your changes were not sent: the request has gone on since you began them. They are kept.";
            see_other_with(&app, &format!("/port-requests/{sid}"), &Notice::info(told))
        }
        Ok(Submitted::Asked) => Ok(see_other(&format!("{here}?asked=1"))),
        Err(SendError::Unfinished(_)) => Ok(see_other(&format!("{here}?check=1"))),
        Err(SendError::Draft(error)) => Err(error.into()),
        // Somebody moved it in this moment: its page says where it is now.
        Err(SendError::Move(_)) => Ok(see_other(&format!("/port-requests/{sid}"))),
        Err(SendError::Store(error)) => Err(error.into()),
    }
}

/// What comes next for whoever has sent a request: their own signature, the letter on paper, or what happens now.
async fn after(app: &Data<App>, customer: Customer, sid: &RequestSid) -> WebResult<HttpResponse> {
    let (who, wanted) = (customer.clone(), sid.clone());
    let newest = app.store.read(move |conn| waiting::newest(conn, &who, &wanted)).await?;
    let waits = newest.loa.filter(|loa| loa.state == LoaState::Pending);
    Ok(match waits.map(|loa| (loa.mode, loa)) {
        Some((LoaMode::InPerson, loa)) if loa.requested_by == customer.person.id => {
            see_other(&format!("/sign/r/{}", loa.loa_id))
        }
        Some((LoaMode::Paper, _)) => see_other(&format!("/port-requests/{sid}/loa/upload")),
        _ => see_other(&format!("/port-requests/{sid}/confirmation")),
    })
}

async fn submit(app: &Data<App>, customer: &Customer, sid: &RequestSid, changes: bool) -> Result<Submitted, SendError> {
    let (house, customer, sid, now) = (app.house.clone(), customer.clone(), sid.clone(), app.clock.now());
    app.store.write(move |conn| send_request::submit(conn, &house, &customer, &sid, changes, now)).await
}

type Pages = Vec<(Step, Findings)>;

struct Looked {
    /// The pages that are not finished.
    unfinished: Pages,
    /// Everything that there is to say about each page.
    asked: Pages,
    /// What is said about numbers that other requests hold.
    held: Vec<String>,
    consequence: Option<Consequence>,
}

async fn look(app: &Data<App>, customer: Customer, sid: &RequestSid) -> WebResult<Looked> {
    let (house, sid, now) = (app.house.clone(), sid.clone(), app.clock.now());
    let looked = app
        .store
        .read(move |conn| {
            let open = draft::open(conn, &house, &customer, &sid)?;
            let unfinished = draft_findings::unfinished(conn, &house, &customer, &open, now)?;
            let answers = &open.draft.answers;
            let held = draft_findings::held_numbers(conn, &house, &customer, open.request.id, answers)?;
            let mut asked = Vec::new();
            for step in Step::ALL {
                let found = match step {
                    Step::Check => {
                        draft_findings::of_signer(&house, &customer, &open, answers, &open.rules(&house, now))
                    }
                    _ => draft_findings::of_page(conn, &house, &customer, &open, answers, step, now)?,
                };
                asked.push((step, found));
            }
            let consequence = preview::preview(conn, &house, &customer, &open, now)?;
            let held = held.iter().map(ToString::to_string).collect();
            Ok::<_, DraftError>(Looked { unfinished, asked, held, consequence })
        })
        .await;
    Ok(looked?)
}

/// A step by its name; one that only numbers of other requests stop, by what is said about them: it looks complete.
fn not_finished(sid: &RequestSid, page: &(Step, Findings), held: &[String]) -> Vec<Line> {
    let (step, findings) = page;
    if !findings.errors.is_empty() && findings.errors.iter().all(|error| held.contains(&error.text)) {
        return lines(sid, std::slice::from_ref(page), |findings| &findings.errors);
    }
    let href = format!("{}?check=1&from=check", wizard::place(sid, *step));
    let text = if *step == Step::Check { "Who signs the letter" } else { step.label() };
    vec![Line { href, text: text.to_owned() }]
}

fn lines(
    sid: &RequestSid,
    pages: &[(Step, Findings)],
    of: impl Fn(&Findings) -> &Vec<crate::domain::findings::Finding>,
) -> Vec<Line> {
    let line = |step: Step, field: &str, text: &str| {
        let href = format!("{}?check=1&from=check#{field}", wizard::place(sid, step));
        Line { href, text: text.to_owned() }
    };
    pages.iter().flat_map(|(step, findings)| of(findings).iter().map(|it| line(*step, &it.field, &it.text))).collect()
}
