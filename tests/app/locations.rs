//! Locations as their customers see them.

use portdesk::{
    domain::{location_id::LocationId, stage::Stage},
    store::{self, locations::LocationFacts},
};

use crate::harness::{
    desk::Desk,
    seed::{self, Seed},
};

fn add_location(desk: &Desk, id: &str, name: &str) {
    let facts = LocationFacts {
        location_id: LocationId::parse(id).unwrap(),
        name: name.to_owned(),
        time_zone: "America/Chicago".to_owned(),
        porting_off_reason: String::new(),
    };
    let now = desk.now();
    desk.write(|conn| store::locations::add(conn, desk.people.account, &facts, now));
}

#[test]
fn the_list_is_skipped_where_there_is_one_location() {
    let desk = Desk::open();
    assert_eq!(desk.owner().get("/locations").location.as_deref(), Some("/locations/NORTHGATE"));
    assert_eq!(desk.manager().get("/locations").location.as_deref(), Some("/locations/NORTHGATE"));
    assert_eq!(desk.reviewer().get("/locations").location.as_deref(), Some("/desk"));
}

#[test]
fn the_list_tells_what_each_location_holds() {
    let desk = Desk::open();
    add_location(&desk, "WEST", "Westgate Dental");
    let owner = desk.people.owner();
    let northgate = &desk.people.location;
    let three = Seed { numbers: "212-555-0142, 212-555-0143, 212-555-0144", ..Seed::default() };
    seed::in_stage(&desk, &owner, Seed { location: Some(northgate), ..three }, Stage::Completed);
    seed::sent_request(&desk, &owner, Seed { location: Some(northgate), ..Seed::default() });
    seed::draft(&desk, &owner, Seed { location: Some(northgate), ..Seed::default() });
    let page = desk.owner().get("/locations");
    page.assert_has("Northgate Dental NORTHGATE Copy Location ID of Northgate Dental Eastern time (New York) 1 3");
    page.assert_has("Westgate Dental WEST Copy Location ID of Westgate Dental Central time (Chicago) 0 0");
    page.assert_lacks("Harbor Motors");
    page.assert_lacks("Search");
    // A manager sees only the locations they are in.
    assert_eq!(desk.manager().get("/locations").location.as_deref(), Some("/locations/NORTHGATE"));
}

#[test]
fn many_locations_can_be_searched_and_turned_over() {
    let desk = Desk::open();
    for at in 1..=27 {
        add_location(&desk, &format!("LOC-{at:02}"), &format!("Place {at:02}"));
    }
    let owner = desk.owner();
    let page = owner.get("/locations");
    page.assert_has("28 locations");
    page.assert_has("1–25 of 28");
    let second = owner.get("/locations?page=2");
    assert_eq!(second.title(), "Locations, page 2 of 2 – Portdesk");
    second.assert_has("Place 27");
    let found = owner.get("/locations?q=loc-07");
    found.assert_has("1 location");
    found.assert_has("Place 07");
    owner.get("/locations?q=nowhere").assert_has("No locations match.");
}

#[test]
fn nobody_is_left_without_somebody_to_ask() {
    let desk = Desk::open();
    let (location, manager) = (desk.people.location.id, desk.people.manager.id);
    desk.write(|conn| store::locations::remove_member(conn, location, manager));
    let page = desk.manager().get("/locations");
    page.assert_has("You are not in any location yet");
    page.assert_has("Ask Olive Owner to add you: owner@example.com");
}

#[test]
fn a_location_shows_its_id_and_who_can_send_requests() {
    let desk = Desk::open();
    let page = desk.owner().get("/locations/northgate");
    for words in [
        "Business profile",
        "Location ID NORTHGATE",
        "Eastern time (New York)",
        "Who can send requests",
        "Olive Owner",
        "Max Manager",
        "manager@example.com",
        "Remove Max Manager",
        "Invite a manager",
    ] {
        page.assert_has(words);
    }
    let page = desk.manager().get("/locations/NORTHGATE");
    page.assert_has("You see the requests that you made.");
    page.assert_has("Olive Owner");
    for words in ["owner@example.com", "Invite a manager", "Remove", "/edit"] {
        page.assert_lacks(words);
    }
    for path in ["/locations/HARBOR", "/locations/HARBOR/edit", "/locations/nonsense", "/locations/%20"] {
        assert_eq!(desk.owner().get(path).status, 404, "{path}");
    }
}

