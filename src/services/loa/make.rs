//! Whether sending a request needs a new letter, and making it: a signature holds only for the facts that it was given for.

use chrono::{Duration, NaiveDateTime};
use data_encoding::BASE64URL_NOPAD;

use super::{
    letters,
    record::{self, Happened},
};
use crate::{
    domain::{
        loa::{AgeLimits, CheckCode, EndReason, EventKind, LoaMode, LoaState, SignatureAge, SignerStep, next_reminder},
        loa_id::LoaId,
        number_to_port::{NumberKind, PortScope},
        people::Person,
        phone_number::PhoneNumber,
        stage::Stage,
    },
    letter::{
        CurrentService, Customer, LetterFacts, LetterNumber, PartialPort, PrintedAddress, Signer, StatementsVersion,
        Verification,
    },
    mail::letters::Why,
    services::{house::House, send_request::Checked},
    store::{
        self, Conn, StoreError,
        loas::{End, Loa, NewLoa},
        locations::Location,
        port_requests::PortRequest,
    },
    vault::{self, Token},
};

/// How long the links of a letter open, in days.
pub const LINK_DAYS: i64 = 14;

/// A letter that is not stored yet, and the secret of its QR code as a hash.
#[derive(Debug, Clone)]
pub struct Draft {
    pub facts: LetterFacts,
    pub mode: LoaMode,
    pub note: Option<String>,
    /// Who asks, if not whoever makes the letter: a customer goes on asking when the desk asks anew.
    pub requested_by: Option<i64>,
    qr_hash: String,
}

/// What sending means for the letter.
#[derive(Debug, Clone)]
pub enum Plan {
    /// The letter that there is says the same.
    Keep(Box<Loa>),
    /// A new letter, and what becomes of the one before.
    New { draft: Box<Draft>, replaces: Option<(Box<Loa>, EndReason)> },
}

impl Plan {
    /// Where the request goes.
    pub fn stage(&self) -> Stage {
        match self {
            Self::Keep(loa) if loa.state.authorizes() => Stage::InReview,
            Self::Keep(_) | Self::New { .. } => Stage::AwaitingSignature,
        }
    }

    /// Who is asked by mail, if somebody is.
    pub fn asks(&self) -> Option<&str> {
        match self {
            Self::New { draft, .. } if draft.mode == LoaMode::Remote => Some(&draft.facts.signer.name),
            Self::Keep(loa) if loa.state == LoaState::Pending && loa.mode == LoaMode::Remote => Some(&loa.signer_name),
            Self::Keep(_) | Self::New { .. } => None,
        }
    }
}

/// The letter of checked answers.
pub fn draft(
    house: &House,
    request: &PortRequest,
    location: &Location,
    checked: &Checked,
    attempt: i32,
    now: NaiveDateTime,
) -> Draft {
    let secret = BASE64URL_NOPAD.encode(&vault::random::<16>());
    let facts = LetterFacts {
        loa_id: LoaId::from_random(vault::random()),
        request_sid: request.sid.clone(),
        attempt: u32::try_from(attempt).unwrap_or(1),
        generated_on: house.zone(&location.time_zone).date(now),
        new_provider: house.provider(),
        customer: customer(checked),
        current_service: CurrentService {
            carrier: checked.numbers.losing_carrier.clone(),
            reseller: checked.numbers.reseller.clone(),
            account_number: checked.numbers.account_number.clone(),
            btn: checked.numbers.btn.clone(),
        },
        numbers: numbers(checked),
        partial_port: (checked.numbers.scope == PortScope::Some)
            .then(|| PartialPort { new_btn: checked.numbers.new_btn.clone(), staying: staying(checked) }),
        resp_org: house.resp_org.clone().filter(|_| has_toll_free(checked)),
        signer: signer(&checked.signer),
        statements: StatementsVersion::CURRENT,
        verification: verification(house, &secret),
    };
    let (mode, note) = (checked.signer.who.mode(), checked.signer.note.clone());
    Draft { facts, mode, note, requested_by: None, qr_hash: Token::from_client(&secret).hash() }
}

