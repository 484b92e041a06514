//! A form that arrives when its session has ended waits for the same person (ux.md 3.3).

use chrono::Duration;

use crate::harness::{
    browser::Browser,
    desk::{Desk, PASSWORD},
    page::Page,
};
use crate::port_requests::walk::{Draft, NUMBERS};

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
    assert!(parked.body.contains("action=\"/parked\""));
    browser.post("/parked", &[]).follow().assert_has("Saved");
    assert_eq!(browser.get("/profile").value("name").as_deref(), Some("Olive \"O\" Owner"));
}

#[test]
fn a_pin_that_waits_is_never_in_a_page() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    desk.app.clock.advance(Duration::hours(13));
    draft.post("numbers", NUMBERS);
    let parked = sign_in(&draft.browser, "owner@example.com").follow();
    parked.assert_has("Nothing was lost");
    for (name, value) in NUMBERS.iter().filter(|(_, value)| 3 < value.len()) {
        assert!(!parked.body.contains(value), "{name} is in the page");
    }
    let sent = draft.browser.post("/parked", &[]);
    assert_eq!(sent.location.as_deref(), Some(draft.at("contact").as_str()));
    draft.get("check").assert_has("PIN saved, 8 characters");
}

#[test]
fn it_is_sent_on_once() {
    let desk = Desk::open();
    let (browser, _) = late(&desk);
    sign_in(&browser, "owner@example.com");
    let cookie = browser.cookie("portdesk_parked").expect("it waits");
    browser.post("/parked", &[]).follow().assert_has("Saved");
    assert!(browser.cookie("portdesk_parked").is_none());
    browser.post("/profile", &[("name", "Olive Later"), ("time_zone", ""), ("theme", "system")]);
    browser.set_cookie(&format!("portdesk_parked={cookie}; Path=/"));
    browser.post("/parked", &[]).follow().assert_has("There is nothing left to send");
    assert_eq!(browser.get("/profile").value("name").as_deref(), Some("Olive Later"));
    assert_eq!(browser.get("/parked").location.as_deref(), Some("/port-requests"));
}

#[test]
fn what_was_typed_wrong_is_shown_to_be_put_right() {
    let desk = Desk::open();
    let browser = desk.owner();
    desk.app.clock.advance(Duration::hours(13));
    browser.post("/profile", &[("name", ""), ("time_zone", "America/Denver"), ("theme", "dark")]);
    sign_in(&browser, "owner@example.com");
    let page = browser.post("/parked", &[]);
    assert_eq!(page.status, 422);
    assert!(page.body.contains("action=\"/profile\""));
}

#[test]
fn another_person_does_not_get_it() {
    let desk = Desk::open();
    let (browser, _) = late(&desk);
    let landed = sign_in(&browser, "manager@example.com").follow();
    assert_eq!((landed.status, landed.location.as_deref()), (303, Some("/port-requests")));
    landed.assert_lacks("Olive");
    browser.post("/parked", &[]);
    assert_eq!(browser.get("/profile").value("name").as_deref(), Some(desk.people.manager.name.as_str()));
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

#[test]
fn what_is_refused_twice_goes_to_its_own_address_again() {
    let desk = Desk::open();
    let admin = desk.admin();
    let account = format!("/admin/accounts/{}", desk.people.account);
    let location = format!("/admin/locations/{}", desk.people.location.location_id);
    for path in ["/admin/accounts/new", &account, "/admin/locations/new", &location] {
        desk.app.clock.advance(Duration::hours(13));
        admin.post(path, &[("name", "")]);
        sign_in(&admin, "admin@example.com");
        let page = admin.post("/parked", &[]);
        assert_eq!(page.status, 422, "{path}");
        assert!(page.body.contains(&format!("<form method=\"post\" action=\"{path}\"")), "{path}: {}", page.body);
    }
}

#[test]
fn a_few_forms_of_a_person_wait_and_no_more() {
    let desk = Desk::open();
    let browser = desk.owner();
    desk.app.clock.advance(Duration::hours(13));
    let cookies: Vec<String> = (0..7)
        .map(|at| {
            browser.post("/profile", &[("name", &format!("Olive {at}")), ("time_zone", ""), ("theme", "dark")]);
            browser.cookie("portdesk_parked").expect("it waits")
        })
        .collect();
    sign_in(&browser, "owner@example.com");
    let waits: Vec<bool> = cookies
        .iter()
        .map(|cookie| {
            browser.set_cookie(&format!("portdesk_parked={cookie}; Path=/"));
            browser.get("/parked").status == 200
        })
        .collect();
    assert_eq!(waits, [false, false, true, true, true, true, true]);
}
