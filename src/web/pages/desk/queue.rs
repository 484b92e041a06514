//! The queue: which request to take next.

use actix_web::{HttpResponse, web::Query};
use askama::Template;

use super::{facts, place::Place, visit::Visit, words};
use crate::{
    domain::stage::Stage,
    services::queue::{self, Line, PAGE, Page as QueueLines, View},
    store::{
        loas::Loa,
        port_requests::{ListedRequest, MOST_COUNTED, PortRequest},
    },
    web::{
        error::WebResult,
        flash::see_other,
        form::Form,
        frame::Frame,
        now,
        page::Page as _,
        parts::{Chip, Pager, Tab},
    },
};

#[derive(Template)]
#[template(path = "desk/queue.html")]
struct QueuePage {
    frame: Frame,
    form: Form,
    view: View,
    tabs: Vec<Tab>,
    chips: Vec<Chip>,
    /// The view without the search.
    whole: String,
    rows: Vec<Row>,
    count: String,
    pager: Option<Pager>,
    /// " – page 2 of 4" in the title, where there is more than one.
    page_of: String,
    empty: Empty,
    dead_letters: i64,
}

struct Row {
    href: String,
    name: String,
    sid: String,
    location: String,
    /// Two customers may have locations of one name.
    account: String,
    numbers: String,
    look: &'static str,
    stage: &'static str,
    /// How long and since when; nothing waits once it has ended.
    waiting: Option<(String, Lines)>,
    foc: Option<Lines>,
    own_foc: Option<Lines>,
    /// Who is to sign, since when and until when, or why nobody does.
    letter: Option<String>,
    assignee: Option<String>,
    flags: Vec<String>,
}

/// A moment or window in a narrow column.
struct Lines {
    datetime: String,
    day: String,
    time: String,
}

impl Lines {
    fn new(text: &str, datetime: String) -> Self {
        let (day, time) = words::two_lines(text);
        Self { datetime, day, time }
    }
}

struct Empty {
    title: String,
    text: String,
}

/// GET /desk
pub async fn show(at: Visit, place: Query<Place>) -> WebResult<HttpResponse> {
    let place = place.into_inner();
    let (view, q, page) = (place.view(), place.q().to_owned(), place.page());
    let wanted = q.clone();
    if let Some(sid) = at.app.store.read(move |conn| queue::jump(conn, &wanted)).await? {
        // Without the search, which would lead straight to the request again on the way back.
        return Ok(see_other(&Place::default().in_view(view).href(&format!("/desk/port-requests/{sid}"))));
    }
    let found: QueueLines = at.app.store.read(move |conn| queue::look(conn, view, &q, page)).await?;
    draw(&at, &place, &found).ok()
}

fn draw(at: &Visit, place: &Place, found: &QueueLines) -> QueuePage {
    let view = place.view();
    let count = found.count(view);
    let whole = Place::default().in_view(view).queue();
    let chips = match place.q() {
        "" => Vec::new(),
        q => vec![Chip { label: format!("Search: {q}"), href: whole.clone() }],
    };
    let pages = (count.min(MOST_COUNTED) - 1).div_euclid(PAGE) + 1;
    QueuePage {
        frame: at.live_frame(),
        form: Form::unchecked(vec![("q".to_owned(), place.q().to_owned())]),
        view,
        tabs: View::ALL.map(|of| tab(place, of, found)).into(),
        chips,
        whole,
        rows: found.lines.iter().map(|line| row(at, place, line)).collect(),
        count: if MOST_COUNTED < count { "1,000+ requests".to_owned() } else { words::counted(count, "request") },
        pager: (1 < pages).then(|| pager(place, found, count, pages)),
        page_of: if 1 < pages { format!(", page {} of {pages}", found.page) } else { String::new() },
        empty: empty(place, found),
        dead_letters: found.dead_letters,
    }
}

fn tab(place: &Place, view: View, found: &QueueLines) -> Tab {
    Tab {
        href: place.in_view(view).queue(),
        label: view.label().to_owned(),
        count: Some(words::capped(found.count(view))),
        current: view == place.view(),
    }
}