fn customer(checked: &Checked) -> Customer {
    let contact = &checked.contact;
    Customer {
        account_type: contact.account_type,
        business_name: contact.business_name.clone(),
        contact_name: contact.contact_name.clone(),
        billing_name: None,
        service_address: PrintedAddress::from(&contact.address),
        billing_address: None,
    }
}

fn numbers(checked: &Checked) -> Vec<LetterNumber> {
    let all = checked.numbers.numbers.iter();
    let mut numbers: Vec<LetterNumber> =
        all.map(|it| LetterNumber { number: it.number.clone(), kind: it.kind }).collect();
    // The order in which a list was pasted is nothing that anybody signs.
    numbers.sort_by(|one, other| one.number.cmp(&other.number));
    numbers
}

/// In one order, so that the same numbers in another order are the same letter.
fn staying(checked: &Checked) -> Vec<PhoneNumber> {
    let mut staying = checked.numbers.staying.clone();
    staying.sort();
    staying
}

fn has_toll_free(checked: &Checked) -> bool {
    checked.numbers.numbers.iter().any(|it| it.kind == NumberKind::TollFree)
}

fn signer(step: &SignerStep) -> Signer {
    Signer { name: step.name.clone(), title: step.title.clone(), email: step.email.to_string(), phone: None }
}

fn verification(house: &House, secret: &str) -> Verification {
    let address = format!("{}/verify", house.base_url);
    let page = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest).to_owned();
    let check_code = CheckCode::from_random(vault::random()).printed();
    Verification { page, check_code, qr_address: format!("{address}/{secret}") }
}

/// The facts of a letter that was made before, as a letter of its own.
pub fn once_more(house: &House, location: &Location, last: &Loa, now: NaiveDateTime) -> Result<Draft, StoreError> {
    let secret = BASE64URL_NOPAD.encode(&vault::random::<16>());
    let facts = LetterFacts {
        loa_id: LoaId::from_random(vault::random()),
        generated_on: house.zone(&location.time_zone).date(now),
        statements: StatementsVersion::CURRENT,
        verification: verification(house, &secret),
        ..last.facts(&house.vault)?
    };
    Ok(Draft { facts, mode: last.mode, note: None, requested_by: None, qr_hash: Token::from_client(&secret).hash() })
}

/// The same for another signer.
pub fn again(
    house: &House,
    location: &Location,
    last: &Loa,
    step: &SignerStep,
    now: NaiveDateTime,
) -> Result<Draft, StoreError> {
    let mut draft = once_more(house, location, last, now)?;
    draft.facts.signer = signer(step);
    draft.mode = step.who.mode();
    draft.note.clone_from(&step.note);
    Ok(draft)
}

/// Compares a letter to be with the one that the request has.
pub fn plan(
    conn: &mut Conn,
    house: &House,
    request: &PortRequest,
    location: &Location,
    draft: Draft,
    now: NaiveDateTime,
) -> Result<Plan, StoreError> {
    let Some(last) = store::loas::newest(conn, request.id)? else {
        return Ok(Plan::New { draft: Box::new(draft), replaces: None });
    };
    if last.ended_at.is_some() {
        return Ok(Plan::New { draft: Box::new(draft), replaces: None });
    }
    let same = draft.facts.authorizes_the_same(&last.facts(&house.vault)?);
    let too_old = is_too_old(house, &last, location, now);
    let waits_so = last.state != LoaState::Pending || last.mode == draft.mode;
    if same && !too_old && waits_so {
        return Ok(Plan::Keep(Box::new(last)));
    }
    let reason = if !same {
        EndReason::Edited
    } else if too_old {
        EndReason::TooOld
    } else {
        EndReason::Replaced
    };
    Ok(Plan::New { draft: Box::new(draft), replaces: Some((Box::new(last), reason)) })
}

