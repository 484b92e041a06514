//! What a link from the mail leads to before it is opened: looking changes nothing, opening begins a session.

use chrono::{Duration, NaiveDateTime};

use super::{
    letters::{self, Asking},
    plan,
    record::{self, Happened},
    seat,
};
use crate::{
    domain::{
        contact::EmailAddress,
        loa::{ActorSide, ClientFacts, EndReason, EventActor, EventKind, LoaMode, LoaState},
        loa_id::LoaId,
        time_zone::TimeZone,
    },
    mail::letters::{Answer, Why},
    services::{house::House, note::Note, people::minutes},
    store::{self, Conn, StoreError, loa_links::LoaLink, loas::Loa, throttle::Limit},
    vault::Token,
};

/// Pages of links that one client may open in a minute, and tokens that nobody knows (esign.md 2.13).
const PAGES: Limit = Limit { scope: "loa_link_pages", tries: 30, within: Duration::minutes(1) };
const UNKNOWN: Limit = Limit { scope: "loa_link_unknown", tries: 10, within: Duration::minutes(1) };
/// Fresh links for one request.
const FRESH: Limit = Limit { scope: "loa_fresh_link", tries: 3, within: Duration::hours(1) };

#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// No such link.
    #[error("not found")]
    Unknown,
    #[error("There were too many tries. Try again in {}", minutes(*.0))]
    TooMany(i64),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What strangers who hold a link may see: masked, so that a forwarded mail tells little.
#[derive(Debug, Clone)]
pub struct Landing {
    pub loa: Loa,
    pub requester: String,
    pub company: String,
    pub provider: String,
    pub losing_carrier: String,
    pub masked_email: String,
    pub zone: TimeZone,
    pub state: LinkState,
}

/// Whether a link still opens its letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkState {
    Open,
    /// A newer link went out, because there is more time to sign.
    Replaced,
    /// Nobody signed in time.
    Expired,
    Signed,
    Declined,
    /// The letter was withdrawn, because of this.
    Withdrawn(EndReason),
}

impl Landing {
    /// Loads what a token leads to; nothing where nobody knows it, which is counted.
    pub fn load(
        conn: &mut Conn,
        house: &House,
        token: &Token,
        network: &str,
        now: NaiveDateTime,
    ) -> Result<Option<Self>, LinkError> {
        let key = |limit: Limit| house.vault.keyed_hash(limit.scope, network);
        store::throttle::note_allowed(conn, PAGES, &key(PAGES), now)?.map_err(LinkError::TooMany)?;
        let (link, loa) = match find(conn, token) {
            Err(StoreError::NotFound) => {
                store::throttle::note_allowed(conn, UNKNOWN, &key(UNKNOWN), now)?.map_err(LinkError::TooMany)?;
                return Ok(None);
            }
            found => found?,
        };
        let request = store::port_requests::get(conn, loa.port_request_id)?;
        let location = store::locations::find(conn, request.location_id)?;
        let facts = loa.facts(&house.vault)?;
        Ok(Some(Self {
            requester: store::users::find(conn, loa.requested_by)?.name,
            company: seat::company(&facts).to_owned(),
            provider: facts.new_provider.name,
            losing_carrier: facts.current_service.carrier,
            masked_email: masked(&loa.signer_email),
            zone: house.zone(&location.time_zone),
            state: state(&loa, &link, now),
            loa,
        }))
    }
}

fn find(conn: &mut Conn, token: &Token) -> Result<(LoaLink, Loa), StoreError> {
    let link = store::loa_links::find(conn, token)?;
    let loa = store::loas::get(conn, link.loa)?;
    Ok((link, loa))
}

/// The same, with nobody else changing the letter until the transaction ends.
fn find_to_change(conn: &mut Conn, token: &Token) -> Result<(LoaLink, Loa), LinkError> {
    let request = match find(conn, token) {
        Err(StoreError::NotFound) => return Err(LinkError::Unknown),
        found => found?.1.port_request_id,
    };
    store::turns::of_request(conn, request)?;
    Ok(find(conn, token)?)
}

/// Whoever has the link from the mail: the signer, a colleague, or a program that looks at mails.
fn holder() -> EventActor {
    EventActor { side: ActorSide::Stranger, user: None, name: "Holder of the link".to_owned() }
}

