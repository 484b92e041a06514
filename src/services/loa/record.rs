//! Recording what happened to a letter, behind everything that happened before.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use crate::{
    domain::{
        loa::{ActorSide, Chain, ClientFacts, EndReason, EventActor, EventBody, EventKind},
        people::Person,
        signing::Signing,
    },
    store::{self, Conn, StoreError, loa_events::LinkedEvent, loas::Loa},
};

/// An event to record.
#[derive(Debug, Clone)]
pub struct Happened {
    kind: EventKind,
    actor: EventActor,
    client: Option<ClientFacts>,
    session: Option<i64>,
    link: Option<i64>,
    detail: BTreeMap<String, String>,
}

impl Happened {
    /// Something that somebody did.
    pub fn by(actor: EventActor, kind: EventKind) -> Self {
        Self { kind, actor, client: None, session: None, link: None, detail: BTreeMap::new() }
    }

    /// Something that the program did by itself.
    pub fn by_itself(kind: EventKind) -> Self {
        Self::by(EventActor::program(), kind)
    }

    /// The same, done in this browser.
    #[must_use]
    pub fn from_client(self, client: &ClientFacts) -> Self {
        Self { client: Some(client.clone()), ..self }
    }

    /// The same, done in this session that a link began.
    #[must_use]
    pub fn in_session(self, session: i64, link: i64) -> Self {
        Self { session: Some(session), link: Some(link), ..self }
    }

    /// The same with a particular; never a token, code, PIN or account number.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.detail.insert(name.to_owned(), value.into());
        self
    }

    fn body(&self, at: NaiveDateTime) -> EventBody {
        EventBody {
            sequence: 0,
            at,
            kind: self.kind,
            actor: self.actor.clone(),
            client: self.client.clone(),
            session: self.session,
            link: self.link,
            detail: self.detail.clone(),
        }
    }
}

/// The person who made the request, or the owner of its account; somebody of the desk.
pub fn person(person: &Person) -> EventActor {
    let side = if person.role.is_staff() { ActorSide::Desk } else { ActorSide::Requester };
    EventActor { side, user: Some(person.id), name: person.name.clone() }
}

/// The signer whom a letter names.
pub fn signer(loa: &Loa) -> EventActor {
    EventActor { side: ActorSide::Signer, user: None, name: loa.signer_name.clone() }
}

/// Puts events behind a chain without storing them.
pub fn link(chain: Chain, events: &[Happened], now: NaiveDateTime) -> Result<(Vec<LinkedEvent>, Chain), StoreError> {
    let mut linked = Vec::with_capacity(events.len());
    let mut chain = chain;
    for event in events {
        let (next, after) = LinkedEvent::behind(&chain, event.body(now))?;
        linked.push(next);
        chain = after;
    }
    Ok((linked, chain))
}

/// Records events behind all that the letter has: writers of one letter take turns. Gives the letter as it is then.
pub fn record(conn: &mut Conn, loa: i64, events: &[Happened], now: NaiveDateTime) -> Result<Loa, StoreError> {
    let request = store::loas::get(conn, loa)?.port_request_id;
    store::turns::of_request(conn, request)?;
    let read = store::loas::get(conn, loa)?;
    let (linked, _) = link(read.chain()?, events, now)?;
    store::loa_events::append(conn, &read, &linked)?;
    note_whose_move(conn, request)?;
    store::loas::get(conn, loa)
}

/// Keeps what lists know of the newest letter in step with it: whether its requester has to do something.
pub(super) fn note_whose_move(conn: &mut Conn, port_request: i64) -> Result<(), StoreError> {
    let Some(loa) = store::loas::newest(conn, port_request)? else { return Ok(()) };
    let signing = Signing {
        state: loa.state,
        mode: loa.mode,
        ended: EndReason::from_code(&loa.end_reason),
        signer: &loa.signer_name,
        asked_on: "",
        until: "",
        // Time is noted by the worker: it ends the letter.
        is_past: false,
        paper_chosen: loa.paper_chosen_at.is_some(),
    };
    store::loas::note_whose_move(conn, port_request, signing.needs_requester())
}
