//! Profile: name, time zone, theme and password of the person who is signed in.

use portdesk::{
    services::people,
    store::{self, StoreError},
    vault::Token,
};

use crate::harness::desk::{Desk, PASSWORD};

const NEW: &str = "copper meadow anthem";

#[test]
fn people_choose_name_zone_and_theme() {
    let desk = Desk::open();
    let owner = desk.owner();
    let page = owner.get("/profile");
    page.assert_has("owner@example.com");
    assert_eq!(page.value("name").as_deref(), Some("Olive Owner"));
    let sent = owner.post("/profile", &[("name", "Olive O."), ("time_zone", "America/Denver"), ("theme", "dark")]);
    assert_eq!((sent.status, sent.location.as_deref()), (303, Some("/profile")));
    let page = sent.follow();
    page.assert_has("Saved");
    assert_eq!(page.value("name").as_deref(), Some("Olive O."));
    assert!(page.body.contains("<option value=\"America/Denver\" selected>"));
    assert!(page.body.contains("data-theme=\"dark\""));
    owner.get("/profile").assert_lacks("Saved");
}

#[test]
fn a_zone_from_elsewhere_stays_chosen() {
    let desk = Desk::open();
    let owner = desk.owner();
    owner.post("/profile", &[("name", "Olive"), ("time_zone", "Europe/Berlin"), ("theme", "system")]);
    assert!(owner.get("/profile").body.contains("<option value=\"Europe/Berlin\" selected>"));
    owner.post("/profile", &[("name", "Olive"), ("time_zone", ""), ("theme", "system")]);
    assert!(!owner.get("/profile").body.contains("Europe/Berlin"));
}

#[test]
fn wrong_answers_keep_what_was_typed() {
    let desk = Desk::open();
    let page = desk.owner().post("/profile", &[("name", " "), ("time_zone", "Mars/Base"), ("theme", "pink")]);
    assert_eq!(page.status, 422);
    for told in ["Enter your name", "Select a time zone", "Select a theme"] {
        page.assert_has(told);
    }
    let long = "x".repeat(101);
    let page = desk.owner().post("/profile", &[("name", long.as_str()), ("theme", "dark")]);
    page.assert_has("Name must be 100 characters or fewer");
    assert_eq!(page.value("name"), Some(long));
}

#[test]
fn a_new_password_ends_the_other_sessions() {
    let desk = Desk::open();
    let (here, there) = (desk.owner(), desk.owner());
    let sent = here.post("/profile/password", &[("current", PASSWORD), ("password", NEW), ("again", NEW)]);
    assert_eq!((sent.status, sent.location.as_deref()), (303, Some("/profile")));
    sent.follow().assert_has("Your password is changed");
    assert_eq!((here.get("/profile").status, there.get("/profile").status), (200, 303));
    let fields = [("email", "owner@example.com"), ("password", NEW)];
    assert_eq!(desk.browser().post("/sign-in", &fields).status, 303);
    desk.deliver();
}

#[test]
fn the_current_password_is_asked_and_cannot_be_guessed() {
    let desk = Desk::open();
    let owner = desk.owner();
    let change = |current, password, again| {
        owner.post("/profile/password", &[("current", current), ("password", password), ("again", again)])
    };
    change("", NEW, NEW).assert_has("Enter your current password");
    change(PASSWORD, "short", "short").assert_has("Password must be 12 characters or more");
    change(PASSWORD, NEW, "other").assert_has("The two passwords are not the same");
    let all = change("", "short", "shirt");
    assert_eq!(all.status, 422);
    all.assert_has("There are 3 problems");
    for told in
        ["Enter your current password", "Password must be 12 characters or more", "The two passwords are not the same"]
    {
        all.assert_has(told);
    }
    for _ in 0..10 {
        let page = change("wrong", NEW, NEW);
        assert_eq!(page.status, 422);
        page.assert_has("That is not your current password");
        page.assert_lacks(NEW);
    }
    assert_eq!(change(PASSWORD, NEW, NEW).status, 429);
}

#[test]
fn a_password_that_was_reset_meanwhile_is_not_replaced() {
    let desk = Desk::open();
    let (read, now) = (&desk.people.owner, desk.now());
    let (here, token) = (desk.owner(), Token::new());
    let session = desk.write(|conn| {
        store::sessions::begin(conn, read, &token, now)?;
        store::sessions::find(conn, &token, now)
    });
    let session = session.expect("it has just begun");
    desk.write(|conn| store::users::set_password(conn, read.id, "the hash of a reset"));
    let late =
        desk.app.store.write_now(|conn| people::change_password(conn, read, &session, "the hash of a thief", now));
    assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
    assert_eq!(here.get("/profile").status, 200, "nobody is signed out by it");
    let kept = desk.read(|conn| store::users::find(conn, read.id)).password_hash;
    assert_eq!(kept.as_deref(), Some("the hash of a reset"));
}
