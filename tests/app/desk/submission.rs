//! Accepting a request and sending it to the carrier.

use chrono::Duration;
use portdesk::domain::stage::Stage;

use super::{decide, newest_line, path, send};
use crate::harness::{
    desk::Desk,
    seed::{self, Seed},
};

#[test]
fn a_request_goes_to_the_carrier_and_the_next_one_is_named() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    let sid = seed::sent_request(&desk, &owner, Seed::default());
    desk.app.clock.advance(Duration::minutes(1));
    let next = seed::sent_request(&desk, &owner, Seed::default());
    let reviewer = desk.reviewer();
    let confirm = reviewer.get(&path(&sid, "/submission?view=to-decide"));
    confirm.assert_has("Accept and note as sent to Verizon");
    confirm.assert_has("••••71B");
    assert!(
        confirm.body.contains(&format!("href=\"{}\"", path(&sid, "/loa/view"))),
        "the letter goes along: {confirm:?}"
    );
    let sent = send(&reviewer, &confirm, &path(&sid, "/submission"), &[("order-number", " VZ‑20418 ")]);
    assert_eq!((sent.status, sent.location.as_deref()), (303, Some("/desk?view=to-decide")));
    let queue = sent.follow();
    queue.assert_has(&format!("{sid} sent to Verizon. Next: {next}"));
    assert!(queue.body.contains(&format!("<a href=\"{}\">{next}</a>", path(&next, "?view=to-decide"))));
    let stored = seed::request(&desk, &sid);
    assert_eq!((stored.stage, stored.carrier_order_number.as_str()), (Stage::Submitted, "VZ-20418"));
    let line = newest_line(&desk, &sid);
    assert_eq!((line.event.as_str(), line.actor_name.as_str()), ("sent_to_carrier", "Rae Reviewer"));
    let mail = desk.deliver();
    assert!(mail.iter().any(|letter| letter.subject.as_str().contains("Sent to Verizon")), "{mail:?}");
    // The last one of a view has no next one.
    decide(&reviewer, &next, "/submission", &[]).follow().assert_has(&format!("{next} sent to Verizon. Next: {sid}"));
    desk.deliver();
}

#[test]
fn a_long_order_number_is_sent_back() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    let long = "7".repeat(61);
    let page = decide(&desk.reviewer(), &sid, "/submission", &[("order-number", &long)]);
    assert_eq!(page.status, 422);
    page.assert_has("Carrier order number must be 60 characters or fewer");
    assert_eq!(page.value("order-number").as_deref(), Some(long.as_str()));
    assert_eq!(seed::request(&desk, &sid).stage, Stage::InReview);
}

#[test]
fn whoever_comes_late_sees_who_did_what_and_keeps_what_they_typed() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    let (reviewer, admin) = (desk.reviewer(), desk.admin());
    let read = reviewer.get(&path(&sid, "/submission"));
    decide(&admin, &sid, "/rejection", &[("reason", "pin-missing"), ("do", "reject")]);
    desk.app.clock.advance(Duration::minutes(1));
    let late = send(&reviewer, &read, &path(&sid, "/submission"), &[("order-number", "VZ-20418")]);
    assert_eq!(late.status, 409);
    late.assert_has("Ada Admin rejected this 1 minute ago. What you typed is below.");
    assert_eq!(late.value("order-number").as_deref(), Some("VZ-20418"));
    assert!(!late.body.contains(">Accept and note as sent</button>"), "the move is not allowed any more");
    assert_eq!(seed::request(&desk, &sid).stage, Stage::Rejected);
    // The same form again, now on the version that it was shown: the table refuses.
    let refused = send(&reviewer, &late, &path(&sid, "/submission"), &[("order-number", "VZ-20418")]);
    assert_eq!(refused.status, 409);
    refused.assert_has("This request is Rejected, so it cannot become Sent to carrier. What you typed is below.");
    desk.deliver();
}

#[test]
fn moves_that_the_table_does_not_know_are_refused() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    let reviewer = desk.reviewer();
    for (stage, below) in [
        (Stage::InReview, "/foc"),
        (Stage::InReview, "/completion"),
        (Stage::Submitted, "/completion"),
        (Stage::Submitted, "/submission"),
        (Stage::FocScheduled, "/submission"),
        (Stage::Rejected, "/rejection"),
        (Stage::Completed, "/rejection"),
        (Stage::Completed, "/current-action"),
        (Stage::Canceled, "/submission"),
    ] {
        let sid = seed::in_stage(&desk, &owner, Seed::default(), stage);
        let version = seed::request(&desk, &sid).version.to_string();
        assert_eq!(reviewer.get(&path(&sid, below)).status, 409, "{stage:?} {below}");
        let fields = [
            ("version", version.as_str()),
            ("which", "all"),
            ("reason", "pin-missing"),
            ("do", "reject"),
            ("text", "Asked again."),
            ("foc-month", "12"),
            ("foc-day", "1"),
            ("foc-year", "2026"),
            ("from", "10"),
            ("to", "14"),
            ("zone", "America/New_York"),
        ];
        let page = reviewer.post(&path(&sid, below), &fields);
        assert_eq!(page.status, 409, "{stage:?} {below}: {page:?}");
        assert_eq!(seed::request(&desk, &sid).stage, stage, "{below}");
    }
}

#[test]
fn the_earlier_order_number_is_offered_again() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    let sid = seed::in_stage(&desk, &owner, Seed::default(), Stage::Submitted);
    seed::reject(&desk, &sid, "account-number-mismatch");
    seed::send(&desk, &owner, &sid);
    let reviewer = desk.reviewer();
    let form = reviewer.get(&path(&sid, "/submission"));
    assert_eq!(form.value("order-number").as_deref(), Some("VZ-20418"));
    form.assert_has("Send it in the losing carrier’s portal or by its form, then note it here");
    form.assert_has("What the carrier gets");
    send(&reviewer, &form, &path(&sid, "/submission"), &[("order-number", "VZ-77")]);
    assert_eq!(newest_line(&desk, &sid).note, "Carrier order number changed from VZ-20418 to VZ-77");
    desk.deliver();
}

#[test]
fn the_next_one_is_nobodys_or_ones_own_before_a_colleagues() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    let [first, colleagues, free] = [0, 1, 2].map(|_| {
        desk.app.clock.advance(Duration::minutes(1));
        seed::sent_request(&desk, &owner, Seed::default())
    });
    let admin = desk.admin();
    let read = admin.get(&path(&colleagues, ""));
    send(&admin, &read, &path(&colleagues, "/assignment"), &[("do", "take")]);
    let form = desk.reviewer().get(&path(&first, "/submission?view=to-decide"));
    let queue = send(&desk.reviewer(), &form, &path(&first, "/submission"), &[]).follow();
    queue.assert_has(&format!("{first} sent to Verizon. Next: {free}"));
    let form = desk.reviewer().get(&path(&free, "/submission?view=to-decide"));
    let queue = send(&desk.reviewer(), &form, &path(&free, "/submission"), &[]).follow();
    queue.assert_has(&format!("{free} sent to Verizon. Next: {colleagues}"));
    assert!(queue.body.contains(&format!("<a href=\"{}\">{free}</a>", path(&free, "?view=to-decide"))), "a way back");
    desk.deliver();
}
