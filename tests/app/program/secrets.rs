//! Everything secret is given to the running program, and nothing of it is in its log.

use std::time::{Duration, Instant};

use portdesk::clock::Clock;
use regex::Regex;

use super::{EMAIL, PASSWORD, make_admin, signer::owner_gets_copies, token};
use crate::{
    harness::{browser::Browser, page::Page, program::Program},
    port_requests::walk,
    smtp::server::Server,
};

const OWNER: &str = "planted-owner@example.com";
pub(super) const SIGNER: &str = "planted-signer@example.com";
const OTHER_PASSWORD: &str = "planted copper meadow";

/// A program that is used while its log says as much as it can, and every secret that was given to it.
pub(super) struct Planted {
    pub(super) program: Program,
    mailbox: Server,
    secrets: Vec<String>,
    /// Codes of six digits, which are looked for as words of their own: other digits have them inside by chance.
    pub(super) codes: Vec<String>,
}

impl Planted {
    fn new() -> Self {
        let mailbox = Server::plain();
        let program = Program::start(&[("RUST_LOG", "trace"), ("PORTDESK_SMTP_URL", &mailbox.url())]);
        let secrets = [EMAIL, OWNER, PASSWORD, OTHER_PASSWORD].map(str::to_owned).to_vec();
        Self { program, mailbox, secrets, codes: Vec::new() }
    }

    /// Waits for the newest mail to an address with some words, and gives its text; the worker looks every two seconds.
    #[track_caller]
    pub(super) fn mail_to(&self, address: &str, words: &str) -> String {
        let limit = Instant::now() + Duration::from_secs(30);
        while Instant::now() < limit {
            // Without the soft line breaks of quoted-printable.
            let all = self.mailbox.received().into_iter().map(|it| it.replace("=\r\n", "").replace("=3D", "="));
            let mut found = all.filter(|text| text.contains(&format!("To: {address}")) && text.contains(words));
            if let Some(text) = found.next_back() {
                return text;
            }
            std::thread::park_timeout(Duration::from_millis(20));
        }
        panic!("no mail to {address} with {words}");
    }

    pub(super) fn remember(&mut self, secret: &str) {
        assert!(8 <= secret.len(), "{secret} is too short to look for");
        self.secrets.push(secret.to_owned());
    }

    fn remember_session(&mut self, browser: &Browser) {
        self.remember(&browser.cookie("portdesk_session").expect("somebody is signed in"));
    }

    /// The first admin makes a mistake, signs in, and forgets the password.
    fn admin(&mut self) -> Browser {
        let (browser, link) = make_admin(&self.program);
        self.remember(&link);
        self.remember_session(&browser);
        for (password, status) in [(OTHER_PASSWORD, 422), (PASSWORD, 303)] {
            let fields = [("email", EMAIL), ("password", password)];
            assert_eq!(self.program.browser().post("/sign-in", &fields).status, status);
        }
        assert_eq!(self.program.browser().post("/password-resets/new", &[("email", EMAIL)]).status, 303);
        self.choose_password(EMAIL, "/password-resets/")
    }

    /// The owner of a new account with a location accepts the invitation.
    fn owner(&mut self, admin: &Browser) -> Browser {
        let account = admin.post("/admin/accounts/new", &[("name", "Planted")]).location.expect("an account");
        let account = ("account", account.rsplit('/').next().unwrap_or_default());
        let location =
            [account, ("name", "Planted"), ("location_id", "PLANTED"), ("time_zone", "UTC"), ("porting", "on")];
        assert_eq!(admin.post("/admin/locations/new", &location).status, 303);
        let owner = [account, ("email", OWNER), ("name", "Planted Owner"), ("role", "owner")];
        assert_eq!(admin.post("/admin/users/new", &owner).status, 303);
        self.choose_password(OWNER, "/invitations/")
    }

    fn choose_password(&mut self, email: &str, path: &str) -> Browser {
        let mail = self.mail_to(email, path);
        let token = token(&mail, path);
        self.remember(token);
        let browser = self.program.browser();
        let twice = [("password", OTHER_PASSWORD), ("again", OTHER_PASSWORD)];
        assert_eq!(browser.post(&format!("{path}{token}"), &twice).status, 303);
        self.remember_session(&browser);
        browser
    }

