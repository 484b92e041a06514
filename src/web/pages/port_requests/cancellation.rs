//! Stopping a request: the consequence first, by how far it has come.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;

use super::sid;
use crate::{
    domain::{
        moves::Mover,
        people::Customer,
        request_sid::RequestSid,
        stage::Stage,
        time_zone::{self, TimeZone},
    },
    services::{
        cancel_request::{self, CancelError},
        house::House,
    },
    store::{self, Conn, StoreError, port_requests::PortRequest},
    web::{
        app::App,
        error::WebResult,
        flash::{see_other, see_other_with},
        form::Form,
        frame::{Frame, Notice},
        now,
        page::{self, Page as _},
        pairs::Pairs,
    },
};

/// Reasons on offer: the word that the form sends, and the sentence that is kept.
const REASONS: [(&str, &str); 4] = [
    ("stay", "The numbers stay where they are"),
    ("details", "The details were wrong"),
    ("other-request", "Another request replaces this one"),
    ("later", "The move comes later"),
];

#[derive(Template)]
#[template(path = "port_requests/cancellation.html")]
pub struct CancellationPage {
    frame: Frame,
    form: Form,
    name: String,
    sid: String,
    about: String,
    href: String,
    /// What canceling means, or why it is not done here.
    consequence: String,
    reasons: Vec<(String, String)>,
    can_cancel: bool,
    /// Whether support can still try to stop it.
    ask_support: bool,
}

/// GET /port-requests/{sid}/cancellation
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
    let (request, zone) = find(&app, &customer, &sid).await?;
    if request.stage == Stage::Draft {
        return Ok(see_other(&format!("/port-requests/{sid}/deletion")));
    }
    page(&app, &req, (&request, zone), Form::default()).ok()
}

/// POST /port-requests/{sid}/cancellation
pub async fn save(
    customer: Customer,
    app: Data<App>,
    req: HttpRequest,
    typed: Path<String>,
    pairs: Pairs,
) -> WebResult<HttpResponse> {
    let (sid, now, house) = (sid::of_action(&typed)?, app.clock.now(), app.house.clone());
    let reason = reason(&pairs);
    let (by, wanted) = (customer.clone(), sid.clone());
    match app.store.write(move |conn| cancel_request::cancel(conn, &house, &by, &wanted, reason, now)).await {
        Ok(()) => see_other_with(&app, &format!("/port-requests/{sid}"), &Notice::ok("Request canceled.")),
        Err(CancelError::Store(error)) if !matches!(error, StoreError::Stale) => Err(error.into()),
        // It went on meanwhile: the page says what can be done now.
        Err(_) => {
            let (request, zone) = find(&app, &customer, &sid).await?;
            page(&app, &req, (&request, zone), Form::unchecked(pairs.into_vec())).with_status(StatusCode::CONFLICT)
        }
    }
}

/// The request, and the zone in which its days are told.
async fn find(app: &App, customer: &Customer, sid: &RequestSid) -> Result<(PortRequest, TimeZone), StoreError> {
    let (customer, sid, house) = (customer.clone(), sid.clone(), app.house.clone());
    let look = move |conn: &mut Conn| {
        let request = store::port_requests::find_visible(conn, &customer, &sid)?;
        let zone = house.zone(&store::locations::find(conn, request.location_id)?.time_zone);
        Ok((request, zone))
    };
    app.store.read(look).await
}

fn page(app: &App, req: &HttpRequest, (request, zone): (&PortRequest, TimeZone), form: Form) -> CancellationPage {
    let page = CancellationPage::new(app, req, (request, zone), form);
    if !request.is_manual() {
        return page;
    }
    let told = "It came through the manual form: whoever sent it cancels it by the link in their mails.";
    CancellationPage { consequence: told.to_owned(), ask_support: is_stoppable(request), can_cancel: false, ..page }
}

impl CancellationPage {
    /// The page for whoever may cancel the request.
    pub fn new(app: &App, req: &HttpRequest, (request, zone): (&PortRequest, TimeZone), form: Form) -> Self {
        let can_cancel = request.stage.allows(Stage::Canceled, Mover::Requester);
        Self {
            frame: page::frame(app, req),
            form,
            name: now::title_of(request),
            sid: request.sid.to_string(),
            about: now::numbers(request.number_count),
            href: format!("/port-requests/{}", request.sid),
            consequence: consequence(request, zone, &app.house),
            reasons: REASONS.map(|(code, sentence)| (code.to_owned(), sentence.to_owned())).to_vec(),
            can_cancel,
            ask_support: !can_cancel && is_stoppable(request),
        }
    }

    /// The same for somebody without an account, whose request lives at `href`.
    #[must_use]
    pub fn by_link(self, request: &PortRequest, href: String) -> Self {
        Self {
            name: now::numbers(request.number_count),
            about: format!("From {}", request.losing_carrier),
            href,
            ..self
        }
    }
}

/// Whether somebody could still stop it who has not been asked yet.
fn is_stoppable(request: &PortRequest) -> bool {
    !request.stage.is_final() && request.stage != Stage::CancelRequested
}

/// The reason that a form chose, as it is kept; nothing if it chose none.
pub fn reason(pairs: &Pairs) -> &'static str {
    REASONS.iter().find(|(code, _)| *code == pairs.get("reason")).map_or("", |(_, sentence)| sentence)
}

/// What canceling means, or why it is not done here.
fn consequence(request: &PortRequest, zone: TimeZone, house: &House) -> String {
    let carrier = match request.losing_carrier.as_str() {
        "" => "Your current carrier",
        name => name,
    };
    let left = request.number_count - request.ported_count;
    match request.stage {
        Stage::Completed => {
            let moved = now::numbers(request.ported_count);
            let day = time_zone::day_with_year(zone.date(request.stage_since));
            format!("This request is completed, so it cannot be canceled: {moved} moved on {day}.")
        }
        Stage::Canceled => "This request is canceled already.".to_owned(),
        Stage::CancelRequested => {
            format!("You asked to cancel this request. We are asking {carrier} to stop the move.")
        }
        Stage::FocScheduled => {
            let window = request.foc().map(|foc| house.zone(&foc.zone).window(foc.starts_at, foc.ends_at));
            format!(
                "The move is due {}. Within 48 hours of it, the carrier may not be able to stop it.",
                window.unwrap_or_default()
            )
        }
        Stage::PartiallyPorted => format!(
            "{} of {} moved already and stay moved. {carrier} has the order for the other {left}.",
            request.ported_count,
            now::numbers(request.number_count)
        ),
        Stage::Submitted => format!("{carrier} has the order, so only {carrier} can stop it."),
        _ if request.ported_count != 0 => format!(
            "{} of {} moved already and stay moved. The other {left} will not be moved.",
            request.ported_count,
            now::numbers(request.number_count)
        ),
        _ => "Nothing has moved. You can start again any time.".to_owned(),
    }
}
