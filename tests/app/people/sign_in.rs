//! Signing in: one answer for every wrong pair, throttled per address and per client, back to the page first asked for.

use chrono::Duration;
use portdesk::store;

use crate::harness::{
    browser::Browser,
    desk::{Desk, PASSWORD},
    page::Page,
};

fn sign_in(browser: &Browser, email: &str, password: &str) -> Page {
    browser.post("/sign-in", &[("email", email), ("password", password)])
}

#[test]
fn everybody_lands_on_their_start_page() {
    let desk = Desk::open();
    for (email, home) in [
        ("owner@example.com", "/port-requests"),
        (" Manager@Example.com ", "/port-requests"),
        ("reviewer@example.com", "/desk"),
        ("admin@example.com", "/desk"),
    ] {
        let browser = desk.browser();
        let sent = sign_in(&browser, email, PASSWORD);
        assert_eq!((sent.status, sent.location.as_deref()), (303, Some(home)), "{email}");
        browser.get("/profile").assert_has("Your profile");
    }
}

#[test]
fn wrong_address_and_wrong_password_look_the_same() {
    let desk = Desk::open();
    let wrong_password = sign_in(&desk.browser(), "owner@example.com", "harbor lantern mosaics");
    let wrong_address = sign_in(&desk.browser(), "nobody@example.com", PASSWORD);
    assert_eq!((wrong_password.status, wrong_address.status), (422, 422));
    wrong_password.assert_has("The email address or password is not right");
    assert_eq!(wrong_password.value("email").as_deref(), Some("owner@example.com"));
    wrong_password.assert_lacks("harbor lantern");
    assert!(wrong_password.title().starts_with("Error: "));
    let without_address = |page: &Page, email| page.body.replace(email, "");
    assert_eq!(
        without_address(&wrong_password, "owner@example.com"),
        without_address(&wrong_address, "nobody@example.com")
    );
}

#[test]
fn empty_and_odd_fields_are_told() {
    let desk = Desk::open();
    let empty = desk.browser().post("/sign-in", &[]);
    assert_eq!(empty.status, 422);
    empty.assert_has("Enter your email address");
    empty.assert_has("Enter your password");
    let odd = sign_in(&desk.browser(), "dana", PASSWORD);
    odd.assert_has("Enter an email address in the correct format, like name@example.com");
}

#[test]
fn who_may_not_sign_in_gets_the_answer_of_a_wrong_password() {
    let desk = Desk::open();
    let admin = desk.people.admin();
    let now = desk.now();
    let (manager, account) = (desk.people.manager.id, desk.people.foreign_account);
    desk.write(|conn| portdesk::services::people::set_active(conn, &admin, manager, false, now).map(|_| ()));
    desk.write(|conn| store::accounts::update(conn, account, 1, "Harbor Motors", false));
    for email in ["manager@example.com", "foreign@example.com"] {
        let page = sign_in(&desk.browser(), email, PASSWORD);
        assert_eq!(page.status, 422, "{email}");
        page.assert_has("The email address or password is not right");
    }
}

#[test]
fn after_signing_in_the_page_first_asked_for_comes() {
    let desk = Desk::open();
    let browser = desk.browser();
    let asked = browser.get("/admin/users?role=owner");
    assert_eq!(asked.location.as_deref(), Some("/sign-in?next=%2Fadmin%2Fusers%3Frole%3Downer"));
    let form = asked.follow();
    let next = form.hidden("next").expect("the form carries the way back");
    let fields = [("email", "admin@example.com"), ("password", PASSWORD), ("next", next.as_str())];
    assert_eq!(browser.post("/sign-in", &fields).location.as_deref(), Some("/admin/users?role=owner"));
}

#[test]
fn nobody_is_sent_to_another_site() {
    let desk = Desk::open();
    for next in [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "evil",
        "/\t/evil.example",
        "/é",
        "/a\r\nX: y",
        "",
    ] {
        let fields = [("email", "owner@example.com"), ("password", PASSWORD), ("next", next)];
        let sent = desk.browser().post("/sign-in", &fields);
        assert_eq!((sent.status, sent.location.as_deref()), (303, Some("/port-requests")), "{next:?}");
    }
    desk.deliver();
}

#[test]
fn ten_wrong_tries_for_an_address_close_it_for_a_while() {
    let desk = Desk::open();
    for email in ["owner@example.com", "nobody@example.com"] {
        for _ in 0..10 {
            assert_eq!(sign_in(&desk.browser(), email, "wrong").status, 422);
        }
        let closed = sign_in(&desk.browser(), email, PASSWORD);
        assert_eq!(closed.status, 429, "also the right password waits, and unknown addresses look the same");
        closed.assert_has("Too many tries. Try again in 15 minutes or reset your password");
    }
    assert_eq!(sign_in(&desk.browser(), "manager@example.com", PASSWORD).status, 303, "others are not kept waiting");
    desk.app.clock.advance(Duration::minutes(15));
    assert_eq!(sign_in(&desk.browser(), "owner@example.com", PASSWORD).status, 303);
    desk.deliver();
}

