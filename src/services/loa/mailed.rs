//! What became of a mail about a letter, for its chain: handed to the mail server, never "delivered".

use chrono::NaiveDateTime;

use super::record::{self, Happened};
use crate::{
    domain::loa::EventKind,
    mail::LetterKind,
    store::{Conn, StoreError},
};

/// What became of a mail.
#[derive(Debug, Clone, Copy)]
pub enum Mailed<'a> {
    Handed,
    /// Given up, for this reason.
    Refused(&'a str),
}

/// Records that a mail was handed over, or given up.
pub fn mailed(
    conn: &mut Conn,
    loa: i64,
    kind: LetterKind,
    outcome: Mailed<'_>,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let event = match (kind, outcome) {
        (_, Mailed::Refused(why)) => Happened::by_itself(EventKind::SendFailed).with("why", why),
        (LetterKind::LoaReminder, Mailed::Handed) => Happened::by_itself(EventKind::Reminded),
        (LetterKind::LoaCode, Mailed::Handed) => Happened::by_itself(EventKind::CodeSent),
        (LetterKind::LoaRequest, Mailed::Handed) => Happened::by_itself(EventKind::Sent),
        (_, Mailed::Handed) => Happened::by_itself(EventKind::Told),
    };
    record::record(conn, loa, &[event.with("mail", kind.code())], now)?;
    Ok(())
}
