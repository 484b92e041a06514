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
