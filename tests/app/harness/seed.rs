//! Requests made through the services, for tests that begin after the wizard has ended.
//!
//! Each function delivers the letters that it caused: they are not what the test is about.

use chrono::{Datelike as _, Duration, NaiveDateTime};
use portdesk::{
    domain::{
        acknowledgements::Acknowledgement,
        draft::{Answers, BillAnswers, ContactAnswers, NumbersAnswers, TermsAnswers, WirelessAnswer},
        foc::FocWindow,
        people::Customer,
        rejection::RejectionReason,
        request_sid::RequestSid,
        stage::Stage,
    },
    services::{
        complete_port,
        draft::{self, DraftError},
        reject_request::{self, Chosen, Rejection},
        review::{self, Seen},
        send_request,
    },
    store::{self, documents::NewDocument, locations::Location, port_requests::PortRequest},
    vault::{self, Token},
};

use super::{desk::Desk, loa};

/// What a test says about a request; the rest is filled in.
#[derive(Clone)]
pub struct Seed<'a> {
    pub name: &'a str,
    pub carrier: &'a str,
    pub account_number: &'a str,
    pub account_pin: &'a str,
    /// Landline and toll-free numbers in any form. With no number at all, each request gets one of its own.
    pub numbers: &'a str,
    /// Wireless numbers, each with its PIN.
    pub wireless: &'a [(&'a str, &'a str)],
    /// Whether every number of the account moves.
    pub scope: &'a str,
    pub contact_name: &'a str,
    /// The location, unless it is the first of the customer.
    pub location: Option<&'a Location>,
    /// How many bills are there.
    pub bills: usize,
}

impl Default for Seed<'_> {
    fn default() -> Self {
        Self {
            name: "Front desk lines",
            carrier: "Verizon",
            account_number: "7741-4471B",
            account_pin: "",
            numbers: "",
            wireless: &[],
            scope: "all",
            contact_name: "Dana Ruiz",
            location: None,
            bills: 1,
        }
    }
}

/// A draft with every answer that sending needs.
#[track_caller]
pub fn draft(desk: &Desk, customer: &Customer, seed: Seed<'_>) -> RequestSid {
    let (house, now) = (&desk.app.house, desk.now());
    let free = free_number(desk);
    let location = seed.location.cloned().unwrap_or_else(|| {
        let own = desk.read(|conn| store::location_list::first_of_customer(conn, customer, 1_000));
        own.into_iter().next().expect("the customer has a location")
    });
    desk.write(|conn| {
        if store::acknowledgements::current_texts(conn, now)?.is_empty() {
            for term in Acknowledgement::ALL {
                store::acknowledgements::add_text(conn, term.slug(), 1, term.default_text(), now)?;
            }
        }
        let sid = draft::start(conn, house, customer, &location, &Token::new(), now)?;
        let written = answers(&seed, &free, now);
        draft::change(conn, house, customer, &sid, now, |conn, open, answers| {
            draft::accept_terms(conn, customer, &open.request, "203.0.113.9", now)?;
            for bill in 1..=seed.bills {
                store::documents::add(conn, &open.request, &document(bill), now)?;
            }
            *answers = written;
            Ok(())
        })?;
        Ok::<_, DraftError>(sid)
    })
}

/// A request that was sent and waits for the desk.
#[track_caller]
pub fn sent_request(desk: &Desk, customer: &Customer, seed: Seed<'_>) -> RequestSid {
    let sid = draft(desk, customer, seed);
    send(desk, customer, &sid);
    sid
}

