//! Deleting a draft, and bringing it back.

use chrono::Duration;
use portdesk::domain::stage::Stage;

use crate::harness::{
    desk::Desk,
    seed::{self, Seed},
};

#[test]
fn a_deleted_draft_is_gone_and_can_be_brought_back_for_a_day() {
    let desk = Desk::open();
    let owner = desk.owner();
    let sid = seed::draft(&desk, &desk.people.owner(), Seed::default());
    let address = format!("/port-requests/{sid}");
    let page = owner.get(&format!("{address}/deletion"));
    page.assert_has("Delete this draft?");
    page.assert_has("Front desk lines");
    page.assert_has("you can undo this for 24 hours");

    let list = owner.post(&format!("{address}/deletion"), &[]).follow();
    list.assert_has("Draft deleted.");
    assert!(list.body.contains(&format!("action=\"{address}/restoration\"")), "{}", list.body);
    list.assert_lacks("Front desk lines");
    assert_eq!(owner.get(&address).status, 404);
    // A second click on Delete changes nothing.
    assert_eq!(owner.post(&format!("{address}/deletion"), &[]).status, 303);

    let back = owner.post(&format!("{address}/restoration"), &[]).follow();
    back.assert_has("The draft is back.");
    back.assert_has("Front desk lines");
    back.assert_has("Draft brought back");
    assert_eq!(owner.post(&format!("{address}/restoration"), &[]).status, 303);

    owner.post(&format!("{address}/deletion"), &[]);
    desk.app.clock.advance(Duration::hours(25));
    assert_eq!(desk.owner().post(&format!("{address}/restoration"), &[]).status, 404);
}

#[test]
fn what_was_sent_is_not_deleted() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    let address = format!("/port-requests/{sid}/deletion");
    assert_eq!(desk.owner().get(&address).location, Some(format!("/port-requests/{sid}")));
    assert_eq!(desk.owner().post(&address, &[]).status, 409);
    assert_eq!(seed::request(&desk, &sid).stage, Stage::InReview);
}
