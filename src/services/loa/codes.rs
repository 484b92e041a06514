//! The code by mail: it proves that the signer reads the mailbox, whoever else has the link.

use chrono::{Duration, NaiveDateTime};

use super::{
    letters, record,
    seat::{Seat, Signatory},
};
use crate::{
    domain::loa::{ClientFacts, EventKind, SigningCode},
    mail::letters::Answer,
    services::{house::House, people::minutes},
    store::{self, Conn, StoreError, loa_links::LoaSession, throttle::Limit},
};

/// Codes by mail for one signer of a request (esign.md 2.13).
const PER_SIGNER_SOON: Limit = Limit { scope: "loa_code_soon", tries: 1, within: Duration::seconds(30) };
const PER_SIGNER: Limit = Limit { scope: "loa_code", tries: 5, within: Duration::hours(1) };
const PER_CLIENT: Limit = Limit { scope: "loa_code_client", tries: 20, within: Duration::hours(1) };
/// Wrong codes for one signer of a request, beside the five of each code: a new letter gives no new tries.
const WRONG: Limit = Limit { scope: "loa_code_wrong", tries: 10, within: Duration::hours(24) };

#[derive(Debug, thiserror::Error)]
pub enum CodeError {
    #[error("We sent a code a moment ago. Wait half a minute, then ask for another")]
    TooSoon,
    #[error("We sent several codes already. You can ask for another in {}", minutes(*.0))]
    TooMany(i64),
    #[error("Enter the 6 digits from the email")]
    NotACode,
    #[error("That is not the code we sent last. Check the newest email")]
    Wrong,
    #[error("This code has ended. Ask for a new one")]
    Ended,
    #[error("There were too many wrong codes. You can try again in {}", minutes(*.0))]
    Locked(i64),
    /// The browser is not that of a signer who gets codes.
    #[error("This letter is signed without a code")]
    NotNeeded,
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn mailbox(seat: &Seat) -> Result<&LoaSession, CodeError> {
    match &seat.who {
        Signatory::Mailbox(session) => Ok(session),
        Signatory::SignedIn(_) => Err(CodeError::NotNeeded),
    }
}

/// For what codes are counted.
fn of_signer(seat: &Seat) -> String {
    format!("{} {}", seat.request.sid, seat.loa.signer_email.to_ascii_lowercase())
}

/// The hash under which a code of this browser is stored.
pub fn hash(house: &House, session: i64, code: &SigningCode) -> String {
    house.vault.keyed_hash(&format!("loa_codes:{session}"), code.reveal())
}

/// Mails a code to the signer's address. The worker makes it, so that it rests nowhere.
pub fn ask(
    conn: &mut Conn,
    house: &House,
    seat: &Seat,
    client_network: &str,
    now: NaiveDateTime,
) -> Result<(), CodeError> {
    let session = mailbox(seat)?;
    store::turns::of_request(conn, seat.request.id)?;
    let signer = house.vault.keyed_hash(PER_SIGNER.scope, &of_signer(seat));
    let client = house.vault.keyed_hash(PER_CLIENT.scope, client_network);
    if store::throttle::note_allowed(conn, PER_SIGNER_SOON, &signer, now)?.is_err() {
        return Err(CodeError::TooSoon);
    }
    for (limit, key) in [(PER_SIGNER, &signer), (PER_CLIENT, &client)] {
        store::throttle::note_allowed(conn, limit, key, now)?.map_err(CodeError::TooMany)?;
    }
    letters::put_code(conn, house, seat, session.id, now)?;
    Ok(())
}

/// What became of a code that was typed. Errors are told after the transaction: the try counts.
pub fn enter(
    conn: &mut Conn,
    house: &House,
    seat: &Seat,
    typed: &str,
    client: &ClientFacts,
    now: NaiveDateTime,
) -> Result<Result<(), CodeError>, StoreError> {
    let Ok(session) = mailbox(seat) else { return Ok(Err(CodeError::NotNeeded)) };
    let Some(typed) = SigningCode::parse(typed) else { return Ok(Err(CodeError::NotACode)) };
    store::turns::of_request(conn, seat.request.id)?;
    let key = house.vault.keyed_hash(WRONG.scope, &of_signer(seat));
    // Counted before the outcome is known; a right code takes it back.
    let counted = match store::throttle::note_allowed(conn, WRONG, &key, now)? {
        Ok(counted) => counted,
        Err(minutes) => return lock(conn, house, seat, client, minutes, now),
    };
    let Some(code) = store::loa_codes::tried(conn, session.id, now)? else {
        store::throttle::take_back(conn, counted)?;
        return Ok(Err(CodeError::Ended));
    };
    // Equal-length hex of a keyed hash: nothing about the code can be learned from how long this takes.
    if hash(house, session.id, &typed) != code.code_hash || !store::loa_codes::use_up(conn, code.id, now)? {
        record::record(conn, seat.loa.id, &[seat.happened(EventKind::CodeFailed, client)], now)?;
        return Ok(Err(CodeError::Wrong));
    }
    store::throttle::take_back(conn, counted)?;
    store::loa_links::verified(conn, session.id, now)?;
    store::loas::note_opened(conn, &seat.loa, now)?;
    record::record(conn, seat.loa.id, &[seat.happened(EventKind::CodeOk, client)], now)?;
    Ok(Ok(()))
}

/// Tells the requester once that somebody guesses.
fn lock(
    conn: &mut Conn,
    house: &House,
    seat: &Seat,
    client: &ClientFacts,
    minutes: i64,
    now: NaiveDateTime,
) -> Result<Result<(), CodeError>, StoreError> {
    let since = now - WRONG.within;
    if store::loa_events::count_since(conn, seat.loa.id, EventKind::CodeLocked, since)? == 0 {
        record::record(conn, seat.loa.id, &[seat.happened(EventKind::CodeLocked, client)], now)?;
        letters::put_answered(conn, house, &seat.loa, Answer::Locked, None, now)?;
    }
    Ok(Err(CodeError::Locked(minutes)))
}