/// A request in a stage, on the way that requests usually take there.
#[track_caller]
pub fn in_stage(desk: &Desk, customer: &Customer, seed: Seed<'_>, stage: Stage) -> RequestSid {
    let sid = draft(desk, customer, seed);
    if stage == Stage::Draft {
        return sid;
    }
    if stage == Stage::AwaitingSignature {
        send_unsigned(desk, customer, &sid);
        return sid;
    }
    send(desk, customer, &sid);
    match stage {
        Stage::InReview => {}
        Stage::Submitted => send_to_carrier(desk, &sid),
        Stage::FocScheduled | Stage::PartiallyPorted | Stage::Completed => {
            send_to_carrier(desk, &sid);
            let opens = desk.now() + Duration::days(7);
            set_foc(desk, &sid, opens, opens + Duration::hours(4));
            match stage {
                Stage::PartiallyPorted => complete(desk, &sid, 1),
                Stage::Completed => complete(desk, &sid, usize::MAX),
                _ => {}
            }
        }
        Stage::Rejected => reject(desk, &sid, "account-number-mismatch"),
        Stage::Canceled => cancel(desk, customer, &sid),
        other => panic!("no request of a test gets to {other:?} yet"),
    }
    sid
}

/// Sends a draft, or a corrected request again, and signs its letter if it needs one.
#[track_caller]
pub fn send(desk: &Desk, customer: &Customer, sid: &RequestSid) {
    send_unsigned(desk, customer, sid);
    loa::sign(desk, sid);
}

/// Sends a draft, or a corrected request again; its letter waits for its signer.
#[track_caller]
pub fn send_unsigned(desk: &Desk, customer: &Customer, sid: &RequestSid) {
    let now = desk.now();
    desk.write(|conn| send_request::send(conn, &desk.app.house, customer, sid, now));
    desk.deliver();
}

/// The reviewer sends a request to the losing carrier.
#[track_caller]
pub fn send_to_carrier(desk: &Desk, sid: &RequestSid) {
    let (version, now) = (request(desk, sid).version, desk.now());
    let by = desk.people.reviewer();
    desk.write(|conn| review::send_to_carrier(conn, &desk.app.house, &Seen { sid, version }, &by, "VZ-20418", now));
    desk.deliver();
}

/// The reviewer notes the window (UTC) that the losing carrier committed to, agreed in New York's time.
#[track_caller]
pub fn set_foc(desk: &Desk, sid: &RequestSid, starts_at: NaiveDateTime, ends_at: NaiveDateTime) {
    let (version, now) = (request(desk, sid).version, desk.now());
    let by = desk.people.reviewer();
    let foc = FocWindow { starts_at, ends_at, zone: "America/New_York".to_owned() };
    desk.write(|conn| review::set_foc(conn, &desk.app.house, &Seen { sid, version }, &by, &foc, now));
    desk.deliver();
}

/// The reviewer notes that the first so many numbers moved.
#[track_caller]
pub fn complete(desk: &Desk, sid: &RequestSid, how_many: usize) {
    let (stored, now) = (request(desk, sid), desk.now());
    let seen = Seen { sid, version: stored.version };
    let by = desk.people.reviewer();
    desk.write(|conn| {
        let numbers = store::numbers::of_request(conn, stored.id)?;
        let moved: Vec<i64> = numbers.iter().take(how_many).map(|number| number.id).collect();
        complete_port::complete(conn, &desk.app.house, &seen, &by, &moved, now)
    });
    desk.deliver();
}

/// The reviewer rejects a request for one reason, in the words of the table.
#[track_caller]
pub fn reject(desk: &Desk, sid: &RequestSid, slug: &str) {
    let (version, now) = (request(desk, sid).version, desk.now());
    let by = desk.people.reviewer();
    let reason = RejectionReason::find(slug).expect("tests use reasons of the table");
    let chosen = vec![Chosen { reason, message: reason.message() }];
    let rejection = Rejection { chosen, carrier_words: String::new() };
    desk.write(|conn| reject_request::reject(conn, &desk.app.house, &Seen { sid, version }, &by, &rejection, now));
    desk.deliver();
}

/// The reviewer writes what the losing carrier is doing.
#[track_caller]
pub fn describe(desk: &Desk, sid: &RequestSid, text: &str) {
    let (version, now) = (request(desk, sid).version, desk.now());
    let by = desk.people.reviewer();
    desk.write(|conn| review::describe(conn, &Seen { sid, version }, &by, text, now));
}

