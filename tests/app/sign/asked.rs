//! Somebody who was asked to sign a letter, on the way from the link to the signature.

use portdesk::{
    domain::{people::Customer, request_sid::RequestSid},
    mail::Outgoing,
    services::{
        draft::{self, DraftError},
        send_request,
    },
    store::{self, StoreError, loas::Loa},
    vault::Token,
};
use regex::Regex;

pub use crate::harness::loa::newest;
use crate::harness::{
    browser::Browser,
    desk::Desk,
    page::Page,
    seed::{self, Seed},
};

/// A drawing that is large enough.
pub const STROKES: &str = "100,200 300,120 500,260;600,200 900,210";

/// The signer of a letter with a link, in a browser of their own.
pub struct Asked<'a> {
    pub desk: &'a Desk,
    pub browser: Browser,
    pub sid: RequestSid,
    pub loa: Loa,
    pub token: Token,
}

impl<'a> Asked<'a> {
    /// The signer of a letter that the manager asked for.
    #[track_caller]
    pub fn new(desk: &'a Desk) -> Self {
        Self::by(desk, &desk.people.manager())
    }

    /// The signer of a letter that this customer asked for.
    #[track_caller]
    pub fn by(desk: &'a Desk, customer: &Customer) -> Self {
        Self::of(desk, customer, Seed::default())
    }

    /// The signer of this request.
    #[track_caller]
    pub fn of(desk: &'a Desk, customer: &Customer, seed: Seed<'_>) -> Self {
        Self::of_draft(desk, customer, seed::draft(desk, customer, seed))
    }

    /// The signer of this draft, which is sent.
    #[track_caller]
    pub fn of_draft(desk: &'a Desk, customer: &Customer, sid: RequestSid) -> Self {
        let letters = send(desk, customer, &sid);
        let loa = newest(desk, &sid);
        let letter = letters.iter().rfind(|it| it.to == loa.signer_email).expect("a mail to the signer");
        let (token, _) = behind(&letter.text, "/sign/([A-Za-z0-9_-]+)()");
        let token = Token::from_client(&token);
        Self { desk, browser: desk.browser(), sid, loa, token }
    }

    /// The same signer, asked anew because the customer sent another street.
    #[track_caller]
    pub fn asked_anew(&self, customer: &Customer) -> Self {
        let (desk, now) = (self.desk, self.desk.now());
        let house = &desk.app.house;
        desk.write(|conn| draft::begin_change(conn, house, customer, &self.sid, now));
        desk.write(|conn| {
            draft::change(conn, house, customer, &self.sid, now, |_, _, answers| {
                answers.contact.street.push('1');
                Ok(())
            })
        });
        let letters = send(desk, customer, &self.sid);
        let loa = newest(desk, &self.sid);
        let letter = letters.iter().rfind(|it| it.to == loa.signer_email).expect("a mail to the signer");
        let (token, _) = behind(&letter.text, "/sign/([A-Za-z0-9_-]+)()");
        let (token, sid) = (Token::from_client(&token), self.sid.clone());
        Self { desk, browser: desk.browser(), sid, loa, token }
    }

    /// The address behind the link.
    pub fn link(&self) -> String {
        format!("/sign/{}", self.token.reveal())
    }

    /// The address of the letter, or of a page below it.
    pub fn path(&self, below: &str) -> String {
        format!("/sign/r/{}{below}", self.loa.loa_id)
    }

    /// The letter as it is stored now.
    #[track_caller]
    pub fn now(&self) -> Loa {
        self.desk.read(|conn| store::loas::get(conn, self.loa.id))
    }

    /// Opens the link in a browser.
    #[track_caller]
    pub fn open(&self) -> Page {
        let opened = self.browser.post(&format!("{}/open", self.link()), &[]);
        assert_eq!(opened.status, 303, "{opened:?}");
        opened.follow()
    }

    /// Asks for a code and gives the one that the mailbox got.
    #[track_caller]
    pub fn ask_for_code(&self) -> String {
        let asked = self.browser.post(&self.path("/code"), &[]);
        assert_eq!(asked.status, 303, "{asked:?}");
        self.mailed_code()
    }

    /// The code that the mailbox got last.
    #[track_caller]
    pub fn mailed_code(&self) -> String {
        let letters = self.desk.deliver();
        let letter = letters.iter().rfind(|it| it.to == self.loa.signer_email).expect("a mail to the signer");
        let (left, right) = behind(&letter.text, r"\b(\d{3}) (\d{3})\b");
        left + &right
    }

