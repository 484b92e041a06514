//! The Port-In Numbers tab: what needs me, and where everything else is.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use super::{
    filter::{self, Filter},
    row::Row,
};
use crate::{
    domain::{estimates, people::Customer, stage::Stage},
    store::{
        self, Conn, StoreError,
        loas::Loa,
        locations::Location,
        port_requests::{ListFilter, ListedRequest, MOST_COUNTED, Waiting},
    },
    web::{
        app::App,
        error::WebResult,
        extract::SignedIn,
        flash::see_other,
        form::Form,
        frame::Frame,
        page::{self, Page as _},
        parts::{Chip, Pager, Tab},
    },
};

/// Requests on one page.
pub const PAGE: i64 = 25;
/// Requests of the group "Needs you"; a link leads to all of them.
const NEEDS: i64 = 5;
/// What needs the person, in the order of the group, and how its count is told for one and for more.
const NEEDING: [(Stage, &str, &str); 4] = [
    (Stage::NeedsInfo, "question", "questions"),
    (Stage::AwaitingSignature, "letter", "letters"),
    (Stage::Rejected, "rejected", "rejected"),
    (Stage::Draft, "draft", "drafts"),
];
/// Locations that a select offers; with more, the Location ID is typed.
const OFFERED: usize = 50;

/// Said below the last page of a list that is longer.
const END: &str = "The list ends after the newest 1,000. Use the filters to find older requests, or download the CSV, \
    which has them all.";

#[derive(Template)]
#[template(path = "port_requests/list.html")]
struct ListPage {
    frame: Frame,
    tabs: Vec<Tab>,
    form: Form,
    filters: usize,
    statuses: Vec<(String, String)>,
    /// Empty where there is only one.
    locations: Vec<(String, String)>,
    location_is_typed: bool,
    chips: Vec<Chip>,
    needs: Vec<Row>,
    /// How many of each kind: "6 rejected · 6 drafts".
    needs_by_kind: String,
    /// How many need the person where not all are shown, in words.
    all_needs: Option<String>,
    rows: Vec<Row>,
    /// For example "17 requests".
    counted: String,
    pager: Option<Pager>,
    /// "page 2 of 4", on every page but the first.
    place: Option<String>,
    /// What to do on the last page, if there are more than the pages reach.
    end: Option<&'static str>,
    export: String,
    is_owner: bool,
    /// Whether nothing was ever started.
    is_new: bool,
}

/// GET /port-requests
pub async fn show(who: SignedIn, app: Data<App>, req: HttpRequest) -> WebResult<HttpResponse> {
    let Some(customer) = Customer::of(who.person) else { return Ok(see_other("/desk")) };
    let filter = Filter::read(req.query_string())?;
    let (asked, reader) = (filter.clone(), customer.clone());
    let loaded = app.store.read(move |conn| load(conn, &reader, &asked)).await?;
    if loaded.last_page() < filter.page {
        return Ok(see_other(&filter.href_of_page(loaded.last_page())));
    }
    page(&app, &req, &customer, &filter, loaded).ok()
}

/// What the page is made of.
struct Loaded {
    /// At most one more than a select offers.
    locations: Vec<Location>,
    /// The one that the address names.
    asked: Option<Location>,
    needs: Vec<ListedRequest>,
    /// As many as [`NEEDING`] has lines.
    needs_counts: Vec<i64>,
    rows: Vec<ListedRequest>,
    count: i64,
    /// The newest letters of those that wait for a signature.
    letters: Vec<Loa>,
}

impl Loaded {
    fn needs_count(&self) -> i64 {
        self.needs_counts.iter().sum()
    }

    fn last_page(&self) -> i64 {
        (self.count.min(MOST_COUNTED) - 1).max(0) / PAGE + 1
    }
}

fn load(conn: &mut Conn, customer: &Customer, filter: &Filter) -> Result<Loaded, StoreError> {
    let (locations, asked) = locations(conn, customer, filter)?;
    let mut wanted = filter.for_store(customer, asked.as_ref());
    let (mut needs, mut needs_counts) = (Vec::new(), Vec::new());
    if filter.is_open() {
        // What needs the person stands above the list, so it is not told a second time in it.
        wanted.waiting = Waiting::ForOthers;
        for (stage, ..) in NEEDING.into_iter().filter(|_| filter.page == 1) {
            let asking = ListFilter { stages: vec![stage], waiting: Waiting::ForAccount, ..wanted.clone() };
            let (mut found, count) = store::port_requests::list(conn, &asking, 0, NEEDS)?;
            needs.append(&mut found);
            needs_counts.push(count);
        }
        needs.truncate(usize::try_from(NEEDS).unwrap_or_default());
    }
    // Beyond the last page that there can be nothing is looked for.
    let page = filter.page.min(MOST_COUNTED / PAGE);
    let rows = store::port_requests::rows(conn, &wanted, (page - 1) * PAGE, PAGE)?;
    let count = count(conn, &wanted, &needs_counts)?;
    let letters = letters(conn, needs.iter().chain(&rows))?;
    Ok(Loaded { locations, asked, needs, needs_counts, rows, count, letters })
}

