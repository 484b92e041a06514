//! Before you start.

use portdesk::{
    domain::location_id::LocationId,
    services::delete_draft,
    store::{self, locations::LocationFacts},
};

use super::walk::Draft;
use crate::harness::desk::Desk;

fn add_location(desk: &Desk, id: &str, name: &str, off: &str) {
    let facts = LocationFacts {
        location_id: LocationId::parse(id).expect("tests use good ids"),
        name: name.to_owned(),
        time_zone: "America/New_York".to_owned(),
        porting_off_reason: off.to_owned(),
    };
    desk.write(|conn| store::locations::add(conn, desk.people.account, &facts, desk.now()));
}

#[test]
fn says_what_is_needed_and_starts_one_draft() {
    let desk = Desk::open();
    let owner = desk.owner();
    let page = owner.get("/port-requests/new");
    for words in ["Before you start", "2 to 4 weeks", "6 to 8 weeks", "90 days", "7 to 10 minutes", "Northgate Dental"]
    {
        page.assert_has(words);
    }
    page.assert_has("Do not cancel your current service");
    page.assert_lacks("spreadsheet");
    let token = page.hidden("token").unwrap();
    let fields = [("token", token.as_str()), ("location", "NORTHGATE")];
    let first = owner.post("/port-requests/new", &fields);
    let second = owner.post("/port-requests/new", &fields);
    assert_eq!(first.status, 303);
    assert_eq!(first.location, second.location, "a double click is one draft");
    assert!(first.location.as_deref().unwrap().ends_with("/terms"));
    first.follow().assert_has("Northgate Dental");
    let page = owner.get("/port-requests/new");
    assert_ne!(page.hidden("token").unwrap(), token, "each form has a token of its own");
}

#[test]
fn two_clicks_at_once_are_one_draft() {
    let desk = Desk::open();
    let owner = desk.owner();
    let token = owner.get("/port-requests/new").hidden("token").unwrap();
    let click = || {
        let (browser, token) = (owner.clone(), token.clone());
        std::thread::spawn(move || {
            browser.post("/port-requests/new", &[("token", &token), ("location", "NORTHGATE")]).location
        })
    };
    let clicks = [click(), click(), click()].map(|click| click.join().unwrap());
    assert!(clicks[0].is_some());
    assert!(clicks.iter().all(|to| *to == clicks[0]), "{clicks:?}");
}

#[test]
fn asks_for_the_location_when_there_are_several() {
    let desk = Desk::open();
    add_location(&desk, "SOUTHGATE", "Southgate Dental", "");
    let owner = desk.owner();
    let page = owner.get("/port-requests/new");
    page.assert_has("Where do the numbers go?");
    page.assert_has("Southgate Dental (Location ID SOUTHGATE)");
    let token = page.hidden("token").unwrap();
    let refused = owner.post("/port-requests/new", &[("token", &token), ("location", "")]);
    assert_eq!(refused.location.as_deref(), Some("/port-requests/new?check=1"));
    let refused = refused.follow();
    assert!(refused.title().starts_with("Error: "));
    refused.assert_has("Select where the numbers go");
    let foreign = owner.post("/port-requests/new", &[("token", &token), ("location", "HARBOR")]);
    let again = "/port-requests/new?check=1&location=HARBOR";
    assert_eq!(foreign.location.as_deref(), Some(again), "a foreign location is none");
    foreign.follow().assert_has("Select where the numbers go");
    let started = owner.post("/port-requests/new", &[("token", &token), ("location", "southgate")]);
    started.follow().assert_has("Southgate Dental");
    desk.manager().get("/port-requests/new").assert_lacks("Southgate");
}

#[test]
fn one_of_many_locations_is_typed() {
    let desk = Desk::open();
    for at in 1..=60 {
        add_location(&desk, &format!("LOC-{at:02}"), &format!("Place {at:02}"), "");
    }
    add_location(&desk, "CLOSED", "Closed Dental", "add a payment method first");
    let owner = desk.owner();
    let page = owner.get("/port-requests/new");
    page.assert_lacks("Place 07");
    let token = page.hidden("token").unwrap();
    let type_in = |typed: &str| owner.post("/port-requests/new", &[("token", &token), ("location", typed)]).follow();
    for (typed, told) in [
        ("", "Enter the Location ID"),
        ("loc 7", "Location ID can have only letters, digits, _ and -"),
        ("LOC-77", "None of your locations has this Location ID. Copy it from Locations"),
        ("HARBOR", "None of your locations has this Location ID. Copy it from Locations"),
    ] {
        let page = type_in(typed);
        page.assert_has(told);
        assert!(page.title().starts_with("Error: "), "{typed}");
        assert_eq!(page.value("location").as_deref(), Some(typed), "what was typed stays");
    }
    type_in("closed").assert_has("Porting is off for Closed Dental: add a payment method first.");
    type_in(" loc-58 ").assert_has("Place 58");
    let linked = owner.get("/port-requests/new?location=loc-58");
    assert_eq!(linked.value("location").as_deref(), Some("LOC-58"), "the page of a location leads here");
}

#[test]
fn porting_that_is_off_is_a_page_and_not_an_error() {
    let desk = Desk::open();
    add_location(&desk, "CLOSED", "Closed Dental", "add a payment method first");
    let owner = desk.owner();
    let token = owner.get("/port-requests/new").hidden("token").unwrap();
    let answer = owner.post("/port-requests/new", &[("token", &token), ("location", "CLOSED")]);
    let page = answer.follow();
    assert_eq!((answer.status, page.status), (303, 200));
    page.assert_has("Porting is off for Closed Dental: add a payment method first.");
    page.assert_has("Choose another location");
}

#[test]
fn without_a_location_it_says_whom_to_ask() {
    let desk = Desk::open();
    let manager = desk.manager();
    desk.write(|conn| store::locations::remove_member(conn, desk.people.location.id, desk.people.manager.id));
    let page = manager.get("/port-requests/new");
    assert_eq!(page.status, 200);
    page.assert_has("No location can port yet");
    page.assert_has("Ask Olive Owner to add you to a location.");
}

#[test]
fn only_customers_start_requests() {
    let desk = Desk::open();
    assert_eq!(desk.reviewer().get("/port-requests/new").status, 404);
    assert_eq!(desk.browser().get("/port-requests/new").status, 303);
}

#[test]
fn a_draft_belongs_to_its_account() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    for page in ["terms", "numbers", "contact", "bill", "check", "confirmation", "continue", "fix"] {
        assert_eq!(desk.foreign_owner().get(&draft.at(page)).status, 404, "{page}");
        assert_eq!(desk.manager().get(&draft.at(page)).status, 404, "{page} of a colleague");
        assert_eq!(desk.browser().get(&draft.at(page)).status, 303, "{page} signed out");
    }
    for page in ["terms", "numbers", "contact", "bill", "check"] {
        assert_eq!(desk.foreign_owner().post(&draft.at(page), &[]).status, 404, "{page}");
    }
    let upload =
        desk.foreign_owner().post_multipart(&draft.at("bill"), &[], &[("file", "a.pdf", "application/pdf", b"%PDF")]);
    assert_eq!(upload.status, 404);
    let managers = Draft::start_in(desk.manager());
    assert_eq!(desk.owner().get(&managers.at("terms")).status, 200, "an owner sees the whole account");
    desk.write(|conn| delete_draft::delete(conn, &desk.people.manager(), &managers.request_sid(), desk.now()));
    assert_eq!(managers.get("terms").status, 404);
}