fn masked(address: &str) -> String {
    EmailAddress::parse(address).map_or_else(|_| "•••".to_owned(), |address| address.masked())
}

impl LinkState {
    /// What a letter says of a link that leads to it.
    pub fn of(loa: &Loa, is_revoked: bool, now: NaiveDateTime) -> Self {
        match loa.state {
            LoaState::Pending if is_revoked => Self::Replaced,
            LoaState::Pending if loa.expires_at <= now => Self::Expired,
            LoaState::Pending => Self::Open,
            LoaState::Expired => Self::Expired,
            LoaState::Signed | LoaState::Sealed | LoaState::Uploaded => Self::Signed,
            LoaState::Declined => Self::Declined,
            LoaState::Voided | LoaState::Superseded => {
                Self::Withdrawn(EndReason::from_code(&loa.end_reason).unwrap_or(EndReason::Replaced))
            }
        }
    }
}

fn state(loa: &Loa, link: &LoaLink, now: NaiveDateTime) -> LinkState {
    LinkState::of(loa, link.revoked_at.is_some(), now)
}

/// Opens a link: from now on this browser is known by the cookie, and the token is not needed any more. A link that does
/// not open any more gives nothing: its page says why.
pub fn open(
    conn: &mut Conn,
    token: &Token,
    client: &ClientFacts,
    now: NaiveDateTime,
) -> Result<Option<(LoaId, Token)>, LinkError> {
    let (link, loa) = find_to_change(conn, token)?;
    // A signed letter opens too: its signer finds the copies there after the code.
    if !matches!(state(&loa, &link, now), LinkState::Open | LinkState::Signed) {
        return Ok(None);
    }
    let cookie = Token::new();
    let session = store::loa_links::begin(conn, &loa, link.id, &cookie, now)?;
    store::loa_links::note_used(conn, link.id, now)?;
    let event = Happened::by(holder(), EventKind::Opened).from_client(client);
    record::record(conn, loa.id, &[event.in_session(session, link.id)], now)?;
    Ok(Some((loa.loa_id, cookie)))
}

/// Sends a new link to the address on file, if the request still waits for that signer; else tells the requester that the
/// signer asks. The answer is the same either way.
pub fn fresh_link(conn: &mut Conn, house: &House, token: &Token, now: NaiveDateTime) -> Result<(), LinkError> {
    let (_, loa) = find_to_change(conn, token)?;
    let key = house.vault.keyed_hash(FRESH.scope, &loa.port_request_id.to_string());
    store::throttle::note_allowed(conn, FRESH, &key, now)?.map_err(LinkError::TooMany)?;
    let newest = store::loas::newest(conn, loa.port_request_id)?.unwrap_or_else(|| loa.clone());
    let waits = newest.state == LoaState::Pending && now < newest.expires_at;
    if waits && newest.mode == LoaMode::Remote && newest.signer_email.eq_ignore_ascii_case(&loa.signer_email) {
        letters::put_request(conn, house, &newest, Asking::because(Why::NewLink), now)?;
    } else if newest.state == LoaState::Expired || (newest.state == LoaState::Pending && !waits) {
        letters::put_answered(conn, house, &newest, Answer::WantsNewLink, None, now)?;
    }
    Ok(())
}

/// The recipient does not know of any of this: the letter ends, and its requester is told.
pub fn report(
    conn: &mut Conn,
    house: &House,
    token: &Token,
    client: &ClientFacts,
    now: NaiveDateTime,
) -> Result<(), LinkError> {
    let (link, loa) = find_to_change(conn, token)?;
    if state(&loa, &link, now) != LinkState::Open {
        return Ok(());
    }
    let end = store::loas::End { to: LoaState::Declined, reason: EndReason::Reported, note: "" };
    let reported = Happened::by(holder(), EventKind::Reported).from_client(client);
    plan::end_as(conn, &loa, end, reported, now)?;
    let request = store::port_requests::get(conn, loa.port_request_id)?;
    Note::open("signature_reported", "").write_by_signer(conn, &request, &holder().name, now)?;
    letters::put_answered(conn, house, &loa, Answer::Reported, None, now)?;
    Ok(())
}
