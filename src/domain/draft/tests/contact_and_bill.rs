//! Every sentence of the pages "Contact information" and "Billing statement".

use super::*;

#[test]
fn the_owner() {
    check(&[("account_type", "")], &[("account_type", "Select residential or business")]);
    check(&[("business_name", "")], &[("business_name", "Enter the business name as the bill shows it")]);
    check(&[("account_type", "residential"), ("business_name", "")], &[]);
    check(&[("contact_name", "")], &[("contact_name", "Enter the contact name")]);
    let long =
        "Some carriers keep only the first 25 characters of a name. If the bill shows all of it, leave it and continue";
    check_warning(&[("contact_name", "Maria de los Angeles Ruiz Peña")], &[("contact_name", long)]);
    let field = "authorized_email";
    check(&[(field, "")], &[(field, "Enter that person’s email address")]);
    let format = "Enter an email address in the correct format, like name@example.com";
    check(&[(field, "dana@")], &[(field, format)]);
    let meant = "Did you mean dana@gmail.com? If dana@gmial.com is right, leave it and continue";
    check_warning(&[(field, "dana@gmial.com")], &[(field, meant)]);
}

#[test]
fn the_address() {
    check(&[("street", "")], &[("street", "Enter the street address")]);
    check(&[("street", "123")], &[("street", "Street address must include a number and a street name")]);
    let po_box = "A PO Box cannot be the service address. Enter where the phone service is";
    check(&[("street", "P.O. Box 12")], &[("street", po_box)]);
    check(&[("unit", "PO Box 12")], &[("unit", po_box)]);
    check(&[("street", "12 Poe Boxwood Lane")], &[]);
    let no_number = "Street address has no number. If the bill shows it that way, leave it and continue";
    check_warning(&[("street", "One Harbor Way")], &[("street", no_number)]);
    check(&[("city", "")], &[("city", "Enter the city")]);
    check(&[("state", "")], &[("state", "Select the state")]);
    check(&[("state", "BC")], &[("state", "Select the state")]);
    check(&[("postal_code", "")], &[("postal_code", "Enter the ZIP code")]);
    check(&[("postal_code", "1000")], &[("postal_code", "ZIP code must be 5 or 9 digits")]);
    let other = "ZIP code 46204 does not seem to be in New York. If the bill shows both, leave it and continue";
    check_warning(&[("postal_code", "46204")], &[("postal_code", other)]);
}

#[test]
fn addresses_where_canada_is_on() {
    let canada = rules(true);
    let toronto = [("city", "Toronto"), ("state", "ON"), ("postal_code", "m5v 2t6")];
    check_with(&canada, &toronto, &[], &[]);
    check_with(&canada, &[("state", "")], &[("state", "Select the state or province")], &[]);
    check_with(&canada, &[("postal_code", "")], &[("postal_code", "Enter the ZIP or postal code")], &[]);
    let boxed = [&toronto[..], &[("street", "CP 123 Montréal")]].concat();
    let po_box = "A PO Box cannot be the service address. Enter where the phone service is";
    check_with(&canada, &boxed, &[("street", po_box)], &[]);
    let incomplete = "664-0187 is not a complete US or Canadian number. Include the area code";
    check_with(&canada, &[("wireless-0-number", "664-0187")], &[("wireless-0-number", incomplete)], &[]);
}

#[test]
fn the_preferred_date() {
    let on = |month, day, year| [("preferred-month", month), ("preferred-day", day), ("preferred-year", year)];
    let field = "preferred-month";
    // Thanksgiving and the day after it do not count, so the fifth business day after Sat, Nov 21 is Tue, Dec 1.
    check(&on("Dec", "1", "2026"), &[]);
    check(
        &on("11", "30", "2026"),
        &[(
            field,
            "Preferred date must be at least 5 business days from today. The first possible date is Dec 1, 2026",
        )],
    );
    check(&on("2", "30", "2027"), &[(field, "Preferred date must be a real date")]);
    check(&on("12", "5", "2026"), &[(field, "Preferred date must be a weekday")]);
    let holiday = "Preferred date must be a business day. Dec 25, 2026 is Christmas Day";
    check(&on("12", "25", "2026"), &[(field, holiday)]);
    check(&on("12", "", "2026"), &[("preferred-day", "Preferred date must include a day")]);
    check(&on("12", "1", "2126"), &[(field, "Preferred date must be within a year from today")]);
    let far = "Carriers seldom hold a date more than 30 days ahead. If you need this one, leave it and continue";
    check_warning(&on("12", "22", "2026"), &[(field, far)]);
}

#[test]
fn the_bill() {
    let on = |month, day, year| [("bill-month", month), ("bill-day", day), ("bill-year", year)];
    let field = "bill-month";
    check(&[("proof", "")], &[("proof", "Select what you can give us")]);
    check(&on("", "", ""), &[(field, "Enter the date on the bill")]);
    check(&on("11", "31", "2026"), &[(field, "Date on the bill must be a real date")]);
    check(&on("11", "21", "2026"), &[]);
    check(&on("11", "22", "2026"), &[(field, "Date on the bill must be in the past")]);
    let old = "This bill is 91 days old. It must be no more than 90 days old. Get a newer one from Verizon";
    check(&on("August", "22", "2026"), &[(field, old)]);
    let getting = "This bill is from Aug 23, 2026. Carriers prefer one from the last 30 days. If you have no newer one, keep it and continue";
    check_warning(&on("August", "23", "2026"), &[(field, getting)]);
    check(&on("10", "22", "2026"), &[]);
    let findings = with(&[]).check(Step::Bill, &rules(false), 0);
    assert_eq!(told(&findings.errors), [(FILES_FIELD, "Select a bill")]);
}
