//! Somebody without an account, from the manual form to its cancellation, each step with its secrets and a mistake.

use portdesk::clock::Clock;

use super::{secrets::Planted, token};
use crate::manual::walk::{CONSENTS, DETAILS, Form, bill_pdf, changed, letter_pdf, numbers};

const CONTACT: &str = "planted-contact@example.com";

impl Planted {
    /// The form is filled and sent, its mailbox confirmed, and the request canceled by the link to its status.
    pub(super) fn contact(&mut self) {
        let form = Form::start_in(self.program.browser());
        let details =
            changed(DETAILS, &[("location_id", "PLANTED"), ("email", CONTACT), ("street", "77 Planted Road")]);
        form.pass("details", &details, "numbers");
        let secrets = [
            ("account_number", "PLANTED-9942"),
            ("account_pin", "plantedpin03"),
            ("landline", "(212) 664-0177"),
            ("wireless-0-number", "646-664-0199"),
            ("wireless-0-pin", "plantedpin04"),
        ];
        let full = changed(&numbers(), &[("wireless-0-pin", "219-09-9999"), ("wireless-0-kind", "ssn")]);
        form.post("numbers", &full);
        form.pass("numbers", &changed(&numbers(), &secrets), "documents");
        let ago = |days| (Clock::System.now() - chrono::Duration::days(days)).date();
        let part = |days, form: &str| ago(days).format(form).to_string();
        let days = [1, 5].map(|days| ["%-m", "%-d", "%Y"].map(|form| part(days, form)));
        let documents = [
            ("signed-month", &*days[0][0]),
            ("signed-day", &*days[0][1]),
            ("signed-year", &*days[0][2]),
            ("proof", "bill"),
            ("bill-month", &*days[1][0]),
            ("bill-day", &*days[1][1]),
            ("bill-year", &*days[1][2]),
        ];
        let (letter, bill) = (letter_pdf(), bill_pdf());
        let wrong = [("letter", "planted-picture.png", &b"GIF89a"[..])];
        form.upload(&documents, &wrong);
        let files = [("letter", "planted-loa.pdf", &*letter), ("file", "planted-bill.pdf", &*bill)];
        form.leads(&form.upload(&documents, &files), "check");
        form.post("check", &[]);
        form.pass("check", CONSENTS, "confirmation");

        let browser = self.program.browser();
        let confirm = token(&self.mail_to(CONTACT, "/confirm/"), "/confirm/").to_owned();
        assert_eq!(browser.get(&format!("/confirm/{confirm}")).status, 200);
        let status = browser.post(&format!("/confirm/{confirm}"), &[]).location.expect("confirmed");
        browser.get(&status).assert_has("In Review");
        let mailed = token(&self.mail_to(CONTACT, "/status/"), "/status/").to_owned();
        assert_eq!(browser.get(&format!("/status/{mailed}plantedcutoff")).status, 404);
        assert_eq!(browser.post("/status", &[("sid", form.sid().as_str()), ("email", CONTACT)]).status, 303);
        let file = [("file", "planted-more.pdf", "application/pdf", &b"no such letter"[..])];
        assert_eq!(browser.post_multipart(&format!("{status}/documents"), &[], &file).status, 422);
        assert_eq!(browser.post(&format!("/status/{mailed}/cancellation"), &[("reason", "stay")]).status, 303);

        let opened = status.replace("/status/", "");
        for secret in [&*form.secret, &confirm, &mailed, &opened, "plantedcutoff", CONTACT, "77 Planted Road"] {
            self.remember(secret);
        }
        for (_, secret) in &secrets {
            self.remember(secret);
        }
        for secret in ["219-09-9999", "219099999", "6466640199", "planted-loa", "planted-bill", "planted-more"] {
            self.remember(secret);
        }
    }
}
