//! One step of the mail worker: take a letter, send it with no transaction open, note what became of it.

use chrono::NaiveDateTime;

use super::house::House;
use crate::{
    clock::Clock,
    mail::{Letter, LetterKind, NamedAddress, Outgoing, Post, SendError, Subject, retry},
    store::{
        self, Store, StoreError,
        links::LinkPurpose,
        outbox::{Outcome, QueuedLetter},
    },
    vault::Token,
};

/// Whose name and address stand in the head of letters.
#[derive(Debug, Clone)]
pub struct Sender {
    pub from: NamedAddress,
    pub reply_to: NamedAddress,
}

/// Sends the letter that has waited longest. `false` when none is due.
pub async fn deliver_one(
    store: &Store,
    house: &House,
    post: &Post,
    sender: &Sender,
    clock: &Clock,
) -> Result<bool, StoreError> {
    let lease = Token::new().hash();
    let (held, now) = (lease.clone(), clock.now());
    let Some(queued) = store.write(move |conn| store::outbox::lease(conn, &held, now)).await? else {
        return Ok(false);
    };
    let id = queued.id;
    let attempts = u32::try_from(queued.attempts).unwrap_or(u32::MAX);
    let outcome = match compose(store, house, sender, queued, now).await {
        Ok(outgoing) => outcome(post.send(&outgoing).await, attempts + 1, clock.now()),
        // A letter that this version cannot read would come up again for ever.
        Err(StoreError::Corrupt(why)) => Outcome::Dead(format!("The letter cannot be read: {why}")),
        Err(error @ (StoreError::Pool(_) | StoreError::Busy | StoreError::Away(_) | StoreError::Stopped)) => {
            return Err(error);
        }
        // Counted like a mail server that is away, so that it ends as a dead letter and not as a circle.
        Err(error) => outcome(Err(SendError::Temporary(error.to_string())), attempts + 1, clock.now()),
    };
    if outcome != Outcome::Sent {
        tracing::warn!(
            letter = id,
            attempts = attempts + 1,
            dead = matches!(outcome, Outcome::Dead(_)),
            "mail not sent"
        );
    }
    let now = clock.now();
    store.write(move |conn| store::outbox::note(conn, id, &lease, &outcome, now)).await?;
    Ok(true)
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

async fn compose(
    store: &Store,
    house: &House,
    sender: &Sender,
    queued: QueuedLetter,
    now: NaiveDateTime,
) -> Result<Outgoing, StoreError> {
    let domain = sender.from.address.rsplit('@').next().unwrap_or("localhost");
    let message_id = format!("{}@{domain}", queued.message_id);
    let letter = with_link(store, house, queued, now).await?;
    Ok(Outgoing {
        message_id,
        to: letter.to,
        subject: letter.subject,
        text: letter.text,
        html: letter.html,
        from: sender.from.clone(),
        reply_to: sender.reply_to.clone(),
        date: now.and_utc(),
    })
}

/// Makes the token of a letter that carries a private link: no usable token rests in the table.
async fn with_link(
    store: &Store,
    house: &House,
    queued: QueuedLetter,
    now: NaiveDateTime,
) -> Result<Letter, StoreError> {
    let purpose = queued.link_purpose.as_deref().and_then(LinkPurpose::from_code);
    let letter = Letter {
        kind: LetterKind::from_code(&queued.kind).ok_or_else(|| StoreError::Corrupt(queued.kind.clone()))?,
        to: queued.to_address,
        subject: Subject::new(&queued.subject),
        text: queued.body_text,
        html: queued.body_html,
    };
    let Some(purpose) = purpose else { return Ok(letter) };
    // Without a person there is no link, and the mark in its place is nothing to read.
    let user = queued.user_id.ok_or_else(|| StoreError::Corrupt("its private link is for nobody".to_owned()))?;
    let token = Token::new();
    let url = format!("{}{}{}", house.base_url, purpose.path(), token.reveal());
    store.write(move |conn| store::links::add(conn, purpose, Some(user), &token, now)).await?;
    Ok(letter.with_private_link(&url))
}
