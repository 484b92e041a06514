//! Documents of a draft: adding what was stored, and who may see them.

use chrono::NaiveDateTime;

use super::{
    draft::{self, DraftError},
    house::House,
};
use crate::{
    domain::{
        draft::Answers,
        people::{Customer, Reviewer},
        request_sid::RequestSid,
        stage::Stage,
    },
    store::{
        self, Conn, StoreError,
        documents::{Document, NewDocument},
        port_requests::PortRequest,
    },
};

/// What became of an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attached {
    Added,
    /// The same bytes are there already under this name.
    Merged(String),
    /// There are as many files as may be.
    Full,
}

/// Adds a stored document to a draft.
pub fn attach(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    sid: &RequestSid,
    new: &NewDocument,
    most: usize,
    now: NaiveDateTime,
) -> Result<Attached, DraftError> {
    let open = draft::open_to_change(conn, house, customer, sid)?;
    if let Some(same) = open.documents.iter().find(|document| document.sha256 == new.sha256) {
        return Ok(Attached::Merged(same.file_name.clone()));
    }
    if most <= open.documents.len() {
        return Ok(Attached::Full);
    }
    let mut answers = open.draft.answers;
    add(conn, &open.request, &mut answers, new, now)?;
    if open.request.stage != Stage::Draft {
        store::drafts::save(conn, &house.vault, open.request.id, &answers, now)?;
    }
    Ok(Attached::Added)
}

/// Adds a document; in a request that was sent it counts once that is sent again, and the answers remember it until then.
pub(super) fn add(
    conn: &mut Conn,
    request: &PortRequest,
    answers: &mut Answers,
    new: &NewDocument,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    if request.stage != Stage::Draft {
        answers.memory.files.added.push(new.public_id.clone());
    }
    store::documents::add(conn, request, new, now)
}

/// Takes a document out; one that was sent stays there for the desk until the request is sent again.
pub(super) fn remove(
    conn: &mut Conn,
    request: &PortRequest,
    answers: &mut Answers,
    public_id: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    if request.stage != Stage::Draft && !answers.memory.files.remove(public_id) {
        return Ok(());
    }
    store::documents::remove(conn, request.id, public_id, now)
}

/// A document that a customer may see.
pub fn find_for_customer(conn: &mut Conn, customer: &Customer, public_id: &str) -> Result<Document, StoreError> {
    let document = store::documents::find(conn, public_id)?;
    let request = store::port_requests::get(conn, document.port_request_id)?;
    let visible = request.deleted_at.is_none() && store::port_requests::is_visible(customer, &request);
    if visible { Ok(document) } else { Err(StoreError::NotFound) }
}

/// A document for the desk: all that were sent.
pub fn find_for_desk(conn: &mut Conn, _reviewer: &Reviewer, public_id: &str) -> Result<Document, StoreError> {
    let document = store::documents::find(conn, public_id)?;
    let request = store::port_requests::get(conn, document.port_request_id)?;
    if request.sent_at.is_some() && document.sent_at.is_some() { Ok(document) } else { Err(StoreError::NotFound) }
}
