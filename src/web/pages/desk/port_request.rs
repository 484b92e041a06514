//! One request: the facts to file, the documents beside them, and what can be done.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Path, Query},
};
use askama::Template;
use serde::Deserialize;

use super::{
    agreed::{self, Agreement},
    case::Case,
    documents::{self, Documents},
    facts::{self, Group, NumberRow},
    history, loa,
    place::Place,
    stops::{self, Before, Remedy, Stop},
    visit::Visit,
    words::{self, Moment},
};
use crate::{
    domain::{
        findings::Findings, moves::Mover, rejection::RejectionReason, request_sid::RequestSid, stage::Stage, time_zone,
    },
    services::{
        evidence::{self, Evidence},
        review::Revealed,
    },
    store::{loa_files::LoaFile, loas::Loa, outbox::QueuedLetter, rejections::Reason},
    web::{
        error::{WebError, WebResult},
        form::Form,
        frame::Frame,
        now,
        page::Page as _,
        pages::signed_loa,
        parts::HistoryEntry,
    },
};

#[derive(Template)]
#[template(path = "desk/port_request.html")]
pub(super) struct RequestPage {
    pub(super) frame: Frame,
    place: Place,
    path: String,
    name: String,
    evidence: Evidence,
    look: &'static str,
    waiting: String,
    since: Moment,
    sent: Moment,
    foc: Option<(String, Option<String>)>,
    is_mine: bool,
    /// Label, address and look of each decision that is allowed now.
    ways: Vec<(&'static str, String, &'static str)>,
    /// Why the letter of authorization keeps the request from the carrier.
    stops: Option<Stop>,
    /// What else does, in a request of the manual form.
    cautions: Vec<String>,
    /// Numbers that moved here before.
    moved_before: Vec<Before>,
    groups: Vec<Group>,
    numbers: Vec<NumberRow>,
    documents: Documents,
    history: Vec<HistoryEntry>,
    letters: Vec<LetterRow>,
    /// Letters of authorization that were signed and replaced.
    signed_before: Vec<SignedBefore>,
    refusals: Vec<Refusal>,
    agreements: Vec<Agreement>,
    is_revealed: bool,
    /// The form that reveals, where something was wrong with it.
    form: Form,
    /// Whether it asks for the password.
    asks_password: bool,
    conflict: Option<String>,
    printed: Moment,
}

impl RequestPage {
    /// The page again, with what was wrong about its form.
    pub(super) fn refused(self, findings: Findings) -> Self {
        let frame = Frame { errors: true, ..self.frame };
        Self { frame, form: Form::new(Vec::new(), findings), ..self }
    }

