//! What stands at the end of the wizard, and later at the same address: the Request SID and where the request is now.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use chrono::NaiveDateTime;

use super::sid;
use crate::{
    domain::{business_days::Holidays, people::Customer, stage::Stage, time_zone},
    services::send_request::CARRIER_TIME,
    store::{self, StoreError, locations::Location, port_requests::PortRequest},
    web::{
        app::App,
        error::WebResult,
        flash::see_other,
        frame::Frame,
        now::{self, Clocks, Now},
        page::{self, Page as _},
    },
};

#[derive(Template)]
#[template(path = "port_requests/confirmation.html")]
struct ConfirmationPage {
    frame: Frame,
    title: &'static str,
    about: String,
    /// "Front desk lines" and "12 numbers from Verizon".
    what: Vec<String>,
    sid: String,
    resubmitted: bool,
    status: &'static str,
    sentence: String,
    /// The agreed window on the reader's clocks.
    own_window: Option<String>,
    sent_on: String,
    sent_at: String,
    /// Whether nothing has happened since it was sent.
    is_fresh: bool,
    is_over: bool,
    carrier: String,
    checked_by: String,
    carrier_time: &'static str,
    printed_at: String,
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
        Ok::<_, StoreError>((request, location))
    });
    let (request, location) = found.await?;
    let Some(sent) = request.sent_at.filter(|_| request.stage != Stage::Draft) else {
        return Ok(see_other(&format!("/port-requests/{sid}/continue")));
    };
    let mut frame = page::frame(&app, &req);
    frame.place = Some(location.name.clone());
    page_of(&app, frame, &customer, &request, &location, sent).ok()
}

fn page_of(
    app: &App,
    frame: Frame,
    customer: &Customer,
    request: &PortRequest,
    location: &Location,
    sent: NaiveDateTime,
) -> ConfirmationPage {
    let now = app.clock.now();
    let clocks = Clocks::of(&app.house, &location.time_zone, &customer.person);
    let situation = Now::of(&app.house, request, &location.time_zone, &customer.person, now);
    let is_fresh = request.stage == Stage::InReview;
    let resubmitted = 1 < request.attempt;
    let checked = Holidays::built_in().after(app.house.desk_zone.date(sent), 1);
    ConfirmationPage {
        frame,
        title: if resubmitted { "Resubmitted" } else { "Request sent" },
        about: if request.name.is_empty() { location.name.clone() } else { request.name.clone() },
        what: what(request),
        sid: request.sid.to_string(),
        resubmitted,
        status: situation.status.code(),
        sentence: situation.sentence,
        own_window: situation.own_window,
        sent_on: clocks.moment(sent),
        sent_at: now::machine_time(sent),
        is_fresh,
        is_over: request.stage.is_final(),
        carrier: request.losing_carrier.clone(),
        checked_by: time_zone::weekday_and_day(checked),
        carrier_time: CARRIER_TIME,
        printed_at: clocks.moment(now),
    }
}

/// What was sent: its name, if it has one, and what moves.
fn what(request: &PortRequest) -> Vec<String> {
    let moving = format!("{} from {}", now::numbers(request.number_count), request.losing_carrier);
    [request.name.clone(), moving].into_iter().filter(|words| !words.is_empty()).collect()
}