fn pager(place: &Place, found: &QueueLines, count: i64, pages: i64) -> Pager {
    let first = (found.page - 1) * PAGE + 1;
    let last = (found.page * PAGE).min(count);
    let all = if MOST_COUNTED < count { "1,000+".to_owned() } else { count.to_string() };
    Pager {
        text: format!("{first}–{last} of {all}"),
        previous: (1 < found.page).then(|| place.on_page(found.page - 1).queue()),
        next: (found.page < pages).then(|| place.on_page(found.page + 1).queue()),
    }
}

fn row(at: &Visit, place: &Place, line: &Line) -> Row {
    let request = &line.listed.request;
    let sid = request.sid.as_str();
    let (foc, since) = (request.foc(), at.moment(request.stage_since));
    let mut flags = match request.stage {
        Stage::Completed | Stage::Canceled | Stage::Rejected => Vec::new(),
        _ => facts::age_flags(line.oldest_pin, line.bill_date, at.zone, at.now),
    };
    if request.is_manual() {
        flags.push("Manual form".to_owned());
        if request.confirmed_at.is_none() {
            flags.push("Mailbox not confirmed".to_owned());
        }
    }
    if line.to_compare {
        flags.push("Letter’s day to record".to_owned());
    }
    if line.mail_failed {
        flags.push("Email not sent".to_owned());
    }
    let (moved, numbers) = (request.ported_count, request.number_count);
    Row {
        href: place.href(&format!("/desk/port-requests/{sid}")),
        name: now::title_of(request),
        sid: sid.to_owned(),
        location: line.listed.location.clone(),
        account: line.account.clone(),
        numbers: if moved == 0 { numbers.to_string() } else { format!("{moved} of {numbers} moved") },
        look: request.stage.customer_status().code(),
        stage: stage_in(place.view(), request),
        waiting: (!request.stage.is_final())
            .then(|| (words::span(request.stage_since, at.now), Lines::new(&since.text, since.datetime))),
        foc: foc.as_ref().map(|foc| Lines::new(&at.window(foc), at.moment(foc.starts_at).datetime)),
        own_foc: foc.as_ref().and_then(|foc| Some(Lines::new(&at.own_window(foc)?, at.moment(foc.starts_at).datetime))),
        letter: line.to_sign.as_ref().map(|loa| letter(at, line, loa)),
        assignee: line.assignee.clone(),
        flags,
    }
}

fn letter(at: &Visit, line: &Line, loa: &Loa) -> String {
    let ListedRequest { request, time_zone, .. } = &line.listed;
    now::situation(&at.app.house, request, Some(loa), time_zone, at.now).sentence
}

/// The tag of a row: in the view of what is to be decided it says what kind of decision, as all the rows are that.
fn stage_in(view: View, request: &PortRequest) -> &'static str {
    match request.stage {
        Stage::InReview if view == View::ToDecide && 1 < request.attempt => "Resubmitted",
        Stage::InReview if view == View::ToDecide => "New",
        stage => stage.desk_label(),
    }
}

fn empty(place: &Place, found: &QueueLines) -> Empty {
    if !place.q().is_empty() {
        let elsewhere = found.count(View::All);
        let text = match (place.view(), elsewhere) {
            (View::All, _) | (_, 0) => "Search looks at SID, numbers, names and emails.".to_owned(),
            _ => format!("In all views: {}.", words::counted(elsewhere, "request")),
        };
        return Empty { title: format!("Nothing found for {}", place.q()), text };
    }
    let at_carrier = format!("{} at carrier.", words::capped(found.count(View::AtCarrier)));
    let to_decide = format!("{} to decide.", words::capped(found.count(View::ToDecide)));
    let (title, text) = match place.view() {
        View::ToDecide => ("Nothing to decide", at_carrier),
        View::ToSign => ("Nothing waits for a signature", to_decide),
        View::AtCarrier => ("Nothing at a carrier", to_decide),
        View::All => ("No port-in requests yet", "Requests appear here when customers send them.".to_owned()),
    };
    Empty { title: title.to_owned(), text }
}
