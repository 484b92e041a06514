//! Locations as their customers see them.

use chrono::Duration;
use portdesk::{
    domain::{location_id::LocationId, people::Role, stage::Stage},
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
    let (account, now) = (desk.write(|conn| store::accounts::add(conn, "Empty", desk.now())), desk.now());
    let new =
        store::users::NewUser { account_id: Some(account), email: "e@example.com", name: "Eve", role: Role::Owner };
    let eve = desk.write(|conn| {
        let id = store::users::add(conn, &new, now)?;
        store::users::set_password(conn, id, "unused")?;
        store::users::find(conn, id)
    });
    let page = desk.browser_of(&eve).get("/locations");
    page.assert_has("Your account has no location yet");
    page.assert_has("Ask support to add it");
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
    done.assert_has("Invited, has not signed in yet");
    let letters = desk.deliver();
    assert_eq!(letters.len(), 1);
    // A second click sends no second letter.
    let again = owner.post(address, &[("name", "Nia New"), ("email", "nia@example.com")]).follow();
    again.assert_has("Nia New can send requests for Northgate Dental after accepting the first invitation.");
    assert!(desk.deliver().is_empty());
    assert_eq!(desk.manager().post(address, &[("name", "A"), ("email", "a@example.com")]).status, 404);
    assert_eq!(desk.foreign_owner().post(address, &[("name", "A"), ("email", "a@example.com")]).status, 404);
}

/// The link of the only letter.
#[track_caller]
fn link(desk: &Desk) -> String {
    let letters = desk.deliver();
    let [letter] = letters.as_slice() else { panic!("one letter, not {}", letters.len()) };
    assert_eq!(letter.to, "nia@example.com");
    let link = letter.text.split_whitespace().find(|word| word.contains("/invitations/"));
    link.unwrap_or_else(|| panic!("no link in: {}", letter.text)).to_owned()
}

/// The owner invites Nia; gives the path of what can be done about it.
#[track_caller]
fn invite_nia(desk: &Desk) -> String {
    let fields = [("name", "Nia New"), ("email", "nia@example.com")];
    let page = desk.owner().post("/locations/NORTHGATE/managers", &fields);
    assert_eq!(page.status, 303, "{page:?}");
    let user = desk.read(|conn| store::users::by_email(conn, "nia@example.com")).expect("there is a user");
    format!("/locations/NORTHGATE/managers/{}", user.id)
}

#[test]
fn an_owner_sends_an_invitation_again() {
    let desk = Desk::open();
    let address = invite_nia(&desk);
    let first = link(&desk);
    let page = desk.owner().get("/locations/NORTHGATE");
    page.assert_has("Send again the invitation of Nia New");
    page.assert_has("Withdraw the invitation of Nia New");
    page.assert_lacks("Remove Nia New");
    for other in [desk.manager(), desk.foreign_owner()] {
        assert_eq!(other.post(&format!("{address}/invitation"), &[]).status, 404);
        assert_eq!(other.post(&format!("{address}/withdrawal"), &[]).status, 404);
    }
    let sent = desk.owner().post(&format!("{address}/invitation"), &[]).follow();
    sent.assert_has("Invitation sent to nia@example.com again.");
    let second = link(&desk);
    assert_eq!((desk.browser().get(&first).status, desk.browser().get(&second).status), (404, 200));

    desk.owner().post(&format!("{address}/invitation"), &[]);
    link(&desk);
    let refused = desk.owner().post(&format!("{address}/invitation"), &[]);
    assert_eq!((refused.status, refused.header("retry-after")), (429, Some("3600")));
    refused.assert_has("Too many invitations were sent. Try again in 60 minutes.");
    assert!(desk.deliver().is_empty(), "nobody's mailbox is filled");
    desk.app.clock.advance(Duration::minutes(60));
    assert_eq!(desk.owner().post(&format!("{address}/invitation"), &[]).status, 303);
    link(&desk);

    let active = format!("/locations/NORTHGATE/managers/{}", desk.people.manager.id);
    assert_eq!(desk.owner().post(&format!("{active}/invitation"), &[]).status, 409, "signed in already");
    assert_eq!(desk.owner().post(&format!("{active}/withdrawal"), &[]).status, 409);
    assert_eq!(desk.manager().get("/locations/NORTHGATE").status, 200);
}

#[test]
fn an_owner_withdraws_an_invitation() {
    let desk = Desk::open();
    let address = invite_nia(&desk);
    let link_of_letter = link(&desk);
    let page = desk.owner().post(&format!("{address}/withdrawal"), &[]).follow();
    page.assert_has("The invitation of Nia New is withdrawn. The link in it does not open any more.");
    page.assert_lacks("nia@example.com");
    assert_eq!(desk.browser().get(&link_of_letter).status, 404);
    assert_eq!(desk.owner().post(&format!("{address}/withdrawal"), &[]).status, 404, "there is nobody any more");
    assert_eq!(desk.admin().get("/desk/mail").status, 200, "the letter stays");
    desk.admin().get("/admin/users?text=nia").assert_has("No users match");
    // A letter that has not left yet does not leave any more, and the address is free again.
    let address = invite_nia(&desk);
    desk.owner().post(&format!("{address}/withdrawal"), &[]);
    assert!(desk.deliver().is_empty());
    invite_nia(&desk);
    assert_eq!(desk.browser().get(&link(&desk)).status, 200);
}

#[test]
fn who_was_deactivated_is_not_let_in_by_an_owner() {
    let desk = Desk::open();
    let (admin, manager, now) = (desk.people.admin(), desk.people.manager.id, desk.now());
    desk.write(|conn| portdesk::services::people::set_active(conn, &admin, manager, false, now).map(|_| ()));
    let fields = [("name", "Max"), ("email", "manager@example.com")];
    let page = desk.owner().post("/locations/NORTHGATE/managers", &fields);
    assert_eq!(page.status, 422);
    page.assert_has("Max Manager may not sign in any more. Ask support to give the access back");
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
