//! What holds for the letters about a letter of authorization beside the rules for all.

use insta::assert_snapshot;
use portdesk::mail::letters::*;
use portdesk::mail::{Letter, LetterKind, PRIVATE_CODE_MARKER};

use super::loa_seed::{MASKED, SIGNER, answered, asked, facts, letter, reminder, replaced, signed};
use super::same_facts::assert_same;
use super::seed::{REQUEST, TO};

const ANSWERS: [(&str, Answer<'_>); 7] = [
    ("declined", Answer::Declined),
    ("correction", Answer::Correction),
    ("wrong_person", Answer::WrongPerson { proposed: None }),
    ("wrong_person_named", Answer::WrongPerson { proposed: Some("Kim Wu") }),
    ("reported", Answer::Reported),
    ("paper", Answer::Paper),
    ("wants_new_link", Answer::WantsNewLink),
];

/// Both parts say the same, and the text reads as before.
#[track_caller]
fn check(name: &str, letter: &Letter) {
    assert_same(letter);
    assert_snapshot!(name, format!("Subject: {}\n\n{}", letter.subject, letter.text));
}

#[test]
fn a_request_says_why_it_comes_again() {
    let loa = facts(REQUEST);
    for (name, why) in [
        ("again", Why::Again),
        ("new_link", Why::NewLink),
        ("changed", Why::Changed),
        ("corrected", Why::Corrected),
        ("signed_before", Why::SignedBefore(ReplacedBecause::DetailsChanged)),
    ] {
        let asked = LoaRequest { why, note: None, masked_numbers: &MASKED[..1], ..asked(loa) };
        check(&format!("loa_request_{name}"), &loa_request(SIGNER, &asked));
    }
}

#[test]
fn the_last_reminder_says_so() {
    let loa = facts(REQUEST);
    let last = loa_reminder(SIGNER, &reminder(loa, true));
    check("loa_reminder_last", &last);
    let early = loa_reminder(SIGNER, &reminder(loa, false));
    assert!(last.text.contains("This is the last reminder.") && !early.text.contains("last reminder"));
}

#[test]
fn numbers_are_counted_beside_those_that_are_shown() {
    let told = |number_count, masked_numbers| {
        let loa = LoaFacts { number_count, ..facts(REQUEST) };
        loa_request(SIGNER, &LoaRequest { masked_numbers, ..asked(loa) }).text
    };
    assert!(told(14, &MASKED).contains("Numbers: (212) •••-••42, (212) •••-••43, (646) •••-••87 and 11 more\n"));
    assert!(told(2, &MASKED[..2]).contains("Numbers: (212) •••-••42, (212) •••-••43\n"));
    let one = told(1, &MASKED[..1]);
    assert!(one.contains("may move 1 phone number from") && !one.contains("1 phone numbers"), "{one}");
}

#[test]
fn a_subject_to_the_signer_names_no_person() {
    for kind in LetterKind::ALL {
        if !kind.code().starts_with("loa_") {
            continue;
        }
        let letter = letter(kind, REQUEST);
        let subject = letter.subject.as_str();
        let names = ["Dana", "Ruiz", "Lee", "Park", "212", "•"].iter().any(|word| subject.contains(word));
        assert!(letter.to != SIGNER || !names, "{subject}");
    }
}

#[test]
fn who_asks_to_sign_never_asks_for_money_or_passwords_and_says_so() {
    for kind in [LetterKind::LoaRequest, LetterKind::LoaReminder] {
        let text = letter(kind, REQUEST).text;
        assert!(text.contains("We never ask for a card number or a password."), "{text}");
        assert!(text.contains("do you not know of this? Say so on the same page"), "{text}");
        assert!(text.contains("write to help@portdesk.example"), "{text}");
    }
}

#[test]
fn a_code_stands_as_its_marker_and_never_in_the_subject() {
    for kind in LetterKind::ALL {
        assert_eq!(super::seed::letter(kind, REQUEST).needs_private_code(), kind == LetterKind::LoaCode, "{kind:?}");
    }
    let stored = letter(LetterKind::LoaCode, REQUEST);
    let sent = stored.with_private_code("482 913");
    assert!(!sent.needs_private_code() && !sent.html.contains(PRIVATE_CODE_MARKER));
    assert!(sent.text.contains("Your code: 482 913\n") && sent.html.contains(">482 913</strong>"));
    assert_eq!(sent.subject.as_str(), "Your code to read the letter for Northgate Dental");
}

#[test]
fn a_replaced_letter_tells_what_counts_no_longer_and_what_follows() {
    let base = replaced(facts(REQUEST));
    let other = LoaReplaced { because: ReplacedBecause::OtherSigner, ..base };
    check("loa_replaced_other_signer", &loa_replaced(SIGNER, &other));
    let old = LoaReplaced { because: ReplacedBecause::TooOld, was_signed: true, ..base };
    check("loa_replaced_too_old", &loa_replaced(SIGNER, &old));
}

#[test]
fn a_signature_made_otherwise_is_no_cancellation() {
    let facts = LoaWithdrawn { loa: facts(REQUEST), because: WithdrawnBecause::SignedOtherwise };
    let letter = loa_withdrawn(SIGNER, &facts);
    check("loa_withdrawn_signed_otherwise", &letter);
    assert!(!letter.text.contains("canceled"), "{}", letter.text);
}

#[test]
fn a_signed_letter_says_attached_only_when_it_is() {
    let facts = facts(REQUEST);
    let small = signed(facts, REQUEST);
    assert!(small.is_attached() && loa_signed(SIGNER, &small).text.contains("Attached are"));
    let letter = LoaPdf { size: 10 * 1024 * 1024, ..small.letter };
    let large = LoaSigned { letter, ..small };
    assert!(!large.is_attached());
    let letter = loa_signed(SIGNER, &large);
    check("loa_signed_too_large", &letter);
    assert!(!letter.text.contains("ttached"), "{}", letter.text);
}

#[test]
fn a_letter_of_a_request_without_a_name_is_named_by_the_company() {
    let letter = loa_signed(SIGNER, &LoaSigned { request_name: None, ..signed(facts(REQUEST), REQUEST) });
    assert_eq!(letter.subject.as_str(), "Signed: letter of authorization for Northgate Dental (PR-7Q4M2-XKD9B)");
}

#[test]
fn who_signs_for_themselves_is_told_as_such() {
    let loa = LoaFacts { signer: "Lee Park", ..facts(REQUEST) };
    let letter = loa_signed(SIGNER, &signed(loa, REQUEST));
    assert!(letter.text.contains("confirms a move date. We tell you."), "{}", letter.text);
}

#[test]
fn every_answer_tells_the_requester_what_to_do() {
    for (name, what) in ANSWERS {
        let letter = loa_answered(TO, &answered(REQUEST, what));
        check(&format!("loa_answered_{name}"), &letter);
        let page = "Choose what to do:\nhttps://desk.portdesk.example/port-requests/PR-7Q4M2-XKD9B/loa\n";
        assert!(letter.text.contains(page), "{}", letter.text);
    }
    let silent = LoaAnswered { words: None, ..answered(REQUEST, Answer::Declined) };
    assert!(!loa_answered(TO, &silent).text.contains("In their words"));
}

#[test]
fn secrets_in_free_words_are_not_mailed() {
    let note = Some("My PIN is 86753 and the account is 99887766B.");
    let asked = loa_request(SIGNER, &LoaRequest { note, ..asked(facts(REQUEST)) });
    let answer = loa_answered(TO, &LoaAnswered { words: note, ..answered(REQUEST, Answer::Correction) });
    for letter in [asked, answer] {
        for part in [&letter.text, &letter.html] {
            assert!(part.contains("My PIN is ••••"), "{part}");
            assert!(!part.contains("86753") && !part.contains("99887766B"), "{part}");
        }
    }
}
