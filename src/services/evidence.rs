//! Everything about one request that a reviewer decides on.

use super::{house::House, review};
use crate::{
    domain::{account_number::AccountNumber, request_sid::RequestSid},
    store::{
        self, Conn, StoreError, documents::Document, history::Event, locations::Location, numbers::PortNumber,
        outbox::QueuedLetter, port_requests::PortRequest, rejections::Reason, submissions::Submission, users::User,
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
}

/// Loads a request for the desk.
pub fn load(conn: &mut Conn, house: &House, sid: &RequestSid) -> Result<Evidence, StoreError> {
    let request = review::find(conn, sid)?;
    let facts = store::submissions::newest(conn, request.id)?;
    Ok(Evidence {
        account: store::accounts::find(conn, request.account_id)?.name,
        location: store::locations::find(conn, request.location_id)?,
        submitter: store::users::find(conn, request.submitted_by)?,
        assignee: request.assigned_to.map(|id| store::users::find(conn, id)).transpose()?,
        masked_account_number: masked(&facts.account_number(&house.vault)?),
        facts,
        numbers: store::numbers::of_request(conn, request.id)?,
        documents: store::documents::of_request(conn, request.id)?,
        history: store::history::of_request(conn, request.id, false)?,
        letters: store::outbox::of_request(conn, request.id)?,
        rejections: store::rejections::of_request(conn, request.id)?,
        request,
    })
}

fn masked(account_number: &str) -> String {
    AccountNumber::parse(account_number).map_or_else(|_unreadable| "••••".to_owned(), |number| number.masked())
}
