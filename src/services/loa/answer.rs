//! What a signer can say beside signing: decline, point out a mistake, name the right person, choose paper.

use chrono::NaiveDateTime;

use super::{letters, plan, record, seat::Seat};
use crate::{
    domain::{
        contact::{EmailAddress, NameOf, parse_name},
        findings::Findings,
        loa::{ClientFacts, EndReason, EventKind, LoaState},
        typed_text,
    },
    services::{house::House, note::Note},
    store::{self, Conn, StoreError, loas::End},
};

/// Longest that somebody may write, in characters.
pub const LONGEST: usize = 1_000;

/// What a signer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Declined { why: String },
    Correction { what: String },
    WrongPerson { why: String, proposed: Option<Proposed> },
    Paper,
}

/// Whom the signer names instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    pub name: String,
    pub email: EmailAddress,
}

/// Why the words were not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    #[error("Write what is wrong in the letter")]
    NoCorrection,
    #[error("Write why you decline")]
    NoReason,
    #[error("Write {LONGEST} characters or fewer")]
    TooLong,
    #[error("Enter their email address, or leave both fields empty")]
    NoEmail,
    #[error("Enter their name, or leave both fields empty")]
    NoName,
}

/// Reads why somebody declines.
pub fn declined(why: &str) -> Result<Answer, Findings> {
    text("why", why, AnswerError::NoReason).map(|why| Answer::Declined { why })
}

/// Reads what somebody says is wrong.
pub fn correction(what: &str) -> Result<Answer, Findings> {
    text("what", what, AnswerError::NoCorrection).map(|what| Answer::Correction { what })
}

/// Reads whom somebody names as the right person; nobody is an answer too.
pub fn wrong_person(why: &str, name: &str, email: &str) -> Result<Answer, Findings> {
    let mut findings = Findings::default();
    let why = findings.take("why", words(why)).unwrap_or_default();
    let blank = |text: &str| typed_text::is_blank(text);
    let proposed = match (blank(name), blank(email)) {
        (true, true) => None,
        (true, false) => {
            findings.error("proposed_name", AnswerError::NoName);
            None
        }
        (false, true) => {
            findings.error("proposed_email", AnswerError::NoEmail);
            None
        }
        (false, false) => {
            let name = findings.take("proposed_name", parse_name(NameOf::User, name));
            let email = findings.take("proposed_email", EmailAddress::parse(email));
            name.zip(email).map(|(name, email)| Proposed { name, email })
        }
    };
    if findings.is_empty() { Ok(Answer::WrongPerson { why, proposed }) } else { Err(findings) }
}

fn text(field: &str, typed: &str, missing: AnswerError) -> Result<String, Findings> {
    let mut findings = Findings::default();
    match words(typed) {
        Ok(text) if text.is_empty() => findings.error(field, missing),
        Ok(text) => return Ok(text),
        Err(error) => findings.error(field, error),
    }
    Err(findings)
}

/// Words of several lines, without what nobody can see.
fn words(typed: &str) -> Result<String, AnswerError> {
    let seen = |c: &char| *c == '\n' || (!c.is_control() && !typed_text::is_unseen(*c));
    let text: String = typed.replace("\r\n", "\n").chars().filter(seen).collect();
    let text = text.trim();
    if LONGEST < typed_text::length(text) { Err(AnswerError::TooLong) } else { Ok(text.to_owned()) }
}

/// Takes the answer of whoever sits before the letter. `Stale` when it does not wait any more.
pub fn give(
    conn: &mut Conn,
    house: &House,
    seat: &Seat,
    answer: &Answer,
    client: &ClientFacts,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    store::turns::of_request(conn, seat.request.id)?;
    if store::loas::get(conn, seat.loa.id)?.state != LoaState::Pending {
        return Err(StoreError::Stale);
    }
    let (kind, reason, note) = match answer {
        Answer::Declined { why } => (EventKind::Declined, EndReason::Declined, why.as_str()),
        Answer::Correction { what } => (EventKind::CorrectionRequested, EndReason::Correction, what.as_str()),
        Answer::WrongPerson { why, .. } => (EventKind::ReassignProposed, EndReason::WrongPerson, why.as_str()),
        // The letter goes on waiting: it may come back on paper.
        Answer::Paper => return choose_paper(conn, house, seat, client, now),
    };
    let mut event = seat.happened(kind, client).with("words", note);
    if let Answer::WrongPerson { proposed: Some(proposed), .. } = answer {
        store::loas::propose(conn, &seat.loa, &proposed.name, proposed.email.as_str())?;
        event = event.with("proposed_name", proposed.name.clone()).with("proposed_email", proposed.email.as_str());
    }
    plan::end_as(conn, &seat.loa, End { to: LoaState::Declined, reason, note }, event, now)?;
    let told = match reason {
        EndReason::Correction => "correction_asked",
        EndReason::WrongPerson => "wrong_signer",
        _ => "signature_declined",
    };
    Note::open(told, note).write_by_signer(conn, &seat.request, &seat.loa.signer_name, now)?;
    letters::put_answered(conn, house, &seat.loa, letters::answered(answer), Some(note), now)
}

fn choose_paper(
    conn: &mut Conn,
    house: &House,
    seat: &Seat,
    client: &ClientFacts,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let loa = store::loas::get(conn, seat.loa.id)?;
    if loa.paper_chosen_at.is_some() {
        return Ok(());
    }
    store::loas::choose_paper(conn, &loa, now)?;
    record::record(conn, seat.loa.id, &[seat.happened(EventKind::PaperChosen, client)], now)?;
    Note::open("paper_chosen", "").write_by_signer(conn, &seat.request, &seat.loa.signer_name, now)?;
    letters::put_answered(conn, house, &seat.loa, letters::answered(&Answer::Paper), None, now)
}
