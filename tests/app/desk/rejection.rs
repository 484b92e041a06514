//! Rejecting with reasons that the customer can act on.

use chrono::Duration;
use portdesk::{domain::stage::Stage, services::send_request, store};

use super::{decide, newest_line, path, send};
use crate::harness::{
    desk::Desk,
    seed::{self, Seed},
};

const ZIP: &str = "The bill says 10118-0001, and so must the request.";

#[test]
fn a_request_is_rejected_for_several_reasons_in_the_reviewers_words() {
    let desk = Desk::open();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::Submitted);
    let reviewer = desk.reviewer();
    let fields = [
        ("reason", "pin-missing"),
        ("reason", "postal-code-mismatch"),
        ("message-postal-code-mismatch", ZIP),
        ("carrier-words", "8D ZIP\r\nREJ"),
    ];
    let form = reviewer.get(&path(&sid, "/rejection?view=at-carrier"));
    form.assert_has("PIN needed. Ask your carrier for a port-out PIN. All wireless numbers need one.");
    form.assert_has("Signed LOA needed");
    let shown = send(&reviewer, &form, &path(&sid, "/rejection"), &[&fields[..], &[("do", "preview")]].concat());
    assert_eq!(shown.status, 200);
    shown.assert_has("To owner@example.com");
    shown.assert_has(&format!("Action needed for Front desk lines: 2 things to fix ({sid})"));
    shown.assert_has(ZIP);
    assert_eq!(seed::request(&desk, &sid).stage, Stage::Submitted, "a preview writes nothing");

    let rejected = send(&reviewer, &shown, &path(&sid, "/rejection"), &[&fields[..], &[("do", "reject")]].concat());

    assert_eq!((rejected.status, rejected.location.as_deref()), (303, Some("/desk?view=at-carrier")));
    rejected.follow().assert_has(&format!("{sid} rejected."));
    let stored = seed::request(&desk, &sid);
    assert_eq!(stored.stage, Stage::Rejected);
    let reasons = desk.read(|conn| store::rejections::of_request(conn, stored.id));
    let told: Vec<_> = reasons.iter().map(|it| (it.slug.as_str(), it.source.as_str())).collect();
    assert_eq!(told, [("pin-missing", "carrier"), ("postal-code-mismatch", "carrier")]);
    assert_eq!((reasons[1].message.as_str(), reasons[1].carrier_words.as_str()), (ZIP, "8D ZIP\nREJ"));
    let line = newest_line(&desk, &sid);
    assert!(line.event == "rejected" && line.visible && line.note.contains(ZIP), "{line:?}");
    let mail = desk.deliver();
    insta::assert_snapshot!(mail[0].text.replace(sid.as_str(), "SID").replace(&desk.base, "BASE"));
    let page = reviewer.get(&path(&sid, ""));
    page.assert_has("Attempt 1, by the carrier on Nov 21, 2026");
    page.assert_has("In the carrier’s words: 8D ZIP REJ");
}

#[test]
fn a_single_reason_is_said_once_and_then_what_to_do() {
    let desk = Desk::open();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::Submitted);
    let reviewer = desk.reviewer();
    let form = reviewer.get(&path(&sid, "/rejection"));
    send(&reviewer, &form, &path(&sid, "/rejection"), &[("reason", "postal-code-mismatch"), ("do", "reject")]);

    let page = desk.owner().get(&format!("/port-requests/{sid}"));
    page.assert_has("ZIP/postal code does not match. Correct the ZIP code");
    page.assert_lacks("does not match. ZIP/postal code does not match.");
    assert_eq!(desk.deliver().len(), 1);
}

#[test]
fn what_the_desk_settles_is_told_apart_and_not_counted() {
    let desk = Desk::open();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::Submitted);
    let fields = [
        ("reason", "different-rate-centers"),
        ("reason", "postal-code-mismatch"),
        ("reason", "pin-missing"),
        ("do", "reject"),
    ];
    let reviewer = desk.reviewer();
    let form = reviewer.get(&path(&sid, "/rejection"));
    send(&reviewer, &form, &path(&sid, "/rejection"), &fields);

    let ours = "Numbers are in different rate centers. We send the numbers as separate orders.";
    let letter = desk.deliver().remove(0);
    assert!(letter.subject.as_str().contains("2 things to fix"), "{}", letter.subject.as_str());
    let (to_fix, rest) = letter.text.split_once("We take care of").expect("the letter tells it apart");
    assert!(!to_fix.contains("rate centers") && rest.contains("We send the numbers as separate orders."), "{rest}");
    assert!(letter.html.contains("We take care of"), "{}", letter.html);
    let page = desk.owner().get(&format!("/port-requests/{sid}"));
    page.assert_has(&format!("We take care of: {ours}"));
    page.assert_has("does not match, and 1 more reason.");
    let fix = desk.owner().get(&format!("/port-requests/{sid}/numbers"));
    fix.assert_has(&format!("We take care of: {ours}"));
    fix.assert_lacks(&format!("{ours} On this page."));
}

