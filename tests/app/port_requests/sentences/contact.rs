//! Every sentence about the contact.

use super::{Row, check_errors, check_warnings};
use crate::harness::desk::Desk;
use crate::port_requests::walk::{CONTACT, Draft, changed};

const TOO_LONG: &str =
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

const ERRORS: &[Row] = &[
    (&[("account_type", "-")], "account_type", "Select residential or business"),
    (&[("business_name", "")], "business_name", "Enter the business name as the bill shows it"),
    (&[("contact_name", "")], "contact_name", "Enter the contact name"),
    (&[("contact_name", "--")], "contact_name", "Contact name must have at least one letter or digit"),
    (&[("authorized_email", "")], "authorized_email", "Enter that person’s email address"),
    (
        &[("authorized_email", "dana@")],
        "authorized_email",
        "Enter an email address in the correct format, like name@example.com",
    ),
    (&[("street", "")], "street", "Enter the street address"),
    (&[("street", "350")], "street", "Street address must include a number and a street name"),
    (&[("street", TOO_LONG)], "street", "Street address must be 100 characters or fewer"),
    (
        &[("street", "P.O. Box 12")],
        "street",
        "A PO Box cannot be the service address. Enter where the phone service is",
    ),
    (&[("unit", TOO_LONG)], "unit", "Apartment, suite or floor must be 100 characters or fewer"),
    (&[("unit", "PO Box 12")], "unit", "A PO Box cannot be the service address. Enter where the phone service is"),
    (&[("city", "")], "city", "Enter the city"),
    (&[("state", "")], "state", "Select the state"),
    (&[("postal_code", "")], "postal_code", "Enter the ZIP code"),
    (&[("postal_code", "1000")], "postal_code", "ZIP code must be 5 or 9 digits"),
    (
        &[("preferred-month", "2"), ("preferred-day", "30"), ("preferred-year", "2027")],
        "preferred-month",
        "Preferred date must be a real date",
    ),
    (
        &[("preferred-month", "12"), ("preferred-day", ""), ("preferred-year", "2026")],
        "preferred-day",
        "Preferred date must include a day",
    ),
    (
        &[("preferred-month", "11"), ("preferred-day", "24"), ("preferred-year", "2026")],
        "preferred-month",
        "Preferred date must be at least 5 business days from today. The first possible date is Dec 1, 2026",
    ),
    (
        &[("preferred-month", "12"), ("preferred-day", "5"), ("preferred-year", "2026")],
        "preferred-month",
        "Preferred date must be a weekday",
    ),
    (
        &[("preferred-month", "12"), ("preferred-day", "25"), ("preferred-year", "2026")],
        "preferred-month",
        "Preferred date must be a business day. Dec 25, 2026 is Christmas Day",
    ),
    (
        &[("preferred-month", "12"), ("preferred-day", "6"), ("preferred-year", "2028")],
        "preferred-month",
        "Preferred date must be within a year from today",
    ),
];

const WARNINGS: &[Row] = &[
    (
        &[("authorized_email", "dana@gmial.com")],
        "authorized_email",
        "Did you mean dana@gmail.com? If dana@gmial.com is right, leave it and continue",
    ),
    (
        &[("contact_name", "Alexandrina Victoria Montgomery")],
        "contact_name",
        "Some carriers keep only the first 25 characters of a name. If the bill shows all of it, leave it and continue",
    ),
    (
        &[("street", "One Harbor Way")],
        "street",
        "Street address has no number. If the bill shows it that way, leave it and continue",
    ),
    (
        &[("street", "12 Elm St PMB 7")],
        "street",
        "That looks like a private mailbox. If the phone service is there, leave it and continue",
    ),
    (
        &[("postal_code", "90210")],
        "postal_code",
        "ZIP code 90210 does not seem to be in New York. If the bill shows both, leave it and continue",
    ),
    (
        &[("preferred-month", "1"), ("preferred-day", "14"), ("preferred-year", "2027")],
        "preferred-month",
        "Carriers seldom hold a date more than 30 days ahead. If you need this one, leave it and continue",
    ),
];

#[test]
fn every_error_stands_at_its_field_and_stops_the_page() {
    check_errors("contact", CONTACT, ERRORS);
}

#[test]
fn every_warning_stops_once_and_passes_when_sent_again() {
    check_warnings("contact", CONTACT, WARNINGS);
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
    let too_soon = "Preferred date must be at least 5 business days from today. The first possible date is Dec 1, 2026";
    dated("11", "30", &[]).assert_has(too_soon);
    dated("11", "27", &ontario).assert_lacks("Preferred date must");
}
