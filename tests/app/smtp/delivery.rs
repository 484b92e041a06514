//! A server that takes, puts off, refuses, goes away and comes back.

use std::time::Duration;

use portdesk::mail::{Attachment, NamedAddress, Post, SmtpPost};
use sha2::Digest as _;

use super::server::Server;
use super::{Sender, assert_permanent, assert_temporary, letter, post};

#[test]
fn a_letter_arrives_whole() {
    let server = Server::plain();
    let sender = Sender::new(post(&server.url()));

    sender.send("one").unwrap();

    let received = server.received();
    assert_eq!(received.len(), 1);
    for line in [
        "Message-ID: <one@desk.example>",
        "Date: Tue, 09 Jun 2026 14:05:00 +0000",
        "From: Portdesk <desk@desk.example>",
        "Reply-To: help@desk.example",
        "To: dana@example.com",
        "Auto-Submitted: auto-generated",
        "Z=C3=BCrich is done.",
        "\r\n.\r\n.. a dot first\r\n",
    ] {
        assert!(received[0].contains(line), "{line:?} is missing in\n{}", received[0]);
    }
    let longest = received[0].lines().map(str::len).max().unwrap();
    assert!(longest <= 998, "RFC 5322 forbids a line of {longest}");
}

#[test]
fn attachments_arrive_byte_for_byte_beside_both_parts() {
    let server = Server::plain();
    // Bytes that a transport for text breaks: single line ends of both kinds, a dot, NUL, no end of line.
    let letter_pdf = b"%PDF-1.7\n.\n1 0 obj\r<< >>\rendobj\r\n%%EOF".to_vec();
    let certificate: Vec<u8> = (0..200_000_u32).map(|n| u8::try_from(n % 251).unwrap()).collect();
    let sha256 = |bytes: &[u8]| data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(bytes));
    let hashes = [&letter_pdf, &certificate].map(|bytes| sha256(bytes));
    let mut outgoing = letter("one");
    outgoing.attachments = vec![
        Attachment { name: "LOA-3F9KT-0QW7Z.pdf".into(), bytes: letter_pdf },
        Attachment { name: "LOA-3F9KT-0QW7Z-certificate.pdf".into(), bytes: certificate },
    ];

    Sender::new(post(&server.url())).send_letter(&outgoing).unwrap();

    let received = server.received().remove(0);
    let attached: Vec<&str> = received.lines().filter_map(|line| line.strip_prefix("X-Attached: ")).collect();
    let [letter_hash, certificate_hash] = hashes;
    assert_eq!(
        attached,
        [
            format!("application/pdf LOA-3F9KT-0QW7Z.pdf {letter_hash}"),
            format!("application/pdf LOA-3F9KT-0QW7Z-certificate.pdf {certificate_hash}"),
        ]
    );
    for kind in ["multipart/mixed", "multipart/alternative", "text/plain", "text/html"] {
        assert!(received.contains(&format!("Content-Type: {kind}")), "{kind} is missing in\n{received}");
    }
}

#[test]
fn many_letters_share_connections() {
    let server = Server::plain();
    let sender = Sender::new(post(&server.url()));
    for n in 0..5 {
        sender.send(&format!("letter-{n}")).unwrap();
    }
    let ids: Vec<bool> =
        server.received().iter().zip(0..).map(|(eml, n)| eml.contains(&format!("<letter-{n}@"))).collect();
    assert_eq!(ids, [true; 5]);
}

#[test]
fn a_server_that_goes_down_and_comes_back_loses_nothing() {
    let mut server = Server::plain();
    let sender = Sender::new(post(&server.url()));
    sender.send("before").unwrap();

    server.down();
    assert_temporary(sender.send("during"), "is not ready");
    assert_temporary(sender.send("during"), "is not ready");
    server.up();
    sender.send("during").unwrap();

    assert_eq!(server.received().len(), 2, "the letter of the bad time came once");
}