#[test]
fn a_rejection_says_what_is_wrong() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    let reviewer = desk.reviewer();
    let refused = |fields: &[(&str, &str)], sentence: &str| {
        for action in ["reject", "preview"] {
            let page = decide(&reviewer, &sid, "/rejection", &[fields, &[("do", action)]].concat());
            assert_eq!(page.status, 422, "{page:?}");
            page.assert_has(sentence);
        }
    };
    refused(&[], "Select at least one reason");
    refused(&[("reason", "no-such-reason")], "Select at least one reason");
    refused(&[("reason", "carrier-no-response")], "Select at least one reason that the customer can act on");
    refused(&[("reason", "other")], "Write what is wrong, at least 20 characters");
    refused(&[("reason", "pin-missing"), ("message-pin-missing", "no")], "Write what is wrong, at least 20 characters");
    assert_eq!(seed::request(&desk, &sid).stage, Stage::InReview);
    let page =
        decide(&reviewer, &sid, "/rejection", &[("reason", "pin-missing"), ("message-pin-missing", "too short")]);
    page.assert_has("too short");
    assert!(page.body.contains("value=\"pin-missing\" checked"), "{}", page.body);
}

#[test]
fn free_words_are_mailed_under_a_heading_and_secrets_in_them_are_masked() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    let words = "Page 2 of the bill is cut off. Your PIN 4321 was refused too.";
    let fields = [("reason", "other"), ("message-other", words), ("do", "reject")];
    decide(&desk.reviewer(), &sid, "/rejection", &fields);
    let mail = desk.deliver();
    assert!(mail[0].subject.as_str().contains("Something else to fix"), "{}", mail[0].subject);
    assert!(mail[0].text.contains("Page 2 of the bill is cut off. Your PIN •••• was refused too."), "{}", mail[0].text);
    let reasons = desk.read(|conn| store::rejections::of_request(conn, seed::request(&desk, &sid).id));
    assert_eq!(reasons[0].source, "desk");
}

#[test]
fn a_stale_rejection_keeps_every_word() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    let (reviewer, admin) = (desk.reviewer(), desk.admin());
    let read = reviewer.get(&path(&sid, "/rejection"));
    decide(&admin, &sid, "/submission", &[]);
    desk.app.clock.advance(Duration::hours(2));
    let fields = [("reason", "other"), ("message-other", ZIP), ("carrier-words", "none yet"), ("do", "reject")];
    let late = send(&reviewer, &read, &path(&sid, "/rejection"), &fields);
    assert_eq!(late.status, 409);
    late.assert_has("Ada Admin sent this to the carrier 2 hours ago. What you typed is below.");
    late.assert_has(ZIP);
    late.assert_has("none yet");
    assert!(late.body.contains("value=\"other\" checked"));
    assert_eq!(seed::request(&desk, &sid).stage, Stage::Submitted);
    // Sent again on what was shown now, it is the carrier's rejection.
    assert_eq!(send(&reviewer, &late, &path(&sid, "/rejection"), &fields).status, 303);
    assert_eq!(seed::request(&desk, &sid).stage, Stage::Rejected);
    desk.deliver();
}

#[test]
fn a_corrected_request_is_received_as_such() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    let sid = seed::in_stage(&desk, &owner, Seed::default(), Stage::Rejected);
    let now = desk.now();
    desk.write(|conn| send_request::send(conn, &desk.app.house, &owner, &sid, now));
    let mail = desk.deliver().remove(0);
    assert_eq!(mail.subject.as_str(), format!("We received your corrected request: Front desk lines ({sid})"));
    for told in ["This is attempt 2, under the same Request SID", "- Account number does not match\n"] {
        assert!(mail.text.contains(told), "{}", mail.text);
    }
}
