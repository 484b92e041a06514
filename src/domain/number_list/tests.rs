//! Lists as people paste them.

use proptest::prelude::*;

use super::super::area_codes::{AreaCodes, Countries};
use super::*;

pub(super) fn us() -> NumberRules<'static> {
    NumberRules { area_codes: AreaCodes::built_in(), countries: Countries::default(), support: "help@example.com" }
}

/// What a list is read as: numbers, problems as typed, and ignored words.
#[track_caller]
fn check(text: &str, numbers: &[&str], problems: &[&str], ignored: &[&str]) {
    let list = NumberList::parse(text, &us());
    let typed: Vec<&str> = list.problems.iter().map(|problem| problem.typed.as_str()).collect();
    let read: Vec<String> = list.numbers().map(PhoneNumber::national).collect();
    assert_eq!((read, typed, list.ignored.clone()), (owned(numbers), problems.to_vec(), owned(ignored)), "{text}");
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn reads_the_list_of_the_acceptance_points() {
    let text =
        "(212) 555-0142; 212.555.0143\n+1 800 555 0199, 555-01, Main: 646\u{2011}555\u{2011}0187 ext. 12, 2125550142";
    check(text, &["(212) 555-0142", "(212) 555-0143", "(800) 555-0199", "(646) 555-0187"], &["555-01"], &["Main"]);
    let list = NumberList::parse(text, &us());
    assert_eq!(list.summary(), "4 numbers read, 1 to fix, 1 duplicate merged");
    let extension = "ext. 12 left out: extensions do not move";
    let fictional = "(212) 555-0142 and 3 more are not real numbers: 555-0100 to 555-0199 are kept for examples";
    assert_eq!(list.notices, [extension, fictional]);
    assert_eq!(list.duplicate_notices(), ["(212) 555-0142 is in the list twice and was kept once"]);
}

#[test]
fn a_number_that_comes_back_again_and_again_is_told_of_once() {
    let list = NumberList::parse("2126640142, 2126640143, 212-664-0142, (212) 664-0142, 2126640143", &us());
    assert_eq!(list.summary(), "2 numbers read, 3 duplicates merged");
    let told = [
        "(212) 664-0142 is in the list 3 times and was kept once",
        "(212) 664-0143 is in the list twice and was kept once",
    ];
    assert_eq!(list.duplicate_notices(), told);
}

#[test]
fn finds_numbers_that_only_spaces_or_words_separate() {
    let two = ["(317) 842-5519", "(317) 842-5520"];
    check("317 842 5519 1 317 842 5520", &two, &[], &[]);
    check("317/842-5519/317-842-5520", &two, &[], &[]);
    check("+13178425519+13178425520", &two, &[], &[]);
    check("call 317-842-5519 after 5pm, or 3178425520Fax", &two, &[], &["call", "after", "5pm", "Fax"]);
    check("2. 317-842-5519\n12) 317-842-5520", &two, &[], &["2", "12"]);
    check("Line 2: 317-842-5519 Line 3 317-842-5520", &two, &[], &["Line 2", "Line", "3"]);
    check(
        "My numbers:\n317-842-5519\nNumbers to port\n317-842-5520",
        &two,
        &[],
        &["My numbers", "Numbers", "to", "port"],
    );
}

#[test]
fn takes_the_cells_beside_a_number_as_labels_and_other_entries_as_problems() {
    check("Front desk\t317-842-5519", &["(317) 842-5519"], &[], &["Front", "desk"]);
    check("317-842-5519,abc, Hi team", &["(317) 842-5519"], &["abc", "Hi team"], &[]);
    check("<script>alert(1)</script>", &[], &["<script>alert(1)</script>"], &[]);
}

#[test]
fn keeps_incomplete_numbers_together() {
    check("317-842-5519-0", &[], &["317-842-5519-0"], &[]);
    check("555-0142 555-0143", &[], &["555-0142", "555-0143"], &[]);
    check("555 0142", &[], &["555 0142"], &[]);
    check("555-0142 212-555-0143", &["(212) 555-0143"], &["555-0142"], &[]);
    check("317-842-5519/20/21", &[], &["317-842-5519/20/21"], &[]);
}

#[test]
fn reads_letters_as_digits_only_in_runs_of_three() {
    check("1-800-FLOWERS", &["(800) 356-9377"], &[], &[]);
    check("800 GO FEDEX now", &["(800) 463-3339"], &[], &["now"]);
    check("(833) plumber", &["(833) 758-6237"], &[], &[]);
    check("we have 212 numbers", &[], &["we have 212 numbers"], &[]);
    check("317-84A-5519; 317-842-55l9; 3178425519O", &[], &["317-84A-5519", "317-842-55l9", "3178425519O"], &[]);
    let note = NumberList::parse("1-800-FLOWERS", &us()).read[0].note.clone();
    assert_eq!(note.as_deref(), Some("1-800-FLOWERS read as (800) 356-9377"));
}

#[track_caller]
fn check_range(text: &str, count: usize) {
    let list = NumberList::parse(text, &us());
    assert_eq!(list.ranges.iter().map(|range| range.count).collect::<Vec<_>>(), [count], "{text}");
    assert_eq!(list.read.iter().filter(|read| read.from_range).count(), count, "{text}");
}

#[test]
fn expands_ranges_and_asks_about_them() {
    check_range("212-555-0100 to 0119", 20);
    check_range("212-555-0100 \u{2013} 0119", 20);
    check_range("212-555-0100-0119", 20);
    check_range("(212) 555-0100 through 212-555-0119", 20);
    check_range("212-555-9990 to 556-0009", 20);
    check_range("212-555-0000 to 0999", 1000);
    let list = NumberList::parse("212-555-0100 to 0119", &us());
    assert_eq!(list.ranges[0].confirmation(), "Yes, all 20");
    assert_eq!(list.ranges[0].text, "212-555-0100 to 0119 read as (212) 555-0100 to (212) 555-0119, 20 numbers");
    assert!(list.needs_confirmation());
}

#[test]
fn names_ranges_that_are_none() {
    for text in
        ["212-555-0119 to 0100", "212-555-0100 to 5000", "212-555-0100 to 646-555-0109", "317-910-9990 to 911-0009"]
    {
        check(text, &[], &[text], &[]);
    }
    check("212-555-0142 - 646-555-0187", &["(212) 555-0142", "(646) 555-0187"], &[], &[]);
    let many = (0..11).map(|block| format!("212-{}-0000 to 0999", 600 + block)).collect::<Vec<_>>().join(",");
    let list = NumberList::parse(&many, &us());
    assert_eq!((list.read.len(), list.problems.len()), (10_000, 1));
}

#[test]
fn leaves_extensions_out_with_a_notice() {
    for (text, extension) in [
        ("317-842-5519 x12", "x12"),
        ("317-842-5519 EXT 900", "EXT 900"),
        ("317-842-5519 (ext. 7)", "ext. 7"),
        ("317-842-5519 #12", "#12"),
        ("tel:+1-317-842-5519;ext=12", "ext=12"),
    ] {
        let list = NumberList::parse(text, &us());
        assert_eq!(list.notices, [format!("{extension} left out: extensions do not move")], "{text}");
        assert_eq!(list.read.len(), 1);
    }
}

#[test]
fn sums_up_and_groups_by_area_code() {
    assert_eq!(NumberList::parse("", &us()).summary(), "No numbers read");
    let list = NumberList::parse("646-842-5519 212-842-5519 212-842-5520 800-842-5519", &us());
    let groups = list.by_area_code();
    let shown: Vec<_> = groups.iter().map(|group| (group.area_code, group.label, group.numbers.len())).collect();
    assert_eq!(shown, [("212", "US local", 2), ("646", "US local", 1), ("800", "Toll-free", 1)]);
    assert!(!list.is_long());
}

#[test]
fn takes_hostile_text_of_any_length() {
    for unit in [
        "1",
        "1 ",
        "+",
        "+1",
        "(",
        "a",
        "a1",
        "1-",
        "x",
        "1:",
        "a:",
        "<br>",
        "<br",
        "2125550142",
        "212-",
        "\0",
        "O1-",
        "/20",
        "é,",
    ] {
        let text = unit.repeat(100_000 / unit.len());
        assert_eq!(accounted(&text), Ok(()), "{unit:?}");
        let list = NumberList::parse(&text, &us());
        assert!(list.problems.iter().all(|problem| problem.message.chars().count() < 200), "{unit:?}");
    }
}

/// The first letter, digit or plus that no piece holds, or the piece that is out of order.
fn accounted(text: &str) -> Result<(), String> {
    let mut end = 0;
    let mut gaps = String::new();
    for piece in pieces(text) {
        gaps.push_str(text.get(end..piece.start).ok_or_else(|| format!("{piece:?} is out of order"))?);
        gaps.push(' ');
        end = piece.end;
    }
    gaps.push_str(text.get(end..).ok_or("the last piece ends outside")?);
    let gaps = gaps.to_ascii_lowercase().replace("<br>", "").replace("<br/>", "").replace("<br />", "");
    let lost = gaps.chars().find(|sign| sign.is_alphanumeric() || *sign == '+');
    lost.map_or(Ok(()), |lost| Err(format!("{lost:?} is lost")))
}

#[test]
fn beside_what_was_typed_the_fault_does_not_say_it_again() {
    let told = |text: &str| {
        let list = NumberList::parse(text, &us());
        list.problems.iter().map(NumberProblem::beside).collect::<Vec<_>>().join("|")
    };
    assert_eq!(told("212555014"), "has 9 digits; a US number has 10");
    assert_eq!(told("555-0142"), "Add the area code");
    assert_eq!(told("112-664-0142"), "An area code cannot start with 1");
    assert_eq!(told("317-842-0119 to 0100"), "The range runs backwards. Put the lower number first");
}

proptest! {
    #[test]
    fn accounts_for_every_sign_of_any_text(text in any::<String>()) {
        prop_assert_eq!(accounted(&text), Ok(()));
        let list = NumberList::parse(&text, &us());
        let pieces = pieces(&text);
        let entries = pieces.iter().filter(|piece| !matches!(piece.kind, PieceKind::Joiner)).count();
        let from_ranges = list.read.iter().filter(|read| read.from_range).count();
        let told = list.read.len() - from_ranges + list.ranges.len() + list.duplicates.len() + list.problems.len()
            + list.ignored.len() + list.notices.iter().filter(|notice| notice.contains("left out")).count();
        prop_assert!(entries <= told);
    }

    #[test]
    fn accounts_for_every_sign_of_text_made_of_parts_of_numbers(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "1", "+1", "212", "555", "0142", "(317)", "842-5519", " ", "-", ".", "/", ",", "\n", ":", "#", "ext",
                "x", "to", "and", "Main", "FLOWERS", "O", "00", "011", "44", "<br>", "\t", "3178425519", "&", "\u{AD}",
            ]),
            0..40,
        ),
    ) {
        let text = parts.concat();
        prop_assert_eq!(accounted(&text), Ok(()));
        NumberList::parse(&text, &us());
    }

    #[test]
    fn reads_both_of_two_numbers(
        lines in (0..5000_u32, 5000..10_000_u32),
        between in prop::sample::select(vec![
            ",", ";", "\n", "\r\n", "\t", "|", " / ", " • ", "、", "<br>", " and ", " & ", " ", ", ", ",\n", "\u{A0}",
        ]),
        style in 0..6_usize,
    ) {
        let text = format!("{}{between}{}", styled(lines.0, style), styled(lines.1, (style + 1) % 6));
        let list = NumberList::parse(&text, &us());
        let expected = [lines.0, lines.1].map(|line| format!("+1317842{line:04}"));
        let read: Vec<&str> = list.numbers().map(PhoneNumber::as_str).collect();
        prop_assert_eq!(read, expected, "{}", text);
        prop_assert!(list.problems.is_empty() && list.ranges.is_empty());
    }
}

fn styled(line: u32, style: usize) -> String {
    match style {
        0 => format!("+1317842{line:04}"),
        1 => format!("(317) 842-{line:04}"),
        2 => format!("317.842.{line:04}"),
        3 => format!("1-317-842-{line:04}"),
        4 => format!("317842{line:04}"),
        _ => format!("tel:+1-317-842-{line:04}"),
    }
}
