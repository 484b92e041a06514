//! What the letter does not print leaves it alone: its state, its hash, its links and the page that lies open.

use portdesk::{domain::loa::LoaState, store};

use super::asked::Asked;
use crate::{
    desk::{decide, path, send},
    harness::{
        browser::Browser,
        desk::Desk,
        seed::{self, Seed},
    },
};

/// Everything that a signer would notice, and the evidence.
fn state(asked: &Asked<'_>) -> (i64, LoaState, String, String, i32, usize) {
    let (desk, now) = (asked.desk, super::asked::newest(asked.desk, &asked.sid));
    let links = desk.read(|conn| store::loa_links::find(conn, &asked.token)).revoked_at.is_none();
    assert!(links, "the link is alive");
    let letters = desk.read(|conn| store::loas::of_request(conn, now.port_request_id)).len();
    (now.id, now.state, now.content_hash, now.end_reason, now.version, letters)
}

/// What the desk notes for itself, and what it tells the customer.
fn notes_of_the_desk(asked: &Asked<'_>) {
    let (reviewer, sid) = (asked.desk.reviewer(), &asked.sid);
    let taken = send(&reviewer, &reviewer.get(&path(sid, "?view=all")), &path(sid, "/assignment"), &[("do", "take")]);
    assert_eq!(taken.status, 303, "{taken:?}");
    assert_eq!(reviewer.post(&path(sid, "/reveal"), &[("view", "all")]).status, 200);
}

/// The requester changes nothing but the PINs, and sends that.
fn change_pins(asked: &Asked<'_>, browser: &Browser, pins: [&str; 2]) {
    let at = |page: &str| format!("/port-requests/{}/{page}", asked.sid);
    assert_eq!(browser.post(&at("changes"), &[]).location, Some(at("check")));
    let fields = [
        ("name", "Front desk lines"),
        ("losing_carrier", "Verizon"),
        ("account_number", "7741-4471B"),
        ("account_pin", pins[0]),
        ("wireless-0-number", "646-664-0187"),
        ("wireless-0-pin", pins[1]),
        ("wireless-0-kind", "pin"),
        ("scope", "all"),
        ("from", "check"),
    ];
    let saved = browser.post(&at("numbers"), &fields);
    assert!(saved.location.as_deref().is_some_and(|to| to.starts_with(&at("check"))), "{saved:?}");
    browser.get(&at("check")).assert_has("still covers this");
    // The first press asks whether what looks odd is right.
    let sent = [browser.post(&at("check"), &[]), browser.post(&at("check"), &[])].map(|it| it.location);
    assert!(sent.contains(&Some(at("confirmation"))), "{sent:?}");
    let shown = asked.desk.reviewer().post(&path(&asked.sid, "/reveal"), &[("view", "all")]);
    for pin in pins {
        shown.assert_has(pin);
    }
}

#[test]
fn a_note_of_the_desk_and_a_changed_pin_void_nothing() {
    let desk = Desk::open();
    let wireless = [("646-664-0187", "73915802")];
    let seed = Seed { account_pin: "blue heron 12", wireless: &wireless, ..Seed::default() };
    let asked = Asked::of(&desk, &desk.people.manager(), seed);
    let requester = desk.manager();
    let page = asked.read();
    let unsigned = asked.browser.get(&asked.path("/letter.pdf")).bytes;
    let before = state(&asked);

    notes_of_the_desk(&asked);
    assert_eq!(state(&asked), before, "after the desk's notes");
    change_pins(&asked, &requester, ["green heron 13", "73915803"]);
    assert_eq!(state(&asked), before, "after the PINs were changed");
    assert!(desk.deliver().is_empty(), "the signer has nothing to do");
    let other = desk.browser();
    assert_eq!(other.get(&asked.link()).status, 200);
    let opened = other.post(&format!("{}/open", asked.link()), &[]);
    assert_eq!(opened.location.as_deref(), Some(asked.path("").as_str()), "the link opens the same letter");
    assert_eq!(asked.browser.get(&asked.path("/letter.pdf")).bytes, unsigned, "the same bytes");

    // The page that lay open all the while.
    assert_eq!(asked.sign(&page, &[]).status, 303);
    desk.deliver();
    let signed = asked.browser.get(&asked.path("/signed.pdf")).bytes;
    let (before, stage) = (state(&asked), seed::request(&desk, &asked.sid).stage);
    change_pins(&asked, &requester, ["red heron 14", "73915804"]);
    assert_eq!(state(&asked), before, "a signed letter too");
    assert_eq!((before.1, seed::request(&desk, &asked.sid).stage), (LoaState::Sealed, stage));
    let told = decide(&desk.reviewer(), &asked.sid, "/submission", &[]);
    assert_eq!(told.status, 303, "the letter still goes to the carrier: {told:?}");
    desk.deliver();
    assert_eq!(asked.browser.get(&asked.path("/signed.pdf")).bytes, signed);
}
