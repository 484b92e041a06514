//! The first admin of a new desk, behind a link that the server prints.

use portdesk::{services::links, store::StoreError};

use crate::harness::desk::{Desk, PASSWORD};

/// A desk whose only admin was never there: the link is made only while there is none.
fn new_desk() -> (Desk, String) {
    let desk = Desk::open();
    let admin = desk.people.admin.clone();
    desk.write(|conn| portdesk::store::users::set_state(conn, &admin, "invited"));
    let (house, now) = (desk.app.house.clone(), desk.now());
    let link = desk.write(|conn| links::first_admin_link(conn, &house, now)).expect("there is no admin yet");
    (desk, link)
}

#[test]
fn the_link_makes_one_admin() {
    let (desk, link) = new_desk();
    let browser = desk.browser();
    browser.get(&link).assert_has("Make the first admin");
    let empty = browser.post(&link, &[]);
    assert_eq!(empty.status, 422);
    for told in ["Enter your name", "Enter your email address", "Enter a new password"] {
        empty.assert_has(told);
    }
    let fields = |email| [("name", "Fia First"), ("email", email), ("password", PASSWORD), ("again", PASSWORD)];
    let taken = browser.post(&link, &fields("owner@example.com"));
    assert_eq!(taken.status, 422);
    taken.assert_has("That address already has an account");
    assert_eq!(taken.value("name").as_deref(), Some("Fia First"));

    let made = browser.post(&link, &fields("fia@example.com"));
    assert_eq!((made.status, made.location.as_deref()), (303, Some("/desk")));
    browser.get("/admin/users").assert_has("Fia First");
    let again = desk.browser().post(&link, &fields("second@example.com"));
    assert_eq!(again.status, 404, "the link is used up");
}

#[test]
fn there_is_no_link_once_there_is_an_admin() {
    let desk = Desk::open();
    let (house, now) = (desk.app.house.clone(), desk.now());
    let link = desk.write(|conn| links::first_admin_link(conn, &house, now));
    assert!(link.is_none());
}

#[test]
fn the_link_is_dead_once_there_is_an_admin() {
    let (desk, link) = new_desk();
    desk.write(|conn| {
        let admin = portdesk::store::users::find(conn, desk.people.admin.id)?;
        portdesk::store::users::set_state(conn, &admin, "active")?;
        Ok::<_, StoreError>(())
    });
    assert_eq!(desk.browser().get(&link).status, 404);
}
