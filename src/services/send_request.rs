//! Sending a request: the guarded move out of draft that makes a double click one request and one letter.

use std::collections::HashSet;

use chrono::NaiveDateTime;

use super::{
    draft::{self, DraftError, OpenDraft},
    draft_findings,
    house::House,
    loa::{mail_limits, make, plan},
    note::Note,
    notify::Told,
    refused_before::SAME_AS_REFUSED,
    sent_facts,
};
use crate::{
    domain::{
        draft::{Answers, BillStep, ContactStep, FilesChanged, NumbersStep, Step},
        findings::Findings,
        loa::{LoaMode, Requester, SignerStep},
        moves::{MoveRefused, Mover},
        number_to_port::NumberToPort,
        people::Customer,
        rejection::{OTHER, RejectionReason},
        request_sid::RequestSid,
        stage::Stage,
    },
    mail::letters::{self, FirstMove},
    store::{
        self, Conn, StoreError,
        port_requests::{Changes, PortRequest},
    },
};

/// How long our own check usually takes (domain.md 7.3).
pub const REVIEW_TIME: &str = "1 business day";
/// How long losing carriers usually take to answer (domain.md 7.3).
pub const CARRIER_TIME: &str = "3 to 7 business days";

#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// Steps that are not finished, with what is wrong in each.
    #[error("some steps are not finished")]
    Unfinished(Vec<(Step, Findings)>),
    #[error(transparent)]
    Draft(#[from] DraftError),
    #[error(transparent)]
    Move(#[from] MoveRefused),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The checked answers of a whole request.
pub struct Checked {
    pub numbers: NumbersStep,
    pub contact: ContactStep,
    pub bill: BillStep,
    pub signer: SignerStep,
}

/// The person who sends, as the rules about signers know them.
pub fn requester(customer: &Customer) -> Requester<'_> {
    Requester { name: &customer.person.name, email: &customer.person.email }
}

/// Checks every step of a draft. `Err` names the steps that are not finished.
pub fn check(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    open: &OpenDraft,
    now: NaiveDateTime,
) -> Result<Result<Checked, Vec<(Step, Findings)>>, StoreError> {
    let rules = open.rules(house, now);
    let answers = &open.draft.answers;
    let (_, terms) = answers.terms.check(&rules);
    let (numbers, mut numbers_findings) = answers.numbers.check(&rules);
    let (contact, contact_findings) = answers.contact.check(&rules);
    let (bill, bill_findings) = answers.check_bill(&rules, open.documents.len());
    for held in draft_findings::held_numbers(conn, house, customer, open.request.id, answers)? {
        draft_findings::note_held(&mut numbers_findings, &held);
    }
    let (signer, signer_findings) = match &contact {
        Some(contact) => draft_findings::check_signer(house, customer, &open.reported, &answers.signer, contact),
        None => (None, Findings::default()),
    };
    let mut steps = vec![
        (Step::Terms, terms),
        (Step::Numbers, numbers_findings),
        (Step::Contact, contact_findings),
        (Step::Bill, bill_findings),
        (Step::Check, signer_findings),
    ];
    draft_findings::note_unprintable(house, answers, &mut steps);
    let unfinished: Vec<_> = steps.into_iter().filter(|(_, findings)| !findings.is_empty()).collect();
    Ok(match (numbers, contact, bill, signer) {
        (Some(numbers), Some(contact), Some(bill), Some(signer)) if unfinished.is_empty() => {
            Ok(Checked { numbers, contact, bill, signer })
        }
        _ => Err(unfinished),
    })
}

/// What became of a draft that was to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Submitted {
    /// It is with the desk, by this press of the button or by an earlier one.
    Sent,
    /// There are warnings that the person sees now for the first time.
    Asked,
    /// Changes that were not sent: the request has gone on since they were begun.
    TooLate,
}

/// Sends what the pages of the wizard hold: all of it agreed to and without faults, warnings seen. `changes` says that the
/// page was about changes of what was sent.
pub fn submit(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    sid: &RequestSid,
    changes: bool,
    now: NaiveDateTime,
) -> Result<Submitted, SendError> {
    let open = match draft::open_to_change(conn, house, customer, sid) {
        // Nobody resubmits a refused request by a button that sends changes.
        Ok(open) if changes && open.request.stage == Stage::Rejected => return Ok(Submitted::TooLate),
        Ok(open) => open,
        Err(DraftError::Sent(request)) => {
            let left = store::drafts::find(conn, &house.vault, request.id)?.answers.memory.sent.is_some();
            return Ok(if changes && left { Submitted::TooLate } else { Submitted::Sent });
        }
        Err(error) => return Err(error.into()),
    };
    let unfinished = draft_findings::unfinished(conn, house, customer, &open, now)?;
    if unfinished.iter().any(|(_, findings)| !findings.is_empty()) {
        return Err(SendError::Unfinished(unfinished));
    }
    if !unfinished.is_empty() {
        let mut answers = open.draft.answers;
        for (_, findings) in &unfinished {
            answers.note_shown(findings);
        }
        store::drafts::save(conn, &house.vault, open.request.id, &answers, now)?;
        return Ok(Submitted::Asked);
    }
    send_open(conn, house, customer, &open, now)?;
    Ok(Submitted::Sent)
}

