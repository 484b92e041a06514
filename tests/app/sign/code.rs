//! The code by mail: one browser, one use, five tries.

use chrono::Duration;

use super::asked::{Asked, STROKES, link};
use crate::harness::desk::Desk;

#[test]
fn the_code_is_taken_once_however_it_is_typed() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    asked.open().assert_lacks("name=\"code\"");
    let code = asked.ask_for_code();
    let page = asked.browser.get(&asked.path(""));
    assert!(page.body.contains("inputmode=\"numeric\"") && page.body.contains("autocomplete=\"one-time-code\""));
    let (left, right) = code.split_at(3);
    let typed = asked.enter(&format!(" {left} {right} "));
    assert_eq!(typed.status, 303, "{typed:?}");
    typed.follow().assert_has("Agree to sign electronically");
    assert_eq!((asked.events("code_ok"), asked.events("code_failed")), (1, 0));
    let other = Asked {
        browser: desk.browser(),
        token: link(&desk, &asked.loa),
        sid: asked.sid.clone(),
        ..asked_again(&asked)
    };
    other.open();
    // With a code of its own, so that the first one is looked at and not just too late.
    desk.app.clock.advance(Duration::seconds(31));
    let own = other.ask_for_code();
    let refused = other.enter(&code);
    assert!(own != code, "a chance of one in a million");
    assert_eq!(refused.status, 422, "the code belongs to the browser that asked");
    refused.assert_has("That is not the code we sent last");
    assert_eq!(other.enter(&own).status, 303);
}

fn asked_again<'a>(asked: &Asked<'a>) -> Asked<'a> {
    Asked {
        desk: asked.desk,
        browser: asked.desk.browser(),
        sid: asked.sid.clone(),
        loa: asked.loa.clone(),
        token: asked.token.clone(),
    }
}

#[test]
fn after_five_wrong_codes_the_right_one_is_refused_and_a_fresh_one_works() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    asked.open();
    let code = asked.ask_for_code();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        let page = asked.enter(wrong);
        assert_eq!(page.status, 422);
        page.assert_has("That is not the code we sent last. Check the newest email");
    }
    asked.enter(&code).assert_has("This code has ended. Ask for a new one");
    asked.enter("12 34").assert_has("Enter the 6 digits from the email");
    desk.app.clock.advance(Duration::seconds(31));
    assert_eq!(asked.enter(&asked.ask_for_code()).status, 303);
    assert_eq!(asked.events("code_failed"), 5);
}

#[test]
fn a_code_ends_after_ten_minutes() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    asked.open();
    let code = asked.ask_for_code();
    desk.app.clock.advance(Duration::minutes(10));
    asked.enter(&code).assert_has("This code has ended. Ask for a new one");
}

#[test]
fn ten_wrong_codes_lock_the_letter_and_the_requester_is_told_once() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    asked.open();
    for _ in 0..2 {
        let code = asked.ask_for_code();
        let wrong = if code == "000000" { "000001" } else { "000000" };
        (0..5).for_each(|_| assert_eq!(asked.enter(wrong).status, 422));
        desk.app.clock.advance(Duration::seconds(31));
    }
    let code = asked.ask_for_code();
    for _ in 0..2 {
        let page = asked.enter(&code);
        assert_eq!(page.status, 429);
        page.assert_has("There were too many wrong codes. You can try again in");
    }
    let told = desk.deliver();
    assert_eq!(told.iter().map(|it| it.to.as_str()).collect::<Vec<_>>(), [desk.people.manager.email.as_str()]);
    desk.app.clock.advance(Duration::hours(24));
    assert_eq!(asked.events("code_locked"), 1);
}

#[test]
fn a_page_that_lies_idle_asks_for_a_new_code_and_keeps_what_was_drawn() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    let page = asked.read();
    desk.app.clock.advance(Duration::minutes(29));
    asked.browser.get(&asked.path("")).assert_has("Read and sign the letter");
    desk.app.clock.advance(Duration::minutes(31));
    let late = asked.sign(&page, &[]);
    assert_eq!((late.status, asked.events("signed")), (200, 0));
    late.assert_has("What you confirmed and signed is kept here.");
    for field in ["content_hash", "statement_1", "statement_2", "statement_3", "method", "strokes"] {
        assert!(late.hidden(field).is_some(), "{field} is lost");
    }
    let code = asked.mailed_code();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let refused = asked.sign(&page, &[("code", wrong)]);
    assert_eq!(refused.status, 422);
    refused.assert_has("That is not the code we sent last");
    assert_eq!(refused.hidden("strokes").as_deref(), Some(STROKES));
    let done = asked.sign(&page, &[("code", &code)]);
    assert_eq!(done.status, 303, "{done:?}");
    done.follow().assert_has("Your copies");
    assert_eq!(asked.events("signed"), 1);
    desk.deliver();
}

#[test]
fn an_idle_browser_reads_nothing_before_the_new_code() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    asked.read();
    desk.app.clock.advance(Duration::minutes(30));
    asked.browser.get(&asked.path("")).assert_has("Show that this is your mailbox");
    assert_eq!(asked.browser.get(&asked.path("/letter.pdf")).status, 303);
    assert_eq!(asked.browser.get(&asked.path("/decline")).status, 303);
    assert_eq!(asked.enter(&asked.ask_for_code()).status, 303);
    asked.browser.get(&asked.path("")).assert_has("Read and sign the letter");
    desk.app.clock.advance(Duration::hours(12));
    assert_eq!(asked.browser.get(&asked.path("")).status, 404, "after half a day the link has to be opened again");
}

#[test]
fn a_changed_request_gives_no_new_tries() {
    let desk = Desk::open();
    let customer = desk.people.manager();
    let asked = Asked::by(&desk, &customer);
    asked.open();
    for _ in 0..2 {
        let code = asked.ask_for_code();
        let wrong = if code == "000000" { "000001" } else { "000000" };
        for _ in 0..5 {
            asked.enter(wrong);
        }
        desk.app.clock.advance(Duration::seconds(31));
    }
    let again = asked.asked_anew(&customer);
    again.open();
    let refused = again.enter(&again.ask_for_code());
    assert_eq!(refused.status, 429);
    refused.assert_has("There were too many wrong codes");
    desk.deliver();
}

#[test]
fn the_browser_of_another_letter_stays_outside() {
    let desk = Desk::open();
    let (one, two) = (Asked::new(&desk), Asked::new(&desk));
    one.prove();
    assert_eq!(one.browser.get(&two.path("")).status, 404);
    // The value of its own cookie under the name of the other.
    let cookie = one.browser.cookie(&format!("portdesk_signing_{}", one.loa.loa_id)).unwrap();
    one.browser.set_cookie(&format!("portdesk_signing_{}={cookie}; Path=/", two.loa.loa_id));
    assert_eq!(one.browser.get(&two.path("")).status, 404);
}
