//! Twice pressed, gone back, reloaded, and opened in two tabs.

use portdesk::store::{self, manual_drafts::Ages};

use super::walk::{
    ACCOUNT_PIN, CONSENTS, DETAILS, DOCUMENTS, Form, WIRELESS_PIN, bill_pdf, changed, letter_pdf, link, numbers,
};
use crate::harness::desk::Desk;

/// Drafts that became no request.
fn drafts(desk: &Desk) -> usize {
    let later = desk.now() + chrono::Duration::days(100);
    desk.read(|conn| store::manual_drafts::abandoned(conn, Ages { unsent: later, unconfirmed: later }, 100)).len()
}

#[test]
fn start_pressed_twice_begins_one_draft() {
    let desk = Desk::open();
    let browser = desk.browser();
    let token = browser.get("/manual-port-requests").hidden("token").expect("the form has a token");
    let answers: Vec<Option<String>> = std::thread::scope(|scope| {
        let press = || browser.post("/manual-port-requests", &[("token", &token)]).location;
        let presses: Vec<_> = (0..4).map(|_| scope.spawn(press)).collect();
        presses.into_iter().map(|it| it.join().expect("the desk answers")).collect()
    });
    assert!(answers.iter().all(|to| *to == Some(format!("/manual-port-requests/{token}/details"))), "{answers:?}");
    assert_eq!(drafts(&desk), 1);
    assert_eq!(browser.get("/manual-port-requests").status, 200);
    assert_eq!(drafts(&desk), 1, "looking begins none");
}

#[test]
fn send_pressed_twice_is_one_request_and_one_mail() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    form.fill();
    let answers: Vec<Option<String>> = std::thread::scope(|scope| {
        let press = || form.post("check", CONSENTS).location;
        let presses: Vec<_> = (0..4).map(|_| scope.spawn(press)).collect();
        presses.into_iter().map(|it| it.join().expect("the desk answers")).collect()
    });
    assert!(answers.iter().all(|to| *to == Some(form.at("confirmation"))), "{answers:?}");
    let mail = desk.deliver();
    assert_eq!(mail.len(), 1);
    let confirm = link(&mail, "/confirm/");
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let press = || desk.browser().post(&confirm, &[]).status;
        let presses: Vec<_> = (0..4).map(|_| scope.spawn(press)).collect();
        presses.into_iter().map(|it| it.join().expect("the desk answers")).collect()
    });
    assert_eq!(statuses, [303; 4]);
    assert_eq!(desk.deliver().len(), 1, "one request, so one mail");
    assert_eq!(drafts(&desk), 0);
}

#[test]
fn back_and_reload_post_nothing_and_change_nothing() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    for (page, fields) in [("details", DETAILS), ("numbers", &numbers()), ("documents", DOCUMENTS), ("check", CONSENTS)]
    {
        assert_eq!(form.post(page, fields).status, 303, "{page} answers with a redirect, also to a mistake");
    }
    form.upload_both();
    let before: Vec<String> = ["details", "numbers", "documents", "check"].map(|page| form.get(page).body).to_vec();
    let again: Vec<String> = ["details", "numbers", "documents", "check"].map(|page| form.get(page).body).to_vec();
    assert_eq!(before, again);
    form.pass("check", CONSENTS, "confirmation");
    desk.deliver();
    // Back from the end: every page leads to where the request is, and a form posted there changes nothing.
    for page in ["details", "numbers", "documents", "check"] {
        form.leads(&form.get(page), "confirmation");
        let posted = form.post(page, &changed(DETAILS, &[("name", "Mallory")]));
        assert_eq!(posted.status, 303, "{posted:?}");
    }
    let files = form.upload(DOCUMENTS, &[("file", "late.pdf", &bill_pdf())]);
    form.leads(&files, "confirmation");
    assert!(desk.deliver().is_empty());
}

#[test]
fn the_way_back_through_the_form_keeps_what_was_typed() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    let half = changed(DETAILS, &[("street", "3"), ("do", "back")]);
    assert_eq!(form.post("details", &half).location.as_deref(), Some("/manual-port-requests"));
    assert_eq!(form.get("details").value("street").as_deref(), Some("3"));
    form.pass("details", DETAILS, "numbers");
    form.pass("numbers", &changed(&numbers(), &[("account_number", ""), ("do", "back")]), "details");
    form.get("numbers").assert_has("(212) 664-0142, 1-800-356-9377");
}

