//! The four terms: each compulsory, stored with version, time and address.

use portdesk::store;

use super::walk::{Draft, TERMS, changed};
use crate::harness::desk::Desk;

#[test]
fn each_box_is_compulsory() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let page = draft.get("terms");
    page.assert_has("port-out fee");
    page.assert_has("usual fees per number and per minute");
    page.assert_has("I will keep these numbers active with my current carrier until the move is complete");
    assert!(!page.body.contains(" checked"), "no box is ticked beforehand");
    for (field, sentence) in [
        ("rates", "Tick the box to confirm you accept the porting rates"),
        ("keep_active", "Tick the box to confirm you will keep the numbers active"),
        ("texts", "Tick the box to confirm you understand texts may not work for up to 3 days"),
        ("termination", "Tick the box to confirm you understand there may be a termination fee"),
    ] {
        let answer = draft.post("terms", &changed(TERMS, &[(field, "-")]));
        assert_eq!(answer.location.as_deref(), Some(draft.at("terms?check=1").as_str()));
        let page = answer.follow();
        assert!(page.body.contains(&format!("<a href=\"#{field}\">{sentence}</a>")), "{page:?}");
        assert_eq!(page.body.matches("aria-invalid").count(), 1, "only the box at fault is marked");
    }
}

#[test]
fn the_agreement_is_kept_with_version_time_and_address() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    draft.pass("terms", TERMS, "numbers");
    draft.pass("terms", TERMS, "numbers");
    let sid = draft.request_sid();
    let kept = desk.read(|conn| {
        let request = store::port_requests::find(conn, &sid)?;
        store::acknowledgements::of_request(conn, request.id)
    });
    assert_eq!(kept.len(), 4, "agreeing twice is one agreement");
    for one in kept {
        assert_eq!((one.text_version, one.accepted_at, one.client_address.as_str()), (1, desk.now(), "127.0.0.1"));
    }
    draft.get("terms").assert_has("You agreed on Nov 21, 2026");
    assert_eq!(draft.get("terms").body.matches(" checked").count(), 4);
}

#[test]
fn a_new_wording_is_agreed_to_anew() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    draft.fill();
    let now = desk.now();
    desk.write(|conn| store::acknowledgements::add_text(conn, "texts", 2, "I understand texts may lag", now));
    draft.get("check").assert_has("1 step left before you can send Terms");
    let page = draft.get("terms");
    page.assert_has("I understand texts may lag");
    page.assert_lacks("You agreed on");
    assert_eq!(draft.get("continue").location.as_deref(), Some(draft.at("terms").as_str()));
    draft.pass("check", &[], "check?check=1");
    let wording = page.hidden("wording").expect("the page says what it shows");
    draft.pass("terms", &changed(TERMS, &[("wording", &wording)]), "numbers");
    draft.pass("check", &[], "confirmation");
    desk.deliver();
}

#[test]
fn ticks_that_were_only_saved_are_no_agreement() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    draft.fill();
    let other = Draft::start(&desk);
    assert_eq!(other.post_in_background("terms", &changed(TERMS, &[("do", "save")])).status, 303);
    assert_eq!(other.get("terms").body.matches(" checked").count(), 4, "the ticks stay");
    assert_eq!(other.get("continue").location.as_deref(), Some(other.at("terms").as_str()));
}

#[test]
fn only_the_wording_that_was_shown_is_agreed_to() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let later = desk.now() + chrono::Duration::minutes(5);
    desk.write(|conn| store::acknowledgements::add_text(conn, "rates_details", 2, "Ten dollars a number", later));
    let read = draft.get("terms");
    read.assert_lacks("Ten dollars");
    let wording = read.hidden("wording").expect("the page says what it shows");
    desk.app.clock.advance(chrono::Duration::minutes(6));

    let sent = draft.post("terms", &changed(TERMS, &[("wording", &wording)]));

    assert_eq!(sent.location.as_deref(), Some(draft.at("terms?check=1").as_str()));
    let page = sent.follow();
    page.assert_has("A term was put into other words since you opened the page. Read it again, then tick it");
    page.assert_has("Ten dollars a number");
    assert_eq!(page.body.matches(" checked").count(), 3, "the others stay ticked");
    let id = crate::harness::seed::request(&desk, &draft.request_sid()).id;
    assert!(desk.read(|conn| store::acknowledgements::of_request(conn, id)).is_empty());
    let wording = page.hidden("wording").expect("the page says what it shows");
    draft.pass("terms", &changed(TERMS, &[("wording", &wording)]), "numbers");
    assert_eq!(desk.read(|conn| store::acknowledgements::of_request(conn, id)).len(), 4);
}
