//! Mails about a letter: to its signer, to whoever asked for it, and to admins when a seal failed.

mod to_requester;
mod to_signer;

use chrono::NaiveDateTime;

pub use to_requester::{answered, put_answered, put_asked_anew, put_expired, put_seal_problem, put_signed_copy};
pub use to_signer::{Asking, put_code, put_reminder, put_replaced, put_request, put_signed, put_withdrawn};

use super::seat;
use crate::{
    domain::{phone_number::PhoneNumber, time_zone::TimeZone},
    letter::LetterFacts,
    mail::{Letter, letters::LoaFacts},
    services::{
        house::House,
        notify::{self, Told},
    },
    store::{self, Conn, StoreError, loas::Loa, outbox::About},
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
            company: seat::company(&self.facts),
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
