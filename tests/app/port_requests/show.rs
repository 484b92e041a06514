//! The page of one request.

use chrono::Duration;
use portdesk::{domain::stage::Stage, store};

use crate::harness::{
    desk::Desk,
    loa,
    seed::{self, Seed},
};

/// A PIN and account number that no page may hold.
const ACCOUNT_PIN: &str = "739154";
const WIRELESS_PIN: &str = "862047";

fn secretive() -> Seed<'static> {
    Seed {
        account_number: "7741-4471B",
        account_pin: ACCOUNT_PIN,
        numbers: "(212) 555-0142",
        wireless: &[("(646) 555-0187", WIRELESS_PIN)],
        ..Seed::default()
    }
}

#[test]
fn everything_that_was_sent_can_be_read_but_the_secrets() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), secretive());
    let page = desk.owner().get(&format!("/port-requests/{sid}"));
    for words in [
        "Front desk lines",
        "Request SID",
        sid.as_str(),
        "In Review",
        "We are checking your details against your bill. Usually within 1 business day.",
        "Waiting for us",
        "(212) 555-0142",
        "Landline or VoIP",
        "(646) 555-0187",
        "Wireless",
        "Being checked",
        "PIN saved, 6 characters",
        "••••71B",
        "350 5th Ave, Suite 2100, New York, NY 10118",
        "Dana Ruiz",
        "Preferred move date Not provided",
        "bill-1.pdf",
        "PDF, 3 pages, 240 KB",
        "All four agreed on Nov 21, 2026, 10:00 AM EST, version 1",
        "Request sent",
        "Nov 21, 2026, 10:00 AM EST",
        "Cancel request",
    ] {
        page.assert_has(words);
    }
    for secret in [ACCOUNT_PIN, WIRELESS_PIN, "7741"] {
        page.assert_lacks(secret);
    }
    assert_eq!(page.title(), "Front desk lines – Portdesk");
    assert!(page.body.contains(r#"data-live="/live""#) && page.body.contains(r#"data-live-part="now""#));
    let text = page.text().replace(sid.as_str(), "[sid]");
    let text = text.replace(loa::newest(&desk, &sid).loa_id.as_str(), "[loa]");
    let own = text.split_once("Port-in requests Front desk").unwrap().1.split_once("Cancel request").unwrap().0;
    insta::assert_snapshot!(own);
}

#[track_caller]
fn check(stage: Stage, words: &[&str]) {
    let desk = Desk::open();
    let owner = desk.people.owner();
    let numbers = Seed { numbers: "(212) 555-0142, (212) 555-0143, (212) 555-0144", ..Seed::default() };
    let sid = seed::in_stage(&desk, &owner, numbers, stage);
    let page = desk.owner().get(&format!("/port-requests/{sid}"));
    for words in words {
        page.assert_has(words);
    }
}

#[test]
fn a_number_left_behind_waits_for_a_new_date_once_its_window_is_past() {
    let desk = Desk::open();
    let numbers = Seed { numbers: "(212) 555-0142, (212) 555-0143", ..Seed::default() };
    let sid = seed::in_stage(&desk, &desk.people.owner(), numbers, Stage::PartiallyPorted);
    let path = format!("/port-requests/{sid}");
    desk.owner().get(&path).assert_has("Landline or VoIP Date set");
    desk.app.clock.advance(chrono::Duration::days(8));
    let page = desk.owner().get(&path);
    page.assert_has("Landline or VoIP Waiting for a new date");
    page.assert_lacks("Landline or VoIP Date set");
}

#[test]
fn every_stage_says_whose_move_it_is_and_how_far_it_came() {
    check(Stage::Draft, &["Not sent yet.", "Waiting for you", "Continue", "Delete draft"]);
    check(
        Stage::Submitted,
        &[
            "Sent to Verizon on Nov 21, 2026",
            "Waiting for Verizon",
            "Keep your old service on until all numbers have moved.",
            "Sent, done Nov 21, 2026 Signed, done Nov 21, 2026 Checked, done Nov 21, 2026",
            "With carrier since Nov 21, 2026 Move ",
            "VZ-20418",
        ],
    );
    check(
        Stage::FocScheduled,
        &[
            "Sat, Nov 28, 10:00 AM–2:00 PM EST",
            "Signed, done Nov 21, 2026 Checked, done Nov 21, 2026 With carrier, done Nov 21, 2026 Move due Nov 28, 2026",
            "Move date set",
        ],
    );
    check(Stage::PartiallyPorted, &["1 of 3 numbers moved. 2 still with Verizon.", "Moved 1 of 3 numbers", "Date set"]);
    check(Stage::Rejected, &["Rejected", "Waiting for you", "Fix and resubmit"]);
    check(
        Stage::Completed,
        &["Completed", "Moved Nov 21, 2026", "What is happening now All numbers moved Moved on Nov 21, 2026."],
    );
    check(
        Stage::Canceled,
        &[
            "Canceled on Nov 21, 2026. By Olive Owner.",
            "Signed, done Nov 21, 2026 Check Canceled Nov 21, 2026",
            "Nothing left to do",
            "Not moved",
        ],
    );
}

#[test]
fn the_way_is_that_of_the_newest_attempt() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    let sid = seed::in_stage(&desk, &owner, Seed::default(), Stage::FocScheduled);
    desk.app.clock.advance(Duration::days(1));
    let opens = "2026-12-03T15:00:00".parse().unwrap();
    seed::set_foc(&desk, &sid, opens, opens + Duration::hours(4));
    let address = format!("/port-requests/{sid}");
    desk.owner().get(&address).assert_has("With carrier, done Nov 21, 2026 Move due Dec 3, 2026");
    seed::reject(&desk, &sid, "account-number-mismatch");
    desk.owner().get(&address).assert_has("With carrier Stopped Nov 22, 2026 Move ");
    seed::send(&desk, &owner, &sid);
    seed::send_to_carrier(&desk, &sid);
    desk.app.clock.advance(Duration::days(2));
    seed::set_foc(&desk, &sid, opens, opens + Duration::hours(4));
    desk.owner().get(&address).assert_has("With carrier, done Nov 22, 2026 Move due Dec 3, 2026");
}

