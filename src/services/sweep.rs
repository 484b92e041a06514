//! Housekeeping: what has run out is removed, and secrets are erased when their time is over.

use chrono::{Duration, NaiveDateTime};

use super::{house::House, manual};
use crate::{
    domain::draft::{Answers, Step},
    store::{self, Conn, StoreError, port_requests::DraftNote},
};

/// Requests that are looked for in one step.
const STEP: i64 = 50;
/// How long a deleted draft can be brought back.
const UNDO: Duration = Duration::days(1);

/// Removes sessions, links, tries, tokens and parked forms that have run out.
pub fn remove_expired(conn: &mut Conn, now: NaiveDateTime) -> Result<(), StoreError> {
    store::sessions::sweep(conn, now)?;
    store::links::sweep(conn, now)?;
    store::throttle::sweep(conn, now)?;
    store::submit_tokens::sweep(conn, now)?;
    store::parked_posts::sweep(conn, now)?;
    manual::remove_abandoned(conn, now)?;
    Ok(())
}

/// Requests whose secrets have to go: those that ended long enough ago, and drafts that cannot be brought back.
pub fn due(conn: &mut Conn, house: &House, now: NaiveDateTime) -> Result<Vec<i64>, StoreError> {
    let ended = now - Duration::days(house.erase_secrets_days);
    store::port_requests::to_erase(conn, ended, now - UNDO, STEP)
}

/// Erases the secrets of one request, in a transaction of its own: one that cannot be read holds no other up. Of a
/// deleted draft only stays that there was one, and when.
pub fn erase(conn: &mut Conn, house: &House, id: i64, now: NaiveDateTime) -> Result<(), StoreError> {
    let request = store::port_requests::get(conn, id)?;
    store::numbers::erase_pins(conn, id)?;
    store::submissions::erase_pins(conn, id)?;
    let answers = match store::drafts::find(conn, &house.vault, id) {
        Ok(draft) if request.deleted_at.is_none() => {
            let mut answers = draft.answers;
            answers.forget_secrets();
            answers
        }
        // What nobody can read any more is replaced all the same.
        Ok(_) | Err(StoreError::Corrupt(_)) => Answers::default(),
        Err(error) => return Err(error),
    };
    store::drafts::save(conn, &house.vault, id, &answers, now)?;
    store::documents::remove_unsent(conn, id, &[], now)?;
    if request.deleted_at.is_some() {
        store::documents::remove_all(conn, id, now)?;
        store::search::replace(conn, &request, &[])?;
        store::acknowledgements::remove_all(conn, id)?;
        store::outbox::remove_all(conn, id)?;
        let nothing = DraftNote { name: "", losing_carrier: "", number_count: 0, next_step: Step::Terms };
        store::port_requests::note_draft(conn, id, &nothing)?;
    }
    store::port_requests::note_erased(conn, id, now)
}
