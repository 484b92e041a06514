//! Every sentence of the wizard: what is typed, where it stands, what it says; over HTTP, in one table.

use super::walk::{BILL, CONTACT, Draft, NUMBERS, TERMS, bill_pdf, changed, escaped};
use crate::harness::desk::Desk;

/// Page, what differs from answers that pass, the field, the sentence.
type Row = (&'static str, &'static [(&'static str, &'static str)], &'static str, &'static str);

const TOO_LONG: &str =
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
const UNPRINTABLE: &str = "There is a character here that cannot be printed. Type it again";

const ERRORS: &[Row] = &[
    ("terms", &[("rates", "-")], "rates", "Tick the box to confirm you accept the porting rates"),
    ("terms", &[("keep_active", "-")], "keep_active", "Tick the box to confirm you will keep the numbers active"),
    ("terms", &[("texts", "-")], "texts", "Tick the box to confirm you understand texts may not work for up to 3 days"),
    (
        "terms",
        &[("termination", "-")],
        "termination",
        "Tick the box to confirm you understand there may be a termination fee",
    ),
    // Account and numbers
    ("numbers", &[("name", TOO_LONG)], "name", "Name must be 80 characters or fewer"),
    ("numbers", &[("losing_carrier", " ")], "losing_carrier", "Enter your current carrier"),
    ("numbers", &[("account_number", "")], "account_number", "Enter the account number"),
    (
        "numbers",
        &[("account_number", "12345678901234567890123456789012345678901")],
        "account_number",
        "Account number must be 40 characters or fewer",
    ),
    (
        "numbers",
        &[("account_number", "12*34")],
        "account_number",
        "Account number must have only letters, digits, spaces and the signs . / # -",
    ),
    ("numbers", &[("account_number", "--")], "account_number", "Account number must have at least one letter or digit"),
    (
        "numbers",
        &[("account_number", "unknown")],
        "account_number",
        "\"unknown\" is not an account number. Copy it from the bill or ask your carrier for it",
    ),
    ("numbers", &[("account_number", "12\u{200B}\u{7}34")], "account_number", UNPRINTABLE),
    (
        "numbers",
        &[("account_pin", "12345678901234567890123456789012345678901")],
        "account_pin",
        "PIN must be 40 characters or fewer",
    ),
    (
        "numbers",
        &[("account_pin", "123-45-6789")],
        "account_pin",
        "That looks like a full Social Security number, so we did not keep it. Enter only its last 4 digits or a PIN",
    ),
    ("numbers", &[("btn", "555-0142")], "btn", "555-0142 is not a complete US number"),
    (
        "numbers",
        &[("landline", ""), ("wireless-0-number", "-"), ("wireless-0-pin", "-")],
        "landline",
        "Enter at least one number here or in wireless numbers",
    ),
    ("numbers", &[("landline", "555-0142, 12")], "landline", "2 entries need fixing"),
    ("numbers", &[("landline", "555-0142")], "landline", "Add the area code to 555-0142"),
    ("numbers", &[("landline", "212555014")], "landline", "212555014 has 9 digits; a US number has 10"),
    (
        "numbers",
        &[("landline", "416-664-0142")],
        "landline",
        "416-664-0142 is Canadian; this form takes US numbers. Write to support@localhost",
    ),
    (
        "numbers",
        &[("landline", "900-664-0142")],
        "landline",
        "900-664-0142 is a pay-per-call number; 900 numbers cannot be moved",
    ),
    (
        "numbers",
        &[("landline", "011 44 20 7946 0958")],
        "landline",
        "011 44 20 7946 0958 is outside the US. Write to support@localhost",
    ),
    (
        "numbers",
        &[("landline", "212-664-0100 to 0119")],
        "ranges_confirmed",
        "Tick \"Yes, all 20\" if the range is right",
    ),
    (
        "numbers",
        &[("landline", "212-664-0119 to 0100")],
        "landline",
        "The range 212-664-0119 to 0100 runs backwards. Put the lower number first",
    ),
    ("numbers", &[("wireless-0-number", "")], "wireless-0-number", "Enter wireless number 1"),
    (
        "numbers",
        &[("wireless-0-number", "664-0187")],
        "wireless-0-number",
        "664-0187 is not a complete US number. Include the area code",
    ),
    (
        "numbers",
        &[("wireless-0-number", "212-664-0142")],
        "wireless-0-number",
        "(212) 664-0142 is in both lists. Keep it in one",
    ),
    (
        "numbers",
        &[("wireless-0-number", "800-356-9377"), ("landline", "2126640142")],
        "wireless-0-number",
        "(800) 356-9377 is toll-free. Enter it with the landline and toll-free numbers",
    ),
    (
        "numbers",
        &[("wireless-1-number", "6466640187"), ("wireless-1-pin", "8841")],
        "wireless-1-number",
        "(646) 664-0187 is in wireless numbers twice. Keep it once",
    ),
    (
        "numbers",
        &[("wireless-0-number", "6466640188"), ("wireless-0-pin", "")],
        "wireless-0-pin",
        "Enter a PIN for (646) 664-0188",
    ),
    (
        "numbers",
        &[("wireless-0-pin", "n/a")],
        "wireless-0-pin",
        "Wireless numbers always need a PIN or the last 4 of the SSN. Ask Verizon for a transfer PIN",
    ),
    ("numbers", &[("wireless-0-pin", "12")], "wireless-0-pin", "PIN must be 4 to 15 letters or digits, without spaces"),
    (
        "numbers",
        &[("wireless-0-pin", "123456789")],
        "wireless-0-pin",
        "That looks like a full Social Security number, so we did not keep it. Enter only its last 4 digits or a PIN",
    ),
    (
        "numbers",
        &[("wireless-0-pin", "12a"), ("wireless-0-kind", "ssn")],
        "wireless-0-pin",
        "Last 4 of the SSN must be 4 digits",
    ),
    (
        "numbers",
        &[("wireless-0-pin", "0000"), ("wireless-0-kind", "ssn")],
        "wireless-0-pin",
        "No SSN ends in 0000. Check the last 4 of the SSN",
    ),
    ("numbers", &[("one_pin", "yes"), ("shared_pin", "")], "shared_pin", "Enter the PIN for all wireless numbers"),
    ("numbers", &[("scope", "-")], "scope", "Select whether you are moving every number"),
    ("numbers", &[("scope", "some"), ("new_btn", "664-0142")], "new_btn", "664-0142 is not a complete US number"),
    (
        "numbers",
        &[("scope", "some"), ("new_btn", "2126640142")],
        "new_btn",
        "(212) 664-0142 is one of the numbers you are moving. Enter one that stays",
    ),
    (
        "numbers",
        &[("scope", "some"), ("btn", "2126640199"), ("new_btn", "2126640199")],
        "new_btn",
        "(212) 664-0199 is the billing phone number now. Leave this blank if it stays the same",
    ),
    // Contact information
    ("contact", &[("account_type", "-")], "account_type", "Select residential or business"),
    ("contact", &[("business_name", "")], "business_name", "Enter the business name as the bill shows it"),
    ("contact", &[("contact_name", "")], "contact_name", "Enter the contact name"),
    ("contact", &[("contact_name", "--")], "contact_name", "Contact name must have at least one letter or digit"),
    ("contact", &[("authorized_email", "")], "authorized_email", "Enter that person’s email address"),
    (
        "contact",
        &[("authorized_email", "dana@")],
        "authorized_email",
        "Enter an email address in the correct format, like name@example.com",
    ),
    ("contact", &[("street", "")], "street", "Enter the street address"),
    ("contact", &[("street", "350")], "street", "Street address must include a number and a street name"),
    ("contact", &[("street", TOO_LONG)], "street", "Street address must be 100 characters or fewer"),
    (
        "contact",
        &[("street", "P.O. Box 12")],
        "street",
        "A PO Box cannot be the service address. Enter where the phone service is",
    ),
    ("contact", &[("unit", TOO_LONG)], "unit", "Apartment, suite or floor must be 100 characters or fewer"),
    (
        "contact",
        &[("unit", "PO Box 12")],
        "unit",
        "A PO Box cannot be the service address. Enter where the phone service is",
    ),
    ("contact", &[("city", "")], "city", "Enter the city"),
    ("contact", &[("state", "")], "state", "Select the state"),
    ("contact", &[("postal_code", "")], "postal_code", "Enter the ZIP code"),
    ("contact", &[("postal_code", "1000")], "postal_code", "ZIP code must be 5 or 9 digits"),
    (
        "contact",
        &[("preferred-month", "2"), ("preferred-day", "30"), ("preferred-year", "2027")],
        "preferred-month",
        "Preferred date must be a real date",
    ),
    (
        "contact",
        &[("preferred-month", "12"), ("preferred-day", ""), ("preferred-year", "2026")],
        "preferred-day",
        "Preferred date must include a day",
    ),
    (
        "contact",
        &[("preferred-month", "11"), ("preferred-day", "24"), ("preferred-year", "2026")],
        "preferred-month",
        "Preferred date must be at least 5 business days from today",
    ),
    (
        "contact",
        &[("preferred-month", "12"), ("preferred-day", "5"), ("preferred-year", "2026")],
        "preferred-month",
        "Preferred date must be a weekday",
    ),
    (
        "contact",
        &[("preferred-month", "12"), ("preferred-day", "25"), ("preferred-year", "2026")],
        "preferred-month",
        "Preferred date must be a business day. Dec 25, 2026 is Christmas Day",
    ),
    (
        "contact",
        &[("preferred-month", "12"), ("preferred-day", "6"), ("preferred-year", "2028")],
        "preferred-month",
        "Preferred date must be within a year from today",
    ),
    // Billing statement
    ("bill", &[("proof", "-")], "proof", "Select what you can give us"),
    ("bill", &[], "file", "Select a bill"),
    ("bill", &[("bill-month", ""), ("bill-day", ""), ("bill-year", "")], "bill-month", "Enter the date on the bill"),
    ("bill", &[("bill-day", "")], "bill-day", "Date on the bill must include a day"),
    ("bill", &[("bill-year", "26")], "bill-year", "Date on the bill must have a year of 4 digits, like 2026"),
    ("bill", &[("bill-month", "13")], "bill-month", "Date on the bill must be a real date"),
    ("bill", &[("bill-month", "12")], "bill-month", "Date on the bill must be in the past"),
    (
        "bill",
        &[("bill-month", "8"), ("bill-day", "1")],
        "bill-month",
        "This bill is 112 days old. It must be no more than 90 days old. Get a newer one from Verizon",
    ),
];

