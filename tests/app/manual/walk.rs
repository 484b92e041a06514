//! Filling the manual form as somebody without an account, and following what became of it.

use portdesk::{domain::request_sid::RequestSid, mail::Outgoing, store::port_requests::PortRequest};
use regex::Regex;

pub use crate::port_requests::walk::{ACCOUNT_NUMBER, ACCOUNT_PIN, WIRELESS_PIN, bill_pdf, changed};
use crate::{
    desk::{decide, path, send},
    harness::{browser::Browser, desk::Desk, page::Page, seed},
    port_requests::walk,
};

/// Where every update goes.
pub const EMAIL: &str = "dana@northgate.example";

pub const DETAILS: &[(&str, &str)] = &[
    ("name", "Dana Ruiz"),
    ("email", EMAIL),
    ("location_id", "northgate"),
    ("account_type", "business"),
    ("legal_name", "Northgate Dental, LLC"),
    ("street", "350 Old Post Road"),
    ("city", "New York"),
    ("state", "NY"),
    ("postal_code", "10001"),
];

/// The numbers of the guided request; the form asks for no name of it.
pub fn numbers() -> Vec<(&'static str, &'static str)> {
    changed(walk::NUMBERS, &[("name", "-")])
}

pub const DOCUMENTS: &[(&str, &str)] = &[
    ("signed-month", "11"),
    ("signed-day", "20"),
    ("signed-year", "2026"),
    ("proof", "bill"),
    ("bill-month", "11"),
    ("bill-day", "2"),
    ("bill-year", "2026"),
];

pub const CONSENTS: &[(&str, &str)] = &[
    ("manual_authority", "yes"),
    ("manual_authority-version", "1"),
    ("manual_impact", "yes"),
    ("manual_impact-version", "1"),
    ("manual_keep_carrier", "yes"),
    ("manual_keep_carrier-version", "1"),
];

/// A small PDF that is a signed letter.
pub fn letter_pdf() -> Vec<u8> {
    [&bill_pdf()[..], b"\n"].concat()
}

/// A draft in a stranger's browser.
pub struct Form {
    pub browser: Browser,
    pub secret: String,
}

impl Form {
    /// A stranger starts a draft.
    #[track_caller]
    pub fn start(desk: &Desk) -> Self {
        Self::start_in(desk.browser())
    }

    #[track_caller]
    pub fn start_in(browser: Browser) -> Self {
        let token = browser.get("/manual-port-requests").hidden("token").expect("the form has a token");
        let answer = browser.post("/manual-port-requests", &[("token", &token)]);
        let to = answer.location.unwrap_or_else(|| panic!("a draft was started, not {}", answer.status));
        let secret = to.split('/').nth(2).expect("the address holds the secret").to_owned();
        Self { browser, secret }
    }

    /// The address of a page of this form.
    pub fn at(&self, page: &str) -> String {
        format!("/manual-port-requests/{}/{page}", self.secret)
    }

    #[track_caller]
    pub fn get(&self, page: &str) -> Page {
        self.browser.get(&self.at(page))
    }

    #[track_caller]
    pub fn post(&self, page: &str, fields: &[(&str, &str)]) -> Page {
        self.browser.post(&self.at(page), fields)
    }

    /// Posts a page and fails unless it leads on to another.
    #[track_caller]
    pub fn pass(&self, page: &str, fields: &[(&str, &str)], next: &str) {
        self.leads(&self.post(page, fields), next);
    }

    /// Fails unless an answer leads to this page.
    #[track_caller]
    pub fn leads(&self, answer: &Page, next: &str) {
        let to = self.at(next);
        assert_eq!((answer.status, answer.location.as_deref()), (303, Some(to.as_str())), "{:?}", answer.follow());
    }

    /// Sends files to the page of the documents: field, name, bytes.
    #[track_caller]
    pub fn upload(&self, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Page {
        let files: Vec<(&str, &str, &str, &[u8])> =
            files.iter().map(|(field, name, bytes)| (*field, *name, "application/pdf", *bytes)).collect();
        self.browser.post_multipart(&self.at("documents"), fields, &files)
    }

    /// Fills the page of the documents with the letter and one bill.
    #[track_caller]
    pub fn upload_both(&self) {
        let files = [("letter", "letter.pdf", &*letter_pdf()), ("file", "bill.pdf", &*bill_pdf())];
        self.leads(&self.upload(DOCUMENTS, &files), "check");
    }

    /// Fills every page but the last.
    #[track_caller]
    pub fn fill(&self) {
        self.fill_with(&[], &[]);
    }

    /// The same with other details and numbers.
    #[track_caller]
    pub fn fill_with(&self, details: &[(&str, &str)], other: &[(&str, &str)]) {
        self.pass("details", &changed(DETAILS, details), "numbers");
        self.pass("numbers", &changed(&numbers(), other), "documents");
        self.upload_both();
    }

    /// Fills and sends; the mail with the link waits to be delivered.
    #[track_caller]
    pub fn send(&self) {
        self.fill();
        self.pass("check", CONSENTS, "confirmation");
    }

    /// The SID on the page at the end.
    #[track_caller]
    pub fn sid(&self) -> RequestSid {
        let page = self.get("confirmation");
        let form = Regex::new("PR-[0-9A-Z]{5}-[0-9A-Z]{5}").expect("a pattern of a test");
        let found = form.find(&page.body).unwrap_or_else(|| panic!("no SID on {page:?}"));
        RequestSid::parse(found.as_str()).expect("it is a SID")
    }
}

/// The address behind the link of the newest mail that has one.
#[track_caller]
pub fn link(mail: &[Outgoing], path: &str) -> String {
    let mut links = mail.iter().flat_map(|it| it.text.split_whitespace()).filter(|word| word.contains(path));
    let link = links.next_back().unwrap_or_else(|| panic!("no {path} in {} mails", mail.len()));
    link[link.find(path).expect("it was found")..].to_owned()
}

/// A request whose mailbox was confirmed, before the desk, with everything mailed that is due.
pub struct Sent<'a> {
    pub desk: &'a Desk,
    pub browser: Browser,
    pub sid: RequestSid,
    /// The path of its status.
    pub status: String,
    /// The path of the link that confirmed it.
    pub confirm: String,
    /// The secret of its form.
    pub secret: String,
}

