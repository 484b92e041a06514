//! Agreeing to the terms: in the wording that the person was shown, and in no other.

use chrono::NaiveDateTime;

use super::{
    agreement::Agreement,
    draft::{self, DraftError, OpenDraft},
    save_page::{Posted, Saved},
};
use crate::{
    domain::{acknowledgements::Acknowledgement, draft::Answers, people::Customer},
    store::Conn,
};

/// The field in which the page of the terms says which wording it shows.
pub const WORDING: &str = "wording";
/// Under this name the text of the rates is stored, of which the first term speaks.
pub const RATES_DETAILS: &str = "rates_details";

/// Notes that the terms were agreed to, if they are still those of the page that was sent. The ticks at others go away,
/// as nobody gave them.
pub(super) fn agree(
    conn: &mut Conn,
    customer: &Customer,
    open: &OpenDraft,
    answers: &mut Answers,
    posted: &Posted,
    now: NaiveDateTime,
) -> Result<Saved, DraftError> {
    let current = Agreement::load(conn, open.request.id, now)?.wording();
    let read = posted.pairs.iter().find(|(name, _)| name == WORDING).map_or("", |(_, read)| read.as_str());
    if read == current {
        draft::accept_terms(conn, customer, &open.request, &posted.client, now)?;
        return Ok(Saved::Accepted);
    }
    for text in current.split(' ').filter(|text| read.split(' ').all(|read| read != *text)) {
        let slug = text.split(':').next().unwrap_or_default();
        let term = if slug == RATES_DETAILS { Some(Acknowledgement::Rates) } else { Acknowledgement::from_slug(slug) };
        if let Some(term) = term {
            answers.terms.untick(term);
        }
    }
    Ok(Saved::Reworded)
}
