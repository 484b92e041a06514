//! A form that arrives when its session has ended waits for the same person (ux.md 3.3).

use chrono::Duration;

use crate::harness::{
    browser::Browser,
    desk::{Desk, PASSWORD},
    page::Page,
};

const FIELDS: [(&str, &str); 3] = [("name", "Olive \"O\" Owner"), ("time_zone", "America/Denver"), ("theme", "dark")];

/// The owner's browser, signed out while the profile was open, after sending it.
fn late(desk: &Desk) -> (Browser, Page) {
    let browser = desk.owner();
    desk.app.clock.advance(Duration::hours(13));
    let sent = browser.post("/profile", &FIELDS);
    (browser, sent)
}

fn sign_in(browser: &Browser, email: &str) -> Page {
    browser.post("/sign-in", &[("email", email), ("password", PASSWORD), ("next", "/parked")])
}

#[test]
fn nothing_that_was_typed_is_lost() {
    let desk = Desk::open();
    let (browser, sent) = late(&desk);
    assert_eq!((sent.status, sent.location.as_deref()), (303, Some("/sign-in?next=%2Fparked")));
    sent.follow().assert_has("Sign in");
    let parked = sign_in(&browser, "owner@example.com").follow();
    parked.assert_has("Nothing was lost");
    let fields = FIELDS.map(|(name, _)| (name, parked.hidden(name).expect("the form is whole")));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(fields, FIELDS);
    assert!(parked.body.contains("action=\"/profile\""));
    browser.post("/profile", &fields).follow().assert_has("Saved");
    assert_eq!(browser.get("/profile").value("name").as_deref(), Some("Olive \"O\" Owner"));
}

#[test]
fn another_person_does_not_get_it() {
    let desk = Desk::open();
    let (browser, _) = late(&desk);
    let landed = sign_in(&browser, "manager@example.com").follow();
    assert_eq!((landed.status, landed.location.as_deref()), (303, Some("/port-requests")));
    landed.assert_lacks("Olive");
}

#[test]
fn it_waits_an_hour() {
    let desk = Desk::open();
    let (browser, _) = late(&desk);
    desk.app.clock.advance(Duration::minutes(61));
    let landed = sign_in(&browser, "owner@example.com").follow();
    assert_eq!((landed.status, landed.location.as_deref()), (303, Some("/port-requests")));
}

#[test]
fn a_session_that_was_ended_elsewhere_loses_nothing_either() {
    let desk = Desk::open();
    let browser = desk.owner();
    desk.owner().post("/sign-out/everywhere", &[]);
    let sent = browser.post("/profile", &FIELDS);
    assert_eq!(sent.location.as_deref(), Some("/sign-in?next=%2Fparked"));
    sign_in(&browser, "owner@example.com").follow().assert_has("Nothing was lost");
}

#[test]
fn strangers_park_nothing() {
    let desk = Desk::open();
    let stranger = desk.browser();
    stranger.set_cookie("portdesk_session=made-up; Path=/");
    let sent = stranger.post("/profile", &FIELDS);
    assert_eq!((sent.status, sent.location.as_deref()), (303, Some("/sign-in?next=%2F")));
    assert!(stranger.cookie("portdesk_parked").is_none());
}

#[test]
fn passwords_are_not_kept() {
    let desk = Desk::open();
    let browser = desk.owner();
    desk.app.clock.advance(Duration::hours(13));
    let sent = browser.post("/profile/password", &[("current", PASSWORD), ("password", "x"), ("again", "x")]);
    assert_eq!(sent.location.as_deref(), Some("/sign-in?next=%2F"));
}
