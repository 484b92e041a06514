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

use crate::harness::{desk::Desk, seed};
use crate::port_requests::walk::{BILL, Draft, bill_pdf};

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
        drop(received);
        desk.app.clock.move_to(Clock::System.now());
        let young = worker::sweep_files(&desk.app).await;
        desk.app.clock.advance(Duration::days(2));
        (young, worker::sweep_files(&desk.app).await)
    });
    assert_eq!(swept, (Ok(0), Ok(1)));
    assert!(desk.read(|conn| store::documents::kept_keys(conn, &[key.as_str().to_owned()])).is_empty());
}

#[test]
fn a_bill_that_was_taken_out_before_sending_is_not_kept() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    draft.fill();
    let id = seed::request(&desk, &draft.request_sid()).id;
    let files = || desk.read(|conn| store::documents::of_request(conn, id));
    let mistake = files().remove(0);
    desk.app.clock.advance(Duration::minutes(1));
    draft.post("bill", &[("do", &format!("remove-file:{}", mistake.public_id))]);
    desk.app.clock.advance(Duration::minutes(1));
    draft.upload(BILL, &[("other.pdf", &[bill_pdf(), vec![b'\n']].concat())]);
    draft.pass("check", &[], "confirmation");
    desk.deliver();
    let sent = files().remove(0);
    crate::harness::loa::sign(&desk, &draft.request_sid());
    seed::reject(&desk, &draft.request_sid(), "bill-too-old");
    desk.app.clock.advance(Duration::minutes(1));
    draft.post("bill", &[("do", &format!("remove-file:{}", sent.public_id))]);
    draft.upload(BILL, &[("newest.pdf", &[bill_pdf(), vec![b'\n', b'\n']].concat())]);
    draft.pass("check", &[], "confirmation");
    desk.deliver();
    assert!(files().iter().all(|file| file.public_id != sent.public_id));
    let (kept, gone) = (sent.object_key, mistake.object_key);
    let named = desk.read(|conn| store::documents::kept_keys(conn, &[gone, kept.clone()]));
    assert_eq!(named, [kept], "what the desk decided on stays");
    desk.app.clock.move_to(Clock::System.now());
    desk.app.clock.advance(Duration::days(2));
    assert_eq!(System::new().block_on(worker::sweep_files(&desk.app)), Ok(1));
}

#[test]
fn a_bill_on_its_way_in_does_not_outlast_a_crash() {
    let desk = Desk::open();
    std::fs::write(desk.app.incoming.join("incoming-a1B2c3"), b"%PDF-").expect("there is room");
    desk.app.clock.move_to(Clock::System.now());
    let sweep = || System::new().block_on(worker::sweep_files(&desk.app));
    assert_eq!(sweep(), Ok(0), "it may still be arriving");
    desk.app.clock.advance(Duration::days(2));
    assert_eq!(sweep(), Ok(1));
    assert_eq!(std::fs::read_dir(&desk.app.incoming).expect("the folder stays").count(), 0);
}

#[test]
fn a_visit_does_not_bring_an_ended_session_back() {
    let desk = Desk::open();
    let (token, now) = (Token::new(), desk.now());
    desk.write(|conn| sessions::begin(conn, &desk.people.owner, &token, now));
    let read = desk.read(|conn| sessions::find(conn, &token, now)).expect("it lasts");
    desk.write(|conn| sessions::end_all(conn, desk.people.owner.id, None, now));
    desk.write(|conn| sessions::touch(conn, &read, now));
    assert!(desk.read(|conn| sessions::find(conn, &token, now)).is_none());
}

#[test]
fn live_status_ends_with_the_account() {
    let desk = Desk::open();
    let (token, now, account) = (Token::new(), desk.now(), desk.people.account);
    let lasts = |id| desk.read(|conn| sessions::still_lasts(conn, id, now));
    let id = desk.write(|conn| {
        sessions::begin(conn, &desk.people.owner, &token, now)?;
        Ok::<_, store::StoreError>(sessions::find(conn, &token, now)?.expect("it lasts").id)
    });
    assert!(lasts(id));
    desk.write(|conn| store::accounts::update(conn, account, 1, "Northgate Dental Group", false));
    assert!(!lasts(id));
}

#[test]
fn of_a_deleted_draft_no_fact_stays() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    let sid = seed::draft(&desk, &owner, seed::Seed { name: "Secret plan", ..seed::Seed::default() });
    let id = seed::request(&desk, &sid).id;
    let sweep = || System::new().block_on(worker::sweep(&desk.app)).expect("housekeeping works");
    desk.app.clock.advance(Duration::days(3));
    sweep();
    assert_eq!(desk.deliver().len(), 1, "a letter about a draft that waits");
    desk.owner().post(&format!("/port-requests/{sid}/deletion"), &[]);
    let kept = |desk: &Desk| {
        desk.read(|conn| {
            let request = store::port_requests::get(conn, id)?;
            let agreed = store::acknowledgements::of_request(conn, id)?.len();
            Ok((
                request.name,
                request.losing_carrier,
                request.number_count,
                agreed,
                store::outbox::of_request(conn, id)?.len(),
            ))
        })
    };
    assert_eq!(kept(&desk), ("Secret plan".to_owned(), "Verizon".to_owned(), 1, 4, 1));
    desk.app.clock.advance(Duration::hours(25));
    sweep();
    assert_eq!(kept(&desk), (String::new(), String::new(), 0, 0, 0));
}
