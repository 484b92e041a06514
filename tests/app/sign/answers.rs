//! Everything that a signer can say beside signing.

use portdesk::{
    domain::{loa::LoaState, stage::Stage},
    mail::Outgoing,
};

use super::asked::Asked;
use crate::harness::{desk::Desk, seed};

#[track_caller]
fn told(desk: &Desk) -> Outgoing {
    let mut letters = desk.deliver();
    let letter = letters.remove(0);
    assert!(letters.is_empty(), "one mail");
    assert_eq!(letter.to, desk.people.manager.email);
    letter
}

#[test]
fn declining_needs_a_reason_and_ends_the_letter() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    asked.read();
    let path = asked.path("/decline");
    asked.browser.get(&path).assert_has("Why do you decline?");
    asked.browser.post(&path, &[("why", "  ")]).assert_has("Write why you decline");
    let long = "x".repeat(1_001);
    let page = asked.browser.post(&path, &[("why", &long)]);
    page.assert_has("Write 1000 characters or fewer");
    page.assert_has(&long);
    let done = asked.browser.post(&path, &[("why", "We stay with <b>Verizon</b>")]);
    done.follow().assert_has("Signing was declined");
    assert!(told(&desk).text.contains("We stay with <b>Verizon</b>"));
    assert_eq!(asked.now().state, LoaState::Declined);
    assert_eq!(seed::request(&desk, &asked.sid).stage, Stage::AwaitingSignature, "the request waits for its requester");
    asked.browser.get(&asked.link()).assert_has("Signing was declined");
    assert_eq!(asked.browser.post(&path, &[("why", "Again")]).location.as_deref(), Some(asked.path("").as_str()));
}

#[test]
fn a_correction_goes_to_the_requester() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    asked.read();
    let path = asked.path("/correction");
    asked.browser.post(&path, &[]).assert_has("Write what is wrong in the letter");
    asked.browser.post(&path, &[("what", "It is suite 2200")]).follow().assert_has("A correction was asked for");
    assert!(told(&desk).text.contains("It is suite 2200"));
    assert_eq!(asked.events("correction_requested"), 1);
}

#[test]
fn the_wrong_person_may_name_the_right_one() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    asked.read();
    let path = asked.path("/wrong-person");
    let half = asked.browser.post(&path, &[("proposed_name", "Eve Right"), ("proposed_email", "")]);
    assert_eq!(half.status, 422);
    half.assert_has("Enter their email address, or leave both fields empty");
    assert_eq!(half.value("proposed_name").as_deref(), Some("Eve Right"));
    let named = [("why", ""), ("proposed_name", "Eve Right"), ("proposed_email", "eve@northgate.example")];
    asked.browser.post(&path, &named).follow().assert_has("Another person is to sign");
    assert_eq!(asked.now().proposed_email, "eve@northgate.example");
    assert_eq!(told(&desk).to, desk.people.manager.email, "nobody is asked before the requester decides");
}

#[test]
fn paper_is_no_dead_end() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    let consent = asked.prove();
    let path = asked.path("/paper");
    asked.browser.get(&path).assert_has("Download the letter");
    assert!(asked.browser.get(&asked.path("/letter.pdf")).bytes.starts_with(b"%PDF"));
    asked.browser.post(&path, &[]).follow().assert_has("was told that you sign on paper");
    asked.browser.post(&path, &[]);
    told(&desk);
    assert_eq!((asked.events("paper_chosen"), asked.now().state), (1, LoaState::Pending));
    super::asked::agree(&asked.browser, &asked.path(""), &consent).assert_has("Read and sign the letter");
}

#[test]
fn before_the_code_nobody_answers() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    asked.open();
    for below in ["/decline", "/correction", "/wrong-person", "/paper", "/consent", "/signature"] {
        let page = asked.browser.post(&asked.path(below), &[("why", "No"), ("what", "No"), ("consent", "yes")]);
        assert_eq!((page.status, page.location.as_deref()), (303, Some(asked.path("").as_str())), "{below}");
    }
    assert_eq!(asked.now().state, LoaState::Pending);
    let pdf = asked.browser.get(&asked.path("/letter.pdf"));
    assert_eq!(pdf.location.as_deref(), Some(asked.path("").as_str()));
}
