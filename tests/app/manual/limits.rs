//! What one client or one address may do only so often; what was typed stays.

use chrono::Duration;

use super::walk::{CONSENTS, DETAILS, DOCUMENTS, EMAIL, Form, bill_pdf, changed, letter_pdf, link, numbers};
use crate::harness::{desk::Desk, page::Page};

fn start(desk: &Desk) -> Page {
    let browser = desk.browser();
    let token = browser.get("/manual-port-requests").hidden("token").expect("the form has a token");
    browser.post("/manual-port-requests", &[("token", &token)])
}

#[test]
fn the_twenty_first_start_is_told_when_to_come_back() {
    let desk = Desk::open();
    for at in 1..=20 {
        assert_eq!(start(&desk).status, 303, "{at}");
    }
    desk.app.clock.advance(Duration::minutes(3));
    let refused = start(&desk);
    assert_eq!(refused.status, 429, "{refused:?}");
    refused.assert_has("There were too many tries just now. Try again in 7 minutes");
    assert_eq!(refused.header("retry-after"), Some("420"));
    desk.app.clock.advance(Duration::minutes(7));
    assert_eq!(start(&desk).status, 303);
}

#[test]
fn one_network_does_not_turn_others_away() {
    let desk = Desk::open_with(&[("PORTDESK_TRUSTED_PROXIES", "127.0.0.1")]);
    let from = |address: &str| {
        let browser = desk.browser().with_header("X-Forwarded-For", address);
        let token = browser.get("/manual-port-requests").hidden("token").expect("the form has a token");
        browser.post("/manual-port-requests", &[("token", &token)]).status
    };
    let loud: Vec<u16> = (0..300).map(|_| from("203.0.113.9")).collect();
    assert_eq!(loud.iter().filter(|status| **status == 303).count(), 20);
    assert!(loud[20..].iter().all(|status| *status == 429));
    assert_eq!(from("203.0.113.10"), 303);
    // A whole network of IPv6 is one client.
    let one: Vec<u16> = (0..21).map(|at| from(&format!("2001:db8:1:2::{at:x}"))).collect();
    assert_eq!((one[19], one[20]), (303, 429));
}

/// A desk behind a proxy, and strangers whom it sends from somewhere else each.
fn behind_proxy() -> Desk {
    Desk::open_with(&[("PORTDESK_TRUSTED_PROXIES", "127.0.0.1")])
}

fn from(desk: &Desk, at: usize) -> Form {
    Form::start_in(desk.browser().with_header("X-Forwarded-For", &format!("203.0.113.{at}")))
}

#[test]
fn a_mailbox_gets_ten_links_in_an_hour_and_nobody_learns_of_the_eleventh() {
    let desk = behind_proxy();
    let first = from(&desk, 1);
    first.send();
    for at in 2..=10 {
        from(&desk, at).send();
    }
    assert_eq!(desk.deliver().len(), 10);
    let eleventh = from(&desk, 11);
    eleventh.send();
    let shown = |form: &Form| {
        let page = form.get("confirmation").body.replace(form.sid().as_str(), "SID");
        page.replace(&form.secret, "SECRET")
    };
    assert_eq!(shown(&eleventh), shown(&first));
    let again = eleventh.at("confirmation/again");
    let told = eleventh.browser.post(&again, &[]).follow();
    told.assert_has("a mailbox that had 10 in the last hour gets it later");
    let asked = [("sid", eleventh.sid().to_string()), ("email", EMAIL.to_owned())];
    eleventh.browser.post("/status", &asked.each_ref().map(|(name, value)| (*name, value.as_str())));
    assert!(desk.deliver().is_empty());
    // It comes by itself, once, however often it was asked for; and there are ten in the next hour, too.
    for at in 12..=25 {
        // However it is written, it is one mailbox.
        let email = if at % 2 == 0 { "DANA@northgate.example" } else { EMAIL };
        let form = from(&desk, at);
        form.fill_with(&[("email", email)], &[]);
        form.pass("check", CONSENTS, "confirmation");
    }
    desk.app.clock.advance(Duration::minutes(60));
    let later = desk.deliver();
    assert_eq!(later.len(), 10);
    let confirm = link(&later[..1], "/confirm/");
    assert_eq!(desk.browser().post(&confirm, &[]).status, 303);
    assert_eq!(desk.deliver().len(), 1, "we have the request");
    desk.app.clock.advance(Duration::minutes(60));
    assert_eq!(desk.deliver().len(), 5, "nobody is forgotten");
}

