//! Who writes a manual request, where its numbers go, and in whose name the account is.

use crate::domain::{
    contact::{EmailAddress, EmailError, NameOf, parse_name},
    draft::pairs::{pair, value},
    findings::Findings,
    location_id::LocationId,
    typed_text,
};

/// What the form sent about the submitter.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct SubmitterAnswers {
    pub name: String,
    pub email: String,
    pub location_id: String,
    /// Of the customer or business, as the losing carrier has it.
    pub legal_name: String,
}

/// A submitter without faults; whether there is such a location is for the desk's books to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmitterStep {
    pub name: String,
    pub email: EmailAddress,
    pub location_id: LocationId,
}

/// Why the submitter was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SubmitterError {
    #[error("Enter your name")]
    NoName,
    #[error("Enter your email address")]
    NoEmail,
    #[error("Enter the name on the account")]
    NoLegalName,
    #[error("We do not know that Location ID. Check each character")]
    UnknownLocation,
    /// It may have been known when the form was sent.
    #[error("We do not know that Location ID. It may have been changed: ask the owner of the account for it")]
    LocationGone,
    #[error("This location takes no port requests now. Write to support to have that changed")]
    PortingOff,
    #[error("Save this page, so that we look for the Location ID")]
    LocationNotYet,
    #[error("Too many Location IDs were tried from your network. Wait 10 minutes, then save this page again")]
    LocationTooOften,
}

/// Whether the location was looked for. Looking is counted, so what is only saved is not looked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum LocationLook {
    #[default]
    Done,
    NotYet,
    TooOften,
}

impl SubmitterAnswers {
    /// Reads what the form sent.
    pub fn from_pairs(pairs: &[(String, String)]) -> Self {
        let of = |name| value(pairs, name);
        Self { name: of("name"), email: of("email"), location_id: of("location_id"), legal_name: of("legal_name") }
    }

    /// The answers as a form sends them, in the order of the page.
    pub fn to_pairs(&self) -> Vec<(String, String)> {
        vec![
            pair("name", &self.name),
            pair("email", &self.email),
            pair("location_id", &self.location_id),
            pair("legal_name", &self.legal_name),
        ]
    }

    /// The Location ID, if it is written like one.
    pub fn read_location(&self) -> Option<LocationId> {
        LocationId::parse(&self.location_id).ok()
    }

    /// The submitter if nothing stops them, and what is to say about each field.
    pub fn check(&self) -> (Option<SubmitterStep>, Findings) {
        let mut findings = Findings::default();
        let name = if typed_text::is_blank(&self.name) {
            findings.error("name", SubmitterError::NoName);
            None
        } else {
            findings.take("name", parse_name(NameOf::User, &self.name))
        };
        let email = match EmailAddress::parse(&self.email) {
            Err(EmailError::Missing) => {
                findings.error("email", SubmitterError::NoEmail);
                None
            }
            read => findings.take("email", read),
        };
        let location_id = findings.take("location_id", LocationId::parse(&self.location_id));
        let step = name.zip(email).zip(location_id);
        (step.map(|((name, email), location_id)| SubmitterStep { name, email, location_id }), findings)
    }
}
