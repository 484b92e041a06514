//! What stands on a letter in each case, and on how many pages.

use portdesk::domain::number_to_port::NumberKind;
use portdesk::letter::{LetterFacts, Mark, Strokes};

use super::samples::{business, canadian, mixed, numbers, provider, residential, signature, toll_free};
use super::tools::{PRESS, info, pages, words};

#[track_caller]
fn check_pages(facts: &LetterFacts, expected: usize) {
    let pages = pages(&PRESS.letter(facts, None).unwrap());
    assert_eq!(pages.len(), expected);
    for (index, page) in pages.iter().enumerate() {
        assert!(page.contains(&format!("Page {} of {expected}", index + 1)), "{page}");
        assert!(page.contains(facts.loa_id.as_str()), "{page}");
        assert!(page.contains(&facts.content_hash().unwrap().short()), "{page}");
        assert!(page.contains("Verify at desk.harborvoice.example/verify"), "{page}");
    }
}

#[test]
fn up_to_fifteen_numbers_stand_on_the_one_page() {
    check_pages(&residential(1), 1);
    check_pages(&business(15), 1);
    check_pages(&toll_free(15), 1);
    let text = words(&PRESS.letter(&business(15), None).unwrap());
    for number in business(15).numbers {
        assert!(text.contains(&number.number.dashed()), "{text}");
    }
    assert!(!text.contains("Attachment"), "{text}");
}

#[test]
fn more_numbers_are_attached_and_the_first_page_names_both_ends() {
    check_pages(&business(16), 2);
    let facts = business(1_000);
    let pdf = PRESS.letter(&facts, None).unwrap();
    let pages = pages(&pdf);
    let first = pages[0].split_whitespace().collect::<Vec<_>>().join(" ");
    let dashed = |at: usize| facts.numbers[at].number.dashed();
    assert!(
        first.contains("Numbers to transfer: 1,000 See attached: all 1,000 numbers are listed on Attachment A."),
        "{first}"
    );
    assert!(first.contains(&format!("First number: {}. Last number: {}.", dashed(0), dashed(999))), "{first}");
    assert!(first.contains("Authorized signature"), "the letter itself stays one page: {first}");
    assert!(pages[1].contains("Part of letter LOA-7Q4M2-XKD9B: Cascade Telephone, account 942561837-00001"));
    let attached: Vec<&str> = pages[1..].iter().flat_map(|page| page.split_whitespace()).collect();
    let expected: Vec<String> = facts.numbers.iter().map(|number| number.number.dashed()).collect();
    let listed: Vec<&str> = attached.into_iter().filter(|word| word.len() == 12 && word.starts_with("541-")).collect();
    assert_eq!(listed, expected, "every number, once, in order");
}

#[test]
fn ten_thousand_numbers_do_not_break_it() {
    let facts = business(10_000);
    let text = words(&PRESS.letter(&facts, None).unwrap());
    assert!(text.contains("Attachment A: numbers to transfer (10,000)"));
    assert!(facts.numbers.iter().all(|number| text.contains(&number.number.dashed())));
}

#[test]
fn residential_letters_name_the_person_and_business_letters_the_business() {
    let text = words(&PRESS.letter(&residential(2), None).unwrap());
    assert!(text.contains("Account type Residential") && text.contains("Account holder Dana Ruiz"), "{text}");
    assert!(!text.contains("Business name") && !text.contains("Title"), "{text}");
    let text = words(&PRESS.letter(&business(2), None).unwrap());
    assert!(text.contains("Business name Kline, Webb & Osei P.C."), "{text}");
    assert!(text.contains("Authorized person Dana Ruiz") && text.contains("Title Office manager"), "{text}");
    assert!(!text.contains("RespOrg") && !text.contains("Partial") && !text.contains("Transfer PIN"), "{text}");
}

#[test]
fn wireless_letters_say_that_the_pin_is_on_file() {
    let mut facts = residential(0);
    facts.numbers = numbers(NumberKind::Wireless, 2);
    let text = words(&PRESS.letter(&facts, None).unwrap());
    assert!(
        text.contains("Type of service Wireless") && text.contains("Transfer PIN On file, not printed here"),
        "{text}"
    );
}