fn is_too_old(house: &House, loa: &Loa, location: &Location, now: NaiveDateTime) -> bool {
    age(house, loa, location, now).is_some_and(|age| !age.is_accepted())
}

/// How old the signature is, on the calendar of the location.
pub fn age(house: &House, loa: &Loa, location: &Location, now: NaiveDateTime) -> Option<SignatureAge> {
    let today = house.zone(&location.time_zone).date(now);
    loa.signed_on.map(|day| SignatureAge::on(day, today, AgeLimits::of(loa.toll_free)))
}

/// Carries a plan out: ends the letter before and asks for a signature on the new one. Gives the letter that counts.
pub fn carry_out(
    conn: &mut Conn,
    house: &House,
    request: &PortRequest,
    location: &Location,
    by: &Person,
    plan: Plan,
    now: NaiveDateTime,
) -> Result<Loa, StoreError> {
    let (draft, replaces) = match plan {
        Plan::Keep(loa) => return Ok(*loa),
        Plan::New { draft, replaces } => (draft, replaces),
    };
    let mut why = Why::First;
    if let Some((last, reason)) = &replaces {
        let was_mailed = last.state == LoaState::Pending && last.mode == LoaMode::Remote;
        let same_signer = draft.mode == LoaMode::Remote && draft.facts.signer.email == last.signer_email;
        if was_mailed && !same_signer {
            letters::put_replaced(conn, house, last, *reason, now)?;
        }
        if was_mailed && same_signer {
            why = Why::Changed;
        }
        end(conn, last, *reason, record::person(by), "", now)?;
    }
    let loa = add(conn, house, request, location, by, &draft, now)?;
    if loa.mode == LoaMode::Remote {
        letters::put_request(conn, house, &loa, draft.note.as_deref(), why, now)?;
    }
    Ok(loa)
}

/// Ends a letter that counted: one that waits is withdrawn, one that was signed is superseded.
pub fn end(
    conn: &mut Conn,
    loa: &Loa,
    reason: EndReason,
    by: crate::domain::loa::EventActor,
    note: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let (to, kind) = match loa.state {
        LoaState::Pending => (LoaState::Voided, EventKind::Voided),
        _ => (LoaState::Superseded, EventKind::Superseded),
    };
    store::loas::end(conn, loa, End { to, reason, note }, now)?;
    let mut events = vec![Happened::by(by, kind).with("reason", reason.code())];
    let links = store::loa_links::revoke_all(conn, loa.id, now)?;
    if 0 < links {
        events.push(Happened::by_itself(EventKind::LinkRevoked).with("links", links.to_string()));
    }
    record::record(conn, loa.id, &events, now)?;
    Ok(())
}

fn add(
    conn: &mut Conn,
    house: &House,
    request: &PortRequest,
    location: &Location,
    by: &Person,
    draft: &Draft,
    now: NaiveDateTime,
) -> Result<Loa, StoreError> {
    let expires_at = now + Duration::days(LINK_DAYS);
    let zone = house.zone(&location.time_zone);
    let remind = (draft.mode == LoaMode::Remote).then(|| next_reminder(now, expires_at, zone, now)).flatten();
    let new = NewLoa {
        facts: &draft.facts,
        mode: draft.mode,
        qr_hash: &draft.qr_hash,
        toll_free: draft.facts.moves(NumberKind::TollFree),
        requested_by: draft.requested_by.unwrap_or(by.id),
        expires_at,
        next_reminder_at: remind,
    };
    let loa = store::loas::add(conn, &house.vault, request, &new, now)?;
    let created = Happened::by(record::person(by), EventKind::Created)
        .with("loa_id", loa.loa_id.as_str())
        .with("version", loa.version.to_string())
        .with("mode", loa.mode.code())
        .with("content_hash", loa.content_hash.clone())
        .with("signer_name", loa.signer_name.clone())
        .with("signer_email", loa.signer_email.clone())
        .with("signer_entered_by", by.name.clone());
    record::record(conn, loa.id, &[created], now)
}