    /// All numbers, one a line, for the carrier's form.
    fn all_numbers(&self) -> String {
        self.numbers.iter().map(|row| row.number.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// Whether accepting waits for the day on the letter.
    fn records_first(&self) -> bool {
        stops::asks_for_the_day(&self.evidence)
    }

    /// The day on the letter as it was typed, where it is asked about.
    fn seen_day(&self) -> Option<String> {
        self.form.warning("signed-month").map(|_| loa::seen(|name| self.form.value(name)))
    }

    /// Where the carrier's order number is corrected.
    fn order_href(&self) -> String {
        format!("{}#order-number", self.place.href(&format!("{}/current-action", self.path)))
    }

    /// The document that is shown.
    fn doc(&self) -> &str {
        self.documents.shown.as_ref().map_or("", |shown| &shown.id)
    }
}

struct LetterRow {
    id: i64,
    subject: String,
    state: &'static str,
    at: Moment,
}

struct SignedBefore {
    loa_id: String,
    /// Who signed it when.
    about: String,
    /// Addresses and names of its PDFs.
    files: Vec<(String, &'static str)>,
}

/// The reasons of one attempt.
struct Refusal {
    title: String,
    points: Vec<(String, String)>,
    carrier_words: String,
}

/// Which document is looked at.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    doc: String,
}

/// GET /desk/port-requests/{sid}
pub async fn show(at: Visit, sid: Path<String>, place: Query<Place>, wanted: Query<Wanted>) -> WebResult<HttpResponse> {
    let evidence = load(&at, &sid).await?;
    draw(&at, place.into_inner(), &wanted.doc, evidence, None).ok()
}

/// The page for a form of it that came too late.
pub(super) async fn show_conflict(at: &Visit, case: Case) -> WebResult<HttpResponse> {
    let evidence = load(at, case.request.sid.as_str()).await?;
    let page = RequestPage { conflict: case.conflict, ..draw(at, case.place, "", evidence, None) };
    page.with_status(StatusCode::CONFLICT)
}

/// The page with a form of it that was not written.
pub(super) async fn show_again(at: &Visit, case: Case, form: Form, status: StatusCode) -> WebResult<HttpResponse> {
    let evidence = load(at, case.request.sid.as_str()).await?;
    let page = draw(at, case.place, documents::LETTER, evidence, None);
    let frame = Frame { errors: form.has_errors(), ..page.frame };
    RequestPage { frame, form, conflict: case.conflict, ..page }.with_status(status)
}

/// Loads what the desk may see of a request.
pub(super) async fn load(at: &Visit, sid: &str) -> WebResult<Evidence> {
    let sid = RequestSid::parse(sid).ok_or(WebError::NotFound)?;
    let (house, now) = (at.app.house.clone(), at.now);
    Ok(at.app.store.read(move |conn| evidence::load(conn, &house, &sid, now)).await?)
}

/// The page of a request, with its secrets where they are revealed.
pub(super) fn draw(
    at: &Visit,
    place: Place,
    doc: &str,
    evidence: Evidence,
    revealed: Option<&Revealed>,
) -> RequestPage {
    let request = &evidence.request;
    let zone = at.zone;
    let path = format!("/desk/port-requests/{}", request.sid);
    let sent_at = request.sent_at.unwrap_or(request.created_at);
    RequestPage {
        frame: at.live_frame(),
        name: now::title_of(request),
        look: request.stage.customer_status().code(),
        waiting: words::span(request.stage_since, at.now),
        since: Moment::new(zone, request.stage_since),
        sent: Moment::new(zone, sent_at),
        foc: request.foc().map(|foc| (at.window(&foc), at.own_window(&foc))),
        is_mine: request.assigned_to == Some(at.reviewer.person.id),
        ways: ways(&evidence, &place, &path),
        stops: stops::stops(&evidence),
        cautions: stops::cautions(&evidence),
        moved_before: stops::moved_before(&evidence, &place, zone),
        groups: facts::groups(&evidence, revealed, zone, at.now),
        numbers: facts::numbers(&evidence, revealed, zone, at.now),
        documents: documents::documents(&evidence, stops::doc_or_letter(&evidence, doc), &place, &path),
        history: history::entries(&evidence.history, zone, &at.app.house.brand.name),
        letters: evidence.letters.iter().map(|letter| letter_row(at, letter)).collect(),
        signed_before: evidence.signed_before.iter().map(before).collect(),
        refusals: refusals(&evidence.rejections, zone),
        agreements: agreed::agreements(&evidence.agreed, zone),
        is_revealed: revealed.is_some(),
        form: Form::default(),
        asks_password: !at.is_fresh,
        conflict: None,
        printed: at.moment(at.now),
        place,
        path,
        evidence,
    }
}

/// What a reviewer can do now; the first is what is done most.
fn ways(evidence: &Evidence, place: &Place, path: &str) -> Vec<(&'static str, String, &'static str)> {
    let stage = evidence.request.stage;
    let authorized =
        evidence.letter.as_ref().is_some_and(|letter| letter.stops.is_none()) && stops::cautions(evidence).is_empty();
    let has_foc = matches!(stage, Stage::FocScheduled | Stage::PartiallyPorted);
    let way = |to: Stage, label, below: &str| {
        let label_and_address = (label, place.href(&format!("{path}/{below}")));
        stage.allows(to, Mover::Reviewer).then_some(label_and_address)
    };
    let foc = if stage == Stage::FocScheduled { "Change the FOC" } else { "Set the FOC" };
    let moves = [
        way(Stage::Completed, "Note what moved", "completion"),
        way(Stage::Submitted, "Accept and note as sent", "submission").filter(|_| !has_foc && authorized),
        way(Stage::FocScheduled, foc, "foc"),
        (!stage.is_final()).then(|| ("Describe the current action", place.href(&format!("{path}/current-action")))),
        way(Stage::Rejected, "Reject", "rejection"),
        way(Stage::Canceled, "Cancel request", "cancellation"),
    ];
    // The one filled button is that of what comes first.
    let records_first = stops::asks_for_the_day(evidence);
    let looks = |index: usize, label: &str| match (index, label) {
        (_, "Reject") => "danger",
        (0, _) if !records_first => "",
        _ => "second",
    };
    moves.into_iter().flatten().enumerate().map(|(index, (label, href))| (label, href, looks(index, label))).collect()
}

fn letter_row(at: &Visit, letter: &QueuedLetter) -> LetterRow {
    let state = match letter.state.as_str() {
        "sent" => "Sent",
        "dead" => "Failed",
        "dropped" => "Not sent",
        _ => "Queued",
    };
    LetterRow { id: letter.id, subject: letter.subject.clone(), state, at: at.moment(letter.created_at) }
}

fn before((loa, files): &(Loa, Vec<LoaFile>)) -> SignedBefore {
    let on = loa.signed_on.map(time_zone::day_with_year).unwrap_or_default();
    let about = format!("{}, signed on {on}", loa.signer_name);
    SignedBefore { loa_id: loa.loa_id.to_string(), about, files: signed_loa::links(loa, files) }
}

fn refusals(reasons: &[Reason], zone: time_zone::TimeZone) -> Vec<Refusal> {
    reasons
        .chunk_by(|one, other| one.attempt == other.attempt && one.set_at == other.set_at)
        .rev()
        .filter_map(|same| {
            let first = same.first()?;
            let by = if first.source == "carrier" { "the carrier" } else { "our desk" };
            let point = |reason: &Reason| {
                let title =
                    RejectionReason::find(&reason.slug).map_or_else(|| reason.slug.clone(), |it| it.title.clone());
                (title, reason.message.clone())
            };
            Some(Refusal {
                title: format!(
                    "Attempt {}, by {by} on {}",
                    first.attempt,
                    time_zone::day_with_year(zone.date(first.set_at))
                ),
                points: same.iter().map(point).collect(),
                carrier_words: first.carrier_words.clone(),
            })
        })
        .collect()
}
