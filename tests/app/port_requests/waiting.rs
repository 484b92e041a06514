//! Drafts that nobody touches: letters, a warning, and the end after 45 days (ux.md E14).

use actix_web::rt::System;
use chrono::Duration;
use portdesk::worker;

use super::walk::{CONTACT, Draft, NUMBERS, TERMS, changed};
use crate::harness::{desk::Desk, loa};

/// Goes on by days, one round of housekeeping each, and gives the subjects of the letters with their days.
fn wait(desk: &Desk, days: i64) -> Vec<(i64, String)> {
    let mut letters = Vec::new();
    for day in 1..=days {
        desk.app.clock.advance(Duration::days(1));
        System::new().block_on(worker::sweep(&desk.app)).expect("housekeeping works");
        letters.extend(desk.deliver().iter().map(|sent| (day, sent.subject.to_string())));
    }
    letters
}

fn named(desk: &Desk) -> Draft {
    let draft = Draft::start(desk);
    draft.pass("terms", TERMS, "numbers");
    draft.pass("numbers", &changed(NUMBERS, &[("name", "Second site")]), "contact");
    draft
}

#[test]
fn its_person_is_told_twice_and_warned_before_it_goes() {
    let desk = Desk::open();
    let draft = named(&desk);
    let sent = Draft::start(&desk);
    sent.send();
    loa::sign(&desk, &sent.request_sid());
    desk.deliver();
    let letters = wait(&desk, 44);
    let expected = [
        (2, "Your draft is saved: Second site"),
        (14, "Your draft is saved: Second site"),
        (38, "Your draft will be deleted on Jan 5, 2027: Second site"),
    ];
    assert_eq!(letters, expected.map(|(day, subject)| (day, subject.to_owned())));
    assert_eq!(desk.owner().get(&draft.at("contact")).status, 200);
    assert!(wait(&desk, 1).is_empty());
    assert_eq!(desk.owner().get(&draft.at("contact")).status, 404);
    desk.owner().get("/port-requests").assert_lacks("Second site");
    assert_eq!(desk.owner().get(&sent.at("confirmation")).status, 200, "what was sent stays");
    assert!(wait(&desk, 10).is_empty());
}

#[test]
fn the_letter_says_where_it_goes_on() {
    let desk = Desk::open();
    let draft = named(&desk);
    desk.app.clock.advance(Duration::days(2));
    System::new().block_on(worker::sweep(&desk.app)).expect("housekeeping works");
    let letters = desk.deliver();
    let text = &letters[0].text;
    assert!(text.contains("the next step is Contact information"), "{text}");
    assert!(text.contains("kept until Jan 5, 2027"), "{text}");
    let address = text.lines().find(|line| line.ends_with("/continue")).expect("there is one link");
    assert_eq!(desk.owner().get(address).location.as_deref(), Some(draft.at("contact").as_str()));
}

#[test]
fn coming_back_starts_the_time_anew() {
    let desk = Desk::open();
    let draft = named(&desk);
    assert_eq!(wait(&desk, 20).len(), 2);
    let back = Draft { browser: desk.owner(), sid: draft.sid.clone() };
    back.post_in_background("contact", &changed(CONTACT, &[("do", "save")]));
    let days: Vec<i64> = wait(&desk, 45).into_iter().map(|(day, _)| day).collect();
    assert_eq!(days, [14, 38], "that it is saved was said already");
    assert_eq!(desk.owner().get(&draft.at("contact")).status, 404);
}

#[test]
fn a_desk_that_stood_still_warns_first_and_waits_a_week() {
    let desk = Desk::open();
    let draft = named(&desk);
    desk.app.clock.advance(Duration::days(100));
    let letters = wait(&desk, 7);
    assert_eq!(letters, [(1, "Your draft will be deleted on Mar 9, 2027: Second site".to_owned())]);
    assert_eq!(desk.owner().get(&draft.at("contact")).status, 200);
    assert!(wait(&desk, 1).is_empty());
    assert_eq!(desk.owner().get(&draft.at("contact")).status, 404);
}

#[test]
fn a_list_names_the_step_on_which_a_draft_goes_on() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let next = |words: &str| draft.browser.get("/port-requests").assert_has(&format!("Not sent yet. Next: {words}."));
    next("Terms");
    draft.post_in_background("terms", &changed(TERMS, &[("do", "save")]));
    next("Terms");
    draft.pass("terms", TERMS, "numbers");
    next("Account and numbers");
    draft.pass("numbers", NUMBERS, "contact");
    next("Contact information");
    draft.pass("contact", CONTACT, "bill");
    next("Billing statement");
    draft.fill();
    next("Check and send");
    let page = draft.browser.get(&format!("/port-requests/{}", draft.sid));
    page.assert_has("Not sent yet. Next: Check and send.");
}
