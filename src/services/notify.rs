//! Letters about a request, to the person who sent it.

use chrono::NaiveDateTime;

use super::house::House;
use crate::{
    mail::{
        Letter, LetterKind,
        letters::{BrandFacts, PortRequestFacts},
    },
    store::{
        self, Conn, StoreError, contact_links::ContactLink, locations::Location, outbox::About,
        port_requests::PortRequest, users::User,
    },
};

/// In whose name letters are written.
pub fn brand(house: &House) -> BrandFacts<'_> {
    BrandFacts {
        brand: &house.brand.name,
        support_email: &house.brand.support_email,
        base_url: &house.base_url,
        accent: &house.accent,
    }
}

/// A request with whom and what its letters speak of.
pub struct Told {
    pub request: PortRequest,
    pub submitter: User,
    pub location: Location,
}

impl Told {
    /// Loads a request as it is after the change that is told.
    pub fn load(conn: &mut Conn, request: i64) -> Result<Self, StoreError> {
        let request = store::port_requests::get(conn, request)?;
        let submitter = store::users::find(conn, request.submitted_by)?;
        let location = store::locations::find(conn, request.location_id)?;
        Ok(Self { request, submitter, location })
    }

    /// The facts that every letter about a request shows.
    pub fn facts<'a>(&'a self, house: &'a House) -> PortRequestFacts<'a> {
        PortRequestFacts {
            brand: brand(house),
            name: Some(self.request.name.as_str()).filter(|name| !name.is_empty()),
            sid: self.request.sid.as_str(),
            losing_carrier: &self.request.losing_carrier,
            number_count: usize::try_from(self.request.number_count).unwrap_or(0),
            // Whoever has no account knows the location by its id alone.
            location: if self.request.is_manual() { &self.location.location_id } else { &self.location.name },
            by_private_link: self.request.is_manual(),
        }
    }

    /// Puts a letter to the submitter into the outbox; people who may not sign in any more get none. A mailbox that is not
    /// proven reads nothing about a request, as its address may be mistyped, but for the link that somebody asks for there.
    pub fn put(&self, conn: &mut Conn, letter: &Letter, now: NaiveDateTime) -> Result<(), StoreError> {
        let is_unproven = self.request.is_manual() && self.request.confirmed_at.is_none();
        if !self.submitter.is_active() || (is_unproven && letter.kind != LetterKind::NewStatusLink) {
            return Ok(());
        }
        let about = About {
            account_id: Some(self.request.account_id),
            port_request_id: Some(self.request.id),
            user_id: Some(self.submitter.id),
            contact_link: self.request.is_manual().then_some(ContactLink::Status),
            ..About::default()
        };
        store::outbox::put(conn, letter, about, now)
    }
}
