//! Noting what moved.

use portdesk::{
    domain::{request_sid::RequestSid, stage::Stage},
    store,
};

use super::{decide, newest_line, path, send};
use crate::harness::{
    desk::Desk,
    seed::{self, Seed},
};

const THREE: Seed<'static> = Seed {
    name: "Front desk lines",
    carrier: "Verizon",
    account_number: "7741-4471B",
    account_pin: "",
    numbers: "(212) 555-0142, (212) 555-0143, (212) 555-0144",
    wireless: &[],
    scope: "all",
    contact_name: "Dana Ruiz",
    location: None,
    bills: 1,
};

/// A request whose agreed window has begun.
fn due_now(desk: &Desk) -> RequestSid {
    let sid = seed::in_stage(desk, &desk.people.owner(), THREE, Stage::FocScheduled);
    let foc = seed::request(desk, &sid).foc().expect("the FOC is set");
    desk.app.clock.move_to(foc.starts_at);
    sid
}

#[test]
fn before_the_agreed_time_somebody_has_to_say_that_it_happened() {
    let desk = Desk::open();
    let sid = seed::in_stage(&desk, &desk.people.owner(), THREE, Stage::FocScheduled);
    let reviewer = desk.reviewer();
    let early = decide(&reviewer, &sid, "/completion", &[("which", "all")]);
    assert_eq!(early.status, 422);
    early.assert_has("Tick the box to confirm that the numbers moved before the agreed time");
    assert_eq!(seed::request(&desk, &sid).stage, Stage::FocScheduled);
    decide(&reviewer, &sid, "/completion", &[("which", "all"), ("early", "yes")]);
    assert_eq!(seed::request(&desk, &sid).stage, Stage::Completed);
    desk.deliver();
}

#[test]
fn all_numbers_complete_the_request() {
    let desk = Desk::open();
    let sid = due_now(&desk);
    let reviewer = desk.reviewer();
    let form = reviewer.get(&path(&sid, "/completion"));
    form.assert_has("All 3 numbers moved");
    assert!(!form.body.contains(" checked"), "nothing is ticked before the reviewer ticks it: {}", form.body);
    let done = send(&reviewer, &form, &path(&sid, "/completion"), &[("which", "all")]);
    assert_eq!(done.status, 303);
    done.follow().assert_has(&format!("{sid} completed."));
    assert_eq!(seed::request(&desk, &sid).stage, Stage::Completed);
    let line = newest_line(&desk, &sid);
    assert_eq!((line.event.as_str(), line.note.as_str()), ("completed", "3 of 3 numbers moved"));
    let letter = desk.deliver().remove(0);
    assert!(letter.subject.as_str().starts_with("Done: 3 numbers moved"));
    assert!(letter.text.contains("cancel your account with Verizon"), "{}", letter.text);
    desk.owner().get(&format!("/port-requests/{sid}")).assert_has("then close your account with Verizon.");
}

#[test]
fn whoever_keeps_numbers_is_told_to_keep_the_account() {
    for scope in ["some", "unknown"] {
        let desk = Desk::open();
        let sid = seed::in_stage(&desk, &desk.people.owner(), Seed { scope, ..THREE }, Stage::FocScheduled);
        decide(&desk.reviewer(), &sid, "/completion", &[("which", "all"), ("early", "yes")]);
        let text = desk.deliver().remove(0).text;
        assert!(text.contains("have Verizon take only the numbers that moved off your account"), "{text}");
        assert!(!text.contains("cancel your account"), "{text}");
        let page = desk.owner().get(&format!("/port-requests/{sid}"));
        page.assert_has("Keep your account with Verizon for the numbers that stay.");
        page.assert_lacks("close your account");
    }
}

#[test]
fn some_numbers_leave_the_rest_with_the_carrier() {
    let desk = Desk::open();
    let sid = due_now(&desk);
    let reviewer = desk.reviewer();
    let id = seed::request(&desk, &sid).id;
    let numbers = desk.read(|conn| store::numbers::of_request(conn, id));
    let fields: Vec<String> = numbers.iter().map(|number| format!("moved-{}", number.id)).collect();

    let undecided = decide(&reviewer, &sid, "/completion", &[("which", "some"), (&fields[0], "yes")]);
    assert_eq!(undecided.status, 422);
    undecided.assert_has("There are 2 problems");
    undecided.assert_has("Select whether (212) 555-0143 moved");
    let none = [("which", "some"), (&fields[0], "no"), (&fields[1], "no"), (&fields[2], "no")];
    decide(&reviewer, &sid, "/completion", &none).assert_has("Select at least one number that moved");
    decide(&reviewer, &sid, "/completion", &[]).assert_has("Select which numbers moved");
    assert_eq!(seed::request(&desk, &sid).stage, Stage::FocScheduled);

    let some = [("which", "some"), (&fields[0], "yes"), (&fields[1], "no"), (&fields[2], "yes")];
    let done = decide(&reviewer, &sid, "/completion", &some);
    done.follow().assert_has(&format!("{sid} noted: 2 of 3 numbers moved."));
    let stored = seed::request(&desk, &sid);
    assert_eq!((stored.stage, stored.ported_count), (Stage::PartiallyPorted, 2));
    let told = desk.deliver().remove(0).text;
    assert!(told.contains("(212) 555-0143") && told.contains("Move date for the rest: "), "{told}");
    reviewer.get("/desk?view=at-carrier").assert_has("2 of 3 moved");

    let rest = reviewer.get(&path(&sid, "/completion"));
    rest.assert_has("2 moved before.");
    rest.assert_has("The number moved");
    send(&reviewer, &rest, &path(&sid, "/completion"), &[("which", "all")]);
    assert_eq!(seed::request(&desk, &sid).stage, Stage::Completed);
    desk.deliver();
}

#[test]
fn a_stale_form_keeps_its_radios() {
    let desk = Desk::open();
    let sid = seed::in_stage(&desk, &desk.people.owner(), THREE, Stage::FocScheduled);
    let (reviewer, admin) = (desk.reviewer(), desk.admin());
    let read = reviewer.get(&path(&sid, "/completion"));
    send(&admin, &admin.get(&path(&sid, "")), &path(&sid, "/assignment"), &[("do", "take")]);
    let late = send(&reviewer, &read, &path(&sid, "/completion"), &[("which", "some")]);
    assert_eq!(late.status, 409);
    late.assert_has("Ada Admin changed who works on this just now. What you typed is below.");
    assert!(late.body.contains("value=\"some\" checked"), "{}", late.body);
    assert_eq!(seed::request(&desk, &sid).stage, Stage::FocScheduled);
}

#[test]
fn the_letter_lists_only_checks_that_fit_the_numbers() {
    let desk = Desk::open_with(&[("PORTDESK_COUNTRIES", "US,CA")]);
    for (numbers, told) in [
        ("(212) 555-0142", [true, false, false]),
        ("(800) 555-0143", [false, true, false]),
        ("(416) 555-0144", [false, false, true]),
    ] {
        let seed = Seed { numbers, ..Seed::default() };
        let sid = seed::in_stage(&desk, &desk.people.owner(), seed, Stage::FocScheduled);
        decide(&desk.reviewer(), &sid, "/completion", &[("which", "all"), ("early", "yes")]);
        let text = desk.deliver().remove(0).text;
        let words = ["A2P 10DLC", "toll-free verification", "Numbers outside the US"];
        assert_eq!(words.map(|words| text.contains(words)), told, "{text}");
    }
}
