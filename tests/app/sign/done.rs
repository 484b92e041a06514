//! After signing: copies for the signer, and for nobody else who has the link.

use super::asked::{Asked, link};
use crate::harness::desk::Desk;

#[test]
fn the_signer_gets_both_copies_and_a_forwarded_link_gets_none() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    let page = asked.read();
    let done = asked.sign(&page, &[]).follow();
    for words in ["SHA-256", "Check code", asked.loa.loa_id.as_str(), "What happens next", "/verify"] {
        done.assert_has(words);
    }
    for (file, name) in [("/signed.pdf", "-signed.pdf"), ("/certificate.pdf", "-certificate.pdf")] {
        let pdf = asked.browser.get(&asked.path(file));
        assert!(pdf.bytes.starts_with(b"%PDF"), "{file}");
        let named = format!("filename=\"{}{name}\"", asked.loa.loa_id);
        assert!(pdf.header("content-disposition").is_some_and(|it| it.contains(&named)), "{file}");
    }
    assert_eq!(asked.events("downloaded"), 2);
    desk.deliver();

    let browser = desk.browser();
    let other = Asked { browser: browser.clone(), token: link(&desk, &asked.loa), ..Asked::new(&desk) };
    let landing = browser.get(&other.link());
    landing.assert_has("This letter is already signed");
    let opened = browser.post(&format!("{}/open", other.link()), &[]).follow();
    opened.assert_has("Its copies are for the signer only");
    opened.assert_lacks("signed.pdf");
    let pdf = browser.get(&asked.path("/signed.pdf"));
    assert_eq!((pdf.status, pdf.location.as_deref()), (303, Some(asked.path("").as_str())));
    desk.app.clock.advance(chrono::Duration::seconds(31));
    let same = Asked { loa: asked.loa.clone(), ..other };
    assert_eq!(same.enter(&same.ask_for_code()).status, 303);
    assert!(browser.get(&asked.path("/signed.pdf")).bytes.starts_with(b"%PDF"));
}
