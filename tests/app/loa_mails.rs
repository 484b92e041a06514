//! Mail about a letter of authorization on its way out: links, codes and PDFs are added when it is sent.

use actix_web::rt::System;
use data_encoding::HEXLOWER;
use portdesk::{
    domain::{
        document::Door,
        loa::{EndReason, LoaMode, LoaState, SigningCode},
        loa_id::LoaId,
    },
    files::{DocumentKey, Incoming},
    mail::letters::{self, BrandFacts, LoaCode, LoaFacts, LoaPdf, LoaRequest, LoaSigned, Why},
    mail::{Letter, Outgoing},
    store::{
        self, StoreError,
        loa_files::{LoaFileKind, NewLoaFile},
        loas::{End, Loa, NewLoa},
        outbox::{About, Outcome, QueuedLetter},
    },
    vault::{self, Token},
};
use sha2::{Digest as _, Sha256};

use crate::{
    harness::{
        desk::Desk,
        seed::{self, Seed},
    },
    letter::samples,
};

/// A letter that waits for its signer.
fn pending(desk: &Desk) -> Loa {
    let sid = seed::draft(desk, &desk.people.owner(), Seed::default());
    let request = seed::request(desk, &sid);
    let mut facts = samples::business(14);
    facts.loa_id = LoaId::from_random(vault::random());
    let new = NewLoa {
        facts: &facts,
        mode: LoaMode::Remote,
        qr_hash: facts.loa_id.as_str(),
        toll_free: false,
        requested_by: desk.people.owner.id,
        expires_at: desk.now() + chrono::Duration::days(14),
        next_reminder_at: None,
    };
    desk.write(|conn| store::loas::add(conn, &desk.app.house.vault, &request, &new, desk.now()))
}

/// What mails tell of it.
fn facts(desk: &Desk) -> LoaFacts<'_> {
    LoaFacts {
        brand: BrandFacts {
            brand: "Portdesk",
            support_email: "help@portdesk.example",
            base_url: &desk.base,
            accent: "#0B5A6F",
        },
        signer: "Dana Ruiz",
        requester: "Olive Owner",
        company: "Kline, Webb & Osei P.C.",
        provider: "Harbor Voice Inc.",
        losing_carrier: "Cascade Telephone",
        number_count: 14,
    }
}

fn request(desk: &Desk) -> Letter {
    let asked =
        LoaRequest { loa: facts(desk), masked_numbers: &[], expires: "December 5", note: None, why: Why::First };
    letters::loa_request("dana.ruiz@example.com", &asked)
}

fn put(desk: &Desk, letter: &Letter, about: About) -> QueuedLetter {
    let now = desk.now();
    desk.write(|conn| store::outbox::put(conn, letter, about, now));
    newest(desk)
}

fn newest(desk: &Desk) -> QueuedLetter {
    desk.read(|conn| store::outbox::list(conn, None, 0, 1)).remove(0)
}

fn of(loa: &Loa) -> About {
    About { account_id: Some(loa.account_id), loa: Some(loa.id), ..About::default() }
}

fn void(desk: &Desk, loa: &Loa) {
    let end = End { to: LoaState::Voided, reason: EndReason::Canceled, note: "" };
    let now = desk.now();
    desk.write(|conn| store::loas::end(conn, loa, end, now));
}

/// The token of the signer's link in a mail, the same in both parts.
fn token(desk: &Desk, mail: &Outgoing) -> Token {
    let before = format!("{}/sign/", desk.base);
    let (_, after) = mail.text.split_once(&before).expect("the mail carries the link");
    let token = after.split_whitespace().next().expect("the link carries a token");
    assert!(mail.html.contains(&format!("href=\"{before}{token}\"")), "{}", mail.html);
    Token::from_client(token)
}

fn send_again(desk: &Desk, letter: &QueuedLetter) -> crate::harness::page::Page {
    desk.reviewer().post(&format!("/desk/mail/{}/resending", letter.id), &[]).follow()
}

