//! The outbox and its worker: nothing is lost, nothing is sent twice by two workers, what fails for good is kept.

use actix_web::rt::System;
use chrono::Duration;
use portdesk::{
    domain::people::Role,
    mail::{Post, SmtpPost},
    services::{deliver_mail, invitations},
    store::{self, links::LinkPurpose, outbox::QueuedLetter, users::NewUser},
    vault::Token,
    worker,
};

use crate::harness::desk::Desk;

fn invite(desk: &Desk, email: &str) {
    let new = NewUser { account_id: None, email, name: "Nia New", role: Role::Reviewer };
    let (admin, now) = (desk.people.admin(), desk.now());
    desk.write(|conn| invitations::invite(conn, &desk.app.house, &admin, &new, now));
}

fn letters(desk: &Desk) -> Vec<QueuedLetter> {
    desk.read(|conn| store::outbox::list(conn, None, 0, 10))
}

/// One step of a worker that sends to `post`; says whether there was a letter.
fn step(desk: &Desk, post: &Post) -> bool {
    let sender = worker::sender(&desk.config);
    let sent = deliver_mail::deliver_one(desk.sources(), post, &sender);
    System::new().block_on(sent).expect("the outbox answers")
}

/// A mail server that is not there.
fn nobody() -> Post {
    let port =
        std::net::TcpListener::bind(("127.0.0.1", 0)).and_then(|it| it.local_addr()).expect("a port is free").port();
    Post::Smtp(SmtpPost::from_url(&format!("smtp://127.0.0.1:{port}"), None).expect("the address is right"))
}

#[test]
fn a_private_link_is_made_when_the_letter_is_sent_and_rests_nowhere() {
    let desk = Desk::open();
    invite(&desk, "nia@example.com");
    let stored = letters(&desk).remove(0);
    assert!(stored.body_text.contains("[private link]") && stored.body_html.contains("[private link]"));

    let arrived = desk.deliver().remove(0);
    let (_, after) = arrived.text.split_once("/invitations/").expect("the letter carries the link");
    let token = after.split_whitespace().next().expect("the link carries a token").to_owned();
    let now = desk.now();
    let found = desk.read(|conn| store::links::find(conn, LinkPurpose::Invitation, &Token::from_client(&token), now));
    assert!(found.user_id.is_some());
    let kept = letters(&desk).remove(0);
    assert!(!kept.body_text.contains(&token) && !kept.body_html.contains(&token));
}

#[test]
fn a_letter_waits_while_the_mail_server_is_away_and_keeps_its_message_id() {
    let desk = Desk::open();
    invite(&desk, "nia@example.com");
    assert!(step(&desk, &nobody()));
    let waiting = letters(&desk).remove(0);
    assert_eq!((waiting.state.as_str(), waiting.attempts), ("queued", 1));
    assert!(!waiting.last_error.is_empty());
    assert!(!step(&desk, &nobody()), "it is not tried again at once");

    desk.app.clock.advance(Duration::minutes(1));
    let arrived = desk.deliver().remove(0);
    assert!(arrived.message_id.starts_with(&waiting.message_id));
    assert_eq!(letters(&desk).remove(0).state, "sent");
}

#[test]
fn after_days_without_success_a_letter_is_given_up_and_can_be_sent_again() {
    let desk = Desk::open();
    invite(&desk, "nia@example.com");
    let post = nobody();
    for _ in 0..50 {
        step(&desk, &post);
        desk.app.clock.advance(Duration::hours(13));
    }
    let dead = letters(&desk).remove(0);
    assert_eq!(dead.state, "dead");
    assert_eq!(desk.read(store::outbox::count_dead), 1);

    let now = desk.now();
    desk.write(|conn| store::outbox::send_again(conn, dead.id, now));
    assert_eq!(desk.deliver().len(), 1);
}

#[test]
fn two_workers_never_hold_the_same_letter_and_a_dead_workers_lease_ends() {
    let desk = Desk::open();
    invite(&desk, "nia@example.com");
    let now = desk.now();
    let lease = |holder: &str, at| desk.write(|conn| store::outbox::lease(conn, holder, at));
    let first = lease("one", now).expect("the letter is free");
    assert!(lease("two", now).is_none());
    let second = lease("two", now + Duration::minutes(6)).expect("the lease of a dead worker ends");
    assert_eq!(first.id, second.id);
    let late =
        desk.app.store.write_now(|conn| store::outbox::note(conn, first.id, "one", &store::outbox::Outcome::Sent, now));
    assert!(matches!(late, Err(store::StoreError::Stale)), "who lost the lease does not write");
    desk.app.clock.advance(Duration::minutes(12));
    assert_eq!(desk.deliver().len(), 1);
}
