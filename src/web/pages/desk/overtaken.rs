//! Who was quicker, when a form was read before somebody else decided.

use chrono::{Duration, NaiveDateTime};

use super::words;
use crate::{domain::people::Reviewer, store::history::Event};

/// Two arrivals of one form within this time are a double click.
const ONE_CLICK: Duration = Duration::seconds(10);

/// "Sam rejected this 1 minute ago. What you typed is below."
pub fn sentence(history: &[Event], reviewer: &Reviewer, now: NaiveDateTime) -> String {
    let Some(event) = newest_change(history) else {
        return "This was changed since you opened it. What you typed is below.".to_owned();
    };
    let is_own = event.actor_side == "desk" && event.actor_name == reviewer.person.name;
    let who = if is_own { "You" } else { &event.actor_name };
    format!("{who} {} {}. What you typed is below.", did(&event.event), words::ago(event.happened_at, now))
}

/// Whether the form that was just sent is the second half of a double click: its reviewer did this a moment ago.
pub fn is_second_click(history: &[Event], reviewer: &Reviewer, events: &[&str], now: NaiveDateTime) -> bool {
    newest_change(history).is_some_and(|event| {
        events.contains(&event.event.as_str())
            && event.actor_name == reviewer.person.name
            && now - event.happened_at < ONE_CLICK
    })
}

/// The newest line about a change of the request itself; looking and mailing change nothing in it.
fn newest_change(history: &[Event]) -> Option<&Event> {
    history.iter().find(|event| !matches!(event.event.as_str(), "secrets_revealed" | "mail_sent_again"))
}

fn did(event: &str) -> &'static str {
    match event {
        "assigned" => "changed who works on this",
        "described" => "described the current action",
        "sent_to_carrier" => "sent this to the carrier",
        "foc_set" => "set the FOC of this",
        "foc_changed" => "changed the FOC of this",
        "completed" => "completed this",
        "partially_ported" => "noted that some numbers moved",
        "rejected" => "rejected this",
        "resubmitted" => "corrected this and sent it again",
        "canceled" => "canceled this",
        _ => "changed this",
    }
}
