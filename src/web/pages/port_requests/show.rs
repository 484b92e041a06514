//! One port request: where it is, whose move it is, and what was sent.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use super::{
    loa::words::{self, LetterLine},
    sent::{self, DocumentLine, Line, NumberLine, Terms},
    sid, timeline,
};
use crate::{
    domain::{
        moves::Mover,
        people::{Customer, Person},
        rejection::{OTHER, RejectionReason},
        request_sid::RequestSid,
        stage::Stage,
    },
    services::house::House,
    store::{
        self, Conn, StoreError, acknowledgements::Acknowledgement, documents::Document, history::Event, loas::Loa,
        locations::Location, numbers::PortNumber, port_requests::PortRequest, rejections::Reason,
        submissions::Submission,
    },
    web::{
        app::App,
        error::WebResult,
        extract::SignedIn,
        flash::see_other,
        frame::Frame,
        now::{self, Clocks, Now},
        page::{self, Page as _},
        parts::{HistoryEntry, ProgressStep},
        wizard::Changes,
    },
};

#[derive(Template)]
#[template(path = "port_requests/show.html")]
struct RequestPage {
    frame: Frame,
    name: String,
    href: String,
    /// Drafts have no Request SID that counts yet.
    sid: Option<String>,
    said: Now,
    /// What was refused and what to do about it, where the sentence is shorter than that.
    refused: Vec<String>,
    /// Reasons that the customer can do nothing about.
    ours: Vec<String>,
    /// Who corrects what was refused, where it is not the account.
    contact: Option<String>,
    status: &'static str,
    facts: Vec<(&'static str, String)>,
    progress: Vec<ProgressStep>,
    numbers: Vec<NumberLine>,
    /// How many numbers there are, where not all are shown.
    all_numbers: Option<i32>,
    sent: Vec<Line>,
    documents: Vec<DocumentLine>,
    terms: Terms,
    history: Vec<HistoryEntry>,
    can_cancel: bool,
    is_draft: bool,
    /// The letter of authorization, once there is one.
    letter: Option<LetterLine>,
    changes: Changes,
    carrier: String,
    printed_at: String,
}

impl RequestPage {
    fn has_pins(&self) -> bool {
        self.numbers.iter().any(|number| number.pin.is_some())
    }

