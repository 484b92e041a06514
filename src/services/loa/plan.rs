//! Whether a request needs a new letter, and putting it in the place of the one before: a signature holds only for the
//! facts that it was given for.

use chrono::{Duration, NaiveDateTime};

use super::{
    letters,
    make::Draft,
    record::{self, Happened},
};
use crate::{
    domain::{
        loa::{AgeLimits, EndReason, EventActor, EventKind, LoaMode, LoaState, SignatureAge, next_reminder},
        number_to_port::NumberKind,
        people::Person,
        stage::Stage,
    },
    letter::LetterFacts,
    mail::letters::{ReplacedBecause, Why},
    services::house::House,
    store::{
        self, Conn, StoreError,
        loas::{End, Loa, NewLoa},
        locations::Location,
        port_requests::PortRequest,
    },
};

/// How long the links of a letter open, in days.
pub const LINK_DAYS: i64 = 14;

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

    /// Whether carrying it out mails somebody a link.
    pub fn asks_anew(&self) -> bool {
        matches!(self, Self::New { draft, .. } if draft.mode == LoaMode::Remote)
    }

    /// Keeps that mail back until a moment.
    pub fn hold(&mut self, not_before: Option<NaiveDateTime>) {
        if let Self::New { draft, .. } = self {
            draft.not_before = not_before;
        }
    }

    /// Who signs first and how, if somebody still has to.
    pub fn signs(&self) -> Option<(LoaMode, String)> {
        match self {
            Self::New { draft, .. } => Some((draft.mode, draft.facts.signer.name.clone())),
            Self::Keep(loa) if loa.state == LoaState::Pending => Some((loa.mode, loa.signer_name.clone())),
            Self::Keep(_) => None,
        }
    }
}

