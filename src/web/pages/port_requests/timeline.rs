//! The way of a request: its five steps, and everything that happened on it.

use chrono::NaiveDateTime;

use super::show::{Stored, in_short};
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

/// A step of the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Sent,
    Signed,
    Checked,
    WithCarrier,
    Moved,
}

/// How a step looks: its place against where the request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Done,
    Current,
    Stopped,
    Coming,
}

impl Step {
    /// The steps of a request. Whoever has no account brings a letter that is signed already.
    const fn way(is_manual: bool) -> [Self; 5] {
        let [first, second] = if is_manual { [Self::Signed, Self::Sent] } else { [Self::Sent, Self::Signed] };
        [first, second, Self::Checked, Self::WithCarrier, Self::Moved]
    }

    /// What it is called: as done only once it is.
    fn label(self, state: State, request: &PortRequest) -> &'static str {
        match (self, state) {
            (Self::Sent, _) => "Sent",
            (Self::Signed, State::Done) if request.is_manual() => "Letter signed",
            (Self::Signed, State::Done) => "Signed",
            (Self::Signed, _) => "To be signed",
            (Self::Checked, State::Done) => "Checked",
            (Self::Checked, State::Current) => "Being checked",
            (Self::Checked, _) => "Check",
            (Self::WithCarrier, _) => "With carrier",
            (Self::Moved, State::Done) => "Moved",
            // It says beside it how many.
            (Self::Moved, State::Current) if request.stage == Stage::PartiallyPorted => "Moved",
            (Self::Moved, _) => "Move",
        }
    }

    fn when(self, days: &Days) -> Option<String> {
        match self {
            Self::Sent => days.sent.clone(),
            Self::Signed => days.signed.clone(),
            Self::Checked => days.checked.clone(),
            Self::WithCarrier => days.with_carrier.clone(),
            Self::Moved => days.moved.clone(),
        }
    }
}

impl State {
    const fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Current => "current",
            Self::Stopped => "stopped",
            Self::Coming => "todo",
        }
    }
}

/// The five steps with their days.
pub fn progress(stored: &Stored, house: &House, clocks: Clocks) -> Vec<ProgressStep> {
    let request = &stored.request;
    let (at, is_stopped) = position(request, signed_at(stored).is_some());
    let days = Days::of(stored, house, clocks, at);
    let state = |place: usize| match place {
        place if place < at => State::Done,
        place if place == at && is_stopped => State::Stopped,
        place if place == at => State::Current,
        _ => State::Coming,
    };
    let step = |(place, step): (usize, Step)| {
        let state = state(place);
        ProgressStep {
            label: step.label(state, request).to_owned(),
            when: if state == State::Stopped { Some(stopped(request, clocks)) } else { step.when(&days) },
            state: state.code().to_owned(),
        }
    };
    Step::way(request.is_manual()).into_iter().enumerate().map(step).collect()
}

/// Since when it goes no further, and whether for good.
fn stopped(request: &PortRequest, clocks: Clocks) -> String {
    let what = if request.stage == Stage::Canceled { "Canceled" } else { "Stopped" };
    format!("{what} {}", clocks.day(request.stage_since))
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
        Stage::Completed => (5, false),
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

/// What is told beside each step.
struct Days {
    sent: Option<String>,
    signed: Option<String>,
    checked: Option<String>,
    with_carrier: Option<String>,
    moved: Option<String>,
}

impl Days {
    fn of(stored: &Stored, house: &House, clocks: Clocks, at: usize) -> Self {
        let request = &stored.request;
        let to_carrier = request.sent_to_carrier_at.filter(|_| has_reached_carrier(request)).map(|at| clocks.day(at));
        Self {
            sent: request.sent_at.map(|at| clocks.day(at)),
            signed: signed_at(stored).map(|at| signed_on_paper(stored).unwrap_or_else(|| clocks.day(at))),
            with_carrier: match at {
                3 => to_carrier.as_ref().map(|day| format!("since {day}")),
                4.. => to_carrier.clone(),
                _ => None,
            },
            checked: to_carrier,
            moved: moved(request, house, clocks),
        }
    }
}

fn moved(request: &PortRequest, house: &House, clocks: Clocks) -> Option<String> {
    match request.stage {
        Stage::Completed => request.closed_at.map(|at| clocks.day(at)),
        Stage::PartiallyPorted => Some(format!("{} of {}", request.ported_count, now::numbers(request.number_count))),
        Stage::FocScheduled => {
            request.foc().map(|foc| format!("due {}", day_with_year(house.zone(&foc.zone).date(foc.starts_at))))
        }
        _ => None,
    }
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
        detail: Some(refused(stored, event).unwrap_or_else(|| event.note.clone())).filter(|note| !note.is_empty()),
    };
    stored.history.iter().map(entry).collect()
}

/// What was refused, in short: the contact of a manual request reads the rest above, and to all others it says nothing.
fn refused(stored: &Stored, event: &Event) -> Option<String> {
    if event.event != "rejected" || !stored.request.is_manual() {
        return None;
    }
    let same = stored.refusals.iter().filter(|reason| reason.set_at == event.happened_at);
    let told: Vec<String> = same.map(in_short).collect();
    (!told.is_empty()).then(|| told.join(" "))
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
