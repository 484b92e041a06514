//! What only some letters of authorization say: the reseller, the numbers that stay, who takes toll-free numbers over.

use portdesk::{domain::request_sid::RequestSid, letter::LetterFacts};

use super::walk::{CONTACT, Draft, NUMBERS, changed};
use crate::{
    desk::path,
    harness::{
        desk::Desk,
        loa,
        seed::{self, Seed},
    },
};

const CANADIAN: &[(&str, &str)] =
    &[("losing_carrier", "Bell Canada"), ("landline", "514-664-0142"), ("wireless-0-number", "-"), ("scope", "all")];
const RESELLER: &[(&str, &str)] = &[("payee", "reseller"), ("reseller", "Téléphonie Laurier inc.")];

fn facts(desk: &Desk, sid: &RequestSid) -> LetterFacts {
    loa::newest(desk, sid).facts(&desk.app.house.vault).expect("the facts can be read")
}

/// The answers of the page of numbers, without wireless ones.
fn numbers<'a>(with: &[&[(&'a str, &'a str)]]) -> Vec<(&'a str, &'a str)> {
    let none = [("wireless-0-number", "-"), ("wireless-0-pin", "-"), ("wireless-0-kind", "-")];
    changed(&changed(NUMBERS, &none), &with.concat())
}

#[test]
fn whoever_moves_canadian_numbers_says_whom_they_pay() {
    let desk = Desk::open_with(&[("PORTDESK_COUNTRIES", "US,CA")]);
    let draft = Draft::start(&desk);
    draft.get("numbers").assert_has("Whom do you pay for these numbers?");
    let refused = |with: &[(&str, &str)], told: &str| {
        let page = draft.post("numbers", &numbers(&[CANADIAN, with])).follow();
        assert!(page.text().matches(told).count() >= 2, "{page:?}");
        page
    };
    refused(&[], "Select whom you pay for the service");
    let page = refused(&[("payee", "reseller")], "Enter the reseller as the bill shows it");
    page.assert_has("514-664-0142");
    draft.fill();
    draft.pass("numbers", &numbers(&[CANADIAN, RESELLER]), "contact");
    draft.get("check").assert_has("Reseller Téléphonie Laurier inc.");
    draft.pass("check", &[], "confirmation");
    desk.deliver();

    let sid = draft.request_sid();
    assert_eq!(facts(&desk, &sid).current_service.reseller.as_deref(), Some("Téléphonie Laurier inc."));
    desk.owner().get(&format!("/port-requests/{sid}")).assert_has("Reseller Téléphonie Laurier inc.");
    desk.reviewer().get(&path(&sid, "")).assert_has("Reseller Téléphonie Laurier inc.");

    draft.post("changes", &[]);
    draft.post("numbers", &changed(&numbers(&[CANADIAN]), &[("payee", "carrier"), ("reseller", "")]));
    let page = draft.get("check");
    page.assert_has("Reseller None; you pay the current carrier");
    page.assert_has("This cancels the letter sent to Dana Ruiz");
    draft.pass("check", &[], "confirmation");
    desk.deliver();
    assert_eq!(facts(&desk, &sid).current_service.reseller, None);
    desk.reviewer().get(&path(&sid, "")).assert_has("Reseller None; pays Bell Canada");
    desk.owner().get(&format!("/port-requests/{sid}")).assert_has("Reseller None; you pay Bell Canada");
}

#[test]
fn nobody_else_is_asked_whom_they_pay() {
    let desk = Desk::open_with(&[("PORTDESK_COUNTRIES", "US,CA")]);
    let draft = Draft::start(&desk);
    draft.pass("numbers", &numbers(&[&[("payee", ""), ("reseller", "Laurier")]]), "contact");
    let page = draft.get("numbers");
    page.assert_lacks("Whom do you pay");
    assert_eq!(page.hidden("reseller").as_deref(), Some("Laurier"), "what was typed stays");
    draft.get("check").assert_lacks("Reseller");
    let desk = Desk::open();
    Draft::start(&desk).get("numbers").assert_lacks("Whom do you pay");
}

