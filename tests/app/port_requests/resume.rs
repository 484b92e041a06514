//! Going on with a draft, and correcting a request that was refused.

use chrono::Duration;
use portdesk::{
    domain::{people::Reviewer, rejection::RejectionReason},
    services::{
        reject_request::{self, Chosen, Rejection},
        review::Seen,
    },
    store,
};

use super::walk::{ACCOUNT_NUMBER, BILL, CONTACT, Draft, NUMBERS, TERMS, WIRELESS_PIN, bill_pdf, changed};
use crate::desk::path;
use crate::harness::{desk::Desk, loa};

#[test]
fn goes_on_at_the_first_page_that_is_not_finished() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let next = || draft.get("continue").location.unwrap();
    assert_eq!(next(), draft.at("terms"));
    draft.pass("terms", TERMS, "numbers");
    assert_eq!(next(), draft.at("numbers"));
    draft.pass("numbers", NUMBERS, "contact");
    draft.pass("contact", CONTACT, "bill");
    assert_eq!(next(), draft.at("bill"));
    draft.upload(BILL, &[("bill.pdf", &bill_pdf())]);
    assert_eq!(next(), draft.at("check"));
    draft.post("contact", &changed(CONTACT, &[("city", ""), ("do", "later")]));
    assert_eq!(next(), draft.at("contact"));
    draft.pass("contact", CONTACT, "bill");
    draft.pass("check", &[], "confirmation");
    assert_eq!(next(), draft.at("confirmation"));
    desk.deliver();
}

fn reject(desk: &Desk, draft: &Draft, slugs: &[&str]) {
    let sid = draft.request_sid();
    loa::sign(desk, &sid);
    let chosen = slugs.iter().map(|slug| {
        let reason = RejectionReason::find(slug).expect("the reason is in the table");
        Chosen { reason, message: reason.message() }
    });
    let rejection = Rejection { chosen: chosen.collect(), carrier_words: "ACCT NBR MISMATCH".to_owned() };
    let by: Reviewer = desk.people.reviewer();
    desk.write(|conn| {
        let version =
            store::port_requests::find(conn, &sid).map_err(portdesk::services::review::ReviewError::from)?.version;
        reject_request::reject(conn, &desk.app.house, &Seen { sid: &sid, version }, &by, &rejection, desk.now())
    });
    desk.deliver();
}

#[test]
fn a_refused_request_is_corrected_and_sent_again_under_the_same_sid() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    draft.send();
    desk.deliver();
    draft.get("fix").assert_has("This request is not waiting for you");
    reject(&desk, &draft, &["postal-code-mismatch", "account-number-mismatch"]);

    let fix = draft.get("fix");
    assert_eq!(
        fix.location.as_deref(),
        Some(draft.at("numbers?from=fix").as_str()),
        "the first page in the form's order"
    );
    let page = fix.follow();
    page.assert_has("Copy the account number exactly from the newest bill");
    page.assert_has("On this page.");
    page.assert_has("Correct the ZIP code so that it is the one on the account. Contact information");
    page.assert_lacks("Account and numbers What the carrier wrote");
    page.assert_has("ACCT NBR MISMATCH");
    assert_eq!(page.value("account_number").as_deref(), Some(ACCOUNT_NUMBER), "the old answers are there");
    page.assert_lacks(WIRELESS_PIN);
    draft.get("contact").assert_has("Correct the ZIP code");

    let blank = [("wireless-0-pin", ""), ("account_pin", ""), ("from", "fix")];
    let same = changed(NUMBERS, &blank);
    draft.pass("numbers", &same, "numbers?check=1&from=fix");
    draft
        .get("numbers?check=1&from=fix")
        .assert_has("This is the same account number we refused. Check it, then send again");
    let answer = draft.post("numbers", &changed(&same, &[("account_number", "942561837-00472C")]));
    assert_eq!(
        answer.follow().location.as_deref(),
        Some(draft.at("contact?from=fix").as_str()),
        "on to the next reason"
    );
    let answer = draft.post("contact", &changed(CONTACT, &[("postal_code", "10002"), ("from", "fix")]));
    assert_eq!(answer.follow().location.as_deref(), Some(draft.at("check").as_str()));
    draft.get("check").assert_has("Resubmit request");
    draft.pass("check", &[], "confirmation");
    let page = draft.get("confirmation");
    page.assert_has("Resubmitted");
    page.assert_has("You keep the same Request SID");
    page.assert_has(&draft.sid);
    let sid = draft.request_sid();
    let (attempt, number) = desk.read(|conn| {
        let request = store::port_requests::find(conn, &sid)?;
        let facts = store::submissions::newest(conn, request.id)?;
        Ok((request.attempt, facts.account_number(&desk.app.house.vault)?))
    });
    assert_eq!((attempt, number.as_str()), (2, "942561837-00472C"));
    assert_eq!(desk.deliver().len(), 2, "the letter prints the account number, so its signer is asked again");
}

