//! What the requester can do about a letter that is not signed: ask again, give more time, ask somebody else, or sign
//! it themselves.

use chrono::{Duration, NaiveDateTime};

use super::{
    letters::{self, Asking},
    mail_limits,
    make::{self, Draft},
    plan::{self, LINK_DAYS, Plan},
    record::{self, Happened},
};
use crate::{
    domain::{
        draft::{Answers, ContactAnswers, Rules, Step},
        findings::Findings,
        loa::{EndReason, EventKind, LoaMode, LoaState, SignerAnswers, SignerStep, WhoSigns, next_reminder},
        moves::MoveRefused,
        people::Customer,
        request_sid::RequestSid,
        stage::Stage,
    },
    mail::letters::Why,
    services::{draft::DraftError, draft_findings, house::House, note::Note, send_request::SendError},
    store::{self, Conn, StoreError, loas::Loa, locations::Location, port_requests::PortRequest},
};

#[derive(Debug, thiserror::Error)]
pub enum WaitingError {
    #[error("You can send again in {}", crate::services::people::minutes(*minutes))]
    TooSoon { minutes: i64 },
    /// What is wrong with who is to sign.
    #[error("the signer is not complete")]
    Signer(Findings),
    /// The letter does not wait, or not in this way.
    #[error("This letter does not wait for a signature any more")]
    NotWaiting,
    #[error(transparent)]
    Send(#[from] SendError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<DraftError> for WaitingError {
    fn from(error: DraftError) -> Self {
        Self::Send(error.into())
    }
}

impl From<MoveRefused> for WaitingError {
    fn from(error: MoveRefused) -> Self {
        Self::Send(error.into())
    }
}

/// The newest letter of a request that a customer may see.
#[derive(Debug, Clone)]
pub struct Newest {
    pub request: PortRequest,
    pub location: Location,
    pub loa: Option<Loa>,
}

impl Newest {
    /// The letter in whose place a signed one can be uploaded: one that nobody has signed, or an upload that the losing
    /// carrier does not have yet.
    pub fn may_upload(&self) -> Option<&Loa> {
        let may = |loa: &&Loa| match self.request.stage {
            // A signature that waits for its seal is not lost for one on paper.
            Stage::AwaitingSignature => !loa.state.is_signed(),
            Stage::InReview => loa.state == LoaState::Uploaded,
            _ => false,
        };
        // Whoever has no account brings another letter with the corrected request.
        self.loa.as_ref().filter(may).filter(|_| !self.request.is_manual())
    }
}

/// Loads it.
pub fn newest(conn: &mut Conn, customer: &Customer, sid: &RequestSid) -> Result<Newest, StoreError> {
    let request = store::port_requests::find_visible(conn, customer, sid)?;
    let location = store::locations::find(conn, request.location_id)?;
    let loa = store::loas::newest(conn, request.id)?;
    Ok(Newest { request, location, loa })
}

/// The same, with nobody else changing the request or its letter until the transaction ends.
pub(super) fn newest_to_change(conn: &mut Conn, customer: &Customer, sid: &RequestSid) -> Result<Newest, StoreError> {
    let request = store::port_requests::find_visible(conn, customer, sid)?;
    store::turns::of_request(conn, request.id)?;
    newest(conn, customer, sid)
}

fn pending(newest: &Newest, mode: LoaMode) -> Result<Loa, WaitingError> {
    let waits = |loa: &&Loa| loa.state == LoaState::Pending && loa.mode == mode;
    newest.loa.as_ref().filter(waits).cloned().ok_or(WaitingError::NotWaiting)
}

/// Sends the request to sign again, with a new link; the time to sign begins anew. One whose time has run out is asked
/// about in a new letter that says the same.
pub fn send_again(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    sid: &RequestSid,
    now: NaiveDateTime,
) -> Result<Loa, WaitingError> {
    let newest = newest_to_change(conn, customer, sid)?;
    mail_limits::press(conn, house, sid, now)?;
    let expired = newest.loa.clone().filter(|loa| loa.state == LoaState::Expired && loa.mode == LoaMode::Remote);
    let note = sent_signer(&store::drafts::find(conn, &house.vault, newest.request.id)?.answers).note();
    if let Some(last) = expired.filter(|_| newest.request.stage == Stage::AwaitingSignature) {
        let draft = Draft { note, ..make::once_more(house, &newest.location, &last, now)? };
        let (plan, by) = (Plan::New { draft: Box::new(draft), replaces: None }, &customer.person);
        Note::open("signature_asked_again", &last.signer_name).write(conn, &newest.request, by, now)?;
        return Ok(plan::carry_out(conn, house, &newest.request, &newest.location, by, plan, now)?);
    }
    let loa = pending(&newest, LoaMode::Remote)?;
    let expires_at = now + Duration::days(LINK_DAYS);
    let zone = house.zone(&newest.location.time_zone);
    store::loas::note_asked(conn, &loa, expires_at, next_reminder(now, expires_at, zone, now), now)?;
    record::record(conn, loa.id, &[Happened::by(record::person(&customer.person), EventKind::Resent)], now)?;
    Note::open("signature_asked_again", &loa.signer_name).write(conn, &newest.request, &customer.person, now)?;
    let asked = store::loas::get(conn, loa.id)?;
    letters::put_request(conn, house, &asked, Asking { note: note.as_deref(), ..Asking::because(Why::Again) }, now)?;
    Ok(asked)
}

/// What was answered about the signer of the letter that was sent.
fn sent_signer(answers: &Answers) -> &SignerAnswers {
    &answers.memory.sent.as_deref().unwrap_or(answers).signer
}

/// Gives more time to sign: old links end, and a new one is mailed.
pub fn extend(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    sid: &RequestSid,
    now: NaiveDateTime,
) -> Result<Loa, WaitingError> {
    let newest = newest_to_change(conn, customer, sid)?;
    let loa = pending(&newest, LoaMode::Remote)?;
    store::loa_links::revoke_all(conn, loa.id, now)?;
    let events = [
        Happened::by(record::person(&customer.person), EventKind::Extended).with("days", LINK_DAYS.to_string()),
        Happened::by_itself(EventKind::LinkRevoked),
    ];
    record::record(conn, loa.id, &events, now)?;
    send_again(conn, house, customer, sid, now)
}

/// What changing the signer did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// There is a new letter, and whoever signs it is asked.
    Signer,
    /// The same signer was asked already; the note to them goes with their next mail.
    Note,
    Nothing,
}

