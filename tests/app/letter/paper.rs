//! What never stands on a letter.

use portdesk::domain::number_to_port::NumberKind;

use super::samples::{mixed, numbers};
use super::tools::{PRESS, words};

#[test]
fn no_pin_and_no_ssn_has_a_place_in_the_facts() {
    let mut facts = mixed();
    facts.numbers = numbers(NumberKind::Wireless, 3);
    let json = String::from_utf8(facts.canonical_json().unwrap()).unwrap().to_lowercase();
    for word in ["pin\"", "ssn", "passcode", "secret", "ip\"", "agent"] {
        assert!(!json.contains(word), "{word}: {json}");
    }
    let text = words(&PRESS.letter(&facts, None).unwrap());
    assert_eq!(text.matches("PIN").count(), 1, "only that it is on file: {text}");
}
