//! A letter that is replaced while it lies open: nothing is signed, and the page says what changed.

use portdesk::{
    domain::loa::LoaState,
    services::{draft, send_request},
};

use super::asked::{Asked, newest};
use crate::harness::{desk::Desk, seed::Seed};

#[test]
fn one_changed_digit_and_nothing_is_signed() {
    let desk = Desk::open();
    let customer = desk.people.manager();
    let asked = Asked::of(&desk, &customer, Seed { numbers: "212-555-0142", ..Seed::default() });
    let page = asked.read();
    let now = desk.now();
    desk.write(|conn| draft::begin_change(conn, &desk.app.house, &customer, &asked.sid, now));
    desk.write(|conn| {
        draft::change(conn, &desk.app.house, &customer, &asked.sid, now, |_, _, answers| {
            "212-555-0143".clone_into(&mut answers.numbers.landline);
            "Main Street 12".clone_into(&mut answers.contact.street);
            Ok(())
        })
    });
    desk.write(|conn| send_request::send(conn, &desk.app.house, &customer, &asked.sid, now));
    let told = desk.deliver();
    assert!(told.iter().any(|it| it.to == "dana@northgate.example"), "the signer gets a new link");

    let refused = asked.sign(&page, &[]);
    assert_eq!(refused.status, 409);
    for words in
        ["The letter changed while you had it open", "212-555-0143", "212-555-0142", "Main Street 12", "350 5th Ave"]
    {
        refused.assert_has(words);
    }
    assert_eq!(asked.now().state, LoaState::Voided);
    assert_ne!(newest(&desk, &asked.sid).id, asked.loa.id);
    assert_eq!(asked.events("signed"), 0);
    asked.browser.get(&asked.link()).assert_has("The details changed");
}

#[test]
fn a_page_of_something_else_signs_nothing() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    let page = asked.read();
    let refused = asked.sign(&page, &[("content_hash", &"0".repeat(64))]);
    assert_eq!(refused.status, 409);
    refused.assert_has("Nothing was signed");
    assert_eq!(asked.now().state, LoaState::Pending);
}
