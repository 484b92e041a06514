//! A refused request is put right over the link to its status, and keeps its SID.

use portdesk::{domain::stage::Stage, store};

use super::walk::{
    ACCOUNT_NUMBER, ACCOUNT_PIN, CONSENTS, DAY, DETAILS, DOCUMENTS, EMAIL, Form, Sent, WIRELESS_PIN, bill_pdf, changed,
    compare, letter_pdf, numbers,
};
use crate::{
    desk::{decide, history, path},
    harness::desk::Desk,
};

/// The form as its pages show it: blank PINs stand for saved ones.
fn as_shown(form: &Form, with: &[(&'static str, &'static str)]) -> Vec<(&'static str, String)> {
    let kept = form.get("numbers").hidden("kept").expect("the page says which PINs are kept");
    let blank = changed(&numbers(), &[("account_number", ""), ("wireless-0-pin", ""), ("account_pin", "")]);
    let mut fields: Vec<(&'static str, String)> =
        changed(&blank, with).into_iter().map(|(name, value)| (name, value.to_owned())).collect();
    fields.push(("kept", kept));
    fields
}

#[track_caller]
fn pass_numbers(form: &Form, with: &[(&'static str, &'static str)], next: &str) {
    let fields = as_shown(form, with);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    form.pass("numbers", &fields, next);
}

#[test]
fn a_refused_request_is_corrected_and_keeps_sid_letter_and_bill() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    sent.reject("pin-invalid");
    let page = sent.page();
    page.assert_has("Rejected");
    page.assert_has("Fix and resubmit");
    let form = sent.correct();
    let check = form.get("check");
    check.assert_has(sent.sid.as_str());
    for kept in ["Northgate Dental, LLC", "+12126640142", "As you sent it", "bill.pdf", "350 Old Post Road"] {
        check.assert_has(kept);
    }
    for secret in [WIRELESS_PIN, ACCOUNT_PIN, ACCOUNT_NUMBER] {
        check.assert_lacks(secret);
        for address in ["numbers", "numbers?check=1"] {
            form.get(address).assert_lacks(secret);
        }
    }
    check.assert_has("••••471B");
    form.get("numbers").assert_has("As you sent it, ••••471B. Leave blank to keep it.");
    let letter = crate::harness::loa::newest(&desk, &sent.sid);
    pass_numbers(&form, &[("wireless-0-pin", "nq7733vv")], "documents");
    form.pass("check", CONSENTS, "confirmation");
    form.get("confirmation").assert_has("Request sent");
    let request = sent.request();
    assert_eq!((request.sid.as_str(), request.stage, request.attempt), (sent.sid.as_str(), Stage::InReview, 2));
    assert_eq!(crate::harness::loa::newest(&desk, &sent.sid).id, letter.id, "the letter says the same");
    assert_eq!(desk.read(|conn| store::documents::sent_with(conn, request.id)).len(), 1);
    assert!(history(&desk, &sent.sid).iter().any(|line| line.event == "resubmitted"));
    let mail = desk.deliver();
    assert_eq!(mail.iter().map(|it| it.to.as_str()).collect::<Vec<_>>(), [EMAIL]);
    sent.to_carrier();
    let pins = desk.read(|conn| store::numbers::of_request(conn, request.id));
    let pin = pins.iter().find_map(|it| it.pin(&desk.app.house.vault).expect("it opens"));
    assert_eq!(pin.as_deref(), Some("nq7733vv"));
    desk.reviewer().get(&path(&sent.sid, "")).assert_has("Account number ••••471B");
    desk.deliver();
}

#[test]
fn what_was_refused_is_asked_about_before_it_goes_again() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    sent.to_carrier();
    let fields = [("reason", "account-number-mismatch"), ("carrier-words", "ACCT NBR MISMATCH"), ("do", "reject")];
    assert_eq!(decide(&desk.reviewer(), &sent.sid, "/rejection", &fields).status, 303);
    desk.deliver();
    sent.page().assert_has("What the carrier wrote ACCT NBR MISMATCH");
    let opened = sent.post("/correction", &[]);
    assert!(opened.location.as_deref().is_some_and(|to| to.ends_with("/numbers?from=check")), "{opened:?}");
    let page = opened.follow();
    page.assert_has("This is the same account number Verizon refused. Check it, then send again");
    assert!(page.body.contains("id=\"account_number-warning\""), "the field is marked: {page:?}");
    page.assert_lacks("Check this before you go on");
    let form = sent.correct();
    let asked = form.post("check", CONSENTS).follow();
    asked.assert_has("What the carrier wrote ACCT NBR MISMATCH");
    asked.assert_has("This is the same account number Verizon refused. Check it, then send again");
    assert_eq!(sent.request().stage, Stage::Rejected, "nothing is sent yet");
    form.pass("check", CONSENTS, "confirmation");
    assert_eq!(sent.request().stage, Stage::InReview);
    desk.deliver();
}