#[test]
fn a_letter_put_off_goes_out_later() {
    let mut server = Server::plain();
    let sender = Sender::new(post(&server.url()));

    server.mode("later");
    assert_temporary(sender.send("one"), "451 4.3.0 Mailbox is busy");
    server.mode("accept");
    sender.send("one").unwrap();

    assert_eq!(server.received().len(), 1);
}

#[test]
fn a_refused_reader_and_a_refused_letter_are_final_and_hurt_no_other() {
    let mut server = Server::plain();
    let sender = Sender::new(post(&server.url()));

    server.mode("refuse");
    assert_permanent(sender.send("one"), "550 5.1.1 No such mailbox");
    server.mode("refuse-data");
    assert_permanent(sender.send("two"), "554 5.7.1 Not wanted here");
    server.mode("accept");
    sender.send("three").unwrap();

    assert_eq!(server.received().len(), 1);
}

#[test]
fn a_line_cut_after_the_letter_is_tried_again_under_the_same_message_id() {
    let mut server = Server::plain();
    let sender = Sender::new(post(&server.url()));

    server.mode("cut");
    assert_temporary(sender.send("one"), "broke");
    server.mode("accept");
    sender.send("one").unwrap();

    let received = server.received();
    assert_eq!(received.len(), 2, "the server had taken the first copy");
    assert!(received.iter().all(|eml| eml.contains("Message-ID: <one@desk.example>")), "mailboxes can tell");
}

#[test]
fn a_silent_server_holds_no_letter_for_ever_and_its_late_answer_reaches_no_other() {
    let mut server = Server::plain();
    let smtp = SmtpPost::from_url(&server.url(), None).unwrap().patience(Duration::from_secs(2));
    let sender = Sender::new(Post::Smtp(smtp));
    sender.send("before").unwrap();

    server.mode("silent");
    assert_temporary(sender.send("held"), "did not answer within 2 seconds");
    server.mode("refuse");
    assert_permanent(sender.send("after"), "550");
}

#[test]
fn nobody_listening_is_temporary() {
    let mut server = Server::plain();
    server.down();
    assert_temporary(Sender::new(post(&server.url())).send("one"), "is not ready");
}

#[test]
fn a_wrong_password_is_about_the_settings_and_kills_no_letter() {
    let server = Server::plain_with_sign_in("desk:right password");
    let with =
        |password: &str| Sender::new(post(&format!("smtp://desk:{password}@127.0.0.1:{}", server.port))).send("one");

    assert_temporary(with("wrong"), "535");
    with("right%20password").unwrap();

    assert!(server.received()[0].contains("X-Signed-In: yes"));
}

#[test]
fn an_address_that_the_server_can_not_write_is_final() {
    let server = Server::plain();
    let sender = Sender::new(post(&server.url()));
    let mut outgoing = letter("one");
    outgoing.to = "jürgen@example.com".into();
    assert_permanent(sender.send_letter(&outgoing), "letters outside a–z");
}

#[test]
fn names_keep_their_accents() {
    let server = Server::plain();
    let sender = Sender::new(post(&server.url()));
    let mut outgoing = letter("one");
    outgoing.from = NamedAddress { name: "Schröder, \"Nord\"".into(), address: "desk@desk.example".into() };
    sender.send_letter(&outgoing).unwrap();
    assert!(server.received()[0].contains("From: =?utf-8?b?"), "{}", server.received()[0]);
}

#[test]
fn a_worker_on_many_threads_can_send() {
    let server = Server::plain();
    let post = post(&server.url());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let tasks: Vec<_> = (0..6)
        .map(|n| {
            let post = post.clone();
            runtime.spawn(async move { post.send(&letter(&format!("letter-{n}"))).await })
        })
        .collect();
    for task in tasks {
        runtime.block_on(task).unwrap().unwrap();
    }
    assert_eq!(server.received().len(), 6);
}
