//! One step of the mail worker: take a letter, send it with no transaction open, note what became of it.

use chrono::NaiveDateTime;

use super::{
    house::House,
    loa::mailed::{Mailed, mailed},
    put_together::{Unsent, put_together},
};
use crate::{
    clock::Clock,
    files::Files,
    mail::{LetterKind, NamedAddress, Post, SendError, retry},
    store::{self, Store, StoreError, outbox::Outcome},
    vault::Token,
};

/// Whose name and address stand in the head of letters.
#[derive(Debug, Clone)]
pub struct Sender {
    pub from: NamedAddress,
    pub reply_to: NamedAddress,
}

/// Where the mail worker takes what it sends.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    pub store: &'a Store,
    pub files: &'a Files,
    pub house: &'a House,
    pub clock: &'a Clock,
}

/// Sends the letter that has waited longest. `false` when none is due.
pub async fn deliver_one(sources: Sources<'_>, post: &Post, sender: &Sender) -> Result<bool, StoreError> {
    let Sources { store, clock, .. } = sources;
    let lease = Token::new().hash();
    let (held, now) = (lease.clone(), clock.now());
    let Some(queued) = store.write(move |conn| store::outbox::lease(conn, &held, now)).await? else {
        return Ok(false);
    };
    let leased = Leased { id: queued.id, lease, loa: queued.loa, kind: LetterKind::from_code(&queued.kind) };
    let attempts = u32::try_from(queued.attempts).unwrap_or(u32::MAX).saturating_add(1);
    let outcome = match put_together(sources, sender, queued, now).await {
        Ok(outgoing) => outcome(post.send(&outgoing).await, attempts, clock.now()),
        Err(Unsent::Moot) => Outcome::Moot,
        // A letter that this version cannot read would come up again for ever.
        Err(Unsent::Store(StoreError::Corrupt(why))) => Outcome::Dead(format!("The letter cannot be read: {why}")),
        Err(Unsent::Store(
            error @ (StoreError::Pool(_) | StoreError::Busy | StoreError::Away(_) | StoreError::Stopped),
        )) => return Err(error),
        // Counted like a mail server that is away, so that it ends as a dead letter and not as a circle.
        Err(error) => outcome(Err(SendError::Temporary(error.to_string())), attempts, clock.now()),
    };
    if matches!(outcome, Outcome::Later(..) | Outcome::Dead(_)) {
        tracing::warn!(letter = leased.id, attempts, dead = matches!(outcome, Outcome::Dead(_)), "mail not sent");
    }
    leased.note(sources, outcome).await?;
    Ok(true)
}

/// A letter that this worker holds.
#[derive(Clone)]
struct Leased {
    id: i64,
    lease: String,
    loa: Option<i64>,
    kind: Option<LetterKind>,
}

impl Leased {
    /// Notes what became of the letter, and tells the letter of authorization that it is about.
    async fn note(self, sources: Sources<'_>, outcome: Outcome) -> Result<(), StoreError> {
        let now = sources.clock.now();
        let Some((loa, kind)) = self.loa.zip(self.kind) else {
            let note = move |conn: &mut store::Conn| store::outbox::note(conn, self.id, &self.lease, &outcome, now);
            return match sources.store.write(note).await {
                Err(StoreError::Stale) => Ok(()),
                noted => noted,
            };
        };
        let (held, happened) = (self.clone(), outcome.clone());
        let told = sources.store.write(move |conn| {
            store::outbox::note(conn, held.id, &held.lease, &happened, now)?;
            match &happened {
                Outcome::Sent => mailed(conn, loa, kind, Mailed::Handed, now),
                Outcome::Dead(why) => mailed(conn, loa, kind, Mailed::Refused(why), now),
                Outcome::Later(..) | Outcome::Moot => Ok(()),
            }
        });
        match told.await {
            // The lease ended, and another worker has the letter now.
            Err(StoreError::Stale) => Ok(()),
            // Without the note the letter would go out again and again.
            Err(error @ (StoreError::Corrupt(_) | StoreError::NotFound | StoreError::Database(_))) => {
                tracing::error!(letter = self.id, %error, "a letter of authorization was not told of its mail");
                let note = move |conn: &mut store::Conn| store::outbox::note(conn, self.id, &self.lease, &outcome, now);
                sources.store.write(note).await
            }
            other => other,
        }
    }
}

/// What became of a try, by how often it was tried.
fn outcome(sent: Result<(), SendError>, attempts: u32, now: NaiveDateTime) -> Outcome {
    match sent {
        Ok(()) => Outcome::Sent,
        Err(SendError::Permanent(why)) => Outcome::Dead(why),
        Err(SendError::Temporary(why)) => match retry::next_try(attempts) {
            Some(pause) => Outcome::Later(now + pause, why),
            None => Outcome::Dead(why),
        },
    }
}
