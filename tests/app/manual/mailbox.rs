//! Proof of the mailbox: the mailed link, its button, and what happens before and without it.

use chrono::Duration;
use portdesk::{
    domain::stage::Stage,
    store::{self, manual_drafts::Ages},
};

use super::walk::{CONSENTS, DETAILS, EMAIL, Form, Sent, changed, link, numbers};
use crate::{
    desk::path,
    harness::{desk::Desk, seed},
};

#[test]
fn looking_at_the_link_changes_nothing_and_its_button_sends_once() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    form.send();
    let sid = form.sid();
    let confirm = link(&desk.deliver(), "/confirm/");
    let browser = desk.browser();
    let first = browser.get(&confirm);
    first.assert_has(sid.as_str());
    for hidden in ["Northgate", "Dana", "664-0142", EMAIL, "350 Old Post"] {
        first.assert_lacks(hidden);
    }
    assert_eq!(browser.get(&confirm).body, first.body, "as often as one likes");
    assert_eq!(browser.head(&confirm).status, 200);
    assert_eq!(desk.reviewer().get(&path(&sid, "")).status, 404, "it is not before the desk");
    assert!(desk.deliver().is_empty());

    let done = browser.post(&confirm, &[]);
    assert!(done.location.as_deref().is_some_and(|to| to.starts_with("/status/")), "{done:?}");
    let request = seed::request(&desk, &sid);
    assert_eq!((request.stage, request.confirmed_at), (Stage::InReview, Some(desk.now())));
    assert_eq!(desk.deliver().len(), 1);
    let again = desk.browser().post(&confirm, &[]);
    assert_eq!(again.status, 303);
    again.follow().assert_has(sid.as_str());
    assert!(desk.deliver().is_empty(), "the second press sends nothing");
    desk.reviewer().get("/desk").assert_has("Manual form");
    browser.get(&confirm).assert_has("The email address is confirmed, and we have the request.");
}

#[test]
fn the_link_works_for_seven_days() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    form.send();
    let sid = form.sid();
    let mail = desk.deliver();
    assert!(mail[0].text.contains("Nov 28, 2026"), "{}", mail[0].text);
    let confirm = link(&mail, "/confirm/");
    desk.app.clock.advance(Duration::days(7));
    sweep(&desk);
    assert_eq!(desk.browser().get(&confirm).status, 200);
    desk.app.clock.advance(Duration::minutes(1));
    assert_eq!(desk.browser().post(&confirm, &[]).status, 404, "the sweep may be late");
    sweep(&desk);
    assert_eq!(desk.browser().get(&confirm).status, 404);
    assert_eq!(form.get("confirmation").status, 404, "nothing is left of it");
    let now = desk.now();
    assert!(
        desk.read(|conn| store::manual_drafts::abandoned(conn, Ages { unsent: now, unconfirmed: now }, 9)).is_empty()
    );
    // A new link is not to be had either.
    desk.browser().post("/status", &[("sid", sid.as_str()), ("email", EMAIL)]);
    assert!(desk.deliver().is_empty());
}

#[test]
fn what_was_sent_on_a_friday_is_confirmed_on_a_monday() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    form.send();
    let confirm = link(&desk.deliver(), "/confirm/");
    desk.app.clock.advance(Duration::days(6));
    let done = desk.browser().post(&confirm, &[]);
    assert_eq!(done.status, 303, "{done:?}");
    desk.deliver();
}

#[test]
fn the_link_is_sent_again_until_it_is_too_often() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    form.send();
    let first = link(&desk.deliver(), "/confirm/");
    let again = form.at("confirmation/again");
    form.browser.post(&again, &[]).follow().assert_has("The link is on its way again");
    let second = link(&desk.deliver(), "/confirm/");
    assert_ne!(first, second);
    assert_eq!(desk.browser().get(&first).status, 200, "the first one works too");
    for _ in 0..4 {
        form.browser.post(&again, &[]);
    }
    assert_eq!(desk.deliver().len(), 4);
    form.browser.post(&again, &[]).follow().assert_has("Try again in 60 minutes");
    assert!(desk.deliver().is_empty());
    desk.browser().post(&second, &[]);
    desk.deliver();
    form.browser.post(&again, &[]);
    assert!(desk.deliver().is_empty(), "it is confirmed");
}

