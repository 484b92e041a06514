//! The whole way, by mailed links alone, with the desk's moves in between.

use portdesk::{domain::stage::Stage, mail::Outgoing};

use super::walk::{
    ACCOUNT_NUMBER, ACCOUNT_PIN, CONSENTS, DAY, EMAIL, Form, Sent, WIRELESS_PIN, changed, compare, link,
};
use crate::{
    desk::{decide, history, path, send},
    harness::{browser::Browser, desk::Desk, page::Page, seed},
};

const FOC: [(&str, &str); 7] = [
    ("foc-month", "12"),
    ("foc-day", "1"),
    ("foc-year", "2026"),
    ("from", "10"),
    ("to", "2pm"),
    ("zone", "America/New_York"),
    ("do", "save"),
];

/// What was mailed, each to the contact; and the page behind the link of the newest.
#[track_caller]
fn opened(desk: &Desk, browser: &Browser) -> (Vec<Outgoing>, Page) {
    let mail = desk.deliver();
    assert!(!mail.is_empty() && mail.iter().all(|it| it.to == EMAIL), "every update goes to the contact");
    let page = browser.get(&link(&mail, "/status/"));
    assert_eq!(page.status, 200, "{page:?}");
    (mail, page)
}

#[test]
fn a_move_is_completed_by_mailed_links_alone() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    form.fill();
    let check = form.get("check");
    for words in ["+12126640142", "+18003569377", "+16466640187", "Northgate Dental, LLC", "letter.pdf", "bill.pdf"] {
        check.assert_has(words);
    }
    form.pass("check", CONSENTS, "confirmation");
    let sent = form.get("confirmation");
    sent.assert_has("One step left: confirm your email address");
    sent.assert_has("dana@northgate.example");
    let sid = form.sid();
    assert_eq!(desk.reviewer().get(&path(&sid, "")).status, 404, "nobody's mailbox, nobody's request");

    let mail = desk.deliver();
    assert_eq!((mail.len(), mail[0].to.as_str()), (1, EMAIL));
    // Another browser, as on a phone.
    let browser = desk.browser();
    let confirm = link(&mail, "/confirm/");
    browser.get(&confirm).assert_has("Confirm and send the request");
    let status = browser.post(&confirm, &[]).follow();
    status.assert_has("In Review");
    form.get("confirmation").assert_has("Request sent");
    let (mail, page) = opened(&desk, &browser);
    page.assert_has("In Review");
    assert!(mail[0].subject.as_str().ends_with(&format!("({sid})")), "{:?}", mail[0].subject);

    compare(&desk, &sid, DAY);
    decide(&desk.reviewer(), &sid, "/submission", &[("order-number", "VZ-1")]);
    opened(&desk, &browser).1.assert_has("In Progress");
    let shown = decide(&desk.reviewer(), &sid, "/foc", &changed(&FOC, &[("do", "preview")]));
    send(&desk.reviewer(), &shown, &path(&sid, "/foc"), &FOC);
    opened(&desk, &browser).1.assert_has("Tue, Dec 1, 10:00 AM–2:00 PM EST");
    desk.app.clock.move_to(seed::request(&desk, &sid).foc().expect("the FOC is set").starts_at);
    decide(&desk.reviewer(), &sid, "/completion", &[("which", "all")]);
    let (mail, page) = opened(&desk, &browser);
    page.assert_has("Completed");
    assert!(mail[0].text.contains("Verizon"), "{}", mail[0].text);
    assert_eq!(seed::request(&desk, &sid).stage, Stage::Completed);
    assert!(history(&desk, &sid).iter().any(|line| line.event == "sent" && line.actor_name == "Dana Ruiz"));
}

#[test]
fn every_link_of_a_request_opens_it_and_none_another_one() {
    let desk = Desk::open();
    let first = Sent::confirmed(&desk);
    let second = Sent::with(
        &desk,
        &[("email", "other@harbor.example"), ("location_id", "HARBOR"), ("legal_name", "Harbor Motors, Inc.")],
        &[
            ("landline", "(212) 664-0199"),
            ("wireless-0-number", "-"),
            ("wireless-0-pin", "-"),
            ("wireless-0-kind", "-"),
        ],
    );
    first.to_carrier();
    let newer = link(&desk.deliver(), "/status/");
    assert_ne!(newer, first.status);
    for address in [&newer, &first.status] {
        let page = first.browser.get(address);
        page.assert_has(first.sid.as_str());
        page.assert_lacks(second.sid.as_str());
        page.assert_lacks(second.status.rsplit('/').next().unwrap());
        assert_eq!(page.header("referrer-policy"), Some("same-origin"));
        assert!(page.body.contains("noindex") || page.header("x-robots-tag").is_some_and(|it| it.contains("noindex")));
    }
    second.page().assert_lacks(first.sid.as_str());
    // The SID alone opens nothing.
    for guess in [format!("/status/{}", first.sid), format!("/confirm/{}", first.sid)] {
        assert_eq!(first.browser.get(&guess).status, 404, "{guess}");
    }
}

#[test]
fn nothing_secret_is_shown_mailed_or_stored_in_the_open() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    sent.to_carrier();
    let mail = desk.deliver();
    let newest = link(&mail, "/status/");
    let owner = desk.owner();
    let pages = [
        sent.page(),
        sent.browser.get(&newest),
        sent.browser.get(&sent.confirm),
        sent.browser.get(&format!("/manual-port-requests/{}/confirmation", sent.secret)),
        sent.browser.get(&format!("{}/cancellation", sent.status)),
        desk.reviewer().get(&path(&sent.sid, "")),
        owner.get(&format!("/port-requests/{}", sent.sid)),
    ];
    for page in &pages {
        assert_eq!(page.status, 200, "{page:?}");
        for secret in [WIRELESS_PIN, ACCOUNT_PIN] {
            page.assert_lacks(secret);
        }
    }
    for page in &pages[..5] {
        for hidden in [ACCOUNT_NUMBER, "350 Old Post Road", "10001", "Olive Owner", "Northgate Dental Group"] {
            page.assert_lacks(hidden);
        }
    }
    pages[0].assert_has("••••471B");
    pages[0].assert_has("New York, NY");
    let tokens = [&sent.status, &newest, &sent.confirm].map(|it| it.rsplit('/').next().unwrap().to_owned());
    for page in &pages[5..] {
        assert!(tokens.iter().all(|token| !page.body.contains(token)), "a private link on {page:?}");
    }
    for outgoing in &mail {
        for hidden in [WIRELESS_PIN, ACCOUNT_PIN, ACCOUNT_NUMBER, "350 Old Post Road"] {
            assert!(!outgoing.text.contains(hidden) && !outgoing.html.contains(hidden), "{hidden} was mailed");
        }
    }
    let open: Vec<&str> = tokens.iter().map(String::as_str).chain([WIRELESS_PIN, ACCOUNT_PIN, &*sent.secret]).collect();
    for text in crate::sign::secrets::dump(&desk) {
        let hex = |secret: &str| data_encoding::HEXUPPER.encode(secret.as_bytes());
        let is_there = |secret: &&&str| text.contains(**secret) || text.to_uppercase().contains(&hex(secret));
        assert_eq!(open.iter().find(is_there), None, "stored in the open");
    }
}
