//! What the files of a form belong to, and adding them to that.

use actix_web::web::Data;

use super::{Destination, ReceiveError};
use crate::{
    domain::{draft::FILES_FIELD, manual::LETTER_FIELD, people::Customer, request_sid::RequestSid},
    files::{DocumentKey, Judged},
    inspect::StrangerTurn,
    services::{
        documents::{self, Attached},
        manual::{self, Contact},
    },
    store::{StoreError, documents::NewDocument, manual_files::ManualFileKind},
    vault::{self, Token},
    web::app::App,
};

/// What the files of a form belong to.
#[derive(Clone)]
pub enum Owner {
    /// The draft of a customer.
    Draft { customer: Customer, sid: RequestSid },
    /// A manual draft, by its secret, and where its client is.
    Manual { secret: Token, network: String },
    /// A request that its contact follows, and where their client is.
    Followed { contact: Contact, network: String },
}

impl Owner {
    /// The account under which bytes are kept; what nobody's account sent yet lies under 0.
    pub(super) fn account(&self) -> i64 {
        match self {
            Self::Draft { customer, .. } => customer.account_id,
            Self::Manual { .. } => 0,
            Self::Followed { contact, .. } => contact.person().account_id.unwrap_or_default(),
        }
    }

    /// The field that a file belongs to, whatever a client calls it.
    pub(super) fn field(&self, asked_for: &str) -> &'static str {
        match self {
            Self::Manual { .. } if asked_for == LETTER_FIELD => LETTER_FIELD,
            _ => FILES_FIELD,
        }
    }

    /// Where the client of somebody without an account is.
    fn network(&self) -> Option<&String> {
        match self {
            Self::Draft { .. } => None,
            Self::Manual { network, .. } | Self::Followed { network, .. } => Some(network),
        }
    }

    /// Counts a file before it costs anything, kept or refused: bytes of strangers are not without end. Gives the minutes to
    /// wait where there were too many.
    pub(super) async fn count_file(&self, app: &Data<App>) -> Result<Result<(), i64>, StoreError> {
        let Some(network) = self.network().cloned() else { return Ok(Ok(())) };
        let (house, now) = (app.house.clone(), app.clock.now());
        app.store.write(move |conn| manual::count_upload(conn, &house, &network, now)).await
    }

    /// Files of people without an account wait for one another, so that no customer waits for all of theirs.
    pub(super) async fn turn<'a>(&self, app: &'a Data<App>) -> Option<StrangerTurn<'a>> {
        Some(app.inspector.turn_of_stranger(self.network()?).await)
    }

    fn uploader(&self) -> Option<i64> {
        match self {
            Self::Draft { customer, .. } => Some(customer.person.id),
            Self::Manual { .. } => None,
            Self::Followed { contact, .. } => Some(contact.person().id),
        }
    }
}

/// Adds a file that was judged and kept to what it belongs to.
pub(super) async fn attach(
    to: &Destination<'_>,
    judged: Judged,
    key: &DocumentKey,
    field: &str,
) -> Result<Attached, ReceiveError> {
    let new = NewDocument {
        public_id: data_encoding::HEXLOWER.encode(&vault::random::<16>()),
        kind: String::new(),
        file_name: judged.name.as_str().to_owned(),
        format: judged.format.code().to_owned(),
        size: i64::try_from(judged.size.0).unwrap_or(i64::MAX),
        sha256: judged.sha256_hex,
        pages: judged.pages,
        width: judged.width,
        height: judged.height,
        object_key: key.as_str().to_owned(),
        uploaded_by: to.owner.uploader(),
    };
    let (house, store) = (to.app.house.clone(), &to.app.store);
    let (most, now) = (to.door.max_files, to.app.clock.now());
    Ok(match to.owner.clone() {
        Owner::Draft { customer, sid } => {
            store.write(move |conn| documents::attach(conn, &house, &customer, &sid, &new, most, now)).await?
        }
        Owner::Manual { secret, .. } => {
            let kind = if field == LETTER_FIELD { ManualFileKind::Letter } else { ManualFileKind::Bill };
            store.write(move |conn| manual::attach(conn, &house, &secret, kind, &new, most, now)).await?
        }
        Owner::Followed { contact, .. } => {
            store.write(move |conn| manual::add_document(conn, &contact, &new, now)).await?
        }
    })
}
