//! Every letter once as a whole, and the rules that hold for all of them.

use insta::assert_snapshot;
use portdesk::mail::letters::{
    AfterConfirming, Canceled, Completed, Kinds, PartiallyCompleted, PortRequestFacts, Rejected, RejectionPoint,
    RequestReceived, canceled, completed, partially_completed, rejected, request_received,
};
use portdesk::mail::{Letter, LetterKind, PRIVATE_LINK_MARKER};

use super::seed::{BRAND, REQUEST, letter, unconfirmed};

#[test]
fn every_letter_reads_as_before() {
    for kind in LetterKind::ALL {
        let letter = letter(kind, REQUEST);
        let head = format!("To: {}\nSubject: {}", letter.to, letter.subject);
        assert_snapshot!(format!("{}_text", kind.code()), format!("{head}\n\n{}", letter.text));
        assert_snapshot!(format!("{}_html", kind.code()), letter.html);
    }
}

/// Letters to people who may have no account, or about no one request.
const OTHERS: [LetterKind; 12] = [
    LetterKind::DraftSaved,
    LetterKind::Invitation,
    LetterKind::PasswordReset,
    LetterKind::NewSignIn,
    LetterKind::LoaRequest,
    LetterKind::LoaReminder,
    LetterKind::LoaCode,
    LetterKind::LoaReplaced,
    LetterKind::LoaWithdrawn,
    LetterKind::SealProblem,
    LetterKind::ConfirmMailbox,
    LetterKind::NewStatusLink,
];

/// Letters after which there is nothing to do, or something on a page that is open.
const WITHOUT_LINK: [LetterKind; 3] = [LetterKind::LoaCode, LetterKind::LoaReplaced, LetterKind::LoaWithdrawn];

fn request_letters(request: PortRequestFacts<'_>) -> Vec<Letter> {
    let of_request = |kind: &LetterKind| !OTHERS.contains(kind) && *kind != LetterKind::LoaSigned;
    LetterKind::ALL.into_iter().filter(of_request).map(|kind| letter(kind, request)).collect()
}

#[test]
fn a_request_letter_names_the_request_and_ends_its_subject_with_the_sid() {
    for letter in request_letters(REQUEST) {
        let subject = letter.subject.as_str();
        assert!(subject.contains("Front desk lines"), "{subject}");
        assert!(subject.ends_with(" (PR-7Q4M2-XKD9B)"), "{subject}");
    }
    let unnamed = PortRequestFacts { name: None, ..REQUEST };
    for letter in request_letters(unnamed) {
        let subject = letter.subject.as_str();
        assert!(subject.contains("your port-in request"), "{subject}");
        assert!(!letter.text.contains("Request: "), "{}", letter.text);
    }
}

#[test]
fn a_long_name_leaves_room_for_the_sid() {
    let name = "ü".repeat(300);
    for letter in request_letters(PortRequestFacts { name: Some(&name), ..REQUEST }) {
        let subject = letter.subject.as_str();
        assert!(subject.contains('…') && subject.ends_with("(PR-7Q4M2-XKD9B)"), "{subject}");
        assert!(subject.chars().count() < 200, "{subject}");
    }
}

#[test]
fn one_number_is_one_number() {
    for letter in request_letters(PortRequestFacts { number_count: 1, ..REQUEST }) {
        assert!(!letter.text.contains("1 numbers"), "{}", letter.text);
    }
}

#[test]
fn markup_in_names_stays_text() {
    let hostile = "<img src=x onerror=alert(1)> & \"Co\"";
    let request = PortRequestFacts { name: Some(hostile), losing_carrier: hostile, location: hostile, ..REQUEST };
    for letter in request_letters(request) {
        assert!(!letter.html.contains("<img"), "{}", letter.html);
        assert!(letter.text.contains(hostile), "{}", letter.text);
    }
}

