//! Whoever sits before a letter to sign it: by a link and a code, or signed in as the one who made the request.

use chrono::NaiveDateTime;

use super::record::{self, Happened};
use crate::{
    domain::{
        loa::{ClientFacts, EventActor, EventKind, LoaMode, LoaState},
        loa_id::LoaId,
        people::Customer,
        time_zone::TimeZone,
    },
    letter::{LetterFacts, Proof},
    services::house::House,
    store::{self, Conn, StoreError, loa_links::LoaSession, loas::Loa, port_requests::PortRequest, users::User},
    vault::Token,
};

/// What a browser brings to the address of a letter.
#[derive(Debug, Clone)]
pub struct Entrance {
    /// The cookie of a link that was opened.
    pub cookie: Option<Token>,
    /// A customer who is signed in.
    pub customer: Option<Customer>,
}

/// How the signer is known.
#[derive(Debug, Clone)]
pub enum Signatory {
    /// By a link from the mail, and a code as well once `verified_at` is set.
    Mailbox(LoaSession),
    /// By being signed in.
    SignedIn(Customer),
}

/// A letter with everything that its pages show.
#[derive(Debug, Clone)]
pub struct Seat {
    pub loa: Loa,
    pub facts: LetterFacts,
    pub request: PortRequest,
    /// Who asks for the signature.
    pub requester: User,
    pub who: Signatory,
    pub zone: TimeZone,
    /// The version of the consent that counts now.
    pub consent_version: i32,
}

/// What the signer has to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Prove the mailbox.
    Code,
    /// Agree to sign electronically.
    Consent,
    /// Read and sign.
    Letter,
    /// Nothing: it ended, so.
    Ended(LoaState),
}

impl Seat {
    /// Loads a letter for this browser. `NotFound` for whoever is neither its signer nor the one who signs in person.
    pub fn load(
        conn: &mut Conn,
        house: &House,
        loa_id: &LoaId,
        entrance: &Entrance,
        now: NaiveDateTime,
    ) -> Result<Self, StoreError> {
        let loa = store::loas::find(conn, loa_id)?;
        let request = store::port_requests::get(conn, loa.port_request_id)?;
        let who = who(conn, &loa, &request, entrance, now)?;
        let location = store::locations::find(conn, request.location_id)?;
        Ok(Self {
            facts: loa.facts(&house.vault)?,
            requester: store::users::find(conn, loa.requested_by)?,
            zone: house.zone(&location.time_zone),
            consent_version: super::consent::current(conn, now)?.version,
            loa,
            request,
            who,
        })
    }

    /// What comes next at a moment.
    pub fn phase(&self, now: NaiveDateTime) -> Phase {
        if self.loa.state != LoaState::Pending {
            return Phase::Ended(self.loa.state);
        }
        if self.loa.expires_at <= now {
            return Phase::Ended(LoaState::Expired);
        }
        if !self.is_known() {
            return Phase::Code;
        }
        if self.loa.consent_version == Some(self.consent_version) { Phase::Letter } else { Phase::Consent }
    }

    /// Whether the signer has proved who they are; before that they see masked data only.
    pub fn is_known(&self) -> bool {
        match &self.who {
            Signatory::Mailbox(session) => session.verified_at.is_some(),
            Signatory::SignedIn(_) => true,
        }
    }

    /// Whether the one who made the request signs it here, signed in.
    pub fn is_in_person(&self) -> bool {
        matches!(self.who, Signatory::SignedIn(_))
    }

    /// How the signer was known, for the letter.
    pub fn proof(&self) -> Proof {
        match self.who {
            Signatory::Mailbox(_) => Proof::EmailCode,
            Signatory::SignedIn(_) => Proof::SignedIn,
        }
    }

    /// Who acts, for the chain of events.
    pub fn actor(&self) -> EventActor {
        match &self.who {
            Signatory::Mailbox(_) => record::signer(&self.loa),
            Signatory::SignedIn(customer) => record::person(&customer.person),
        }
    }

    /// An event by whoever sits here.
    pub fn happened(&self, kind: EventKind, client: &ClientFacts) -> Happened {
        let event = Happened::by(self.actor(), kind).from_client(client);
        match &self.who {
            Signatory::Mailbox(session) => event.in_session(session.id, session.link),
            Signatory::SignedIn(_) => event,
        }
    }

    /// On whose behalf the signature is asked for.
    pub fn company(&self) -> &str {
        company(&self.facts)
    }
}

/// The business that a letter names, or the person whose account it is.
pub fn company(facts: &LetterFacts) -> &str {
    facts.customer.business_name.as_deref().unwrap_or(&facts.customer.contact_name)
}

fn who(
    conn: &mut Conn,
    loa: &Loa,
    request: &PortRequest,
    entrance: &Entrance,
    now: NaiveDateTime,
) -> Result<Signatory, StoreError> {
    match loa.mode {
        LoaMode::Remote => {
            let cookie = entrance.cookie.as_ref().ok_or(StoreError::NotFound)?;
            let session = store::loa_links::session(conn, loa.id, cookie, now)?;
            Ok(Signatory::Mailbox(session))
        }
        // Whoever asked to sign in person signs: the owner may do it for a manager only by asking anew.
        LoaMode::InPerson => {
            let customer = entrance.customer.clone().ok_or(StoreError::NotFound)?;
            let may = store::port_requests::is_visible(&customer, request) && customer.person.id == loa.requested_by;
            if may { Ok(Signatory::SignedIn(customer)) } else { Err(StoreError::NotFound) }
        }
        LoaMode::Paper => Err(StoreError::NotFound),
    }
}

/// Whether the signer has the letter before them and nobody has noted so since they were asked.
pub fn is_new_view(conn: &mut Conn, seat: &Seat, now: NaiveDateTime) -> Result<bool, StoreError> {
    if seat.phase(now) != Phase::Letter {
        return Ok(false);
    }
    let kind = EventKind::DocumentViewed;
    Ok(store::loa_events::count_since(conn, seat.loa.id, kind, seat.loa.asked_at)? == 0)
}

/// Notes that the letter was shown.
pub fn note_view(conn: &mut Conn, seat: &Seat, client: &ClientFacts, now: NaiveDateTime) -> Result<(), StoreError> {
    store::turns::of_request(conn, seat.request.id)?;
    let waits = store::loas::get(conn, seat.loa.id)?.state == LoaState::Pending;
    if !waits || !is_new_view(conn, seat, now)? {
        return Ok(());
    }
    let event = seat
        .happened(EventKind::DocumentViewed, client)
        .with("content_hash", seat.loa.content_hash.clone())
        .with("numbers", seat.loa.number_count.to_string());
    record::record(conn, seat.loa.id, &[event], now)?;
    Ok(())
}
