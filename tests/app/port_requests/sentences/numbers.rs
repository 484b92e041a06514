//! Every sentence about account and numbers.

use portdesk::domain::stage::Stage;

use super::{Row, check_errors, check_warnings};
use crate::harness::{
    desk::Desk,
    seed::{self, Seed},
};
use crate::port_requests::walk::{Draft, NUMBERS, changed};

const TOO_LONG: &str =
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
const UNPRINTABLE: &str = "There is a character here that cannot be printed. Type it again";

const ERRORS: &[Row] = &[
    (&[("name", TOO_LONG)], "name", "Name must be 80 characters or fewer"),
    (&[("losing_carrier", " ")], "losing_carrier", "Enter your current carrier"),
    (&[("account_number", "")], "account_number", "Enter the account number"),
    (
        &[("account_number", "12345678901234567890123456789012345678901")],
        "account_number",
        "Account number must be 40 characters or fewer",
    ),
    (
        &[("account_number", "12*34")],
        "account_number",
        "Account number must have only letters, digits, spaces and the signs . / # -",
    ),
    (&[("account_number", "--")], "account_number", "Account number must have at least one letter or digit"),
    (
        &[("account_number", "unknown")],
        "account_number",
        "\"unknown\" is not an account number. Copy it from the bill or ask your carrier for it",
    ),
    (&[("account_number", "12\u{200B}\u{7}34")], "account_number", UNPRINTABLE),
    (
        &[("account_pin", "12345678901234567890123456789012345678901")],
        "account_pin",
        "PIN must be 40 characters or fewer",
    ),
    (
        &[("account_pin", "123-45-6789")],
        "account_pin",
        "That looks like a full Social Security number, so we did not keep it. Enter only its last 4 digits or a PIN",
    ),
    (&[("btn", "555-0142")], "btn", "555-0142 is not a complete US number"),
    (
        &[("landline", ""), ("wireless-0-number", "-"), ("wireless-0-pin", "-")],
        "landline",
        "Enter at least one number here or in wireless numbers",
    ),
    (&[("landline", "555-0142, 12")], "landline", "2 entries need fixing"),
    (&[("landline", "555-0142")], "landline", "Add the area code to 555-0142"),
    (&[("landline", "212555014")], "landline", "212555014 has 9 digits; a US number has 10"),
    (
        &[("landline", "416-664-0142")],
        "landline",
        "416-664-0142 is Canadian; this form takes US numbers. Write to support@localhost",
    ),
    (&[("landline", "900-664-0142")], "landline", "900-664-0142 is a pay-per-call number; 900 numbers cannot be moved"),
    (
        &[("landline", "011 44 20 7946 0958")],
        "landline",
        "011 44 20 7946 0958 is outside the US. Write to support@localhost",
    ),
    (&[("landline", "212-664-0100 to 0119")], "ranges_confirmed", "Tick \"Yes, all 20\" if the range is right"),
    (
        &[("landline", "212-664-0119 to 0100")],
        "landline",
        "The range 212-664-0119 to 0100 runs backwards. Put the lower number first",
    ),
    (&[("wireless-0-number", "")], "wireless-0-number", "Enter wireless number 1"),
    (
        &[("wireless-0-number", "664-0187")],
        "wireless-0-number",
        "664-0187 is not a complete US number. Include the area code",
    ),
    (&[("wireless-0-number", "212-664-0142")], "wireless-0-number", "(212) 664-0142 is in both lists. Keep it in one"),
    (
        &[("wireless-0-number", "800-356-9377"), ("landline", "2126640142")],
        "wireless-0-number",
        "(800) 356-9377 is toll-free. Enter it with the landline and toll-free numbers",
    ),
    (
        &[("wireless-1-number", "6466640187"), ("wireless-1-pin", "8841")],
        "wireless-1-number",
        "(646) 664-0187 is in wireless numbers twice. Keep it once",
    ),
    (
        &[("wireless-0-number", "6466640188"), ("wireless-0-pin", "")],
        "wireless-0-pin",
        "Enter a PIN for (646) 664-0188",
    ),
    (
        &[("wireless-0-pin", "n/a")],
        "wireless-0-pin",
        "Wireless numbers always need a PIN or the last 4 of the SSN. Ask Verizon for a transfer PIN",
    ),
    (&[("wireless-0-pin", "12")], "wireless-0-pin", "PIN must be 4 to 15 letters or digits, without spaces"),
    (
        &[("wireless-0-pin", "123456789")],
        "wireless-0-pin",
        "That looks like a full Social Security number, so we did not keep it. Enter only its last 4 digits or a PIN",
    ),
    (&[("wireless-0-pin", "12a"), ("wireless-0-kind", "ssn")], "wireless-0-pin", "Last 4 of the SSN must be 4 digits"),
    (
        &[("wireless-0-pin", "0000"), ("wireless-0-kind", "ssn")],
        "wireless-0-pin",
        "No SSN ends in 0000. Check the last 4 of the SSN",
    ),
    (&[("one_pin", "yes"), ("shared_pin", "")], "shared_pin", "Enter the PIN for all wireless numbers"),
    (&[("scope", "-")], "scope", "Select whether you are moving every number"),
    (&[("scope", "some"), ("new_btn", "664-0142")], "new_btn", "664-0142 is not a complete US number"),
    (
        &[("scope", "some"), ("new_btn", "2126640142")],
        "new_btn",
        "(212) 664-0142 is one of the numbers you are moving. Enter one that stays",
    ),
    (
        &[("scope", "some"), ("btn", "2126640199"), ("new_btn", "2126640199")],
        "new_btn",
        "(212) 664-0199 is the billing phone number now. Leave this blank if it stays the same",
    ),
];