#[test]
fn a_signer_who_may_not_sign_is_replaced_by_a_new_letter() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    sent.reject("auth-person-mismatch");
    sent.page().assert_has("upload a letter that this person signed");
    let form = sent.correct();
    let page = form.get("documents?from=check");
    page.assert_has("The letter was refused. Upload a newly signed one");
    page.assert_lacks("Letter as you sent it");
    let refused = form.post("check", CONSENTS).follow();
    refused.assert_has("The letter was refused. Upload a newly signed one");
    form.upload(DOCUMENTS, &[("letter", "new.pdf", &*letter_pdf())]);
    form.pass("check", CONSENTS, "confirmation");
    desk.deliver();
}

#[test]
fn another_account_number_is_taken_and_none_is_missed() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    sent.reject("account-number-mismatch");
    let form = sent.correct();
    let emptied = [("kept", ""), ("account_number", ""), ("wireless-0-pin", "nq7733vv"), ("account_pin", "blue horse")];
    form.post("numbers", &changed(&numbers(), &emptied)).follow().assert_has("Enter the account number");
    pass_numbers(&form, &[("account_number", "55-9911-Z"), ("account_pin", "blue horse")], "documents");
    form.get("numbers").assert_lacks("55-9911-Z");
    form.get("check").assert_lacks("55-9911-Z");
    form.upload_both();
    form.pass("check", CONSENTS, "confirmation");
    desk.reviewer().get(&path(&sent.sid, "")).assert_has("Account number ••••1-Z");
    desk.deliver();
}

#[test]
fn a_changed_fact_of_the_letter_asks_for_a_new_one() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    sent.reject("service-address-mismatch");
    let form = sent.correct();
    form.pass("details", &changed(DETAILS, &[("street", "352 Old Post Road")]), "numbers");
    let asked = form.post("check", CONSENTS).follow();
    asked.assert_has("What the letter says has changed since it was signed. Upload a newly signed letter");
    assert_eq!(sent.request().stage, Stage::Rejected);
    assert!(desk.deliver().is_empty());
    let newer = [&letter_pdf()[..], b"\n"].concat();
    form.leads(&form.upload(DOCUMENTS, &[("letter", "newer.pdf", &newer)]), "check");
    form.pass("check", CONSENTS, "confirmation");
    let letter = crate::harness::loa::newest(&desk, &sent.sid);
    assert_eq!((letter.version, letter.compared_at), (2, None), "the desk looks at its day, too");
    assert_eq!(sent.request().stage, Stage::InReview);
    compare(&desk, &sent.sid, DAY);
    desk.deliver();
}

#[test]
fn a_refused_letter_is_not_taken_again() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    sent.reject("loa-illegible");
    let form = sent.correct();
    let asked = form.post("check", CONSENTS).follow();
    asked.assert_has("The letter was refused. Upload a newly signed one");
    assert_eq!(sent.request().stage, Stage::Rejected);
    let same = form.upload(DOCUMENTS, &[("letter", "again.pdf", &*letter_pdf())]).follow();
    same.assert_has("This is the same letter we refused. Check it, then send again");
    form.get("check").assert_has("This is the same letter we refused");
    let newer = [&letter_pdf()[..], b"\n"].concat();
    form.leads(&form.upload(DOCUMENTS, &[("letter", "newer.pdf", &newer)]), "check");
    form.get("check").assert_lacks("This is the same letter");
    form.pass("check", CONSENTS, "confirmation");
    assert_eq!(sent.request().stage, Stage::InReview);
    desk.deliver();
}

