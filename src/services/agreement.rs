//! The terms in their present wording, and which of them were agreed to for a request.

use chrono::NaiveDateTime;

use super::terms;
use crate::{
    domain::acknowledgements::Acknowledgement,
    store::{
        self, Conn, StoreError,
        acknowledgements::{Acknowledgement as Accepted, TermText},
    },
};

/// The terms as they read now, and which of them were agreed to for a request.
#[derive(Debug, Clone)]
pub struct Agreement {
    texts: Vec<TermText>,
    accepted: Vec<Accepted>,
}

impl Agreement {
    /// Loads both for a request.
    pub fn load(conn: &mut Conn, request: i64, now: NaiveDateTime) -> Result<Self, StoreError> {
        let mut texts = store::acknowledgements::current_texts(conn, now)?;
        // Others are for the signer and for the manual form.
        texts.retain(|text| text.slug == terms::RATES_DETAILS || Acknowledgement::from_slug(&text.slug).is_some());
        Ok(Self { texts, accepted: store::acknowledgements::of_request(conn, request)? })
    }

    /// Which version of each text counts now: "rates:1 texts:2".
    pub fn wording(&self) -> String {
        let versions = self.texts.iter().map(|text| format!("{}:{}", text.slug, text.version));
        versions.collect::<Vec<_>>().join(" ")
    }

    /// The words of a text, if one is stored under this name.
    pub fn text(&self, slug: &str) -> Option<&str> {
        self.texts.iter().find(|text| text.slug == slug).map(|text| text.body.as_str())
    }

    /// When a term was agreed to in its present wording.
    pub fn agreed_at(&self, term: Acknowledgement) -> Option<NaiveDateTime> {
        let now = self.texts.iter().find(|text| text.slug == term.slug())?;
        let of_term = |it: &&Accepted| it.slug == term.slug() && it.text_version == now.version;
        self.accepted.iter().find(of_term).map(|it| it.accepted_at)
    }

    /// When the last of all four was agreed to; nothing while one is missing.
    pub fn all_agreed_at(&self) -> Option<NaiveDateTime> {
        let each: Option<Vec<_>> = Acknowledgement::ALL.into_iter().map(|term| self.agreed_at(term)).collect();
        each?.into_iter().max()
    }
}
