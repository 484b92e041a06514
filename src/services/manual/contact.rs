//! Whoever follows a request without an account: known by a private link, and by nothing else.

use chrono::NaiveDateTime;

use super::FOLLOWED_FOR;
use crate::{
    domain::people::Person,
    store::{self, Conn, StoreError},
    vault::Token,
};

/// Whoever sent a manual request, as known by a private link out of a mail. Made only from such a link: nothing outside this
/// file can put one together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    person: Person,
    port_request_id: i64,
}

impl Contact {
    /// Whose link it is. `NotFound` for one that is unknown, or whose request ended too long ago.
    pub fn of_link(conn: &mut Conn, token: &Token, now: NaiveDateTime) -> Result<Self, StoreError> {
        let port_request_id = store::contact_links::request_of(conn, token, now - FOLLOWED_FOR)?;
        let request = store::port_requests::get(conn, port_request_id)?;
        let person = store::users::find(conn, request.submitted_by)?.person();
        Ok(Self { person, port_request_id })
    }

    /// Who it is.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// The one request that they may see, by row.
    pub fn port_request_id(&self) -> i64 {
        self.port_request_id
    }
}
