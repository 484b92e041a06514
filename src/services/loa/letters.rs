//! Mails about a letter: to its signer, to whoever asked for it, and to admins when a seal failed.

use chrono::NaiveDateTime;

use super::{
    answer::Answer as Said,
    seat::{self, Seat},
};
use crate::{
    domain::{
        loa::{EndReason, LoaMode},
        people::Role,
        phone_number::PhoneNumber,
        time_zone::{self, TimeZone},
    },
    letter::LetterFacts,
    mail::{
        Letter,
        letters::{self, Answer, LoaFacts, LoaPdf, ReplacedBecause, Why, WithdrawnBecause},
    },
    services::{
        house::House,
        notify::{self, Told},
    },
    store::{
        self, Conn, StoreError,
        loa_files::{LoaFileKind, NewLoaFile},
        loas::Loa,
        outbox::About,
    },
};

/// How many numbers a mail names, masked.
const NAMED: usize = 3;

/// A letter with whom and what its mails speak of.
struct Asked {
    facts: LetterFacts,
    told: Told,
    requester: String,
    requester_email: String,
    requester_is_active: bool,
    zone: TimeZone,
}

impl Asked {
    fn load(conn: &mut Conn, house: &House, loa: &Loa) -> Result<Self, StoreError> {
        let told = Told::load(conn, loa.port_request_id)?;
        let requester = store::users::find(conn, loa.requested_by)?;
        Ok(Self {
            facts: loa.facts(&house.vault)?,
            zone: house.zone(&told.location.time_zone),
            requester_is_active: requester.is_active(),
            requester: requester.name,
            requester_email: requester.email,
            told,
        })
    }

    fn facts<'a>(&'a self, house: &'a House) -> LoaFacts<'a> {
        LoaFacts {
            brand: notify::brand(house),
            signer: &self.facts.signer.name,
            requester: &self.requester,
            company: seat::company(&self.facts, &self.told.location),
            provider: &self.facts.new_provider.name,
            losing_carrier: &self.facts.current_service.carrier,
            number_count: self.facts.numbers.len(),
        }
    }

    fn masked(&self) -> Vec<String> {
        self.facts.numbers.iter().take(NAMED).map(|it| masked(&it.number)).collect()
    }

    fn put_to_signer(
        conn: &mut Conn,
        loa: &Loa,
        letter: &Letter,
        about: About,
        now: NaiveDateTime,
    ) -> Result<(), StoreError> {
        let about = About {
            account_id: Some(loa.account_id),
            port_request_id: Some(loa.port_request_id),
            loa: Some(loa.id),
            ..about
        };
        store::outbox::put(conn, letter, about, now)
    }

    /// People who may not sign in any more get no mail; the sender of the request does.
    fn requesters_address(&self) -> Option<&str> {
        if self.requester_is_active {
            return Some(&self.requester_email);
        }
        self.told.submitter.is_active().then_some(self.told.submitter.email.as_str())
    }

    fn put_to_requester(conn: &mut Conn, loa: &Loa, letter: &Letter, now: NaiveDateTime) -> Result<(), StoreError> {
        let about =
            About { account_id: Some(loa.account_id), port_request_id: Some(loa.port_request_id), ..About::default() };
        store::outbox::put(conn, letter, about, now)
    }
}

/// "(212) •••-••42": enough to recognize, too little to call.
fn masked(number: &PhoneNumber) -> String {
    let shown = number.national();
    let mut digits = 0;
    let all = shown.chars().filter(char::is_ascii_digit).count();
    let hide = |c: char| {
        if !c.is_ascii_digit() {
            return c;
        }
        digits += 1;
        if 3 < digits && digits + 2 <= all { '•' } else { c }
    };
    shown.chars().map(hide).collect()
}

/// E2: asks the signer, with a private link.
pub fn put_request(
    conn: &mut Conn,
    house: &House,
    loa: &Loa,
    note: Option<&str>,
    why: Why,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let asked = Asked::load(conn, house, loa)?;
    let numbers = asked.masked();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let expires = asked.zone.moment(loa.expires_at);
    let facts = letters::LoaRequest { loa: asked.facts(house), masked_numbers: &numbers, expires: &expires, note, why };
    let letter = letters::loa_request(&loa.signer_email, &facts);
    Asked::put_to_signer(conn, loa, &letter, About::default(), now)
}

/// E3: reminds the signer.
pub fn put_reminder(
    conn: &mut Conn,
    house: &House,
    loa: &Loa,
    is_last: bool,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let asked = Asked::load(conn, house, loa)?;
    let numbers = asked.masked();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let facts = letters::LoaReminder {
        loa: asked.facts(house),
        masked_numbers: &numbers,
        by_day: &time_zone::month_and_day(asked.zone.date(loa.expires_at)),
        expires: &asked.zone.moment(loa.expires_at),
        is_last,
    };
    let letter = letters::loa_reminder(&loa.signer_email, &facts);
    Asked::put_to_signer(conn, loa, &letter, About::default(), now)
}

