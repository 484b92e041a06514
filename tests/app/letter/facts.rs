//! The canonical JSON and its hash: every printed field counts, and nothing else does.

use portdesk::domain::contact::AccountType;
use portdesk::domain::number_to_port::NumberKind;
use portdesk::letter::{LetterFacts, Mark};
use proptest::prelude::{Just, Strategy, prop_assert, prop_assert_eq, proptest};
use serde_json::Value;

use super::samples::{business, canadian, mixed, residential, signature, toll_free};
use super::tools::{PRESS, words};

#[test]
fn the_canonical_json_is_as_it_always_was() {
    let json = String::from_utf8(residential(1).canonical_json().unwrap()).unwrap();
    insta::assert_snapshot!(json);
    assert_eq!(
        residential(1).content_hash().unwrap().to_string(),
        "0426579c714e88ec53b493371374fcc2c9025dd8fc148346cf36afcd879a260b"
    );
}

#[test]
fn facts_are_read_back_as_they_were_written() {
    for facts in [residential(1), business(15), mixed(), toll_free(2), canadian()] {
        let json = facts.canonical_json().unwrap();
        assert_eq!(LetterFacts::from_canonical_json(&json).unwrap(), facts);
    }
    let mut json: Value = serde_json::from_slice(&mixed().canonical_json().unwrap()).unwrap();
    json["pin"] = "1234".into();
    assert!(LetterFacts::from_canonical_json(json.to_string().as_bytes()).is_err(), "an unknown field is refused");
}

#[test]
fn debug_shows_neither_account_number_nor_check_code() {
    let told = format!("{:?}", mixed());
    for hidden in ["942561837", "K7WX", "pZ1qR8s"] {
        assert!(!told.contains(hidden), "{told}");
    }
}

type Change = fn(&mut LetterFacts, &str);

/// Each field that a letter prints, with a way to change it.
const CHANGES: [(&str, Change); 33] = [
    ("attempt", |facts, _| facts.attempt += 1),
    ("generated_on", |facts, _| facts.generated_on = facts.generated_on.succ_opt().unwrap()),
    ("new_provider.name", |facts, add| facts.new_provider.name.push_str(add)),
    ("new_provider.address", |facts, add| facts.new_provider.address.as_mut().unwrap().push_str(add)),
    ("new_provider.phone", |facts, add| facts.new_provider.phone.as_mut().unwrap().push_str(add)),
    ("new_provider.email", |facts, add| facts.new_provider.email.push_str(add)),
    ("customer.account_type", |facts, _| facts.customer.account_type = AccountType::Residential),
    ("customer.business_name", |facts, add| facts.customer.business_name.as_mut().unwrap().push_str(add)),
    ("customer.contact_name", |facts, add| facts.customer.contact_name.push_str(add)),
    ("customer.billing_name", |facts, add| facts.customer.billing_name.as_mut().unwrap().push_str(add)),
    ("street", |facts, add| facts.customer.service_address.street.push_str(add)),
    ("unit", |facts, add| facts.customer.service_address.unit.as_mut().unwrap().push_str(add)),
    ("city", |facts, add| facts.customer.service_address.city.push_str(add)),
    ("state", |facts, add| facts.customer.service_address.state.push_str(add)),
    ("postal_code", |facts, add| facts.customer.service_address.postal_code.push_str(add)),
    ("canadian", |facts, _| facts.customer.service_address.canadian = true),
    ("billing_address", |facts, add| facts.customer.billing_address.as_mut().unwrap().street.push_str(add)),
    ("carrier", |facts, add| facts.current_service.carrier.push_str(add)),
    ("reseller", |facts, add| facts.current_service.reseller = Some(add.to_owned())),
    ("account_number", |facts, _| {
        facts.current_service.account_number = "942561837-00002".parse_account();
    }),
    ("btn", |facts, _| facts.current_service.btn = Some(super::samples::number(9_000))),
    ("one number", |facts, _| facts.numbers[3].number = super::samples::number(9_000)),
    ("one kind", |facts, _| facts.numbers[3].kind = NumberKind::Wireless),
    ("one number fewer", |facts, _| drop(facts.numbers.pop())),
    ("order of numbers", |facts, _| facts.numbers.swap(0, 1)),
    ("new_btn", |facts, _| facts.partial_port.as_mut().unwrap().new_btn = None),
    ("staying", |facts, _| drop(facts.partial_port.as_mut().unwrap().staying.pop())),
    ("resp_org", |facts, add| facts.resp_org.as_mut().unwrap().company.push_str(add)),
    ("signer.name", |facts, add| facts.signer.name.push_str(add)),
    ("signer.title", |facts, add| facts.signer.title.as_mut().unwrap().push_str(add)),
    ("signer.email", |facts, add| facts.signer.email.push_str(add)),
    ("signer.phone", |facts, add| facts.signer.phone.as_mut().unwrap().push_str(add)),
    ("verification", |facts, add| facts.verification.check_code.push_str(add)),
];

/// Keeps the table of changes short.
trait ParseAccount {
    fn parse_account(&self) -> portdesk::domain::account_number::AccountNumber;
}

impl ParseAccount for str {
    fn parse_account(&self) -> portdesk::domain::account_number::AccountNumber {
        portdesk::domain::account_number::AccountNumber::parse(self).unwrap()
    }
}

#[test]
fn what_changes_the_hash_changes_the_print() {
    let before = words(&PRESS.letter(&mixed(), None).unwrap());
    for (field, change) in CHANGES {
        let mut facts = mixed();
        change(&mut facts, "x");
        let after = words(&PRESS.letter(&facts, None).unwrap());
        let foot = |text: &str, facts: &LetterFacts| text.replace(&facts.content_hash().unwrap().short(), "");
        assert_ne!(foot(&before, &mixed()), foot(&after, &facts), "{field} is hashed and not printed");
    }
}

#[test]
fn a_signature_is_no_fact() {
    let facts = mixed();
    let hash = facts.content_hash().unwrap();
    PRESS.letter(&facts, Some(&signature(Mark::Typed))).unwrap();
    assert_eq!(facts.content_hash().unwrap(), hash);
}

proptest! {
    #[test]
    fn every_printed_field_changes_the_hash(
        added in "[A-Za-z0-9 .,'#éñ-]{1,12}",
        (field, change) in (0..CHANGES.len()).prop_flat_map(|at| Just(CHANGES[at])),
    ) {
        let mut facts = mixed();
        change(&mut facts, &added);
        prop_assert!(facts.content_hash().unwrap() != mixed().content_hash().unwrap(), "{}", field);
        prop_assert_eq!(facts.clone().content_hash().unwrap(), facts.content_hash().unwrap());
    }
}
