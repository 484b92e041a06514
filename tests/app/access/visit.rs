//! One visit of one person to one address, with real things in the place of what stands in braces.

use std::{
    fmt,
    io::{BufRead as _, BufReader, Write as _},
    net::TcpStream,
};

use chrono::Duration;
use portdesk::{
    domain::{
        people::{Customer, Role},
        stage::Stage,
    },
    services::invitations,
    store::{
        self,
        links::LinkPurpose,
        locations::{Location, LocationFacts},
        users::{NewUser, User},
    },
    vault::Token,
    web::assets,
};

use super::rows::{self, Row};
use crate::harness::{
    browser::Browser,
    desk::Desk,
    page::Page,
    seed::{self, Seed},
};
use crate::manual::walk::{self, Form, Sent};
use crate::port_requests::walk::bill_pdf;
use crate::sign::asked::{self, Asked};

/// Who visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visitor {
    Nobody,
    Owner,
    Manager,
    Stranger,
    Reviewer,
    Admin,
}

impl Visitor {
    pub const ALL: [Self; 6] = [Self::Nobody, Self::Owner, Self::Manager, Self::Stranger, Self::Reviewer, Self::Admin];
}

/// Whose thing an address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Managers,
    Owners,
    Foreign,
}

/// Somebody in front of an address.
pub struct Visit<'a> {
    desk: &'a Desk,
    method: &'static str,
    address: String,
    browser: Browser,
    who: &'static str,
}

impl<'a> Visit<'a> {
    /// The visits that one cell of the table stands for.
    pub fn all(desk: &'a Desk, row: &Row, visitor: Visitor) -> Vec<Self> {
        let people = &desk.people;
        let of_tenants =
            ["{sid}", "{public_id}", "{location_id}", "{loa_id}"].iter().any(|name| row.path.contains(name));
        let cells: Vec<(&'static str, Option<&User>, Whose)> = match visitor {
            Visitor::Nobody => vec![("nobody", None, Whose::Managers)],
            Visitor::Owner => vec![("owner", Some(&people.owner), Whose::Managers)],
            Visitor::Manager => vec![("manager", Some(&people.manager), Whose::Managers)],
            Visitor::Stranger if !of_tenants => vec![("foreign owner", Some(&people.foreign_owner), Whose::Foreign)],
            Visitor::Stranger => vec![
                ("owner of another account", Some(&people.foreign_owner), Whose::Managers),
                ("owner at another account's", Some(&people.owner), Whose::Foreign),
                ("manager at another account's", Some(&people.manager), Whose::Foreign),
                ("manager at a colleague's", Some(&people.manager), Whose::Owners),
            ],
            Visitor::Reviewer => vec![("reviewer", Some(&people.reviewer), Whose::Foreign)],
            Visitor::Admin => vec![("admin", Some(&people.admin), Whose::Foreign)],
        };
        let visit = |(who, user, whose): (&'static str, Option<&User>, Whose)| {
            let address = address(desk, row, whose);
            let browser = user.map_or_else(|| desk.browser(), |user| desk.browser_of(user));
            Self { desk, method: row.method, address, browser, who }
        };
        cells.into_iter().map(visit).collect()
    }

    /// The visit of somebody who may do what an address does, at a thing of theirs.
    pub fn welcome(desk: &'a Desk, row: &Row) -> Self {
        let is_let_in = |status: u16| !matches!(status, rows::IN | 403 | 404);
        let welcome = Visitor::ALL.into_iter().zip(row.expected).rfind(|(_, expected)| is_let_in(*expected));
        let (visitor, _) = welcome.unwrap_or((Visitor::Nobody, 404));
        Self::all(desk, row, visitor).remove(0)
    }

    /// Sends any bytes.
    pub fn send(&self, content_type: &str, body: &[u8]) -> Page {
        self.browser.post_body(&self.address, content_type, body)
    }

    /// Status, and where a redirect leads.
    pub fn outcome(&self) -> (u16, Option<String>) {
        if self.address == "/live" && self.browser.cookie("portdesk_session").is_some() {
            return (head_of_stream(self.desk, &self.browser), None);
        }
        let page = match self.method {
            "get" => self.browser.get(&self.address),
            "post" => self.browser.post(&self.address, &[]),
            other => panic!("no test knows how to {other}"),
        };
        (page.status, page.location)
    }
}

impl fmt::Display for Visit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.who, self.address)
    }
}

