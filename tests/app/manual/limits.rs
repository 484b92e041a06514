//! What one client or one address may do only so often; what was typed stays.

use chrono::Duration;

use super::walk::{CONSENTS, DETAILS, EMAIL, Form, changed, link};
use crate::harness::{desk::Desk, page::Page};

fn start(desk: &Desk) -> Page {
    let browser = desk.browser();
    let token = browser.get("/manual-port-requests").hidden("token").expect("the form has a token");
    browser.post("/manual-port-requests", &[("token", &token)])
}

#[test]
fn the_twenty_first_start_is_told_when_to_come_back() {
    let desk = Desk::open();
    for at in 1..=20 {
        assert_eq!(start(&desk).status, 303, "{at}");
    }
    desk.app.clock.advance(Duration::minutes(3));
    let refused = start(&desk);
    assert_eq!(refused.status, 429, "{refused:?}");
    refused.assert_has("There were too many tries just now. Try again in 7 minutes");
    assert_eq!(refused.header("retry-after"), Some("420"));
    desk.app.clock.advance(Duration::minutes(7));
    assert_eq!(start(&desk).status, 303);
}

#[test]
fn one_network_does_not_turn_others_away() {
    let desk = Desk::open_with(&[("PORTDESK_TRUSTED_PROXIES", "127.0.0.1")]);
    let from = |address: &str| {
        let browser = desk.browser().with_header("X-Forwarded-For", address);
        let token = browser.get("/manual-port-requests").hidden("token").expect("the form has a token");
        browser.post("/manual-port-requests", &[("token", &token)]).status
    };
    let loud: Vec<u16> = (0..300).map(|_| from("203.0.113.9")).collect();
    assert_eq!(loud.iter().filter(|status| **status == 303).count(), 20);
    assert!(loud[20..].iter().all(|status| *status == 429));
    assert_eq!(from("203.0.113.10"), 303);
    // A whole network of IPv6 is one client.
    let one: Vec<u16> = (0..21).map(|at| from(&format!("2001:db8:1:2::{at:x}"))).collect();
    assert_eq!((one[19], one[20]), (303, 429));
}

#[test]
fn the_sixth_request_of_an_address_waits_and_stays_as_it_is() {
    let desk = Desk::open();
    for _ in 0..5 {
        Form::start(&desk).send();
    }
    assert_eq!(desk.deliver().len(), 5);
    let form = Form::start(&desk);
    form.fill();
    let refused = form.post("check", CONSENTS).follow();
    assert_eq!(form.get("details").value("email").as_deref(), Some(EMAIL));
    form.get("check").assert_has("letter.pdf");
    assert!(desk.deliver().is_empty(), "{refused:?}");
    refused.assert_has("This address sent 5 requests just now. Send this one in 60 minutes; it stays as it is");
    assert!(refused.body.contains("#email\""), "{refused:?}");
    desk.app.clock.advance(Duration::minutes(60));
    form.pass("check", CONSENTS, "confirmation");
    link(&desk.deliver(), "/confirm/");
}

#[test]
fn location_ids_are_not_found_by_trying() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    for at in 0..20 {
        let id = format!("NORTH-{at}");
        let page = form.post("details", &changed(DETAILS, &[("location_id", &id)])).follow();
        page.assert_has("We do not know that Location ID");
    }
    let told = "Too many Location IDs were tried from your network. Wait 10 minutes, then save this page again";
    // What is there and what is not look the same.
    for id in ["NORTHGATE", "NORTH-99"] {
        let page = form.post("details", &changed(DETAILS, &[("location_id", id), ("name", "Kim Wu")])).follow();
        page.assert_has(told);
        assert_eq!(page.value("location_id").as_deref(), Some(id), "as it was typed");
        assert_eq!(page.value("name").as_deref(), Some("Kim Wu"));
        form.get("check?check=1").assert_has(told);
    }
    desk.app.clock.advance(Duration::minutes(10));
    form.pass("details", DETAILS, "numbers");
}

#[test]
fn what_is_only_saved_is_not_looked_for() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    for id in ["NORTHGATE", "NORTH-99"] {
        for by in ["save", "back", "later"] {
            form.post("details", &changed(DETAILS, &[("location_id", id), ("do", by)]));
            for page in ["details?check=1", "check?check=1"] {
                let shown = form.get(page);
                shown.assert_has("Save this page, so that we look for the Location ID");
                shown.assert_lacks("We do not know that Location ID");
            }
        }
    }
    form.pass("details", DETAILS, "numbers");
}
