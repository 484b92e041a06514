//! Who is asked for a signature again, what they are told, and who is not asked any more.

use chrono::Duration;
use portdesk::{
    domain::{
        loa::{EndReason, LoaMode, LoaState},
        people::Customer,
        request_sid::RequestSid,
        stage::Stage,
    },
    mail::Outgoing,
    services::{draft, send_request},
    store,
};

use crate::{
    harness::{
        desk::Desk,
        loa,
        seed::{self, Seed},
    },
    sign::asked::Asked,
};

const DANA: &str = "dana@northgate.example";
const PAT: [(&str, &str); 4] =
    [("who", "other"), ("signer_name", "Pat Lee"), ("signer_email", "pat@northgate.example"), ("signer_note", "")];

/// Sends a request anew with other answers.
fn send_changed(
    desk: &Desk,
    customer: &Customer,
    sid: &RequestSid,
    change: impl FnOnce(&mut portdesk::domain::draft::Answers),
) {
    let (house, now) = (&desk.app.house, desk.now());
    if seed::request(desk, sid).stage.is_changeable() {
        desk.write(|conn| draft::begin_change(conn, house, customer, sid, now));
    }
    desk.write(|conn| {
        draft::change(conn, house, customer, sid, now, |_, _, answers| {
            change(answers);
            Ok(())
        })
    });
    desk.write(|conn| send_request::send(conn, house, customer, sid, now));
}

/// What one address got, joined.
fn told(mails: &[Outgoing], to: &str) -> Vec<String> {
    mails.iter().filter(|mail| mail.to == to).map(|mail| mail.text.clone()).collect()
}

#[track_caller]
fn assert_one(mails: &[String], words: &str) {
    assert!(mails.len() == 1 && mails[0].contains(words), "{words}: {mails:#?}");
}

/// Asks another signer and confirms what is only asked about.
fn change_signer(desk: &Desk, sid: &RequestSid, fields: &[(&str, &str)]) -> crate::harness::page::Page {
    let (owner, here) = (desk.owner(), format!("/port-requests/{sid}/loa/signer"));
    let first = owner.post(&here, fields);
    match first.hidden("seen") {
        Some(seen) if first.status == 422 => owner.post(&here, &[fields, &[("seen", seen.as_str())]].concat()),
        _ => first,
    }
}

#[test]
fn whoever_signed_is_told_why_they_sign_again() {
    let desk = Desk::open();
    let customer = desk.people.owner();
    let asked = Asked::by(&desk, &customer);
    let page = asked.read();
    assert_eq!(asked.sign(&page, &[]).status, 303);
    desk.deliver();
    send_changed(&desk, &customer, &asked.sid, |answers| answers.contact.street.push('1'));
    let mails = desk.deliver();
    assert_one(
        &told(&mails, DANA),
        "You signed a letter about this before. It no longer counts, because details that the letter prints were changed",
    );
    assert_eq!(asked.now().state, LoaState::Superseded);
}

#[test]
fn a_signature_that_another_person_replaces_is_taken_back_by_mail() {
    let desk = Desk::open();
    let customer = desk.people.owner();
    let asked = Asked::by(&desk, &customer);
    let page = asked.read();
    assert_eq!(asked.sign(&page, &[]).status, 303);
    desk.deliver();
    send_changed(&desk, &customer, &asked.sid, |answers| {
        "other".clone_into(&mut answers.signer.who);
        "Pat Lee".clone_into(&mut answers.signer.signer_name);
        "pat@northgate.example".clone_into(&mut answers.signer.signer_email);
    });
    let mails = desk.deliver();
    assert_one(&told(&mails, DANA), "The letter that you signed");
    assert_one(&told(&mails, "pat@northgate.example"), "asks you to sign a letter of authorization");
    // Both chains name both.
    for loa in [asked.loa.id, loa::newest(&desk, &asked.sid).id] {
        let events = desk.read(|conn| store::loa_events::of_loa(conn, loa));
        let handed = events.iter().find(|event| event.body.kind.code() == "reassigned").expect("an event");
        let detail = &handed.body.detail;
        assert_eq!((detail["from_email"].as_str(), detail["to_email"].as_str()), (DANA, "pat@northgate.example"));
    }
}

#[test]
fn a_correction_is_answered_with_a_letter_that_says_so() {
    let desk = Desk::open();
    let customer = desk.people.owner();
    let asked = Asked::by(&desk, &customer);
    asked.read();
    asked.browser.post(&asked.path("/correction"), &[("what", "The street is wrong")]);
    desk.deliver();
    send_changed(&desk, &customer, &asked.sid, |answers| answers.contact.street.push('1'));
    assert_one(&told(&desk.deliver(), DANA), "You told us that something in the letter is wrong. It was changed since");
}

