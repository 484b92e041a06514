//! Stopping a request.

use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _};
use portdesk::{
    domain::stage::Stage,
    store::{StoreError, schema::locations},
};

use crate::harness::{
    desk::Desk,
    seed::{self, Seed},
};

#[test]
fn canceling_says_what_it_means_and_does_it_once() {
    let desk = Desk::open();
    let owner = desk.owner();
    let sid = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    let address = format!("/port-requests/{sid}/cancellation");
    let page = owner.get(&address);
    page.assert_has("Cancel this request?");
    page.assert_has("Nothing has moved. You can start again any time.");
    page.assert_has(sid.as_str());

    let done = owner.post(&address, &[("reason", "details")]).follow();
    done.assert_has("Request canceled.");
    done.assert_has("Canceled on Nov 21, 2026. By Olive Owner: The details were wrong.");
    assert_eq!(seed::request(&desk, &sid).stage, Stage::Canceled);
    assert_eq!(owner.post(&address, &[]).status, 303);
    let letters = desk.deliver();
    assert_eq!(letters.len(), 1, "one letter for two clicks");
    owner.get(&address).assert_has("This request is canceled already.");
    done.assert_lacks("Cancel request");
}

#[track_caller]
fn check(stage: Stage, asks_support: bool, words: &str) {
    let desk = Desk::open();
    let numbers = Seed { numbers: "(212) 555-0142, (212) 555-0143, (212) 555-0144", ..Seed::default() };
    let sid = seed::in_stage(&desk, &desk.people.owner(), numbers, stage);
    let address = format!("/port-requests/{sid}/cancellation");
    let page = desk.owner().get(&address);
    page.assert_has("This request cannot be canceled here");
    page.assert_has(words);
    assert_eq!(page.has("To ask us to stop it, write to"), asks_support, "{page:?}");
    let refused = desk.owner().post(&address, &[("reason", "stay")]);
    assert_eq!(refused.status, 409);
    refused.assert_has(words);
    assert_eq!(seed::request(&desk, &sid).stage, stage);
}

#[test]
fn what_the_carrier_has_is_stopped_by_support_alone() {
    check(Stage::Submitted, true, "Verizon has the order, so only Verizon can stop it.");
    check(
        Stage::FocScheduled,
        true,
        "The move is due Sat, Nov 28, 10:00 AM–2:00 PM EST. Within 48 hours of it, the carrier may not be able to stop it.",
    );
    check(
        Stage::PartiallyPorted,
        true,
        "1 of 3 numbers moved already and stay moved. Verizon has the order for the other 2.",
    );
    check(
        Stage::Completed,
        false,
        "This request is completed, so it cannot be canceled: 3 numbers moved on Nov 21, 2026.",
    );
}

#[test]
fn a_rejected_request_can_be_given_up_and_a_draft_is_deleted_instead() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    let rejected = seed::in_stage(&desk, &owner, Seed::default(), Stage::Rejected);
    desk.owner().get(&format!("/port-requests/{rejected}/cancellation")).assert_has("Nothing has moved.");
    let draft = seed::draft(&desk, &owner, Seed::default());
    let answer = desk.owner().get(&format!("/port-requests/{draft}/cancellation"));
    assert_eq!(answer.location, Some(format!("/port-requests/{draft}/deletion")));
}

#[test]
fn the_day_of_the_move_is_that_of_the_location() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    let location = desk.people.location.id;
    let row = locations::table.find(location);
    desk.write(|conn| {
        diesel::update(row).set(locations::time_zone.eq("Pacific/Honolulu")).execute(conn).map_err(StoreError::from)
    });
    // One in the morning at the desk, and the evening before in Hawaii.
    desk.app.clock.advance(chrono::Duration::hours(15));
    let sid = seed::in_stage(&desk, &owner, Seed::default(), Stage::Completed);
    desk.owner().get(&format!("/port-requests/{sid}/cancellation")).assert_has("moved on Nov 21, 2026.");
}
