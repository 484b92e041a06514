//! Ranges such as "212-555-0100 to 0119".

use super::layout::Atoms;
use super::pieces::PieceKind;
use super::tokens::{AtomKind, Gap};
use super::words;
use crate::domain::grouped::grouped;
use crate::domain::phone_number::{NumberRules, PhoneNumber, PhoneNumberError, assess};

/// The most numbers in one range.
pub(super) const MOST_IN_RANGE: u64 = 1_000;
/// The most numbers in all ranges of a list: the hard maximum of a request.
pub(super) const MOST_IN_RANGES: u64 = 10_000;

/// A range of numbers that the person must confirm before it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberRange {
    pub from: PhoneNumber,
    pub to: PhoneNumber,
    /// How many numbers it has, the first and the last included.
    pub count: usize,
    /// What was read: "212-555-0100 to 0119 read as (212) 555-0100 to (212) 555-0119, 20 numbers".
    pub text: String,
}

impl NumberRange {
    /// The words of the button or box that confirms it: "Yes, all 20".
    pub fn confirmation(&self) -> String {
        format!("Yes, all {}", grouped(self.count))
    }
}

/// The range whose first number ended before this place, and the atom behind it.
pub(super) fn range_at(atoms: Atoms<'_>, at: usize, from: &str) -> Option<(PieceKind, usize)> {
    let next = atoms.get(at)?;
    let is_spoken = next.kind == AtomKind::Letters && words::is_range(&next.text);
    if !is_spoken && !next.gap.has(Gap::DASH) {
        return None;
    }
    let (to, end) = last_number(atoms, if is_spoken { at + 1 } else { at }, from, is_spoken)?;
    // A dash also separates two entries: a range is of one block and upwards.
    let is_upwards = from.get(..6) == to.get(..6) && *from <= *to;
    (is_spoken || is_upwards || end == at + 1).then(|| (PieceKind::Range { from: from.to_owned(), to }, end))
}

/// The last number of a range, whole or only its last digits, and the atom behind it.
fn last_number(atoms: Atoms<'_>, at: usize, from: &str, is_spoken: bool) -> Option<(String, usize)> {
    if let Some(found) = atoms.number_at(at) {
        return match found.kind {
            PieceKind::Number { digits, spelled: false } => Some((digits, found.end)),
            _ => None,
        };
    }
    let (first, second) = (atoms.digits(at)?, atoms.digits(at + 1));
    let is_local = first.len() == 3 && second.is_some_and(|second| second.len() == 4);
    let (tail, end) = match second.filter(|_| is_local) {
        Some(second) => (format!("{first}{second}"), at + 2),
        None => (first.to_owned(), at + 1),
    };
    let fits = matches!(tail.len(), 4 | 7) || (is_spoken && tail.len() < 4);
    let head = from.get(..from.len().checked_sub(tail.len())?)?;
    fits.then(|| (format!("{head}{tail}"), end))
}

/// Makes the numbers of a range, if all of them can be moved; `room` is how many more the list takes.
pub(super) fn expand(
    from: &str,
    to: &str,
    typed: &str,
    rules: &NumberRules<'_>,
    room: u64,
) -> Result<(NumberRange, Vec<PhoneNumber>), PhoneNumberError> {
    let numbers = check(from, to, typed, room)?
        .map(|digits| assess(&format!("{digits:010}"), typed, rules))
        .collect::<Result<Vec<_>, _>>()?;
    let (Some(first), Some(last)) = (numbers.first(), numbers.last()) else {
        return Err(PhoneNumberError::NotANumber { typed: typed.to_owned() });
    };
    let count = numbers.len();
    let noun = if count == 1 { "number" } else { "numbers" };
    let text = format!("{typed} read as {first} to {last}, {} {noun}", grouped(count));
    Ok((NumberRange { from: first.clone(), to: last.clone(), count, text }, numbers))
}

fn check(from: &str, to: &str, typed: &str, room: u64) -> Result<std::ops::RangeInclusive<u64>, PhoneNumberError> {
    let typed = || typed.to_owned();
    let (Ok(first), Ok(last)) = (from.parse::<u64>(), to.parse::<u64>()) else {
        return Err(PhoneNumberError::NotANumber { typed: typed() });
    };
    if from.get(..3) != to.get(..3) {
        return Err(PhoneNumberError::RangeAcross { typed: typed() });
    }
    let Some(count) = last.checked_sub(first).map(|steps| steps + 1) else {
        return Err(PhoneNumberError::RangeBackwards { typed: typed() });
    };
    if MOST_IN_RANGE < count {
        let (count, most) = (grouped(count), grouped(MOST_IN_RANGE));
        return Err(PhoneNumberError::RangeTooLong { typed: typed(), count, most });
    }
    if room < count {
        return Err(PhoneNumberError::RangesTooLong { typed: typed(), most: grouped(MOST_IN_RANGES) });
    }
    Ok(first..=last)
}