const WARNINGS: &[Row] = &[
    (
        "numbers",
        &[("account_number", "212-664-0142")],
        "account_number",
        "That looks like one of the phone numbers. If the bill really shows it as the account number, send it again",
    ),
    (
        "numbers",
        &[("account_number", "123-45-6789")],
        "account_number",
        "That looks like a Social Security number. If the bill really shows it as the account number, send it again",
    ),
    (
        "numbers",
        &[("landline", "212-555-0142")],
        "landline",
        "(212) 555-0142 is not a real number: 555-0100 to 555-0199 are kept for examples. If your bill really shows that, send it again",
    ),
    (
        "numbers",
        &[("wireless-0-pin", "1234")],
        "wireless-0-pin",
        "Carriers seldom give out a PIN like this one. If yours did, send it again",
    ),
    (
        "contact",
        &[("authorized_email", "dana@gmial.com")],
        "authorized_email",
        "Did you mean dana@gmail.com? If dana@gmial.com is right, send it again",
    ),
    (
        "contact",
        &[("contact_name", "Alexandrina Victoria Montgomery")],
        "contact_name",
        "Some carriers keep only the first 25 characters of a name. If the bill shows all of it, send it again",
    ),
    (
        "contact",
        &[("street", "One Harbor Way")],
        "street",
        "Street address has no number. If the bill shows it that way, send it again",
    ),
    (
        "contact",
        &[("street", "12 Elm St PMB 7")],
        "street",
        "That looks like a private mailbox. If the phone service is there, send it again",
    ),
    (
        "contact",
        &[("postal_code", "90210")],
        "postal_code",
        "ZIP code 90210 does not seem to be in New York. If the bill shows both, send it again",
    ),
    (
        "contact",
        &[("preferred-month", "1"), ("preferred-day", "14"), ("preferred-year", "2027")],
        "preferred-month",
        "Carriers seldom hold a date more than 30 days ahead. If you need this one, send it again",
    ),
    (
        "bill",
        &[("bill-month", "10"), ("bill-day", "1")],
        "bill-month",
        "This bill is from Oct 1, 2026. Carriers prefer one from the last 30 days. If you have no newer one, send it again",
    ),
];

