//! A signature whose seal fails: nothing signed is lost, and it is sealed later, once.

use actix_web::rt::System;
use chrono::Duration;
use portdesk::{
    domain::{loa::LoaState, stage::Stage},
    services::loa::{sealing::Signed, sign},
    store::StoreError,
    worker,
};

use super::{
    asked::Asked,
    races::{pressed, store},
};
use crate::harness::{desk::Desk, seed};

/// Puts something in the place of the folder of files, so that nothing can be kept. Gives how to take it away again.
fn break_files(desk: &Desk) -> impl FnOnce() + use<> {
    let files = desk.config.data_dir.join("files");
    let aside = desk.config.data_dir.join("files-aside");
    std::fs::rename(&files, &aside).expect("the folder can be moved");
    std::fs::write(&files, b"in the way").expect("a file stands in its place");
    move || {
        std::fs::remove_file(&files).expect("the file can be removed");
        std::fs::rename(&aside, &files).expect("the folder comes back");
    }
}

fn sweep(desk: &Desk) {
    System::new().block_on(worker::tend_letters(&desk.app, desk.now())).expect("the database answers");
}

#[test]
fn a_signature_outlasts_a_seal_that_fails() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    let page = asked.read();
    let mend = break_files(&desk);
    let done = asked.sign(&page, &[]);
    assert_eq!(done.status, 303, "{done:?}");
    done.follow().assert_has("Your signature is safe.");
    assert_eq!(asked.now().state, LoaState::Signed);
    assert_eq!((asked.events("signed"), asked.events("seal_failed")), (1, 1));
    assert_eq!(seed::request(&desk, &asked.sid).stage, Stage::AwaitingSignature);
    let told = desk.deliver();
    assert_eq!(told.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["admin@example.com"]);

    // The desk does not send it, the requester cannot throw it away, and a failed try changes nothing.
    desk.reviewer().get(&format!("/desk/port-requests/{}", asked.sid)).assert_lacks("Accept and note as sent");
    let upload = desk.manager().get(&format!("/port-requests/{}/loa/upload", asked.sid));
    assert_eq!(upload.status, 303);
    sweep(&desk);
    assert_eq!((asked.now().state, asked.events("seal_failed")), (LoaState::Signed, 1));

    mend();
    sweep(&desk);
    assert_eq!(asked.now().state, LoaState::Signed, "others are sealed before it is its turn again");
    desk.app.clock.advance(Duration::minutes(15));
    sweep(&desk);
    assert_eq!(asked.now().state, LoaState::Sealed);
    assert_eq!(seed::request(&desk, &asked.sid).stage, Stage::InReview);
    let told: Vec<String> = desk.deliver().into_iter().map(|mail| mail.to).collect();
    assert_eq!(told.iter().filter(|to| *to == "dana@northgate.example").count(), 1, "{told:?}");
    let pdf = asked.browser.get(&asked.path("/signed.pdf"));
    assert!(desk.app.sealer.verify(&pdf.bytes).is_good());
}

#[test]
fn two_workers_seal_it_once() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    let page = asked.read();
    let mend = break_files(&desk);
    asked.sign(&page, &[]);
    mend();
    desk.deliver();
    let (tools, loa) = (desk.app.loa_tools(), asked.loa.id);
    let done =
        System::new().block_on(async { tokio::join!(sign::seal_later(&tools, loa), sign::seal_later(&tools, loa)) });
    assert!(done.0.is_ok() && done.1.is_ok(), "{done:?}");
    assert_eq!((asked.events("sealed"), asked.now().state), (1, LoaState::Sealed));
    let copies = desk.deliver().into_iter().filter(|mail| mail.to == "dana@northgate.example").count();
    assert_eq!(copies, 1);
}

#[test]
fn a_request_that_is_canceled_before_the_seal_is_never_sealed() {
    let desk = Desk::open();
    let customer = desk.people.manager();
    let asked = Asked::by(&desk, &customer);
    let page = asked.read();
    let mend = break_files(&desk);
    asked.sign(&page, &[]);
    mend();
    seed::cancel(&desk, &customer, &asked.sid);
    desk.deliver();
    sweep(&desk);
    assert_eq!(asked.now().state, LoaState::Superseded);
    assert!(desk.deliver().is_empty(), "nobody is told that it goes on");
    let files: Result<_, StoreError> =
        desk.app.store.read_now(|conn| portdesk::store::loa_files::of_loa(conn, asked.loa.id));
    assert!(files.expect("the database answers").iter().all(|file| file.kind != "signed"));
}

#[test]
fn a_signature_outlasts_a_certificate_that_fails() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    asked.read();
    let prepared = pressed(&asked);
    let mend = break_files(&desk);
    assert_eq!(store(&asked, prepared).expect("the signature is kept"), Signed::Kept);
    assert_eq!(asked.now().state, LoaState::Signed);
    assert_eq!((asked.events("signed"), asked.events("seal_failed"), asked.events("sealed")), (1, 1, 0));
    mend();
    sweep(&desk);
    assert_eq!((asked.now().state, asked.events("sealed")), (LoaState::Sealed, 1));
    desk.deliver();
}
