//! Changes of what was sent that are not sent themselves: who sees them, and what becomes of them.

use portdesk::{
    domain::{request_sid::RequestSid, stage::Stage},
    store,
};

use super::{
    changes::{CONTACT, insist},
    walk::bill_pdf,
};
use crate::{
    desk::path,
    harness::{
        browser::Browser,
        desk::Desk,
        seed::{self, Seed},
    },
};

/// A request that is checked, its address, and its owner.
fn in_review(desk: &Desk) -> (RequestSid, String, Browser) {
    let sid = seed::sent_request(desk, &desk.people.owner(), Seed::default());
    let page = format!("/port-requests/{sid}");
    (sid, page, desk.owner())
}

/// Begins to change the ZIP code, and comes back later.
fn begin(owner: &Browser, page: &str) {
    owner.post(&format!("{page}/changes"), &[]);
    save_zip(owner, page, "10119");
}

fn save_zip(owner: &Browser, page: &str, code: &str) {
    let mut fields = CONTACT.to_vec();
    fields.extend([("postal_code", code), ("do", "later")]);
    assert_eq!(owner.post(&format!("{page}/contact"), &fields).status, 303);
}

fn zip(owner: &Browser, page: &str) -> Option<String> {
    owner.get(&format!("{page}/contact")).value("postal_code")
}

#[test]
fn a_correction_begins_with_what_was_sent_and_loses_nothing() {
    let desk = Desk::open();
    let (sid, page, owner) = in_review(&desk);
    begin(&owner, &page);
    seed::send_to_carrier(&desk, &sid);
    let told = "You have changes that were not sent, and Verizon has the request without them. They are kept: if the \
                request is refused, you can go on with them.";
    owner.get(&page).assert_has(told);
    owner.get(&format!("{page}/contact")).assert_has("This request was sent on");
    seed::reject(&desk, &sid, "postal-code-mismatch");

    let told =
        "You have changes that were not sent before the request was refused. The correction begins with what you sent.";
    owner.get(&page).assert_has(told);
    let fix = owner.get(&format!("{page}/fix")).follow();
    fix.assert_has(told);
    assert_eq!(fix.value("postal_code").as_deref(), Some("10118"));
    save_zip(&owner, &page, "10117");

    let taken = owner.post(&format!("{page}/changes"), &[]);
    assert_eq!(taken.location, Some(format!("{page}/fix")));
    let told = "The correction goes on with the changes that you had not sent.";
    owner.get(&page).assert_has(told);
    owner.get(&format!("{page}/check")).assert_has(told);
    assert_eq!(zip(&owner, &page).as_deref(), Some("10119"));
    owner.post(&format!("{page}/changes"), &[]);
    assert_eq!(zip(&owner, &page).as_deref(), Some("10117"), "the correction was kept");
    owner.post(&format!("{page}/changes"), &[]);
    insist(&owner, &format!("{page}/check"), &[]);
    let id = seed::request(&desk, &sid).id;
    let sent = desk.read(|conn| store::submissions::newest(conn, id));
    assert_eq!((sent.attempt, sent.postal_code.as_str()), (2, "10119"));
    owner.get(&page).assert_lacks("not sent");
    desk.deliver();
}

#[test]
fn changes_that_came_too_late_are_discarded_where_the_request_is() {
    let desk = Desk::open();
    for refused in [false, true] {
        let (sid, page, owner) = in_review(&desk);
        begin(&owner, &page);
        seed::send_to_carrier(&desk, &sid);
        if refused {
            seed::reject(&desk, &sid, "postal-code-mismatch");
        }
        owner.get(&page).assert_has("You have changes that were not sent");
        owner.post(&format!("{page}/changes/removal"), &[]).follow().assert_has("Changes discarded.");
        owner.get(&page).assert_lacks("changes that were not sent");
        if !refused {
            seed::reject(&desk, &sid, "postal-code-mismatch");
        }
        let contact = owner.get(&format!("{page}/contact"));
        contact.assert_lacks("changes that were not sent");
        assert_eq!(contact.value("postal_code").as_deref(), Some("10118"));
        let nothing = owner.post(&format!("{page}/changes"), &[]);
        assert_eq!(nothing.location, Some(format!("{page}/continue")));
    }
}

#[test]
fn changes_that_another_tab_sent_are_not_said_to_be_discarded() {
    let desk = Desk::open();
    let (sid, page, owner) = in_review(&desk);
    begin(&owner, &page);
    seed::send_unsigned(&desk, &desk.people.owner(), &sid);
    let late = owner.post(&format!("{page}/changes/removal"), &[]).follow();
    late.assert_has("Nothing was discarded: the changes had been sent or discarded before.");
    late.assert_lacks("Changes discarded");
}

#[test]
fn a_button_that_sends_changes_sends_nothing_else() {
    let desk = Desk::open();
    let (sid, page, owner) = in_review(&desk);
    begin(&owner, &page);
    let form = owner.get(&format!("{page}/check"));
    assert_eq!(form.hidden("changes").as_deref(), Some("yes"));
    let press = || owner.post(&format!("{page}/check"), &[("changes", "yes")]);
    let told = "Your changes were not sent: the request has gone on since you began them. They are kept.";
    seed::send_to_carrier(&desk, &sid);
    assert_eq!(press().location, Some(page.clone()));
    press().follow().assert_has(told);
    seed::reject(&desk, &sid, "postal-code-mismatch");
    press().follow().assert_has(told);
    assert_eq!(seed::request(&desk, &sid).stage, Stage::Rejected);
    desk.deliver();
}

