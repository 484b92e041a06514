//! What stands at the end of the wizard, and later at the same address: the Request SID and where the request is now.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use chrono::NaiveDateTime;

use super::sid;
use crate::{
    domain::{
        business_days::Holidays,
        contact::EmailAddress,
        loa::{LoaMode, LoaState},
        people::Customer,
        stage::Stage,
        time_zone,
    },
    services::send_request::CARRIER_TIME,
    store::{self, StoreError, loas::Loa, locations::Location, port_requests::PortRequest},
    web::{
        app::App,
        error::WebResult,
        flash::see_other,
        frame::Frame,
        now::{self, Clocks, Now},
        page::{self, Page as _},
    },
};

/// The events of sending, and that of sending changes.
const SENDINGS: [&str; 3] = ["sent", "resubmitted", CHANGED];
const CHANGED: &str = "changed";

#[derive(Template)]
#[template(path = "port_requests/confirmation.html")]
struct ConfirmationPage {
    frame: Frame,
    title: &'static str,
    about: String,
    /// "Front desk lines" and "12 numbers from Verizon".
    what: Vec<String>,
    sid: String,
    /// Whether it was sent before.
    is_known: bool,
    status: &'static str,
    sentence: String,
    /// The agreed window on the reader's clocks.
    own_window: Option<String>,
    sent_on: String,
    sent_at: String,
    /// Whether nothing has happened since it was sent.
    is_fresh: bool,
    /// Who has to sign first, and where the link went.
    signs: Option<Signs>,
    /// What the requester does first: the address and the words of its button.
    first: Option<(String, &'static str)>,
    /// After changes: what they mean for the letter.
    letter_then: Option<&'static str>,
    is_over: bool,
    carrier: String,
    /// The day by which it is checked; nothing while it waits for a signature first.
    checked_by: Option<String>,
    carrier_time: &'static str,
    printed_at: String,
}

/// The letter that waits for its signer.
struct Signs {
    name: String,
    /// Nothing for a letter that is signed here or on paper.
    masked_email: Option<String>,
    until: String,
    /// Whether the requester signs it here.
    here: bool,
}

impl Signs {
    fn of(loa: &Loa, clocks: Clocks) -> Option<Self> {
        let email = EmailAddress::parse(&loa.signer_email).ok().filter(|_| loa.mode == LoaMode::Remote);
        (loa.state == LoaState::Pending).then(|| Self {
            name: loa.signer_name.clone(),
            masked_email: email.map(|email| email.masked()),
            until: clocks.day(loa.expires_at),
            here: loa.mode == LoaMode::InPerson,
        })
    }
}

fn first(request: &PortRequest, loa: &Loa) -> Option<(String, &'static str)> {
    let (page, label) = match loa.mode {
        LoaMode::InPerson => ("signing", "Sign the letter"),
        LoaMode::Paper => ("upload", "Upload the signed letter"),
        LoaMode::Remote => return None,
    };
    Some((format!("/port-requests/{}/loa/{page}", request.sid), label))
}

/// GET /port-requests/{sid}/confirmation
pub async fn show(
    customer: Customer,
    app: Data<App>,
    req: HttpRequest,
    typed: Path<String>,
) -> WebResult<HttpResponse> {
    let sid = match sid::of_page(&req, &typed)? {
        Ok(sid) => sid,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let (who, wanted) = (customer.clone(), sid.clone());
    let found = app.store.read(move |conn| {
        let request = store::port_requests::find_visible(conn, &who, &wanted)?;
        let location = store::locations::find(conn, request.location_id)?;
        let letters = store::loas::of_request(conn, request.id)?;
        let history = store::history::of_request(conn, request.id, true)?;
        // The newest stands first.
        let sent = history.into_iter().find(|event| SENDINGS.contains(&event.event.as_str()));
        let changed_at = sent.filter(|event| event.event == CHANGED).map(|event| event.happened_at);
        Ok::<_, StoreError>((request, location, letters, changed_at))
    });
    let (request, location, letters, changed_at) = found.await?;
    let Some(sent) = request.sent_at.filter(|_| request.stage != Stage::Draft) else {
        return Ok(see_other(&format!("/port-requests/{sid}/continue")));
    };
    let mut frame = page::frame(&app, &req);
    frame.place = Some(location.name.clone());
    let letter_then = changed_at.and_then(|changed_at| letter_after(&letters, changed_at));
    let page = page_of(&app, frame, &customer, (&request, letters.first()), &location, sent);
    match changed_at {
        Some(_) => ConfirmationPage { title: "Changes sent", is_known: true, letter_then, ..page }.ok(),
        None => page.ok(),
    }
}

fn page_of(
    app: &App,
    frame: Frame,
    customer: &Customer,
    (request, letter): (&PortRequest, Option<&Loa>),
    location: &Location,
    sent: NaiveDateTime,
) -> ConfirmationPage {
    let now = app.clock.now();
    let clocks = Clocks::of(&app.house, &location.time_zone, &customer.person);
    let reader = &customer.person;
    let situation = Now::of(&app.house, (request, &reader.name), letter, &location.time_zone, reader, now);
    let is_fresh = matches!(request.stage, Stage::AwaitingSignature | Stage::InReview);
    let waits = letter.filter(|_| request.stage == Stage::AwaitingSignature);
    let resubmitted = 1 < request.attempt;
    let checked = Holidays::built_in().after(app.house.desk_zone.date(sent), 1);
    ConfirmationPage {
        frame,
        title: if resubmitted { "Resubmitted" } else { "Request sent" },
        about: if request.name.is_empty() { location.name.clone() } else { request.name.clone() },
        what: what(request),
        sid: request.sid.to_string(),
        is_known: resubmitted,
        letter_then: None,
        status: situation.status.code(),
        sentence: situation.sentence,
        own_window: situation.own_window,
        sent_on: clocks.moment(sent),
        sent_at: now::machine_time(sent),
        is_fresh,
        signs: waits.and_then(|loa| Signs::of(loa, clocks)),
        first: waits.filter(|loa| loa.state == LoaState::Pending).and_then(|loa| first(request, loa)),
        is_over: request.stage.is_final(),
        carrier: request.losing_carrier.clone(),
        checked_by: waits.is_none().then(|| time_zone::weekday_and_day(checked)),
        carrier_time: CARRIER_TIME,
        printed_at: clocks.moment(now),
    }
}

/// What changes meant for the letter, as far as it is still so.
fn letter_after(letters: &[Loa], changed_at: NaiveDateTime) -> Option<&'static str> {
    let letter = letters.first()?;
    let replaced = letters.get(1).is_some_and(|before| before.ended_at.is_some());
    match (replaced && changed_at == letter.created_at, letter.state) {
        (true, LoaState::Pending) => {
            Some("These changes need a new letter of authorization. The one before no longer counts.")
        }
        (false, LoaState::Pending) => Some("The letter of authorization that waits to be signed covers these changes."),
        (false, state) if state.authorizes() => {
            Some("The signed letter of authorization covers these changes; nobody has to sign again.")
        }
        _ => None,
    }
}

/// What was sent: its name, if it has one, and what moves.
fn what(request: &PortRequest) -> Vec<String> {
    let moving = format!("{} from {}", now::numbers(request.number_count), request.losing_carrier);
    [request.name.clone(), moving].into_iter().filter(|words| !words.is_empty()).collect()
}