    /// The owner types an account number, numbers and PINs, and sends the request. Gives its address.
    fn request(&mut self, owner: &Browser) -> String {
        let terms = owner.post("/port-requests/new", &[("location", "PLANTED")]).location.expect("a draft");
        let agreed = [
            ("rates", "yes"),
            ("keep_active", "yes"),
            ("texts", "yes"),
            ("termination", "yes"),
            ("wording", "keep_active:1 rates:1 rates_details:1 termination:1 texts:1"),
        ];
        assert_eq!(owner.post(&terms, &agreed).status, 303);
        let answers = [
            ("losing_carrier", "Verizon"),
            ("account_number", "PLANTED-7741"),
            ("account_pin", "plantedpin01"),
            ("wireless-0-number", "646-664-0187"),
            ("wireless-0-pin", "plantedpin02"),
            ("wireless-0-kind", "pin"),
            ("scope", "all"),
            ("do", "save"),
        ];
        let numbers = terms.replace("/terms", "/numbers");
        assert_eq!(owner.post(&numbers, &answers).status, 303);
        assert_eq!(owner.get(&numbers).value("account_number").as_deref(), Some("PLANTED-7741"), "the form was kept");
        for secret in ["PLANTED-7741", "plantedpin01", "plantedpin02", "646-664-0187", "6466640187"] {
            self.remember(secret);
        }
        let (all_but_do, request) = (&answers[..answers.len() - 1], terms.replace("/terms", ""));
        assert_eq!(owner.post(&numbers, all_but_do).location, Some(format!("{request}/contact")));
        self.send(owner, &request);
        request
    }

    /// The rest of the wizard, and the last button.
    fn send(&mut self, owner: &Browser, request: &str) {
        let pass = |sent: Page, next: &str| {
            assert_eq!(
                sent.location,
                Some(format!("{request}/{next}")),
                "{:?}",
                sent.location.as_ref().map(|_| sent.follow())
            );
        };
        let contact = [walk::CONTACT, &[("authorized_email", SIGNER)]].concat();
        let contact: Vec<(&str, &str)> =
            contact.into_iter().filter(|field| *field != ("authorized_email", "dana@northgate.example")).collect();
        pass(owner.post(&format!("{request}/contact"), &contact), "bill");
        let billed = Clock::System.now().date() - chrono::Duration::days(5);
        let [day, month, year] = ["%-d", "%-m", "%Y"].map(|part| billed.format(part).to_string());
        let bill = [("proof", "bill"), ("bill-month", &month), ("bill-day", &day), ("bill-year", &year)];
        let file = ("file", "bill.pdf", "application/pdf", &walk::bill_pdf()[..]);
        pass(owner.post_multipart(&format!("{request}/bill"), &bill, &[file]), "check");
        pass(owner.post(&format!("{request}/check"), &[]), "confirmation");
        self.remember(SIGNER);
    }

    /// Trouble is logged too, so make some.
    fn trouble(&mut self, owner: &Browser) {
        let encoded = PASSWORD.replace(' ', "%20");
        owner.post_body("/profile", "text/plain", PASSWORD.as_bytes());
        owner.get(&format!("/profile?name={encoded}"));
        owner.get(&format!("/no-such-page/{encoded}"));
        self.remember(&encoded);
    }
}

#[test]
fn no_secret_and_no_address_reaches_the_log() {
    let mut planted = Planted::new();
    let admin = planted.admin();
    let owner = planted.owner(&admin);
    let request = planted.request(&owner);
    planted.trouble(&owner);
    planted.stranger();
    planted.signer();
    planted.contact();
    owner_gets_copies(&owner, &request);

    let (status, out, log) = planted.program.terminate(Duration::from_secs(10));
    assert!(status.success(), "{log}");
    for seen in [
        "TRACE",
        "/invitations/{token}",
        "/sign/{token}/open",
        "/sign/r/{loa_id}/verification",
        "/verify/{secret}",
        "/manual-port-requests/{secret}/numbers",
        "/confirm/{token}",
        "/status/{token}/documents",
    ] {
        assert!(log.contains(seen), "the log is on and tells of {seen}:\n{log}");
    }
    // The way in that the operator is given is the one secret that is printed, and only there.
    let out: String = out.lines().filter(|line| !line.contains("/first-admin/")).collect();
    let mut found = Vec::new();
    for (name, text) in [("standard output", &out), ("the log", &log)] {
        for secret in &planted.secrets {
            let at = text.lines().find(|line| line.contains(secret));
            found.extend(at.map(|line| format!("{secret} is in {name}: {line}")));
        }
        for code in &planted.codes {
            found.extend(lines_with_code(text, code).next().map(|line| format!("code {code} is in {name}: {line}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The lines with a code of six digits that is not part of anything longer, like a fraction of a second.
fn lines_with_code<'a>(text: &'a str, code: &str) -> impl Iterator<Item = &'a str> {
    let (left, right) = code.split_at(3);
    let alone =
        Regex::new(&format!(r"(^|[^0-9A-Za-z.]){left}[ -]?{right}($|[^0-9A-Za-z])")).expect("digits are a pattern");
    text.lines().filter(move |line| alone.is_match(line))
}

#[test]
fn a_code_is_found_however_it_is_written_and_not_by_chance() {
    for line in ["code=482913", "typed \"482 913\"", "482-913", "it is 482913."] {
        assert_eq!(lines_with_code(line, "482913").count(), 1, "{line}");
    }
    for line in ["2026-11-22T08:00:00.482913Z", "reference=a482913", "1482913", "4829130"] {
        assert_eq!(lines_with_code(line, "482913").count(), 0, "{line}");
    }
}
