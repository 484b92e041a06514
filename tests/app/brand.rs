//! What an installation sets of the look.

use std::io::Write as _;

use crate::{harness::desk::Desk, letter::tools::words, sign::asked::Asked};

#[test]
fn name_accent_and_logo_are_the_installations_own() {
    let mut logo = tempfile::Builder::new().suffix(".svg").tempfile().expect("a file can be made");
    logo.write_all(b"<svg xmlns='http://www.w3.org/2000/svg'/>").expect("the file takes text");
    let desk = Desk::open_with(&[
        ("PORTDESK_BRAND_NAME", "Harbor Line"),
        ("PORTDESK_BRAND_ACCENT", "#7A1F5C"),
        ("PORTDESK_BRAND_LOGO_FILE", logo.path().to_str().expect("the path is text")),
    ]);
    let page = desk.browser().get("/sign-in");
    assert_eq!(page.title(), "Sign in – Harbor Line");
    let address = |name: &str| {
        let (before, _) = page.body.split_once(name).expect("the page names the file");
        let (_, start) = before.rsplit_once('"').expect("an address stands in quotes");
        format!("{start}{name}")
    };
    let css = desk.browser().get(&address("brand.css"));
    assert!(css.body.contains("#7A1F5C"), "{}", css.body);
    assert_eq!(css.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert_eq!(desk.browser().get(&address("logo.svg")).header("content-type"), Some("image/svg+xml"));
}

#[test]
fn what_the_program_does_is_told_in_the_name_of_the_installation() {
    let desk = Desk::open_with(&[("PORTDESK_BRAND_NAME", "Harbor Line")]);
    let asked = Asked::new(&desk);
    let (_, certificate) = asked.finish();
    let certificate = words(&certificate);
    assert!(certificate.contains("Letter sealed Harbor Line"), "{certificate}");
    assert!(!certificate.contains("Portdesk") && !certificate.contains("The program"), "{certificate}");
    let page = desk.reviewer().get(&format!("/desk/port-requests/{}", asked.sid));
    page.assert_has("Harbor Line (automatic");
    page.assert_lacks("Portdesk");
    let own = desk.manager().get(&format!("/port-requests/{}", asked.sid));
    own.assert_lacks("The program");
}