#[test]
fn a_mistyped_address_is_put_right_and_its_link_opens_nothing() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    form.fill_with(&[("email", "dana@northgate.exmaple")], &[]);
    form.pass("check", CONSENTS, "confirmation");
    let sid = form.sid();
    form.get("confirmation").assert_has("dana@northgate.exmaple");
    let wrong = link(&desk.deliver(), "/confirm/");
    // Another one waits in the queue while the form is taken back.
    form.browser.post(&form.at("confirmation/again"), &[]);
    let back = form.browser.post(&form.at("confirmation/change"), &[]);
    assert_eq!(back.location.as_deref(), Some(format!("{}?from=check#email", form.at("details")).as_str()));
    back.follow().assert_has("The form is open again and not sent. Send it within 7 days");
    let twice = form.browser.post(&form.at("confirmation/change"), &[]);
    assert_eq!(twice.location, back.location, "a double press leads to the form, too");
    assert_eq!(form.get("details").value("email").as_deref(), Some("dana@northgate.exmaple"));
    form.pass("details", &changed(DETAILS, &[("from", "check")]), "check");
    form.pass("check", CONSENTS, "confirmation");
    assert_eq!(form.sid(), sid, "it is the same request");
    let mail = desk.deliver();
    assert_eq!(mail.iter().map(|it| it.to.as_str()).collect::<Vec<_>>(), [EMAIL], "nothing more to the wrong one");
    assert_eq!(desk.browser().get(&wrong).status, 404);
    assert_eq!(desk.browser().post(&wrong, &[]).status, 404);
    assert_eq!(desk.browser().post(&link(&mail, "/confirm/"), &[]).status, 303);
    desk.deliver();
    // The desk has it now.
    let late = form.browser.post(&form.at("confirmation/change"), &[]).follow();
    late.assert_has("This request is with us already");
}

#[test]
fn a_form_that_was_taken_back_is_found_again_by_its_mailbox_alone() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    form.send();
    let (sid, before) = (form.sid(), link(&desk.deliver(), "/confirm/"));
    form.browser.post(&form.at("confirmation/change"), &[]);
    desk.browser().post("/status", &[("sid", sid.as_str()), ("email", EMAIL)]);
    let mail = desk.deliver();
    assert!(mail[0].subject.as_str().starts_with("Finish your port request"), "{}", mail[0].subject.as_str());
    let after = link(&mail, "/confirm/");
    for found in [&before, &after] {
        desk.browser().get(found).assert_has("Your port request is open again");
    }
    // The form names somebody else now, who was never written to.
    let other = [("email", "other@elsewhere.example"), ("do", "save")];
    form.post("details", &changed(DETAILS, &other));
    for late in [&before, &after] {
        assert_eq!(desk.browser().get(late).status, 404);
        assert_eq!(desk.browser().post(late, &[]).status, 404);
    }
    assert_eq!(form.get("details").status, 200, "the form stays with whoever fills it");
    form.post("details", &changed(DETAILS, &[("do", "save")]));
    let opened = desk.browser().post(&after, &[]);
    assert!(opened.location.as_deref().is_some_and(|to| to.ends_with("/check")), "{opened:?}");
    opened.follow().assert_has("The form is open in this browser now");
    assert_eq!(form.get("details").status, 404, "it went to whoever has the mailbox");
}

#[test]
fn who_fills_the_hidden_field_reads_the_same_page_and_nobody_hears_of_it() {
    let desk = Desk::open();
    let (person, program) = (Form::start(&desk), Form::start(&desk));
    person.send();
    program.pass("details", &changed(DETAILS, &[("website", "https://spam.example")]), "numbers");
    program.pass("numbers", &numbers(), "documents");
    program.upload_both();
    program.pass("check", CONSENTS, "confirmation");
    let page = |form: &Form| {
        let body = form.get("confirmation").body;
        body.replace(form.sid().as_str(), "SID").replace(&form.secret, "SECRET")
    };
    assert_eq!(page(&person), page(&program));
    let mail = desk.deliver();
    assert_eq!(mail.len(), 1, "of the person alone");
    assert!(mail[0].text.contains(person.sid().as_str()));
    program.browser.post(&program.at("confirmation/again"), &[]).follow().assert_has("The link is on its way again");
    desk.browser().post("/status", &[("sid", program.sid().as_str()), ("email", EMAIL)]);
    assert!(desk.deliver().is_empty());
}