fn base(page: &str) -> &'static [(&'static str, &'static str)] {
    match page {
        "terms" => TERMS,
        "numbers" => NUMBERS,
        "contact" => CONTACT,
        _ => BILL,
    }
}

#[test]
fn every_error_stands_at_its_field_and_stops_the_page() {
    let desk = Desk::open();
    let mut wrong = Vec::new();
    for (page, with, field, sentence) in ERRORS {
        let draft = Draft::start(&desk);
        if *page == "bill" {
            draft.pass("numbers", NUMBERS, "contact");
            if *sentence != "Select a bill" {
                draft.upload(&[("do", "upload")], &[("bill.pdf", &bill_pdf())]);
            }
        }
        let answer = draft.post(page, &changed(base(page), with));
        if answer.location.as_deref() != Some(draft.at(&format!("{page}?check=1")).as_str()) {
            wrong.push(format!("{page} {with:?} led to {:?}", answer.location));
            continue;
        }
        let shown = answer.follow();
        let in_summary = shown.body.contains(&format!("<a href=\"#{field}\">{}</a>", escaped(sentence)));
        let at_field = shown.body.contains(&format!("id=\"{field}\"")) && shown.text().matches(sentence).count() >= 2;
        if !in_summary || !at_field || !shown.title().starts_with("Error: ") {
            wrong.push(format!("{page} {with:?}: {sentence}\n{shown:?}"));
        }
        if shown.body != draft.get(&format!("{page}?check=1")).body {
            wrong.push(format!("{page} {with:?}: a reload shows something else"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), ERRORS.len(), wrong.join("\n\n"));
}

#[test]
fn every_warning_stops_once_and_passes_when_sent_again() {
    let desk = Desk::open();
    let mut wrong = Vec::new();
    for (page, with, field, sentence) in WARNINGS {
        let draft = Draft::start(&desk);
        if *page == "bill" {
            draft.upload(&[("do", "upload")], &[("bill.pdf", &bill_pdf())]);
        }
        let fields = changed(base(page), with);
        let first = draft.post(page, &fields);
        if first.location.as_deref() != Some(draft.at(&format!("{page}?check=1")).as_str()) {
            wrong.push(format!("{page} {with:?} led to {:?}", first.location));
            continue;
        }
        let shown = first.follow();
        if !shown.body.contains(&format!("<a href=\"#{field}\">{}</a>", escaped(sentence)))
            || shown.body.contains("id=\"errors\"")
        {
            wrong.push(format!("{page} {with:?}: {sentence}\n{shown:?}"));
        }
        let second = draft.post(page, &fields);
        if second.location.as_deref().is_some_and(|to| to.contains("check=1")) {
            wrong.push(format!("{page} {with:?} does not pass the second time"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), WARNINGS.len(), wrong.join("\n\n"));
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
fn with_canada_on_the_words_fit_both_countries() {
    let desk = Desk::open_with(&[("PORTDESK_COUNTRIES", "US,CA")]);
    let draft = Draft::start(&desk);
    let page = draft.post("contact", &changed(CONTACT, &[("state", ""), ("postal_code", "")])).follow();
    page.assert_has("State or province");
    page.assert_has("Select the state or province");
    page.assert_has("Enter the ZIP or postal code");
    let answer = draft.post("contact", &changed(CONTACT, &[("state", "ON"), ("postal_code", "12345")]));
    answer.follow().assert_has("Postal code must look like K1A 0B1");
}

#[test]
fn a_preferred_date_is_held_against_the_holidays_of_its_country() {
    let desk = Desk::open_with(&[("PORTDESK_COUNTRIES", "US,CA")]);
    let draft = Draft::start(&desk);
    let dated = |month, day, place: &[(&'static str, &'static str)]| {
        let date = [("preferred-month", month), ("preferred-day", day), ("preferred-year", "2026")];
        draft.post("contact", &changed(CONTACT, &[&date, place].concat())).follow()
    };
    let ontario = [("city", "Ottawa"), ("state", "ON"), ("postal_code", "K1A 0B1")];
    let boxing_day = "Preferred date must be a business day. Dec 28, 2026 is Boxing Day";
    dated("12", "28", &ontario).assert_has(boxing_day);
    dated("12", "28", &[]).assert_lacks(boxing_day);
    // Five business days from Nov 21: the US has two holidays in between.
    let too_soon = "Preferred date must be at least 5 business days from today";
    dated("11", "30", &[]).assert_has(too_soon);
    dated("11", "27", &ontario).assert_lacks("Preferred date must");
}

#[test]
fn numbers_of_other_requests_are_warned_about_and_refused_at_sending() {
    let desk = Desk::open();
    let sent = Draft::start(&desk);
    sent.send();
    desk.deliver();
    let draft = Draft::start(&desk);
    let answer = draft.post("numbers", NUMBERS);
    let told = format!("(212) 664-0142 is already in request {}. Take it out here or there", sent.sid);
    let page = answer.follow();
    page.assert_has(&told);
    page.assert_has(&format!("(212) 664-0142 Go to request {}", sent.sid));
    page.assert_lacks("It is already in");
    draft.get("numbers").assert_has(&format!("(212) 664-0142 It is already in request {}", sent.sid));
    assert!(page.body.contains(&format!("href=\"/port-requests/{}\"", sent.sid)), "the other request is linked");
    draft.fill();
    let refused = draft.post("check", &[]);
    assert_eq!(refused.location.as_deref(), Some(draft.at("check?check=1").as_str()));
    refused.follow().assert_has(&told);

    let stranger = Draft::start_in(desk.foreign_owner());
    let page = stranger.post("numbers", NUMBERS).follow();
    page.assert_has("(212) 664-0142 is already in another open request. Contact support");
    page.assert_lacks(&sent.sid);
}
