//! The way of a request: its five steps, and everything that happened on it.

use chrono::NaiveDateTime;

use super::show::Stored;
use crate::{
    domain::{loa::LoaMode, stage::Stage, time_zone::day_with_year},
    services::house::House,
    store::{history::Event, port_requests::PortRequest},
    web::{
        loa_events,
        now::{self, Clocks},
        parts::{HistoryEntry, ProgressStep},
    },
};

/// The steps, in words.
const STEPS: [&str; 5] = ["Sent", "Signed", "Checked", "With carrier", "Moved"];
/// The second step while a signature is what the request waits for.
const TO_BE_SIGNED: (usize, &str) = (1, "To be signed");

/// The five steps with their days.
pub fn progress(stored: &Stored, house: &House, clocks: Clocks) -> Vec<ProgressStep> {
    let request = &stored.request;
    let (at, is_stopped) = position(request, signed_at(stored).is_some());
    let mut days = days(stored, house, clocks, at);
    if let Some(day) = days.get_mut(at).filter(|_| is_stopped) {
        *day = Some(clocks.day(request.stage_since));
    }
    let state = |step: usize| match step {
        step if step < at => "done",
        step if step == at && is_stopped => "stopped",
        step if step == at => "current",
        _ => "todo",
    };
    let step = |(index, (label, when)): (usize, (&str, Option<String>))| ProgressStep {
        label: if state(index) == "current" && index == TO_BE_SIGNED.0 { TO_BE_SIGNED.1 } else { label }.to_owned(),
        when,
        state: state(index).to_owned(),
    };
    STEPS.into_iter().zip(days).enumerate().map(step).collect()
}

/// The step on which the request is, and whether it has stopped there.
fn position(request: &PortRequest, is_signed: bool) -> (usize, bool) {
    let reached = match (has_reached_carrier(request), is_signed) {
        (true, _) => 3,
        (false, true) => 2,
        (false, false) => 1,
    };
    match request.stage {
        Stage::Draft => (0, false),
        Stage::AwaitingApproval | Stage::AwaitingSignature => (1, false),
        Stage::InReview | Stage::NeedsInfo => (2, false),
        Stage::Submitted => (3, false),
        Stage::FocScheduled | Stage::PartiallyPorted => (4, false),
        Stage::CancelRequested => (if request.foc().is_some() { 4 } else { 3 }, true),
        Stage::Rejected => (reached.max(2), true),
        Stage::Canceled => (reached, true),
        Stage::Completed => (STEPS.len(), false),
    }
}

/// When the letter that counts was signed.
fn signed_at(stored: &Stored) -> Option<NaiveDateTime> {
    let newest = stored.letters.first()?;
    // A letter that ended with its request was signed all the same.
    newest.signed_at.filter(|_| newest.state.is_signed() || stored.request.stage == Stage::Canceled)
}

/// The day that stands on a letter that was signed elsewhere.
fn signed_on_paper(stored: &Stored) -> Option<String> {
    let loa = stored.letters.first().filter(|loa| loa.mode == LoaMode::Paper)?;
    loa.signed_on.map(day_with_year)
}

/// Whether the losing carrier got this attempt, and not only an earlier one.
fn has_reached_carrier(request: &PortRequest) -> bool {
    request.sent_to_carrier_at.zip(request.sent_at).is_some_and(|(carrier, sent)| sent <= carrier)
}

fn days(stored: &Stored, house: &House, clocks: Clocks, at: usize) -> [Option<String>; 5] {
    let request = &stored.request;
    let to_carrier = request.sent_to_carrier_at.filter(|_| has_reached_carrier(request)).map(|at| clocks.day(at));
    let foc = request.foc().map(|foc| {
        let day = house.zone(&foc.zone).date(foc.starts_at);
        day_with_year(day)
    });
    let moved = match request.stage {
        Stage::Completed => request.closed_at.map(|at| clocks.day(at)),
        Stage::PartiallyPorted => Some(format!("{} of {}", request.ported_count, now::numbers(request.number_count))),
        Stage::FocScheduled => foc.as_ref().map(|day| format!("due {day}")),
        _ => None,
    };
    let with_carrier = match at {
        3 => to_carrier.as_ref().map(|day| format!("since {day}")),
        4.. => to_carrier.clone(),
        _ => None,
    };
    let signed = signed_at(stored).map(|at| signed_on_paper(stored).unwrap_or_else(|| clocks.day(at)));
    [request.sent_at.map(|at| clocks.day(at)), signed, to_carrier, with_carrier, moved]
}

/// What happened, newest first.
pub fn history(stored: &Stored, house: &House, clocks: Clocks) -> Vec<HistoryEntry> {
    let entry = |event: &Event| HistoryEntry {
        title: title(event, &stored.request.losing_carrier),
        when: clocks.moment(event.happened_at),
        datetime: now::machine_time(event.happened_at),
        by: Some(match event.actor_side.as_str() {
            "desk" => format!("{}, {}", event.actor_name, house.brand.name),
            _ => event.actor(&house.brand.name).to_owned(),
        }),
        detail: Some(event.note.clone()).filter(|note| !note.is_empty()),
    };
    stored.history.iter().map(entry).collect()
}

fn title(event: &Event, carrier: &str) -> String {
    let known = match event.event.as_str() {
        "started" => "Draft started",
        "deleted" => "Draft deleted",
        "restored" => "Draft brought back",
        "sent" => "Request sent",
        "changed" => "Details changed",
        "signature_declined" => "Signature declined",
        "loa_uploaded" => "Signed letter uploaded",
        "resubmitted" => "Corrected and sent again",
        "document_added" => "Document added",
        "sent_to_carrier" => return format!("Sent to {carrier}"),
        "foc_set" => "Move date set",
        "foc_changed" => "Move date changed",
        "described" => "Update from the desk",
        "order_number_changed" => "Order at the carrier",
        "description_changed" => "Update from the desk changed",
        "description_removed" => "Update from the desk taken away",
        "rejected" => "Rejected",
        "canceled" => "Canceled",
        "partially_ported" => "Some numbers moved",
        "completed" => "All numbers moved",
        other => loa_events::title(other).unwrap_or("Updated"),
    };
    known.to_owned()
}