#[test]
fn an_address_that_reported_a_request_gets_no_other_mail_about_it() {
    let desk = Desk::open();
    let customer = desk.people.owner();
    let asked = Asked::by(&desk, &customer);
    asked.browser.post(&format!("{}/report", asked.link()), &[]);
    assert_eq!(EndReason::from_code(&asked.now().end_reason), Some(EndReason::Reported));
    desk.deliver();
    let words = "dana@northgate.example reported this request as unknown, so no email goes there.";
    let dana = [("who", "other"), ("signer_name", "Dana Ruiz"), ("signer_email", "Dana@northgate.example")];
    change_signer(&desk, &asked.sid, &dana).assert_has(&words.replace("dana@", "Dana@"));
    // Sending changes does not get around it, and another address does.
    let (owner, at) = (desk.owner(), |page: &str| format!("/port-requests/{}/{page}", asked.sid));
    owner.post(&at("changes"), &[]);
    owner.post(&at("check"), &[]);
    owner.get(&at("check?check=1")).assert_has(words);
    assert!(told(&desk.deliver(), DANA).is_empty());
    assert_eq!(change_signer(&desk, &asked.sid, &PAT).status, 303);
    assert_eq!(told(&desk.deliver(), "pat@northgate.example").len(), 1);
}

#[test]
fn a_second_click_asks_nobody_twice() {
    let desk = Desk::open();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::AwaitingSignature);
    for _ in 0..2 {
        assert_eq!(change_signer(&desk, &sid, &PAT).status, 303);
    }
    assert_eq!(loa::newest(&desk, &sid).version, 2);
    assert_eq!(told(&desk.deliver(), "pat@northgate.example").len(), 1);
}

#[test]
fn details_that_change_often_mail_their_signer_ten_times_a_day() {
    let desk = Desk::open();
    let customer = desk.people.owner();
    let asked = Asked::by(&desk, &customer);
    let mut mails = 1;
    for _ in 0..11 {
        send_changed(&desk, &customer, &asked.sid, |answers| answers.contact.street.push('1'));
        mails += told(&desk.deliver(), DANA).len();
    }
    assert_eq!(mails, 10);
    assert_eq!(loa::newest(&desk, &asked.sid).version, 12, "the changes themselves are not stopped");
    desk.reviewer().get("/desk/mail").assert_has("Goes out on");
    desk.app.clock.advance(Duration::hours(24));
    let late = told(&desk.deliver(), DANA);
    assert_eq!(late.len(), 1, "of those that were kept back the one goes out that still counts");
}

#[test]
fn the_order_of_the_numbers_is_nothing_that_anybody_signs() {
    let desk = Desk::open();
    let customer = desk.people.owner();
    let seed = Seed { numbers: "212-555-0143, 212-555-0142", ..Seed::default() };
    let sid = seed::sent_request(&desk, &customer, seed);
    desk.deliver();
    let before = loa::newest(&desk, &sid);
    send_changed(&desk, &customer, &sid, |answers| {
        "212-555-0142\n212-555-0143".clone_into(&mut answers.numbers.landline);
    });
    let after = loa::newest(&desk, &sid);
    assert_eq!((after.id, after.state), (before.id, LoaState::Uploaded));
}

#[test]
fn what_cannot_be_printed_goes_on_on_paper() {
    let desk = Desk::open();
    let (owner, customer) = (desk.owner(), desk.people.owner());
    let sid = seed::draft(&desk, &customer, Seed::default());
    let now = desk.now();
    desk.write(|conn| {
        draft::change(conn, &desk.app.house, &customer, &sid, now, |_, _, answers| {
            "北门牙科".clone_into(&mut answers.contact.business_name);
            "paper".clone_into(&mut answers.signer.who);
            "Dana Ruiz".clone_into(&mut answers.signer.signer_name);
            Ok(())
        })
    });
    seed::send_unsigned(&desk, &customer, &sid);
    desk.deliver();
    assert_eq!(loa::newest(&desk, &sid).mode, LoaMode::Paper);
    let at = |page: &str| format!("/port-requests/{sid}/loa{page}");
    let upload = owner.get(&at("/upload"));
    upload.assert_has("Print the blank form and fill it in");
    assert!(!upload.body.contains("letter.pdf"));
    assert!(!owner.get(&at("")).body.contains("letter.pdf"));
    assert_eq!(owner.get(&at("/letter.pdf")).status, 404);
    assert_eq!(desk.reviewer().get(&format!("/desk/port-requests/{sid}/loa")).status, 404);
    for who in ["other", "me"] {
        let fields = [&[("who", who), ("signer_title", "Owner")], &PAT[1..]].concat();
        let refused = change_signer(&desk, &sid, &fields);
        assert_eq!(refused.status, 422, "{who}");
        refused.assert_has("The letter cannot print the character \"北\"");
    }
    assert_eq!(loa::newest(&desk, &sid).version, 1);
}