#[test]
fn thirty_wrong_tries_from_a_client_close_it_for_a_while() {
    let desk = Desk::open();
    for at in 0..30 {
        assert_eq!(sign_in(&desk.browser(), &format!("guess{at}@example.com"), "wrong").status, 422);
    }
    assert_eq!(sign_in(&desk.browser(), "owner@example.com", PASSWORD).status, 429);
    desk.app.clock.advance(Duration::minutes(15));
    assert_eq!(sign_in(&desk.browser(), "owner@example.com", PASSWORD).status, 303);
}

#[test]
fn right_passwords_are_not_counted() {
    let desk = Desk::open();
    for _ in 0..9 {
        sign_in(&desk.browser(), "owner@example.com", "wrong");
    }
    // Thirty-one: one more than a client may be wrong.
    for _ in 0..31 {
        assert_eq!(sign_in(&desk.browser(), "owner@example.com", PASSWORD).status, 303);
    }
    desk.deliver();
}

#[test]
fn tries_at_the_same_moment_are_counted_too() {
    let desk = Desk::open();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let tries = (0..14).map(|_| scope.spawn(|| sign_in(&desk.browser(), "owner@example.com", "wrong").status));
        tries.collect::<Vec<_>>().into_iter().map(|one| one.join().expect("the server answers")).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 422).count(), 10, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 4, "{statuses:?}");
}

#[test]
fn a_sign_in_with_a_new_browser_is_told_by_mail() {
    let desk = Desk::open();
    let first = desk.browser();
    sign_in(&first, "owner@example.com", PASSWORD);
    assert!(desk.deliver().is_empty(), "the very first sign-in is no news");
    sign_in(&first, "owner@example.com", PASSWORD);
    assert!(desk.deliver().is_empty(), "this browser is known");

    let second = desk.browser().with_header("User-Agent", "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/130.0");
    sign_in(&second, "owner@example.com", PASSWORD);
    let letters = desk.deliver();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].to, "owner@example.com");
    assert!(letters[0].subject.as_str().contains("New sign-in"), "{}", letters[0].subject.as_str());
    assert!(letters[0].text.contains("Firefox on Windows"), "{}", letters[0].text);
    assert!(letters[0].text.contains("/profile/password"), "{}", letters[0].text);

    let forged = desk.browser();
    forged.set_cookie(&format!("portdesk_people={}; Path=/", "0".repeat(32)));
    sign_in(&forged, "owner@example.com", PASSWORD);
    assert_eq!(desk.deliver().len(), 1, "a made-up cookie is not known");
}

#[test]
fn strangers_use_up_only_their_own_tries() {
    let desk = Desk::open();
    let known = desk.browser();
    sign_in(&known, "owner@example.com", PASSWORD);
    known.post("/sign-out", &[]);
    for _ in 0..10 {
        assert_eq!(sign_in(&desk.browser(), "owner@example.com", "wrong").status, 422);
    }
    assert_eq!(sign_in(&desk.browser(), "owner@example.com", PASSWORD).status, 429);
    assert_eq!(sign_in(&known, "owner@example.com", PASSWORD).status, 303, "the person's own browser is let in");
    assert_eq!(sign_in(&desk.browser(), "owner@example.com", PASSWORD).status, 429, "and strangers wait on");
    known.post("/sign-out", &[]);
    for _ in 0..10 {
        assert_eq!(sign_in(&known, "owner@example.com", "wrong").status, 422);
    }
    assert_eq!(sign_in(&known, "owner@example.com", PASSWORD).status, 429, "nor can it be guessed there");
}

#[test]
fn a_browser_is_known_only_to_its_own_people() {
    let desk = Desk::open();
    let known = desk.browser();
    sign_in(&known, "owner@example.com", PASSWORD);
    for _ in 0..10 {
        assert_eq!(sign_in(&known, "manager@example.com", "wrong").status, 422);
    }
    assert_eq!(sign_in(&desk.browser(), "manager@example.com", PASSWORD).status, 429);
    assert_eq!(sign_in(&known, "manager@example.com", PASSWORD).status, 429);
}

#[test]
fn whoever_has_a_network_of_addresses_is_one_client() {
    let desk = Desk::open_with(&[("PORTDESK_TRUSTED_PROXIES", "127.0.0.1")]);
    let from = |address: String| desk.browser().with_header("X-Forwarded-For", &address);
    for at in 0..30 {
        let browser = from(format!("2001:db8:7:1::{at:x}"));
        assert_eq!(sign_in(&browser, &format!("guess{at}@example.com"), "wrong").status, 422);
    }
    assert_eq!(sign_in(&from("2001:db8:7:1:ffff::1".to_owned()), "owner@example.com", PASSWORD).status, 429);
    for other in ["2001:db8:7:2::1", "198.51.100.7", "::ffff:198.51.100.8"] {
        assert_eq!(sign_in(&from(other.to_owned()), "owner@example.com", PASSWORD).status, 303, "{other}");
    }
    for at in 0..30 {
        let browser = from(format!("::ffff:198.51.100.{}", 100 + at));
        assert_eq!(sign_in(&browser, &format!("other{at}@example.com"), "wrong").status, 422);
    }
    let mapped = from("::ffff:198.51.100.99".to_owned());
    assert_eq!(sign_in(&mapped, "owner@example.com", PASSWORD).status, 303, "these are not one network");
    desk.deliver();
}
