//! Lines of history about what people do with a request.

use chrono::NaiveDateTime;

use crate::{
    domain::{people::Person, stage::Stage},
    store::{
        Conn, StoreError,
        history::{self, Actor, NewEvent},
        port_requests::PortRequest,
    },
};

/// A line to write.
#[derive(Debug, Clone, Copy)]
pub(super) struct Note<'a> {
    event: &'a str,
    text: &'a str,
    to: Option<Stage>,
    visible: bool,
}

impl<'a> Note<'a> {
    /// A line that customers read too.
    pub(super) fn open(event: &'a str, text: &'a str) -> Self {
        Self { event, text, to: None, visible: true }
    }

    /// A line that only the desk reads.
    pub(super) fn of_desk(event: &'a str, text: &'a str) -> Self {
        Self { visible: false, ..Self::open(event, text) }
    }

    /// The same line about a move to another stage.
    pub(super) fn moving_to(self, to: Stage) -> Self {
        Self { to: Some(to), ..self }
    }

    /// Writes the line about a request as it was before.
    pub(super) fn write(
        self,
        conn: &mut Conn,
        request: &PortRequest,
        by: &Person,
        now: NaiveDateTime,
    ) -> Result<(), StoreError> {
        self.write_as(conn, request, &Actor::person(by), now)
    }

    /// The same line about something that the signer of the letter did, who has no account.
    pub(super) fn write_by_signer(
        self,
        conn: &mut Conn,
        request: &PortRequest,
        name: &str,
        now: NaiveDateTime,
    ) -> Result<(), StoreError> {
        self.write_as(conn, request, &Actor::signer(name), now)
    }

    /// The same line about something that the program did by itself.
    pub(super) fn write_by_itself(
        self,
        conn: &mut Conn,
        request: &PortRequest,
        now: NaiveDateTime,
    ) -> Result<(), StoreError> {
        self.write_as(conn, request, &Actor::system(), now)
    }

    /// The same line about something that `actor` did.
    pub(super) fn write_as(
        self,
        conn: &mut Conn,
        request: &PortRequest,
        actor: &Actor,
        now: NaiveDateTime,
    ) -> Result<(), StoreError> {
        let event = NewEvent {
            account_id: request.account_id,
            port_request_id: request.id,
            actor,
            event: self.event,
            from_stage: self.to.map(|_| request.stage),
            to_stage: self.to,
            note: self.text,
            visible: self.visible,
        };
        history::add(conn, &event, now)
    }
}
