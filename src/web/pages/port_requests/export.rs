//! The list as a CSV file, written while it is read: no list is too long for it.

use std::collections::HashMap;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Bytes, Data},
};
use chrono::NaiveDateTime;
use futures_util::stream;

use super::{
    filter::Filter,
    list::{letter_of, letters},
};
use crate::{
    domain::{people::Customer, stage::Stage},
    services::house::House,
    store::{
        self, Conn, StoreError,
        loas::Loa,
        port_requests::{Key, ListFilter, ListedRequest},
    },
    web::{app::App, error::WebResult, now},
};

/// Requests that are read at once; each may have thousands of numbers.
const STEP: i64 = 50;
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

/// Why the file ends before the list does.
#[derive(Debug, thiserror::Error)]
enum ExportError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("a row could not be written: {0}")]
    Csv(#[from] csv::Error),
}

/// GET /port-requests/export
pub async fn show(customer: Customer, app: Data<App>, req: HttpRequest) -> WebResult<HttpResponse> {
    let filter = Filter::read(req.query_string())?;
    let reader = customer.clone();
    let asked = filter.location.clone();
    let location = app.store.read(move |conn| store::locations::find_typed(conn, &reader, &asked)).await?;
    let wanted = filter.for_store(&customer, location.as_ref());
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
        let (wanted, after, is_first) = (self.wanted.clone(), self.after, self.is_first);
        let (house, now) = (self.app.house.clone(), self.app.clock.now());
        // Rows are put into words where they are read: that takes too long for the threads that answer everybody.
        let read = self.app.store.read(move |conn| {
            let rows = store::port_requests::list_after(conn, &wanted, after, STEP)?;
            let numbers = numbers_of(conn, &rows)?;
            let letters = letters(conn, rows.iter())?;
            let beside = Beside { numbers, letters };
            let text = write(&house, &rows, &beside, is_first, now)?;
            let last = rows.last().map(|row| Key::of(&row.request, wanted.order));
            let is_last = i64::try_from(rows.len()).unwrap_or(0) < STEP;
            Ok::<_, ExportError>((text, last, is_last))
        });
        let (text, last, is_last) = read.await.map_err(actix_web::error::ErrorInternalServerError)?;
        self.is_first = false;
        self.after = last;
        Ok((Bytes::from(text), (!is_last).then_some(self)))
    }
}

/// The numbers of each request by its row.
type Numbers = HashMap<i64, Vec<String>>;

/// What rows of other tables say about the requests.
struct Beside {
    numbers: Numbers,
    letters: Vec<Loa>,
}

fn numbers_of(conn: &mut Conn, rows: &[ListedRequest]) -> Result<Numbers, StoreError> {
    let ids: Vec<i64> = rows.iter().map(|row| row.request.id).collect();
    let mut numbers = Numbers::new();
    for (id, e164) in store::numbers::of_requests(conn, &ids)? {
        numbers.entry(id).or_default().push(e164);
    }
    Ok(numbers)
}

fn write(
    house: &House,
    rows: &[ListedRequest],
    beside: &Beside,
    is_first: bool,
    now: NaiveDateTime,
) -> Result<Vec<u8>, csv::Error> {
    let start = if is_first { MARK.as_bytes().to_vec() } else { Vec::new() };
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(start);
    if is_first {
        writer.write_record(COLUMNS)?;
    }
    for row in rows {
        let own = beside.numbers.get(&row.request.id).map(Vec::as_slice).unwrap_or_default();
        writer.write_record(line(house, (row, letter_of(&beside.letters, row)), own, now))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

fn line(
    house: &House,
    (row, letter): (&ListedRequest, Option<&Loa>),
    numbers: &[String],
    now: NaiveDateTime,
) -> [String; COLUMNS.len()] {
    let request = &row.request;
    let situation = now::situation(house, request, letter, &row.time_zone, now);
    let time = |at: Option<NaiveDateTime>| at.map(now::machine_time).unwrap_or_default();
    let sid = if request.stage == Stage::Draft { String::new() } else { request.sid.to_string() };
    [
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
        e164(numbers),
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
fn e164(numbers: &[String]) -> String {
    let is_number = |text: &&str| text.strip_prefix('+').is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()));
    numbers.iter().map(String::as_str).filter(is_number).collect::<Vec<&str>>().join("; ")
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
        let numbers = ["+12125550142", "=cmd", "+12125550143"].map(str::to_owned);
        assert_eq!(e164(&numbers), "+12125550142; +12125550143");
    }
}
