//! Looking at secrets: for one response, with a fresh password, and the history says so.

use chrono::Duration;

use super::{history, newest_line, path, port_request::SECRETS};
use crate::harness::{
    desk::{Desk, PASSWORD},
    seed,
};

#[test]
fn secrets_are_shown_once_and_the_history_says_so() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), SECRETS);
    let reviewer = desk.reviewer();
    let before = seed::request(&desk, &sid).version;
    assert_ne!(reviewer.get(&path(&sid, "/reveal")).status, 200, "looking is never a GET");
    assert_ne!(newest_line(&desk, &sid).event, "secrets_revealed");

    let page = reviewer.post(&path(&sid, "/reveal"), &[("view", "all")]);

    assert_eq!((page.status, page.header("cache-control")), (200, Some("no-store")));
    for secret in ["RW-448190-Q", "blue heron 12", "73915802"] {
        page.assert_has(secret);
        assert!(page.body.contains(&format!("data-copy=\"{secret}\"")), "{secret}");
    }
    assert!(!page.body.contains("data-live="), "the next change must not replace this page");
    let line = newest_line(&desk, &sid);
    assert_eq!(
        (line.event.as_str(), line.actor_name.as_str(), line.visible),
        ("secrets_revealed", "Rae Reviewer", false)
    );
    assert_eq!(seed::request(&desk, &sid).version, before, "looking changes nothing that somebody decides on");
    let after = reviewer.get(&path(&sid, ""));
    after.assert_has("PINs and account number shown");
    after.assert_lacks("73915802");
    assert!(history(&desk, &sid).iter().all(|line| !line.note.contains("73915802")));
}

/// A desk with a request, an hour after its reviewer signed in.
fn an_hour_later() -> (Desk, portdesk::domain::request_sid::RequestSid, crate::harness::browser::Browser) {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), SECRETS);
    let reviewer = desk.reviewer();
    desk.app.clock.advance(Duration::hours(1));
    (desk, sid, reviewer)
}

#[test]
fn an_old_session_gives_its_password_again() {
    let (desk, sid, reviewer) = an_hour_later();
    reviewer.get(&path(&sid, "")).assert_has("Your password You gave it more than 15 minutes ago.");
    let reveal = |fields: &[(&str, &str)]| reviewer.post(&path(&sid, "/reveal"), fields);
    for (typed, told) in [
        ("", "Enter your password to see the account number and PINs"),
        ("not my password", "That is not your password"),
    ] {
        let asked = reveal(&[("password", typed), ("view", "all")]);
        assert_eq!(asked.status, 422);
        asked.assert_has(told);
        assert!(asked.title().starts_with("Error: ") && asked.body.contains("href=\"#password\""), "{asked:?}");
        for secret in ["RW-448190-Q", "blue heron 12", "73915802", "not my password"] {
            asked.assert_lacks(secret);
        }
        assert_ne!(newest_line(&desk, &sid).event, "secrets_revealed");
    }
    let page = reveal(&[("password", PASSWORD)]);
    assert_eq!((page.status, page.header("cache-control")), (200, Some("no-store")));
    page.assert_has("73915802");
    assert_eq!(newest_line(&desk, &sid).event, "secrets_revealed");
    // From then on it counts as just given, for a quarter of an hour.
    desk.app.clock.advance(Duration::minutes(14));
    reviewer.get(&path(&sid, "")).assert_lacks("Your password");
    assert_eq!(reveal(&[]).status, 200);
    desk.app.clock.advance(Duration::minutes(1));
    assert_eq!(reveal(&[]).status, 422);
}

#[test]
fn a_changed_password_was_given_just_now() {
    let (_desk, sid, reviewer) = an_hour_later();
    let new = "copper meadow anthem";
    let fields = [("current", PASSWORD), ("password", new), ("again", new)];
    assert_eq!(reviewer.post("/profile/password", &fields).status, 303);
    reviewer.get(&path(&sid, "")).assert_lacks("more than 15 minutes ago");
    let page = reviewer.post(&path(&sid, "/reveal"), &[]);
    assert_eq!(page.status, 200);
    page.assert_has("73915802");
}

#[test]
fn a_borrowed_session_cannot_guess_the_password() {
    let (desk, sid, reviewer) = an_hour_later();
    let reveal = |password: &str| reviewer.post(&path(&sid, "/reveal"), &[("password", password)]);
    for guess in 0..10 {
        assert_eq!(reveal(&format!("guess {guess}")).status, 422);
    }
    let stopped = reveal(PASSWORD);
    assert_eq!(stopped.status, 429);
    stopped.assert_has("Too many tries. Try again in 15 minutes or reset your password");
    stopped.assert_lacks("73915802");
    assert!(history(&desk, &sid).iter().all(|line| line.event != "secrets_revealed"));
}

#[test]
fn a_password_on_its_way_into_an_ended_session_is_not_kept() {
    let (desk, sid, reviewer) = an_hour_later();
    desk.app.clock.advance(Duration::hours(9));
    let sent = reviewer.post(&path(&sid, "/reveal"), &[("password", PASSWORD)]);
    assert_eq!(sent.status, 303);
    assert!(reviewer.cookie("portdesk_parked").is_none(), "a form with a password was parked");
    drop(desk);
}

#[test]
fn strangers_cannot_keep_a_reviewer_from_looking() {
    let (desk, sid, reviewer) = an_hour_later();
    for _ in 0..10 {
        let tried = desk.browser().post("/sign-in", &[("email", "reviewer@example.com"), ("password", "wrong")]);
        assert_eq!(tried.status, 422);
    }
    let page = reviewer.post(&path(&sid, "/reveal"), &[("password", PASSWORD)]);
    assert_eq!(page.status, 200);
    page.assert_has("73915802");
}

#[test]
fn the_history_counts_the_pin_of_the_account_too() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), SECRETS);
    desk.reviewer().post(&path(&sid, "/reveal"), &[]);
    assert_eq!(newest_line(&desk, &sid).note, "Looked at the account number, the account PIN and the PIN of 1 number");
    let plain = seed::sent_request(&desk, &desk.people.owner(), seed::Seed::default());
    desk.reviewer().post(&path(&plain, "/reveal"), &[]);
    assert_eq!(newest_line(&desk, &plain).note, "Looked at the account number");
}