#[test]
fn the_html_loads_nothing_and_tracks_nobody() {
    for kind in LetterKind::ALL {
        let html = letter(kind, REQUEST).html;
        for word in ["<img", "<script", "<link", "@import", "url(", "utm_", "http-equiv", "<form"] {
            assert!(!html.contains(word), "{word} in {kind:?}");
        }
        let links = usize::from(!WITHOUT_LINK.contains(&kind));
        assert_eq!(html.matches("class=\"button\"").count(), links, "one main link in {kind:?}");
        let ours = html.matches("href=\"https://desk.portdesk.example/").count();
        let private = html.matches(&format!("href=\"{PRIVATE_LINK_MARKER}\"")).count();
        assert_eq!(html.matches("href=").count(), ours + private, "a foreign link in {kind:?}");
        assert!(html.contains("<html lang=\"en\">") && html.contains("color-scheme"));
    }
}

#[test]
fn private_links_stand_as_their_marker() {
    for kind in LetterKind::ALL {
        let letter = letter(kind, REQUEST);
        let private = [
            LetterKind::Invitation,
            LetterKind::PasswordReset,
            LetterKind::LoaRequest,
            LetterKind::LoaReminder,
            LetterKind::ConfirmMailbox,
            LetterKind::NewStatusLink,
        ]
        .contains(&kind);
        assert_eq!(letter.needs_private_link(), private, "{kind:?}");
    }
    let public = PortRequestFacts { by_private_link: true, ..REQUEST };
    for letter in request_letters(public) {
        let sent = letter.with_private_link("https://desk.portdesk.example/status/abc");
        assert!(!sent.needs_private_link() && !sent.html.contains(PRIVATE_LINK_MARKER));
        assert!(!sent.text.contains("/port-requests/PR-7Q4M2-XKD9B\n"), "strangers have no such page");
    }
}

#[test]
fn a_letter_asks_nobody_to_mail_a_secret() {
    for letter in request_letters(REQUEST) {
        assert!(letter.text.contains("Keep PINs and Social Security digits out of email."));
    }
}

#[test]
fn the_old_account_is_canceled_last() {
    let text = letter(LetterKind::Completed, REQUEST).text;
    let place = |words| text.find(words).unwrap_or_else(|| panic!("{words:?} is missing in\n{text}"));
    assert!(place("Call each number") < place("Send a text"));
    assert!(place("A2P 10DLC") < place("cancel your account with Verizon"));
    for kind in [LetterKind::RequestReceived, LetterKind::FocConfirmed, LetterKind::PartiallyCompleted] {
        assert!(letter(kind, REQUEST).text.contains("Do not cancel"), "{kind:?}");
    }
}

#[test]
fn an_account_with_numbers_that_stay_is_not_canceled() {
    let kinds = Kinds { us_local: true, ..Kinds::default() };
    let facts = Completed { request: REQUEST, moved_on: "Jun 9, 2026", kinds, leaves_carrier: false };
    let letter = completed("lee@northgate.example", &facts);
    for text in [&letter.text, &letter.html] {
        assert!(text.contains("have Verizon take only the numbers that moved off your account"), "{text}");
        assert!(text.contains("Keep the account for the numbers that stay."), "{text}");
        assert!(!text.contains("cancel your account"), "{text}");
    }
}

#[test]
fn the_checks_after_a_move_fit_the_numbers() {
    let text = |kinds| {
        let facts = Completed { request: REQUEST, moved_on: "Jun 9, 2026", kinds, leaves_carrier: true };
        completed("lee@northgate.example", &facts).text
    };
    let (local, free) = ("A2P 10DLC", "toll-free verification");
    let foreign = "Numbers outside the US";
    for (kinds, told) in [
        (Kinds { us_local: true, ..Kinds::default() }, [true, false, false]),
        (Kinds { toll_free: true, ..Kinds::default() }, [false, true, false]),
        (Kinds { us_local: true, foreign: true, ..Kinds::default() }, [true, false, true]),
    ] {
        let text = text(kinds);
        assert_eq!([local, free, foreign].map(|words| text.contains(words)), told, "{text}");
        assert!(text.contains("\n3. ") && text.contains("4. Last of all") || told[2], "{text}");
    }
}