/// Asks for the signature in another way: of somebody else, of the requester, or on paper. The letter before ends; the
/// details stay as they were sent, also while changes of them are being written. Gives the letter that counts, and what was
/// done: a second click finds the letter of the first.
pub fn change_signer(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    sid: &RequestSid,
    signer: &SignerAnswers,
    now: NaiveDateTime,
) -> Result<(Loa, Changed), WaitingError> {
    let Newest { request, location, loa } = newest_to_change(conn, customer, sid)?;
    let last = loa.filter(|loa| request.stage == Stage::AwaitingSignature && !loa.state.is_signed());
    let last = last.ok_or(WaitingError::NotWaiting)?;
    let answers = store::drafts::find(conn, &house.vault, request.id)?.answers;
    let rules = house.rules_in(&location.time_zone, now);
    let reported = store::loas::reported_by(conn, request.id)?;
    let (step, findings) = check_signer(house, customer, &reported, &answers, signer, &rules);
    let step = step.ok_or(WaitingError::Signer(findings))?;
    let draft = make::again(house, &location, &last, &step, now)?;
    if asks_the_same(house, &last, &draft)? {
        if last.mode != LoaMode::Remote || sent_signer(&answers).note() == step.note {
            return Ok((last, Changed::Nothing));
        }
        keep_signer(conn, house, &request, answers, signer, now)?;
        return Ok((last, Changed::Note));
    }
    if step.who == WhoSigns::SomeoneElse {
        mail_limits::press_for_another(conn, house, sid, now)?;
    }
    keep_signer(conn, house, &request, answers, signer, now)?;
    let replaces = last.ended_at.is_none().then(|| (Box::new(last), EndReason::Replaced));
    let plan = Plan::New { draft: Box::new(draft), replaces };
    let loa = plan::carry_out(conn, house, &request, &location, &customer.person, plan, now)?;
    Note::open("signer_changed", &loa.signer_name).write(conn, &request, &customer.person, now)?;
    Ok((loa, Changed::Signer))
}

/// Keeps who signs with the answers that were sent, and with changes of them that were not.
fn keep_signer(
    conn: &mut Conn,
    house: &House,
    request: &PortRequest,
    mut answers: Answers,
    signer: &SignerAnswers,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    if let Some(sent) = &mut answers.memory.sent {
        sent.signer.clone_from(signer);
    }
    answers.signer.clone_from(signer);
    store::drafts::save(conn, &house.vault, request.id, &answers, now)
}

/// Whether the letter that waits asks this signer in this way already.
fn asks_the_same(house: &House, last: &Loa, draft: &Draft) -> Result<bool, StoreError> {
    let waits = last.state == LoaState::Pending && last.mode == draft.mode;
    Ok(waits && last.facts(&house.vault)?.signer == draft.facts.signer)
}

/// Checks who is to sign the letter of a request that was sent.
pub fn check_signer(
    house: &House,
    customer: &Customer,
    reported: &[String],
    answers: &Answers,
    signer: &SignerAnswers,
    rules: &Rules<'_>,
) -> (Option<SignerStep>, Findings) {
    let mut sent = answers.memory.sent.as_deref().unwrap_or(answers).clone();
    // A day that was wished for may have passed since; the letter does not name it.
    sent.contact = ContactAnswers {
        preferred_month: String::new(),
        preferred_day: String::new(),
        preferred_year: String::new(),
        ..sent.contact
    };
    sent.signer.clone_from(signer);
    let Some(contact) = sent.contact.check(rules).0 else { return (None, Findings::default()) };
    let (step, findings) = draft_findings::check_signer(house, customer, reported, signer, &contact);
    let mut pages =
        [(Step::Check, findings), (Step::Numbers, Findings::default()), (Step::Contact, Findings::default())];
    draft_findings::note_unprintable(house, &sent, &mut pages);
    let [(_, mut findings), (_, numbers), (_, contact)] = pages;
    // A letter that was to be signed on paper may hold what ours cannot print: it goes on on paper.
    if let Some(error) = numbers.errors.into_iter().chain(contact.errors).next() {
        findings.error("who", error.text);
    }
    (step.filter(|_| findings.is_empty()), findings)
}