/// Compares a letter to be with the one that the request has; `renew` says that the one there does not do any more.
pub fn plan(
    conn: &mut Conn,
    house: &House,
    request: &PortRequest,
    location: &Location,
    draft: Draft,
    renew: bool,
    now: NaiveDateTime,
) -> Result<Plan, StoreError> {
    let Some(last) = store::loas::newest(conn, request.id)? else {
        return Ok(Plan::New { draft: Box::new(draft), replaces: None });
    };
    if last.ended_at.is_some() {
        return Ok(Plan::New { draft: Box::new(draft), replaces: None });
    }
    let before = last.facts(&house.vault)?;
    let same = draft.facts.authorizes_the_same(&before);
    let too_old = is_too_old(house, &last, location, now);
    let waits_so = last.state != LoaState::Pending || last.mode == draft.mode;
    if same && !too_old && waits_so && !renew {
        return Ok(Plan::Keep(Box::new(last)));
    }
    let only_signer = LetterFacts { signer: before.signer.clone(), ..draft.facts.clone() }.authorizes_the_same(&before);
    let reason = if !same && !only_signer {
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

/// Carries a plan out: ends the letter before, tells its signer, and asks for a signature on the new one. Gives the letter
/// that counts.
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
    let last = store::loas::newest(conn, request.id)?;
    if let Some((last, reason)) = &replaces {
        // Whoever was not mailed yet has nothing that could be put aside.
        let was_mailed = store::loa_events::count_since(conn, last.id, EventKind::Sent, last.created_at)? != 0;
        if let Some(because) = put_aside(last, *reason, &draft).filter(|_| was_mailed) {
            letters::put_replaced(conn, house, last, because, now)?;
        }
        end(conn, last, *reason, record::person(by), "", now)?;
    }
    let handed_on = last.as_ref().and_then(|last| reassigned(last, &draft, by));
    if let (Some(last), Some(event)) = (&last, &handed_on) {
        record::record(conn, last.id, std::slice::from_ref(event), now)?;
    }
    let loa = add(conn, house, request, location, by, &draft, now)?;
    let events: Vec<Happened> = [Some(created(&loa, last.as_ref(), by)), handed_on].into_iter().flatten().collect();
    let loa = record::record(conn, loa.id, &events, now)?;
    if loa.mode == LoaMode::Remote {
        let why = match &last {
            Some(last) => why(house, last, replaces.map(|(_, reason)| reason), &draft)?,
            None => Why::First,
        };
        let asking = letters::Asking { note: draft.note.as_deref(), why, not_before: draft.not_before };
        letters::put_request(conn, house, &loa, asking, now)?;
    }
    Ok(loa)
}

/// Why a signer who is not asked again is told that what they have counts no longer. Nothing for somebody who was never
/// mailed, or gets a new letter.
fn put_aside(last: &Loa, reason: EndReason, draft: &Draft) -> Option<ReplacedBecause> {
    if last.mode != LoaMode::Remote || (draft.mode == LoaMode::Remote && is_same_signer(last, draft)) {
        return None;
    }
    Some(match reason {
        EndReason::Edited => ReplacedBecause::DetailsChanged,
        EndReason::TooOld => ReplacedBecause::TooOld,
        _ if draft.mode == LoaMode::Remote => ReplacedBecause::OtherSigner,
        _ => ReplacedBecause::OtherWay,
    })
}

/// What the signer is told who has heard of this before.
fn why(house: &House, last: &Loa, reason: Option<EndReason>, draft: &Draft) -> Result<Why, StoreError> {
    let knows = last.mode == LoaMode::Remote || last.state.is_signed();
    if !knows || !is_same_signer(last, draft) {
        return Ok(Why::First);
    }
    let reason = reason.or_else(|| EndReason::from_code(&last.end_reason));
    if last.state.is_signed() {
        return Ok(Why::SignedBefore(match reason {
            Some(EndReason::Edited) => ReplacedBecause::DetailsChanged,
            Some(EndReason::TooOld) => ReplacedBecause::TooOld,
            _ => ReplacedBecause::NewOneNeeded,
        }));
    }
    let same = draft.facts.authorizes_the_same(&last.facts(&house.vault)?);
    Ok(match reason {
        _ if same => Why::Again,
        Some(EndReason::Correction) => Why::Corrected,
        _ => Why::Changed,
    })
}

fn is_same_signer(last: &Loa, draft: &Draft) -> bool {
    draft.facts.signer.email.eq_ignore_ascii_case(&last.signer_email)
}

/// That another person is asked than before, for the chains of both letters.
fn reassigned(last: &Loa, draft: &Draft, by: &Person) -> Option<Happened> {
    let signer = &draft.facts.signer;
    if is_same_signer(last, draft) && signer.name == last.signer_name {
        return None;
    }
    let event = Happened::by(record::person(by), EventKind::Reassigned)
        .with("from_name", last.signer_name.clone())
        .with("from_email", last.signer_email.clone())
        .with("to_name", signer.name.clone())
        .with("to_email", signer.email.clone());
    Some(match last.proposed_email.as_str() {
        "" => event,
        proposed => event.with("proposed_email", proposed),
    })
}

/// Ends a letter that counted: one that waits is withdrawn, one that was signed is superseded.
pub fn end(
    conn: &mut Conn,
    loa: &Loa,
    reason: EndReason,
    by: EventActor,
    note: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let (to, kind) = match loa.state {
        LoaState::Pending => (LoaState::Voided, EventKind::Voided),
        _ => (LoaState::Superseded, EventKind::Superseded),
    };
    let event = Happened::by(by, kind).with("reason", reason.code());
    end_as(conn, loa, End { to, reason, note }, event, now)
}

/// Ends a letter in this way: its links stop working, and its chain says so.
pub(super) fn end_as(
    conn: &mut Conn,
    loa: &Loa,
    end: End<'_>,
    event: Happened,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    store::loas::end(conn, loa, end, now)?;
    let mut events = vec![event];
    let links = store::loa_links::revoke_all(conn, loa.id, now)?;
    if 0 < links {
        events.push(Happened::by_itself(EventKind::LinkRevoked).with("links", links.to_string()));
    }
    record::record(conn, loa.id, &events, now)?;
    Ok(())
}

fn created(loa: &Loa, last: Option<&Loa>, by: &Person) -> Happened {
    let created = Happened::by(record::person(by), EventKind::Created)
        .with("loa_id", loa.loa_id.as_str())
        .with("version", loa.version.to_string())
        .with("mode", loa.mode.code())
        .with("content_hash", loa.content_hash.clone())
        .with("signer_name", loa.signer_name.clone())
        .with("signer_email", loa.signer_email.clone())
        .with("signer_entered_by", by.name.clone());
    match last {
        Some(last) => created.with("follows", last.loa_id.as_str()),
        None => created,
    }
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
    let expires_at = draft.not_before.unwrap_or(now) + Duration::days(LINK_DAYS);
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
    store::loas::add(conn, &house.vault, request, &new, now)
}
