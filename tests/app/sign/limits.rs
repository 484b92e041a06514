//! How often is often enough (esign.md 2.13), counted in the database.

use chrono::Duration;
use portdesk::vault::Token;

use super::asked::Asked;
use crate::harness::desk::Desk;

#[test]
fn one_client_opens_thirty_pages_of_links_a_minute() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    (0..30).for_each(|_| assert_eq!(asked.browser.get(&asked.link()).status, 200));
    let page = asked.browser.get(&asked.link());
    assert_eq!(page.status, 429);
    page.assert_has("Try again in 1 minute");
    desk.app.clock.advance(Duration::minutes(1));
    assert_eq!(asked.browser.get(&asked.link()).status, 200);
}

#[test]
fn one_client_guesses_ten_links_a_minute() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    let guess = || desk.browser().get(&format!("/sign/{}", Token::new().reveal())).status;
    (0..10).for_each(|_| assert_eq!(guess(), 404));
    assert_eq!(guess(), 429);
    assert_eq!(asked.browser.get(&asked.link()).status, 200, "whoever has a link is not kept out by a neighbor");
}

#[test]
fn codes_are_mailed_every_half_minute_and_five_times_an_hour() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    asked.open();
    let ask = || asked.browser.post(&asked.path("/code"), &[]);
    assert_eq!(ask().status, 303);
    let soon = ask();
    assert_eq!(soon.status, 429);
    soon.assert_has("We sent a code a moment ago. Wait half a minute, then ask for another");
    for _ in 0..4 {
        desk.app.clock.advance(Duration::seconds(31));
        assert_eq!(ask().status, 303);
    }
    desk.app.clock.advance(Duration::seconds(31));
    let many = ask();
    assert_eq!(many.status, 429);
    many.assert_has("We sent several codes already. You can ask for another in");
    desk.deliver();
}

#[test]
fn three_fresh_links_an_hour() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    desk.app.clock.advance(Duration::days(14));
    let fresh = || asked.browser.post(&format!("{}/fresh-link", asked.link()), &[]).status;
    (0..3).for_each(|_| assert_eq!(fresh(), 303));
    assert_eq!(fresh(), 429);
    desk.deliver();
}

#[test]
fn one_client_gets_twenty_codes_an_hour_for_however_many_letters() {
    let desk = Desk::open_with(&[("PORTDESK_TRUSTED_PROXIES", "127.0.0.1")]);
    let signers: Vec<Asked<'_>> = (0..6).map(|_| Asked::new(&desk)).collect();
    let at = |asked: &Asked<'_>, address: &str| asked.browser.with_header("X-Forwarded-For", address);
    let ask = |asked: &Asked<'_>, address: &str| at(asked, address).post(&asked.path("/code"), &[]);
    for asked in &signers {
        at(asked, "203.0.113.7").post(&format!("{}/open", asked.link()), &[]);
    }
    for round in 0..4 {
        desk.app.clock.advance(Duration::minutes(if round == 0 { 0 } else { 9 }));
        for asked in &signers[..5] {
            let sent = ask(asked, "203.0.113.7");
            assert_eq!(sent.status, 303, "round {round}: {sent:?}");
        }
    }
    assert_eq!(desk.deliver().len(), 20);
    // A letter for which no code was asked yet, and one that has one of its own left.
    desk.app.clock.advance(Duration::minutes(1));
    for asked in [&signers[5], &signers[0]] {
        let stopped = ask(asked, "203.0.113.7");
        assert_eq!(stopped.status, 429, "{stopped:?}");
        stopped.assert_has("We sent several codes already. You can ask for another in 32 minutes");
    }
    assert_eq!(desk.deliver().len(), 0);
    assert_eq!(ask(&signers[5], "198.51.100.9").status, 303, "another network is not stopped");
    desk.app.clock.advance(Duration::minutes(32));
    at(&signers[5], "203.0.113.7").post(&format!("{}/open", signers[5].link()), &[]);
    assert_eq!(ask(&signers[5], "203.0.113.7").status, 303, "an hour after the first");
    desk.deliver();
}