#[test]
fn what_was_agreed_to_is_kept_with_its_words_and_its_client() {
    let desk = Desk::open_with(&[("PORTDESK_TRUSTED_PROXIES", "127.0.0.1")]);
    let form = Form::start_in(desk.browser().with_header("X-Forwarded-For", "203.0.113.77"));
    form.send();
    let confirm = link(&desk.deliver(), "/confirm/");
    desk.app.clock.advance(Duration::hours(2));
    desk.browser().with_header("X-Forwarded-For", "198.51.100.1").post(&confirm, &[]);
    desk.deliver();
    let request = seed::request(&desk, &form.sid());
    let accepted = desk.read(|conn| store::acknowledgements::of_request(conn, request.id));
    let told: Vec<_> = accepted.iter().map(|it| (&*it.slug, it.text_version, &*it.client_address)).collect();
    let of = |slug| (slug, 1, "203.0.113.77");
    assert_eq!(told, ["manual_authority", "manual_impact", "manual_keep_carrier"].map(of));
}

/// What the worker does from time to time.
pub fn sweep(desk: &Desk) {
    let now = desk.now();
    desk.write(|conn| portdesk::services::sweep::remove_expired(conn, now));
}

#[test]
fn forms_that_nobody_comes_back_to_vanish_with_their_files() {
    let desk = Desk::open();
    desk.app.clock.move_to(portdesk::clock::Clock::System.now());
    let day = |ago: i64| (desk.now() - Duration::days(ago)).date();
    let part = |ago, form: &str| day(ago).format(form).to_string();
    let (signed, billed) = (["%-m", "%-d", "%Y"].map(|it| part(1, it)), ["%-m", "%-d", "%Y"].map(|it| part(9, it)));
    let form = Form::start(&desk);
    form.pass("details", DETAILS, "numbers");
    form.pass("numbers", &numbers(), "documents");
    let fields = [
        ("signed-month", &*signed[0]),
        ("signed-day", &*signed[1]),
        ("signed-year", &*signed[2]),
        ("proof", "bill"),
        ("bill-month", &*billed[0]),
        ("bill-day", &*billed[1]),
        ("bill-year", &*billed[2]),
    ];
    let files =
        [("letter", "letter.pdf", &*super::walk::letter_pdf()), ("file", "bill.pdf", &*super::walk::bill_pdf())];
    form.leads(&form.upload(&fields, &files), "check");
    let bytes = || actix_web::rt::System::new().block_on(portdesk::worker::sweep_files(&desk.app));
    desk.app.clock.advance(Duration::hours(48));
    sweep(&desk);
    assert_eq!(bytes(), Ok(0), "they are of a draft");
    assert_eq!(form.get("documents").status, 200, "48 hours are not over");
    desk.app.clock.advance(Duration::minutes(1));
    sweep(&desk);
    for page in ["details", "documents", "check", "confirmation"] {
        assert_eq!(form.get(page).status, 404, "{page}");
    }
    assert_eq!(bytes(), Ok(2), "the bytes went too");
}

#[test]
fn a_form_that_is_saved_now_and_then_stays() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    for _ in 0..3 {
        desk.app.clock.advance(Duration::hours(40));
        form.post("details", DETAILS);
        sweep(&desk);
    }
    assert_eq!(form.get("details").value("name").as_deref(), Some("Dana Ruiz"));
}

#[test]
fn the_files_of_a_request_that_came_before_the_desk_stay() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    desk.app.clock.advance(Duration::days(30));
    sweep(&desk);
    desk.app.clock.move_to(portdesk::clock::Clock::System.now() + Duration::days(3));
    assert_eq!(actix_web::rt::System::new().block_on(portdesk::worker::sweep_files(&desk.app)), Ok(0));
    let request = sent.request();
    let documents = desk.read(|conn| store::documents::of_request(conn, request.id));
    let reviewer = desk.reviewer();
    assert_eq!(reviewer.get(&format!("/documents/{}", documents[0].public_id)).status, 200);
    assert_eq!(reviewer.get(&path(&sent.sid, "/loa")).status, 200);
}
