//! The list as a CSV file, written while it is read: no list is too long for it.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Bytes, Data},
};
use futures_util::stream;

use super::filter::Filter;
use crate::{
    domain::{people::Customer, stage::Stage},
    services::house::House,
    store::{
        self, StoreError,
        port_requests::{Key, ListFilter, ListedRequest},
    },
    web::{app::App, error::WebResult, now},
};

/// Requests that are read at once.
const STEP: i64 = 200;
/// Spreadsheets take this for the sign of UTF-8.
const MARK: &str = "\u{feff}";
const COLUMNS: [&str; 17] = [
    "Request SID",
    "Name",
    "Status",
    "What is happening now",
    "Update from the desk",
    "Location",
    "Current carrier",
    "Carrier order number",
    "Numbers",
    "Numbers moved",
    "Phone numbers",
    "Submitted by",
    "Created (UTC)",
    "Sent (UTC)",
    "Move starts (UTC)",
    "Move ends (UTC)",
    "Closed (UTC)",
];

/// GET /port-requests/export
pub async fn show(customer: Customer, app: Data<App>, req: HttpRequest) -> WebResult<HttpResponse> {
    let filter = Filter::read(req.query_string())?;
    let reader = customer.clone();
    let locations = app.store.read(move |conn| store::locations::visible_to(conn, &reader)).await?;
    let wanted = filter.for_store(&customer, &locations);
    let day = app.house.desk_zone.date(app.clock.now());
    let rows = stream::try_unfold(Some(State { app, wanted, after: None, is_first: true }), |state| async move {
        let Some(state) = state else { return Ok(None) };
        state.step().await.map(Some)
    });
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"port-in-requests-{day}.csv\"")))
        .streaming(rows))
}

/// How far the file has been written.
struct State {
    app: Data<App>,
    wanted: ListFilter,
    after: Option<Key>,
    is_first: bool,
}

impl State {
    /// Writes the next rows. Gives no further state behind the last one.
    async fn step(mut self) -> Result<(Bytes, Option<Self>), actix_web::Error> {
        let (wanted, after) = (self.wanted.clone(), self.after);
        let read = self.app.store.read(move |conn| {
            let rows = store::port_requests::list_after(conn, &wanted, after, STEP)?;
            let ids: Vec<i64> = rows.iter().map(|row| row.request.id).collect();
            let numbers = store::numbers::of_requests(conn, &ids)?;
            Ok::<_, StoreError>((rows, numbers))
        });
        let (rows, numbers) = read.await.map_err(actix_web::error::ErrorInternalServerError)?;
        let now = self.app.clock.now();
        let mut lines = Vec::new();
        if self.is_first {
            lines.push(COLUMNS.map(str::to_owned).to_vec());
        }
        lines.extend(rows.iter().map(|row| line(&self.app.house, row, &numbers, now)));
        let text = write(&lines, self.is_first).map_err(actix_web::error::ErrorInternalServerError)?;
        self.is_first = false;
        self.after = rows.last().map(|row| Key::of(&row.request, self.wanted.order));
        let is_last = i64::try_from(rows.len()).unwrap_or(0) < STEP;
        Ok((Bytes::from(text), (!is_last).then_some(self)))
    }
}

fn line(house: &House, row: &ListedRequest, numbers: &[(i64, String)], now: chrono::NaiveDateTime) -> Vec<String> {
    let request = &row.request;
    let situation = now::situation(house, request, &row.time_zone, now);
    let time = |at: Option<chrono::NaiveDateTime>| at.map(now::machine_time).unwrap_or_default();
    let sid = if request.stage == Stage::Draft { String::new() } else { request.sid.to_string() };
    let own: Vec<&str> = numbers.iter().filter(|(id, _)| *id == request.id).map(|(_, e164)| e164.as_str()).collect();
    vec![
        sid,
        harmless(&request.name),
        situation.status.label().to_owned(),
        harmless(&situation.sentence),
        harmless(&request.current_action),
        harmless(&row.location),
        harmless(&request.losing_carrier),
        harmless(&request.carrier_order_number),
        request.number_count.to_string(),
        request.ported_count.to_string(),
        e164(&own),
        harmless(&row.submitter),
        time(Some(request.created_at)),
        time(request.sent_at),
        time(request.foc_starts_at),
        time(request.foc_ends_at),
        time(request.closed_at),
    ]
}

/// A text that no spreadsheet takes for a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// Numbers in E.164, for programs; only a plus and digits can get here. The semicolon keeps spreadsheets from adding.
fn e164(numbers: &[&str]) -> String {
    let is_number = |text: &&&str| text.strip_prefix('+').is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()));
    numbers.iter().filter(is_number).copied().collect::<Vec<&str>>().join("; ")
}

fn write(lines: &[Vec<String>], with_mark: bool) -> Result<Vec<u8>, csv::Error> {
    let start = if with_mark { MARK.as_bytes().to_vec() } else { Vec::new() };
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(start);
    for line in lines {
        writer.write_record(line)?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"] {
            assert!(harmless(text).starts_with('\''), "{text:?}");
        }
        assert_eq!(harmless("Front desk"), "Front desk");
        assert_eq!(e164(&["+12125550142", "=cmd", "+12125550143"]), "+12125550142; +12125550143");
    }
}