#[test]
fn terms_that_were_agreed_to_at_different_times_tell_each_its_own() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    let later = desk.now() + Duration::days(1);
    let accepted_by = desk.people.owner.id;
    desk.write(|conn| {
        let request = store::port_requests::find(conn, &sid)?;
        store::acknowledgements::add_text(conn, "rates", 2, "I accept the new porting rates", later)?;
        let acceptance = store::acknowledgements::Acceptance {
            account_id: request.account_id,
            port_request_id: request.id,
            attempt: request.attempt,
            slug: "rates",
            text_version: 2,
            accepted_by,
            client_address: "192.0.2.1",
        };
        store::acknowledgements::accept(conn, &acceptance, later)
    });
    let page = desk.owner().get(&format!("/port-requests/{sid}"));
    page.assert_lacks("All four agreed");
    page.assert_has("apply after the move Agreed Nov 21, 2026, 10:00 AM EST, version 1");
    page.assert_has("Agreed Nov 22, 2026, 10:00 AM EST, version 2");
}

#[test]
fn the_window_is_told_while_it_lasts_and_when_it_is_over() {
    let desk = Desk::open();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::FocScheduled);
    let address = format!("/port-requests/{sid}");
    let owner = desk.owner();
    desk.app.clock.advance(Duration::hours(10));
    owner.get(&address).assert_has("Verizon confirmed the move");
    desk.app.clock.advance(Duration::days(7) - Duration::hours(9));
    let owner = desk.owner();
    owner.get(&address).assert_has("Moving now: Sat, Nov 28, 10:00 AM–2:00 PM EST. Expect a short interruption");
    desk.app.clock.advance(Duration::hours(3));
    let page = owner.get(&address);
    page.assert_has("The move was due Sat, Nov 28, 10:00 AM–2:00 PM EST. We are checking with Verizon");
    page.assert_has("Waiting for us");
}

