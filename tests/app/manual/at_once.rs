//! The setting `at-once`: the desk begins before the mailbox is proven, and the carrier hears of nothing before that.

use chrono::Duration;
use portdesk::domain::stage::Stage;

use super::walk::{DAY, Form, compare, link, status_of};
use crate::{
    desk::{decide, path},
    harness::{desk::Desk, seed},
};

/// Everything that the worker does from time to time.
fn work(desk: &Desk) {
    let worked = actix_web::rt::System::new().block_on(portdesk::worker::sweep(&desk.app));
    worked.expect("the database answers");
}

#[test]
fn the_last_page_says_when_the_carrier_hears_of_it() {
    let desk = Desk::open_with(&[("PORTDESK_MANUAL_REQUESTS", "at-once")]);
    let form = Form::start(&desk);
    form.fill();
    form.get("check").assert_has("Nothing goes to your carrier before you confirm the address by it.");
}

#[test]
fn at_once_a_request_is_marked_and_kept_from_the_carrier() {
    let desk = Desk::open_with(&[("PORTDESK_MANUAL_REQUESTS", "at-once")]);
    let form = Form::start(&desk);
    form.send();
    let sid = form.sid();
    assert_eq!(seed::request(&desk, &sid).confirmed_at, None);
    let mail = desk.deliver();
    assert_eq!(mail.len(), 1, "an address that may be mistyped reads nothing about the request");
    let (confirm, status) = (link(&mail, "/confirm/"), status_of(&desk, &form));
    compare(&desk, &sid, DAY);
    let reviewer = desk.reviewer();
    let page = reviewer.get(&path(&sid, ""));
    page.assert_has("Dana Ruiz has not confirmed the mailbox yet");
    page.assert_lacks("Accept and note as sent");
    let refused = decide(&reviewer, &sid, "/submission", &[]);
    assert_eq!(refused.status, 409, "{refused:?}");
    refused.assert_has("The mailbox of its contact is not confirmed yet");
    desk.browser().get(&status).assert_has("Confirm your email address");
    assert_eq!(seed::request(&desk, &sid).confirmed_at, None, "looking confirms nothing");
    let done = desk.browser().post(&confirm, &[]);
    assert_eq!(done.status, 303);
    assert!(seed::request(&desk, &sid).confirmed_at.is_some());
    assert_eq!(decide(&reviewer, &sid, "/submission", &[]).status, 303);
    let told: Vec<String> = desk.deliver().iter().map(|it| it.subject.as_str().to_owned()).collect();
    assert!(told.iter().any(|subject| subject.starts_with("We received your port-in request")), "{told:?}");
}

#[test]
fn at_once_the_page_of_the_status_confirms_too() {
    let desk = Desk::open_with(&[("PORTDESK_MANUAL_REQUESTS", "at-once")]);
    let form = Form::start(&desk);
    form.send();
    desk.deliver();
    let status = status_of(&desk, &form);
    let done = desk.browser().post(&format!("{status}/confirmation"), &[]);
    done.follow().assert_lacks("Confirm my email address");
    assert!(seed::request(&desk, &form.sid()).confirmed_at.is_some());
    assert_eq!(desk.deliver().len(), 1, "we have it");
}

#[test]
fn at_once_a_rejected_request_is_told_when_its_mailbox_is_proven() {
    let desk = Desk::open_with(&[("PORTDESK_MANUAL_REQUESTS", "at-once")]);
    let form = Form::start(&desk);
    form.send();
    let sid = form.sid();
    let confirm = link(&desk.deliver(), "/confirm/");
    let done = decide(&desk.reviewer(), &sid, "/rejection", &[("reason", "pin-invalid"), ("do", "reject")]);
    assert_eq!(done.status, 303, "{done:?}");
    assert!(desk.deliver().is_empty(), "the mailbox is not proven");
    assert_eq!(desk.browser().post(&confirm, &[]).status, 303);
    let mail = desk.deliver();
    assert_eq!(mail.len(), 1);
    desk.browser().get(&link(&mail, "/status/")).assert_has("Fix and resubmit");
}

#[test]
fn at_once_what_nobody_confirms_is_canceled() {
    let desk = Desk::open_with(&[("PORTDESK_MANUAL_REQUESTS", "at-once")]);
    let (forgotten, proven) = (Form::start(&desk), Form::start(&desk));
    forgotten.send();
    let mail = desk.deliver();
    let (status, asks) = (status_of(&desk, &forgotten), &mail[0]);
    assert!(asks.text.contains("Nothing goes to your carrier before you have"), "{}", asks.text);
    assert!(asks.text.contains("without your confirmation the request is canceled"), "{}", asks.text);
    proven.send();
    desk.browser().post(&link(&desk.deliver(), "/confirm/"), &[]);
    desk.deliver();
    desk.app.clock.advance(Duration::days(7));
    work(&desk);
    assert_eq!(seed::request(&desk, &forgotten.sid()).stage, Stage::InReview);
    assert!(desk.deliver().is_empty());
    desk.app.clock.advance(Duration::minutes(1));
    work(&desk);
    let request = seed::request(&desk, &forgotten.sid());
    assert_eq!(request.stage, Stage::Canceled);
    assert_eq!(request.current_reason, "By Portdesk: The email address was not confirmed in time.");
    assert_eq!(seed::request(&desk, &proven.sid()).stage, Stage::InReview);
    assert!(desk.deliver().is_empty(), "whoever has that mailbox may be a stranger");
    let page = desk.browser().get(&status);
    page.assert_has("The email address was not confirmed in time");
    page.assert_lacks("Confirm my email address");
    // There is nothing to confirm any more, and the pages say what to do.
    let confirm = link(&mail, "/confirm/");
    let ended = desk.browser().post(&confirm, &[]).follow();
    ended.assert_has("This port request was canceled");
    ended.assert_has("Start a new request");
    forgotten.get("confirmation").assert_has("This request was canceled");
    forgotten
        .browser
        .post(&forgotten.at("confirmation/again"), &[])
        .follow()
        .assert_has("There is nothing to confirm here");
    assert!(desk.deliver().is_empty());
    assert_eq!(seed::request(&desk, &forgotten.sid()).confirmed_at, None);
}
