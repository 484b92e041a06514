//! The description of what the carrier is doing.

use portdesk::domain::stage::Stage;

use super::{decide, newest_line, path, send};
use crate::harness::{
    desk::Desk,
    seed::{self, Seed},
};

#[test]
fn a_description_stands_until_the_next_move() {
    let desk = Desk::open();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::Submitted);
    let reviewer = desk.reviewer();
    reviewer.get(&path(&sid, "/current-action")).assert_has("Sent to Verizon on Nov 21");
    let saved = decide(&reviewer, &sid, "/current-action", &[("text", " Verizon asks\r\nfor two days. ")]);
    assert_eq!(saved.location.as_deref(), Some(path(&sid, "?view=at-carrier").as_str()));
    saved.follow().assert_has("Current action: Verizon asks for two days.");
    let line = newest_line(&desk, &sid);
    assert_eq!(
        (line.event.as_str(), line.note.as_str(), line.visible),
        ("described", "Verizon asks for two days.", true)
    );
    decide(&reviewer, &sid, "/current-action", &[("text", "")]).follow().assert_has("The description is gone.");
    assert_eq!(seed::request(&desk, &sid).current_action, "");
    assert_eq!(desk.deliver().len(), 0, "a description is read on the page, not mailed");
}

#[test]
fn long_and_late_descriptions_come_back() {
    let desk = Desk::open();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::Submitted);
    let reviewer = desk.reviewer();
    let long = decide(&reviewer, &sid, "/current-action", &[("text", &"x".repeat(301))]);
    assert_eq!(long.status, 422);
    long.assert_has("Description must be 300 characters or fewer");
    let read = reviewer.get(&path(&sid, "/current-action"));
    let opens = desk.now() + chrono::Duration::days(7);
    seed::set_foc(&desk, &sid, opens, opens + chrono::Duration::hours(4));
    desk.app.clock.advance(chrono::Duration::minutes(1));
    let late = send(&reviewer, &read, &path(&sid, "/current-action"), &[("text", "Verizon asks for two days.")]);
    assert_eq!(late.status, 409);
    late.assert_has("You set the FOC of this 1 minute ago. What you typed is below.");
    late.assert_has("Verizon asks for two days.");
}

#[test]
fn customers_read_a_description_only_while_it_stands() {
    let desk = Desk::open();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::Submitted);
    let (reviewer, customer) = (desk.reviewer(), format!("/port-requests/{sid}"));
    decide(&reviewer, &sid, "/current-action", &[("text", "Verizon asks Mr. Wrong.")]);
    desk.owner().get(&customer).assert_has("Verizon asks Mr. Wrong.");
    decide(&reviewer, &sid, "/current-action", &[("text", "Verizon asks for two days.")]);
    let changed = desk.owner().get(&customer);
    changed.assert_lacks("Mr. Wrong");
    changed.assert_has("Verizon asks for two days.");
    changed.assert_has("Update from the desk changed");
    decide(&reviewer, &sid, "/current-action", &[("text", "")]);
    let gone = desk.owner().get(&customer);
    gone.assert_lacks("two days");
    gone.assert_has("Update from the desk taken away");
    let kept = reviewer.get(&path(&sid, ""));
    kept.assert_has("Description of the current action taken away");
    kept.assert_has("Verizon asks Mr. Wrong.");
}

#[test]
fn the_carriers_order_number_is_corrected_and_the_old_one_stays_in_the_history() {
    let desk = Desk::open();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::Submitted);
    let reviewer = desk.reviewer();
    let form = reviewer.get(&path(&sid, "/current-action"));
    assert_eq!(form.value("order-number").as_deref(), Some("VZ-20418"));
    let long = decide(&reviewer, &sid, "/current-action", &[("order-number", &"7".repeat(61))]);
    long.assert_has("Carrier order number must be 60 characters or fewer");
    decide(&reviewer, &sid, "/current-action", &[("text", ""), ("order-number", "VZ-9")]).follow().assert_has("Saved.");
    let stored = seed::request(&desk, &sid);
    assert_eq!((stored.carrier_order_number.as_str(), stored.stage), ("VZ-9", Stage::Submitted));
    for page in [reviewer.get(&path(&sid, "")), desk.owner().get(&format!("/port-requests/{sid}"))] {
        page.assert_has("Carrier order number changed from VZ-20418 to VZ-9");
    }
    let waiting = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    reviewer.get(&path(&waiting, "/current-action")).assert_lacks("Carrier order number");
    decide(&reviewer, &waiting, "/current-action", &[("text", "We look."), ("order-number", "VZ-9")]);
    assert_eq!(seed::request(&desk, &waiting).carrier_order_number, "", "no carrier has the order yet");
}