#[test]
fn the_desk_asks_anew_in_the_name_of_the_customer_who_hears_of_it() {
    let desk = Desk::open();
    let customer = desk.people.owner();
    let asked = Asked::by(&desk, &customer);
    let page = asked.read();
    asked.sign(&page, &[]);
    desk.deliver();
    desk.app.clock.advance(Duration::days(31));
    let (reviewer, path) = (desk.reviewer(), format!("/desk/port-requests/{}", asked.sid));
    let version = reviewer.get(&path).hidden("version").expect("the request can be decided on");
    assert_eq!(reviewer.post(&format!("{path}/loa/signing"), &[("version", &version)]).status, 303);
    let mails = desk.deliver();
    let to_signer = told(&mails, DANA);
    assert_one(&to_signer, "Olive Owner asks you to sign");
    assert_one(&to_signer, "because it was signed so long ago that carriers refuse it");
    assert_one(
        &told(&mails, "owner@example.com"),
        "is too old for the carrier, so we asked Dana Ruiz to sign a new one",
    );
    assert_eq!(loa::newest(&desk, &asked.sid).requested_by, customer.person.id);
}

#[test]
fn a_letter_that_was_refused_is_not_sent_again() {
    let desk = Desk::open();
    let (owner, customer) = (desk.owner(), desk.people.owner());
    let sid = seed::sent_request(&desk, &customer, Seed::default());
    let refused = loa::newest(&desk, &sid);
    seed::reject(&desk, &sid, "loa-illegible");
    desk.deliver();
    owner.get(&format!("/port-requests/{sid}/check")).assert_lacks("still covers this");
    send_changed(&desk, &customer, &sid, |_| {});
    let asked = loa::newest(&desk, &sid);
    assert_eq!((asked.version, asked.state), (refused.version + 1, LoaState::Pending));
    assert_eq!(seed::request(&desk, &sid).stage, Stage::AwaitingSignature);
    assert_eq!(desk.read(|conn| store::loas::get(conn, refused.id)).state, LoaState::Superseded);
    desk.deliver();
}

#[test]
fn the_signer_hears_of_the_person_whose_account_it_is() {
    let desk = Desk::open();
    let customer = desk.people.owner();
    let sid = seed::draft(&desk, &customer, Seed::default());
    send_changed(&desk, &customer, &sid, |answers| {
        "residential".clone_into(&mut answers.contact.account_type);
        answers.contact.business_name.clear();
    });
    let mails = desk.deliver();
    assert_one(&told(&mails, DANA), "on behalf of Dana Ruiz, so that");
    assert!(!told(&mails, DANA)[0].contains("Northgate Dental"), "the location is not whose account it is");
}

#[test]
fn the_requester_reads_in_the_mail_that_it_is_their_move() {
    let desk = Desk::open();
    let customer = desk.people.owner();
    for (who, words) in [
        ("me", "You sign the letter of authorization on the page of the request."),
        ("paper", "You upload the signed letter of authorization on the page of the request."),
    ] {
        let sid = seed::draft(&desk, &customer, Seed::default());
        send_changed(&desk, &customer, &sid, |answers| {
            who.clone_into(&mut answers.signer.who);
            "Dana Ruiz".clone_into(&mut answers.signer.signer_name);
            "Owner".clone_into(&mut answers.signer.signer_title);
        });
        assert_one(&told(&desk.deliver(), "owner@example.com"), words);
    }
}

#[test]
fn of_a_letter_on_paper_the_requester_alone_is_asked_for_a_new_one() {
    let desk = Desk::open();
    let customer = desk.people.owner();
    let sid = seed::draft(&desk, &customer, Seed::default());
    send_changed(&desk, &customer, &sid, |answers| {
        "paper".clone_into(&mut answers.signer.who);
        "Bob Roe".clone_into(&mut answers.signer.signer_name);
    });
    loa::sign(&desk, &sid);
    desk.deliver();
    desk.app.clock.advance(Duration::days(31));
    let (reviewer, path) = (desk.reviewer(), format!("/desk/port-requests/{sid}"));
    let version = reviewer.get(&path).hidden("version").expect("the request can be decided on");
    assert_eq!(reviewer.post(&format!("{path}/loa/signing"), &[("version", &version)]).status, 303);
    let mails = desk.deliver();
    assert!(told(&mails, DANA).is_empty(), "nobody knows the mailbox of Bob Roe");
    assert_one(&told(&mails, "owner@example.com"), "Have the letter signed and upload it");
    assert_eq!(loa::newest(&desk, &sid).mode, LoaMode::Paper);
}
