//! What the requester can do about a letter that is not signed: ask again, give more time, ask somebody else, sign it
//! themselves, or upload one that is signed on paper.

use chrono::{Duration, NaiveDate, NaiveDateTime};

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
        moves::{MoveRefused, Mover},
        people::Customer,
        request_sid::RequestSid,
        stage::Stage,
    },
    mail::letters::{Why, WithdrawnBecause},
    services::{draft::DraftError, draft_findings, house::House, note::Note, send_request::SendError},
    store::{
        self, Conn, StoreError,
        loa_files::NewLoaFile,
        loas::{Loa, Signing},
        locations::Location,
        port_requests::{Changes, PortRequest},
    },
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
        self.loa.as_ref().filter(may)
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
fn newest_to_change(conn: &mut Conn, customer: &Customer, sid: &RequestSid) -> Result<Newest, StoreError> {
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
    if let Some(last) = expired.filter(|_| newest.request.stage == Stage::AwaitingSignature) {
        let draft = Box::new(make::once_more(house, &newest.location, &last, now)?);
        let (plan, by) = (Plan::New { draft, replaces: None }, &customer.person);
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
    letters::put_request(conn, house, &asked, Asking::because(Why::Again), now)?;
    Ok(asked)
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

/// Asks for the signature in another way: of somebody else, of the requester, or on paper. The letter before ends; the
/// details stay as they were sent, also while changes of them are being written. Gives the letter that counts, and whether it
/// was made now: a second click finds that of the first.
pub fn change_signer(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    sid: &RequestSid,
    signer: &SignerAnswers,
    now: NaiveDateTime,
) -> Result<(Loa, bool), WaitingError> {
    let Newest { request, location, loa } = newest_to_change(conn, customer, sid)?;
    let last = loa.filter(|loa| request.stage == Stage::AwaitingSignature && !loa.state.is_signed());
    let last = last.ok_or(WaitingError::NotWaiting)?;
    let mut answers = store::drafts::find(conn, &house.vault, request.id)?.answers;
    let rules = house.rules_in(&location.time_zone, now);
    let reported = store::loas::reported_by(conn, request.id)?;
    let (step, findings) = check_signer(house, customer, &reported, &answers, signer, &rules);
    let step = step.ok_or(WaitingError::Signer(findings))?;
    let draft = make::again(house, &location, &last, &step, now)?;
    if asks_the_same(house, &last, &draft)? {
        return Ok((last, false));
    }
    if step.who == WhoSigns::SomeoneElse {
        mail_limits::press_for_another(conn, house, sid, now)?;
    }
    if let Some(sent) = &mut answers.memory.sent {
        sent.signer.clone_from(signer);
    }
    answers.signer.clone_from(signer);
    store::drafts::save(conn, &house.vault, request.id, &answers, now)?;
    let replaces = last.ended_at.is_none().then(|| (Box::new(last), EndReason::Replaced));
    let plan = Plan::New { draft: Box::new(draft), replaces };
    let loa = plan::carry_out(conn, house, &request, &location, &customer.person, plan, now)?;
    Note::open("signer_changed", &loa.signer_name).write(conn, &request, &customer.person, now)?;
    Ok((loa, true))
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

/// A letter that was signed elsewhere, on its way in; its bytes are safe already.
#[derive(Debug, Clone)]
pub struct Scan {
    /// The letter that it is of, by row.
    pub letter: i64,
    pub file: NewLoaFile,
    /// The day that stands on it.
    pub signed_on: NaiveDate,
}

/// Takes a letter that was signed elsewhere. It is marked as not e-signed here.
pub fn upload(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    sid: &RequestSid,
    scan: &Scan,
    now: NaiveDateTime,
) -> Result<Loa, WaitingError> {
    let newest = newest_to_change(conn, customer, sid)?;
    let last = newest.may_upload().filter(|loa| loa.id == scan.letter).cloned().ok_or(WaitingError::NotWaiting)?;
    let Newest { request, location, .. } = newest;
    let loa = on_paper(conn, house, &request, &location, customer, last, now)?;
    let signing = Signing { to: LoaState::Uploaded, at: now, on: scan.signed_on, signature: None };
    store::loas::note_signed(conn, &house.vault, &loa, signing)?;
    store::loa_files::add(conn, &loa, &scan.file, now)?;
    let uploaded = Happened::by(record::person(&customer.person), EventKind::UploadedWet)
        .with("sha256", scan.file.sha256.clone())
        .with("date_on_letter", scan.signed_on.to_string());
    record::record(conn, loa.id, &[uploaded], now)?;
    // Also in review: a reviewer who looked at another file has to look again.
    let to = request.stage.move_to(Stage::InReview, Mover::Requester)?;
    store::port_requests::set_stage(conn, &request, to, &Changes::default(), now)?;
    Note::open("loa_uploaded", "").moving_to(to).write(conn, &request, &customer.person, now)?;
    store::loas::get(conn, loa.id).map_err(WaitingError::from)
}

/// The letter that the paper is of. One that waits is the very letter that was printed, with its LOA ID; whoever was asked
/// by mail is told that there is nothing to do any more. For one that has ended, or a wrong upload, there is a new one.
fn on_paper(
    conn: &mut Conn,
    house: &House,
    request: &PortRequest,
    location: &Location,
    customer: &Customer,
    last: Loa,
    now: NaiveDateTime,
) -> Result<Loa, StoreError> {
    if last.state == LoaState::Pending {
        if last.mode != LoaMode::Paper {
            store::loa_links::revoke_all(conn, last.id, now)?;
            letters::put_withdrawn(conn, house, &last, WithdrawnBecause::SignedOtherwise, now)?;
            store::loas::note_paper(conn, &last)?;
        }
        return store::loas::get(conn, last.id);
    }
    let mut draft = make::once_more(house, location, &last, now)?;
    draft.mode = LoaMode::Paper;
    let replaces = last.ended_at.is_none().then(|| (Box::new(last), EndReason::Replaced));
    let plan = Plan::New { draft: Box::new(draft), replaces };
    plan::carry_out(conn, house, request, location, &customer.person, plan, now)
}
