//! Taking a letter that was signed elsewhere, on paper.

use chrono::{NaiveDate, NaiveDateTime};

use super::{
    letters, make,
    plan::{self, Plan},
    record::{self, Happened},
    waiting::{self, Newest, WaitingError},
};
use crate::{
    domain::{
        loa::{EndReason, EventKind, LoaMode, LoaState},
        moves::Mover,
        people::{Customer, Person},
        request_sid::RequestSid,
        stage::Stage,
    },
    mail::letters::WithdrawnBecause,
    services::{house::House, note::Note},
    store::{
        self, Conn, StoreError,
        loa_files::NewLoaFile,
        loas::{Loa, Signing},
        locations::Location,
        port_requests::{Changes, PortRequest},
    },
};

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
pub fn take(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    sid: &RequestSid,
    scan: &Scan,
    now: NaiveDateTime,
) -> Result<Loa, WaitingError> {
    let newest = waiting::newest_to_change(conn, customer, sid)?;
    let last = newest.may_upload().filter(|loa| loa.id == scan.letter).cloned().ok_or(WaitingError::NotWaiting)?;
    let Newest { request, location, .. } = newest;
    let loa = on_paper(conn, house, &request, &location, customer, last, now)?;
    put(conn, house, &loa, &customer.person, scan, now)?;
    // Also in review: a reviewer who looked at another file has to look again.
    let to = request.stage.move_to(Stage::InReview, Mover::Requester)?;
    store::port_requests::set_stage(conn, &request, to, &Changes::default(), now)?;
    Note::open("loa_uploaded", "").moving_to(to).write(conn, &request, &customer.person, now)?;
    store::loas::get(conn, loa.id).map_err(WaitingError::from)
}

/// Puts the paper in the place of a letter that waits for it.
pub fn put(
    conn: &mut Conn,
    house: &House,
    loa: &Loa,
    by: &Person,
    scan: &Scan,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let signing = Signing { to: LoaState::Uploaded, at: now, on: scan.signed_on, signature: None };
    store::loas::note_signed(conn, &house.vault, loa, signing)?;
    store::loa_files::add(conn, loa, &scan.file, now)?;
    let uploaded = Happened::by(record::person(by), EventKind::UploadedWet)
        .with("sha256", scan.file.sha256.clone())
        .with("date_on_letter", scan.signed_on.to_string());
    record::record(conn, loa.id, &[uploaded], now).map(drop)
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
