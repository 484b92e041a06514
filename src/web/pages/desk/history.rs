//! What happened to a request, in the words of the desk.

use super::words::Moment;
use crate::{
    domain::time_zone::TimeZone,
    store::history::Event,
    web::{loa_events, parts::HistoryEntry},
};

/// The lines of a request's history, also those that customers do not see.
pub fn entries(events: &[Event], zone: TimeZone, brand: &str) -> Vec<HistoryEntry> {
    events.iter().map(|event| entry(event, zone, brand)).collect()
}

fn entry(event: &Event, zone: TimeZone, brand: &str) -> HistoryEntry {
    let when = Moment::new(zone, event.happened_at);
    let side = match event.actor_side.as_str() {
        "desk" => "desk",
        "customer" => "customer",
        _ => "automatic",
    };
    let seen = if event.visible { "" } else { ", only the desk sees this" };
    HistoryEntry {
        title: title(event).to_owned(),
        when: when.text,
        datetime: when.datetime,
        by: Some(format!("{} ({side}{seen})", event.actor(brand))),
        detail: Some(event.note.clone()).filter(|note| !note.is_empty()),
    }
}

fn title(event: &Event) -> &str {
    match event.event.as_str() {
        "started" => "Started",
        "sent" => "Sent to us",
        "changed" => "Details changed by the customer",
        "signature_declined" => "Signer declined",
        "loa_uploaded" => "Signed letter uploaded, not e-signed here",
        "resubmitted" => "Corrected and sent again",
        "document_added" => "Document added",
        "mailbox_confirmed" => "Mailbox confirmed",
        "letter_compared" => "Day on the letter recorded",
        "assigned" => "Assigned",
        "order_number_changed" => "Order at the carrier",
        "description_changed" => "Description of the current action changed",
        "description_removed" => "Description of the current action taken away",
        "described" => "Current action described",
        "sent_to_carrier" => "Sent to the carrier",
        "foc_set" => "FOC set",
        "foc_changed" => "FOC changed",
        "completed" => "Completed",
        "partially_ported" => "Moved in part",
        "rejected" => "Rejected",
        "canceled" => "Canceled",
        "secrets_revealed" => "PINs and account number shown",
        "mail_sent_again" => "E-mail sent again",
        other => loa_events::title(other).unwrap_or(other),
    }
}
