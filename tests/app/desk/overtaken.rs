//! Forms that arrive after the request has changed: a double click is one click, everything else comes back whole.

use std::thread;

use chrono::Duration;
use portdesk::domain::stage::Stage;

use super::{history, path, send};
use crate::harness::{
    desk::Desk,
    page::Page,
    seed::{self, Seed},
};

const FIRST: (&str, &str) = ("text", "Verizon asks for two days.");

/// A request at the carrier, and its description as a reviewer has just opened it.
fn opened(desk: &Desk) -> (portdesk::domain::request_sid::RequestSid, Page) {
    let sid = seed::in_stage(desk, &desk.people.owner(), Seed::default(), Stage::Submitted);
    let read = desk.reviewer().get(&path(&sid, "/current-action"));
    (sid, read)
}

#[test]
fn a_corrected_text_is_no_double_click() {
    let desk = Desk::open();
    let (sid, read) = opened(&desk);
    let (reviewer, below) = (desk.reviewer(), path(&sid, "/current-action"));
    assert_eq!(send(&reviewer, &read, &below, &[FIRST]).status, 303);
    let corrected = send(&reviewer, &read, &below, &[("text", "Verizon asks for three days.")]);
    assert_eq!(corrected.status, 409);
    corrected.assert_has("You described the current action just now. What you typed is below.");
    corrected.assert_has("Verizon asks for three days.");
    assert_eq!(send(&reviewer, &corrected, &below, &[("text", "Verizon asks for three days.")]).status, 303);
    assert_eq!(seed::request(&desk, &sid).current_action, "Verizon asks for three days.");
}

#[test]
fn the_same_words_by_somebody_else_are_no_double_click() {
    let desk = Desk::open();
    let (sid, read) = opened(&desk);
    let below = path(&sid, "/current-action");
    assert_eq!(send(&desk.reviewer(), &read, &below, &[FIRST]).status, 303);
    let second = send(&desk.admin(), &read, &below, &[FIRST]);
    assert_eq!(second.status, 409);
    second.assert_has("Rae Reviewer described the current action just now. What you typed is below.");
}

#[test]
fn two_clicks_at_the_same_moment_are_one_decision() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    let reviewer = desk.reviewer();
    let read = reviewer.get(&path(&sid, "/submission"));
    let click = || send(&reviewer, &read, &path(&sid, "/submission"), &[("order-number", "VZ-7")]).status;
    let clicks = thread::scope(|scope| {
        let both = [scope.spawn(click), scope.spawn(click)];
        both.map(|click| click.join().expect("the click is answered"))
    });
    assert_eq!(clicks, [303, 303]);
    assert_eq!(history(&desk, &sid).iter().filter(|line| line.event == "sent_to_carrier").count(), 1);
    assert_eq!(desk.deliver().len(), 1);
}

#[test]
fn a_form_that_was_sent_before_is_known_until_the_request_goes_on() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    let reviewer = desk.reviewer();
    let read = reviewer.get(&path(&sid, "/submission"));
    let click = || send(&reviewer, &read, &path(&sid, "/submission"), &[]);
    assert_eq!([click().status, click().status], [303, 303]);
    desk.app.clock.advance(Duration::minutes(20));
    assert_eq!(click().status, 303);
    assert_eq!(desk.deliver().len(), 1);
    seed::reject(&desk, &sid, "account-number-mismatch");
    let late = click();
    assert_eq!(late.status, 409);
    late.assert_has("You rejected this just now.");
}

#[test]
fn a_refused_move_leads_back_to_the_request() {
    let desk = Desk::open();
    let (sid, _) = opened(&desk);
    let reviewer = desk.reviewer();
    let refused = reviewer.get(&path(&sid, "/completion?view=at-carrier&q=&page=1"));
    assert_eq!(refused.status, 409);
    let way = path(&sid, "?view=at-carrier&#38;q=&#38;page=1");
    assert!(
        refused.body.contains(&format!("<a class=\"btn\" href=\"{way}\">Open the request</a>")),
        "{}",
        refused.body
    );
}
