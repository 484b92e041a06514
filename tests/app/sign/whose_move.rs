//! Whose move it is while a letter is unsigned: the requester finds theirs in one place, the desk all of them in another.

use actix_web::rt::System;
use chrono::Duration;
use portdesk::worker;

use super::asked::Asked;
use crate::harness::{desk::Desk, page::Page, seed::Seed};

/// The names of the rows, in their order.
fn names(page: &Page) -> Vec<String> {
    let row = regex::Regex::new(r#"scope="row"><a href="[^"]*">([^<]*)</a>"#).unwrap();
    row.captures_iter(&page.body).map(|found| found[1].to_owned()).collect()
}

fn of<'a>(desk: &'a Desk, name: &str) -> Asked<'a> {
    let asked = Asked::of(desk, &desk.people.manager(), Seed { name, ..Seed::default() });
    desk.app.clock.advance(Duration::minutes(1));
    asked
}

/// Says something else than a signature.
#[track_caller]
fn say(asked: &Asked<'_>, below: &str, words: &[(&str, &str)]) {
    asked.read();
    let said = asked.browser.post(&asked.path(below), words);
    assert_eq!(said.status, 303, "{said:?}");
}

#[test]
fn a_letter_that_its_requester_has_to_unblock_needs_them() {
    let desk = Desk::open();
    of(&desk, "Waits");
    say(&of(&desk, "Declined"), "/decline", &[("why", "No")]);
    say(&of(&desk, "Wrong street"), "/correction", &[("what", "It is suite 2200")]);
    say(&of(&desk, "Wrong person"), "/wrong-person", &[("why", ""), ("proposed_name", ""), ("proposed_email", "")]);
    let paper = of(&desk, "Paper");
    say(&paper, "/paper", &[]);
    let manager = desk.manager();
    let page = manager.get("/port-requests");
    assert_eq!(names(&page), ["Paper", "Wrong person", "Wrong street", "Declined", "Waits"]);
    page.assert_has("Needs you 4 letters");
    page.assert_has("Other requests 1 request");
    assert_eq!(
        page.text().matches("Waiting for you").count(),
        4,
        "the word In Review alone sounds as if we do: {page:?}"
    );
    page.assert_has("Dana Ruiz wants to sign on paper. Upload the letter once it is signed, until");
    let found = manager.get("/port-requests?status=needs-you");
    assert_eq!(names(&found), ["Paper", "Wrong person", "Wrong street", "Declined"]);
    found.assert_has("4 requests");
    assert_eq!(names(&manager.get("/port-requests?status=needs-you&q=Waits")), [""; 0]);
    assert_eq!(names(&manager.get("/port-requests?status=needs-you&q=Paper")), ["Paper"]);
    assert_eq!(names(&manager.get("/port-requests?status=needs-you&status=in-review")).len(), 5);
    assert_eq!(names(&desk.owner().get("/port-requests?status=needs-you")).len(), 4);

    desk.app.clock.advance(Duration::minutes(5));
    // Asked again, it is the signer's move; when the time has run out, it is the requester's.
    manager.post(&format!("/port-requests/{}/loa/again", paper.sid), &[]);
    assert_eq!(names(&manager.get("/port-requests")), ["Wrong person", "Wrong street", "Declined", "Paper", "Waits"]);
    desk.app.clock.advance(Duration::days(15));
    System::new().block_on(worker::tend_letters(&desk.app, desk.now())).expect("the database answers");
    desk.manager().get("/port-requests").assert_has("Needs you 5 letters");
    desk.deliver();
}

#[test]
fn the_desk_sees_who_is_to_sign_since_when_and_until_when() {
    let desk = Desk::open();
    of(&desk, "Waits");
    say(&of(&desk, "Declined"), "/decline", &[("why", "No")]);
    desk.deliver();
    let page = desk.reviewer().get("/desk?view=to-sign");
    page.assert_has("Awaiting signature 2");
    page.assert_has("2 requests");
    page.assert_has("Waiting for Dana Ruiz to sign, sent Sat, Nov 21. The link ends Dec 5.");
    page.assert_has("Dana Ruiz declined to sign the letter.");
    assert_eq!(names(&page), ["Waits", "Declined"], "the longest first");
    assert_eq!(names(&desk.reviewer().get("/desk")), [""; 0]);
}
