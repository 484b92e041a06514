//! Two tabs, old tabs, and forms that arrive signed out.

use super::walk::{CONTACT, Draft, NUMBERS, changed};
use crate::harness::desk::Desk;

#[test]
fn the_newest_wins_only_after_both_were_shown() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let version = draft.get("contact").hidden("version").unwrap();
    let here = |city: &'static str, version: &str| {
        let mut fields = changed(CONTACT, &[("city", city)]);
        fields.push(("version", Box::leak(version.to_owned().into_boxed_str())));
        fields
    };
    draft.pass("contact", &here("Albany", &version), "bill");
    let background = draft.post_in_background("contact", &[here("Buffalo", &version), vec![("do", "save")]].concat());
    assert_eq!(background.status, 409, "the script does not overwrite");
    let lost = draft.post("contact", &here("Buffalo", &version));
    assert_eq!(lost.location.as_deref(), Some(draft.at("contact?changed=1").as_str()));
    let page = lost.follow();
    page.assert_has("This draft was changed in another tab");
    page.assert_has("City: the other tab saved “Albany”, here it is “Buffalo”");
    assert_eq!(page.value("city").as_deref(), Some("Buffalo"), "what was typed is in the form");
    assert_eq!(draft.get("contact").value("city").as_deref(), Some("Albany"), "what was saved is still saved");
    let newest = page.hidden("version").unwrap();
    draft.pass("contact", &here("Buffalo", &newest), "bill");
    assert_eq!(draft.get("contact").value("city").as_deref(), Some("Buffalo"));
}

#[test]
fn an_old_tab_with_the_same_answers_is_no_conflict() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let version = draft.get("contact").hidden("version").unwrap();
    let fields = changed(CONTACT, &[("version", &version)]);
    draft.pass("contact", &fields, "bill");
    draft.pass("contact", &fields, "bill");
    let numbers = changed(NUMBERS, &[("version", &version)]);
    draft.pass("numbers", &numbers, "contact");
}

#[test]
fn pins_of_a_lost_tab_are_compared_without_being_shown() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let version = draft.get("numbers").hidden("version").unwrap();
    draft.pass("numbers", &changed(NUMBERS, &[("version", &version)]), "contact");
    let other = changed(NUMBERS, &[("version", &version), ("wireless-0-pin", "other5512"), ("name", "Other")]);
    let page = draft.post("numbers", &other).follow();
    page.assert_has("PIN of wireless number 1: the other tab saved “A PIN”, here it is “A PIN”");
    page.assert_lacks(super::walk::WIRELESS_PIN);
    let version = page.hidden("version").unwrap();
    draft.pass("numbers", &changed(&other, &[("version", &version)]), "contact");
    assert_eq!(draft.get("numbers").value("name").as_deref(), Some("Other"));
}

#[test]
fn a_form_that_arrives_signed_out_is_sent_after_sign_in() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    desk.app.clock.advance(chrono::Duration::days(3));
    let parked = draft.post("contact", CONTACT);
    assert_eq!(parked.status, 303);
    assert!(parked.location.as_deref().unwrap().starts_with("/sign-in?next="), "{parked:?}");
    let browser = &draft.browser;
    let signed_in = browser.post(
        "/sign-in",
        &[("email", "owner@example.com"), ("password", crate::harness::desk::PASSWORD), ("next", "/parked")],
    );
    let page = signed_in.follow();
    page.assert_has("Nothing was lost");
    page.assert_lacks("New York");
    let sent = browser.post("/parked", &[]);
    assert_eq!(sent.location.as_deref(), Some(draft.at("bill").as_str()));
    assert_eq!(draft.get("contact").value("city").as_deref(), Some("New York"));
    desk.deliver();
}

#[test]
fn an_upload_that_arrives_signed_out_asks_again() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    desk.app.clock.advance(chrono::Duration::days(3));
    let big = vec![0_u8; 12 * 1024 * 1024];
    let answer = draft.upload(&[("do", "upload")], &[("bill.pdf", &big)]);
    assert_eq!(answer.status, 303);
    assert!(answer.location.as_deref().unwrap().starts_with("/sign-in"), "{answer:?}");
}
