//! Two things at the same moment: what was set and sealed is stored on the state that its signer saw, or not at all.

use actix_web::rt::System;
use portdesk::{
    domain::{
        loa::{ActorSide, ClientFacts, EventActor, EventKind, LoaState},
        stage::Stage,
    },
    services::loa::{
        clocks,
        record::{self, Happened},
        sealing::{Prepared, Signed},
        seat::Entrance,
        sign::{self, SignForm},
        tools::PaperError,
    },
    store::{StoreError, loa_files::LoaFileKind},
    vault::Token,
};

use super::asked::Asked;
use crate::harness::{desk::Desk, seed};

/// The signer's form has arrived: the letter is set and sealed, and not stored yet.
pub(super) fn pressed(asked: &Asked<'_>) -> Prepared {
    let cookie = asked.browser.cookie(&format!("portdesk_signing_{}", asked.loa.loa_id));
    let entrance = Entrance { cookie: cookie.map(|value| Token::from_client(&value)), customer: None };
    let form = SignForm {
        content_hash: asked.loa.content_hash.clone(),
        ticks: [true; 3],
        draws: false,
        typed_name: "Dana Ruiz".to_owned(),
        strokes: String::new(),
    };
    let client =
        ClientFacts { address: "192.0.2.1".to_owned(), forwarded: String::new(), user_agent: "Test".to_owned() };
    let tools = asked.desk.app.loa_tools();
    let prepared = System::new().block_on(sign::prepare(&tools, &asked.loa.loa_id, &entrance, &form, &client));
    prepared.expect("the letter is set and sealed")
}

pub(super) fn store(asked: &Asked<'_>, prepared: Prepared) -> Result<Signed, PaperError> {
    System::new().block_on(prepared.store(&asked.desk.app.loa_tools()))
}

/// Nothing of the signature is stored, and nobody is told that there is one.
#[track_caller]
fn assert_too_late(asked: &Asked<'_>, prepared: Prepared, state: LoaState) {
    let done = store(asked, prepared);
    assert!(matches!(done, Err(PaperError::Store(StoreError::Stale))), "{done:?}");
    assert_eq!(asked.now().state, state);
    assert_eq!((asked.events("signed"), asked.events("sealed")), (0, 0));
    let files = asked.desk.read(|conn| portdesk::store::loa_files::of_loa(conn, asked.loa.id));
    assert!(files.iter().all(|file| file.kind != LoaFileKind::Signed.code()));
    assert!(asked.desk.deliver().iter().all(|mail| !mail.subject.as_str().starts_with("Signed")));
}

#[test]
fn details_that_change_while_the_letter_is_sealed_win() {
    let desk = Desk::open();
    let customer = desk.people.manager();
    let asked = Asked::by(&desk, &customer);
    asked.read();
    let prepared = pressed(&asked);
    asked.asked_anew(&customer);
    assert_too_late(&asked, prepared, LoaState::Voided);
    assert_eq!(seed::request(&desk, &asked.sid).stage, Stage::AwaitingSignature);
}

#[test]
fn a_request_canceled_while_the_letter_is_sealed_stays_canceled() {
    let desk = Desk::open();
    let customer = desk.people.manager();
    let asked = Asked::by(&desk, &customer);
    asked.read();
    let prepared = pressed(&asked);
    seed::cancel(&desk, &customer, &asked.sid);
    assert_too_late(&asked, prepared, LoaState::Voided);
    assert_eq!(seed::request(&desk, &asked.sid).stage, Stage::Canceled);
}

#[test]
fn a_letter_that_expires_while_it_is_sealed_is_expired() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    asked.read();
    let prepared = pressed(&asked);
    desk.app.clock.advance(chrono::Duration::days(14));
    let now = desk.now();
    desk.write(|conn| clocks::tend(conn, &desk.app.house, asked.loa.id, now));
    assert_too_late(&asked, prepared, LoaState::Expired);
}

#[test]
fn of_two_who_sign_at_once_one_signs() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    asked.read();
    let (one, two) = (pressed(&asked), pressed(&asked));
    assert_eq!(store(&asked, two).expect("nobody was quicker"), Signed::Sealed);
    let late = store(&asked, one);
    assert!(matches!(late, Err(PaperError::Store(StoreError::Stale))), "{late:?}");
    assert_eq!((asked.events("signed"), asked.events("sealed")), (1, 1));
    let told = desk.deliver().iter().filter(|mail| mail.to == "dana@northgate.example").count();
    assert_eq!(told, 1, "one mail with the copies");
}

#[test]
fn what_is_recorded_while_the_letter_is_sealed_stands_before_the_signature() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    asked.read();
    let prepared = pressed(&asked);
    let now = desk.now();
    let stranger = EventActor { side: ActorSide::Stranger, user: None, name: "Somebody with the letter".to_owned() };
    for _ in 0..3 {
        let looked = Happened::by(stranger.clone(), EventKind::VerifiedPublicly);
        desk.write(|conn| record::record(conn, asked.loa.id, &[looked], now));
    }
    assert_eq!(store(&asked, prepared).expect("a look stops nobody"), Signed::Sealed);
    assert_eq!((asked.events("verified_publicly"), asked.events("signed")), (3, 1));
    desk.read(|conn| {
        let all = portdesk::store::loa_events::of_loa(conn, asked.loa.id)?;
        let kinds: Vec<&str> = all.iter().map(|event| event.body.kind.code()).collect();
        let looked = kinds.iter().rposition(|kind| *kind == "verified_publicly");
        assert!(looked < kinds.iter().position(|kind| *kind == "signed"), "{kinds:?}");
        Ok(())
    });
    desk.deliver();
}
