//! One of each letter about one request, in the words of the trade.

use portdesk::mail::letters::*;
use portdesk::mail::{Letter, LetterKind};

use super::loa_seed as loa;

pub const BRAND: BrandFacts<'_> = BrandFacts {
    brand: "Portdesk",
    support_email: "help@portdesk.example",
    base_url: "https://desk.portdesk.example",
    accent: "#0B5A6F",
};

pub const REQUEST: PortRequestFacts<'_> = PortRequestFacts {
    brand: BRAND,
    name: Some("Front desk lines"),
    sid: "PR-7Q4M2-XKD9B",
    losing_carrier: "Verizon",
    number_count: 12,
    location: "Northgate Dental",
    by_private_link: false,
};

pub const TO: &str = "lee@northgate.example";
const EVERY_KIND: Kinds = Kinds { us_local: true, toll_free: true, foreign: true };
const POINTS: &[RejectionPoint<'_>] = &[
    RejectionPoint {
        title: "Verizon refused the PIN for (646) 555-0187",
        what_to_do: "Ask Verizon for a new transfer PIN. Some stop working after a few days.",
    },
    RejectionPoint {
        title: "The ZIP code does not match the account",
        what_to_do: "Use the ZIP code that the bill shows.",
    },
];

/// The letter of that kind about `request`.
pub fn letter(kind: LetterKind, request: PortRequestFacts<'_>) -> Letter {
    match kind {
        LetterKind::DraftSaved => waiting(request),
        LetterKind::RequestReceived => received(request),
        LetterKind::SentToCarrier => sent(request),
        LetterKind::FocConfirmed => confirmed(request),
        LetterKind::FocChanged => changed(request),
        LetterKind::Completed => {
            let facts =
                Completed { request, moved_on: "Tuesday, June 9, 2026", kinds: EVERY_KIND, leaves_carrier: true };
            completed(TO, &facts)
        }
        LetterKind::PartiallyCompleted => in_part(request),
        LetterKind::Rejected => rejected(TO, &Rejected { request, by_carrier: true, points: POINTS, ours: &[] }),
        LetterKind::Canceled => ended(request),
        LetterKind::Invitation => invited(),
        LetterKind::PasswordReset => reset(),
        LetterKind::NewSignIn => signed_in(),
        LetterKind::ConfirmMailbox => unconfirmed(request, AfterConfirming::IsChecked),
        LetterKind::NewStatusLink => linked(PortRequestFacts { by_private_link: true, ..request }),
        _ => loa::letter(kind, request),
    }
}

fn waiting(request: PortRequestFacts<'_>) -> Letter {
    draft_saved(
        TO,
        &DraftSaved {
            brand: BRAND,
            sid: request.sid,
            name: request.name,
            location: request.location,
            saved_on: "Jun 2, 2026",
            next_step: "Contact information",
            deleted_on: "Jul 17, 2026",
            is_last: request.name.is_none(),
        },
    )
}

fn received(request: PortRequestFacts<'_>) -> Letter {
    request_received(
        TO,
        &RequestReceived {
            request,
            attempt: 1,
            corrected: &[],
            first: Some(FirstMove::Signer("Dana Ruiz")),
            review_time: "1 business day",
            carrier_time: "3 to 7 business days",
        },
    )
}

fn sent(request: PortRequestFacts<'_>) -> Letter {
    sent_to_carrier(
        TO,
        &SentToCarrier { request, sent_on: "Tuesday, June 2, 2026", carrier_time: "3 to 7 business days" },
    )
}

fn confirmed(request: PortRequestFacts<'_>) -> Letter {
    foc_confirmed(
        TO,
        &FocConfirmed {
            request,
            moving: request.number_count,
            window: "Tue, Jun 9, 2026, 10:00 AM–2:00 PM EDT",
            calendar_url: Some("https://desk.portdesk.example/port-requests/PR-7Q4M2-XKD9B/move.ics"),
        },
    )
}

fn changed(request: PortRequestFacts<'_>) -> Letter {
    foc_changed(
        TO,
        &FocChanged {
            request,
            moving: 3,
            window: "Wed, Jun 10, 2026, 10:00 AM–2:00 PM EDT",
            old_window: "Tue, Jun 9, 2026, 10:00 AM–2:00 PM EDT",
            calendar_url: None,
        },
    )
}

fn in_part(request: PortRequestFacts<'_>) -> Letter {
    partially_completed(
        TO,
        &PartiallyCompleted {
            request,
            moved: 9,
            moved_on: "Tuesday, June 9, 2026",
            remaining: &["(646) 555-0187", "(646) 555-0188", "(646) 555-0189"],
            next_window: Some("Thu, Jun 11, 2026, 10:00 AM–2:00 PM EDT"),
        },
    )
}

fn ended(request: PortRequestFacts<'_>) -> Letter {
    canceled(
        TO,
        &Canceled {
            request,
            by: "Lee Park",
            canceled_on: "Wednesday, June 3, 2026",
            reason: Some("We keep the lines where they are."),
            moved: 0,
            restart_url: "https://desk.portdesk.example/port-requests/new",
        },
    )
}

/// Only requests without an account have such links.
fn linked(request: PortRequestFacts<'_>) -> Letter {
    new_status_link(TO, &NewStatusLink { request, status: "In Review" })
}

/// What a mailbox is asked, by what begins then.
pub fn unconfirmed(request: PortRequestFacts<'_>, then: AfterConfirming) -> Letter {
    confirm_mailbox(TO, &ConfirmMailbox { brand: BRAND, sid: request.sid, until: "Tuesday, June 9, 2026", then })
}

fn invited() -> Letter {
    invitation(
        TO,
        &Invitation {
            brand: BRAND,
            invited_by: Some("Dana Ruiz"),
            account: Some("Northgate Dental"),
            role: "a manager",
            role_means: "Managers send port-in requests and see their own.",
            expires: "Tuesday, June 9, 2026, 10:00 AM EDT",
        },
    )
}

fn reset() -> Letter {
    password_reset(
        TO,
        &PasswordReset {
            brand: BRAND,
            asked_at: "Tuesday, June 2, 2026, at 9:00 AM EDT",
            expires: "Tuesday, June 2, 2026, 10:00 AM EDT",
        },
    )
}

fn signed_in() -> Letter {
    new_sign_in(
        TO,
        &NewSignIn {
            brand: BRAND,
            at: "Tuesday, June 2, 2026, at 9:00 AM EDT",
            device: "Firefox on Windows",
            security_url: "https://desk.portdesk.example/profile",
        },
    )
}
