//! Check and send, and the confirmation.

use portdesk::{domain::stage::Stage, store};

use super::walk::{BILL, CONTACT, Draft, NUMBERS, TERMS, bill_pdf, changed};
use crate::harness::{desk::Desk, loa};

fn stage_of(desk: &Desk, draft: &Draft) -> Stage {
    let sid = draft.request_sid();
    desk.read(|conn| store::port_requests::find(conn, &sid)).stage
}

#[test]
fn shows_everything_with_a_way_to_change_it() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    draft.fill();
    draft.post("numbers", &changed(NUMBERS, &[("btn", "212.664.0142")]));
    let page = draft.get("check");
    for words in [
        "Check your answers and send",
        "Your carrier checks these first",
        "Account number 942561837-00471B",
        "Billing phone number (212) 664-0142",
        "10001",
        "Account PIN: Saved, 15 characters",
        "(646) 664-0187: PIN saved, 8 characters",
        "Northgate Dental, LLC",
        "3 numbers: 1 landline or VoIP, 1 toll-free, 1 wireless",
        "(212) 664-0142",
        "Verizon",
        "Dana Ruiz",
        "dana@northgate.example",
        "350 Old Post Road",
        "Nov 2, 2026",
        "bill.pdf",
        "You agreed on Nov 21, 2026",
        "Accept and send",
    ] {
        page.assert_has(words);
    }
    page.assert_lacks("left before you can send");
    page.assert_lacks("212.664.0142");
    assert_eq!(page.header("cache-control"), Some("private, no-store"), "it shows the account number in full");
    page.assert_lacks("disabled");
    for word in ["letter of authorization", "LOA", " sign "] {
        page.assert_lacks(word);
    }
    assert!(page.body.contains(&format!("href=\"{}?from=check#account_number\"", draft.at("numbers"))));
    let changed_numbers = changed(NUMBERS, &[("name", "Back desk"), ("from", "check")]);
    draft.pass("numbers", &changed_numbers, "check#numbers");
    let wrong = draft.post("contact", &changed(CONTACT, &[("city", ""), ("from", "check")]));
    assert_eq!(wrong.location.as_deref(), Some(draft.at("contact?check=1&from=check").as_str()));
    assert_eq!(wrong.follow().hidden("from").as_deref(), Some("check"));
    draft.get("check").assert_has("Back desk");
}

#[test]
fn answers_are_written_as_they_are_printed_elsewhere() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let date = [("preferred-month", "dec"), ("preferred-day", "15"), ("preferred-year", "2026")];
    let place = [("city", "Mobile"), ("state", "AL"), ("postal_code", "366026741")];
    draft.post("contact", &changed(CONTACT, &[date.as_slice(), &place].concat()));
    draft.post("bill", &changed(BILL, &[("bill-month", "Nov."), ("bill-day", "02")]));
    let page = draft.get("check");
    page.assert_has("ZIP code 36602-6741");
    page.assert_has("Mobile, AL 36602-6741");
    page.assert_has("Preferred move date Dec 15, 2026");
    page.assert_has("Date on the bill Nov 2, 2026");
    draft.post("contact", &changed(CONTACT, &[("postal_code", "1000"), ("preferred-day", "32")]));
    draft.get("check").assert_has("ZIP code 1000");
}

#[test]
fn what_is_not_finished_is_listed_and_sent_nowhere() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    draft.pass("terms", TERMS, "numbers");
    let page = draft.get("check");
    page.assert_has("3 steps left before you can send Account and numbers Contact information Billing statement");
    page.assert_has("Account number Not answered yet Add Account number");
    page.assert_has("Billing phone number Not provided Add Billing phone number");
    let page = {
        draft.pass("check", &[], "check?check=1");
        draft.get("check?check=1")
    };
    assert!(page.title().starts_with("Error: "));
    page.assert_has("Enter your current carrier");
    page.assert_has("Select a bill");
    let link = format!("href=\"{}?check=1&#38;from=check#losing_carrier\"", draft.at("numbers"));
    assert!(page.body.contains(&link), "{}", page.body);
    assert_eq!(stage_of(&desk, &draft), Stage::Draft);
    assert!(desk.deliver().is_empty());
}

#[test]
fn two_presses_at_once_are_one_request_and_one_letter() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    draft.fill();
    let press = || {
        let (browser, to) = (draft.browser.clone(), draft.at("check"));
        std::thread::spawn(move || browser.post(&to, &[]).location)
    };
    let presses = [press(), press(), press(), press()].map(|press| press.join().unwrap());
    assert!(presses.iter().all(|to| to.as_deref() == Some(draft.at("confirmation").as_str())), "{presses:?}");
    assert_eq!(
        draft.post("check", &[]).location.as_deref(),
        Some(draft.at("check").as_str()).map(|_| draft.at("confirmation")).as_deref()
    );
    assert_eq!(stage_of(&desk, &draft), Stage::AwaitingSignature);
    let letters = desk.deliver();
    assert_eq!(letters.len(), 2, "one to whoever sent it and one to its signer: {letters:?}");
    let sid = draft.request_sid();
    let events = desk.read(|conn| {
        let request = store::port_requests::find(conn, &sid)?;
        store::history::of_request(conn, request.id, true)
    });
    assert_eq!(events.iter().filter(|event| event.event == "sent").count(), 1);
}