#[test]
fn toll_free_letters_name_the_resp_org() {
    let text = words(&PRESS.letter(&toll_free(3), None).unwrap());
    assert!(text.contains("Port to RespOrg HBV01, Harbor Voice Inc. Statements"), "{text}");
    assert!(text.contains("I authorize Harbor Voice Inc. to change who manages the toll-free numbers"), "{text}");
    let text = words(&PRESS.letter(&LetterFacts { resp_org: None, ..toll_free(3) }, None).unwrap());
    assert!(!text.contains("RespOrg"), "nobody was named above: {text}");
}

#[test]
fn partial_letters_say_what_stays() {
    let mut facts = mixed();
    let text = words(&PRESS.letter(&facts, None).unwrap());
    assert!(text.contains("Only the numbers listed move."), "{text}");
    assert!(
        text.contains("New billing telephone number of the account: 541-232-0399. Numbers that stay: 541-232-0399"),
        "{text}"
    );
    assert!(
        text.contains("Landline or VoIP: 6") && text.contains("Wireless: 4") && text.contains("Toll-free: 2"),
        "{text}"
    );
    facts.partial_port.as_mut().unwrap().staying = (0..16).map(|at| super::samples::number(4_000 + at)).collect();
    let text = words(&PRESS.letter(&facts, None).unwrap());
    assert!(text.contains("The 16 numbers that stay are listed on Attachment A."), "{text}");
    assert!(text.contains("Attachment A: numbers that stay (16)"), "{text}");
    facts.numbers = numbers(NumberKind::Landline, 16);
    let text = words(&PRESS.letter(&facts, None).unwrap());
    assert!(text.contains("Attachment A: numbers to transfer (16)"), "{text}");
    assert!(text.contains("Attachment B: numbers that stay (16)"), "{text}");
}

#[test]
fn canadian_letters_name_the_reseller_or_that_there_is_none() {
    let mut facts = canadian();
    let text = words(&PRESS.letter(&facts, None).unwrap());
    assert!(text.contains("Montréal, QC H2J 2K8") && text.contains("Reseller Téléphonie Laurier inc."), "{text}");
    facts.current_service.reseller = None;
    assert!(words(&PRESS.letter(&facts, None).unwrap()).contains("Reseller None; the customer pays Bell Canada"));
    assert!(!words(&PRESS.letter(&business(1), None).unwrap()).contains("Reseller"));
}

#[test]
fn the_blank_letter_has_room_for_everything_and_names_the_provider() {
    let pdf = PRESS.blank(&provider()).unwrap();
    let text = words(&pdf);
    assert_eq!(info(&pdf, "Pages"), "1");
    for label in
        ["Business name, if any", "Account holder", "Account number", "ZIP code", "Signature", "Date", "Printed name"]
    {
        assert!(text.contains(label), "{label}: {text}");
    }
    assert!(text.contains("from my current carrier to Harbor Voice Inc. 3."), "{text}");
    assert!(!text.contains("LOA-") && !text.contains("electronic"), "{text}");
}

#[test]
fn a_signature_shows_its_mark_its_date_and_how_the_signer_was_known() {
    let drawing = Strokes::parse("100,300 150,120 200,90 240,200;600,80").unwrap();
    let drawn = PRESS.letter(&residential(3), Some(&signature(Mark::Drawn(drawing)))).unwrap();
    let typed = PRESS.letter(&residential(3), Some(&signature(Mark::Typed))).unwrap();
    for pdf in [&drawn, &typed] {
        let text = words(pdf);
        assert_eq!(info(pdf, "Pages"), "1");
        assert!(text.contains("Nov 20, 2026, 10:04 AM PST") && text.contains("2026-11-20 18:04:09 UTC"), "{text}");
        assert!(text.contains("Electronically signed. Email address confirmed by a one-time code."), "{text}");
        assert!(text.contains("The signer confirmed: I am the account holder"), "{text}");
        assert!(text.contains(&residential(3).content_hash().unwrap().short()), "a signature changes no fact: {text}");
    }
    let names = |pdf| words(pdf).matches("Dana Ruiz").count();
    assert_eq!((names(&drawn), names(&typed)), (2, 3));
}
