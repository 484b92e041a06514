//! One of each letter about a letter of authorization.

use portdesk::mail::letters::*;
use portdesk::mail::{Letter, LetterKind};

use super::seed::TO;

pub const SIGNER: &str = "dana.ruiz@example.com";
pub const MASKED: [&str; 3] = ["(212) •••-••42", "(212) •••-••43", "(646) •••-••87"];

/// What the signer of `request` is told.
pub fn facts(request: PortRequestFacts<'_>) -> LoaFacts<'_> {
    LoaFacts {
        brand: request.brand,
        signer: "Dana Ruiz",
        requester: "Lee Park",
        company: request.location,
        provider: "Harbor Voice Inc.",
        losing_carrier: request.losing_carrier,
        number_count: request.number_count,
    }
}

/// The letter of that kind about `request`.
pub fn letter(kind: LetterKind, request: PortRequestFacts<'_>) -> Letter {
    let loa = facts(request);
    match kind {
        LetterKind::LoaRequest => loa_request(SIGNER, &asked(loa)),
        LetterKind::LoaReminder => loa_reminder(SIGNER, &reminder(loa, false)),
        LetterKind::LoaCode => loa_code(SIGNER, &LoaCode { loa }),
        LetterKind::LoaReplaced => loa_replaced(SIGNER, &replaced(loa)),
        LetterKind::LoaWithdrawn => loa_withdrawn(SIGNER, &LoaWithdrawn { loa, because: WithdrawnBecause::Canceled }),
        LetterKind::LoaSigned => loa_signed(SIGNER, &signed(loa, request)),
        LetterKind::LoaSignedCopy => {
            let signed_at = "Tuesday, June 2, 2026, at 9:00 AM EDT";
            loa_signed_copy(TO, &LoaSignedCopy { request, loa_id: "LOA-3F9KT-0QW7Z", signer: "Dana Ruiz", signed_at })
        }
        LetterKind::LoaAnswered => loa_answered(TO, &answered(request, Answer::Declined)),
        LetterKind::LoaExpired => {
            let expired_at = "Friday, June 5, 2026, 5:00 PM EDT";
            loa_expired(TO, &LoaExpired { request, signer: "Dana Ruiz", expired_at })
        }
        LetterKind::SealProblem => seal_problem(TO, &unsealed(request)),
        other => panic!("{other:?} is not about a letter of authorization"),
    }
}

pub fn asked(loa: LoaFacts<'_>) -> LoaRequest<'_> {
    LoaRequest {
        loa,
        masked_numbers: &MASKED,
        expires: "Friday, June 5, 2026, 5:00 PM EDT",
        note: Some("The move is planned for the week after your vacation."),
        why: Why::First,
    }
}

pub fn reminder(loa: LoaFacts<'_>, is_last: bool) -> LoaReminder<'_> {
    LoaReminder { loa, masked_numbers: &MASKED, by_day: "Jun 5", expires: "Friday, June 5, 2026, 5:00 PM EDT", is_last }
}

pub fn replaced(loa: LoaFacts<'_>) -> LoaReplaced<'_> {
    LoaReplaced { loa, because: ReplacedBecause::DetailsChanged, was_signed: false }
}

pub fn signed<'a>(loa: LoaFacts<'a>, request: PortRequestFacts<'a>) -> LoaSigned<'a> {
    LoaSigned {
        loa,
        loa_id: "LOA-3F9KT-0QW7Z",
        sid: request.sid,
        request_name: request.name,
        signed_at: "Tuesday, June 2, 2026, at 9:00 AM EDT",
        letter: LoaPdf { size: 81_204, sha256: "5b0a6f8f9c1e4c0e9d3f2a7b8c6d5e4f30112233445566778899aabbccddeeff" },
        certificate: LoaPdf {
            size: 40_112,
            sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        },
        chain_head: "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
        verify_url: "https://desk.portdesk.example/verify",
        check_code: "K7WX-3P9D",
    }
}

pub fn answered<'a>(request: PortRequestFacts<'a>, what: Answer<'a>) -> LoaAnswered<'a> {
    LoaAnswered { request, signer: "Dana Ruiz", what, words: Some("We stay where we are.") }
}

fn unsealed(request: PortRequestFacts<'_>) -> SealProblem<'_> {
    SealProblem {
        brand: request.brand,
        loa_id: "LOA-3F9KT-0QW7Z",
        sid: request.sid,
        signed_at: "Tuesday, June 2, 2026, at 9:00 AM EDT",
        what: "The certificate of the seal ended on May 31, 2026.",
    }
}