#[test]
fn two_requests_for_one_number_are_not_both_sent() {
    let desk = Desk::open();
    let drafts = [Draft::start(&desk), Draft::start(&desk)];
    for draft in &drafts {
        draft.fill();
    }
    let presses = drafts.each_ref().map(|draft| {
        let (browser, to) = (draft.browser.clone(), draft.at("check"));
        std::thread::spawn(move || browser.post(&to, &[]))
    });
    let answers = presses.map(|press| press.join().unwrap());
    let ends: Vec<String> = answers.iter().map(|it| it.location.clone().unwrap()).collect();
    assert_eq!(ends.iter().filter(|to| to.ends_with("/confirmation")).count(), 1, "{ends:?}");
    assert_eq!(ends.iter().filter(|to| to.ends_with("/check?check=1")).count(), 1, "{ends:?}");
    desk.deliver();
}

#[test]
fn a_warning_that_time_brought_is_asked_once_before_sending() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    draft.fill();
    desk.app.clock.advance(chrono::Duration::days(20));
    let later = Draft { browser: desk.owner(), sid: draft.sid.clone() };
    later.pass("check", &[], "check?asked=1");
    later.get("check?asked=1").assert_has("This bill is from Nov 2, 2026. Carriers prefer one from the last 30 days.");
    later.pass("check", &[], "confirmation");
    desk.deliver();
}

#[test]
fn a_bill_that_grew_too_old_is_not_sent() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    draft.fill();
    let too_old = "This bill is 91 days old. It must be no more than 90 days old. Get a newer one from Verizon";
    let of_august = |day| changed(BILL, &[("bill-month", "8"), ("bill-day", day)]);
    draft.pass("bill", &of_august("22"), "bill?check=1");
    draft.get("bill?check=1").assert_has(too_old);
    // With 90 days it is only asked about.
    draft.pass("bill", &of_august("23"), "bill?check=1");
    draft.get("bill?check=1").assert_lacks("days old.");
    draft.pass("bill", &of_august("23"), "check");

    desk.app.clock.advance(chrono::Duration::days(1));
    let later = Draft { browser: desk.owner(), sid: draft.sid.clone() };
    later.pass("check", &[], "check?check=1");
    later.get("check?check=1").assert_has(too_old);
    assert_eq!(stage_of(&desk, &draft), Stage::Draft);
}

#[test]
fn the_confirmation_stays_and_follows_the_request() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    assert_eq!(draft.get("confirmation").location.as_deref(), Some(draft.at("continue").as_str()));
    draft.send();
    let page = draft.get("confirmation");
    for words in [
        "Request sent",
        "Front desk lines · 3 numbers from Verizon",
        draft.sid.as_str(),
        "In Review",
        "What happens next",
        "Do not cancel Verizon yet",
        "Dana Ruiz signs the letter of authorization by Dec 5, 2026 (link sent to d•••@northgate.example).",
        "Waiting for Dana Ruiz to sign, sent Sat, Nov 21. The link ends Dec 5.",
    ] {
        page.assert_has(words);
    }
    desk.deliver();
    let sid = draft.request_sid();
    loa::sign(&desk, &sid);
    draft.get("confirmation").assert_has("Mon, Nov 23");
    desk.write(|conn| {
        let request = store::port_requests::find(conn, &sid)?;
        store::port_requests::set_stage(
            conn,
            &request,
            Stage::Submitted,
            &store::port_requests::Changes::default(),
            desk.now(),
        )
    });
    let page = draft.get("confirmation");
    page.assert_has("In Progress");
    page.assert_has("Sent to Verizon on Nov 21, 2026.");
    page.assert_lacks("What happens next");
}

#[test]
fn after_sending_every_page_says_so_and_nothing_changes() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    draft.send();
    desk.deliver();
    for page in ["terms", "numbers", "contact", "bill", "check"] {
        let shown = draft.get(page);
        assert_eq!(shown.status, 200, "{page}");
        shown.assert_has("This request was sent on Nov 21, 2026, 10:00 AM EST");
        assert!(shown.body.contains(&format!("href=\"/port-requests/{}\"", draft.sid)));
    }
    for (page, fields) in [("terms", TERMS), ("numbers", NUMBERS), ("contact", CONTACT), ("bill", BILL)] {
        let answer = draft.post(page, &changed(fields, &[("name", "Other"), ("city", "Other")]));
        assert_eq!((answer.status, answer.location.as_deref()), (303, Some(draft.at(page).as_str())), "{page}");
        assert_eq!(draft.post_in_background(page, fields).status, 409, "the script does not take it for saved");
    }
    let upload = draft.upload(&[("do", "upload")], &[("other.pdf", &bill_pdf())]);
    assert_eq!(upload.location.as_deref(), Some(draft.at("bill").as_str()));
    let sid = draft.request_sid();
    let (name, documents) = desk.read(|conn| {
        let request = store::port_requests::find(conn, &sid)?;
        Ok((request.name, store::documents::of_request(conn, request.id)?.len()))
    });
    assert_eq!((name.as_str(), documents), ("Front desk lines", 1));
}
