//! A pasted list of telephone numbers: reads any layout, names each problem and accounts for every word (ux.md 3.6).

mod judge;
mod layout;
mod pieces;
mod ranges;
mod reader;
#[cfg(test)]
mod samples;
mod scraps;
#[cfg(test)]
mod tests;
mod tokens;
mod words;

use std::collections::{BTreeMap, HashSet};

pub(in crate::domain) use judge::pieces;
pub(in crate::domain) use pieces::{Piece, PieceKind, typed};
pub use ranges::NumberRange;

use super::phone_number::{NumberRules, PhoneNumber, PhoneNumberError, assess};

/// Above so many numbers a list is shown by area code, counts first.
const SHORT_LIST: usize = 30;

/// A number of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadNumber {
    pub number: PhoneNumber,
    /// What was typed for it; for a number out of a range, the range.
    pub typed: String,
    /// What must be shown beside it: "1-800-FLOWERS read as (800) 356-9377".
    pub note: Option<String>,
    /// Whether it comes out of a range, which is shown as one entry and must be confirmed.
    pub from_range: bool,
}

/// A number that is in the list already and so was merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    pub number: PhoneNumber,
    pub typed: String,
}

/// An entry that is no number which can be moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberProblem {
    pub typed: String,
    /// The sentence that the person reads; it names what was typed.
    pub message: String,
}

impl NumberProblem {
    /// The sentence for a place beside what was typed, which it does not say again: "has 9 digits; a US number has 10".
    pub fn beside(&self) -> String {
        let (typed, message) = (&self.typed, &self.message);
        if let Some(rest) = message.strip_prefix(typed.as_str()).filter(|rest| rest.starts_with(' ')) {
            return rest.trim_start().to_owned();
        }
        if let Some(rest) = message.strip_prefix(&format!("Check {typed}: ")) {
            let mut signs = rest.chars();
            return signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default();
        }
        let naming = [" up to ", " to ", " of ", " "].map(|joint| format!("{joint}{typed}"));
        let named = naming.iter().find(|named| message.contains(named.as_str()));
        named.map_or_else(|| message.clone(), |named| message.replacen(named.as_str(), "", 1))
    }
}

/// The numbers of one area code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaCodeGroup<'a> {
    pub area_code: &'a str,
    /// [`PhoneNumber::kind_label`] of its numbers.
    pub label: &'static str,
    pub numbers: Vec<&'a PhoneNumber>,
}

/// What was read out of pasted text, in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NumberList {
    /// Each number once, those of ranges included.
    pub read: Vec<ReadNumber>,
    pub duplicates: Vec<Duplicate>,
    pub problems: Vec<NumberProblem>,
    /// Ranges in `read` that must be confirmed.
    pub ranges: Vec<NumberRange>,
    /// What to know about numbers that were read: extensions left out, numbers that exist only as examples.
    pub notices: Vec<String>,
    /// Words that were left out.
    pub ignored: Vec<String>,
}

impl NumberList {
    /// Reads pasted text of any kind, in time that grows with its length.
    pub fn parse(text: &str, rules: &NumberRules<'_>) -> Self {
        let mut builder = Builder { rules, list: Self::default(), seen: HashSet::new(), room: ranges::MOST_IN_RANGES };
        for piece in pieces(text) {
            builder.add(&piece.kind, typed(piece.of(text)));
        }
        let mut list = builder.list;
        list.notices.extend(list.fictional_notice());
        list
    }

    /// The numbers, in the order of the text.
    pub fn numbers(&self) -> impl Iterator<Item = &PhoneNumber> {
        self.read.iter().map(|read| &read.number)
    }

    /// Whether nothing at all was entered, not even a problem.
    pub fn is_empty(&self) -> bool {
        self.read.is_empty() && self.problems.is_empty()
    }

    /// Whether the person must confirm a range before the list counts.
    pub fn needs_confirmation(&self) -> bool {
        !self.ranges.is_empty()
    }

    /// One line about the list: "3 numbers read, 1 to fix, 1 duplicate merged".
    pub fn summary(&self) -> String {
        let mut parts = vec![match self.read.len() {
            0 => "No numbers read".to_owned(),
            1 => "1 number read".to_owned(),
            count => format!("{count} numbers read"),
        }];
        if !self.problems.is_empty() {
            parts.push(format!("{} to fix", self.problems.len()));
        }
        match self.duplicates.len() {
            0 => {}
            1 => parts.push("1 duplicate merged".to_owned()),
            count => parts.push(format!("{count} duplicates merged")),
        }
        parts.join(", ")
    }