const WARNINGS: &[Row] = &[
    (
        &[("account_number", "212-664-0142")],
        "account_number",
        "That looks like one of the phone numbers. If the bill really shows it as the account number, send it again",
    ),
    (
        &[("account_number", "123-45-6789")],
        "account_number",
        "That looks like a Social Security number. If the bill really shows it as the account number, leave it and continue",
    ),
    (
        &[("landline", "212-555-0142")],
        "landline",
        "(212) 555-0142 is not a real number: 555-0100 to 555-0199 are kept for examples. If your bill really shows that, leave it and continue",
    ),
    (
        &[("wireless-0-pin", "1234")],
        "wireless-0-pin",
        "Carriers seldom give out a PIN like this one. If yours did, leave it and continue",
    ),
    (
        &[("scope", "some"), ("btn", "2126640142"), ("new_btn", "")],
        "new_btn",
        "(212) 664-0142 is the billing phone number and you are moving it. Enter one that stays, or your carrier will refuse the order or cut off the lines that stay",
    ),
];

#[test]
fn every_error_stands_at_its_field_and_stops_the_page() {
    check_errors("numbers", NUMBERS, ERRORS);
}

#[test]
fn every_warning_stops_once_and_passes_when_sent_again() {
    check_warnings("numbers", NUMBERS, WARNINGS);
}

#[test]
fn more_numbers_than_may_be_sent_are_counted() {
    let desk = Desk::open_with(&[("PORTDESK_MAX_NUMBERS", "5")]);
    let draft = Draft::start(&desk);
    let answer = draft
        .post("numbers", &changed(NUMBERS, &[("landline", "2126640101 2126640102 2126640103 2126640104 2126640105")]));
    answer.follow().assert_has("This request has 6 numbers. The most we can send at once is 5");
}

#[test]
fn numbers_of_other_requests_stop_at_their_step_and_on_the_last_page() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    draft.fill();
    let sent = Draft::start(&desk);
    sent.send();
    desk.deliver();
    let told =
        format!("(212) 664-0142 is already in request {}. Take it out here, or cancel that request first", sent.sid);
    let answer = draft.post("numbers", NUMBERS);
    assert_eq!(answer.location.as_deref(), Some(draft.at("numbers?check=1").as_str()));
    let page = answer.follow();
    page.assert_has(&told);
    assert!(page.body.contains("id=\"errors\"") && !page.body.contains("id=\"warnings\""), "{page:?}");
    page.assert_has(&format!("(212) 664-0142 Go to request {}", sent.sid));
    page.assert_lacks("It is already in");
    let again = draft.post("numbers", NUMBERS);
    assert_eq!(again.location.as_deref(), Some(draft.at("numbers?check=1").as_str()), "it does not pass");
    draft.get("numbers").assert_has(&format!("(212) 664-0142 It is already in request {}", sent.sid));
    assert!(page.body.contains(&format!("href=\"/port-requests/{}\"", sent.sid)), "the other request is linked");

    let last = draft.get("check");
    last.assert_has("1 step left before you can send");
    last.assert_has(&told);
    let place = format!("href=\"{}\"", draft.at("numbers?check=1&#38;from=check#landline"));
    assert!(last.body.contains(&place), "{place} is missing in {}", last.body);
    let refused = draft.post("check", &[]);
    assert_eq!(refused.location.as_deref(), Some(draft.at("check?check=1").as_str()));
    refused.follow().assert_has(&told);

    let stranger = Draft::start_in(desk.foreign_owner());
    let page = stranger.post("numbers", NUMBERS).follow();
    page.assert_has("(212) 664-0142 is already in another open request. Take it out here or contact support");
    page.assert_lacks(&sent.sid);
}

#[test]
fn a_number_whose_request_is_with_the_carrier_can_only_be_taken_out() {
    let desk = Desk::open();
    let other = Seed { numbers: "(212) 664-0142", ..Seed::default() };
    let sid = seed::in_stage(&desk, &desk.people.owner(), other, Stage::Submitted);
    let page = Draft::start(&desk).post("numbers", NUMBERS).follow();
    page.assert_has(&format!(
        "(212) 664-0142 is already in request {sid}. It is with the carrier there; take it out here"
    ));
}