#[test]
fn each_request_to_sign_carries_a_link_of_its_own_that_rests_nowhere() {
    let desk = Desk::open();
    let loa = pending(&desk);
    let stored = put(&desk, &request(&desk), of(&loa));
    let first = token(&desk, &desk.deliver().remove(0));
    send_again(&desk, &stored).assert_has("It is in the queue again");
    let second = token(&desk, &desk.deliver().remove(0));

    let [first, second] = [first, second].map(|token| {
        let link = desk.read(|conn| store::loa_links::find(conn, &token));
        let kept = newest(&desk);
        assert!(!kept.body_text.contains(token.reveal()) && !kept.body_html.contains(token.reveal()));
        link
    });
    assert_eq!((first.loa, second.loa), (loa.id, loa.id));
    assert_ne!(first.id, second.id);
    assert!(first.revoked_at.is_none(), "people click the wrong mail");
    desk.reviewer().get(&format!("/desk/mail/{}", stored.id)).assert_has("[private link]");
}

#[test]
fn a_code_is_made_when_it_is_sent_and_only_the_last_one_counts() {
    let desk = Desk::open();
    let loa = pending(&desk);
    let now = desk.now();
    let session = desk.write(|conn| {
        let link = store::loa_links::add(conn, &loa, &Token::new(), "test", now)?;
        store::loa_links::begin(conn, &loa, link, &Token::new(), now)
    });
    let letter = letters::loa_code("dana.ruiz@example.com", &LoaCode { loa: facts(&desk) });
    let stored = put(&desk, &letter, About { loa_session: Some(session), ..of(&loa) });
    let code = |mail: &Outgoing| {
        let (_, after) = mail.text.split_once("Your code: ").expect("the mail carries the code");
        let shown = after.lines().next().expect("the code stands on a line");
        assert!(mail.html.contains(&format!(">{shown}</strong>")) && !mail.subject.as_str().contains(shown));
        assert_eq!(shown.len(), "482 913".len(), "{shown}");
        let code = SigningCode::parse(shown).expect("six digits");
        desk.app.house.vault.keyed_hash(&format!("loa_codes:{session}"), code.reveal())
    };
    let asked = || desk.write(|conn| store::loa_codes::tried(conn, session, now)).map(|code| code.code_hash);

    let first = code(&desk.deliver().remove(0));
    assert_eq!(asked(), Some(first));
    send_again(&desk, &stored).assert_has("It is in the queue again");
    let second = code(&desk.deliver().remove(0));
    assert_eq!(asked(), Some(second));
    desk.reviewer().get(&format!("/desk/mail/{}", stored.id)).assert_has("Your code: [private code]");
}

#[test]
fn mail_for_a_signature_that_nobody_waits_for_is_dropped() {
    let desk = Desk::open();
    let loa = pending(&desk);
    put(&desk, &request(&desk), of(&loa));
    void(&desk, &loa);
    assert!(desk.deliver().is_empty(), "it would ask for a signature that is worth nothing");
    assert_eq!(newest(&desk).state, "dropped");
    desk.reviewer().get("/desk/mail").assert_has("Nobody waited for it any more when its turn came.");
    send_again(&desk, &newest(&desk)).assert_has("It is about something that nobody waits for any more.");
}

#[test]
fn a_request_to_sign_is_not_sent_again_after_the_letter_ended() {
    let desk = Desk::open();
    let loa = pending(&desk);
    let stored = put(&desk, &request(&desk), of(&loa));
    desk.deliver();
    void(&desk, &loa);
    send_again(&desk, &stored).assert_has("It is about something that nobody waits for any more.");
    assert!(desk.deliver().is_empty());
}

/// Keeps a PDF of the letter of authorization. Gives its SHA-256.
fn keep(desk: &Desk, loa: &Loa, kind: LoaFileKind, bytes: &[u8]) -> String {
    let key = DocumentKey::random(loa.account_id).expect("the system gives random bytes");
    System::new().block_on(async {
        let mut incoming = Incoming::begin(&desk.app.incoming, &Door::IN_APP).await.expect("the spool file opens");
        incoming.push(bytes).await.expect("the disk takes it");
        let received = incoming.finish().await.expect("the disk takes it");
        desk.app.files.keep(&key, &received).await.expect("the store keeps it");
    });
    note_file(desk, loa, kind, &key, bytes)
}