/// The newest letter of each request that waits for a signature.
pub fn letters<'a>(conn: &mut Conn, rows: impl Iterator<Item = &'a ListedRequest>) -> Result<Vec<Loa>, StoreError> {
    let waiting = rows.filter(|row| row.request.stage == Stage::AwaitingSignature);
    store::loas::newest_of(conn, &waiting.map(|row| row.request.id).collect::<Vec<_>>())
}

/// The letter of one of them.
pub fn letter_of<'a>(letters: &'a [Loa], listed: &ListedRequest) -> Option<&'a Loa> {
    letters.iter().find(|loa| loa.port_request_id == listed.request.id)
}

/// The first locations, one more than a select offers, and the one that is asked for.
fn locations(
    conn: &mut Conn,
    customer: &Customer,
    filter: &Filter,
) -> Result<(Vec<Location>, Option<Location>), StoreError> {
    let most = i64::try_from(OFFERED + 1).unwrap_or(i64::MAX);
    let first = store::location_list::first_of_customer(conn, customer, most)?;
    let asked = match filter.location.as_str() {
        "" => None,
        typed => store::locations::find_typed(conn, customer, typed)?,
    };
    Ok((first, asked))
}

/// How many requests the list holds. Next to the group above it, it holds all others, and to count all and take the group
/// away is faster than to look at each one's stage.
fn count(conn: &mut Conn, wanted: &ListFilter, above: &[i64]) -> Result<i64, StoreError> {
    let is_exact = !above.is_empty() && above.iter().all(|count| *count <= MOST_COUNTED);
    if !is_exact {
        return store::port_requests::count(conn, wanted);
    }
    let above: i64 = above.iter().sum();
    let all = ListFilter { stages: Vec::new(), waiting: Waiting::ForAnybody, ..wanted.clone() };
    Ok(store::port_requests::count_up_to(conn, &all, MOST_COUNTED + 1 + above)? - above)
}

fn page(app: &App, req: &HttpRequest, customer: &Customer, filter: &Filter, loaded: Loaded) -> ListPage {
    let mut frame = page::frame(app, req);
    frame.live = Some("/live".to_owned());
    let now = app.clock.now();
    let with_location = 1 < loaded.locations.len();
    let row = |listed: &ListedRequest| {
        let letter = letter_of(&loaded.letters, listed);
        Row::of(&app.house, (listed, letter), &customer.person, now, with_location)
    };
    let last = loaded.last_page();
    let needs_count = loaded.needs_count();
    let all_needs = (NEEDS < needs_count).then(|| format!("See all {} that need you", counted(needs_count)));
    ListPage {
        frame,
        tabs: tabs(false),
        form: filter.form(),
        filters: filter.count(),
        statuses: filter::statuses(),
        location_is_typed: OFFERED < loaded.locations.len(),
        locations: choices(&loaded.locations),
        chips: filter.chips(loaded.asked.as_ref()),
        needs: loaded.needs.iter().map(row).collect(),
        needs_by_kind: by_kind(&loaded.needs_counts),
        all_needs,
        rows: loaded.rows.iter().map(row).collect(),
        counted: requests(loaded.count),
        pager: (PAGE < loaded.count).then(|| pager(filter, loaded.count, last)),
        place: (1 < filter.page).then(|| format!("page {} of {last}", filter.page)),
        end: (MOST_COUNTED < loaded.count && filter.page == last).then_some(END),
        export: filter.href("/port-requests/export"),
        is_owner: customer.is_owner(),
        is_new: filter.is_open() && loaded.count == 0 && needs_count == 0,
    }
}

/// The two tabs of the phone numbers.
pub fn tabs(numbers: bool) -> Vec<Tab> {
    let tab =
        |href: &str, label: &str, current| Tab { href: href.to_owned(), label: label.to_owned(), count: None, current };
    vec![tab("/phone-numbers", "Numbers", numbers), tab("/port-requests", "Port-In Numbers", !numbers)]
}

fn choices(locations: &[Location]) -> Vec<(String, String)> {
    if locations.len() < 2 || OFFERED < locations.len() {
        return Vec::new();
    }
    locations.iter().map(|location| (location.location_id.clone(), location.name.clone())).collect()
}

fn pager(filter: &Filter, count: i64, last: i64) -> Pager {
    let first = (filter.page - 1) * PAGE + 1;
    let end = (filter.page * PAGE).min(count);
    Pager {
        text: format!("{}–{} of {}", counted(first), counted(end), counted(count)),
        previous: (1 < filter.page).then(|| filter.href_of_page(filter.page - 1)),
        next: (filter.page < last).then(|| filter.href_of_page(filter.page + 1)),
    }
}

/// A count as lists tell it: "17", "1,000", "1,000+".
pub fn counted(count: i64) -> String {
    match count {
        ..MOST_COUNTED => count.to_string(),
        MOST_COUNTED => "1,000".to_owned(),
        _ => "1,000+".to_owned(),
    }
}

/// "6 rejected · 6 drafts".
fn by_kind(counts: &[i64]) -> String {
    let kinds = NEEDING.into_iter().zip(counts).filter(|(_, count)| 0 < **count);
    let words =
        kinds.map(|((_, one, more), count)| format!("{} {}", counted(*count), if *count == 1 { one } else { more }));
    words.collect::<Vec<_>>().join(" · ")
}

fn requests(count: i64) -> String {
    if count == 1 { "1 request".to_owned() } else { format!("{} requests", counted(count)) }
}
