//! Single numbers and the sentences about them.

use proptest::prelude::*;

use super::*;

const HELP: &str = "help@example.com";

fn rules(canada: bool) -> NumberRules<'static> {
    NumberRules { area_codes: AreaCodes::built_in(), countries: Countries { canada }, support: HELP }
}

#[track_caller]
fn check(text: &str, expected: Result<&str, &str>) {
    let found = PhoneNumber::parse(text, &rules(false)).map_err(|error| error.to_string());
    assert_eq!(found.as_ref().map(PhoneNumber::as_str).map_err(String::as_str), expected, "{text}");
}

#[test]
fn reads_numbers_as_people_write_them() {
    for text in [
        "+13178425519",
        "3178425519",
        "13178425519",
        "(317) 842-5519",
        "317/842-5519",
        "1 317 842 5519",
        "31-78-42-55-19",
        "３１７\u{2014}842\u{A0}5519",
        "\u{FEFF}317842\u{AD}5519",
        "tel:+1-317-842-5519",
        "Fax: 317.842.5519",
        "317-VIA-5519",
        "\u{202D}(317) 842\u{2011}5519\u{202C}",
        "0013178425519",
        "[317] 842~5519",
    ] {
        check(text, Ok("+13178425519"));
    }
}

#[test]
fn says_how_many_digits_are_missing_or_too_many() {
    check("", Err("Enter a phone number"));
    check("()", Err("() is not a phone number"));
    check("555-0142", Err("Add the area code to 555-0142"));
    check("1 5550142", Err("Add the area code to 1 5550142"));
    check("212555014", Err("212555014 has 9 digits; a US number has 10"));
    check("5", Err("5 has 1 digit; a US number has 10"));
    check("+1317842551", Err("+1317842551 has 9 digits after the 1; a US number has 10"));
    check("5/12/2026", Err("5/12/2026 has 7 digits; a US number has 10"));
    check("1-800-FLOWER", Err("1-800-FLOWER makes 9 digits with its letters; a US number has 10"));
    check("1-800-C0NTACT", Err("1-800-C0NTACT has the letter C where a digit belongs"));
    check("317-842-551O", Err("317-842-551O has the letter O where a digit belongs. Write 0 if you mean zero"));
    check(
        "842-55 19 212",
        Err("842-55 19 212 is not laid out like a US number. Write the area code first, then the other seven digits"),
    );
    let many = "21255501422125550143";
    check(many, Err(&format!("{many} has 20 digits; a US number has 10. Put a comma between two numbers")));
}

#[test]
fn names_what_cannot_be_moved() {
    check("(117) 842-5519", Err("Check (117) 842-5519: an area code cannot start with 1"));
    check("411-842-5519", Err("Check 411-842-5519: 411 is a service code, not an area code"));
    check("222-842-5519", Err("Check 222-842-5519: 222 is not an area code in use. Write to help@example.com"));
    check("317-011-5519", Err("Check 317-011-5519: the three digits after the area code cannot start with 0"));
    check("317-911-5519", Err("Check 317-911-5519: 911 after the area code is a service code, not a phone number"));
    check("900-842-5519", Err("900-842-5519 is a pay-per-call number; 900 numbers cannot be moved"));
    check("317-976-5519", Err("317-976-5519 is a pay-per-call number; 976 numbers cannot be moved"));
    check("500-234-5678", Err("500-234-5678 is a number without a place; 500 numbers cannot be moved"));
    check("800-555-1212", Err("800-555-1212 is directory assistance; 555-1212 numbers cannot be moved"));
    check("800-976-5519", Ok("+18009765519"));
}

#[test]
fn says_whom_to_write_to_about_other_countries() {
    check("416-555-0142", Err("416-555-0142 is Canadian; this form takes US numbers. Write to help@example.com"));
    check("242-342-5519", Err("242-342-5519 is in the Bahamas, not the United States. Write to help@example.com"));
    check("+44 20 7946 0958", Err("+44 20 7946 0958 is outside the US. Write to help@example.com"));
    check("011 44 20 7946 0958", Err("011 44 20 7946 0958 is outside the US. Write to help@example.com"));
    check("+2128425519", Err("+2128425519 lacks the 1 after the plus. If it is a US number, write +1 (212) 842-5519"));
    check("787-842-5519", Ok("+17878425519"));
    let with_canada = |text| PhoneNumber::parse(text, &rules(true)).map_err(|error| error.to_string());
    assert_eq!(with_canada("416-842-5519").unwrap().kind_label(), "Canadian local");
    let jamaica = "876-842-5519 is in Jamaica, not the United States or Canada. Write to help@example.com";
    assert_eq!(with_canada("876-842-5519").unwrap_err(), jamaica);
    let nobody = NumberRules { support: "", ..rules(false) };
    let error = PhoneNumber::parse("+442079460958", &nobody).unwrap_err();
    assert_eq!(error.to_string(), "+442079460958 is outside the US");
}

