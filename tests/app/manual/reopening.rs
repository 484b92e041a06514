//! Something that a request names is changed between sending and confirming: its form opens again, and nothing is lost.

use portdesk::domain::stage::Stage;

use super::mailbox::sweep;
use super::walk::{ACCOUNT_NUMBER, CONSENTS, EMAIL, Form, WIRELESS_PIN, changed, link, numbers};
use crate::{
    desk::path,
    harness::{browser::Browser, desk::Desk, page::Page, seed},
};

/// The admin changes the location of the request.
#[track_caller]
fn change_location(desk: &Desk, with: &[(&'static str, &'static str)]) {
    let as_is = [
        ("version", "1"),
        ("name", "Northgate"),
        ("location_id", "NORTHGATE"),
        ("time_zone", "America/New_York"),
        ("porting", "on"),
    ];
    let saved = desk.admin().post("/admin/locations/NORTHGATE", &changed(&as_is, with));
    assert_eq!(saved.status, 303, "{saved:?}");
}

/// Presses the button behind a link and comes to the form, in another browser than the one that filled it.
#[track_caller]
fn press(desk: &Desk, confirm: &str) -> (Form, Page) {
    let browser: Browser = desk.browser();
    let pressed = browser.post(confirm, &[]);
    let to = pressed.location.clone().unwrap_or_else(|| panic!("the form is open: {pressed:?}"));
    let secret = to.strip_prefix("/manual-port-requests/").and_then(|to| to.split_once("/check"));
    let secret = secret.filter(|(_, query)| ["", "?check=1"].contains(query)).map(|(secret, _)| secret);
    let secret = secret.unwrap_or_else(|| panic!("it leads to the last page, not to {to}")).to_owned();
    (Form { browser, secret }, pressed.follow())
}

#[test]
fn a_renamed_location_opens_the_form_again_and_the_mailbox_stays_proven() {
    let desk = Desk::open();
    let first = Form::start(&desk);
    first.send();
    let sid = first.sid();
    let confirm = link(&desk.deliver(), "/confirm/");
    change_location(&desk, &[("location_id", "NG-EAST")]);

    let (form, page) = press(&desk, &confirm);
    page.assert_has("Your email address is confirmed, but something that the form names has changed since");
    page.assert_has("send it within 7 days");
    page.assert_has("We do not know that Location ID. It may have been changed: ask the owner of the account for it");
    for kept in ["Northgate Dental, LLC", "350 Old Post Road", "letter.pdf", "bill.pdf"] {
        page.assert_has(kept);
    }
    assert_eq!(desk.reviewer().get(&path(&sid, "")).status, 404, "it is not before the desk");
    assert_eq!(first.get("check").status, 404, "the form went to whoever has the mailbox");
    for address in ["numbers", "numbers?check=1", "check", "check?check=1"] {
        form.get(address).assert_lacks(ACCOUNT_NUMBER);
        form.get(address).assert_lacks(WIRELESS_PIN);
    }

    // The proven address stays, whatever is sent.
    let details = form.get("details");
    details.assert_has("which is confirmed");
    assert!(details.value("email").is_none(), "there is no field for it");
    let fields = changed(super::walk::DETAILS, &[("location_id", "NG-EAST"), ("email", "other@elsewhere.example")]);
    form.pass("details", &fields, "numbers");
    form.get("check").assert_lacks("other@elsewhere.example");
    form.pass("check", CONSENTS, "confirmation");
    form.get("confirmation").assert_has("Request sent");
    let request = seed::request(&desk, &sid);
    assert_eq!((request.stage, request.confirmed_at), (Stage::InReview, Some(desk.now())));
    let mail = desk.deliver();
    assert_eq!(
        mail.iter().map(|it| it.to.as_str()).collect::<Vec<_>>(),
        [EMAIL],
        "it is received, and nothing to confirm"
    );
    desk.browser().get(&link(&mail, "/status/")).assert_has(sid.as_str());
    desk.browser().get(&confirm).assert_has("The email address is confirmed, and we have the request.");
}

#[test]
fn the_link_finds_the_way_back_to_the_open_form() {
    let desk = Desk::open();
    let first = Form::start(&desk);
    first.send();
    let sid = first.sid();
    let confirm = link(&desk.deliver(), "/confirm/");
    change_location(&desk, &[("porting", "off"), ("reason", "Add a payment method first")]);
    let (form, page) = press(&desk, &confirm);
    page.assert_lacks("Add a payment method first");
    let blank = [("account_number", ""), ("account_pin", ""), ("wireless-0-pin", "")];
    let kept = form.get("numbers").hidden("kept").expect("the page says what is kept");
    let fields = changed(&numbers(), &blank);
    let fields: Vec<(&str, &str)> = fields.into_iter().chain([("kept", kept.as_str())]).collect();
    form.pass("numbers", &fields, "documents");

    desk.browser().post("/status", &[("sid", sid.as_str()), ("email", EMAIL)]);
    let mail = desk.deliver();
    assert!(mail[0].subject.as_str().starts_with("Finish your port request"), "{}", mail[0].subject.as_str());
    assert!(mail[0].text.contains("everything that was typed is there until Nov 28, 2026"), "{}", mail[0].text);
    let another = link(&mail, "/confirm/");
    desk.browser().get(&another).assert_has("Your port request is open again");
    let looked = desk.browser().get(&confirm);
    looked.assert_has("Your port request is open again");
    let (again, page) = press(&desk, &confirm);
    page.assert_has("Northgate Dental, LLC");
    page.assert_has("The form is open in this browser now");
    page.assert_lacks("has changed since");
    assert_eq!(form.get("check").status, 404);
    change_location(&desk, &[("version", "2")]);
    let sent = again.post("check", CONSENTS);
    again.leads(&sent, "confirmation");
    desk.deliver();
}

#[test]
fn numbers_that_are_not_taken_any_more_are_named() {
    let desk = Desk::open();
    let admin = desk.admin();
    let new = [("code", "222"), ("kind", "geographic"), ("country", "US")];
    let added = admin.post("/admin/area-codes", &new).follow();
    let removal = added.body.split('"').find(|it| it.ends_with("/removal")).expect("it can be removed").to_owned();
    let first = Form::start(&desk);
    first.fill_with(&[], &[("landline", "222-842-5519")]);
    first.pass("check", CONSENTS, "confirmation");
    let confirm = link(&desk.deliver(), "/confirm/");
    assert_eq!(admin.post(&removal, &[]).status, 303);
    let (form, page) = press(&desk, &confirm);
    page.assert_has("222 is not an area code in use");
    form.get("numbers").assert_has("222-842-5519");
}

#[test]
fn a_form_that_is_open_again_waits_for_the_seven_days_of_its_mail() {
    let desk = Desk::open();
    Form::start(&desk).send();
    let confirm = link(&desk.deliver(), "/confirm/");
    change_location(&desk, &[("location_id", "NG-EAST")]);
    let (form, _) = press(&desk, &confirm);
    form.get("details").assert_has("kept for 7 days");
    desk.app.clock.advance(chrono::Duration::days(7));
    sweep(&desk);
    assert_eq!(form.get("check").status, 200);
    desk.app.clock.advance(chrono::Duration::minutes(1));
    sweep(&desk);
    assert_eq!(form.get("check").status, 404);
    assert_eq!(desk.browser().get(&confirm).status, 404);
}
