//! The page of one request: facts to file, documents beside them, secrets only on demand.

use chrono::Duration;
use portdesk::{domain::stage::Stage, services::sweep, store};

use super::path;
use crate::harness::{
    desk::{Desk, PASSWORD},
    seed::{self, Seed},
};

pub const SECRETS: Seed<'static> = Seed {
    name: "Front desk lines",
    carrier: "Verizon",
    account_number: "RW-448190-Q",
    account_pin: "blue heron 12",
    numbers: "(212) 555-0142",
    wireless: &[("646-555-0187", "73915802")],
    scope: "all",
    contact_name: "Dana Ruiz",
    location: None,
    bills: 2,
};

#[test]
fn every_fact_can_be_copied() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), SECRETS);
    desk.app.clock.advance(Duration::days(9));
    let page = desk.reviewer().get(&path(&sid, "?view=to-decide"));
    for copied in [
        sid.as_str(),
        "Northgate Dental Associates, LLC",
        "Dana Ruiz",
        "350 5th Ave",
        "Suite 2100",
        "New York",
        "NY",
        "10118",
        "Verizon",
        "(212) 555-0142",
        "(646) 555-0187",
        "(212) 555-0142\n(646) 555-0187",
    ] {
        assert!(page.body.contains(&format!("data-copy=\"{copied}\"")), "{copied}: {}", page.body);
    }
    for words in [
        "To decide",
        "••••0-Q",
        "Account PIN Saved",
        "Saved, 8 characters, entered 9 days ago: ask for a new one?",
        "Nov 11, 2026 19 days old",
        "Attempt 1",
        "Waiting 9 days, since Nov 21, 2026, 10:00 AM EST",
        "Assignee Nobody",
        "Northgate Dental (NORTHGATE, Northgate Dental Group)",
        "Billing phone number (BTN) Not provided",
        "Sent to us",
        "Olive Owner (customer)",
        "We received your request",
    ] {
        page.assert_has(words);
    }
    assert!(page.body.contains("data-live=\"/live\"") && page.body.contains("data-live-part=\"history\""));
}

#[test]
fn documents_stand_beside_the_data() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), SECRETS);
    let id = seed::request(&desk, &sid).id;
    let documents = desk.read(|conn| store::documents::of_request(conn, id));
    let reviewer = desk.reviewer();
    let view = |at: usize| format!("src=\"/documents/{}/view", documents[at].public_id);
    let first = reviewer.get(&path(&sid, ""));
    assert!(first.body.contains(&format!("<iframe title=\"bill-1.pdf\" {}", view(0))), "{}", first.body);
    first.assert_has("Download bill-1.pdf");
    let second = reviewer.get(&path(&sid, &format!("?view=all&doc={}", documents[1].public_id)));
    assert!(second.body.contains(&view(1)) && !second.body.contains(&view(0)), "{}", second.body);
}

#[test]
fn each_stage_offers_what_its_moves_allow() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    let reviewer = desk.reviewer();
    let ways = ["/submission?", "/foc?", "/completion?", "/rejection?", "/current-action?", "/cancellation?"];
    for (stage, offered) in [
        (Stage::InReview, vec![0, 3, 4, 5]),
        (Stage::Submitted, vec![1, 3, 4, 5]),
        (Stage::FocScheduled, vec![1, 2, 3, 4, 5]),
        (Stage::Rejected, vec![4, 5]),
        (Stage::Completed, vec![]),
        (Stage::Canceled, vec![]),
    ] {
        let sid = seed::in_stage(&desk, &owner, Seed::default(), stage);
        let page = reviewer.get(&path(&sid, ""));
        for (at, way) in ways.iter().enumerate() {
            assert_eq!(page.body.contains(&path(&sid, way)), offered.contains(&at), "{stage:?} {way}");
        }
        assert_eq!(page.has("Take"), !stage.is_final(), "{stage:?}");
    }
}

#[test]
fn earlier_rejections_stay_in_sight() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    let sid = seed::in_stage(&desk, &owner, Seed::default(), Stage::Rejected);
    seed::send(&desk, &owner, &sid);
    let page = desk.reviewer().get(&path(&sid, ""));
    page.assert_has("Attempt 2");
    page.assert_has("Attempt 1, by our desk on Nov 21, 2026 Account number does not match");
    page.assert_has("Corrected and sent again");
}

#[test]
fn erased_pins_read_as_erased() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    let sid = seed::in_stage(&desk, &owner, SECRETS, Stage::Canceled);
    let without = seed::in_stage(&desk, &owner, Seed::default(), Stage::Canceled);
    desk.app.clock.advance(Duration::days(31));
    let now = desk.now();
    for id in desk.read(|conn| sweep::due(conn, &desk.app.house, now)) {
        desk.write(|conn| sweep::erase(conn, &desk.app.house, id, now));
    }
    let (reviewer, customer) = (desk.reviewer(), desk.owner());
    let page = reviewer.get(&path(&sid, ""));
    page.assert_has("Account PIN Erased on Dec 22, 2026");
    page.assert_has("(646) 555-0187 Wireless Not moved Erased on Dec 22, 2026");
    let page = customer.get(&format!("/port-requests/{sid}"));
    page.assert_has("Account PIN Erased on Dec 22, 2026");
    page.assert_has("Not moved Erased on Dec 22, 2026");
    for page in [reviewer.get(&path(&without, "")), customer.get(&format!("/port-requests/{without}"))] {
        page.assert_has("Account PIN Not provided");
        page.assert_lacks("Erased");
    }
    let revealed = reviewer.post(&path(&sid, "/reveal"), &[("password", PASSWORD)]);
    assert_eq!(revealed.status, 200);
    revealed.assert_has("RW-448190-Q");
    revealed.assert_has("Account PIN Erased on Dec 22, 2026");
}
