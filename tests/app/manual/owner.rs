//! What the owner of an account reads about a request that somebody sent by the manual form: whose move it is.

use super::walk::{Form, Sent, link, status_of};
use crate::{
    desk::decide,
    harness::{desk::Desk, seed},
};

#[test]
fn what_was_refused_is_told_and_what_to_do_about_it_is_the_contacts() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    let fields = [
        ("reason", "pin-invalid"),
        ("reason", "account-number-mismatch"),
        ("reason", "other"),
        ("message-other", "The unit of the suite is not on the bill."),
        ("do", "reject"),
    ];
    assert_eq!(decide(&desk.reviewer(), &sent.sid, "/rejection", &fields).status, 303);
    let mail = desk.deliver();
    assert!(mail[0].to == super::walk::EMAIL && mail[0].text.contains("Ask your carrier for a new transfer PIN"));
    let owner = desk.owner();
    let page = owner.get(&format!("/port-requests/{}", sent.sid));
    for told in [
        "Waiting for Dana Ruiz, manual form PIN or passcode is wrong or expired, and 2 more reasons.",
        "Account number does not match.",
        "The unit of the suite is not on the bill.",
        "Dana Ruiz got an email with a link to correct it. There is nothing for you to do.",
    ] {
        page.assert_has(told);
    }
    for advice in ["Ask your carrier", "Copy the account number", "Keep your old service on", "/help/rejected"] {
        assert!(!page.body.contains(advice), "{advice}: {page:?}");
    }
    let contact = sent.page();
    contact.assert_has("Ask your carrier for a new transfer PIN");
    contact.assert_has("Keep your old service on");
    contact.assert_lacks("There is nothing for you to do");
    // Of what the account itself sent, the advice is its own.
    let own =
        seed::in_stage(&desk, &desk.people.owner(), seed::Seed::default(), portdesk::domain::stage::Stage::Rejected);
    owner.get(&format!("/port-requests/{own}")).assert_has("Copy the account number exactly");
}

#[test]
fn one_reason_is_said_once() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    sent.reject("pin-invalid");
    let page = desk.owner().get(&format!("/port-requests/{}", sent.sid));
    let now = page.text();
    let now = now.split("What is happening now").nth(1).and_then(|rest| rest.split("Letter signed").next()).unwrap();
    assert_eq!(now.matches("PIN or passcode is wrong or expired").count(), 1, "{now}");
}

#[test]
fn at_once_the_contact_has_the_move_until_the_mailbox_is_proven() {
    let desk = Desk::open_with(&[("PORTDESK_MANUAL_REQUESTS", "at-once")]);
    let form = Form::start(&desk);
    form.send();
    let (sid, mail) = (form.sid(), desk.deliver());
    let owner = desk.owner();
    let here = format!("/port-requests/{sid}");
    let pages = || [owner.get("/port-requests"), owner.get(&here)];
    for page in pages() {
        page.assert_has("Waiting for Dana Ruiz, manual form");
        page.assert_has("Dana Ruiz has to confirm their email address. We check the details meanwhile; nothing goes to Verizon before that.");
        page.assert_lacks("Waiting for us");
    }
    let status = status_of(&desk, &form);
    desk.browser().get(&status).assert_has("Waiting for you");
    assert_eq!(desk.browser().post(&link(&mail, "/confirm/"), &[]).status, 303);
    for page in pages() {
        page.assert_lacks("has to confirm");
    }
    owner.get(&here).assert_has("Waiting for us We are checking your details");
    desk.deliver();
    desk.browser().get(&status).assert_has("Waiting for us");
}
