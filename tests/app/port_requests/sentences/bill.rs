//! Every sentence about the bill.

use super::{Row, check_errors, check_warnings};
use crate::port_requests::walk::BILL;

const ERRORS: &[Row] = &[
    (&[("proof", "-")], "proof", "Select what you can give us"),
    (&[], "file", "Select a bill"),
    (&[("bill-month", ""), ("bill-day", ""), ("bill-year", "")], "bill-month", "Enter the date on the bill"),
    (&[("bill-day", "")], "bill-day", "Date on the bill must include a day"),
    (&[("bill-year", "26")], "bill-year", "Date on the bill must have a year of 4 digits, like 2026"),
    (&[("bill-month", "13")], "bill-month", "Date on the bill must be a real date"),
    (&[("bill-month", "12")], "bill-month", "Date on the bill must be in the past"),
    (
        &[("bill-month", "8"), ("bill-day", "1")],
        "bill-month",
        "This bill is 112 days old. It must be no more than 90 days old. Get a newer one from Verizon",
    ),
];

const WARNINGS: &[Row] = &[(
    &[("bill-month", "10"), ("bill-day", "1")],
    "bill-month",
    "This bill is from Oct 1, 2026. Carriers prefer one from the last 30 days. If you have no newer one, keep it and continue",
)];

#[test]
fn every_error_stands_at_its_field_and_stops_the_page() {
    check_errors("bill", BILL, ERRORS);
}

#[test]
fn every_warning_stops_once_and_passes_when_sent_again() {
    check_warnings("bill", BILL, WARNINGS);
}
