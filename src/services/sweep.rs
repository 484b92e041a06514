//! Housekeeping: what has run out is removed, and PINs are erased when their time is over.

use chrono::{Duration, NaiveDateTime};

use super::house::House;
use crate::store::{self, Conn, StoreError};

/// Requests whose PINs are erased in one step, so that the write lock is never held long.
const STEP: i64 = 50;

/// Removes what has run out. Gives how many requests had their PINs erased.
pub fn sweep(conn: &mut Conn, house: &House, now: NaiveDateTime) -> Result<usize, StoreError> {
    store::sessions::sweep(conn, now)?;
    store::links::sweep(conn, now)?;
    store::throttle::sweep(conn, now)?;
    store::submit_tokens::sweep(conn, now)?;
    store::parked_posts::sweep(conn, now)?;
    erase_secrets(conn, house, now)
}

fn erase_secrets(conn: &mut Conn, house: &House, now: NaiveDateTime) -> Result<usize, StoreError> {
    let until = now - Duration::days(house.erase_secrets_days);
    let due = store::port_requests::to_erase(conn, until, STEP)?;
    for id in &due {
        store::numbers::erase_pins(conn, *id)?;
        store::submissions::erase_pins(conn, *id)?;
        let mut answers = store::drafts::find(conn, &house.vault, *id)?.answers;
        answers.forget_secrets();
        store::drafts::save(conn, &house.vault, *id, &answers, now)?;
        store::port_requests::note_erased(conn, *id, now)?;
    }
    Ok(due.len())
}