/// The status of an answer without end, which a browser would wait for.
fn head_of_stream(desk: &Desk, browser: &Browser) -> u16 {
    let host = desk.base.trim_start_matches("http://");
    let session = browser.cookie("portdesk_session").expect("the visitor is signed in");
    let mut stream = TcpStream::connect(host).expect("the desk serves");
    let request = format!("GET /live HTTP/1.1\r\nHost: {host}\r\nCookie: portdesk_session={session}\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("the desk listens");
    let mut first = String::new();
    BufReader::new(stream).read_line(&mut first).expect("the desk answers");
    first.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("not HTTP: {first}"))
}

/// An address with things of the right person in it, in the state in which pages about them begin.
fn address(desk: &Desk, row: &Row, whose: Whose) -> String {
    let mut address = row.path.to_owned();
    if address.contains("{digest}") {
        return assets::address("desk.css");
    }
    if address.starts_with("/sign/{token}") {
        let asked = Asked::by(desk, &customer(desk, whose));
        address = address.replace("{token}", asked.token.reveal());
    }
    if address.starts_with("/letters/") {
        address = address.replace("{loa_id}", &uploaded(desk, whose));
    }
    if address.starts_with("/manual-port-requests/{secret}") {
        // One client may not start many at once.
        desk.app.clock.advance(Duration::minutes(1));
        address = address.replace("{secret}", &Form::start(desk).secret);
    }
    if address.starts_with("/confirm/{token}") {
        address = address.replace("{token}", confirmation(desk).rsplit('/').next().unwrap_or_default());
    }
    if address.starts_with("/status/{token}") {
        // One address may not send many at once.
        desk.app.clock.advance(Duration::minutes(15));
        let sent = Sent::confirmed(desk);
        address = address.replace("/status/{token}", &sent.status);
    }
    if address.contains("{loa_id}") {
        let sid = asked::in_person(desk, &customer(desk, whose));
        address = address.replace("{loa_id}", asked::newest(desk, &sid).loa_id.as_str());
    }
    address = address.replace("{page}", "porting");
    if address.contains("{secret}") {
        let sid = asked::in_person(desk, &customer(desk, whose));
        let facts = asked::newest(desk, &sid).facts(&desk.app.house.vault).expect("a letter has facts");
        address = address.replace("{secret}", facts.verification.qr_address.rsplit('/').next().unwrap_or_default());
    }
    if address.contains("{token}") {
        address = address.replace("{token}", link(desk, row.path).reveal());
    }
    if address.contains("{location_id}") {
        address = address.replace("{location_id}", &location(desk, whose).location_id);
    }
    if address.contains("{sid}") {
        address =
            address.replace("{sid}", seed::in_stage(desk, &customer(desk, whose), Seed::default(), row.stage).as_str());
    }
    if address.contains("{public_id}") {
        address = address.replace("{public_id}", &document(desk, whose));
    }
    if address.contains("{user_id}") {
        address = address.replace("{user_id}", &member(desk).to_string());
    }
    if address.contains("{id}") {
        address = address.replace("{id}", &row_id(desk, row.path).to_string());
    }
    assert!(!address.contains('{'), "nothing to put into {address}; add it in tests/app/access/visit.rs");
    address
}

/// The manager, the owner (a colleague, to the manager), or the owner of another account.
fn person(desk: &Desk, whose: Whose) -> &User {
    match whose {
        Whose::Managers => &desk.people.manager,
        Whose::Owners => &desk.people.owner,
        Whose::Foreign => &desk.people.foreign_owner,
    }
}

fn customer(desk: &Desk, whose: Whose) -> Customer {
    Customer::of(person(desk, whose).person()).expect("all three are customers")
}

/// The public id of a bill that was uploaded, of a request that was sent.
fn document(desk: &Desk, whose: Whose) -> String {
    let by = customer(desk, whose);
    let sid = seed::draft(desk, &by, Seed { bills: 0, ..Seed::default() });
    let file = ("file", "bill.pdf", "application/pdf", &*bill_pdf());
    let browser = desk.browser_of(person(desk, whose));
    let day = (desk.now() - chrono::Duration::days(10)).date();
    let [month, date, year] = ["%-m", "%-d", "%Y"].map(|part| day.format(part).to_string());
    let fields =
        [("do", "upload"), ("proof", "bill"), ("bill-month", &month), ("bill-day", &date), ("bill-year", &year)];
    browser.post_multipart(&format!("/port-requests/{sid}/bill"), &fields, &[file]);
    seed::send(desk, &by, &sid);
    let request = seed::request(desk, &sid).id;
    let documents = desk.read(|conn| store::documents::of_request(conn, request));
    documents.first().expect("the bill was uploaded").public_id.clone()
}