/// The customer cancels a request.
#[track_caller]
pub fn cancel(desk: &Desk, customer: &Customer, sid: &RequestSid) {
    let now = desk.now();
    desk.write(|conn| portdesk::services::cancel_request::cancel(conn, &desk.app.house, customer, sid, "", now));
    desk.deliver();
}

/// The request as it is stored now.
#[track_caller]
pub fn request(desk: &Desk, sid: &RequestSid) -> PortRequest {
    desk.read(|conn| store::port_requests::find(conn, sid))
}

/// A number that no other request of this desk has.
fn free_number(desk: &Desk) -> String {
    use store::port_requests::{ListFilter, Order, Scope, Waiting};
    let of = |account| ListFilter {
        scope: Scope::Account(account),
        stages: Vec::new(),
        waiting: Waiting::ForAnybody,
        location: None,
        terms: Vec::new(),
        order: Order::Newest,
    };
    let filters = [of(desk.people.account), of(desk.people.foreign_account)];
    let taken: i64 = desk
        .read(|conn| filters.iter().map(|filter| store::port_requests::count(conn, filter)).sum::<Result<i64, _>>());
    let area = ["212", "646", "917", "718", "347"][usize::try_from(taken / 100 % 5).expect("a small number")];
    format!("({area}) 555-{:04}", 100 + taken % 100)
}

fn answers(seed: &Seed<'_>, free: &str, now: NaiveDateTime) -> Answers {
    let billed = now - Duration::days(10);
    Answers {
        terms: TermsAnswers { rates: true, keep_active: true, texts: true, termination: true },
        numbers: numbers(seed, free),
        contact: contact(seed.contact_name),
        bill: BillAnswers {
            proof: "bill".to_owned(),
            bill_month: billed.month().to_string(),
            bill_day: billed.day().to_string(),
            bill_year: billed.year().to_string(),
        },
        ..Answers::default()
    }
}

fn numbers(seed: &Seed<'_>, free: &str) -> NumbersAnswers {
    let landline = if seed.numbers.is_empty() && seed.wireless.is_empty() { free } else { seed.numbers };
    let mut answers = NumbersAnswers::default();
    seed.name.clone_into(&mut answers.name);
    seed.carrier.clone_into(&mut answers.losing_carrier);
    seed.account_number.clone_into(&mut answers.account_number);
    seed.account_pin.clone_into(&mut answers.account_pin);
    landline.clone_into(&mut answers.landline);
    answers.wireless = seed.wireless.iter().map(|(number, pin)| wireless(number, pin)).collect();
    seed.scope.clone_into(&mut answers.scope);
    "carrier".clone_into(&mut answers.payee);
    answers
}

fn wireless(number: &str, pin: &str) -> WirelessAnswer {
    WirelessAnswer { number: number.to_owned(), pin: pin.to_owned(), kind: "pin".to_owned() }
}

fn contact(name: &str) -> ContactAnswers {
    ContactAnswers {
        account_type: "business".to_owned(),
        business_name: "Northgate Dental Associates, LLC".to_owned(),
        contact_name: name.to_owned(),
        authorized_email: "dana@northgate.example".to_owned(),
        street: "350 5th Ave".to_owned(),
        unit: "Suite 2100".to_owned(),
        city: "New York".to_owned(),
        state: "NY".to_owned(),
        postal_code: "10118".to_owned(),
        ..ContactAnswers::default()
    }
}

/// A bill of which only the row exists; tests of documents upload real ones.
fn document(bill: usize) -> NewDocument {
    let random: [u8; 10] = vault::random();
    let id = RequestSid::from_random(random).as_str().to_lowercase();
    NewDocument {
        public_id: id.clone(),
        kind: "bill".to_owned(),
        file_name: format!("bill-{bill}.pdf"),
        format: "pdf".to_owned(),
        size: 245_760,
        sha256: id.clone(),
        pages: Some(3),
        width: None,
        height: None,
        object_key: format!("seed/{id}"),
        uploaded_by: None,
    }
}
