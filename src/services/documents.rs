//! Documents of a draft: adding what was stored, and who may see them.

use chrono::NaiveDateTime;

use super::{
    draft::{self, DraftError},
    house::House,
};
use crate::{
    domain::{
        people::{Customer, Reviewer},
        request_sid::RequestSid,
    },
    store::{
        self, Conn, StoreError,
        documents::{Document, NewDocument},
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
    store::documents::add(conn, &open.request, new, now)?;
    Ok(Attached::Added)
}

/// A document that a customer may see.
pub fn find_for_customer(conn: &mut Conn, customer: &Customer, public_id: &str) -> Result<Document, StoreError> {
    let document = store::documents::find(conn, public_id)?;
    let request = store::port_requests::get(conn, document.port_request_id)?;
    let visible = request.deleted_at.is_none() && store::port_requests::is_visible(customer, &request);
    if visible { Ok(document) } else { Err(StoreError::NotFound) }
}

/// A document for the desk: of every request that was sent.
pub fn find_for_desk(conn: &mut Conn, _reviewer: &Reviewer, public_id: &str) -> Result<Document, StoreError> {
    let document = store::documents::find(conn, public_id)?;
    let request = store::port_requests::get(conn, document.port_request_id)?;
    if request.sent_at.is_some() { Ok(document) } else { Err(StoreError::NotFound) }
}
