//! The queue: views, order, what rows say, search and pages.

use chrono::Duration;
use portdesk::{domain::stage::Stage, store};

use super::path;
use crate::harness::{
    desk::Desk,
    page::Page,
    seed::{self, Seed},
};

/// Whether the page names these in this order.
#[track_caller]
fn assert_order(page: &Page, names: &[&str]) {
    let text = page.text();
    let places: Vec<_> = names.iter().map(|name| text.find(name)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{names:?} should stand in this order: {page:?}");
}

#[test]
fn views_hold_what_waits_for_whom() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    let of = |name| Seed { name, ..Seed::default() };
    seed::in_stage(&desk, &owner, of("Oldest"), Stage::InReview);
    desk.app.clock.advance(Duration::hours(1));
    seed::in_stage(&desk, &owner, of("Younger"), Stage::InReview);
    seed::in_stage(&desk, &owner, of("Ordered"), Stage::Submitted);
    seed::in_stage(&desk, &owner, of("Dated"), Stage::FocScheduled);
    seed::in_stage(&desk, &owner, of("Over"), Stage::Completed);
    desk.app.clock.advance(Duration::hours(5));
    let reviewer = desk.reviewer();

    let to_decide = reviewer.get("/desk");
    assert_order(&to_decide, &["To decide 2", "At carrier 2", "All 5", "Oldest", "Younger"]);
    to_decide.assert_lacks("Ordered");
    assert_eq!(to_decide.text().matches("To decide").count(), 2, "the tab and the caption, and no tag: {to_decide:?}");
    to_decide.assert_has("Younger");
    to_decide.assert_has("Northgate Dental Northgate Dental Group");
    to_decide.assert_has("6 hours Nov 21, 2026, 10:00 AM EST");
    let at_carrier = reviewer.get("/desk?view=at-carrier");
    assert_order(&at_carrier, &["Ordered", "Dated"]);
    at_carrier.assert_has("Sat, Nov 28, 11:00 AM–3:00 PM EST");
    let all = reviewer.get("/desk?view=all");
    assert_eq!(all.text().matches("Not waiting").count(), 1, "what is completed waits for nobody: {all:?}");
    for name in ["Oldest", "Younger", "Ordered", "Dated", "Over"] {
        all.assert_has(name);
    }
    assert!(to_decide.body.contains("data-live=\"/live\"") && to_decide.body.contains("data-live-part=\"rows\""));
}

#[test]
fn what_is_to_be_decided_says_whether_it_came_before() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    let back = seed::in_stage(&desk, &owner, Seed { name: "Back", ..Seed::default() }, Stage::Rejected);
    seed::send(&desk, &owner, &back);
    desk.reviewer().get("/desk").assert_has("Resubmitted");
    seed::in_stage(&desk, &owner, Seed { name: "First", ..Seed::default() }, Stage::InReview);
    desk.reviewer().get("/desk").assert_has("New");
    let all = desk.reviewer().get("/desk?view=all");
    all.assert_lacks("Resubmitted");
    assert_eq!(all.text().matches("To decide").count(), 3, "a tab and two tags: {all:?}");
}

#[test]
fn a_row_says_what_grows_old() {
    let desk = Desk::open();
    let seed = Seed { wireless: &[("646-555-0187", "73915802")], ..Seed::default() };
    let sid = seed::sent_request(&desk, &desk.people.owner(), seed);
    desk.reviewer().get("/desk").assert_has("Nobody None");
    desk.app.clock.advance(Duration::days(21));
    let page = desk.reviewer().get("/desk");
    page.assert_has("PIN 21 days old Bill 31 days old");
    page.assert_has("21 days Nov 21, 2026, 10:00 AM EST");
    // Another reader's clock.
    let id = desk.people.reviewer.id;
    desk.write(|conn| store::users::set_profile(conn, id, "Rae Reviewer", Some("America/Denver"), "system"));
    desk.reviewer().get("/desk").assert_has("Nov 21, 2026, 8:00 AM MST");
    let one = desk.reviewer().get(&format!("/desk/port-requests/{sid}"));
    one.assert_has("since Nov 21, 2026, 8:00 AM MST");
    one.assert_lacks(" EST");
    seed::reject(&desk, &sid, "pin-invalid");
    desk.reviewer().get("/desk?view=all").assert_lacks("PIN 21 days old");
}

