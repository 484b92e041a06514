//! What a contact can do on the page of the status, and who else sees the request.

use chrono::Duration;
use portdesk::{domain::stage::Stage, store};

use super::walk::{EMAIL, Form, Sent, bill_pdf, compare, link};
use crate::{
    desk::{decide, path},
    harness::{
        desk::Desk,
        seed::{self, Seed},
    },
    port_requests::walk::{Draft, NUMBERS, TERMS, changed},
};

#[test]
fn a_request_is_canceled_by_its_link() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    let page = sent.browser.get(&format!("{}/cancellation", sent.status));
    page.assert_has("Nothing has moved");
    assert_eq!(sent.request().stage, Stage::InReview, "looking cancels nothing");
    sent.post("/cancellation", &[("reason", "stay")]).follow().assert_has("Request canceled.");
    assert_eq!(sent.request().stage, Stage::Canceled);
    let mail = desk.deliver();
    assert_eq!((mail.len(), mail[0].to.as_str()), (1, EMAIL));
    assert!(mail[0].text.contains("/manual-port-requests"), "the way to start again: {}", mail[0].text);
    assert_eq!(sent.post("/cancellation", &[]).status, 303, "a second press finds it canceled");
    assert!(desk.deliver().is_empty());
    sent.page().assert_lacks("Send another document");
    let bill = bill_pdf();
    let late = sent.browser.post_multipart(
        &format!("{}/documents", sent.status),
        &[],
        &[("file", "late.pdf", "application/pdf", &bill)],
    );
    late.follow().assert_has("This request takes no documents any more");
}

#[test]
fn what_is_with_the_carrier_is_not_canceled_by_a_link() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    sent.to_carrier();
    desk.deliver();
    let refused = sent.post("/cancellation", &[("reason", "stay")]);
    assert_eq!(refused.status, 409, "{refused:?}");
    assert_eq!(sent.request().stage, Stage::Submitted);
}

#[test]
fn documents_are_added_and_each_refused_one_is_named() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    let post = |files: &[(&str, &[u8])]| {
        let files: Vec<_> = files.iter().map(|(name, bytes)| ("file", *name, "application/pdf", *bytes)).collect();
        sent.browser.post_multipart(&format!("{}/documents", sent.status), &[], &files)
    };
    let (bill, newer) = (bill_pdf(), [&bill_pdf()[..], b"\n\n\n"].concat());
    let nothing = post(&[]);
    assert_eq!(nothing.status, 422);
    nothing.assert_has("Select a document");
    let some = post(&[("notes.pdf", b"Dear desk"), ("second.pdf", &newer)]);
    assert_eq!(some.status, 422);
    some.assert_has("\"notes.pdf\" must be a PDF");
    some.assert_has("second.pdf");
    let twice = post(&[("bill-again.pdf", &bill)]);
    assert_eq!(twice.status, 303);
    twice.follow().assert_lacks("bill-again.pdf Nov");
    let id = sent.request().id;
    let names: Vec<String> =
        desk.read(|conn| store::documents::of_request(conn, id)).into_iter().map(|it| it.file_name).collect();
    assert_eq!(names, ["bill.pdf", "second.pdf"]);
    desk.reviewer().get(&path(&sent.sid, "")).assert_has("second.pdf");
}

#[test]
fn the_owner_of_the_account_sees_it_and_changes_nothing() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    let owner = desk.owner();
    owner.get("/port-requests").assert_has("Dana Ruiz, manual form");
    let here = format!("/port-requests/{}", sent.sid);
    let page = owner.get(&here);
    page.assert_has("Dana Ruiz, manual form");
    for way in ["/fix", "/changes", "/numbers", "/loa/signer", "/loa/upload"] {
        assert!(!page.body.contains(&format!("{here}{way}\"")), "{way} is offered: {page:?}");
    }
    let letter = crate::harness::loa::newest(&desk, &sent.sid);
    for way in ["/changes", "/signer", "/loa/signer", "/loa/again", "/loa/extension", "/check"] {
        owner.post(&format!("{here}{way}"), &[("who", "me"), ("signer_title", "Owner")]);
    }
    owner.get(&format!("{here}/loa")).assert_lacks("Upload another one");
    let file = [("file", "mine.pdf", "application/pdf", &*super::walk::letter_pdf())];
    owner.post_multipart(&format!("{here}/loa/upload"), super::walk::DAY, &file);
    assert_eq!(crate::harness::loa::newest(&desk, &sent.sid).id, letter.id, "the letter is the contact's");
    assert_eq!(sent.request().stage, Stage::InReview, "nothing was changed");
    sent.reject("pin-invalid");
    for way in ["/fix", "/continue", "/numbers", "/contact", "/bill", "/check"] {
        let page = owner.get(&format!("{here}{way}"));
        for field in ["account_number", "street", "bill-month", "reuse"] {
            page.assert_lacks(&format!("name=\"{field}\""));
        }
        page.assert_lacks("Resubmit");
        owner.post(&format!("{here}{way}"), super::walk::DETAILS);
    }
    assert_eq!(sent.request().stage, Stage::Rejected);
    for browser in [desk.manager(), desk.foreign_owner()] {
        assert_eq!(browser.get(&here).status, 404);
        browser.get("/port-requests").assert_lacks(sent.sid.as_str());
    }
    desk.deliver();
}

