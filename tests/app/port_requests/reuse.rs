//! Details and bill of an earlier request to the same carrier (WCAG 3.3.7).

use chrono::Duration;

use super::walk::{BILL, CONTACT, Draft, NUMBERS, TERMS, bill_pdf, changed};
use crate::harness::{browser::Browser, desk::Desk};

/// A request that the owner sent, and somebody's next one at the page of the contact.
fn second(desk: &Desk, browser: Browser, carrier: &str) -> (Draft, Draft) {
    let earlier = Draft::start(desk);
    earlier.pass("terms", TERMS, "numbers");
    earlier.pass("numbers", NUMBERS, "contact");
    let date = [("preferred-month", "12"), ("preferred-day", "15"), ("preferred-year", "2026")];
    earlier.pass("contact", &changed(CONTACT, &date), "bill");
    earlier.upload(BILL, &[("bill.pdf", &bill_pdf())]);
    earlier.pass("check", &[], "confirmation");
    desk.deliver();
    let draft = Draft::start_in(browser);
    draft.pass("terms", TERMS, "numbers");
    let numbers = [
        ("losing_carrier", carrier),
        ("landline", "2126640199"),
        ("wireless-0-number", "-"),
        ("wireless-0-pin", "-"),
        ("wireless-0-kind", "-"),
    ];
    draft.pass("numbers", &changed(NUMBERS, &numbers), "contact");
    (earlier, draft)
}

#[test]
fn the_details_are_taken_over_beside_what_was_typed() {
    let desk = Desk::open();
    let (earlier, draft) = second(&desk, desk.owner(), "Verizon");
    draft.get("contact").assert_has(&format!("Use the details from request {}", earlier.sid));
    let taken = draft.post("contact", &[("do", "reuse"), ("contact_name", "Somebody Else"), ("city", " ")]);
    let page = taken.follow();
    assert_eq!(page.value("contact_name").as_deref(), Some("Somebody Else"));
    assert_eq!(page.value("city").as_deref(), Some("New York"));
    assert_eq!(page.value("business_name").as_deref(), Some("Northgate Dental, LLC"));
    assert_eq!(page.value("preferred-day").as_deref(), Some(""));
    page.assert_lacks("Use the details");
}

#[test]
fn the_bill_is_taken_over_and_serves_both_requests() {
    let desk = Desk::open();
    let (earlier, draft) = second(&desk, desk.owner(), "Verizon");
    draft.pass("contact", CONTACT, "bill");
    draft.get("bill").assert_has(&format!("Use the bill from request {}", earlier.sid));
    let page = draft.upload(&[("do", "reuse")], &[("", b"")]).follow();
    page.assert_has("1 file saved");
    page.assert_lacks("Use the bill");
    assert_eq!(page.value("bill-day").as_deref(), Some("2"));
    draft.pass("bill", BILL, "check");
    let id = page.body.split("remove-file:").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let document = draft.browser.get(&format!("/documents/{id}"));
    assert_eq!((document.status, document.bytes.len()), (200, bill_pdf().len()));
    draft.upload(&[("do", &format!("remove-file:{id}"))], &[("", b"")]);
    let sent = draft.browser.get(&format!("/port-requests/{}", earlier.sid));
    let link = sent.body.split("href=\"/documents/").nth(1).and_then(|rest| rest.split(['"', '/']).next()).unwrap();
    assert_eq!(draft.browser.get(&format!("/documents/{link}")).status, 200);
}

#[test]
fn an_old_bill_is_not_offered() {
    let desk = Desk::open();
    let (_, draft) = second(&desk, desk.owner(), "Verizon");
    desk.app.clock.advance(Duration::days(72));
    let draft = Draft { browser: desk.owner(), sid: draft.sid };
    draft.get("contact").assert_has("Use the details from request");
    draft.get("bill").assert_lacks("Use the bill");
    draft.upload(&[("do", "reuse")], &[("", b"")]);
    draft.get("bill").assert_has("No bill?");
}

#[test]
fn only_a_request_of_ones_own_to_the_same_carrier_is_offered() {
    let desk = Desk::open();
    for (browser, carrier) in
        [(desk.owner(), "T-Mobile"), (desk.manager(), "Verizon"), (desk.foreign_owner(), "Verizon")]
    {
        let (earlier, draft) = second(&desk, browser, carrier);
        draft.get("contact").assert_lacks("Use the details");
        draft.post("contact", &[("do", "reuse")]);
        assert_eq!(draft.get("contact").value("city").as_deref(), Some(""));
        // Its numbers are needed for the next round.
        desk.owner().post(&format!("/port-requests/{}/cancellation", earlier.sid), &[]);
        desk.deliver();
    }
}
