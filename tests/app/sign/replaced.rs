//! A letter that was signed and then replaced: its copies stay where its owner and the desk find them.

use super::asked::Asked;
use crate::harness::desk::Desk;

#[test]
fn the_copies_of_an_earlier_signed_letter_are_still_there() {
    let desk = Desk::open();
    let manager = desk.people.manager();
    let asked = Asked::new(&desk);
    let (letter, _) = asked.finish();
    asked.asked_anew(&manager);
    let [signed, certificate] =
        ["signed", "certificate"].map(|file| format!("/letters/{}/{file}.pdf", asked.loa.loa_id));
    let page = desk.manager().get(&format!("/port-requests/{}/loa", asked.sid));
    page.assert_has("Earlier letters");
    let at_desk = desk.reviewer().get(&format!("/desk/port-requests/{}", asked.sid));
    at_desk.assert_has("Letters signed before");
    for address in [&signed, &certificate] {
        let link = format!(r#"href="{address}""#);
        assert!(page.body.contains(&link) && at_desk.body.contains(&link), "{address}: {page:?} {at_desk:?}");
        assert_eq!(desk.foreign_owner().get(address).status, 404);
    }
    for browser in [desk.manager(), desk.owner(), desk.reviewer()] {
        let copy = browser.get(&signed);
        assert_eq!(copy.status, 200);
        assert!(copy.bytes == letter, "byte for byte what was signed");
        assert!(browser.get(&certificate).bytes.starts_with(b"%PDF"));
    }
    assert_eq!(desk.browser().get(&signed).status, 303, "nobody gets it without signing in");
}

#[test]
fn a_letter_that_nobody_signed_has_no_copies() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    asked.asked_anew(&desk.people.manager());
    let page = desk.manager().get(&format!("/port-requests/{}/loa", asked.sid));
    page.assert_has("Earlier letters");
    assert!(!page.body.contains("/letters/"), "{page:?}");
    desk.reviewer().get(&format!("/desk/port-requests/{}", asked.sid)).assert_lacks("Letters signed before");
}
