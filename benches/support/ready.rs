//! Letters that lack nothing but the signature: sent, opened, the mailbox proved, the consent given, all by the services.

use chrono::{Datelike as _, Duration, NaiveDateTime};
use portdesk::{
    domain::{
        draft::{Answers, BillAnswers, ContactAnswers, NumbersAnswers, TermsAnswers},
        loa::ClientFacts,
        people::Customer,
        request_sid::RequestSid,
    },
    services::{
        draft::{self, DraftError},
        loa::{
            consent, landing,
            seat::{self, Entrance, Seat},
        },
        send_request,
    },
    store::{self, Conn, StoreError, documents::NewDocument, loas::Loa},
    vault::{self, Token},
    web::app::App,
};

/// Numbers on each letter.
const NUMBERS: usize = 10;
/// Who signs; the letter names nobody else.
const SIGNER: &str = "Dana Ruiz";

/// A letter and the browser before it.
pub struct Ready {
    /// The address of its page.
    pub path: String,
    pub cookie: String,
    /// What the page that lies open shows.
    pub content_hash: String,
}

impl Ready {
    /// Makes one; no two letters of a process have a number in common.
    pub fn make(app: &App, customer: &Customer, serial: usize) -> Self {
        let (now, sid) = (app.clock.now(), send(app, customer, serial));
        let opened = app.store.write_now(|conn| {
            let request = store::port_requests::find(conn, &sid)?.id;
            let loa = store::loas::newest(conn, request)?.ok_or(StoreError::NotFound)?;
            let cookie = open(conn, &loa, now)?;
            let entrance = Entrance { cookie: Some(cookie.clone()), customer: None };
            let before = Seat::load(conn, &app.house, &loa.loa_id, &entrance, now)?;
            let version = consent::current(conn, now)?.version;
            consent::agree(conn, &app.house, &before, version, &client(), now)?;
            let reading = Seat::load(conn, &app.house, &loa.loa_id, &entrance, now)?;
            seat::note_view(conn, &reading, &client(), now)?;
            Ok::<_, StoreError>((loa, cookie))
        });
        let (loa, cookie) = opened.expect("the letter can be opened");
        Self {
            path: format!("/sign/r/{}", loa.loa_id),
            cookie: format!("portdesk_signing_{}={}", loa.loa_id, cookie.reveal()),
            content_hash: loa.content_hash,
        }
    }

    /// What the form of the page sends.
    pub fn form(&self) -> [(&str, &str); 6] {
        [
            ("content_hash", &self.content_hash),
            ("statement_1", "yes"),
            ("statement_2", "yes"),
            ("statement_3", "yes"),
            ("method", "type"),
            ("typed_name", SIGNER),
        ]
    }
}

fn client() -> ClientFacts {
    ClientFacts { address: "127.0.0.1".to_owned(), forwarded: String::new(), user_agent: "Bench/1".to_owned() }
}

/// Opens a new link to the letter and proves the mailbox. Gives the browser's cookie.
fn open(conn: &mut Conn, loa: &Loa, now: NaiveDateTime) -> Result<Token, StoreError> {
    let token = Token::new();
    store::loa_links::add(conn, loa, &token, "first", now)?;
    let opened = landing::open(conn, &token, &client(), now).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let (_, cookie) = opened.ok_or(StoreError::NotFound)?;
    let session = store::loa_links::session(conn, loa.id, &cookie, now)?;
    store::loa_links::verified(conn, session.id, now)?;
    Ok(cookie)
}

/// Fills a draft and sends it.
fn send(app: &App, customer: &Customer, serial: usize) -> RequestSid {
    let (house, now) = (&app.house, app.clock.now());
    let sid = app.store.write_now(|conn| {
        let own = store::location_list::first_of_customer(conn, customer, 1)?;
        let location = own.into_iter().next().ok_or(StoreError::NotFound)?;
        let sid = draft::start(conn, house, customer, &location, &Token::new(), now)?;
        draft::change(conn, house, customer, &sid, now, |conn, open, answers| {
            draft::accept_terms(conn, customer, &open.request, "203.0.113.9", now)?;
            store::documents::add(conn, &open.request, &bill(), now)?;
            *answers = filled(serial, now);
            Ok(())
        })?;
        Ok::<_, DraftError>(sid)
    });
    let sid = sid.expect("a draft can be filled");
    let sent = app.store.write_now(|conn| send_request::send(conn, house, customer, &sid, now));
    sent.expect("the draft is whole");
    sid
}

fn filled(serial: usize, now: NaiveDateTime) -> Answers {
    // Past 309 there are exchanges such as 311, which no number has.
    let number = |at: usize| format!("(917) {}-{:04}\n", 222 + serial % 88, 1_000 + serial / 88 * NUMBERS + at);
    let billed = now - Duration::days(10);
    let mut answers = Answers {
        terms: TermsAnswers { rates: true, keep_active: true, texts: true, termination: true },
        numbers: NumbersAnswers::default(),
        contact: contact(),
        bill: BillAnswers {
            proof: "bill".to_owned(),
            bill_month: billed.month().to_string(),
            bill_day: billed.day().to_string(),
            bill_year: billed.year().to_string(),
        },
        ..Answers::default()
    };
    answers.numbers.name = format!("Letter {serial}");
    "Verizon".clone_into(&mut answers.numbers.losing_carrier);
    "7741-4471B".clone_into(&mut answers.numbers.account_number);
    "all".clone_into(&mut answers.numbers.scope);
    answers.numbers.landline = (0..NUMBERS).map(number).collect();
    answers
}

fn contact() -> ContactAnswers {
    ContactAnswers {
        account_type: "business".to_owned(),
        business_name: "Northgate Dental Associates, LLC".to_owned(),
        contact_name: SIGNER.to_owned(),
        authorized_email: "dana@northgate.example".to_owned(),
        street: "350 5th Ave".to_owned(),
        city: "New York".to_owned(),
        state: "NY".to_owned(),
        postal_code: "10118".to_owned(),
        ..ContactAnswers::default()
    }
}

/// A bill of which only the row exists.
fn bill() -> NewDocument {
    let id = RequestSid::from_random(vault::random()).as_str().to_lowercase();
    NewDocument {
        public_id: id.clone(),
        kind: "bill".to_owned(),
        file_name: "bill.pdf".to_owned(),
        format: "pdf".to_owned(),
        size: 245_760,
        sha256: id.clone(),
        pages: Some(3),
        width: None,
        height: None,
        object_key: format!("bench/{id}"),
        uploaded_by: None,
    }
}
