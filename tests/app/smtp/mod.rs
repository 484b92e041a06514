//! Letters over the wire to a real SMTP server process.

#![expect(clippy::unwrap_used, reason = "a test that can't be set up has to fail")]

mod authority;
mod delivery;
pub mod server;
mod tls;

use std::time::Duration;

use chrono::{TimeZone, Utc};
use portdesk::mail::{NamedAddress, Outgoing, Post, SendError, SmtpPost, Subject};

/// A letter with signs that a careless transport breaks: accents, long lines, a dot at the start of a line.
fn letter(id: &str) -> Outgoing {
    Outgoing {
        message_id: format!("{id}@desk.example"),
        to: "dana@example.com".into(),
        subject: Subject::new("Done: 3 numbers moved for Zürich – Büro (PR-7Q4M2-XKD9B)"),
        text: format!("Zürich is done.\n.\n.. a dot first\n{}\n", "long ".repeat(400)),
        html: "<p>Zürich is done.</p>".into(),
        attachments: Vec::new(),
        from: NamedAddress { name: "Portdesk".into(), address: "desk@desk.example".into() },
        reply_to: NamedAddress { name: String::new(), address: "help@desk.example".into() },
        date: Utc.with_ymd_and_hms(2026, 6, 9, 14, 5, 0).unwrap(),
    }
}

fn post(url: &str) -> Post {
    Post::Smtp(SmtpPost::from_url(url, None).unwrap())
}

/// One runtime per test, as connections belong to the runtime that opened them.
struct Sender {
    runtime: tokio::runtime::Runtime,
    post: Post,
}

impl Sender {
    fn new(post: Post) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { runtime, post }
    }

    fn send(&self, id: &str) -> Result<(), SendError> {
        self.send_letter(&letter(id))
    }

    /// Sends with a watchdog: no server may hold a letter for ever.
    fn send_letter(&self, letter: &Outgoing) -> Result<(), SendError> {
        let watchdog = Duration::from_secs(30);
        self.runtime.block_on(async { tokio::time::timeout(watchdog, self.post.send(letter)).await.unwrap() })
    }
}

#[track_caller]
fn assert_temporary(result: Result<(), SendError>, words: &str) {
    match result {
        Err(SendError::Temporary(sentence)) if sentence.contains(words) => {}
        other => panic!("expected a temporary failure with {words:?}, got {other:?}"),
    }
}

#[track_caller]
fn assert_permanent(result: Result<(), SendError>, words: &str) {
    match result {
        Err(SendError::Permanent(sentence)) if sentence.contains(words) => {}
        other => panic!("expected a permanent failure with {words:?}, got {other:?}"),
    }
}
