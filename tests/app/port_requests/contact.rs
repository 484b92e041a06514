//! Contact information: the account holder's details, apart from those of the person who types.

use super::walk::{CONTACT, Draft, changed};
use crate::harness::desk::Desk;

#[test]
fn the_holders_details_have_a_scope_of_their_own() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let page = draft.get("contact");
    page.assert_has("Your carrier compares these word for word");
    for (field, token) in [
        ("business_name", "organization"),
        ("contact_name", "name"),
        ("authorized_email", "email"),
        ("street", "address-line1"),
        ("unit", "address-line2"),
        ("city", "address-level2"),
        ("state", "address-level1"),
        ("postal_code", "postal-code"),
    ] {
        let control = page.body.split('<').find(|tag| tag.contains(&format!("name=\"{field}\""))).unwrap();
        assert!(control.contains(&format!("autocomplete=\"section-carrier billing {token}\"")), "{control}");
    }
    for word in ["NY – New York", "PR – Puerto Rico", "DC – District of Columbia"] {
        page.assert_has(word);
    }
    page.assert_lacks("ON – Ontario");
}

#[test]
fn everything_that_was_typed_comes_back_as_typed() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let odd = [("contact_name", "  Zoë <b>O’Neil</b> \"Z\" "), ("city", ""), ("unit", "Suite 4 & 5")];
    let page = draft.post("contact", &changed(CONTACT, &odd)).follow();
    assert_eq!(page.value("contact_name").as_deref(), Some(odd[0].1));
    assert_eq!(page.value("unit").as_deref(), Some("Suite 4 & 5"));
    assert!(!page.body.contains("<b>O’Neil"));
}

#[test]
fn a_name_that_the_letter_cannot_print_is_told_where_it_is_typed() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let fields = changed(CONTACT, &[("business_name", "北门牙科")]);
    let told =
        "The letter cannot print the character \"北\". Write it in Latin letters, or upload a signed letter instead";
    let page = draft.post("contact", &fields).follow();
    page.assert_has(told);
    assert_eq!(page.value("business_name").as_deref(), Some("北门牙科"));
    // It may be signed on paper yet, so it stops the page once and not for good.
    draft.pass("contact", &fields, "bill");
    let signer = [("who", "other"), ("signer_name", "Dana Ruiz"), ("signer_email", "dana@northgate.example")];
    draft.post("signer", &signer);
    let again = draft.post("contact", &fields).follow();
    again.assert_has(told);
    assert_eq!(draft.get("contact").value("business_name").as_deref(), Some("北门牙科"));
}
