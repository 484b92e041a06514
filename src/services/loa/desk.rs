//! The letter as the desk sees it: whether the request may go to the carrier with it, and asking for a new signature.

use chrono::{NaiveDate, NaiveDateTime};

use super::{
    letters, mail_limits, make,
    plan::{self, Plan},
    record::{self, Happened},
};
use crate::{
    domain::{
        loa::{EndReason, EventKind, LoaMode, LoaState, SignatureAge},
        moves::{MoveRefused, Mover},
        people::Reviewer,
        stage::Stage,
        time_zone,
    },
    services::{
        house::House,
        note::Note,
        review::{self, ReviewError, Seen},
    },
    store::{
        self, Conn, StoreError,
        loas::Loa,
        locations::Location,
        port_requests::{Changes, PortRequest},
    },
};

/// Why a request must not go to the carrier yet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAuthorized {
    #[error("There is no letter of authorization")]
    NoLetter,
    #[error("{0} has not signed the letter yet")]
    Unsigned(String),
    #[error("The letter is signed, and its seal is being made")]
    NotSealed,
    #[error("The letter does not count any more")]
    Ended,
    #[error("Compare the day on the uploaded letter first, and record it")]
    NotCompared,
    #[error("The signature is {days} days old. Carriers take {longest} days; ask for a new one")]
    TooOld { days: i64, longest: i64 },
}

/// The letter of a request if it may go to the carrier today.
pub fn authorized(
    conn: &mut Conn,
    house: &House,
    request: &PortRequest,
    now: NaiveDateTime,
) -> Result<Result<Loa, NotAuthorized>, StoreError> {
    let Some(loa) = store::loas::newest(conn, request.id)? else { return Ok(Err(NotAuthorized::NoLetter)) };
    let location = store::locations::find(conn, request.location_id)?;
    Ok(standing(house, &loa, &location, now).map(|()| loa))
}

/// Whether a letter authorizes a move today.
pub fn standing(house: &House, loa: &Loa, location: &Location, now: NaiveDateTime) -> Result<(), NotAuthorized> {
    match loa.state {
        // Whoever uploads a letter says what day stands on it; the desk looks.
        LoaState::Uploaded if loa.compared_at.is_none() => return Err(NotAuthorized::NotCompared),
        LoaState::Sealed | LoaState::Uploaded => {}
        LoaState::Pending => return Err(NotAuthorized::Unsigned(loa.signer_name.clone())),
        LoaState::Signed => return Err(NotAuthorized::NotSealed),
        _ => return Err(NotAuthorized::Ended),
    }
    match plan::age(house, loa, location, now) {
        Some(SignatureAge::TooOld(days)) => {
            let longest = crate::domain::loa::AgeLimits::of(loa.toll_free).longest();
            Err(NotAuthorized::TooOld { days, longest })
        }
        _ => Ok(()),
    }
}

/// Asks the signer of the last letter for a new signature: one press, when a signature grew too old.
pub fn ask_again(
    conn: &mut Conn,
    house: &House,
    reviewer: &Reviewer,
    seen: &Seen<'_>,
    now: NaiveDateTime,
) -> Result<(), ReviewError> {
    let request = review::load_in_turn(conn, seen)?;
    let to = request.stage.move_to(Stage::AwaitingSignature, Mover::Reviewer)?;
    // Whoever has no account brings the letter with the request, and is asked for another one by a rejection.
    if request.is_manual() {
        return Err(MoveRefused { from: request.stage, to }.into());
    }
    let location = store::locations::find(conn, request.location_id)?;
    let last = store::loas::newest(conn, request.id)?.ok_or(StoreError::NotFound)?;
    let mut draft = make::once_more(house, &location, &last, now)?;
    let is_unwanted = store::loas::reported_by(conn, request.id)?
        .iter()
        .any(|address| address.eq_ignore_ascii_case(&last.signer_email));
    // Of a letter on paper the mailbox of its signer is not known, and whoever reported the request is not mailed: then
    // the requester has it signed. Everybody else is asked by mail.
    draft.mode = if last.mode == LoaMode::Paper || is_unwanted { LoaMode::Paper } else { LoaMode::Remote };
    let on_paper = draft.mode == LoaMode::Paper;
    draft.requested_by = Some(last.requested_by);
    draft.not_before = mail_limits::follow(conn, house, &request.sid, now)?;
    if last.state == LoaState::Pending {
        return Err(StoreError::Stale.into());
    }
    let is_old = plan::age(house, &last, &location, now).is_some_and(|age| !age.is_accepted());
    let reason = if is_old { EndReason::TooOld } else { EndReason::Replaced };
    let replaces = last.ended_at.is_none().then(|| (Box::new(last), reason));
    let plan = Plan::New { draft: Box::new(draft), replaces };
    let loa = plan::carry_out(conn, house, &request, &location, &reviewer.person, plan, now)?;
    letters::put_asked_anew(conn, house, &loa, (is_old, on_paper), now)?;
    store::port_requests::set_stage(conn, &request, to, &Changes::default(), now)?;
    Note::open("signature_asked_by_desk", &loa.signer_name).moving_to(to).write(
        conn,
        &request,
        &reviewer.person,
        now,
    )?;
    Ok(())
}

/// Records the day that the desk read on an uploaded letter, whatever its sender said.
pub fn compare(
    conn: &mut Conn,
    reviewer: &Reviewer,
    seen: &Seen<'_>,
    signed_on: NaiveDate,
    now: NaiveDateTime,
) -> Result<(), ReviewError> {
    let request = review::load_in_turn(conn, seen)?;
    let loa = store::loas::newest(conn, request.id)?.ok_or(StoreError::NotFound)?;
    store::loas::note_compared(conn, &loa, signed_on, now)?;
    let compared = Happened::by(record::person(&reviewer.person), EventKind::Compared)
        .with("date_on_letter", signed_on.to_string());
    record::record(conn, loa.id, &[compared], now)?;
    let day = time_zone::day_with_year(signed_on);
    let read = match loa.told_on.filter(|told| *told != signed_on) {
        Some(told) => format!("{day}; the sender said {}", time_zone::day_with_year(told)),
        None => day,
    };
    Ok(Note::of_desk("letter_compared", &read).write(conn, &request, &reviewer.person, now)?)
}
