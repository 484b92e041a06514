//! What was read from pasted numbers, shown beside the text that is never rewritten.

use crate::domain::{
    number_list::{NumberList, NumberProblem, NumberRange, ReadNumber},
    phone_number::{NumberRules, PhoneNumber},
    request_sid::RequestSid,
};

/// Above so many numbers the page would be heavy, so each is shown without a button of its own.
const MOST_MOVABLE: usize = 300;

/// The panel under the list of numbers.
pub struct Echo {
    /// "3 numbers read, 1 to fix, 1 duplicate merged".
    pub title: String,
    pub problems: Vec<NumberProblem>,
    pub held: Vec<Held>,
    pub ranges: Vec<NumberRange>,
    /// "Yes, all 20".
    pub confirmation: String,
    /// A short list.
    pub numbers: Vec<EchoNumber>,
    /// A long list, by area code.
    pub groups: Vec<EchoGroup>,
    pub notices: Vec<String>,
    /// The words that were left out, in quotes.
    pub ignored: String,
}

/// A number that another request holds.
pub struct Held {
    pub shown: String,
    pub sid: Option<RequestSid>,
    /// Whether the page says it above.
    pub is_told: bool,
}

/// A number that was read.
pub struct EchoNumber {
    pub shown: String,
    pub e164: String,
    /// "US local", "Toll-free · 1-800-FLOWERS read as (800) 356-9377".
    pub about: String,
    /// Whether it may be given a wireless row.
    pub movable: bool,
}

/// The numbers of one area code.
pub struct EchoGroup {
    /// "212, US local: 14 numbers".
    pub title: String,
    pub numbers: Vec<EchoNumber>,
}

impl Echo {
    /// Reads the pasted text.
    pub fn read(landline: &str, rules: &NumberRules<'_>, held: Vec<Held>) -> Self {
        let list = NumberList::parse(landline, rules);
        let notices = [list.duplicate_notices(), list.notices.clone()].concat();
        let in_ranges: usize = list.ranges.iter().map(|range| range.count).sum();
        let quoted: Vec<String> = list.ignored.iter().map(|word| format!("“{word}”")).collect();
        let is_long = list.is_long();
        Self {
            title: if landline.trim().is_empty() { "No numbers yet".to_owned() } else { list.summary() },
            held,
            confirmation: match list.ranges.as_slice() {
                [only] => only.confirmation(),
                _ => format!("Yes, all {in_ranges}"),
            },
            notices,
            ignored: quoted.join(", "),
            numbers: if is_long { Vec::new() } else { short(&list.read) },
            groups: if is_long { groups(&list) } else { Vec::new() },
            problems: list.problems,
            ranges: list.ranges,
        }
    }
}

fn short(read: &[ReadNumber]) -> Vec<EchoNumber> {
    read.iter().filter(|it| !it.from_range).map(|it| echo(&it.number, it.note.as_deref(), true)).collect()
}

fn groups(list: &NumberList) -> Vec<EchoGroup> {
    let movable = list.read.len() <= MOST_MOVABLE;
    let group = |group: crate::domain::number_list::AreaCodeGroup<'_>| {
        let noun = if group.numbers.len() == 1 { "number" } else { "numbers" };
        EchoGroup {
            title: format!("{}, {}: {} {noun}", group.area_code, group.label, group.numbers.len()),
            numbers: group.numbers.iter().map(|number| echo(number, None, movable)).collect(),
        }
    };
    list.by_area_code().into_iter().map(group).collect()
}

fn echo(number: &PhoneNumber, note: Option<&str>, movable: bool) -> EchoNumber {
    EchoNumber {
        shown: number.national(),
        e164: number.as_str().to_owned(),
        about: note.map_or_else(|| number.kind_label().to_owned(), |note| format!("{} · {note}", number.kind_label())),
        movable: movable && !number.is_toll_free(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::area_codes::{AreaCodes, Countries};

    fn read(text: &str) -> Echo {
        let countries = Countries { canada: false };
        Echo::read(text, &NumberRules { area_codes: AreaCodes::built_in(), countries, support: "" }, Vec::new())
    }

    #[test]
    fn toll_free_numbers_stay_where_they_are() {
        let echo = read("212-664-0142, 1-800-FLOWERS");
        let movable: Vec<bool> = echo.numbers.iter().map(|it| it.movable).collect();
        assert_eq!(movable, [true, false]);
        assert_eq!(echo.numbers[1].about, "Toll-free · 1-800-FLOWERS read as (800) 356-9377");
    }

    #[test]
    fn long_lists_are_shown_by_area_code() {
        let text: String =
            (0..20).map(|n| format!("212664{n:04}\n")).chain((0..15).map(|n| format!("646664{n:04}\n"))).collect();
        let echo = read(&text);
        assert!(echo.numbers.is_empty());
        let titles: Vec<&str> = echo.groups.iter().map(|group| group.title.as_str()).collect();
        assert_eq!(titles, ["212, US local: 20 numbers", "646, US local: 15 numbers"]);
    }

    #[test]
    fn ranges_are_one_line_to_confirm() {
        let echo = read("212-664-0100 to 0119");
        assert_eq!((echo.numbers.len(), echo.ranges.len()), (0, 1));
        assert_eq!(echo.confirmation, "Yes, all 20");
    }
}
