//! What is left of the form after its request has ended: nothing, but the mail that was sent.

use chrono::Duration;

use super::{
    mailbox::sweep,
    walk::{Form, Sent, bill_pdf},
};
use crate::{desk::path, harness::desk::Desk};

const CONFIRMED: &str = "The email address is confirmed, and we have the request.";

#[test]
fn ninety_days_after_the_end_form_and_link_vanish_and_the_mail_stays() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    desk.app.clock.advance(Duration::days(60));
    sweep(&desk);
    sent.browser.get(&sent.confirm).assert_has(CONFIRMED);
    sent.post("/cancellation", &[]);
    desk.deliver();
    let form = Form { browser: sent.browser.clone(), secret: sent.secret.clone() };
    desk.app.clock.advance(Duration::days(90));
    sweep(&desk);
    assert_eq!(form.get("confirmation").status, 200);
    sent.browser.get(&sent.confirm).assert_has(CONFIRMED);
    desk.app.clock.advance(Duration::minutes(1));
    sweep(&desk);
    assert_eq!(form.get("confirmation").status, 404, "nothing is left of the form");
    assert_eq!(sent.browser.get(&sent.confirm).status, 404);
    // What was mailed about a request stays with it.
    let reviewer = desk.reviewer();
    let page = reviewer.get(&path(&sent.sid, ""));
    let subject = format!("Confirm your port request ({})", sent.sid);
    let place = page.body.find(&subject).unwrap_or_else(|| panic!("{subject} is on {page:?}"));
    let link = page.body[..place].rsplit("href=\"").next().and_then(|it| it.split('"').next()).expect("a link");
    reviewer.get(link).assert_has(sent.sid.as_str());
}

#[test]
fn a_correction_vanishes_with_its_request_and_a_closed_one_within_a_week() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    sent.reject("bill-too-old");
    let closed = sent.correct();
    let form = sent.correct();
    closed.get("documents").follow().assert_has("This form is closed");
    let bill = [&bill_pdf()[..], b"\n\n"].concat();
    form.upload(super::walk::DOCUMENTS, &[("file", "newest.pdf", &bill)]);
    form.pass("check", super::walk::CONSENTS, "confirmation");
    desk.app.clock.advance(Duration::days(7) + Duration::minutes(1));
    sweep(&desk);
    assert_eq!((closed.get("confirmation").status, form.get("confirmation").status), (404, 200));
    sent.post("/cancellation", &[]);
    desk.deliver();
    desk.app.clock.advance(Duration::days(90) + Duration::minutes(1));
    sweep(&desk);
    assert_eq!(form.get("confirmation").status, 404);
}
