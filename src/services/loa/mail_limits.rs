//! How often the signer of a request may be mailed (decision "Signing"): 10 times a day, and once in 5 minutes by pressing
//! a button.

use chrono::{Duration, NaiveDateTime};

use super::waiting::WaitingError;
use crate::{
    domain::request_sid::RequestSid,
    services::house::House,
    store::{self, Conn, StoreError, throttle::Limit},
};

const SOON: Limit = Limit { scope: "loa_again_soon", tries: 1, within: Duration::minutes(5) };
const DAILY: Limit = Limit { scope: "loa_again", tries: 10, within: Duration::hours(24) };

/// Counts a mail that somebody presses a button for, or says when it may go.
pub fn press(conn: &mut Conn, house: &House, sid: &RequestSid, now: NaiveDateTime) -> Result<(), WaitingError> {
    let key = key(house, sid);
    for limit in [SOON, DAILY] {
        store::throttle::note_allowed(conn, limit, &key, now)?.map_err(|minutes| WaitingError::TooSoon { minutes })?;
    }
    Ok(())
}

/// Counts a mail to another signer, who was not asked yet: only the day's number stops it.
pub fn press_for_another(
    conn: &mut Conn,
    house: &House,
    sid: &RequestSid,
    now: NaiveDateTime,
) -> Result<(), WaitingError> {
    store::throttle::note_allowed(conn, DAILY, &key(house, sid), now)?
        .map(|_counted| ())
        .map_err(|minutes| WaitingError::TooSoon { minutes })
}

/// Counts a mail that follows from something else, such as changed details. Gives when it may go, if that is not now:
/// what it follows from is done all the same.
pub fn follow(
    conn: &mut Conn,
    house: &House,
    sid: &RequestSid,
    now: NaiveDateTime,
) -> Result<Option<NaiveDateTime>, StoreError> {
    let key = key(house, sid);
    // Whoever sent a request this minute does not need to send it again.
    let _counted = store::throttle::note_allowed(conn, SOON, &key, now)?;
    let allowed = store::throttle::note_allowed(conn, DAILY, &key, now)?;
    Ok(allowed.err().map(|minutes| now + Duration::minutes(minutes)))
}

fn key(house: &House, sid: &RequestSid) -> String {
    house.vault.keyed_hash(DAILY.scope, sid.as_str())
}
