//! Whoever made the request and signs it: signed in instead of a code, and everything else the same.

use std::collections::BTreeSet;

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
    let done = asked::sign(&browser, &path, &letter, &[("strokes", STROKES)]).follow();
    done.assert_has("Signed on");
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