fn note_file(desk: &Desk, loa: &Loa, kind: LoaFileKind, key: &DocumentKey, bytes: &[u8]) -> String {
    let new = NewLoaFile {
        kind,
        object_key: key.as_str().to_owned(),
        size: i64::try_from(bytes.len()).expect("a test's file is small"),
        sha256: HEXLOWER.encode(&Sha256::digest(bytes)),
        sealed_by: String::new(),
        timestamped: String::new(),
    };
    let now = desk.now();
    desk.write(|conn| store::loa_files::add(conn, loa, &new, now));
    new.sha256
}

fn signed(desk: &Desk, sizes: [u64; 2]) -> Letter {
    let [letter, certificate] = sizes.map(|size| LoaPdf { size, sha256: "00" });
    let facts = LoaSigned {
        loa: facts(desk),
        loa_id: "LOA-3F9KT-0QW7Z",
        sid: "PR-7Q4M2-XKD9B",
        request_name: None,
        signed_at: "Saturday",
        letter,
        certificate,
        chain_head: "00",
        verify_url: "https://desk.portdesk.example/verify",
        check_code: "K7WX-3P9D",
    };
    letters::loa_signed("dana.ruiz@example.com", &facts)
}

#[test]
fn the_signer_gets_both_pdfs_byte_for_byte() {
    let desk = Desk::open();
    let loa = pending(&desk);
    let kept = [
        keep(&desk, &loa, LoaFileKind::Signed, b"%PDF-1.7\nthe letter"),
        keep(&desk, &loa, LoaFileKind::Certificate, b"%PDF-1.7\nthe certificate"),
    ];
    put(&desk, &signed(&desk, [19, 24]), About { with_loa: true, ..of(&loa) });

    let mail = desk.deliver().remove(0);

    let names: Vec<&str> = mail.attachments.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, [format!("{}-signed.pdf", loa.loa_id), format!("{}-certificate.pdf", loa.loa_id)]);
    let hashes: Vec<String> = mail.attachments.iter().map(|it| HEXLOWER.encode(&Sha256::digest(&it.bytes))).collect();
    assert_eq!(hashes, kept);
}

#[test]
fn pdfs_that_are_too_large_stay_away_and_the_mail_says_so() {
    let desk = Desk::open();
    let loa = pending(&desk);
    let large = vec![b' '; 10 * 1024 * 1024];
    keep(&desk, &loa, LoaFileKind::Signed, &large);
    keep(&desk, &loa, LoaFileKind::Certificate, b"%");
    let sizes = [10 * 1024 * 1024, 1];
    put(&desk, &signed(&desk, sizes), About { with_loa: true, ..of(&loa) });
    let mail = desk.deliver().remove(0);
    assert!(mail.attachments.is_empty());
    assert!(mail.text.contains("together too large for an email"), "{}", mail.text);
}

#[test]
fn a_mail_waits_for_a_pdf_that_cannot_be_read() {
    let desk = Desk::open();
    let loa = pending(&desk);
    let lost = DocumentKey::random(loa.account_id).expect("the system gives random bytes");
    note_file(&desk, &loa, LoaFileKind::Signed, &lost, b"gone");
    keep(&desk, &loa, LoaFileKind::Certificate, b"%PDF-1.7");
    put(&desk, &signed(&desk, [4, 8]), About { with_loa: true, ..of(&loa) });

    assert!(desk.deliver().is_empty(), "the mail says that the PDFs are attached");

    let waiting = newest(&desk);
    assert_eq!(waiting.state, "queued");
    assert_eq!(waiting.last_error, "An attachment cannot be read: the document's file is missing");
    let now = desk.now();
    let ended: Result<(), StoreError> = desk.app.store.write_now(|conn| {
        let held = store::outbox::lease(conn, "test", now + chrono::Duration::minutes(2))?.expect("it is due again");
        store::outbox::note(conn, held.id, "test", &Outcome::Dead("given up".to_owned()), now)
    });
    ended.expect("the test gives it up");
}