#[test]
fn the_twenty_first_request_of_a_network_waits_and_stays_as_it_is() {
    let desk = Desk::open();
    for at in 0..20 {
        let form = Form::start(&desk);
        form.fill_with(&[("email", &format!("dana{at}@northgate.example"))], &[]);
        form.pass("check", CONSENTS, "confirmation");
    }
    assert_eq!(desk.deliver().len(), 20);
    desk.app.clock.advance(Duration::minutes(10));
    let form = Form::start(&desk);
    form.fill();
    let refused = form.post("check", CONSENTS).follow();
    let told = "Many requests came from your network just now. Send this one in 50 minutes; it stays as it is";
    refused.assert_has(told);
    assert!(refused.body.contains("#send\"") && refused.body.contains("id=\"send\""), "{refused:?}");
    assert!(desk.deliver().is_empty());
    assert_eq!(form.get("details").value("email").as_deref(), Some(EMAIL));
    form.get("check").assert_has("letter.pdf");
    desk.app.clock.advance(Duration::minutes(50));
    form.pass("check", CONSENTS, "confirmation");
    link(&desk.deliver(), "/confirm/");
}

#[test]
fn files_that_are_refused_count_too() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    form.pass("details", DETAILS, "numbers");
    form.pass("numbers", &numbers(), "documents");
    let junk: [(&str, &str, &[u8]); 20] = [("file", "notes.txt", b"no document"); 20];
    for _ in 0..5 {
        form.upload(DOCUMENTS, &junk).follow().assert_has("\"notes.txt\" must be a PDF");
    }
    let files = [("letter", "letter.pdf", &*letter_pdf()), ("file", "bill.pdf", &*bill_pdf())];
    let refused = form.upload(DOCUMENTS, &files).follow();
    for (name, field) in [("letter.pdf", "letter"), ("bill.pdf", "file")] {
        let told = format!("\"{name}\" was not taken: many files came from your network just now");
        refused.assert_has(&format!("{told}. Send it again in 60 minutes"));
        assert!(refused.body.contains(&format!("id=\"{field}-error\"")), "at its field: {refused:?}");
    }
    assert_eq!(refused.value("bill-day").as_deref(), Some("2"), "what was typed is kept");
    desk.app.clock.advance(Duration::minutes(60));
    form.upload_both();
}

#[test]
fn a_network_sends_three_hundred_files_a_day() {
    let desk = Desk::open();
    let junk: [(&str, &str, &[u8]); 20] = [("file", "notes.txt", b"no document"); 20];
    for _ in 0..3 {
        let form = Form::start(&desk);
        for _ in 0..5 {
            form.upload(DOCUMENTS, &junk);
        }
        desk.app.clock.advance(Duration::minutes(60));
    }
    let form = Form::start(&desk);
    let refused = form.upload(DOCUMENTS, &[("file", "bill.pdf", &*bill_pdf())]).follow();
    refused.assert_has("many files came from your network just now. Send it again in 21 hours");
}

#[test]
fn location_ids_are_not_found_by_trying() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    for at in 0..20 {
        let id = format!("NORTH-{at}");
        let page = form.post("details", &changed(DETAILS, &[("location_id", &id)])).follow();
        page.assert_has("We do not know that Location ID");
    }
    let told = "Too many Location IDs were tried from your network. Wait 10 minutes, then save this page again";
    // What is there and what is not look the same.
    for id in ["NORTHGATE", "NORTH-99"] {
        let page = form.post("details", &changed(DETAILS, &[("location_id", id), ("name", "Kim Wu")])).follow();
        page.assert_has(told);
        assert_eq!(page.value("location_id").as_deref(), Some(id), "as it was typed");
        assert_eq!(page.value("name").as_deref(), Some("Kim Wu"));
        form.get("check?check=1").assert_has(told);
    }
    desk.app.clock.advance(Duration::minutes(10));
    form.pass("details", DETAILS, "numbers");
}

#[test]
fn what_is_only_saved_is_not_looked_for() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    for id in ["NORTHGATE", "NORTH-99"] {
        for by in ["save", "back", "later"] {
            form.post("details", &changed(DETAILS, &[("location_id", id), ("do", by)]));
            for page in ["details?check=1", "check?check=1"] {
                let shown = form.get(page);
                shown.assert_has("Save this page, so that we look for the Location ID");
                shown.assert_lacks("We do not know that Location ID");
            }
        }
    }
    form.pass("details", DETAILS, "numbers");
}