#[test]
fn an_older_tab_is_set_aside_until_its_person_decides() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    form.pass("details", DETAILS, "numbers");
    let old = form.get("details").hidden("version").expect("the page names its version");
    form.pass("details", &changed(DETAILS, &[("name", "Dana R. Ruiz"), ("version", &old)]), "numbers");
    let late = form.post("details", &changed(DETAILS, &[("name", "Robin Park"), ("version", &old)]));
    assert_eq!(late.location.as_deref(), Some(&*format!("{}?changed=1", form.at("details"))));
    let page = late.follow();
    page.assert_has("This form was changed in another tab");
    page.assert_has("the other tab saved “Dana R. Ruiz”, here it is “Robin Park”");
    assert_eq!(page.value("name").as_deref(), Some("Robin Park"));
    assert_eq!(form.get("details").value("name").as_deref(), Some("Dana R. Ruiz"), "nothing was overwritten");
    let background = form.browser.with_header("X-Background", "save");
    let fields = changed(DETAILS, &[("name", "Kim Wu"), ("version", &old), ("do", "save")]);
    assert_eq!(background.post(&form.at("details"), &fields).status, 409);
    let fresh = page.hidden("version").expect("the page names its version");
    form.pass("details", &changed(DETAILS, &[("name", "Robin Park"), ("version", &fresh)]), "numbers");
    assert_eq!(form.get("details").value("name").as_deref(), Some("Robin Park"));
}

#[test]
fn a_letter_that_another_tab_replaced_is_seen_before_it_is_sent() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    form.fill();
    let version = form.get("check").hidden("version").expect("the page names its version");
    let newer = [&letter_pdf()[..], b"\n"].concat();
    form.leads(&form.upload(DOCUMENTS, &[("letter", "newer.pdf", &newer)]), "check");
    let page = form.post("check", &changed(CONSENTS, &[("version", &version)])).follow();
    page.assert_has("The form was changed in another tab");
    page.assert_has("newer.pdf");
    // Also where the page that brought it lost against another tab.
    let old = form.get("documents").hidden("version").expect("the page names its version");
    form.leads(&form.upload(&changed(DOCUMENTS, &[("signed-day", "19")]), &[]), "check");
    let version = form.get("check").hidden("version").expect("the page names its version");
    let late = changed(DOCUMENTS, &[("signed-day", "18"), ("version", &old)]);
    let newest = [&letter_pdf()[..], b"\n\n"].concat();
    form.upload(&late, &[("letter", "newest.pdf", &newest)]).follow().assert_has("changed in another tab");
    let page = form.post("check", &changed(CONSENTS, &[("version", &version)])).follow();
    page.assert_has("The form was changed in another tab");
    page.assert_has("newest.pdf");
    assert!(desk.deliver().is_empty());
}

#[test]
fn what_another_tab_changed_is_seen_before_it_is_sent() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    form.fill();
    let version = form.get("check").hidden("version").expect("the page names its version");
    form.pass("details", &changed(DETAILS, &[("street", "999 Elsewhere Avenue")]), "numbers");
    let stale = changed(CONSENTS, &[("version", &version)]);
    let refused = form.post("check", &stale);
    assert_eq!(refused.location.as_deref(), Some(form.at("check").as_str()));
    let page = refused.follow();
    page.assert_has("The form was changed in another tab. Look through it again before you send it.");
    page.assert_has("999 Elsewhere Avenue");
    assert!(desk.deliver().is_empty());
    let seen = page.hidden("version").expect("the page names its version");
    form.pass("check", &changed(CONSENTS, &[("version", &seen)]), "confirmation");
    desk.deliver();
}

#[test]
fn a_pin_that_was_accepted_is_not_sent_back() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    form.pass("details", DETAILS, "numbers");
    form.pass("numbers", &numbers(), "documents");
    for address in ["numbers", "numbers?check=1", "numbers?from=check", "check", "check?check=1", "documents"] {
        let page = form.get(address);
        page.assert_lacks(WIRELESS_PIN);
        page.assert_lacks(ACCOUNT_PIN);
    }
    let page = form.get("numbers");
    page.assert_has("Saved today. Leave blank to keep it.");
    // Left blank, it is kept.
    let kept = page.hidden("kept").expect("the page says which are kept");
    let blank = changed(&numbers(), &[("wireless-0-pin", ""), ("account_pin", ""), ("kept", &kept)]);
    form.pass("numbers", &blank, "documents");
    form.upload_both();
    form.pass("check", CONSENTS, "confirmation");
    desk.deliver();
}

#[test]
fn a_full_ssn_is_dropped() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    form.pass("details", DETAILS, "numbers");
    let fields = [("wireless-0-pin", "219-09-9999"), ("wireless-0-kind", "ssn"), ("account_pin", "219-09-9998")];
    let page = form.post("numbers", &changed(&numbers(), &fields)).follow();
    assert!(page.body.contains("id=\"wireless-0-pin-error\""), "{page:?}");
    for hidden in ["219-09-9999", "219099999", "219-09-9998"] {
        page.assert_lacks(hidden);
        form.get("numbers").assert_lacks(hidden);
    }
}

#[test]
fn what_is_only_odd_is_asked_about_once() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    form.pass("details", DETAILS, "numbers");
    let example = changed(&numbers(), &[("landline", "(212) 555-0142")]);
    let asked = form.post("numbers", &example).follow();
    asked.assert_has("555-0100 to 555-0199 are kept for examples");
    form.pass("numbers", &example, "documents");
    form.upload_both();
    form.pass("check", CONSENTS, "confirmation");
    desk.deliver();
}
