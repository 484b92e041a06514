//! The page behind a link: looking changes nothing, opening leaves the token behind.

use chrono::Duration;
use portdesk::store;

use super::asked::Asked;
use crate::harness::desk::Desk;

const AGENTS: [&str; 5] = ["Mozilla/5.0", "BingPreview/1.0b", "Slackbot-LinkExpanding 1.0", "curl/8.5", "SafeLinks"];

#[test]
fn looking_changes_nothing() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    let (link, before) = (asked.link(), asked.now());
    let events = desk.read(|conn| store::loa_events::of_loa(conn, asked.loa.id)).len();
    for round in 0..10 {
        for agent in AGENTS {
            let browser = desk.browser().with_header("User-Agent", agent);
            let page = if round % 2 == 0 { browser.get(&link) } else { browser.head(&link) };
            assert_eq!(page.status, 200, "{agent}");
            assert!(page.header("set-cookie").is_none(), "{agent}");
        }
        desk.app.clock.advance(Duration::seconds(30));
    }
    let after = asked.now();
    assert_eq!((after.state, after.opened_at), (before.state, None));
    assert_eq!((after.chain_length, after.chain_head), (before.chain_length, before.chain_head));
    assert_eq!(desk.read(|conn| store::loa_events::of_loa(conn, asked.loa.id)).len(), events);
    asked.open().assert_has("Send the code");
    assert_eq!(asked.events("opened"), 1);
}

#[test]
fn a_stranger_learns_what_the_mail_said_and_nothing_more() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    let page = asked.browser.get(&asked.link());
    for words in
        ["Northgate Dental Associates, LLC", "1 number", "Verizon", "Dec 5, 2026", "EST", "We never ask for a card"]
    {
        page.assert_has(words);
    }
    page.assert_has(&desk.people.manager.name);
    for secret in ["dana@northgate.example", "7741-4471B", "555-01", "350 5th Ave"] {
        page.assert_lacks(secret);
    }
    assert_eq!(page.header("x-robots-tag"), Some("noindex, nofollow"));
    assert!(page.header("cache-control").is_some_and(|it| it.contains("no-store")));
    assert_eq!(page.header("referrer-policy"), Some("same-origin"));
    assert!(page.header("content-security-policy").is_some_and(|it| it.contains("frame-ancestors 'none'")));
}

#[test]
fn opening_leaves_the_token_behind() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    let opened = asked.browser.post(&format!("{}/open", asked.link()), &[]);
    assert_eq!(opened.location.as_deref(), Some(asked.path("").as_str()));
    let cookie = opened.header("set-cookie").expect("a cookie").to_owned();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains(asked.token.reveal()));
    opened.follow().assert_lacks(asked.token.reveal());
    // The same letter without the cookie, a letter that never was, and something else look the same.
    let page = desk.browser().get(&asked.path(""));
    assert_eq!(page.status, 404);
    page.assert_has("Open the link again");
    for other in ["/sign/r/LOA-7Q4M2-XKD9B", "/sign/r/nothing"] {
        let unknown = desk.browser().get(other);
        assert_eq!((unknown.status, unknown.text()), (404, page.text()), "{other}");
    }
}

#[test]
fn a_form_from_another_site_opens_nothing() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    let foreign =
        asked.browser.with_header("Sec-Fetch-Site", "cross-site").with_header("Origin", "https://evil.example");
    assert_eq!(foreign.post(&format!("{}/open", asked.link()), &[]).status, 403);
    assert_eq!(asked.events("opened"), 0);
}

#[test]
fn whoever_does_not_know_of_it_reports_it() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    let report = format!("{}/report", asked.link());
    asked.browser.get(&report).assert_has("The letter is withdrawn");
    assert_eq!(asked.events("reported"), 0, "asking is not reporting");
    asked.browser.post(&report, &[]).follow().assert_has("This request was reported");
    asked.browser.post(&report, &[]).follow().assert_has("This request was reported");
    assert_eq!(asked.events("reported"), 1);
    let told = desk.deliver();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].to, desk.people.manager.email);
}
