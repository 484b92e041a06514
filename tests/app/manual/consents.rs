//! What the contact of a manual request agreed to, as the desk reads it.

use chrono::Duration;

use super::walk::{CONSENTS, Form, link};
use crate::{
    desk::{decide, path},
    harness::{
        desk::Desk,
        seed::{self, Seed},
    },
};

const AUTHORITY: &str = "I am allowed to move these numbers, and the details match my carrier’s records (version 1)";

#[test]
fn the_desk_reads_who_agreed_when_and_from_where_at_each_attempt() {
    let desk = Desk::open_with(&[("PORTDESK_TRUSTED_PROXIES", "127.0.0.1")]);
    let at = |address| desk.browser().with_header("X-Forwarded-For", address);
    let form = Form::start_in(at("203.0.113.77"));
    form.send();
    let confirm = link(&desk.deliver(), "/confirm/");
    desk.app.clock.advance(Duration::hours(2));
    let status = at("198.51.100.1").post(&confirm, &[]).location.expect("confirmed");
    desk.deliver();
    let (sid, reviewer) = (form.sid(), desk.reviewer());
    let page = reviewer.get(&path(&sid, ""));
    // When the boxes were ticked, not when the mailbox was proven.
    let first = "Dana Ruiz on Nov 21, 2026, 10:00 AM EST Attempt 1, from 203.0.113.77";
    page.assert_has(&format!("Agreed to {first} {AUTHORITY}"));

    assert_eq!(decide(&reviewer, &sid, "/rejection", &[("reason", "bill-too-old"), ("do", "reject")]).status, 303);
    desk.deliver();
    desk.app.clock.advance(Duration::hours(1));
    let browser = at("203.0.113.88");
    let begun = browser.post(&format!("{status}/correction"), &[]).location.expect("a form was opened");
    let secret = begun.split('/').nth(2).expect("the address holds the secret").to_owned();
    let correction = Form { browser, secret };
    let bill = [&super::walk::bill_pdf()[..], b"\n\n"].concat();
    correction.upload(super::walk::DOCUMENTS, &[("file", "newest.pdf", &bill)]);
    correction.pass("check", CONSENTS, "confirmation");
    let page = desk.reviewer().get(&path(&sid, ""));
    page.assert_has(&format!("{first} {AUTHORITY}"));
    page.assert_has(&format!("Dana Ruiz on Nov 21, 2026, 1:00 PM EST Attempt 2, from 203.0.113.88 {AUTHORITY}"));
    desk.deliver();
}

#[test]
fn terms_of_the_guided_request_are_agreed_to_once() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    let sid = seed::sent_request(&desk, &owner, Seed::default());
    seed::reject(&desk, &sid, "account-number-mismatch");
    let now = desk.now();
    desk.write(|conn| {
        let request = portdesk::store::port_requests::find(conn, &sid)?;
        portdesk::services::draft::accept_terms(conn, &owner, &request, "203.0.113.10", now)
    });
    let page = desk.reviewer().get(&path(&sid, ""));
    page.assert_has("Agreed to Olive Owner on Nov 21, 2026, 10:00 AM EST Attempt 1, from 203.0.113.9");
    page.assert_lacks("203.0.113.10");
}
