//! The letter of authorization at the desk: what stands in the way of the carrier, and asking for a new signature.

use chrono::Duration;
use portdesk::{domain::stage::Stage, store};

use super::{decide, newest_line, path};
use crate::{
    harness::{
        desk::Desk,
        seed::{self, Seed},
    },
    sign::asked::{self, Asked},
};

#[test]
fn a_request_without_a_signature_does_not_go_to_the_carrier() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    let reviewer = desk.reviewer();
    let page = reviewer.get(&path(&asked.sid, ""));
    page.assert_has("Awaiting signature");
    page.assert_has("Waiting for signature");
    page.assert_lacks("Accept and note as sent");
    assert_eq!(reviewer.get(&path(&asked.sid, "/submission")).status, 409);
    let version = page.hidden("version").unwrap();
    let sent = reviewer.post(&path(&asked.sid, "/submission"), &[("version", &version), ("order-number", "1")]);
    assert_eq!(sent.status, 409);
    assert_eq!(seed::request(&desk, &asked.sid).stage, Stage::AwaitingSignature);
}

#[test]
fn a_signed_letter_is_shown_and_goes_out_apart_from_its_certificate() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    let letter = asked.read();
    assert_eq!(asked.sign(&letter, &[]).status, 303);
    let reviewer = desk.reviewer();
    let page = reviewer.get(&path(&asked.sid, "?doc=loa"));
    page.assert_has("Electronically signed here; email address confirmed by a code");
    page.assert_has("Accept and note as sent");
    assert!(page.body.contains(&format!("src=\"{}#navpanes", path(&asked.sid, "/loa/view"))));
    let download = reviewer.get(&path(&asked.sid, "/loa"));
    let name = format!("attachment; filename=\"{}-signed.pdf\"", asked.loa.loa_id);
    assert_eq!(download.header("content-disposition"), Some(name.as_str()));
    assert!(desk.app.sealer.verify(&download.bytes).is_good());
    let certificate = reviewer.get(&path(&asked.sid, "/loa/certificate"));
    assert!(desk.app.sealer.verify(&certificate.bytes).is_good());
    assert_ne!(download.bytes, certificate.bytes);
    assert_eq!(decide(&reviewer, &asked.sid, "/submission", &[]).status, 303);
    desk.deliver();
}

#[test]
fn a_signature_that_is_too_old_is_asked_for_again_in_one_press() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    desk.deliver();
    desk.app.clock.advance(Duration::days(30));
    desk.reviewer().get(&path(&sid, "")).assert_has("Accept and note as sent");
    desk.app.clock.advance(Duration::days(1));
    let reviewer_later = desk.reviewer();
    let page = reviewer_later.get(&path(&sid, ""));
    page.assert_has("The signature is 31 days old. Carriers take 30 days; ask for a new one.");
    page.assert_lacks("Accept and note as sent");
    assert_eq!(decide(&reviewer_later, &sid, "/submission", &[]).status, 409);
    let before = asked::newest(&desk, &sid);
    let version = page.hidden("version").unwrap();
    let done = reviewer_later.post(&path(&sid, "/loa/signing"), &[("version", &version)]);
    assert_eq!(done.status, 303, "{done:?}");
    assert_eq!(seed::request(&desk, &sid).stage, Stage::AwaitingSignature);
    assert_eq!(newest_line(&desk, &sid).event, "signature_asked_by_desk");
    let now = asked::newest(&desk, &sid);
    assert_eq!((now.version, now.state.code()), (before.version + 1, "pending"));
    assert_eq!(desk.read(|conn| store::loas::get(conn, before.id)).end_reason, "too_old");
    let mail = desk.deliver();
    assert!(mail.iter().any(|letter| letter.to == now.signer_email), "{mail:?}");
    // The same press again finds a request that moved on.
    let again = reviewer_later.post(&path(&sid, "/loa/signing"), &[("version", &version)]);
    assert_eq!(again.status, 303, "{again:?}");
    assert_eq!(asked::newest(&desk, &sid).version, now.version);
    desk.deliver();
}