impl<'a> Sent<'a> {
    /// Fills the form, sends it, and presses the button behind the mailed link.
    #[track_caller]
    pub fn confirmed(desk: &'a Desk) -> Self {
        let form = Form::start(desk);
        form.fill();
        Self::of(desk, &form)
    }

    /// With other details and numbers.
    #[track_caller]
    pub fn with(desk: &'a Desk, details: &[(&str, &str)], numbers: &[(&str, &str)]) -> Self {
        let form = Form::start(desk);
        form.fill_with(details, numbers);
        Self::of(desk, &form)
    }

    #[track_caller]
    fn of(desk: &'a Desk, form: &Form) -> Self {
        form.pass("check", CONSENTS, "confirmation");
        let (sid, confirm) = (form.sid(), link(&desk.deliver(), "/confirm/"));
        let browser = desk.browser();
        let done = browser.post(&confirm, &[]);
        let status = done.location.unwrap_or_else(|| panic!("confirmed, not {}", done.status));
        desk.deliver();
        Self { desk, browser, sid, status, confirm, secret: form.secret.clone() }
    }

    /// The page of the status.
    #[track_caller]
    pub fn page(&self) -> Page {
        self.browser.get(&self.status)
    }

    #[track_caller]
    pub fn post(&self, below: &str, fields: &[(&str, &str)]) -> Page {
        self.browser.post(&format!("{}{below}", self.status), fields)
    }

    /// The request as it is stored now.
    #[track_caller]
    pub fn request(&self) -> PortRequest {
        seed::request(self.desk, &self.sid)
    }

    /// The desk records the day that stands on the letter.
    #[track_caller]
    pub fn compare(&self) {
        compare(self.desk, &self.sid, DAY);
    }

    /// The desk sends it to the losing carrier.
    #[track_caller]
    pub fn to_carrier(&self) {
        self.compare();
        let sent = decide(&self.desk.reviewer(), &self.sid, "/submission", &[("order-number", "VZ-1")]);
        assert_eq!(sent.status, 303, "{sent:?}");
    }

    /// The desk rejects it for one reason.
    #[track_caller]
    pub fn reject(&self, reason: &str) {
        let fields = [("reason", reason), ("do", "reject")];
        let done = decide(&self.desk.reviewer(), &self.sid, "/rejection", &fields);
        assert_eq!(done.status, 303, "{done:?}");
        self.desk.deliver();
    }

    /// Begins to correct it.
    #[track_caller]
    pub fn correct(&self) -> Form {
        let begun = self.post("/correction", &[]);
        let to = begun.location.clone().unwrap_or_else(|| panic!("a form was opened: {begun:?}"));
        assert!(to.starts_with("/manual-port-requests/"), "{:?}", begun.follow());
        let secret = to.split('/').nth(2).expect("the address holds the secret").to_owned();
        Form { browser: self.browser.clone(), secret }
    }
}

/// A link to the status, as whoever knows SID and address gets it.
pub fn status_of(desk: &Desk, form: &Form) -> String {
    desk.browser().post("/status", &[("sid", form.sid().as_str()), ("email", EMAIL)]);
    link(&desk.deliver(), "/status/")
}

/// The day that the letter of [`DOCUMENTS`] was signed on.
pub const DAY: &[(&str, &str)] = &[("signed-month", "11"), ("signed-day", "20"), ("signed-year", "2026")];

/// The desk records the day that stands on the uploaded letter of a request, also another one than its sender typed.
#[track_caller]
pub fn compare(desk: &Desk, sid: &RequestSid, day: &[(&str, &str)]) {
    let reviewer = desk.reviewer();
    let page = reviewer.get(&path(sid, ""));
    page.assert_has("Compare the day on the uploaded letter first, and record it");
    let mut done = send(&reviewer, &page, &path(sid, "/loa/date"), day);
    if done.hidden("seen").is_some() {
        done = send(&reviewer, &done, &path(sid, "/loa/date"), day);
    }
    assert_eq!(done.status, 303, "{done:?}");
}
