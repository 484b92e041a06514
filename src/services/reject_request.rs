//! Sending a request back to its owner, with every reason and what to do about each.

use chrono::NaiveDateTime;

use super::{
    house::House,
    note::Note,
    notify::Told,
    review::{self, ReviewError, Seen},
};
use crate::{
    domain::{moves::Mover, people::Reviewer, request_sid::RequestSid, stage::Stage},
    mail::{Letter, letters},
    store::{
        self, Conn, StoreError,
        port_requests::{Changes, PortRequest},
        rejections::Reason,
    },
};

pub use crate::domain::rejection::{Chosen, Rejection};

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
    rejection.may_go_to_customer()?;
    let to = request.stage.move_to(Stage::Rejected, Mover::Reviewer)?;
    let by_carrier = is_by_carrier(&request);
    let messages: Vec<&str> = rejection.chosen.iter().map(|chosen| chosen.message.as_str()).collect();
    let changes = Changes { current_reason: rejection.in_short(), ..Changes::default() };
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
    Note::open("rejected", &messages.join(" ")).moving_to(to).write(conn, &request, &by.person, now)?;
    let told = Told::load(conn, request.id)?;
    let letter = letter(&told, house, by_carrier, rejection);
    Ok(told.put(conn, &letter, now)?)
}

/// The letter that a rejection would send now; nothing is written.
pub fn preview(conn: &mut Conn, house: &House, sid: &RequestSid, rejection: &Rejection) -> Result<Letter, StoreError> {
    let request = review::find(conn, sid)?;
    let told = Told::load(conn, request.id)?;
    Ok(letter(&told, house, is_by_carrier(&request), rejection))
}

/// The losing carrier refuses what it was sent; what it was not sent yet (or again), our desk refuses.
fn is_by_carrier(request: &PortRequest) -> bool {
    request.sent_to_carrier_at.is_some() && request.stage != Stage::InReview
}

fn letter(told: &Told, house: &House, by_carrier: bool, rejection: &Rejection) -> Letter {
    let (theirs, ours): (Vec<_>, Vec<_>) = rejection.chosen.iter().partition(|chosen| chosen.reason.is_for_customer());
    let points: Vec<_> = theirs.into_iter().map(point).collect();
    let ours: Vec<_> = ours.into_iter().map(point).collect();
    let facts = letters::Rejected { request: told.facts(house), by_carrier, points: &points, ours: &ours };
    letters::rejected(&told.submitter.email, &facts)
}

fn point(chosen: &Chosen) -> letters::RejectionPoint<'_> {
    letters::RejectionPoint { title: chosen.title(), what_to_do: chosen.below_title() }
}
