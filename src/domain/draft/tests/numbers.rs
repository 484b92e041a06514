//! Every sentence of the page "Account and numbers".

use super::{check, check_warning, rules, with};

#[test]
fn the_account() {
    let long = "n".repeat(81);
    check(&[("name", &long)], &[("name", "Name must be 80 characters or fewer")]);
    check(&[("name", "  ")], &[]);
    check(&[("losing_carrier", "")], &[("losing_carrier", "Enter your current carrier")]);
    check(&[("account_number", " ")], &[("account_number", "Enter the account number")]);
    let long = "9".repeat(41);
    let fewer = "Account number must be 40 characters or fewer";
    check(&[("account_number", &long)], &[("account_number", fewer)]);
    check(&[("account_pin", &long)], &[("account_pin", "PIN must be 40 characters or fewer")]);
    check(&[("account_pin", "N/A")], &[]);
    check(&[("btn", "664-0142")], &[("btn", "664-0142 is not a complete US number")]);
    check(&[("scope", "")], &[("scope", "Select whether you are moving every number")]);
    let stay = ("staying", "2126640150");
    check(&[("scope", "some"), stay, ("new_btn", "664")], &[("new_btn", "664 is not a complete US number")]);
    check(&[("scope", "all"), ("new_btn", "664")], &[]);
    let moves = "(212) 664-0142 is one of the numbers you are moving. Enter one that stays";
    check(&[("scope", "some"), stay, ("new_btn", "2126640142")], &[("new_btn", moves)]);
    let same = "(212) 664-0199 is the billing phone number now. Leave this blank if it stays the same";
    check(&[("btn", "2126640199"), ("scope", "some"), stay, ("new_btn", "2126640199")], &[("new_btn", same)]);
}

#[test]
fn account_numbers_that_look_like_something_else() {
    let phone =
        "That looks like one of the phone numbers. If the bill really shows it as the account number, send it again";
    check_warning(&[("account_number", "212 664 0142")], &[("account_number", phone)]);
    check_warning(&[("account_number", "1-646-664-0187")], &[("account_number", phone)]);
    let ssn = "That looks like a Social Security number. If the bill really shows it as the account number, leave it and continue";
    check_warning(&[("account_number", "123-45-6789")], &[("account_number", ssn)]);
}

#[test]
fn the_numbers() {
    let none = [("wireless-0-number", ""), ("wireless-0-pin", ""), ("landline", " ")];
    check(&none, &[("landline", "Enter at least one number here or in wireless numbers")]);
    check(&[("landline", "")], &[]);
    check(&[("landline", "2126640142, 664-0143")], &[("landline", "Add the area code to 664-0143")]);
    check(&[("landline", "2126640142, 664-0143, 21266401")], &[("landline", "2 entries need fixing")]);
    let range = ("landline", "212-664-0100 to 0119");
    check(&[range], &[("ranges_confirmed", "Tick \"Yes, all 20\" if the range is right")]);
    check(&[range, ("ranges_confirmed", "yes")], &[]);
    let both = "(646) 664-0187 is in both lists. Keep it in one";
    check(&[("landline", "646.664.0187")], &[("wireless-0-number", both)]);
    let unreal = "(212) 555-0142 and 1 more are not real numbers: 555-0100 to 555-0199 are kept for examples. If your bill really shows that, leave it and continue";
    check_warning(&[("landline", "2125550142 2125550143")], &[("landline", unreal)]);
}

#[test]
fn too_many_numbers() {
    let landline: Vec<String> = (0..1_204).map(|n| format!("212664{n:04}")).collect();
    let most = "This request has 1,205 numbers. The most we can send at once is 1,000";
    check(&[("landline", &landline.join("\n"))], &[("landline", most)]);
}

#[test]
fn wireless_rows() {
    check(&[("wireless-1-number", ""), ("wireless-1-kind", "pin")], &[]);
    check(&[("wireless-1-pin", "8841")], &[("wireless-1-number", "Enter wireless number 2")]);
    let incomplete = "664-0187 is not a complete US number. Include the area code";
    check(&[("wireless-0-number", "664-0187")], &[("wireless-0-number", incomplete)]);
    check(&[("wireless-0-pin", " ")], &[("wireless-0-pin", "Enter a PIN for (646) 664-0187")]);
    let both = [("wireless-0-number", "664"), ("wireless-0-pin", "")];
    let two = [
        ("wireless-0-number", "664 is not a complete US number. Include the area code"),
        ("wireless-0-pin", "Enter a PIN for wireless number 1"),
    ];
    check(&both, &two);
    let toll_free = "(866) 356-9377 is toll-free. Enter it with the landline and toll-free numbers";
    check(&[("wireless-0-number", "8663569377")], &[("wireless-0-number", toll_free)]);
    let twice = "(646) 664-0187 is in wireless numbers twice. Keep it once";
    check(&[("wireless-1-number", "6466640187"), ("wireless-1-pin", "8841")], &[("wireless-1-number", twice)]);
}

#[test]
fn wireless_pins() {
    let needs = "Wireless numbers always need a PIN or the last 4 of the SSN. Ask Verizon for a transfer PIN";
    for words in ["N/A", "none", "NO PIN REQUIRED"] {
        check(&[("wireless-0-pin", words)], &[("wireless-0-pin", needs)]);
    }
    let shape = "PIN must be 4 to 15 letters or digits, without spaces";
    check(&[("wireless-0-pin", "12")], &[("wireless-0-pin", shape)]);
    let four = "Last 4 of the SSN must be 4 digits";
    check(&[("wireless-0-pin", "12345"), ("wireless-0-kind", "ssn")], &[("wireless-0-pin", four)]);
    let full =
        "That looks like a full Social Security number, so we did not keep it. Enter only its last 4 digits or a PIN";
    check(&[("wireless-0-pin", "123-45-6789"), ("wireless-0-kind", "ssn")], &[("wireless-0-pin", full)]);
    check(&[("account_pin", "123456789")], &[("account_pin", full)]);
    check(&[("one_pin", "on"), ("shared_pin", "123 45 6789")], &[("shared_pin", full)]);
    let seldom = "Carriers seldom give out a PIN like this one. If yours did, leave it and continue";
    for pin in ["0000", "1234", "7777"] {
        check_warning(&[("wireless-0-pin", pin)], &[("wireless-0-pin", seldom)]);
        check_warning(&[("account_pin", pin)], &[("account_pin", seldom)]);
    }
}

#[test]
fn one_pin_for_all() {
    check(&[("one_pin", "yes")], &[("shared_pin", "Enter the PIN for all wireless numbers")]);
    let landline_only = [("one_pin", "yes"), ("wireless-0-number", ""), ("wireless-0-pin", "")];
    check(&landline_only, &[]);
    let rows =
        [("one_pin", "yes"), ("shared_pin", "9952"), ("wireless-0-pin", ""), ("wireless-1-number", "6466640188")];
    check(&rows, &[]);
    let (step, _) = with(&rows).numbers.check(&rules(false));
    let pins: Vec<String> =
        step.unwrap().numbers.into_iter().filter_map(|number| Some(number.pin?.reveal().to_owned())).collect();
    assert_eq!(pins, ["9952", "9952"]);
}
