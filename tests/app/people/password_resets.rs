//! A forgotten password: one answer for every address, a link that works once for an hour.

use chrono::Duration;
use portdesk::mail::Outgoing;

use crate::harness::{
    desk::{Desk, PASSWORD},
    page::Page,
};

const NEW: &str = "copper meadow anthem";

fn ask(desk: &Desk, email: &str) -> Page {
    desk.browser().post("/password-resets/new", &[("email", email)])
}

#[track_caller]
fn link(letters: &[Outgoing]) -> String {
    let [letter] = letters else { panic!("one letter, not {}", letters.len()) };
    let link = letter.text.split_whitespace().find(|word| word.contains("/password-resets/"));
    link.unwrap_or_else(|| panic!("no link in: {}", letter.text)).to_owned()
}

#[test]
fn the_answer_does_not_tell_who_has_an_account() {
    let desk = Desk::open();
    let (known, unknown) = (ask(&desk, "owner@example.com"), ask(&desk, "nobody@example.com"));
    assert_eq!((known.status, &known.location, &known.body), (unknown.status, &unknown.location, &unknown.body));
    known.follow().assert_has("If that address has an account, we have sent a link");
    let letters = desk.deliver();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].to, "owner@example.com");
    let odd = ask(&desk, "dana");
    assert_eq!(odd.status, 422);
    odd.assert_has("Enter an email address in the correct format, like name@example.com");
    ask(&desk, "").assert_has("Enter your email address");
}

#[test]
fn the_link_sets_a_password_once_and_ends_every_session() {
    let desk = Desk::open();
    let before = desk.owner();
    ask(&desk, "OWNER@example.com");
    let link = link(&desk.deliver());
    let browser = desk.browser();
    let page = browser.get(&link);
    page.assert_has("Choose a new password");
    assert_eq!(browser.get(&link).status, 200, "looking does not use it up");

    let sent = browser.post(&link, &[("password", NEW), ("again", NEW)]);
    assert_eq!((sent.status, sent.location.as_deref()), (303, Some("/port-requests")));
    browser.get("/profile").assert_has("Your password is changed");
    assert_eq!(before.get("/profile").status, 303, "other sessions are over");

    let used = desk.browser().get(&link);
    assert_eq!(used.status, 404);
    used.assert_has("This link does not open");
    assert_eq!(desk.browser().post(&link, &[("password", NEW), ("again", NEW)]).status, 404);
    let sign_in =
        |password| desk.browser().post("/sign-in", &[("email", "owner@example.com"), ("password", password)]).status;
    assert_eq!((sign_in(PASSWORD), sign_in(NEW)), (422, 303));
    desk.deliver();
}

#[test]
fn weak_passwords_are_refused_with_a_reason() {
    let desk = Desk::open();
    ask(&desk, "owner@example.com");
    let link = link(&desk.deliver());
    for (password, again, told) in [
        ("", "", "Enter a new password"),
        ("short", "short", "Password must be 12 characters or more"),
        ("passwordpassword", "passwordpassword", "That password is too easy to guess"),
        ("owner@example.com", "owner@example.com", "That password is too easy to guess"),
        (NEW, "copper meadow anthems", "The two passwords are not the same"),
    ] {
        let page = desk.browser().post(&link, &[("password", password), ("again", again)]);
        assert_eq!(page.status, 422, "{password}");
        page.assert_has(told);
        assert!(password.is_empty() || page.value("password").is_none_or(|shown| shown.is_empty()));
    }
}

#[test]
fn links_that_do_not_open_all_look_the_same() {
    let desk = Desk::open();
    ask(&desk, "owner@example.com");
    let replaced = link(&desk.deliver());
    ask(&desk, "owner@example.com");
    let expired = link(&desk.deliver());
    let dead = desk.browser().get(&replaced);
    assert_eq!((dead.status, desk.browser().get(&expired).status), (404, 200));
    desk.app.clock.advance(Duration::minutes(60));
    for other in [
        expired.as_str(),
        "/password-resets/unknown",
        "/invitations/unknown",
        "/first-admin/unknown",
        "/password-resets/%F0%9F%92%A9",
    ] {
        let page = desk.browser().get(other);
        assert_eq!((page.status, &page.body), (404, &dead.body), "{other}");
        let sent = desk.browser().post(other, &[("password", NEW), ("again", NEW), ("name", "A"), ("email", "a@b.de")]);
        assert_eq!((sent.status, &sent.body), (404, &dead.body), "{other}");
    }
}

#[test]
fn a_link_is_good_for_its_purpose_only() {
    let desk = Desk::open();
    ask(&desk, "owner@example.com");
    let link = link(&desk.deliver());
    let token = link.rsplit('/').next().expect("a token");
    assert_eq!(desk.browser().get(&format!("/invitations/{token}")).status, 404);
    assert_eq!(desk.browser().get(&format!("/first-admin/{token}")).status, 404);
}

#[test]
fn nobody_fills_a_mailbox_with_links() {
    let desk = Desk::open();
    for _ in 0..5 {
        assert_eq!(ask(&desk, "owner@example.com").status, 303);
    }
    assert_eq!(desk.deliver().len(), 3);
    desk.app.clock.advance(Duration::minutes(60));
    ask(&desk, "owner@example.com");
    assert_eq!(desk.deliver().len(), 1);
}

#[test]
fn whoever_asks_too_often_uses_up_nobody_elses_tries() {
    let desk = Desk::open_with(&[("PORTDESK_TRUSTED_PROXIES", "127.0.0.1")]);
    let ask_from = |address: &str, email: &str| {
        let browser = desk.browser().with_header("X-Forwarded-For", address);
        assert_eq!(browser.post("/password-resets/new", &[("email", email)]).status, 303);
    };
    for other in 0..20 {
        ask_from("203.0.113.7", &format!("nobody-{other}@example.com"));
    }
    for _ in 0..3 {
        ask_from("203.0.113.7", "owner@example.com");
    }
    assert!(desk.deliver().is_empty(), "this client has asked too often");
    ask_from("198.51.100.1", "owner@example.com");
    assert_eq!(desk.deliver().len(), 1);
}

#[test]
fn who_may_not_sign_in_gets_no_link() {
    let desk = Desk::open();
    let (admin, now) = (desk.people.admin(), desk.now());
    ask(&desk, "manager@example.com");
    let before = link(&desk.deliver());
    let manager = desk.people.manager.id;
    desk.write(|conn| portdesk::services::people::set_active(conn, &admin, manager, false, now).map(|_| ()));
    let account = desk.people.foreign_account;
    desk.write(|conn| portdesk::services::accounts::edit(conn, &admin, account, 1, "Harbor", false));
    ask(&desk, "manager@example.com");
    ask(&desk, "foreign@example.com");
    assert!(desk.deliver().is_empty());
    assert_eq!(desk.browser().get(&before).status, 404, "an earlier link is dead too");
}

#[test]
fn a_new_password_opens_an_address_with_too_many_tries() {
    let desk = Desk::open();
    let sign_in =
        |password| desk.browser().post("/sign-in", &[("email", "owner@example.com"), ("password", password)]).status;
    for _ in 0..10 {
        sign_in("wrong");
    }
    assert_eq!(sign_in(PASSWORD), 429);
    ask(&desk, "owner@example.com");
    let link = link(&desk.deliver());
    desk.browser().post(&link, &[("password", NEW), ("again", NEW)]);
    assert_eq!(sign_in(NEW), 303);
    desk.deliver();
}