#[test]
fn a_corrected_request_is_another_letter() {
    let facts = RequestReceived {
        request: REQUEST,
        attempt: 2,
        corrected: &["Account number does not match", "ZIP/postal code does not match"],
        first: None,
        review_time: "1 business day",
        carrier_time: "3 to 7 business days",
    };
    let letter = request_received("lee@northgate.example", &facts);
    assert_snapshot!("request_received_again_text", format!("Subject: {}\n\n{}", letter.subject, letter.text));
    assert_snapshot!("request_received_again_html", letter.html);
}

#[test]
fn a_mailbox_is_told_what_its_link_begins() {
    for (name, then) in [("open", AfterConfirming::FormOpens), ("at_once", AfterConfirming::GoesToCarrier)] {
        let letter = unconfirmed(REQUEST, then);
        let text = format!("Subject: {}\n\n{}", letter.subject, letter.text);
        assert_snapshot!(format!("confirm_mailbox_{name}_text"), text);
        assert_snapshot!(format!("confirm_mailbox_{name}_html"), letter.html);
    }
}

#[test]
fn a_single_reason_is_the_subject() {
    let points = &[RejectionPoint { title: "The bill is 95 days old.", what_to_do: "Upload the newest bill." }];
    let letter =
        rejected("lee@northgate.example", &Rejected { request: REQUEST, by_carrier: false, points, ours: &[] });
    assert_eq!(letter.subject.as_str(), "Action needed for Front desk lines: The bill is 95 days old (PR-7Q4M2-XKD9B)");
    assert!(letter.text.contains("cannot send it to Verizon yet"));
    assert!(letter.text.contains("https://desk.portdesk.example/port-requests/PR-7Q4M2-XKD9B/fix"));
}

#[test]
fn many_remaining_numbers_are_counted() {
    let numbers: Vec<String> = (100..125).map(|n| format!("(646) 555-0{n}")).collect();
    let remaining: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let facts = PartiallyCompleted {
        request: PortRequestFacts { number_count: 30, ..REQUEST },
        moved: 5,
        moved_on: "Tuesday, June 9, 2026",
        remaining: &remaining,
        next_window: None,
    };
    let text = partially_completed("lee@northgate.example", &facts).text;
    assert!(text.contains("(646) 555-0109\n- and 15 more\n"), "{text}");
    assert!(!text.contains("555-0110"), "{text}");
}

#[test]
fn a_late_cancel_tells_what_had_moved() {
    let facts = Canceled {
        request: REQUEST,
        by: BRAND.brand,
        canceled_on: "Wednesday, June 3, 2026",
        reason: None,
        moved: 9,
        restart_url: "https://desk.portdesk.example/port-requests/new",
    };
    let text = canceled("lee@northgate.example", &facts).text;
    assert!(text.contains("9 of 12 numbers had moved before and stay in Northgate Dental."), "{text}");
    assert!(!text.contains("Nothing has moved") && !text.contains("Reason:"), "{text}");
}

#[test]
fn secrets_typed_into_a_reason_are_not_mailed() {
    let points = &[RejectionPoint {
        title: "Verizon refused PIN 86753 for (646) 555-0187",
        what_to_do: "The account number 99887766B does not go with SSN 123-45-6789.",
    }];
    let no = rejected("lee@northgate.example", &Rejected { request: REQUEST, by_carrier: true, points, ours: &[] });
    let facts = Canceled {
        request: REQUEST,
        by: "Lee Park",
        canceled_on: "Wednesday, June 3, 2026",
        reason: Some("My PIN is 86753 and my account is 99887766B."),
        moved: 0,
        restart_url: "https://desk.portdesk.example/port-requests/new",
    };
    for letter in [no, canceled("lee@northgate.example", &facts)] {
        for part in [letter.subject.as_str(), &letter.text, &letter.html] {
            for planted in ["86753", "99887766B", "6789"] {
                assert!(!part.contains(planted), "{planted} in {part}");
            }
        }
        assert!(letter.kind != LetterKind::Rejected || letter.text.contains("(646) 555-0187"));
    }
}
