//! What keeps a request from the losing carrier, and what helps.

use super::{documents::LETTER, place::Place};
use crate::{
    domain::{
        loa::LoaState,
        phone_number::PhoneNumber,
        request_sid::RequestSid,
        stage::Stage,
        time_zone::{self, TimeZone},
    },
    services::{evidence::Evidence, loa::desk::NotAuthorized, moved_before::Earlier},
    store::loas::Loa,
};

/// Why the letter keeps a request from the carrier, and what helps.
pub struct Stop {
    pub why: String,
    pub remedy: Remedy,
}

/// What helps.
pub enum Remedy {
    /// This signer is asked again.
    Ask(String),
    /// The desk records the day that stands on the letter; which one its sender typed.
    Compare(String),
    /// Its sender brings another letter, after a rejection.
    Reject,
}

/// What stands between an open request and its carrier, where a new signature helps.
pub fn stops(evidence: &Evidence) -> Option<Stop> {
    if evidence.request.stage != Stage::InReview {
        return None;
    }
    let letter = evidence.letter.as_ref()?;
    let stop = letter.stops.as_ref()?;
    let remedy = match stop {
        NotAuthorized::NotCompared => Remedy::Compare(days_so_far(&letter.loa)),
        // A slip of the keyboard is put right here.
        NotAuthorized::TooOld { .. } if letter.loa.state == LoaState::Uploaded => {
            Remedy::Compare(days_so_far(&letter.loa))
        }
        _ if evidence.request.is_manual() => Remedy::Reject,
        _ => Remedy::Ask(letter.loa.signer_name.clone()),
    };
    Some(Stop { why: format!("{stop}."), remedy })
}

/// Whether the day on the letter is what the desk has to record next.
pub fn asks_for_the_day(evidence: &Evidence) -> bool {
    stops(evidence).is_some_and(|stop| matches!(stop.remedy, Remedy::Compare(_)))
}

/// "The sender says Nov 19, 2026.", and what was recorded if it was something else.
fn days_so_far(loa: &Loa) -> String {
    let told = loa.told_on.map(|day| format!("The sender says {}.", time_zone::day_with_year(day)));
    let recorded = loa.signed_on.filter(|day| loa.compared_at.is_some() && Some(*day) != loa.told_on);
    let recorded = recorded.map(|day| format!("Recorded: {}.", time_zone::day_with_year(day)));
    told.into_iter().chain(recorded).collect::<Vec<_>>().join(" ")
}

/// The document that is shown: the letter while its day is to be compared and nothing else was asked for.
pub fn doc_or_letter<'a>(evidence: &Evidence, doc: &'a str) -> &'a str {
    if doc.is_empty() && asks_for_the_day(evidence) { LETTER } else { doc }
}

/// What the manual form did not ask or tell.
pub fn cautions(evidence: &Evidence) -> Vec<String> {
    let request = &evidence.request;
    if !request.is_manual() || request.stage != Stage::InReview {
        return Vec::new();
    }
    let mailbox = request.confirmed_at.is_none().then(|| {
        format!(
            "{} has not confirmed the mailbox yet. Nothing goes to the carrier before that.",
            evidence.submitter.name
        )
    });
    let held = evidence.held.iter().map(|held| {
        let number = PhoneNumber::from_stored(&held.number).map_or_else(|| held.number.clone(), |it| it.national());
        format!("{number} is in request {}, too. One of the two has to end or leave the number out.", held.sid)
    });
    mailbox.into_iter().chain(held).collect()
}

/// Numbers of a request that moved here with an earlier one. They may have left since then, so nothing is stopped.
pub struct Before {
    /// "(585) 730-1234 and 2 more numbers".
    pub numbers: String,
    pub sid: RequestSid,
    pub href: String,
    pub day: String,
}

/// What moved here before, while the request is open.
pub fn moved_before(evidence: &Evidence, place: &Place, zone: TimeZone) -> Vec<Before> {
    let before = |earlier: &Earlier| Before {
        numbers: earlier.named(),
        href: place.href(&format!("/desk/port-requests/{}", earlier.sid)),
        sid: earlier.sid.clone(),
        day: earlier.moved_at.map(|at| time_zone::day_with_year(zone.date(at))).unwrap_or_default(),
    };
    evidence.moved_before.iter().map(before).collect()
}
