//! Reading and signing: nothing is ticked for anybody, nothing is lost by a mistake, and a letter is signed once.

use portdesk::{domain::loa::LoaState, domain::stage::Stage, store};

use super::asked::{Asked, STROKES};
use crate::harness::{
    desk::Desk,
    seed::{self, Seed},
};

#[test]
fn consent_comes_first_and_is_an_event_of_its_own() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    let page = asked.prove();
    page.assert_lacks("7741-4471B");
    for words in ["Sign on paper instead", "it costs nothing", "I agree to sign this letter electronically"] {
        page.assert_has(words);
    }
    let refused = asked.browser.post(&asked.path("/consent"), &[("version", "1")]);
    assert_eq!(refused.status, 422);
    refused.assert_has("Tick the box to agree to sign electronically");
    let other = asked.browser.post(&asked.path("/consent"), &[("version", "0"), ("consent", "yes")]);
    other.assert_has("The text changed while you read it. Read it again, then tick the box");
    assert_eq!(asked.events("consent_given"), 0);
    assert_eq!(asked.events("document_viewed"), 0, "the letter is shown after the consent");
    let letter = super::asked::agree(&asked.browser, &asked.path(""), &page);
    letter.assert_has("7741-4471B");
    asked.browser.get(&asked.path(""));
    assert_eq!((asked.events("consent_given"), asked.events("document_viewed")), (1, 1));
}

#[test]
fn all_numbers_are_on_the_page_and_in_the_exact_pdf() {
    let desk = Desk::open();
    let numbers: Vec<String> = (0..48).map(|at| format!("212-555-{:04}", 100 + at)).collect();
    let seed = Seed { numbers: &numbers.join("\n"), ..Seed::default() };
    let asked = Asked::of(&desk, &desk.people.manager(), seed);
    let page = asked.read();
    page.assert_has("Show the other 38");
    page.assert_has("Sign and authorize the move of 48 numbers");
    for number in &numbers {
        page.assert_has(number);
    }
    assert!(!page.body.contains("name=\"statement_1\" value=\"yes\" checked"));
    let pdf = asked.browser.get(&asked.path("/letter.pdf"));
    assert_eq!(pdf.header("content-type"), Some("application/pdf"));
    assert!(pdf.bytes.starts_with(b"%PDF"));
}

#[test]
fn a_mistake_loses_nothing() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    let page = asked.read();
    let refused = asked.sign(&page, &[("statement_2", "")]);
    assert_eq!(refused.status, 422);
    refused.assert_has("Tick the box to confirm that the numbers are yours to move");
    assert_eq!(refused.hidden("strokes").as_deref(), Some(STROKES), "the drawing is there still");
    assert!(refused.body.contains("name=\"statement_1\" value=\"yes\" checked"));
    let typed = asked.sign(&page, &[("method", "type"), ("typed_name", "Dana Rui")]);
    typed.assert_has("The name must match Dana Ruiz. If that is not you, choose I am not the right person");
    assert_eq!(typed.value("typed_name").as_deref(), Some("Dana Rui"));
    for (fields, told) in [
        ([("method", "type"), ("typed_name", " ")], "Type your name to sign"),
        ([("method", "draw"), ("strokes", "")], "Draw your signature"),
        ([("method", "draw"), ("strokes", "1,1 3,3")], "The drawing is too small to be a signature"),
        ([("method", "draw"), ("strokes", "1,1 3,9999")], "The drawing did not arrive whole"),
    ] {
        let page = asked.sign(&page, &fields);
        assert_eq!(page.status, 422, "{fields:?}");
        page.assert_has(told);
    }
    assert_eq!(asked.now().state, LoaState::Pending);
}

#[test]
fn a_signature_seals_the_letter_and_sends_the_request_on() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    let page = asked.read();
    let agent = asked.browser.with_header("X-Forwarded-For", "1.2.3.4").with_header("User-Agent", "Telephone/1");
    let signed = super::asked::sign(&agent, &asked.path(""), &page, &[("method", "type"), ("typed_name", "Dana Ruiz")]);
    assert_eq!(signed.status, 303, "{signed:?}");
    signed.follow().assert_has("Signed on Nov 21, 2026, 10:00 AM EST");
    assert_eq!(asked.now().state, LoaState::Sealed);
    assert_eq!(seed::request(&desk, &asked.sid).stage, Stage::InReview);
    let events = desk.read(|conn| store::loa_events::of_loa(conn, asked.loa.id));
    let event = events.iter().find(|it| it.body.kind.code() == "signed").unwrap();
    let client = event.body.client.as_ref().unwrap();
    assert_eq!(
        (client.address.as_str(), client.forwarded.as_str()),
        ("127.0.0.1", "1.2.3.4"),
        "nobody trusts that proxy"
    );
    assert_eq!(client.user_agent, "Telephone/1");
    assert_eq!(asked.events("statement_accepted"), 3);
    desk.deliver();
}

#[test]
fn signing_once_more_leads_to_the_copies() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    let page = asked.read();
    for _ in 0..2 {
        let signed = asked.sign(&page, &[]);
        assert_eq!((signed.status, signed.location.as_deref()), (303, Some(asked.path("").as_str())));
        signed.follow().assert_has("Signed on Nov 21, 2026");
        assert_eq!(asked.events("signed"), 1);
        desk.app.clock.advance(chrono::Duration::minutes(1));
    }
    desk.deliver();
}