#[test]
fn times_are_told_on_the_clocks_of_the_place_and_of_the_reader() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    let sid = seed::sent_request(&desk, &owner, Seed::default());
    seed::send_to_carrier(&desk, &sid);
    // Daylight saving starts in New York on March 14, 2027: the window opens before and closes after the jump.
    let opens = "2027-03-14T05:00:00".parse().unwrap();
    seed::set_foc(&desk, &sid, opens, opens + Duration::hours(4));
    let person = &desk.people.owner;
    desk.write(|conn| store::users::set_profile(conn, person.id, &person.name, Some("America/Phoenix"), "system"));
    let page = desk.owner().get(&format!("/port-requests/{sid}"));
    page.assert_has("Sun, Mar 14, 12:00 AM EST–5:00 AM EDT");
    page.assert_has("Sat, Mar 13, 10:00 PM–Sun, Mar 14, 2:00 AM your time");
    page.assert_has("Nov 21, 2026, 10:00 AM EST (8:00 AM your time)");
}

#[test]
fn the_desks_own_words_are_a_second_line() {
    let desk = Desk::open();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::Submitted);
    seed::describe(&desk, &sid, "Verizon asked for the newest bill page.");
    let page = desk.owner().get(&format!("/port-requests/{sid}"));
    page.assert_has("Verizon asked for the newest bill page.");
    page.assert_has("Update from the desk");
    page.assert_has("Rae Reviewer, Portdesk");
    desk.owner().get("/port-requests").assert_has("Verizon asked for the newest bill page.");
}

#[test]
fn a_sid_is_read_as_people_type_it() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    let typed = sid.as_str().to_lowercase().replace('-', "");
    let answer = desk.owner().get(&format!("/port-requests/{typed}?numbers=all"));
    assert_eq!(answer.location, Some(format!("/port-requests/{sid}?numbers=all")));
    let answer = desk.owner().get(&format!("/port-requests/{typed}/cancellation"));
    assert_eq!(answer.location, Some(format!("/port-requests/{sid}/cancellation")));
    assert_eq!(desk.owner().get("/port-requests/nonsense").status, 404);
}

#[test]
fn what_is_not_mine_is_not_there() {
    let desk = Desk::open();
    let owners = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    let managers = seed::sent_request(&desk, &desk.people.manager(), Seed::default());
    for path in ["", "/cancellation", "/deletion"] {
        let address = format!("/port-requests/{owners}{path}");
        assert_eq!(desk.foreign_owner().get(&address).status, 404, "{address}");
        assert_eq!(desk.manager().get(&address).status, 404, "{address}");
    }
    for path in ["/cancellation", "/deletion", "/restoration"] {
        let address = format!("/port-requests/{owners}{path}");
        assert_eq!(desk.foreign_owner().post(&address, &[]).status, 404, "{address}");
        assert_eq!(desk.manager().post(&address, &[]).status, 404, "{address}");
    }
    assert_eq!(seed::request(&desk, &owners).stage, Stage::InReview);
    assert_eq!(desk.manager().get(&format!("/port-requests/{managers}")).status, 200);
    assert_eq!(desk.owner().get(&format!("/port-requests/{managers}")).status, 200);
    let staff = desk.reviewer().get(&format!("/port-requests/{owners}"));
    assert_eq!(staff.location, Some(format!("/desk/port-requests/{owners}")));
}

#[test]
fn a_request_with_many_numbers_shows_some_and_then_all() {
    let desk = Desk::open();
    let numbers: Vec<String> = (100..160).map(|last| format!("212-555-0{last}")).collect();
    let sid = seed::sent_request(&desk, &desk.people.owner(), Seed { numbers: &numbers.join(", "), ..Seed::default() });
    let page = desk.owner().get(&format!("/port-requests/{sid}"));
    page.assert_has("Show all 60 numbers");
    page.assert_lacks("(212) 555-0159");
    let page = desk.owner().get(&format!("/port-requests/{sid}?numbers=all"));
    page.assert_has("(212) 555-0159");
    page.assert_lacks("Show all 60 numbers");
}