/// The code for one browser; the worker makes it.
pub fn put_code(
    conn: &mut Conn,
    house: &House,
    seat: &Seat,
    session: i64,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let asked = Asked::load(conn, house, &seat.loa)?;
    let letter = letters::loa_code(&seat.loa.signer_email, &letters::LoaCode { loa: asked.facts(house) });
    Asked::put_to_signer(conn, &seat.loa, &letter, About { loa_session: Some(session), ..About::default() }, now)
}

/// Tells a signer that the link in the mail is dead, and why.
pub fn put_replaced(
    conn: &mut Conn,
    house: &House,
    loa: &Loa,
    reason: EndReason,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let asked = Asked::load(conn, house, loa)?;
    let because = match reason {
        EndReason::Edited => ReplacedBecause::DetailsChanged,
        EndReason::TooOld => ReplacedBecause::TooOld,
        _ => ReplacedBecause::OtherSigner,
    };
    let facts = letters::LoaReplaced {
        loa: asked.facts(house),
        because,
        was_signed: loa.state.is_signed(),
        new_link_follows: false,
    };
    Asked::put_to_signer(conn, loa, &letters::loa_replaced(&loa.signer_email, &facts), About::default(), now)
}

/// Tells a signer who was asked by mail that no signature is needed any more.
pub fn put_withdrawn(
    conn: &mut Conn,
    house: &House,
    loa: &Loa,
    because: WithdrawnBecause,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    if loa.mode != LoaMode::Remote {
        return Ok(());
    }
    let asked = Asked::load(conn, house, loa)?;
    let facts = letters::LoaWithdrawn { loa: asked.facts(house), because };
    Asked::put_to_signer(conn, loa, &letters::loa_withdrawn(&loa.signer_email, &facts), About::default(), now)
}

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

/// E5: the signer of an expired letter wants to sign after all.
pub fn put_wants_new_link(conn: &mut Conn, house: &House, loa: &Loa, now: NaiveDateTime) -> Result<(), StoreError> {
    put_answered(conn, house, loa, Answer::WantsNewLink, None, now)
}

/// E5: somebody typed too many wrong codes.
pub fn put_locked(conn: &mut Conn, house: &House, seat: &Seat, now: NaiveDateTime) -> Result<(), StoreError> {
    put_answered(conn, house, &seat.loa, Answer::Locked, None, now)
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

/// E4: gives the signer both PDFs, and tells the requester.
pub fn put_signed(
    conn: &mut Conn,
    house: &House,
    loa: &Loa,
    files: &[NewLoaFile],
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let asked = Asked::load(conn, house, loa)?;
    let missing = || StoreError::Corrupt("a PDF of a signed letter".to_owned());
    let file = |kind| files.iter().find(|file| file.kind == kind).ok_or_else(missing);
    let (letter, certificate) = (file(LoaFileKind::Signed)?, file(LoaFileKind::Certificate)?);
    let signed_at = asked.zone.moment(loa.signed_at.unwrap_or(now));
    let facts = letters::LoaSigned {
        loa: asked.facts(house),
        loa_id: loa.loa_id.as_str(),
        sid: asked.told.request.sid.as_str(),
        request_name: Some(asked.told.request.name.as_str()).filter(|name| !name.is_empty()),
        signed_at: &signed_at,
        letter: pdf(letter),
        certificate: pdf(certificate),
        chain_head: &loa.chain_head,
        verify_url: &format!("{}/verify", house.base_url),
        check_code: &asked.facts.verification.check_code,
    };
    let attached = About { with_loa: facts.is_attached(), ..About::default() };
    Asked::put_to_signer(conn, loa, &letters::loa_signed(&loa.signer_email, &facts), attached, now)?;
    let Some(to) = asked.requesters_address().filter(|to| !to.eq_ignore_ascii_case(&loa.signer_email)) else {
        return Ok(());
    };
    let copy = letters::LoaSignedCopy {
        request: asked.told.facts(house),
        loa_id: loa.loa_id.as_str(),
        signer: &loa.signer_name,
        signed_at: &signed_at,
    };
    Asked::put_to_requester(conn, loa, &letters::loa_signed_copy(to, &copy), now)
}

fn pdf(file: &NewLoaFile) -> LoaPdf<'_> {
    LoaPdf { size: u64::try_from(file.size).unwrap_or(0), sha256: &file.sha256 }
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
