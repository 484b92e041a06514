//! Walking through the wizard: a draft and the answers that pass every page.

use portdesk::domain::request_sid::RequestSid;

use crate::harness::{browser::Browser, desk::Desk, page::Page};

pub const TERMS: &[(&str, &str)] = &[
    ("rates", "yes"),
    ("keep_active", "yes"),
    ("texts", "yes"),
    ("termination", "yes"),
    ("wording", "keep_active:1 rates:1 rates_details:1 termination:1 texts:1"),
];

/// PINs that appear nowhere by chance.
pub const WIRELESS_PIN: &str = "zq8841xw";
pub const ACCOUNT_PIN: &str = "blue horse 7731";
pub const ACCOUNT_NUMBER: &str = "942561837-00471B";

pub const NUMBERS: &[(&str, &str)] = &[
    ("name", "Front desk lines"),
    ("losing_carrier", "Verizon"),
    ("account_number", ACCOUNT_NUMBER),
    ("account_pin", ACCOUNT_PIN),
    ("landline", "(212) 664-0142, 1-800-356-9377"),
    ("wireless-0-number", "646 664 0187"),
    ("wireless-0-pin", WIRELESS_PIN),
    ("wireless-0-kind", "pin"),
    ("scope", "all"),
];

pub const CONTACT: &[(&str, &str)] = &[
    ("account_type", "business"),
    ("business_name", "Northgate Dental, LLC"),
    ("contact_name", "Dana Ruiz"),
    ("authorized_email", "dana@northgate.example"),
    ("street", "350 Old Post Road"),
    ("city", "New York"),
    ("state", "NY"),
    ("postal_code", "10001"),
];

pub const BILL: &[(&str, &str)] = &[("proof", "bill"), ("bill-month", "11"), ("bill-day", "2"), ("bill-year", "2026")];

/// A small PDF that is a bill.
pub fn bill_pdf() -> Vec<u8> {
    sample("hostile/h8baa79c.bin")
}

/// One of the sample files.
pub fn sample(file: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(file);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Fields with some of them replaced; a field of the value `-` is left out.
pub fn changed<'a>(base: &[(&'a str, &'a str)], with: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = base.iter().filter(|(name, _)| with.iter().all(|(new, _)| new != name));
    kept.chain(with).filter(|(_, value)| *value != "-").copied().collect()
}

/// A draft in somebody's browser.
pub struct Draft {
    pub browser: Browser,
    pub sid: String,
}

impl Draft {
    /// The owner starts a draft.
    pub fn start(desk: &Desk) -> Self {
        Self::start_in(desk.owner())
    }

    /// Somebody starts a draft by the page "Before you start".
    pub fn start_in(browser: Browser) -> Self {
        let page = browser.get("/port-requests/new");
        let fields = [
            ("token", page.hidden("token").expect("the form has a token")),
            ("location", page.hidden("location").expect("there is one location")),
        ];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let to = browser.post("/port-requests/new", &fields).location.expect("a draft was started");
        let sid = to.split('/').nth(2).expect("the address holds the SID").to_owned();
        Self { browser, sid }
    }

    /// The SID as a value.
    pub fn request_sid(&self) -> RequestSid {
        RequestSid::parse(&self.sid).expect("the address held a SID")
    }

    /// The address of a page of this request.
    pub fn at(&self, page: &str) -> String {
        format!("/port-requests/{}/{page}", self.sid)
    }

    #[track_caller]
    pub fn get(&self, page: &str) -> Page {
        self.browser.get(&self.at(page))
    }

    #[track_caller]
    pub fn post(&self, page: &str, fields: &[(&str, &str)]) -> Page {
        self.browser.post(&self.at(page), fields)
    }

    /// Posts a page as the script does.
    #[track_caller]
    pub fn post_in_background(&self, page: &str, fields: &[(&str, &str)]) -> Page {
        self.browser.with_header("X-Background", "save").post(&self.at(page), fields)
    }

    /// Posts a page and fails unless it leads on to another.
    #[track_caller]
    pub fn pass(&self, page: &str, fields: &[(&str, &str)], next: &str) {
        let answer = self.post(page, fields);
        assert_eq!((answer.status, answer.location.as_deref()), (303, Some(self.at(next).as_str())), "{page}");
    }

    /// Uploads files to the page of the bill.
    #[track_caller]
    pub fn upload(&self, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Page {
        let files: Vec<(&str, &str, &str, &[u8])> =
            files.iter().map(|(name, bytes)| ("file", *name, "application/octet-stream", *bytes)).collect();
        self.browser.post_multipart(&self.at("bill"), fields, &files)
    }

    /// Fills every page but the last.
    #[track_caller]
    pub fn fill(&self) {
        self.pass("terms", TERMS, "numbers");
        self.pass("numbers", NUMBERS, "contact");
        self.pass("contact", CONTACT, "bill");
        let answer = self.upload(BILL, &[("bill.pdf", &bill_pdf())]);
        assert_eq!(answer.location.as_deref(), Some(self.at("check").as_str()), "{:?}", answer.follow());
    }

    /// Fills and sends.
    #[track_caller]
    pub fn send(&self) {
        self.fill();
        self.pass("check", &[], "confirmation");
    }
}

/// The wording of a text in HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&#38;").replace('<', "&#60;").replace('>', "&#62;").replace('"', "&#34;").replace('\'', "&#39;")
}
