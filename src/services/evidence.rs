//! Everything about one request that a reviewer decides on.

use chrono::NaiveDateTime;

use super::{
    house::House,
    loa::{
        desk::{self, NotAuthorized},
        plan,
    },
    moved_before::{self, Earlier},
    review,
};
use crate::{
    domain::{account_number::AccountNumber, loa::SignatureAge, request_sid::RequestSid},
    store::{
        self, Conn, StoreError, acknowledgements::Agreed, documents::Document, history::Event, loa_files::LoaFile,
        loas::Loa, locations::Location, number_claims::Claimed, numbers::PortNumber, outbox::QueuedLetter,
        port_requests::PortRequest, rejections::Reason, submissions::Submission, users::User,
    },
};

/// A request with all that the desk may see of it; its secrets are masked.
#[derive(Debug, Clone)]
pub struct Evidence {
    pub request: PortRequest,
    /// Name of the customer's account.
    pub account: String,
    pub location: Location,
    pub submitter: User,
    pub assignee: Option<User>,
    /// The facts of the newest attempt.
    pub facts: Submission,
    pub masked_account_number: String,
    pub numbers: Vec<PortNumber>,
    pub documents: Vec<Document>,
    /// Newest first, with the lines that customers do not see.
    pub history: Vec<Event>,
    /// Newest first.
    pub letters: Vec<QueuedLetter>,
    /// Of all attempts, oldest first.
    pub rejections: Vec<Reason>,
    /// The letter of authorization that counts, or counted last.
    pub letter: Option<Letter>,
    /// Numbers of a manual request that other requests hold, each with that request: its sender was not told.
    pub held: Vec<Claimed>,
    /// Earlier requests with which numbers of this one moved here, while it is open.
    pub moved_before: Vec<Earlier>,
    /// What was agreed to with each attempt, oldest first.
    pub agreed: Vec<Agreed>,
    /// Letters before it that somebody signed, newest first, with their PDFs.
    pub signed_before: Vec<(Loa, Vec<LoaFile>)>,
}

/// A letter of authorization as the desk sees it.
#[derive(Debug, Clone)]
pub struct Letter {
    pub loa: Loa,
    pub files: Vec<LoaFile>,
    /// How old the signature is, once there is one.
    pub age: Option<SignatureAge>,
    /// Why the request must not go to the carrier with it today.
    pub stops: Option<NotAuthorized>,
}

/// Loads a request for the desk.
pub fn load(conn: &mut Conn, house: &House, sid: &RequestSid, now: NaiveDateTime) -> Result<Evidence, StoreError> {
    let request = review::find(conn, sid)?;
    let location = store::locations::find(conn, request.location_id)?;
    let facts = store::submissions::newest(conn, request.id)?;
    Ok(Evidence {
        account: store::accounts::find(conn, request.account_id)?.name,
        submitter: store::users::find(conn, request.submitted_by)?,
        assignee: request.assigned_to.map(|id| store::users::find(conn, id)).transpose()?,
        masked_account_number: masked(&facts.account_number(&house.vault)?),
        facts,
        numbers: store::numbers::of_request(conn, request.id)?,
        documents: store::documents::sent_with(conn, request.id)?,
        history: store::history::of_request(conn, request.id, false)?,
        letters: store::outbox::of_request(conn, request.id)?,
        rejections: store::rejections::of_request(conn, request.id)?,
        letter: letter(conn, house, &request, &location, now)?,
        held: held(conn, &request)?,
        moved_before: moved_before(conn, &request)?,
        agreed: store::acknowledgements::agreed(conn, request.id)?,
        signed_before: signed_before(conn, request.id)?,
        location,
        request,
    })
}

fn held(conn: &mut Conn, request: &PortRequest) -> Result<Vec<Claimed>, StoreError> {
    if !request.is_manual() || request.stage.is_final() {
        return Ok(Vec::new());
    }
    let open = store::numbers::open_of(conn, request.id)?;
    store::number_claims::held_by_others(conn, request.id, &open)
}

fn moved_before(conn: &mut Conn, request: &PortRequest) -> Result<Vec<Earlier>, StoreError> {
    if request.stage.is_final() {
        return Ok(Vec::new());
    }
    let open = store::numbers::open_of(conn, request.id)?;
    moved_before::of_numbers(conn, request.id, &open)
}

fn letter(
    conn: &mut Conn,
    house: &House,
    request: &PortRequest,
    location: &Location,
    now: NaiveDateTime,
) -> Result<Option<Letter>, StoreError> {
    let Some(loa) = store::loas::newest(conn, request.id)? else { return Ok(None) };
    Ok(Some(Letter {
        files: store::loa_files::of_loa(conn, loa.id)?,
        age: plan::age(house, &loa, location, now),
        stops: desk::standing(house, &loa, location, now).err(),
        loa,
    }))
}

fn signed_before(conn: &mut Conn, request: i64) -> Result<Vec<(Loa, Vec<LoaFile>)>, StoreError> {
    let before = store::loas::of_request(conn, request)?.into_iter().skip(1);
    let signed = before.filter(|loa| loa.signed_at.is_some());
    let with_files = |loa: Loa| {
        let files = store::loa_files::of_loa(conn, loa.id)?;
        Ok((loa, files))
    };
    signed.map(with_files).collect()
}

fn masked(account_number: &str) -> String {
    AccountNumber::parse(account_number).map_or_else(|_unreadable| "••••".to_owned(), |number| number.masked())
}
