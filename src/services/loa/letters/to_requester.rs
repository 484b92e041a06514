//! Mails to whoever asked for the signature, and to admins.

use chrono::NaiveDateTime;

use super::Asked;
use crate::{
    domain::people::Role,
    mail::letters::{self, Answer},
    services::{house::House, loa::answer::Answer as Said, notify},
    store::{self, Conn, StoreError, loas::Loa, outbox::About},
};

/// What a signer said, for the mail.
pub fn answered(said: &Said) -> Answer<'_> {
    match said {
        Said::Declined { .. } => Answer::Declined,
        Said::Correction { .. } => Answer::Correction,
        Said::WrongPerson { proposed, .. } => {
            Answer::WrongPerson { proposed: proposed.as_ref().map(|proposed| proposed.name.as_str()) }
        }
        Said::Paper => Answer::Paper,
    }
}

/// E5: tells the requester what the signer said.
pub fn put_answered(
    conn: &mut Conn,
    house: &House,
    loa: &Loa,
    what: Answer<'_>,
    words: Option<&str>,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let asked = Asked::load(conn, house, loa)?;
    let Some(to) = asked.requesters_address() else { return Ok(()) };
    let words = words.filter(|words| !words.is_empty());
    let facts = letters::LoaAnswered { request: asked.told.facts(house), signer: &loa.signer_name, what, words };
    Asked::put_to_requester(conn, loa, &letters::loa_answered(to, &facts), now)
}

/// E5: nobody signed in time.
pub fn put_expired(conn: &mut Conn, house: &House, loa: &Loa, now: NaiveDateTime) -> Result<(), StoreError> {
    let asked = Asked::load(conn, house, loa)?;
    let Some(to) = asked.requesters_address() else { return Ok(()) };
    let facts = letters::LoaExpired {
        request: asked.told.facts(house),
        signer: &loa.signer_name,
        expired_at: &asked.zone.moment(loa.expires_at),
    };
    Asked::put_to_requester(conn, loa, &letters::loa_expired(to, &facts), now)
}

/// The desk asks for a new signature: whether because the last one is too old, and whether the requester sees to it.
pub fn put_asked_anew(
    conn: &mut Conn,
    house: &House,
    loa: &Loa,
    (is_too_old, on_paper): (bool, bool),
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    put_answered(conn, house, loa, Answer::AskedAnew { is_too_old, on_paper }, None, now)
}

/// E4: tells the requester that the letter is signed, unless they signed it.
pub fn put_signed_copy(conn: &mut Conn, house: &House, loa: &Loa, now: NaiveDateTime) -> Result<(), StoreError> {
    let asked = Asked::load(conn, house, loa)?;
    let Some(to) = asked.requesters_address().filter(|to| !to.eq_ignore_ascii_case(&loa.signer_email)) else {
        return Ok(());
    };
    let copy = letters::LoaSignedCopy {
        request: asked.told.facts(house),
        loa_id: loa.loa_id.as_str(),
        signer: &loa.signer_name,
        signed_at: &asked.zone.moment(loa.signed_at.unwrap_or(now)),
    };
    Asked::put_to_requester(conn, loa, &letters::loa_signed_copy(to, &copy), now)
}

/// Tells every admin that a signed letter waits for its seal.
pub fn put_seal_problem(
    conn: &mut Conn,
    house: &House,
    loa: &Loa,
    what: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let request = store::port_requests::get(conn, loa.port_request_id)?;
    let signed_at = house.desk_zone.moment(loa.signed_at.unwrap_or(now));
    let facts = letters::SealProblem {
        brand: notify::brand(house),
        loa_id: loa.loa_id.as_str(),
        sid: request.sid.as_str(),
        signed_at: &signed_at,
        what,
    };
    let staff = store::users::active_staff(conn)?;
    for admin in staff.iter().filter(|person| person.role == Role::Admin) {
        let about = About { port_request_id: Some(request.id), user_id: Some(admin.id), ..About::default() };
        store::outbox::put(conn, &letters::seal_problem(&admin.email, &facts), about, now)?;
    }
    Ok(())
}