#[test]
fn a_pin_keeps_its_age_until_it_is_changed() {
    let desk = Desk::open();
    let begun = Draft::start(&desk);
    begun.fill();
    desk.app.clock.advance(Duration::days(9));
    let draft = Draft { browser: desk.owner(), sid: begun.sid };
    let at_desk = |age: &str| {
        let page = desk.reviewer().get(&format!("/desk/port-requests/{}", draft.sid));
        page.assert_has(&format!("Saved, 8 characters, entered {age}"));
    };
    let blank = changed(NUMBERS, &[("wireless-0-pin", ""), ("account_pin", "")]);
    draft.pass("numbers", &blank, "contact");
    draft.pass("check", &[], "confirmation");
    at_desk("9 days ago: ask for a new one?");

    // Left blank in a correction it is the same PIN, though the account PIN beside it is new.
    reject(&desk, &draft, &["postal-code-mismatch"]);
    draft.post("numbers", &changed(&blank, &[("account_pin", "green horse 7732")]));
    draft.post("contact", &changed(CONTACT, &[("postal_code", "10002")]));
    draft.pass("check", &[], "confirmation");
    at_desk("9 days ago: ask for a new one?");

    reject(&desk, &draft, &["postal-code-mismatch"]);
    draft.post("numbers", &changed(&blank, &[("wireless-0-pin", "qq7711zz")]));
    draft.post("contact", &changed(CONTACT, &[("postal_code", "10003")]));
    draft.pass("check", &[], "confirmation");
    at_desk("today");
    desk.deliver();
}

#[test]
fn what_was_refused_is_asked_about_once_and_then_passes() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    draft.send();
    desk.deliver();
    for _ in 0..2 {
        reject(&desk, &draft, &["account-number-mismatch", "pin-invalid"]);
        draft.pass("check", &[], "check?asked=1");
        let page = draft.get("check?asked=1");
        page.assert_has("This is the same account number we refused. Check it, then send again");
        page.assert_has("This is the same PIN we refused for (646) 664-0187. Check it, then send again");
        draft.pass("check", &[], "confirmation");
        desk.deliver();
    }
}

#[test]
fn a_pin_keeps_its_age_when_a_request_is_sent_and_sent_again() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    draft.fill();
    let told = |age: &str| desk.reviewer().get(&path(&draft.request_sid(), "")).assert_has(age);
    desk.app.clock.advance(Duration::days(9));
    let later = Draft { browser: desk.owner(), sid: draft.sid.clone() };
    later.pass("check", &[], "confirmation");
    desk.deliver();
    loa::sign(&desk, &draft.request_sid());
    told("Saved, 8 characters, entered 9 days ago: ask for a new one?");
    desk.reviewer().get("/desk").assert_has("PIN 9 days old");

    desk.app.clock.advance(Duration::days(3));
    reject(&desk, &draft, &["account-number-mismatch"]);
    let again = Draft { browser: desk.owner(), sid: draft.sid.clone() };
    again.pass("check", &[], "check?asked=1");
    again.pass("check", &[], "confirmation");
    desk.deliver();
    told("Saved, 8 characters, entered 12 days ago: ask for a new one?");

    reject(&desk, &draft, &["pin-invalid"]);
    let other = [("wireless-0-pin", "9a77xk21"), ("account_pin", ""), ("from", "fix")];
    again.post("numbers", &changed(NUMBERS, &other));
    again.pass("check", &[], "confirmation");
    desk.deliver();
    told("Saved, 8 characters, entered today");
}