    /// Types a code.
    #[track_caller]
    pub fn enter(&self, code: &str) -> Page {
        self.browser.post(&self.path("/verification"), &[("code", code)])
    }

    /// Opens the link and proves the mailbox.
    #[track_caller]
    pub fn prove(&self) -> Page {
        self.open();
        let entered = self.enter(&self.ask_for_code());
        assert_eq!(entered.status, 303, "{entered:?}");
        entered.follow()
    }

    /// Goes as far as the letter.
    #[track_caller]
    pub fn read(&self) -> Page {
        let consent = self.prove();
        agree(&self.browser, &self.path(""), &consent)
    }

    /// Signs the letter that a page shows.
    #[track_caller]
    pub fn sign(&self, page: &Page, more: &[(&str, &str)]) -> Page {
        sign(&self.browser, &self.path(""), page, more)
    }

    /// Signs, and takes both copies: the letter and its certificate.
    #[track_caller]
    pub fn finish(&self) -> (Vec<u8>, Vec<u8>) {
        let page = self.read();
        let signed = self.sign(&page, &[]);
        assert_eq!(signed.status, 303, "{signed:?}");
        self.desk.deliver();
        let copy = |file| {
            let copy = self.browser.get(&self.path(file));
            assert_eq!((copy.status, copy.header("content-type")), (200, Some("application/pdf")), "{file}");
            copy.bytes
        };
        (copy("/signed.pdf"), copy("/certificate.pdf"))
    }

    /// How many events of a kind the letter has.
    #[track_caller]
    pub fn events(&self, kind: &str) -> usize {
        let all = self.desk.read(|conn| store::loa_events::of_loa(conn, self.loa.id));
        all.iter().filter(|event| event.body.kind.code() == kind).count()
    }
}

/// Agrees to sign electronically.
#[track_caller]
pub fn agree(browser: &Browser, path: &str, consent: &Page) -> Page {
    let version = consent.hidden("version").unwrap_or_else(|| panic!("no consent: {consent:?}"));
    let agreed = browser.post(&format!("{path}/consent"), &[("version", &version), ("consent", "yes")]);
    assert_eq!(agreed.status, 303, "{agreed:?}");
    agreed.follow()
}

/// Sends the form of a letter with every box ticked and a drawing; what a test says comes first and counts.
#[track_caller]
pub fn sign(browser: &Browser, path: &str, page: &Page, more: &[(&str, &str)]) -> Page {
    let hash = page.hidden("content_hash").unwrap_or_else(|| panic!("no letter: {page:?}"));
    let whole = [
        ("content_hash", hash.as_str()),
        ("statement_1", "yes"),
        ("statement_2", "yes"),
        ("statement_3", "yes"),
        ("method", "draw"),
        ("strokes", STROKES),
        ("typed_name", ""),
    ];
    browser.post(&format!("{path}/signature"), &[more, &whole].concat())
}

/// A new link to a letter, as the mail room makes them.
#[track_caller]
pub fn link(desk: &Desk, loa: &Loa) -> Token {
    let (token, now) = (Token::new(), desk.now());
    desk.write(|conn| store::loa_links::add(conn, loa, &token, "first", now));
    token
}

/// Sends a request whose requester signs.
#[track_caller]
pub fn in_person(desk: &Desk, customer: &Customer) -> RequestSid {
    let sid = seed::draft(desk, customer, Seed::default());
    let (name, now) = (customer.person.name.clone(), desk.now());
    desk.write(|conn| {
        draft::change(conn, &desk.app.house, customer, &sid, now, |_, _, answers| {
            "me".clone_into(&mut answers.signer.who);
            answers.signer.signer_name = name;
            "Office manager".clone_into(&mut answers.signer.signer_title);
            Ok(())
        })
        .map_err(|error: DraftError| StoreError::Corrupt(error.to_string()))
    });
    send(desk, customer, &sid);
    sid
}

#[track_caller]
fn send(desk: &Desk, customer: &Customer, sid: &RequestSid) -> Vec<Outgoing> {
    let now = desk.now();
    desk.write(|conn| send_request::send(conn, &desk.app.house, customer, sid, now));
    desk.deliver()
}

/// The two parts of a text that a pattern names.
#[track_caller]
fn behind(text: &str, pattern: &str) -> (String, String) {
    let found = Regex::new(pattern).expect("the pattern is written here").captures(text);
    let found = found.unwrap_or_else(|| panic!("no {pattern} in {text}"));
    (found[1].to_owned(), found[2].to_owned())
}
