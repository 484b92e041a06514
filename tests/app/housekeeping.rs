//! What has run out is removed.

use actix_web::rt::System;
use chrono::Duration;
use portdesk::{
    clock::Clock,
    files::DocumentKey,
    services::sweep,
    store::{self, sessions},
    vault::Token,
    worker,
};

use crate::harness::desk::Desk;

#[test]
fn sessions_end_when_nobody_comes_back() {
    let desk = Desk::open();
    let (token, now) = (Token::new(), desk.now());
    desk.write(|conn| sessions::begin(conn, &desk.people.owner, &token, now));
    let live = |at| desk.read(|conn| sessions::find(conn, &token, at)).is_some();
    assert!(live(now + Duration::hours(11)));
    assert!(!live(now + Duration::hours(13)));
    let known = |desk: &Desk| desk.read(|conn| sessions::user_of_expired(conn, &token));
    assert_eq!(known(&desk), Some(desk.people.owner.id), "a late form still finds its person");
    desk.write(|conn| sweep::remove_expired(conn, now + Duration::days(3)));
    assert_eq!(known(&desk), None);
}

#[test]
fn staff_are_signed_out_sooner() {
    let desk = Desk::open();
    let (token, now) = (Token::new(), desk.now());
    desk.write(|conn| sessions::begin(conn, &desk.people.reviewer, &token, now));
    assert!(desk.read(|conn| sessions::find(conn, &token, now + Duration::hours(9))).is_none());
}

#[test]
fn bytes_that_no_document_names_go_after_a_day() {
    let desk = Desk::open();
    let account = desk.people.account;
    let key = DocumentKey::random(account).expect("the system has random bytes");
    let swept = System::new().block_on(async {
        let door = portdesk::domain::document::Door::IN_APP;
        let mut incoming = portdesk::files::Incoming::begin(&desk.app.incoming, &door).await.expect("there is room");
        incoming.push(b"%PDF-").await.expect("there is room");
        let received = incoming.finish().await.expect("there is room");
        desk.app.files.keep(&key, &received).await.expect("there is room");
        desk.app.clock.move_to(Clock::System.now());
        let young = worker::sweep_files(&desk.app).await;
        desk.app.clock.advance(Duration::days(2));
        (young, worker::sweep_files(&desk.app).await)
    });
    assert_eq!(swept, (Ok(0), Ok(1)));
    assert!(desk.read(|conn| store::documents::kept_keys(conn, &[key.as_str().to_owned()])).is_empty());
}