#[test]
fn mailbox_and_destination_stay_those_of_the_request() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    sent.reject("business-name-mismatch");
    let form = sent.correct();
    let page = form.get("details");
    page.assert_has("This is the same name we refused. Check it, then send again");
    page.assert_has("Updates go to dana@northgate.example, and the numbers to the location NORTHGATE");
    assert_eq!((page.value("email"), page.value("location_id")), (None, None));
    let check = form.get("check");
    for stays in ["Change Your email", "Change Location ID"] {
        check.assert_lacks(stays);
    }
    check.assert_has("Change Your name");
    let stolen = [("email", "mallory@harbor.example"), ("location_id", "HARBOR"), ("name", "Dana R. Ruiz")];
    form.post("details", &changed(DETAILS, &stolen)).follow().assert_has("This is the same name we refused");
    form.pass("details", &changed(DETAILS, &stolen), "numbers");
    let newer = [&letter_pdf()[..], b"\n"].concat();
    form.upload(DOCUMENTS, &[("letter", "newer.pdf", &newer)]);
    form.pass("check", CONSENTS, "confirmation");
    let request = sent.request();
    assert_eq!((request.location_id, request.account_id), (desk.people.location.id, desk.people.account));
    let contact = desk.read(|conn| store::users::find(conn, request.submitted_by));
    assert_eq!((&*contact.name, &*contact.email), ("Dana R. Ruiz", EMAIL));
    assert!(desk.deliver().iter().all(|it| it.to == EMAIL));
}

#[test]
fn a_correction_goes_on_in_another_browser_and_is_sent_once() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    sent.reject("bill-too-old");
    let first = sent.correct();
    first.upload(
        &changed(DOCUMENTS, &[("do", "upload")]),
        &[("file", "newest.pdf", &[&bill_pdf()[..], b"\n\n"].concat())],
    );
    let second = sent.correct();
    second.get("documents").assert_has("newest.pdf");
    assert_ne!(first.secret, second.secret);
    first.get("documents").follow().assert_has("This form is closed");
    let id = |name: &str| {
        let page = second.get("documents").body;
        let place = page.find(&format!("data-file=\"{name}\"")).expect("the file is listed");
        page[..place].rsplit("remove-file:").next().and_then(|it| it.split('"').next()).expect("an id").to_owned()
    };
    let old = id("bill.pdf");
    second.post("documents", &changed(DOCUMENTS, &[("do", &format!("remove-file:{old}"))]));
    second.get("documents").assert_lacks("data-file=\"bill.pdf\"");
    second.pass("check", CONSENTS, "confirmation");
    second.leads(&second.post("check", CONSENTS), "confirmation");
    let request = sent.request();
    assert_eq!(request.attempt, 2);
    let names: Vec<String> =
        desk.read(|conn| store::documents::sent_with(conn, request.id)).into_iter().map(|it| it.file_name).collect();
    assert_eq!(names, ["newest.pdf"]);
    assert_eq!(desk.deliver().len(), 1);
    // It waits for the desk now.
    sent.post("/correction", &[]).follow().assert_has("This request is not waiting for you any more");
}

#[test]
fn a_correction_of_what_was_canceled_sends_nothing() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    sent.reject("pin-invalid");
    let form = sent.correct();
    assert_eq!(sent.post("/cancellation", &[("reason", "stay")]).status, 303);
    assert_eq!(desk.deliver().len(), 1);
    form.leads(&form.get("check"), "confirmation");
    form.post("check", CONSENTS);
    form.get("confirmation").assert_has("This form is closed");
    assert_eq!(sent.request().stage, Stage::Canceled);
    assert!(desk.deliver().is_empty());
}

#[test]
fn whoever_opens_the_next_link_sees_no_secret_that_was_typed_before() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    sent.reject("pin-invalid");
    let first = sent.correct();
    let typed = [("account_number", "55-9911-ZZ!"), ("wireless-0-pin", "nq7733vv"), ("do", "save")];
    first.post("numbers", &changed(&numbers(), &typed));
    let second = sent.correct();
    for page in ["check", "numbers", "numbers?check=1"] {
        let shown = second.get(page);
        shown.assert_lacks("9911");
        shown.assert_lacks("nq7733vv");
    }
    second.get("check").assert_has("••••");
}

#[test]
fn a_name_that_was_put_right_is_not_asked_about() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    sent.reject("end-user-name-mismatch");
    let form = sent.correct();
    form.get("details").assert_has("This is the same name we refused. Check it, then send again");
    form.pass("details", &changed(DETAILS, &[("legal_name", "Northgate Dental, PLLC")]), "numbers");
    form.get("details").assert_lacks("This is the same name");
}
