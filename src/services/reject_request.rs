//! Sending a request back to its owner, with every reason and what to do about each.

use chrono::NaiveDateTime;

use super::{
    house::House,
    notify::Told,
    review::{self, ReviewError, Seen},
};
use crate::{
    domain::{moves::Mover, people::Reviewer, rejection::RejectionReason, stage::Stage},
    mail::letters,
    store::{self, Conn, port_requests::Changes, rejections::Reason},
};

/// A reason that the reviewer chose, with the words for the customer.
#[derive(Debug, Clone)]
pub struct Chosen {
    pub reason: &'static RejectionReason,
    pub message: String,
}

/// A rejection as the reviewer wrote it.
#[derive(Debug, Clone)]
pub struct Rejection {
    pub chosen: Vec<Chosen>,
    /// The losing carrier's own words, if any.
    pub carrier_words: String,
}

/// Rejects a request. Whether the losing carrier or the desk said no follows from where the request was.
pub fn reject(
    conn: &mut Conn,
    house: &House,
    seen: &Seen<'_>,
    by: &Reviewer,
    rejection: &Rejection,
    now: NaiveDateTime,
) -> Result<(), ReviewError> {
    let request = review::load(conn, seen)?;
    let to = request.stage.move_to(Stage::Rejected, Mover::Reviewer)?;
    let by_carrier = request.sent_to_carrier_at.is_some() && request.stage != Stage::InReview;
    let messages: Vec<&str> = rejection.chosen.iter().map(|chosen| chosen.message.as_str()).collect();
    let changes = Changes { current_reason: messages.join(" "), ..Changes::default() };
    store::port_requests::set_stage(conn, &request, to, &changes, now)?;
    store::numbers::set_open(conn, request.id, "rejected")?;
    for chosen in &rejection.chosen {
        let reason = Reason {
            attempt: request.attempt,
            source: if by_carrier { "carrier" } else { "desk" }.to_owned(),
            slug: chosen.reason.slug.clone(),
            message: chosen.message.clone(),
            carrier_words: rejection.carrier_words.clone(),
            set_at: now,
        };
        store::rejections::add(conn, &request, &reason)?;
    }
    review::note(conn, &request, by, "rejected", Some(to), &messages.join(" "), true, now)?;
    let told = Told::load(conn, request.id)?;
    let points: Vec<letters::RejectionPoint<'_>> = rejection
        .chosen
        .iter()
        .map(|chosen| letters::RejectionPoint { title: &chosen.reason.title, what_to_do: &chosen.message })
        .collect();
    let facts = letters::Rejected { request: told.facts(house), by_carrier, points: &points };
    let letter = letters::rejected(&told.submitter.email, &facts);
    Ok(told.put(conn, &letter, now)?)
}
