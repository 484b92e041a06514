//! The phone numbers that moved in, and the ways to move more.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use super::port_requests::list;
use crate::{
    domain::{
        number_to_port::NumberKind,
        people::{Customer, Person},
        phone_number::PhoneNumber,
    },
    services::house::House,
    store::{
        self, StoreError,
        numbers::OwnedNumber,
        port_requests::{MOST_COUNTED, Scope},
    },
    web::{
        app::App,
        error::WebResult,
        extract::SignedIn,
        flash::see_other,
        frame::Frame,
        now::Clocks,
        page::{self, Page as _},
        pairs::Pairs,
        parts::{Pager, Tab},
    },
};

/// Numbers on one page.
const PAGE: i64 = 25;
const PATH: &str = "/phone-numbers";

#[derive(Template)]
#[template(path = "phone_numbers.html")]
struct NumbersPage {
    frame: Frame,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    with_location: bool,
    counted: String,
    pager: Option<Pager>,
    place: Option<String>,
    is_owner: bool,
}

struct Row {
    number: String,
    name: String,
    kind: &'static str,
    moved: String,
    location: String,
    sid: String,
}

/// GET /phone-numbers
pub async fn show(who: SignedIn, app: Data<App>, req: HttpRequest) -> WebResult<HttpResponse> {
    let Some(customer) = Customer::of(who.person) else { return Ok(see_other("/desk")) };
    let asked: i64 = Pairs::decode(req.query_string().as_bytes())?.get("page").parse().unwrap_or(1).max(1);
    let page = asked.min(MOST_COUNTED / PAGE);
    let (scope, reader) = (Scope::of(&customer), customer.clone());
    let (numbers, count, locations) = app
        .store
        .read(move |conn| {
            let numbers = store::numbers::moved_in(conn, scope, (page - 1) * PAGE, PAGE)?;
            let count = store::numbers::count_moved_in(conn, scope)?;
            let locations = store::location_list::count_of_customer(conn, &reader, 2)?;
            Ok::<_, StoreError>((numbers, count, locations))
        })
        .await?;
    let last = (count.min(MOST_COUNTED) - 1).max(0) / PAGE + 1;
    if last < asked {
        return Ok(see_other(&href(last)));
    }
    let row = |number: &OwnedNumber| row(&app.house, number, &customer.person);
    NumbersPage {
        frame: page::frame(&app, &req),
        tabs: list::tabs(true),
        rows: numbers.iter().map(row).collect(),
        with_location: 1 < locations,
        counted: if count == 1 { "1 number".to_owned() } else { format!("{} numbers", list::counted(count)) },
        pager: (PAGE < count).then(|| pager(page, last, count)),
        place: (1 < page).then(|| format!("page {page} of {last}")),
        is_owner: customer.is_owner(),
    }
    .ok()
}

fn row(house: &House, number: &OwnedNumber, reader: &Person) -> Row {
    let clocks = Clocks::of(house, &number.time_zone, reader);
    Row {
        number: PhoneNumber::from_stored(&number.e164).map_or_else(|| number.e164.clone(), |it| it.national()),
        name: number.request_name.clone(),
        kind: NumberKind::from_code(&number.kind).map_or("", NumberKind::label),
        moved: number.ported_at.map(|at| clocks.day(at)).unwrap_or_default(),
        location: number.location.clone(),
        sid: number.sid.to_string(),
    }
}

fn href(page: i64) -> String {
    if page <= 1 { PATH.to_owned() } else { format!("{PATH}?page={page}") }
}

fn pager(page: i64, last: i64, count: i64) -> Pager {
    let (first, end) = ((page - 1) * PAGE + 1, (page * PAGE).min(count));
    Pager {
        text: format!("{}–{} of {}", list::counted(first), list::counted(end), list::counted(count)),
        previous: (1 < page).then(|| href(page - 1)),
        next: (page < last).then(|| href(page + 1)),
    }
}