/// The id of a letter that was signed on paper and uploaded.
fn uploaded(desk: &Desk, whose: Whose) -> String {
    let sid = seed::in_stage(desk, &customer(desk, whose), Seed::default(), Stage::AwaitingSignature);
    let loa_id = asked::newest(desk, &sid).loa_id.to_string();
    let [month, day, year] = ["%-m", "%-d", "%Y"].map(|part| desk.now().date().format(part).to_string());
    let fields = [("letter", loa_id.as_str()), ("signed-month", &month), ("signed-day", &day), ("signed-year", &year)];
    let file = ("file", "letter.pdf", "application/pdf", &*bill_pdf());
    let browser = desk.browser_of(person(desk, whose));
    let sent = browser.post_multipart(&format!("/port-requests/{sid}/loa/upload"), &fields, &[file]);
    assert_eq!(sent.status, 303, "{sent:?}");
    desk.deliver();
    loa_id
}

/// The link that confirms the mailbox of a request that was sent.
fn confirmation(desk: &Desk) -> String {
    desk.app.clock.advance(Duration::minutes(15));
    let form = Form::start(desk);
    form.send();
    walk::link(&desk.deliver(), "/confirm/")
}

/// The location of the manager, one of the same account that the manager is not in, or one of another account.
fn location(desk: &Desk, whose: Whose) -> Location {
    match whose {
        Whose::Managers => desk.people.location.clone(),
        Whose::Foreign => desk.people.foreign_location.clone(),
        Whose::Owners => {
            let (account, now) = (desk.people.account, desk.now());
            let facts = LocationFacts {
                location_id: portdesk::domain::location_id::LocationId::from_random(portdesk::vault::random()),
                name: "Without the manager".to_owned(),
                time_zone: "America/New_York".to_owned(),
                porting_off_reason: String::new(),
            };
            let id = desk.write(|conn| store::locations::add(conn, account, &facts, now));
            desk.read(|conn| store::locations::find(conn, id))
        }
    }
}

fn link(desk: &Desk, path: &str) -> Token {
    let token = Token::new();
    let (purpose, user) = match path.split('/').nth(1) {
        Some("password-resets") => (LinkPurpose::PasswordReset, Some(desk.people.owner.id)),
        Some("invitations") => (LinkPurpose::Invitation, Some(invited(desk))),
        Some("first-admin") => (LinkPurpose::FirstAdmin, None),
        _ => panic!("nobody knows a link for {path}; add it in tests/app/access/visit.rs"),
    };
    desk.write(|conn| store::links::add(conn, purpose, user, &token, desk.now()));
    token
}

fn row_id(desk: &Desk, path: &str) -> i64 {
    let now = desk.now();
    if path.starts_with("/admin/accounts/") {
        return desk.write(|conn| store::accounts::add(conn, "For one visit", now));
    }
    if path.starts_with("/admin/users/") {
        return invited(desk);
    }
    if path.starts_with("/admin/area-codes/") {
        return area_code(desk);
    }
    if path.starts_with("/desk/mail/") {
        invited(desk);
        desk.deliver();
        let letters = desk.read(|conn| store::outbox::list(conn, None, 0, 1));
        return letters.first().expect("an invitation was sent").id;
    }
    panic!("nobody knows an id for {path}; add it in tests/app/access/visit.rs")
}

/// An area code that an admin added.
fn area_code(desk: &Desk) -> i64 {
    let (admin, now) = (desk.people.admin.id, desk.now());
    desk.write(|conn| {
        let known = store::area_codes::in_use(conn)?;
        let free = (200..999).map(|code| code.to_string()).find(|code| known.iter().all(|it| it.code != *code));
        let free = free.expect("there are more area codes than visits");
        store::area_codes::add(conn, &free, "US", "geographic", admin, now)?;
        let known = store::area_codes::in_use(conn)?;
        Ok::<_, store::StoreError>(known.into_iter().find(|it| it.code == free).expect("it was added").id)
    })
}

/// A manager of the manager's location whom nobody else in the table knows.
fn member(desk: &Desk) -> i64 {
    let email = format!("{}@example.com", Token::new().hash().split_at(12).0);
    let new = NewUser { account_id: Some(desk.people.account), email: &email, name: "Mia", role: Role::Manager };
    desk.write(|conn| {
        let id = store::users::add(conn, &new, desk.now())?;
        store::locations::add_member(conn, &desk.people.location, id)?;
        Ok::<_, store::StoreError>(id)
    })
}

/// A user who was invited and has not come yet.
fn invited(desk: &Desk) -> i64 {
    let email = format!("{}@example.com", Token::new().hash().split_at(12).0);
    let new = NewUser { account_id: Some(desk.people.account), email: &email, name: "Nia New", role: Role::Owner };
    let (admin, now) = (desk.people.admin(), desk.now());
    desk.write(|conn| invitations::invite(conn, &desk.app.house, &admin, &new, now))
}
