//! The Port-In Numbers tab.

use chrono::Duration;
use portdesk::{
    domain::{location_id::LocationId, request_sid::RequestSid, stage::Stage},
    store::{self, locations::Location, locations::LocationFacts},
};

use crate::harness::{
    desk::Desk,
    page::Page,
    seed::{self, Seed},
};

/// The names of the rows, in their order.
fn names(page: &Page) -> Vec<String> {
    let row = regex::Regex::new(r#"scope="row"><a href="[^"]*">([^<]*)</a>"#).unwrap();
    row.captures_iter(&page.body).map(|found| found[1].to_owned()).collect()
}

#[track_caller]
fn check(desk: &Desk, query: &str, expected: &[&str]) {
    let page = desk.owner().get(&format!("/port-requests{query}"));
    assert_eq!(page.status, 200, "{page:?}");
    assert_eq!(names(&page), expected, "{query}");
}

fn named<'a>(name: &'a str, carrier: &'a str) -> Seed<'a> {
    Seed { name, carrier, ..Seed::default() }
}

fn add_location(desk: &Desk, id: &str, name: &str) -> Location {
    let facts = LocationFacts {
        location_id: LocationId::parse(id).unwrap(),
        name: name.to_owned(),
        time_zone: "America/Los_Angeles".to_owned(),
        porting_off_reason: String::new(),
    };
    let now = desk.now();
    desk.write(|conn| {
        let id = store::locations::add(conn, desk.people.account, &facts, now)?;
        store::locations::find(conn, id)
    })
}

#[test]
fn a_new_customer_is_told_what_to_do() {
    let desk = Desk::open();
    let page = desk.owner().get("/port-requests");
    page.assert_has("No port-in requests yet");
    page.assert_has("Moving a number takes about 2 to 4 weeks, and your phones keep working.");
    page.assert_has("What you will need");
    assert!(page.body.contains(r#"href="/port-requests/new""#), "{page:?}");
}

#[test]
fn what_needs_me_stands_above_the_rest() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    for (name, stage) in [
        ("Checked", Stage::InReview),
        ("Refused", Stage::Rejected),
        ("At carrier", Stage::Submitted),
        ("Begun", Stage::Draft),
        ("Stopped", Stage::Canceled),
        ("Moved", Stage::Completed),
    ] {
        seed::in_stage(&desk, &owner, named(name, "Verizon"), stage);
        desk.app.clock.advance(Duration::minutes(1));
    }
    let page = desk.owner().get("/port-requests");
    assert_eq!(names(&page), ["Refused", "Begun", "Moved", "Stopped", "At carrier", "Checked"]);
    let text = page.text();
    let (needs, others) = (text.find("Needs you").unwrap(), text.find("Other requests").unwrap());
    assert!(needs < text.find("Begun").unwrap() && others < text.find("At carrier").unwrap());
    for word in ["Draft", "In Review", "In Progress", "Completed", "Rejected", "Canceled"] {
        page.assert_has(word);
    }
    page.assert_has("Needs you 1 rejected · 1 draft");
    page.assert_has("Not sent yet. Next: Account and numbers. Continue: Begun");
    page.assert_has("Rejected Account number does not match. Fix and resubmit: Refused");
    page.assert_has("Sent to Verizon on Nov 21, 2026. Carriers usually answer in 3 to 7 business days.");
    page.assert_has("Submitted by");
    page.assert_has("Olive Owner");
    page.assert_has("Nov 21, 2026");
    page.assert_has("4 requests");
}

#[test]
fn people_see_what_they_may_see() {
    let desk = Desk::open();
    seed::sent_request(&desk, &desk.people.owner(), named("Of the owner", "Verizon"));
    seed::sent_request(&desk, &desk.people.manager(), named("Of the manager", "Verizon"));
    seed::sent_request(&desk, &desk.people.foreign_owner(), named("Foreign", "Verizon"));
    check(&desk, "", &["Of the manager", "Of the owner"]);
    let page = desk.manager().get("/port-requests");
    assert_eq!(names(&page), ["Of the manager"]);
    page.assert_has("You see the requests that you made.");
    assert_eq!(names(&desk.foreign_owner().get("/port-requests")), ["Foreign"]);
    let staff = desk.reviewer().get("/port-requests");
    assert_eq!((staff.status, staff.location.as_deref()), (303, Some("/desk")));
    assert_eq!(desk.browser().get("/port-requests").status, 303);
}

#[test]
fn requests_are_found_by_name_sid_and_any_form_of_a_number() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    let numbers = Seed { numbers: "(212) 555-0142, 646-555-0187", ..named("Café lines", "Verizon") };
    let sid = seed::sent_request(&desk, &owner, numbers);
    seed::sent_request(&desk, &owner, named("Washington office", "AT&T"));
    let other = seed::in_stage(&desk, &owner, named("Washington store", "T-Mobile"), Stage::Draft);
    for typed in [
        "cafe",
        "CAF%C3%89+LIN",
        "verizon",
        "(212)+555-0142",
        "%2B1+212.555.0142",
        "12125550142",
        "212-555-014",
        "555-0142",
        "0187",
    ] {
        check(&desk, &format!("?q={typed}"), &["Café lines"]);
    }
    let typed = sid.as_str().to_lowercase().replace('-', "");
    for typed in [sid.as_str().to_owned(), typed.clone(), typed.replace('0', "o"), typed[2..].to_owned()] {
        check(&desk, &format!("?q={typed}"), &["Café lines"]);
    }
    check(&desk, &format!("?q={other}"), &["Washington store"]);
    check(&desk, "?q=washington", &["Washington store", "Washington office"]);
    check(&desk, "?q=wash+office", &["Washington office"]);
    check(&desk, "?q=at%26t", &["Washington office"]);
    for nothing in ["?q=nowhere", "?q=!!!", "?q=212-555-0143", "?q=washington+verizon"] {
        check(&desk, nothing, &[]);
    }
    assert_eq!(names(&desk.foreign_owner().get(&format!("/port-requests?q={sid}"))), [""; 0]);
    assert_eq!(names(&desk.manager().get("/port-requests?q=cafe")), [""; 0]);
}

#[test]
fn filters_are_in_the_address_and_each_chip_takes_one_away() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    let west = add_location(&desk, "WEST", "Westgate Dental");
    seed::sent_request(&desk, &owner, named("East", "Verizon"));
    seed::in_stage(&desk, &owner, Seed { location: Some(&west), ..named("West", "Verizon") }, Stage::Rejected);
    seed::in_stage(&desk, &owner, Seed { location: Some(&west), ..named("West two", "Verizon") }, Stage::Canceled);
    check(&desk, "?status=in-review", &["East"]);
    check(&desk, "?status=in-review&status=rejected", &["West", "East"]);
    check(&desk, "?location=WEST", &["West two", "West"]);
    check(&desk, "?location=west&status=rejected", &["West"]);
    check(&desk, "?location=west&q=two", &["West two"]);
    check(&desk, "?location=HARBOR", &[]);
    check(&desk, "?location=nonsense", &[]);
    let page = desk.owner().get("/port-requests?q=west&status=rejected&location=WEST");
    page.assert_has("Filters (3)");
    for link in [
        "/port-requests?status=rejected&#38;location=WEST",
        "/port-requests?q=west&#38;location=WEST",
        "/port-requests?q=west&#38;status=rejected",
    ] {
        assert!(page.body.contains(&format!("href=\"{link}\"")), "no {link} in {}", page.body);
    }
    page.assert_has("Location: Westgate Dental");
    assert!(page.body.contains(r#"value="rejected" checked"#), "{}", page.body);
    assert_eq!(page.value("q").as_deref(), Some("west"));
    let page = desk.owner().get("/port-requests?q=nowhere");
    page.assert_has("No requests match Use fewer filters, or search for another word. Clear filters");
    page.assert_lacks("No port-in requests yet");
    assert_eq!(desk.owner().get("/port-requests?q=%FF").status, 400);
}

#[test]
fn long_lists_are_turned_over() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    for at in 1..=27 {
        seed::in_stage(&desk, &owner, named(&format!("Lines {at}"), "Verizon"), Stage::Draft);
        desk.app.clock.advance(Duration::minutes(1));
    }
    let first = desk.owner().get("/port-requests?status=draft");
    assert_eq!(names(&first).len(), 25);
    assert_eq!(names(&first)[0], "Lines 27");
    first.assert_has("1–25 of 27");
    assert!(first.body.len() <= 60 * 1024, "a page of 25 rows weighs {} bytes", first.body.len());
    let second = desk.owner().get("/port-requests?status=draft&page=2");
    assert_eq!(names(&second), ["Lines 2", "Lines 1"]);
    assert_eq!(second.title(), "Port-in requests, page 2 of 2 – Portdesk");
    second.assert_has("26–27 of 27");
    let beyond = desk.owner().get("/port-requests?status=draft&page=900");
    assert_eq!(beyond.location.as_deref(), Some("/port-requests?status=draft&page=2"));
    let all = desk.owner().get("/port-requests");
    assert_eq!(names(&all).len(), 5);
    all.assert_has("See all 27 that need you");
}

#[test]
fn more_than_a_thousand_are_not_counted() {
    let desk = Desk::open();
    let (account, location, owner) = (desk.people.account, desk.people.location.id, desk.people.owner.id);
    let now = desk.now();
    desk.write(|conn| {
        for _ in 0..1_003 {
            let new = store::port_requests::NewDraft {
                channel: portdesk::domain::channel::Channel::InApp,
                account_id: account,
                location_id: location,
                sid: RequestSid::from_random(portdesk::vault::random()),
                submitted_by: owner,
            };
            store::port_requests::add_draft(conn, &new, now)?;
        }
        Ok::<_, store::StoreError>(())
    });
    let first = desk.owner().get("/port-requests?status=draft");
    first.assert_has("1–25 of 1,000+");
    first.assert_has("1,000+ requests");
    let last = desk.owner().get("/port-requests?status=draft&page=40");
    last.assert_has("976–1,000 of 1,000+");
    last.assert_has("The list ends after the newest 1,000.");
    last.assert_lacks("Next page");
    let beyond = desk.owner().get("/port-requests?status=draft&page=41");
    assert_eq!(beyond.location.as_deref(), Some("/port-requests?status=draft&page=40"));
}

#[test]
fn an_agreed_window_is_told_on_the_clocks_of_both() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    seed::in_stage(&desk, &owner, named("Moving", "Verizon"), Stage::FocScheduled);
    let person = &desk.people.owner;
    desk.write(|conn| store::users::set_profile(conn, person.id, &person.name, Some("America/Los_Angeles"), "system"));
    let page = desk.owner().get("/port-requests");
    page.assert_has("Verizon confirmed the move: Sat, Nov 28, 10:00 AM–2:00 PM EST. Keep your old service on.");
    page.assert_has("7:00 AM–11:00 AM your time");
}