#[test]
fn the_numbers_that_stay_are_printed_and_held_against_those_that_move() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let some = |with: &[(&'static str, &'static str)]| changed(&changed(NUMBERS, &[("scope", "some")]), with);
    let told = |with: &[(&'static str, &'static str)], sentences: &[&str]| {
        let page = draft.post("numbers", &some(with)).follow();
        for sentence in sentences {
            assert!(page.text().matches(sentence).count() >= 2, "{sentence}: {page:?}");
        }
    };
    told(&[], &["Many carriers refuse the order unless every number of the account is listed"]);
    told(
        &[("staying", "212-664-0150, 212-664-015, 555-01")],
        &["212-664-015 has 9 digits; a US number has 10", "555-01 has 5 digits; a US number has 10"],
    );
    told(
        &[("staying", "212-664-0150, (212) 664-0142, 6466640187")],
        &[
            "(212) 664-0142 is one of the numbers you are moving. Take it out of one of the two lists",
            "(646) 664-0187 is one of the numbers you are moving. Take it out of one of the two lists",
        ],
    );
    told(
        &[("new_btn", "2126640155"), ("staying", "212-664-0150")],
        &["(212) 664-0155 is the billing phone number after the move. List it here too"],
    );
    told(
        &[("staying", "212-664-2000 to 2999, 212-664-3000")],
        &["You list 1,001 numbers that stay. The most we can print in the letter is 1,000"],
    );
    draft.fill();
    draft.pass("numbers", &some(&[("staying", "212-664-0151\n212-664-0150")]), "contact");
    draft.get("numbers").assert_has("2 numbers read: (212) 664-0151, (212) 664-0150");
    draft.get("check").assert_has("Numbers that stay (212) 664-0151 (212) 664-0150");
    draft.pass("check", &[], "confirmation");
    desk.deliver();

    let sid = draft.request_sid();
    let staying = || -> Vec<String> {
        let partial = facts(&desk, &sid).partial_port.expect("some stay");
        partial.staying.iter().map(|number| number.as_str().to_owned()).collect()
    };
    assert_eq!(staying(), ["+12126640150", "+12126640151"]);
    desk.owner().get(&format!("/port-requests/{sid}")).assert_has("Numbers that stay (212) 664-0151, (212) 664-0150");
    desk.reviewer().get(&path(&sid, "")).assert_has("Numbers that stay (212) 664-0151, (212) 664-0150");

    draft.post("changes", &[]);
    draft.post("numbers", &some(&[("staying", "212-664-0150 212-664-0151")]));
    draft.get("check").assert_has("The letter sent to Dana Ruiz on Nov 21 still covers this.");
    draft.post("numbers", &some(&[("staying", "212-664-0150 212-664-0152")]));
    draft.get("check").assert_has("This cancels the letter sent to Dana Ruiz on Nov 21.");
    draft.pass("check", &[], "confirmation");
    desk.deliver();
    assert_eq!(staying(), ["+12126640150", "+12126640152"]);
}

#[test]
fn toll_free_numbers_wait_until_somebody_takes_them_over() {
    let desk = Desk::open_with(&[("PORTDESK_RESP_ORG", "")]);
    let draft = Draft::start(&desk);
    draft.get("numbers").assert_has("Landline or VoIP numbers");
    let one = "(800) 356-9377 is toll-free. We cannot move toll-free numbers yet; write to support@localhost";
    let page = draft.post("numbers", NUMBERS).follow();
    assert!(page.text().matches(one).count() >= 2, "{page:?}");
    let two =
        "(800) 356-9377 and 1 more are toll-free. We cannot move toll-free numbers yet; write to support@localhost";
    draft.post("numbers", &changed(NUMBERS, &[("landline", "1-800-356-9377 888-356-9378")])).follow().assert_has(two);
    draft.pass("numbers", &changed(NUMBERS, &[("landline", "212-664-0142")]), "contact");
    draft.pass("contact", CONTACT, "bill");

    // A draft from before is stopped where it would be sent.
    let seed = Seed { numbers: "800-356-9377", ..Seed::default() };
    let sid = seed::draft(&desk, &desk.people.owner(), seed);
    let at = format!("/port-requests/{sid}/check");
    let answer = desk.owner().post(&at, &[]);
    assert_eq!(answer.location, Some(format!("{at}?check=1")));
    answer.follow().assert_has(one);
    desk.deliver();
}

#[test]
fn the_letter_of_toll_free_numbers_names_who_takes_them_over() {
    let desk = Desk::open();
    let seed = Seed { numbers: "800-356-9377", ..Seed::default() };
    let sid = seed::in_stage(&desk, &desk.people.owner(), seed, portdesk::domain::stage::Stage::AwaitingSignature);
    assert_eq!(facts(&desk, &sid).resp_org.map(|it| it.id.to_string()).as_deref(), Some("HBV01"));
}
