//! Two things that happen to a letter at the same moment. Sealing asks a timestamp authority, after the letter was read and
//! before anything is stored: here the authority holds its answers back until the other thing has happened too.

use std::{
    net::{TcpListener, TcpStream},
    sync::mpsc::{Receiver, channel},
    time::Duration,
};

use portdesk::{
    domain::{
        loa::{ActorSide, EndReason, EventActor, LoaState},
        stage::Stage,
    },
    services::loa::plan,
    store,
};

use super::asked::Asked;
use crate::harness::{desk::Desk, page::Page, seed};

/// Less than the time after which a seal is made without a timestamp.
const PATIENCE: Duration = Duration::from_secs(4);

/// An authority that says nothing until its questions are dropped, and then that it has no time.
struct Authority {
    url: String,
    questions: Receiver<TcpStream>,
}

impl Authority {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (ask, questions) = channel();
        std::thread::spawn(move || {
            // Ends with the test, which does not take questions any more; later ones are hung up on.
            listener.incoming().map_while(Result::ok).for_each(|question| drop(ask.send(question)));
        });
        Self { url, questions }
    }

    fn desk(&self) -> Desk {
        Desk::open_with(&[("PORTDESK_TIMESTAMP_URLS", &self.url)])
    }

    /// Waits until a seal is being made.
    #[track_caller]
    fn asked(&self) -> TcpStream {
        self.questions.recv_timeout(PATIENCE).expect("a seal is being made, with what was read before")
    }
}

fn files(asked: &Asked<'_>) -> Vec<String> {
    let files = asked.desk.read(|conn| store::loa_files::of_loa(conn, asked.loa.id));
    files.into_iter().map(|file| file.kind).filter(|kind| kind != "unsigned").collect()
}

#[test]
fn two_signatures_at_once_are_one() {
    let authority = Authority::new();
    let desk = authority.desk();
    let asked = Asked::new(&desk);
    let page = asked.read();
    let answers: Vec<Page> = std::thread::scope(|scope| {
        let sign = || scope.spawn(|| asked.sign(&page, &[]));
        let signing = [sign(), sign()];
        // Neither goes on before both have read the letter as one that waits.
        let both = [authority.asked(), authority.asked()];
        assert_eq!(asked.now().state, LoaState::Pending);
        drop((both, authority));
        signing.into_iter().map(|it| it.join().unwrap()).collect()
    });
    for answer in answers {
        assert_eq!((answer.status, answer.location.as_deref()), (303, Some(asked.path("").as_str())));
        answer.follow().assert_has("Signed on");
    }
    assert_eq!((asked.events("signed"), asked.events("sealed"), asked.events("statement_accepted")), (1, 1, 3));
    assert_eq!(
        (asked.now().state, files(&asked)),
        (LoaState::Sealed, vec!["signed".to_owned(), "certificate".to_owned()])
    );
    let copies = desk.deliver().into_iter().filter(|mail| mail.to == asked.loa.signer_email).count();
    assert_eq!(copies, 1, "one mail with the copies");
}

#[test]
fn a_letter_that_ends_while_it_is_signed_is_not_signed() {
    for reason in [EndReason::Edited, EndReason::Canceled, EndReason::Expired, EndReason::Declined] {
        let authority = Authority::new();
        let desk = authority.desk();
        let asked = Asked::new(&desk);
        let page = asked.read();
        let refused = std::thread::scope(|scope| {
            let signing = scope.spawn(|| asked.sign(&page, &[]));
            let question = authority.asked();
            let by = EventActor { side: ActorSide::Requester, user: None, name: "Max Manager".to_owned() };
            let (loa, now) = (asked.now(), desk.now());
            assert_eq!(loa.state, LoaState::Pending);
            desk.write(|conn| plan::end(conn, &loa, reason, by, "", now));
            drop((question, authority));
            signing.join().unwrap()
        });
        assert_eq!(refused.status, 409, "{reason:?}: {refused:?}");
        assert_eq!((asked.now().state, asked.now().signed_at), (LoaState::Voided, None), "{reason:?}");
        assert_eq!((asked.events("signed"), files(&asked)), (0, Vec::new()), "{reason:?}");
        assert_eq!(seed::request(&desk, &asked.sid).stage, Stage::AwaitingSignature, "{reason:?}");
        assert!(desk.deliver().is_empty(), "nobody is told of a signature: {reason:?}");
    }
}

#[test]
fn a_look_at_the_letter_does_not_keep_it_from_being_signed() {
    let authority = Authority::new();
    let desk = authority.desk();
    let asked = Asked::new(&desk);
    let page = asked.read();
    let facts = asked.loa.facts(&desk.app.house.vault).unwrap();
    let look = facts.verification.qr_address.strip_prefix(&desk.base).unwrap().to_owned();
    let signed = std::thread::scope(|scope| {
        let signing = scope.spawn(|| asked.sign(&page, &[]));
        let question = authority.asked();
        assert_eq!(desk.browser().get(&look).status, 200);
        assert_eq!(asked.events("verified_publicly"), 1);
        drop((question, authority));
        signing.join().unwrap()
    });
    assert_eq!((signed.status, asked.now().state), (303, LoaState::Sealed), "{signed:?}");
    assert_eq!((asked.events("signed"), asked.events("verified_publicly")), (1, 1));
    desk.deliver();
}
