//! Where a request is, for its contact: status, sentence, dates, reason, documents; no PIN, and only parts of the rest.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use super::{address, contact};
use crate::{
    domain::{
        document::{Door, FileSize},
        findings::Findings,
        moves::Mover,
        stage::Stage,
    },
    services::{house::House, manual::Contact},
    store::{self, Conn, StoreError},
    vault::Token,
    web::{
        app::App,
        error::WebResult,
        form::Form,
        frame::Frame,
        now::{self, Clocks, Now},
        page::{self, Page as _},
        pages::port_requests::{
            sent::{self, Line, NumberLine},
            show::{Stored, load_of},
            timeline,
        },
        parts::{HistoryEntry, ProgressStep},
    },
};

#[derive(Template)]
#[template(path = "status/show.html")]
pub struct StatusPage {
    frame: Frame,
    form: Form,
    name: String,
    href: String,
    sid: String,
    status: &'static str,
    said: Now,
    refusal: Refusal,
    progress: Vec<ProgressStep>,
    numbers: Vec<NumberLine>,
    /// How many numbers there are, if not all are shown.
    all_numbers: Option<i32>,
    details: Vec<Line>,
    documents: Vec<(String, String)>,
    upload_hint: String,
    history: Vec<HistoryEntry>,
    is_confirmed: bool,
    can: Possible,
    printed_at: String,
}

/// What the contact can do now.
struct Possible {
    fix: bool,
    add: bool,
    /// The words of the link, where there is one.
    cancel: Option<&'static str>,
    /// All of it, in words.
    words: &'static str,
}

impl Possible {
    fn at(stage: Stage) -> Self {
        Self {
            fix: stage == Stage::Rejected,
            add: !stage.is_final(),
            cancel: cancel_words(stage),
            words: possible(stage),
        }
    }
}

/// Why the last attempt was refused, while it is.
#[derive(Default)]
struct Refusal {
    /// What the contact puts right, without what stands above it.
    theirs: Vec<String>,
    /// What we take care of.
    ours: Vec<String>,
    /// The losing carrier's own, if there are any.
    carrier_words: String,
}

impl Refusal {
    fn of(stored: &Stored, above: &str) -> Self {
        if stored.request.stage != Stage::Rejected {
            return Self::default();
        }
        let reasons = |for_customer: bool| -> Vec<String> {
            let of = stored.reasons.iter().filter(|it| it.is_for_customer() == for_customer);
            // What stands above is not said twice.
            let below = of.map(|it| it.message.strip_prefix(above).unwrap_or(&it.message).trim().to_owned());
            below.filter(|message| !message.is_empty()).collect()
        };
        let words = stored.reasons.iter().map(|it| &it.carrier_words).find(|words| !words.is_empty());
        Self { theirs: reasons(true), ours: reasons(false), carrier_words: words.cloned().unwrap_or_default() }
    }
}

/// GET /status/{token}
pub async fn show(app: Data<App>, req: HttpRequest, typed: Path<String>) -> WebResult<HttpResponse> {
    let token = Token::from_client(&typed);
    match contact(&app, &req, &token).await? {
        Ok(contact) => page_of(&app, &req, &token, contact, Findings::default()).await?.ok(),
        Err(dead) => Ok(dead),
    }
}

/// The page of a request, with what there is to say about files that were not taken.
pub async fn page_of(
    app: &Data<App>,
    req: &HttpRequest,
    token: &Token,
    contact: Contact,
    findings: Findings,
) -> WebResult<StatusPage> {
    let (house, who) = (app.house.clone(), contact.clone());
    let stored = app.store.read(move |conn| load(conn, &house, &who)).await?;
    let now = app.clock.now();
    let (request, zone) = (&stored.request, stored.location.time_zone.as_str());
    let clocks = Clocks::of(&app.house, zone, contact.person());
    let said = Now::of(&app.house, (request, &stored.submitter), stored.letters.first(), zone, contact.person(), now);
    let mut frame = page::frame(app, req);
    frame.errors = !findings.is_empty();
    let shows_all = req.query_string() == "numbers=all";
    let numbers = sent::numbers(&stored, clocks, now, shows_all);
    let refusal = Refusal::of(&stored, &said.sentence);
    Ok(StatusPage {
        frame,
        form: Form::new(Vec::new(), findings),
        name: format!("{} from {}", now::numbers(request.number_count), request.losing_carrier),
        href: address(token),
        sid: request.sid.to_string(),
        status: said.status.code(),
        refusal,
        progress: timeline::progress(&stored, &app.house, clocks),
        all_numbers: (numbers.len() < stored.numbers.len()).then_some(request.number_count),
        numbers,
        details: details(&stored, &app.house, clocks)?,
        documents: documents(&stored, clocks),
        upload_hint: format!("PDF, up to {} each", FileSize(Door::MANUAL.max_bytes)),
        history: timeline::history(&stored, &app.house, clocks),
        is_confirmed: request.confirmed_at.is_some(),
        can: Possible::at(request.stage),
        printed_at: clocks.moment(now),
        said,
    })
}

/// What the carrier has is stopped by the desk, which is asked.
fn cancel_words(stage: Stage) -> Option<&'static str> {
    if stage.allows(Stage::Canceled, Mover::Requester) {
        return Some("Cancel request");
    }
    stage.is_at_carrier().then_some("Ask to stop this move")
}

/// What whoever has the link can do.
fn possible(stage: Stage) -> &'static str {
    match stage {
        over if over.is_final() => "see this request",
        early if early.allows(Stage::Canceled, Mover::Requester) => "follow, correct and cancel this request",
        asked if cancel_words(asked).is_some() => "follow this request and ask to stop it",
        _ => "follow this request",
    }
}

/// Names only: whoever holds the link has the files.
fn documents(stored: &Stored, clocks: Clocks) -> Vec<(String, String)> {
    let letter = stored.letters.first().filter(|loa| loa.signed_at.is_some());
    let letter = letter.map(|loa| ("Signed letter of authorization".to_owned(), clocks.day(loa.created_at)));
    let others = stored.documents.iter().map(|it| (it.file_name.clone(), clocks.day(it.uploaded_at)));
    letter.into_iter().chain(others).collect()
}

fn load(conn: &mut Conn, house: &House, contact: &Contact) -> Result<Stored, StoreError> {
    let request = store::port_requests::get(conn, contact.port_request_id())?;
    load_of(conn, house, request)
}

/// What was sent, without what a stranger with the link could use: the end of the account number, city and state.
fn details(stored: &Stored, house: &House, clocks: Clocks) -> Result<Vec<Line>, StoreError> {
    const SHOWN: [&str; 4] = ["Current carrier", "Account number", "Date on the bill", "Preferred move date"];
    let all = sent::details(stored, house, clocks)?;
    let mut lines: Vec<Line> = all.into_iter().filter(|line| SHOWN.contains(&line.label.as_str())).collect();
    if let Some(facts) = &stored.submission {
        let place = format!("{}, {}", facts.city, facts.state);
        lines.push(Line { label: "Service address".to_owned(), value: Some(place), is_code: false });
    }
    let order = &stored.request.carrier_order_number;
    if !order.is_empty() {
        lines.push(Line { label: "Carrier order number".to_owned(), value: Some(order.clone()), is_code: true });
    }
    let location = stored.location.location_id.clone();
    lines.push(Line { label: "Location ID".to_owned(), value: Some(location), is_code: true });
    Ok(lines)
}