/// What a page shows of the files of a request, by name.
fn names(browser: &Browser, page: &str) -> [bool; 2] {
    let body = browser.get(page).body;
    ["bill-1.pdf", "newer.pdf"].map(|name| body.contains(name))
}

/// Uploads another bill, and takes the first out.
fn swap_bills(desk: &Desk, owner: &Browser, sid: &RequestSid, page: &str) {
    let id = seed::request(desk, sid).id;
    let first = desk.read(|conn| store::documents::sent_with(conn, id)).remove(0).public_id;
    let bill = bill_pdf();
    let files: [(&str, &str, &str, &[u8]); 1] = [("file", "newer.pdf", "application/pdf", &bill)];
    owner.post_multipart(&format!("{page}/bill"), &[("do", "upload")], &files);
    let gone = format!("remove-file:{first}");
    let about = [("proof", "bill"), ("bill-month", "11"), ("bill-day", "11"), ("bill-year", "2026")];
    let fields = [about.as_slice(), &[("do", &gone)]].concat();
    owner.post(&format!("{page}/bill"), &fields).follow().assert_has("bill-1.pdf removed");
}

/// The public id of the file that only whoever changes the request sees.
fn unsent(desk: &Desk, sid: &RequestSid) -> Option<String> {
    let id = seed::request(desk, sid).id;
    let all = desk.read(|conn| store::documents::of_request(conn, id));
    all.into_iter().find(|document| document.sent_at.is_none()).map(|document| document.public_id)
}

#[test]
fn files_change_for_the_desk_when_the_changes_are_sent() {
    let desk = Desk::open();
    let (sid, page, owner) = in_review(&desk);
    let (reviewer, there) = (desk.reviewer(), path(&sid, ""));
    owner.post(&format!("{page}/changes"), &[]);
    swap_bills(&desk, &owner, &sid, &page);
    assert_eq!(names(&owner, &format!("{page}/bill")), [false, true]);
    assert_eq!(names(&owner, &format!("{page}/check")), [false, true]);
    assert_eq!(names(&owner, &page), [true, false], "it shows what was sent");
    assert_eq!(names(&reviewer, &there), [true, false]);
    let added = unsent(&desk, &sid).expect("a file was added");
    assert_eq!(reviewer.get(&format!("/documents/{added}")).status, 404);
    assert_eq!(owner.get(&format!("/documents/{added}")).status, 200);

    owner.post(&format!("{page}/changes/removal"), &[]);
    assert_eq!(unsent(&desk, &sid), None, "what nobody can send any more is not kept");
    owner.post(&format!("{page}/changes"), &[]);
    assert_eq!(names(&owner, &format!("{page}/bill")), [true, false], "the files are as they were sent");

    swap_bills(&desk, &owner, &sid, &page);
    insist(&owner, &format!("{page}/check"), &[]);
    assert_eq!(names(&owner, &page), [false, true]);
    assert_eq!(names(&reviewer, &there), [false, true]);
    assert_eq!(unsent(&desk, &sid), None);
}

#[test]
fn files_of_a_correction_and_of_changes_that_were_not_sent_go_their_own_ways() {
    let desk = Desk::open();
    let (sid, page, owner) = in_review(&desk);
    owner.post(&format!("{page}/changes"), &[]);
    swap_bills(&desk, &owner, &sid, &page);
    seed::reject(&desk, &sid, "bill-too-old");
    assert_eq!(names(&owner, &format!("{page}/bill")), [true, false]);
    owner.post(&format!("{page}/changes"), &[]);
    assert_eq!(names(&owner, &format!("{page}/bill")), [false, true]);
    assert_eq!(names(&desk.reviewer(), &path(&sid, "")), [true, false]);
    insist(&owner, &format!("{page}/check"), &[]);
    assert_eq!(names(&desk.reviewer(), &path(&sid, "")), [false, true]);
    desk.deliver();
}

#[test]
fn sending_changes_is_told_as_such() {
    let desk = Desk::open();
    let (_, page, owner) = in_review(&desk);
    begin(&owner, &page);
    assert_eq!(insist(&owner, &format!("{page}/check"), &[]), Some(format!("{page}/confirmation")));
    let told = owner.get(&format!("{page}/confirmation"));
    assert!(told.title().starts_with("Changes sent"), "{told:?}");
    told.assert_has("You keep the same Request SID");
    told.assert_has("These changes need a new letter of authorization. The one before no longer counts.");
    told.assert_has("Dana Ruiz signs");
    told.assert_lacks("Request sent");
    desk.deliver();

    let (_, page, owner) = in_review(&desk);
    let before = owner.get(&format!("{page}/confirmation"));
    assert!(before.title().starts_with("Request sent"), "{before:?}");
    owner.post(&format!("{page}/changes"), &[]);
    insist(&owner, &format!("{page}/check"), &[]);
    let told = owner.get(&format!("{page}/confirmation"));
    assert!(told.title().starts_with("Changes sent"), "{told:?}");
    told.assert_has("The signed letter of authorization covers these changes; nobody has to sign again.");
    told.assert_has("We check your details");

    let customer = desk.people.owner();
    let sid = seed::in_stage(&desk, &customer, Seed::default(), Stage::AwaitingSignature);
    let page = format!("/port-requests/{sid}");
    owner.post(&format!("{page}/changes"), &[]);
    insist(&owner, &format!("{page}/check"), &[]);
    let told = owner.get(&format!("{page}/confirmation"));
    told.assert_has("The letter of authorization that waits to be signed covers these changes.");
    desk.deliver();
}
