//! Who was quicker, when a form was read before somebody else decided.

use chrono::NaiveDateTime;

use super::words;
use crate::{domain::people::Reviewer, store::history::Event};

/// "Sam rejected this 1 minute ago."
pub fn sentence(history: &[Event], reviewer: &Reviewer, brand: &str, now: NaiveDateTime) -> String {
    let Some(event) = newest_change(history) else {
        return "This was changed since you opened it.".to_owned();
    };
    let who = if event.actor_id == Some(reviewer.person.id) { "You" } else { event.actor(brand) };
    format!("{who} {} {}.", did(&event.event), words::ago(event.happened_at, now))
}

/// The newest line about a change of the request itself; looking and mailing change nothing in it.
fn newest_change(history: &[Event]) -> Option<&Event> {
    history.iter().find(|event| !matches!(event.event.as_str(), "secrets_revealed" | "mail_sent_again"))
}

fn did(event: &str) -> &'static str {
    match event {
        "assigned" => "changed who works on this",
        "order_number_changed" => "changed the carrier order number",
        "description_changed" => "changed the description of the current action",
        "description_removed" => "took away the description of the current action",
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
