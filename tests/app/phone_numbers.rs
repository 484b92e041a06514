//! The phone numbers that moved in.

use portdesk::domain::stage::Stage;

use crate::harness::{
    desk::Desk,
    seed::{self, Seed},
};

#[test]
fn numbers_are_there_once_they_moved() {
    let desk = Desk::open();
    let empty = desk.owner().get("/phone-numbers");
    empty.assert_has("No numbers here yet");
    empty.assert_has("Port-In Numbers");
    assert!(empty.body.contains(r#"popovertarget="add""#) && empty.body.contains(r#"href="/port-requests/new""#));

    let numbers = "212-555-0144, 212-555-0142, 212-555-0143";
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed { numbers, ..Seed::default() }, Stage::PartiallyPorted);
    let page = desk.owner().get("/phone-numbers");
    page.assert_has("1 number");
    page.assert_has(
        "(212) 555-0144 Front desk lines Landline or VoIP Ported, waiting for its first call Moved Nov 21, 2026",
    );
    page.assert_has(sid.as_str());
    page.assert_lacks("(212) 555-0142");
    seed::complete(&desk, &sid, usize::MAX);
    let page = desk.owner().get("/phone-numbers");
    page.assert_has("3 numbers");
    let text = page.text();
    assert!(text.find("555-0142") < text.find("555-0143") && text.find("555-0143") < text.find("555-0144"));
    desk.manager().get("/phone-numbers").assert_lacks("(212) 555-0142");
    desk.foreign_owner().get("/phone-numbers").assert_lacks("(212) 555-0142");
    assert_eq!(desk.reviewer().get("/phone-numbers").location.as_deref(), Some("/desk"));
}

#[test]
fn many_numbers_are_turned_over() {
    let desk = Desk::open();
    let numbers: Vec<String> = (100..130).map(|last| format!("212-555-0{last}")).collect();
    let seed = Seed { numbers: &numbers.join(", "), ..Seed::default() };
    seed::in_stage(&desk, &desk.people.manager(), seed, Stage::Completed);
    for browser in [desk.owner(), desk.manager()] {
        browser.get("/phone-numbers").assert_has("1–25 of 30");
        let second = browser.get("/phone-numbers?page=2");
        assert_eq!(second.title(), "Phone numbers, page 2 of 2 – Portdesk");
        second.assert_has("(212) 555-0129");
        assert_eq!(browser.get("/phone-numbers?page=7").location.as_deref(), Some("/phone-numbers?page=2"));
    }
}
