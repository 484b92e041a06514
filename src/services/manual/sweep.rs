//! What nobody came back to is removed.

use chrono::NaiveDateTime;

use super::{CONFIRM_WITHIN, FOLLOWED_FOR, UNSENT_FOR};
use crate::store::{self, Conn, StoreError, manual_drafts::Ages};

/// Drafts that are removed in one step.
const STEP: i64 = 100;

/// Requests whose mailbox nobody confirmed in time, where the desk takes them before.
pub fn unproven(conn: &mut Conn, now: NaiveDateTime) -> Result<Vec<i64>, StoreError> {
    store::port_requests::unproven(conn, now - CONFIRM_WITHIN, STEP)
}

/// Removes drafts that were given up, with their files and links, and both drafts and links of requests that ended long ago.
pub fn remove_abandoned(conn: &mut Conn, now: NaiveDateTime) -> Result<(), StoreError> {
    let ages = Ages { unsent: now - UNSENT_FOR, unconfirmed: now - CONFIRM_WITHIN };
    for draft in store::manual_drafts::abandoned(conn, ages, STEP)? {
        // Somebody may have come back to it in this moment.
        if store::manual_drafts::is_abandoned(conn, draft, ages)? {
            store::manual_drafts::remove(conn, draft)?;
        }
    }
    let long_ago = now - FOLLOWED_FOR;
    for draft in store::manual_drafts::of_ended(conn, long_ago, STEP)? {
        store::manual_drafts::remove_entered(conn, draft)?;
    }
    store::contact_links::sweep(conn, long_ago, STEP).map(drop)
}
