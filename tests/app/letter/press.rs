//! Hostile and odd texts, equal bytes for equal letters, and memory that does not grow.

use std::process::Command;

use portdesk::letter::{LetterError, LetterFacts, Mark, Place, Press, Unprintable};

use super::samples::{business, mixed, residential, signature};
use super::tools::{PRESS, Picture, gray, info, ink_in_margins, qr_codes, words};

/// Tells the test of memory that it runs alone.
const ALONE: &str = "PORTDESK_TEST_ALONE";

/// One of the facts that people type.
type Typed = fn(&mut LetterFacts) -> &mut String;

fn named(name: &str) -> LetterFacts {
    let mut facts = residential(3);
    name.clone_into(&mut facts.customer.contact_name);
    name.clone_into(&mut facts.signer.name);
    facts
}

#[track_caller]
fn check_printed(name: &str) {
    let text = words(&PRESS.letter(&named(name), Some(&signature(Mark::Typed))).unwrap());
    // Long words are broken over lines, so compare without spaces.
    let bare = |text: &str| text.replace([' ', '\u{200b}'], "");
    assert!(bare(&text).contains(&bare(name)), "{name}: {text}");
}

#[track_caller]
fn check_refused(name: &str, found: char) {
    match PRESS.letter(&named(name), None) {
        Err(LetterError::CannotPrint(character)) => assert_eq!(character, found),
        other => panic!("{name:?} gave {:?}", other.map(|pdf| pdf.len())),
    }
    assert_eq!(PRESS.cannot_print(name), Some(found));
}

#[test]
fn markup_is_printed_and_not_obeyed() {
    check_printed("#read(\"/etc/passwd\") *b* $x$ <a>");
    check_printed("= Heading _under_ `raw` @label // #let x = 1 \\u{41} [box]");
    check_printed("\"}],\"sheet\":null,{\"");
}

#[test]
fn accents_are_printed() {
    check_printed("Zoë Łukasz Ñuñez Ångström Þór Đặng Çelik O’Brien");
}

#[test]
fn texts_that_cannot_be_printed_are_refused() {
    check_refused("Li 李小龙", '李');
    check_refused("محمد", 'م');
    check_refused("Dana 🙂 Ruiz", '🙂');
    check_refused("Dana \u{202e}ziuR", '\u{202e}');
    check_refused("Dana\u{0}Ruiz", '\u{0}');
    let told = PRESS.letter(&named("李"), None).unwrap_err().to_string();
    assert_eq!(
        told,
        "The letter cannot print the character \"李\". Write it in Latin letters, or upload a signed letter instead"
    );
}

#[test]
fn the_fact_that_cannot_be_printed_is_named() {
    let places: [(Place, Typed); 10] = [
        (Place::BusinessName, |facts| facts.customer.business_name.as_mut().unwrap()),
        (Place::ContactName, |facts| &mut facts.customer.contact_name),
        (Place::Street, |facts| &mut facts.customer.service_address.street),
        (Place::Unit, |facts| facts.customer.service_address.unit.as_mut().unwrap()),
        (Place::City, |facts| &mut facts.customer.service_address.city),
        (Place::LosingCarrier, |facts| &mut facts.current_service.carrier),
        (Place::SignerName, |facts| &mut facts.signer.name),
        (Place::SignerTitle, |facts| facts.signer.title.as_mut().unwrap()),
        (Place::Other, |facts| facts.customer.billing_name.as_mut().unwrap()),
        (Place::Other, |facts| &mut facts.resp_org.as_mut().unwrap().company),
    ];
    assert_eq!(PRESS.first_unprintable(&mixed()), None);
    for (place, typed) in places {
        let mut facts = mixed();
        typed(&mut facts).push('李');
        assert_eq!(PRESS.first_unprintable(&facts), Some(Unprintable { place, character: '李' }));
        assert!(matches!(PRESS.letter(&facts, None), Err(LetterError::CannotPrint('李'))), "{place:?}");
    }
}

#[test]
fn every_printed_fact_is_looked_at() {
    let mut facts = business(1);
    facts.current_service.carrier = "Cascade ☎\u{fe0f}".to_owned();
    assert!(matches!(PRESS.letter(&facts, None), Err(LetterError::CannotPrint(_))));
    let mut signed = signature(Mark::Typed);
    signed.confirmed.push("我".to_owned());
    assert!(matches!(PRESS.letter(&business(1), Some(&signed)), Err(LetterError::CannotPrint('我'))));
}

#[test]
fn long_names_wrap_within_the_page() {
    for name in ["Wolfeschlegelsteinhausenbergerdorff ".repeat(6), "W".repeat(200), "Ab ".repeat(66)] {
        let facts = named(name.trim());
        let pdf = PRESS.letter(&facts, Some(&signature(Mark::Typed))).unwrap();
        let (_folder, pictures) = gray(&pdf);
        assert!(pictures.iter().all(|picture| !ink_in_margins(picture)), "nothing stands in the margins: {name}");
        check_printed(name.trim());
    }
}

#[test]
fn the_qr_code_leads_to_the_verification_page() {
    let facts = mixed();
    let pdf = PRESS.letter(&facts, None).unwrap();
    let (_folder, pictures) = gray(&pdf);
    let found: Vec<String> = pictures.iter().flat_map(|picture| qr_codes(&Picture::open(picture))).collect();
    assert_eq!(found, [facts.verification.qr_address]);
}

#[test]
fn equal_letters_are_equal_bytes_and_tagged() {
    let signed = signature(Mark::Typed);
    let first = PRESS.letter(&mixed(), Some(&signed)).unwrap();
    let other_press = Press::new(None).unwrap();
    assert!(PRESS.letter(&mixed(), Some(&signed)).unwrap() == first, "the second time");
    assert!(other_press.letter(&mixed(), Some(&signed)).unwrap() == first, "on another press");
    assert!(PRESS.letter(&mixed(), None).unwrap() != first, "unsigned");
    assert_eq!(info(&first, "Tagged"), "yes");
    assert_eq!(info(&first, "Title"), "Letter of Authorization to Transfer Telephone Numbers LOA-7Q4M2-XKD9B");
    assert!(first.len() < 200_000, "{} bytes", first.len());
}

#[test]
fn two_hundred_letters_do_not_fill_the_memory() {
    // In a process of its own: other tests beside this one would be measured too.
    if std::env::var_os(ALONE).is_none() {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["letter::press::two_hundred_letters_do_not_fill_the_memory", "--exact"]).env(ALONE, "yes");
        let output = command.output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && told.contains("1 passed"), "{told}");
        return;
    }
    let print = |attempt| {
        let mut facts = business(10);
        facts.attempt = attempt;
        PRESS.letter(&facts, None).unwrap();
    };
    (1..10).for_each(print);
    let before = resident_kilobytes();
    (10..210).for_each(print);
    let grown = resident_kilobytes().saturating_sub(before);
    assert!(grown < 50 * 1024, "200 letters took {grown} KB");
}

fn resident_kilobytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
