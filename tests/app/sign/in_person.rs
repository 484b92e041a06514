//! Whoever made the request and signs it: signed in instead of a code, and everything else the same.

use std::collections::BTreeSet;

use chrono::Duration;
use portdesk::store;

use super::asked::{self, Asked, STROKES};
use crate::{
    harness::desk::Desk,
    letter::{
        certificate::HEADINGS,
        tools::{headings, words},
    },
};

fn kinds(desk: &Desk, loa: i64) -> BTreeSet<&'static str> {
    desk.read(|conn| store::loa_events::of_loa(conn, loa)).iter().map(|event| event.body.kind.code()).collect()
}

#[test]
fn the_requester_signs_with_the_same_evidence() {
    let desk = Desk::open();
    let sid = asked::in_person(&desk, &desk.people.manager());
    let loa = asked::newest(&desk, &sid);
    let path = format!("/sign/r/{}", loa.loa_id);
    assert_eq!(desk.browser().get(&path).status, 404);
    assert_eq!(desk.owner().get(&path).status, 404, "the owner did not say that they sign");
    let browser = desk.manager();
    let consent = browser.get(&path);
    consent.assert_has("Agree to sign electronically");
    let letter = asked::agree(&browser, &path, &consent);
    letter.assert_has("You sign for Northgate");
    let done = asked::sign(&browser, &path, &letter, &[("strokes", STROKES)]).follow();
    done.assert_has("Signed on");
    for page in [&consent, &letter, &done] {
        for other in [
            "asks you",
            "mailbox in which",
            "your link",
            "code from",
            "I am not the right person",
            "Decline",
            "ask them",
        ] {
            page.assert_lacks(other);
        }
    }
    assert!(browser.get(&format!("{path}/signed.pdf")).bytes.starts_with(b"%PDF"));
    let own = browser.get(&format!("{path}/certificate.pdf")).bytes;
    desk.deliver();
    let remote = Asked::new(&desk);
    let (_, mailed) = remote.finish();
    let listed = headings(&own);
    assert_eq!(listed, headings(&mailed));
    for heading in HEADINGS {
        assert!(listed.iter().any(|it| it == heading), "{heading} is not among {listed:?}");
    }
    let (own, mailed) = (words(&own), words(&mailed));
    assert!(
        own.contains("Signed in person by the requester") && mailed.contains("a one-time code"),
        "they differ in this: {own} {mailed}"
    );
    let by_link: BTreeSet<_> = ["opened", "code_ok", "code_sent", "sent", "downloaded"].into();
    let beside = |loa| kinds(&desk, loa).difference(&by_link).copied().collect::<BTreeSet<_>>();
    assert_eq!(beside(loa.id), beside(remote.loa.id));
}

#[test]
fn whatever_else_is_to_be_said_is_said_at_the_own_request() {
    let desk = Desk::open();
    let sid = asked::in_person(&desk, &desk.people.manager());
    let path = format!("/sign/r/{}", asked::newest(&desk, &sid).loa_id);
    let (browser, own) = (desk.manager(), format!("/port-requests/{sid}/loa"));
    for below in ["/decline", "/correction", "/wrong-person", "/paper"] {
        assert_eq!(browser.get(&format!("{path}{below}")).location.as_deref(), Some(own.as_str()), "{below}");
    }
    let consent = browser.get(&path);
    assert!(consent.body.contains(&format!(r#"href="{own}/upload""#)), "paper is no dead end: {consent:?}");
    desk.app.clock.advance(Duration::days(14));
    let ended = desk.manager().get(&path);
    assert_eq!(ended.location.as_deref(), Some(own.as_str()), "nobody is asked for a new link: {ended:?}");
}