/// Sends a draft, or a corrected request again, without asking about warnings or the terms: the pages call [`submit`].
/// A request that was sent already is left as it is.
pub fn send(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    sid: &RequestSid,
    now: NaiveDateTime,
) -> Result<(), SendError> {
    match draft::open_to_change(conn, house, customer, sid) {
        Ok(open) => send_open(conn, house, customer, &open, now),
        Err(DraftError::Sent(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn send_open(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    open: &OpenDraft,
    now: NaiveDateTime,
) -> Result<(), SendError> {
    draft::may_send(conn, customer, &open.location)?;
    let checked = check(conn, house, customer, open, now)?.map_err(SendError::Unfinished)?;
    let request = &open.request;
    refuse_all_moved(conn, request.id, &checked.numbers)?;
    let event = match request.stage {
        Stage::Rejected => "resubmitted",
        stage if stage.is_changeable() => "changed",
        _ => "sent",
    };
    let attempt = next_attempt(request);
    let draft = make::draft(house, request, &open.location, &checked, attempt, now);
    let mut plan = plan::plan(conn, house, request, &open.location, draft, needs_new_signature(open), now)?;
    if plan.asks_anew() {
        plan.hold(mail_limits::follow(conn, house, &request.sid, now)?);
    }
    let to = request.stage.move_to(plan.stage(), Mover::Requester)?;
    store::port_requests::set_stage(conn, request, to, &Changes::default(), now)?;
    let answers = kept_answers(&open.draft.answers, now);
    store::numbers::replace(conn, &house.vault, request, &to_port(&checked, &answers, now))?;
    let files: Vec<String> = open.documents.iter().map(|document| document.public_id.clone()).collect();
    store::documents::note_sent(conn, request.id, &files, now)?;
    sent_facts::write(conn, house, &customer.person, request, &checked, attempt, now)?;
    store::drafts::save(conn, &house.vault, request.id, &answers, now)?;
    Note::open(event, "").moving_to(to).write(conn, request, &customer.person, now)?;
    let signs = plan.signs();
    plan::carry_out(conn, house, request, &open.location, &customer.person, plan, now)?;
    if event == "changed" { Ok(()) } else { Ok(put_letter(conn, house, request, signs.as_ref(), now)?) }
}

/// Whether the request was refused for its letter, so that the same letter would be refused again.
pub fn needs_new_signature(open: &OpenDraft) -> bool {
    let mut refused = open.reasons.iter().filter_map(|reason| RejectionReason::find(&reason.slug));
    open.request.stage == Stage::Rejected && refused.any(RejectionReason::is_about_the_letter)
}

/// Which attempt sending makes: a change before the carrier has it is the same one.
pub fn next_attempt(request: &PortRequest) -> i32 {
    if request.stage == Stage::Rejected { request.attempt + 1 } else { request.attempt }
}

/// A corrected request needs a number that has not moved, or the desk could never end it.
pub(super) fn refuse_all_moved(conn: &mut Conn, request: i64, numbers: &NumbersStep) -> Result<(), DraftError> {
    let stored = store::numbers::of_request(conn, request)?;
    let moved: HashSet<&str> =
        stored.iter().filter(|number| number.state == "ported").map(|number| number.e164.as_str()).collect();
    if numbers.numbers.iter().all(|number| moved.contains(number.number.as_str())) {
        return Err(DraftError::NothingLeft);
    }
    Ok(())
}

/// The answers as they are kept for a correction. Their PINs count as saved, and a second refusal is asked about anew.
pub(super) fn kept_answers(answers: &Answers, now: NaiveDateTime) -> Answers {
    let mut answers = answers.clone();
    answers.accept_numbers(now);
    answers.shown_warnings.retain(|shown| !shown.contains(SAME_AS_REFUSED));
    answers.memory.removed_row = None;
    answers.memory.other_tab = None;
    answers.memory.sent = None;
    answers.memory.set_aside = None;
    answers.memory.files = FilesChanged::default();
    answers
}

/// The numbers with the age of their PINs: one that was left as it is has been waiting since it was typed.
pub(super) fn to_port<'a>(
    checked: &'a Checked,
    answers: &Answers,
    now: NaiveDateTime,
) -> Vec<(&'a NumberToPort, Option<NaiveDateTime>)> {
    let numbers = checked.numbers.numbers.iter();
    let with_age = |number: &'a NumberToPort| {
        let since = answers.pin_saved_at(&number.number).unwrap_or(now);
        (number, number.pin.as_ref().map(|_| since))
    };
    numbers.map(with_age).collect()
}

fn first_move(mode: LoaMode, signer: &str) -> FirstMove<'_> {
    match mode {
        LoaMode::Remote => FirstMove::Signer(signer),
        LoaMode::InPerson => FirstMove::Sign,
        LoaMode::Paper => FirstMove::Upload,
    }
}

pub(super) fn put_letter(
    conn: &mut Conn,
    house: &House,
    request: &PortRequest,
    signs: Option<&(LoaMode, String)>,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let told = Told::load(conn, request.id)?;
    let reasons = store::rejections::of_request(conn, request.id)?;
    let refused = reasons.iter().filter(|reason| reason.attempt + 1 == told.request.attempt);
    // What is told in free words only would read as nothing here.
    let named = refused.filter_map(|reason| RejectionReason::find(&reason.slug)).filter(|it| it.slug != OTHER);
    let corrected: Vec<&str> = named.filter(|it| it.is_for_customer()).map(|it| it.title.as_str()).collect();
    let letter = letters::request_received(
        &told.submitter.email,
        &letters::RequestReceived {
            request: told.facts(house),
            attempt: told.request.attempt,
            corrected: &corrected,
            first: signs.map(|(mode, signer)| first_move(*mode, signer)),
            review_time: REVIEW_TIME,
            carrier_time: CARRIER_TIME,
        },
    );
    told.put(conn, &letter, now)
}
