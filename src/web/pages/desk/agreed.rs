//! What was agreed to for a request, as the desk reads it: who, when, from which address, in which version.

use super::words::Moment;
use crate::{domain::time_zone::TimeZone, store::acknowledgements::Agreed};

/// What one person agreed to at one moment.
#[derive(Debug, Clone)]
pub(super) struct Agreement {
    pub(super) by: String,
    pub(super) at: Moment,
    /// "Attempt 2, from 203.0.113.9".
    pub(super) about: String,
    /// Each text, and its version.
    pub(super) texts: Vec<(String, i32)>,
}

/// All of it, what was agreed to together in one.
pub(super) fn agreements(agreed: &[Agreed], zone: TimeZone) -> Vec<Agreement> {
    let together = |one: &Agreed, other: &Agreed| {
        (one.attempt, &one.by, one.at, &one.client_address)
            == (other.attempt, &other.by, other.at, &other.client_address)
    };
    let agreement = |same: &[Agreed]| {
        let first = same.first()?;
        Some(Agreement {
            by: first.by.clone(),
            at: Moment::new(zone, first.at),
            about: format!("Attempt {}, from {}", first.attempt, first.client_address),
            texts: same.iter().map(|it| (it.text.clone(), it.text_version)).collect(),
        })
    };
    agreed.chunk_by(together).filter_map(agreement).collect()
}