#[test]
fn a_refused_request_of_the_form_waits_for_its_contact_and_not_for_the_account() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    sent.reject("pin-invalid");
    let ours =
        seed::in_stage(&desk, &desk.people.owner(), Seed { name: "Back office", ..Seed::default() }, Stage::Rejected);
    let (owner, here) = (desk.owner(), format!("/port-requests/{}", sent.sid));
    let list = owner.get("/port-requests");
    list.assert_has("Needs you 1 rejected");
    list.assert_has("Other requests 1 request");
    list.assert_has("Rejected Waiting for Dana Ruiz, manual form");
    let place = |words: &str| list.body.find(words).unwrap_or_else(|| panic!("{words} is on {list:?}"));
    assert!(place(ours.as_str()) < place("Other requests") && place("Other requests") < place(sent.sid.as_str()));
    let shows = |address: &str| {
        let page = owner.get(address);
        [&ours, &sent.sid].map(|sid| page.body.contains(sid.as_str()))
    };
    assert_eq!(shows("/port-requests?status=needs-you"), [true, false]);
    assert_eq!(shows("/port-requests?status=needs-you&q=Verizon"), [true, false]);
    assert_eq!(shows("/port-requests?status=needs-you&status=in-review"), [true, false]);
    assert_eq!(shows("/port-requests?status=needs-you&status=rejected"), [true, true]);
    assert_eq!(shows("/port-requests?status=rejected"), [true, true]);
    assert_eq!(shows("/port-requests/export?status=needs-you"), [true, false]);
    let page = owner.get(&here);
    page.assert_has("Waiting for Dana Ruiz, manual form");
    for words in ["Waiting for you", "Fix and resubmit"] {
        page.assert_lacks(words);
    }
    owner.get(&format!("/port-requests/{ours}")).assert_has("Waiting for you");
    sent.page().assert_has("Waiting for you");
}

#[test]
fn a_number_in_two_requests_is_told_to_the_desk_alone() {
    let desk = Desk::open();
    let theirs =
        seed::sent_request(&desk, &desk.people.foreign_owner(), Seed { numbers: "(212) 664-0142", ..Seed::default() });
    let form = Form::start(&desk);
    form.fill();
    for page in ["numbers?check=1", "check", "check?check=1", "check?asked=1"] {
        form.get(page).assert_lacks(theirs.as_str());
        form.get(page).assert_lacks("another request");
    }
    form.pass("check", super::walk::CONSENTS, "confirmation");
    let confirm = link(&desk.deliver(), "/confirm/");
    let status = desk.browser().post(&confirm, &[]).location.expect("confirmed");
    desk.browser().get(&status).assert_lacks(theirs.as_str());
    for mail in desk.deliver() {
        assert!(!mail.text.contains(theirs.as_str()));
    }
    let sid = form.sid();
    compare(&desk, &sid, super::walk::DAY);
    let reviewer = desk.reviewer();
    let page = reviewer.get(&path(&sid, ""));
    page.assert_has(&format!("(212) 664-0142 is in request {theirs}, too. One of the two has to end"));
    page.assert_lacks("Accept and note as sent");
    let refused = decide(&reviewer, &sid, "/submission", &[]);
    assert_eq!(refused.status, 409);
    refused.assert_has(theirs.as_str());
    assert_eq!(seed::request(&desk, &sid).stage, Stage::InReview);
    seed::cancel(&desk, &desk.people.foreign_owner(), &theirs);
    assert_eq!(decide(&reviewer, &sid, "/submission", &[]).status, 303, "now it is free");
    desk.deliver();
}

