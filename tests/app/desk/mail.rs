//! The list of e-mails, what failed, and sending it again.

use portdesk::{
    domain::stage::Stage,
    store::{
        self,
        outbox::{Outcome, QueuedLetter},
    },
};

use super::{history, path};
use crate::{
    harness::{
        desk::Desk,
        seed::{self, Seed},
    },
    manual::walk::{Sent, link},
};

/// Lets the oldest letter in the queue fail.
fn fail(desk: &Desk, outcome: &Outcome) -> QueuedLetter {
    let now = desk.now();
    desk.write(|conn| {
        let letter = store::outbox::lease(conn, "test", now)?.expect("a letter waits");
        store::outbox::note(conn, letter.id, "test", outcome, now)?;
        store::outbox::find(conn, letter.id)
    })
}

/// A request with a letter that was given up.
fn with_dead_letter(desk: &Desk) -> (portdesk::domain::request_sid::RequestSid, QueuedLetter) {
    let sid = seed::in_stage(desk, &desk.people.owner(), Seed::default(), Stage::Submitted);
    super::decide(&desk.reviewer(), &sid, "/rejection", &[("reason", "pin-missing"), ("do", "reject")]);
    let letter = fail(desk, &Outcome::Dead("550 No such mailbox.".to_owned()));
    (sid, letter)
}

#[test]
fn the_page_tells_what_became_of_each_letter() {
    let desk = Desk::open();
    let reviewer = desk.reviewer();
    reviewer.get("/desk/mail").assert_has("No email yet");
    reviewer.get("/desk/mail?state=queued").assert_has("Nothing is waiting to go out");
    reviewer.get("/desk/mail?state=sent").assert_has("Nothing sent yet");
    let sid = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    super::decide(&reviewer, &sid, "/submission", &[]);
    reviewer.get("/desk/mail?state=queued").assert_has("Goes out in a moment.");
    fail(&desk, &Outcome::Later(desk.now() + chrono::Duration::minutes(5), "451 Try later.".to_owned()));
    let queued = reviewer.get("/desk/mail?state=queued");
    queued.assert_has("451 Try later. After 1 try so far, the next one is on Nov 21, 2026, 10:05 AM EST.");
    queued.assert_has("All 3 Queued 1 Sent 2 Failed 0");
    queued.assert_lacks("Send again");
    let sent = reviewer.get("/desk/mail?state=sent");
    sent.assert_has("We received your request");
    sent.assert_has("owner@example.com");
    sent.assert_has("Request received");
    reviewer.get("/desk/mail?state=failed").assert_has("Nothing failed");
    desk.app.clock.advance(chrono::Duration::minutes(6));
    desk.deliver();
}

#[test]
fn a_letter_that_was_given_up_is_seen_and_sent_again() {
    let desk = Desk::open();
    let (sid, letter) = with_dead_letter(&desk);
    let reviewer = desk.reviewer();
    let queue = reviewer.get("/desk?view=all");
    queue.assert_has("An email could not be sent. See why");
    queue.assert_has("Email not sent");
    let failed = reviewer.get("/desk/mail?state=failed");
    failed.assert_has("550 No such mailbox. Given up after 1 try.");
    failed.assert_has("Send again");
    reviewer.get(&path(&sid, "")).assert_has("Failed");

    let again = reviewer.post(&format!("/desk/mail/{}/resending", letter.id), &[]);

    assert_eq!(again.location.as_deref(), Some(format!("/desk/mail/{}", letter.id).as_str()));
    again.follow().assert_has("It is in the queue again");
    let line = &history(&desk, &sid)[0];
    assert_eq!(
        (line.event.as_str(), line.note.as_str(), line.visible),
        ("mail_sent_again", letter.subject.as_str(), false)
    );
    let twice = reviewer.post(&format!("/desk/mail/{}/resending", letter.id), &[]);
    twice.follow().assert_has("It is in the queue already.");
    let arrived = desk.deliver();
    assert_eq!(arrived.len(), 1);
    assert!(!arrived[0].message_id.starts_with(&letter.message_id), "mailboxes drop what they know by its id");
    reviewer.get("/desk/mail?state=failed").assert_has("Nothing failed");
    reviewer.get("/desk").assert_lacks("could not be sent");
}

#[test]
fn a_mail_with_a_private_link_for_a_contact_is_sent_again() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    sent.to_carrier();
    let letter = fail(&desk, &Outcome::Dead("550 Mailbox full.".to_owned()));
    let reviewer = desk.reviewer();
    reviewer.get("/desk/mail?state=failed").assert_lacks("nobody to send it to");
    reviewer.post(&format!("/desk/mail/{}/resending", letter.id), &[]).follow().assert_has("It is in the queue again");
    let arrived = desk.deliver();
    desk.browser().get(&link(&arrived, "/status/")).assert_has(sent.sid.as_str());
    let twice = reviewer.post(&format!("/desk/mail/{}/resending", letter.id), &[]).follow();
    twice.assert_has("Its private link went out once");
}

#[test]
fn without_a_mail_server_the_page_says_where_the_files_are() {
    let desk = Desk::open();
    let folder = desk.config.data_dir.join("mail").display().to_string();
    desk.admin().get("/desk/mail").assert_has(&folder);
    let page = desk.reviewer().get("/desk/mail");
    page.assert_has("No mail server is set, so each email is written to a file.");
    page.assert_lacks(&folder);
    let with_server = Desk::open_with(&[("PORTDESK_SMTP_URL", "smtp://localhost:2525")]);
    with_server.reviewer().get("/desk/mail").assert_lacks("No mail server is set");
}

#[test]
fn a_page_that_is_not_there_is_the_last_one() {
    let desk = Desk::open();
    seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    let page = desk.reviewer().get("/desk/mail?page=9");
    page.assert_has("We received your request");
    for _ in 0..50 {
        let letter = desk.read(|conn| store::outbox::list(conn, None, 0, 1)).remove(0);
        desk.reviewer().post(&format!("/desk/mail/{}/resending", letter.id), &[]);
        seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    }
    desk.deliver();
    desk.reviewer().get("/desk/mail?page=9").assert_has("101–102 of 102");
}