#[test]
fn takes_one_number_and_nothing_beside_it() {
    check("317-842-5519 ext. 12", Err("Leave out ext. 12: extensions do not move"));
    check("317-842-5519, 317-842-5520", Err("Enter one phone number here. You entered 317-842-5519, 317-842-5520"));
    check("317-842-5519,,12", Err("Enter one phone number here. You entered 317-842-5519,,12"));
    check("317-842-5519 to 5528", Err("Enter one phone number here. You entered 317-842-5519 to 5528"));
    check("317-842-5519 maybe", Err("Leave only the number here. maybe is not part of it"));
    check("3178425519\0", Err("3178425519\u{FFFD} has a hidden character in it. Type the number again"));
    check(
        &"9".repeat(50),
        Err(&format!("{}… has 50 digits; a US number has 10. Put a comma between two numbers", "9".repeat(40))),
    );
}

#[test]
fn shows_a_number_and_its_kind() {
    let number = PhoneNumber::from_stored("+12125550142").unwrap();
    assert_eq!((number.national().as_str(), number.to_string().as_str()), ("(212) 555-0142", "(212) 555-0142"));
    assert_eq!((number.area_code(), number.kind_label()), ("212", "US local"));
    assert!(number.is_fictional() && !number.is_toll_free());
    for (stored, label) in [("+18338425519", "Toll-free"), ("+17878425519", "Puerto Rico"), ("+12228425519", "Local")] {
        assert_eq!(PhoneNumber::from_stored(stored).unwrap().kind_label(), label);
    }
}

#[test]
fn takes_only_whole_numbers_from_the_database() {
    for text in ["", "+1", "2125550142", "+1212555014", "+121255501422", "+11125550142", "+12120550142", "+1212555014x"]
    {
        assert_eq!(PhoneNumber::from_stored(text), None, "{text}");
        assert!(serde_json::from_value::<PhoneNumber>(serde_json::json!(text)).is_err());
    }
    let number = PhoneNumber::from_stored("+12125550142").unwrap();
    assert_eq!(serde_json::to_string(&number).unwrap(), r#""+12125550142""#);
}

#[test]
fn never_blames_and_never_claims_wireless_or_landline() {
    for word in ["valid", "invalid", "please", "sorry", "oops", "forbidden", "required", "wireless", "landline"] {
        let sentences = include_str!("error.rs").lines().filter(|line| line.trim_start().starts_with("#[error("));
        for sentence in sentences {
            assert!(!sentence.to_lowercase().contains(word), "{word} in {sentence}");
        }
    }
}

proptest! {
    #[test]
    fn reads_back_what_it_shows(
        area in prop::sample::select(vec!["212", "317", "646", "787", "800", "833", "983"]),
        exchange in 200..976_u32,
        line in 0..10_000_u32,
    ) {
        prop_assume!(exchange % 100 != 11 && !(exchange == 555 && line == 1212));
        let stored = format!("+1{area}{exchange}{line:04}");
        let number = PhoneNumber::from_stored(&stored).unwrap();
        for shown in [
            number.as_str().to_owned(), number.national(), format!("+1 {number}"), format!("1-{area}-{exchange}-{line:04}"),
            format!("{area}.{exchange}.{line:04}"), format!("{area}{exchange}{line:04}"), format!("{area} {exchange}{line:04}"),
        ] {
            prop_assert_eq!(PhoneNumber::parse(&shown, &rules(false)), Ok(number.clone()), "{}", shown);
        }
    }

    #[test]
    fn never_panics(text in any::<String>()) {
        prop_assert!(PhoneNumber::parse(&text, &rules(true)).map_or_else(|error| !error.to_string().is_empty(), |_| true));
    }
}