#[test]
fn the_desk_records_the_day_that_it_reads_on_the_letter() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    let reviewer = desk.reviewer();
    assert_eq!(decide(&reviewer, &sent.sid, "/submission", &[]).status, 409, "nobody looked at the letter");
    let page = reviewer.get(&path(&sent.sid, ""));
    page.assert_lacks("Accept and note as sent");
    let day = |month, day, year| [("signed-month", month), ("signed-day", day), ("signed-year", year)];
    let post = |fields: &[(&str, &str)]| {
        crate::desk::send(&reviewer, &reviewer.get(&path(&sent.sid, "")), &path(&sent.sid, "/loa/date"), fields)
    };
    for wrong in [day("", "", ""), day("2", "30", "2026"), day("12", "1", "2026")] {
        let refused = post(&wrong);
        assert_eq!(refused.status, 422, "{refused:?}");
        assert_eq!(refused.value("signed-day").as_deref(), Some(wrong[1].1), "as it was typed");
    }
    // A toll-free number moves, so 16 days are too many whatever its sender said.
    let asked = post(&day("11", "5", "2026"));
    assert_eq!(asked.status, 422, "its sender said another day");
    let form = path(&sent.sid, "/loa/date");
    assert_eq!(crate::desk::send(&reviewer, &asked, &form, &day("11", "5", "2026")).status, 303);
    let page = reviewer.get(&path(&sent.sid, ""));
    page.assert_has("The signature is 16 days old. Carriers take 15 days");
    page.assert_has("reject the request with a reason about the letter");
    assert_eq!(decide(&reviewer, &sent.sid, "/submission", &[]).status, 409);
    sent.reject("loa-expired");
    sent.page().assert_has("Have the letter of authorization signed again");
}

#[test]
fn the_links_of_a_request_open_for_ninety_days_after_its_end() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    sent.post("/cancellation", &[]);
    desk.deliver();
    desk.app.clock.advance(Duration::days(90));
    assert_eq!(sent.page().status, 200);
    desk.app.clock.advance(Duration::minutes(1));
    assert_eq!(sent.page().status, 404);
    desk.browser().post("/status", &[("sid", sent.sid.as_str()), ("email", EMAIL)]);
    assert!(desk.deliver().is_empty());
    let now = desk.now();
    desk.write(|conn| portdesk::services::sweep::remove_expired(conn, now));
    assert_eq!(sent.page().status, 404);
}

#[test]
fn what_a_stranger_typed_is_not_offered_to_the_account() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    let draft = Draft::start(&desk);
    draft.pass("terms", TERMS, "numbers");
    let numbers = [
        ("losing_carrier", sent.request().losing_carrier.as_str()),
        ("landline", "2126640199"),
        ("wireless-0-number", "-"),
        ("wireless-0-pin", "-"),
        ("wireless-0-kind", "-"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let numbers: Vec<(&str, &str)> = numbers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    draft.pass("numbers", &changed(NUMBERS, &numbers), "contact");
    draft.get("contact").assert_lacks("Use the details from request");
}

#[test]
fn the_account_does_not_cancel_for_a_stranger() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    let address = format!("/port-requests/{}", sent.sid);
    let owner = desk.owner();
    owner.get(&address).assert_lacks("Cancel request");
    owner.get(&format!("{address}/cancellation")).assert_has("This request cannot be canceled here");
    assert_eq!(owner.post(&format!("{address}/cancellation"), &[("reason", "stay")]).status, 409);
    assert_eq!(sent.request().stage, Stage::InReview);
}

#[test]
fn a_mistyped_day_on_the_letter_is_put_right() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    compare(&desk, &sent.sid, &[("signed-month", "1"), ("signed-day", "5"), ("signed-year", "2025")]);
    let reviewer = desk.reviewer();
    assert_eq!(decide(&reviewer, &sent.sid, "/submission", &[]).status, 409);
    let (page, form) = (reviewer.get(&path(&sent.sid, "")), path(&sent.sid, "/loa/date"));
    assert_eq!(crate::desk::send(&reviewer, &page, &form, super::walk::DAY).status, 303);
    assert_eq!(decide(&reviewer, &sent.sid, "/submission", &[]).status, 303);
    desk.deliver();
}