    fn can_change(&self) -> bool {
        self.changes == Changes::Possible
    }
}

/// Everything that is stored about a request.
pub struct Stored {
    pub request: PortRequest,
    pub location: Location,
    pub submitter: String,
    /// None before it is sent.
    pub submission: Option<Submission>,
    pub numbers: Vec<PortNumber>,
    pub documents: Vec<Document>,
    pub terms: Vec<Acknowledgement>,
    pub history: Vec<Event>,
    /// Why the attempt was refused.
    pub reasons: Vec<Reason>,
    /// The same of all attempts.
    pub refusals: Vec<Reason>,
    /// Letters of authorization, newest first.
    pub letters: Vec<Loa>,
    /// Whether the details may be changed, and whether that was begun.
    pub changes: Changes,
}

/// GET /port-requests/{sid}
pub async fn show(who: SignedIn, app: Data<App>, req: HttpRequest, typed: Path<String>) -> WebResult<HttpResponse> {
    let sid = match sid::of_page(&req, &typed)? {
        Ok(sid) => sid,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let Some(customer) = Customer::of(who.person) else {
        return Ok(see_other(&format!("/desk/port-requests/{sid}")));
    };
    let (house, reader) = (app.house.clone(), customer.clone());
    let stored = app.store.read(move |conn| load(conn, &house, &reader, &sid)).await?;
    page(&app, &req, &customer.person, &stored)?.ok()
}

fn load(conn: &mut Conn, house: &House, customer: &Customer, sid: &RequestSid) -> Result<Stored, StoreError> {
    let request = store::port_requests::find_visible(conn, customer, sid)?;
    load_of(conn, house, request)
}

/// A request with everything that its page shows.
pub fn load_of(conn: &mut Conn, house: &House, request: PortRequest) -> Result<Stored, StoreError> {
    let refusals = store::rejections::of_request(conn, request.id)?;
    let memory = store::drafts::find(conn, &house.vault, request.id)?.answers.memory;
    let was_sent = request.sent_at.is_some();
    Ok(Stored {
        location: store::locations::find(conn, request.location_id)?,
        submitter: store::users::find(conn, request.submitted_by)?.name,
        submission: was_sent.then(|| store::submissions::newest(conn, request.id)).transpose()?,
        numbers: store::numbers::of_request(conn, request.id)?,
        documents: if was_sent {
            store::documents::sent_with(conn, request.id)?
        } else {
            store::documents::of_request(conn, request.id)?
        },
        terms: store::acknowledgements::of_request(conn, request.id)?,
        history: store::history::of_request(conn, request.id, true)?,
        reasons: refusals.iter().filter(|reason| reason.attempt == request.attempt).cloned().collect(),
        refusals,
        letters: store::loas::of_request(conn, request.id)?,
        changes: Changes::of(request.stage, &memory),
        request,
    })
}

fn page(app: &App, req: &HttpRequest, reader: &Person, stored: &Stored) -> WebResult<RequestPage> {
    let (house, now) = (&app.house, app.clock.now());
    let request = &stored.request;
    let clocks = Clocks::of(house, &stored.location.time_zone, reader);
    let letter = stored.letters.first();
    let said = Now::of(house, (request, &stored.submitter), letter, &stored.location.time_zone, reader, now);
    let mut frame = page::frame(app, req);
    frame.live = Some("/live".to_owned());
    frame.place = Some(stored.location.name.clone());
    let is_draft = request.stage == Stage::Draft;
    let href = format!("/port-requests/{}", request.sid);
    let at = (&stored.location, request.stage);
    let shows_all = req.query_string() == "numbers=all";
    let numbers = sent::numbers(stored, clocks, now, shows_all);
    Ok(RequestPage {
        frame,
        name: now::title_of(request),
        letter: letter.map(|loa| words::newest(house, loa, at, &href, clocks, now)).map(|line| {
            // The form does not ask who signed.
            let signer = if request.is_manual() { "Stands on the uploaded letter".to_owned() } else { line.signer };
            LetterLine { signer, ..line }
        }),
        // Its sender corrects it, by the links in their mails.
        changes: if request.is_manual() { Changes::No } else { stored.changes },
        carrier: request.losing_carrier.clone(),
        href,
        sid: (!is_draft).then(|| request.sid.to_string()),
        status: said.status.code(),
        refused: refused(stored, &said),
        ours: ours(stored),
        contact: (request.is_manual() && request.stage == Stage::Rejected).then(|| stored.submitter.clone()),
        said,
        facts: facts(stored, clocks),
        progress: timeline::progress(stored, house, clocks),
        all_numbers: (numbers.len() < stored.numbers.len()).then_some(request.number_count),
        numbers,
        sent: sent::details(stored, house, clocks)?,
        documents: sent::documents(stored),
        terms: sent::terms(stored, clocks),
        history: timeline::history(stored, house, clocks),
        can_cancel: can_cancel(request.stage) && !request.is_manual(),
        is_draft,
        printed_at: clocks.moment(now),
    })
}

/// What the customer has to put right, without what the sentence above it says already.
fn refused(stored: &Stored, said: &Now) -> Vec<String> {
    let rest = |message: String| match message.strip_prefix(&said.sentence) {
        Some(rest) => rest.trim_start().to_owned(),
        None => message,
    };
    // What to do about it is the contact's, who was told.
    let words = |reason: &Reason| if stored.request.is_manual() { in_short(reason) } else { reason.message.clone() };
    reasons(stored, true).map(words).map(rest).filter(|message| !message.is_empty()).collect()
}

fn ours(stored: &Stored) -> Vec<String> {
    reasons(stored, false).map(|reason| reason.message.clone()).collect()
}

/// The reasons of a refusal that are the customer's to put right, or those that are not.
fn reasons(stored: &Stored, for_customer: bool) -> impl Iterator<Item = &Reason> {
    let reasons = stored.reasons.iter().filter(|_| stored.request.stage == Stage::Rejected);
    reasons.filter(move |reason| reason.is_for_customer() == for_customer)
}

/// What was refused, without what to do about it.
pub fn in_short(reason: &Reason) -> String {
    let titled = RejectionReason::find(&reason.slug).filter(|it| it.slug != OTHER);
    titled.map_or_else(|| reason.message.clone(), |it| format!("{}.", it.title))
}

/// Whether the page of canceling has something to say: also where only support can still stop the move.
fn can_cancel(stage: Stage) -> bool {
    let at_carrier = matches!(stage, Stage::Submitted | Stage::FocScheduled | Stage::PartiallyPorted);
    at_carrier || stage.allows(Stage::Canceled, Mover::Requester)
}

fn facts(stored: &Stored, clocks: Clocks) -> Vec<(&'static str, String)> {
    let request = &stored.request;
    let mut facts = vec![
        ("Created", clocks.day(request.created_at)),
        ("Submitted by", now::submitter(request, &stored.submitter)),
        ("Location", stored.location.name.clone()),
    ];
    if !request.carrier_order_number.is_empty() {
        facts.push(("Carrier order number", request.carrier_order_number.clone()));
    }
    facts
}