    /// One sentence for each number that is there more often: "(212) 555-0142 is in the list twice and was kept once".
    pub fn duplicate_notices(&self) -> Vec<String> {
        let mut counts = BTreeMap::<&PhoneNumber, usize>::new();
        for duplicate in &self.duplicates {
            *counts.entry(&duplicate.number).or_insert(1) += 1;
        }
        let times = |count| if count == 2 { "twice".to_owned() } else { format!("{count} times") };
        let told = counts.into_iter().map(|(number, count)| (number, times(count)));
        told.map(|(number, times)| format!("{number} is in the list {times} and was kept once")).collect()
    }

    /// Whether the list is so long that it is shown by area code.
    pub fn is_long(&self) -> bool {
        SHORT_LIST < self.read.len()
    }

    /// The numbers by area code, the largest group first.
    pub fn by_area_code(&self) -> Vec<AreaCodeGroup<'_>> {
        let mut groups = BTreeMap::<&str, Vec<&PhoneNumber>>::new();
        for number in self.numbers() {
            groups.entry(number.area_code()).or_default().push(number);
        }
        let mut groups: Vec<AreaCodeGroup<'_>> = groups
            .into_iter()
            .map(|(area_code, numbers)| {
                let label = numbers.first().map_or("", |number| number.kind_label());
                AreaCodeGroup { area_code, label, numbers }
            })
            .collect();
        // Stable, so that equal counts stay in the order of the codes.
        groups.sort_by_key(|group| std::cmp::Reverse(group.numbers.len()));
        groups
    }

    /// The notice about numbers that exist only in examples; it is among the notices, too.
    pub fn fictional_notice(&self) -> Option<String> {
        let mut fictional = self.numbers().filter(|number| number.is_fictional());
        let first = fictional.next()?;
        Some(match fictional.count() {
            0 => format!("{first} is not a real number: 555-0100 to 555-0199 are kept for examples. Check it"),
            1 => format!("{first} and 1 more are not real numbers: 555-0100 to 555-0199 are kept for examples"),
            more => format!("{first} and {more} more are not real numbers: 555-0100 to 555-0199 are kept for examples"),
        })
    }
}

struct Builder<'a> {
    rules: &'a NumberRules<'a>,
    list: NumberList,
    seen: HashSet<PhoneNumber>,
    /// How many more numbers ranges may have.
    room: u64,
}

impl Builder<'_> {
    fn add(&mut self, kind: &PieceKind, typed: String) {
        match kind {
            PieceKind::Number { digits, spelled } => match assess(digits, &typed, self.rules) {
                Ok(number) => {
                    let note = spelled.then(|| format!("{typed} read as {number}"));
                    self.read(ReadNumber { number, typed, note, from_range: false });
                }
                Err(error) => self.problem(typed, &error),
            },
            PieceKind::Range { from, to } => self.range(from, to, typed),
            PieceKind::Extension => {
                self.list.notices.push(format!("{typed} left out: extensions do not move"));
            }
            PieceKind::Word { .. } => self.list.ignored.push(typed),
            PieceKind::Joiner => {}
            PieceKind::Fault(fault) => {
                let error = fault.error(typed.clone(), self.rules);
                self.problem(typed, &error);
            }
        }
    }

    fn read(&mut self, read: ReadNumber) {
        if self.seen.insert(read.number.clone()) {
            self.list.read.push(read);
        } else {
            self.list.duplicates.push(Duplicate { number: read.number, typed: read.typed });
        }
    }

    fn range(&mut self, from: &str, to: &str, typed: String) {
        match ranges::expand(from, to, &typed, self.rules, self.room) {
            Ok((range, numbers)) => {
                for number in numbers {
                    self.room = self.room.saturating_sub(1);
                    self.read(ReadNumber { number, typed: typed.clone(), note: None, from_range: true });
                }
                self.list.ranges.push(range);
            }
            Err(error) => self.problem(typed, &error),
        }
    }

    fn problem(&mut self, typed: String, error: &PhoneNumberError) {
        self.list.problems.push(NumberProblem { typed, message: error.to_string() });
    }
}
