//! Canceling at the desk: with a reason that the customer reads, from every stage that the table allows.

use chrono::Duration;
use portdesk::domain::{moves::Mover, stage::Stage};

use super::{decide, newest_line, path, send};
use crate::harness::{
    desk::Desk,
    seed::{self, Seed},
};

const REASON: (&str, &str) = ("reason", "Verizon confirmed that it stops the order.");

#[test]
fn a_request_at_the_carrier_is_canceled_with_a_reason() {
    let desk = Desk::open();
    let seed = Seed { numbers: "(212) 555-0142", ..Seed::default() };
    let sid = seed::in_stage(&desk, &desk.people.owner(), seed.clone(), Stage::FocScheduled);
    let reviewer = desk.reviewer();
    let page = reviewer.get(&path(&sid, "/cancellation"));
    page.assert_has("Verizon has the order, due Sat, Nov 28, 10:00 AM–2:00 PM EST.");
    page.assert_has("No number has moved.");

    let saved = decide(&reviewer, &sid, "/cancellation", &[REASON]);

    assert_eq!((saved.status, saved.location.as_deref()), (303, Some("/desk?view=at-carrier")));
    saved.follow().assert_has(&format!("{sid} canceled."));
    let request = seed::request(&desk, &sid);
    assert_eq!((request.stage, request.foc()), (Stage::Canceled, None));
    let line = newest_line(&desk, &sid);
    assert_eq!((line.event.as_str(), line.note.as_str(), line.visible), ("canceled", REASON.1, true));
    assert_eq!((line.actor_name.as_str(), line.to_stage), ("Rae Reviewer", Some(Stage::Canceled)));
    let mail = desk.deliver();
    assert_eq!((mail.len(), mail[0].to.as_str()), (1, "owner@example.com"));
    assert!(mail[0].text.contains(&format!("Portdesk canceled this request on Nov 21, 2026. Reason: {}", REASON.1)));
    desk.owner()
        .get(&format!("/port-requests/{sid}"))
        .assert_has("Canceled on Nov 21, 2026. By Portdesk: Verizon confirmed that it stops the order.");
    // Its numbers are free again.
    seed::sent_request(&desk, &desk.people.owner(), seed);
}

#[test]
fn what_moved_stays_moved_when_the_rest_is_canceled() {
    let desk = Desk::open();
    let seed = Seed { numbers: "(212) 555-0142, (212) 555-0143, (212) 555-0144", ..Seed::default() };
    let sid = seed::in_stage(&desk, &desk.people.owner(), seed, Stage::PartiallyPorted);
    let reviewer = desk.reviewer();
    let page = reviewer.get(&path(&sid, "/cancellation"));
    page.assert_has("Verizon has the order. Cancel here only when the carrier has confirmed that it stops the move.");
    page.assert_has("What moved stays moved: 1 of 3.");

    assert_eq!(decide(&reviewer, &sid, "/cancellation", &[REASON]).status, 303);

    let line = newest_line(&desk, &sid);
    assert_eq!((line.event.as_str(), line.note.as_str(), line.visible), ("canceled", REASON.1, true));
    let mail = desk.deliver();
    assert_eq!((mail.len(), mail[0].to.as_str()), (1, "owner@example.com"));
    assert!(mail[0].text.contains("1 of 3 numbers had moved before and stay in Northgate Dental."), "{}", mail[0].text);
    reviewer.get(&path(&sid, "")).assert_has("Not moved");
    let page = desk.owner().get(&format!("/port-requests/{sid}"));
    page.assert_has("Verizon confirmed that it stops the order. 1 of 3 numbers had moved and stay moved.");
    page.assert_has("Moved Nov 21, 2026");
    page.assert_has("Not moved");
    desk.owner().get("/phone-numbers").assert_has("(212) 555-0142");
    // The others are free again, and what moved is not asked for a second time.
    let others = Seed { numbers: "(212) 555-0143, (212) 555-0144", ..Seed::default() };
    seed::sent_request(&desk, &desk.people.owner(), others);
}

#[test]
fn the_reason_is_asked_for() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    let reviewer = desk.reviewer();
    let empty = decide(&reviewer, &sid, "/cancellation", &[("reason", " \n ")]);
    assert_eq!(empty.status, 422);
    empty.assert_has("Write why this request is canceled");
    let long = decide(&reviewer, &sid, "/cancellation", &[("reason", &"x".repeat(301))]);
    assert_eq!(long.status, 422);
    long.assert_has("Reason must be 300 characters or fewer");
    long.assert_has(&"x".repeat(301));
    assert_eq!(seed::request(&desk, &sid).stage, Stage::InReview);
    assert_eq!(desk.deliver().len(), 0);
}

#[test]
fn a_stale_cancel_keeps_its_reason() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    let reviewer = desk.reviewer();
    let read = reviewer.get(&path(&sid, "/cancellation"));
    seed::send_to_carrier(&desk, &sid);
    desk.app.clock.advance(Duration::minutes(3));
    let late = send(&reviewer, &read, &path(&sid, "/cancellation"), &[REASON]);
    assert_eq!(late.status, 409);
    late.assert_has("You sent this to the carrier 3 minutes ago. What you typed is below.");
    late.assert_has(REASON.1);
    assert_eq!(seed::request(&desk, &sid).stage, Stage::Submitted);
    assert_eq!(send(&reviewer, &late, &path(&sid, "/cancellation"), &[REASON]).status, 303);
    assert_eq!(seed::request(&desk, &sid).stage, Stage::Canceled);
    assert_eq!(desk.deliver().len(), 1);
}

#[test]
fn the_table_says_what_can_be_canceled() {
    let desk = Desk::open();
    let reviewer = desk.reviewer();
    let pair = Seed { numbers: "(212) 555-0142, (212) 555-0143", ..Seed::default() };
    for (stage, allowed) in [
        (Stage::InReview, true),
        (Stage::Submitted, true),
        (Stage::FocScheduled, true),
        (Stage::Rejected, true),
        (Stage::PartiallyPorted, true),
        (Stage::Completed, false),
        (Stage::Canceled, false),
    ] {
        assert_eq!(stage.allows(Stage::Canceled, Mover::Reviewer), allowed);
        let seed = if stage == Stage::PartiallyPorted { pair.clone() } else { Seed::default() };
        let sid = seed::in_stage(&desk, &desk.people.owner(), seed, stage);
        let page = reviewer.get(&path(&sid, ""));
        assert_eq!(page.body.contains(&path(&sid, "/cancellation?")), allowed, "{stage:?}");
        let read = reviewer.get(&path(&sid, "/cancellation"));
        assert_eq!(read.status, if allowed { 200 } else { 409 }, "{stage:?}");
        let version = seed::request(&desk, &sid).version.to_string();
        let sent = reviewer.post(&path(&sid, "/cancellation"), &[("version", &version), REASON]);
        assert_eq!(sent.status, if allowed { 303 } else { 409 }, "{stage:?}");
        assert_eq!(seed::request(&desk, &sid).stage, if allowed { Stage::Canceled } else { stage });
        assert_eq!(desk.deliver().len(), usize::from(allowed), "{stage:?}");
    }
}