#[test]
fn an_owner_edits_name_and_zone_and_loses_nothing_to_somebody_quicker() {
    let desk = Desk::open();
    let owner = desk.owner();
    let address = "/locations/NORTHGATE/edit";
    let form = owner.get(address);
    let version = form.hidden("version").unwrap();
    let empty = owner.post(address, &[("version", &version), ("name", " "), ("time_zone", "Mars/Base")]);
    assert_eq!(empty.status, 422);
    assert!(empty.title().starts_with("Error: "), "{}", empty.title());
    empty.assert_has("Select a time zone");
    let fields = [("version", version.as_str()), ("name", "Northgate East"), ("time_zone", "America/Denver")];
    let saved = owner.post(address, &fields).follow();
    saved.assert_has("Saved.");
    saved.assert_has("Northgate East");
    saved.assert_has("Mountain time (Denver)");
    let late = owner.post(address, &[("version", &version), ("name", "Too late"), ("time_zone", "UTC")]);
    assert_eq!(late.status, 409);
    late.assert_has("Somebody saved this meanwhile: Northgate East, Mountain time (Denver).");
    assert_eq!(late.value("name").as_deref(), Some("Too late"));
    let version = late.hidden("version").unwrap();
    let again = owner.post(address, &[("version", &version), ("name", "Too late"), ("time_zone", "UTC")]);
    assert_eq!(again.status, 303);
    assert_eq!(desk.manager().get(address).status, 404);
    assert_eq!(desk.manager().post(address, &fields).status, 404);
    assert_eq!(desk.foreign_owner().post(address, &fields).status, 404);
}

#[test]
fn an_owner_invites_a_manager() {
    let desk = Desk::open();
    let owner = desk.owner();
    let address = "/locations/NORTHGATE/managers";
    let wrong = owner.post(address, &[("name", ""), ("email", "nobody")]);
    assert_eq!(wrong.status, 422);
    wrong.assert_has("Enter an email address in the correct format");
    assert_eq!(wrong.value("email").as_deref(), Some("nobody"));
    let taken = owner.post(address, &[("name", "Fay"), ("email", "foreign@example.com")]);
    assert_eq!(taken.status, 422);
    taken.assert_has("That address already has an account");

    let done = owner.post(address, &[("name", "Nia New"), ("email", "nia@example.com")]).follow();
    done.assert_has("Invitation sent to nia@example.com.");
    done.assert_has("Invited, not signed in yet");
    let letters = desk.deliver();
    assert_eq!(letters.len(), 1);
    // A second click sends no second letter.
    let again = owner.post(address, &[("name", "Nia New"), ("email", "nia@example.com")]).follow();
    again.assert_has("Nia New can send requests for Northgate Dental after accepting the first invitation.");
    assert!(desk.deliver().is_empty());
    assert_eq!(desk.manager().post(address, &[("name", "A"), ("email", "a@example.com")]).status, 404);
    assert_eq!(desk.foreign_owner().post(address, &[("name", "A"), ("email", "a@example.com")]).status, 404);
}

#[test]
fn an_owner_takes_a_manager_out_and_back_in() {
    let desk = Desk::open();
    let (owner, manager) = (desk.owner(), desk.people.manager.id);
    let sid = seed::sent_request(&desk, &desk.people.manager(), Seed::default());
    let removal = format!("/locations/NORTHGATE/managers/{manager}/removal");
    for other in [desk.manager(), desk.foreign_owner()] {
        assert_eq!(other.post(&removal, &[]).status, 404);
    }
    let reviewer = desk.people.reviewer.id;
    assert_eq!(owner.post(&format!("/locations/NORTHGATE/managers/{reviewer}/removal"), &[]).status, 404);
    let page = owner.post(&removal, &[]).follow();
    page.assert_has("Max Manager cannot send requests for Northgate Dental any more.");
    page.assert_lacks("manager@example.com");
    assert_eq!(desk.manager().get("/locations/NORTHGATE").status, 404);
    assert_eq!(desk.manager().get(&format!("/port-requests/{sid}")).status, 200, "what they sent stays theirs");
    let page = owner.post(&format!("/locations/NORTHGATE/managers/{manager}/restoration"), &[]).follow();
    page.assert_has("Max Manager can send requests for Northgate Dental again.");
    assert_eq!(desk.manager().get("/locations/NORTHGATE").status, 200);
}