#[test]
fn empty_views_say_where_the_rest_is() {
    let desk = Desk::open();
    let reviewer = desk.reviewer();
    reviewer.get("/desk?view=all").assert_has("No port-in requests yet");
    seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::Submitted);
    reviewer.get("/desk").assert_has("Nothing to decide 1 at carrier.");
    reviewer.get("/desk?view=nonsense&page=nonsense").assert_has("Nothing to decide");
}

#[test]
fn a_whole_sid_or_number_opens_its_request() {
    let desk = Desk::open();
    let numbers = Seed { numbers: "(212) 555-0142", name: "Reception", ..Seed::default() };
    let sid = seed::sent_request(&desk, &desk.people.owner(), numbers);
    let other = seed::sent_request(&desk, &desk.people.owner(), Seed { name: "Reception two", ..Seed::default() });
    let reviewer = desk.reviewer();
    let sloppy = sid.as_str().to_lowercase().replace('-', "+");
    for typed in [sid.as_str(), &sloppy, "212-555-0142", "%2B1+(212)+555.0142"] {
        let page = reviewer.get(&format!("/desk?view=all&q={typed}"));
        assert_eq!(page.status, 303, "{typed}: {page:?}");
        assert!(page.location.as_deref().unwrap().starts_with(&path(&sid, "")), "{page:?}");
    }
    let both = reviewer.get("/desk?view=all&q=recep");
    both.assert_has("2 requests");
    both.assert_has(other.as_str());
    both.assert_has("Remove filter Search: recep");
    reviewer.get("/desk?view=all&q=0142").assert_has("Reception");
    let nothing = reviewer.get("/desk?view=all&q=zebra");
    nothing.assert_has("Nothing found for zebra");
    nothing.assert_has("Search looks at SID, numbers, names and emails");
    reviewer.get("/desk?view=at-carrier&q=recep").assert_has("In all views: 2 requests.");
    // A draft is nobody's business here, not even by its SID.
    let draft = seed::draft(&desk, &desk.people.owner(), Seed::default());
    assert_eq!(reviewer.get(&format!("/desk?view=all&q={draft}")).status, 200);
}

#[test]
fn long_views_have_pages() {
    let desk = Desk::open();
    for at in 0..52 {
        let name = format!("Number {at:02}.");
        seed::sent_request(&desk, &desk.people.owner(), Seed { name: &name, ..Seed::default() });
        desk.app.clock.advance(Duration::minutes(1));
    }
    let reviewer = desk.reviewer();
    let first = reviewer.get("/desk");
    first.assert_has("1–50 of 52");
    first.assert_has("Number 49.");
    first.assert_lacks("Number 50.");
    let second = reviewer.get("/desk?view=to-decide&page=2");
    second.assert_has("51–52 of 52");
    assert!(second.title().contains("page 2 of 2"), "{}", second.title());
    assert_order(&second, &["Number 50.", "Number 51."]);
    reviewer.get("/desk?view=to-decide&page=9").assert_has("51–52 of 52");
    assert!(first.body.len() < 110_000, "{} bytes", first.body.len());
}

#[test]
fn signs_alone_find_nothing() {
    let desk = Desk::open();
    seed::sent_request(&desk, &desk.people.owner(), Seed { name: "Oldest", ..Seed::default() });
    let page = desk.reviewer().get("/desk?q=%3F%3F%3F");
    assert_eq!(page.status, 200);
    page.assert_lacks("Oldest");
    desk.reviewer().get("/desk?q=").assert_has("Oldest");
}
