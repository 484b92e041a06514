//! Finds a complete number at a place in a segment. Looks at a fixed number of atoms, so that reading stays linear.

use super::pieces::{Fault, PieceKind};
use super::tokens::{Atom, AtomKind};
use super::words;

/// How people group the ten digits of a number.
const GROUPS: [&[usize]; 5] = [&[10], &[3, 3, 4], &[3, 7], &[6, 4], &[3, 3, 2, 2]];
/// The same with the country code 1 in the first group.
const GROUPS_WITH_ONE: [&[usize]; 4] = [&[11], &[4, 3, 4], &[4, 7], &[7, 4]];
/// The most groups of the lists above, with the country code as a group of its own.
const MOST_GROUPS: usize = 5;
/// The most digits that a number has anywhere in the world (ITU-T E.164).
const MOST_DIGITS: usize = 15;
/// The fewest digits that we take for a number abroad, country code included.
const LEAST_DIGITS: usize = 7;

/// What was found at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub kind: PieceKind,
    /// The atom behind it.
    pub end: usize,
}

/// The atoms of one segment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Atoms<'a>(pub &'a [Atom]);

impl<'a> Atoms<'a> {
    pub fn get(self, at: usize) -> Option<&'a Atom> {
        self.0.get(at)
    }

    pub fn before(self, at: usize) -> Option<&'a Atom> {
        self.0.get(at.checked_sub(1)?)
    }

    pub fn from(self, at: usize) -> &'a [Atom] {
        self.0.get(at..).unwrap_or_default()
    }

    /// The digits at a place, if there are any.
    pub fn digits(self, at: usize) -> Option<&'a str> {
        self.get(at).filter(|atom| atom.kind == AtomKind::Digits).map(|atom| atom.text.as_str())
    }

    /// A complete number that begins here, or one from abroad.
    pub fn number_at(self, at: usize) -> Option<Found> {
        let atom = self.get(at)?;
        match atom.kind {
            AtomKind::Plus => self.after_plus(at + 1),
            AtomKind::Digits => self
                .after_prefix(at)
                .or_else(|| self.grouped(at))
                .or_else(|| self.odd(at))
                .or_else(|| self.spelled(at, false)),
            _ => None,
        }
    }

    /// The atom behind a number that is grouped as people group one, whatever follows.
    pub fn grouped_end(self, at: usize) -> Option<usize> {
        let mut lengths = [0; MOST_GROUPS];
        let groups = self.from(at).iter().take_while(|atom| atom.kind == AtomKind::Digits);
        for (length, atom) in lengths.iter_mut().zip(groups) {
            *length = atom.text.len();
        }
        let matches = |groups: &&&[usize], skipped: usize| {
            groups.iter().enumerate().all(|(index, group)| lengths.get(index + skipped) == Some(group))
        };
        let first = self.digits(at)?;
        if first == "1" {
            return GROUPS.iter().find(|groups| matches(groups, 1)).map(|groups| at + 1 + groups.len());
        }
        let with_one = GROUPS_WITH_ONE.iter().filter(|_| first.starts_with('1'));
        with_one.chain(&GROUPS).find(|groups| matches(groups, 0)).map(|groups| at + groups.len())
    }

    fn grouped(self, at: usize) -> Option<Found> {
        let end = self.grouped_end(at)?;
        if self.touches_lookalike(at, end) || self.runs_on(end) {
            return None;
        }
        Some(self.number(at, end, false))
    }

    /// Whether more digits hang on, as in 317-842-5519-0: then nobody can tell which ten are meant.
    fn runs_on(self, end: usize) -> bool {
        let Some(next) = self.get(end).filter(|next| next.kind == AtomKind::Digits) else { return false };
        let may_follow = next.gap.is_loose()
            || next.gap.has(super::tokens::Gap::SLASH)
            || next.gap.has(super::tokens::Gap::HASH)
            || next.text.len() == 4
            || self.grouped_end(end).is_some();
        !may_follow
    }

    /// Ten digits in any other grouping, where no other digits are near: 31-78-42-55-19.
    fn odd(self, at: usize) -> Option<Found> {
        if self.before(at).is_some_and(|atom| matches!(atom.kind, AtomKind::Digits | AtomKind::Plus)) {
            return None;
        }
        let (end, count) = self.run(at, MOST_DIGITS);
        let is_whole = self.digits(end).is_none() && !self.touches_lookalike(at, end);
        let mut gaps = self.from(at).iter().take(end - at).skip(1).map(|atom| atom.gap.is_loose());
        let is_even = gaps.next().is_none_or(|first| gaps.all(|gap| gap == first));
        let has_one = self.digits(at)?.starts_with('1');
        let is_number = count == if has_one { 11 } else { 10 };
        (is_whole && is_even && is_number).then(|| self.number(at, end, false))
    }

    /// Where whole groups from here end, and how many digits they have; stops above `most` digits.
    fn run(self, at: usize, most: usize) -> (usize, usize) {
        let (mut end, mut count) = (at, 0);
        while let Some(group) = self.digits(end) {
            if end != at && most < count + group.len() {
                break;
            }
            count += group.len();
            end += 1;
        }
        (end, count)
    }

    fn after_plus(self, at: usize) -> Option<Found> {
        if self.digits(at)?.starts_with('1') {
            let (end, count) = self.run(at, MOST_DIGITS);
            let is_whole = self.digits(end).is_none() && count == 11 && !self.touches_lookalike(at, end);
            return self
                .grouped(at)
                .filter(|found| self.joined(at, found.end).len() == 11)
                .or_else(|| is_whole.then(|| self.number(at, end, false)))
                .or_else(|| self.spelled(at, true));
        }
        self.abroad(at, at)
    }

    /// A number behind an international prefix: 00 or 011.
    fn after_prefix(self, at: usize) -> Option<Found> {
        let first = self.digits(at)?;
        let starts_here = self.before(at).is_none_or(|_| self.get(at).is_some_and(|atom| atom.gap.is_loose()));
        let country = first.strip_prefix("011").or_else(|| first.strip_prefix("00")).filter(|_| starts_here)?;
        let is_short_code = matches!(country, "" | "1" | "7") || matches!(country.len(), 2 | 3);
        if !is_short_code && country.len() < LEAST_DIGITS {
            return None;
        }
        let (end, count) = self.run(at, MOST_DIGITS + 3);
        let skipped = first.len() - country.len();
        let digits: String = self.joined(at, end).chars().skip(skipped).collect();
        match digits.strip_prefix('1') {
            Some(national) if national.len() == 10 => {
                Some(Found { kind: PieceKind::Number { digits: national.to_owned(), spelled: false }, end })
            }
            _ if count < LEAST_DIGITS + skipped => None,
            _ => self.abroad(at, at),
        }
    }

    fn abroad(self, at: usize, from: usize) -> Option<Found> {
        let (end, count) = self.run(from, MOST_DIGITS);
        if count < LEAST_DIGITS {
            return None;
        }
        let digits = self.joined(from, end);
        let is_ten = count == 10 && self.before(at).is_some_and(|atom| atom.kind == AtomKind::Plus);
        let fault = if is_ten { Fault::PlusAndTen(digits) } else { Fault::Abroad };
        Some(Found { kind: PieceKind::Fault(fault), end })
    }

    fn joined(self, at: usize, end: usize) -> String {
        self.from(at).iter().take(end - at).map(|atom| atom.text.as_str()).collect()
    }

    fn number(self, at: usize, end: usize, spelled: bool) -> Found {
        let digits = self.joined(at, end);
        // Ten digits may begin with a 1 by mistake; the numbering plan then says so.
        let digits = if digits.len() == 11 { digits.chars().skip(1).collect() } else { digits };
        Found { kind: PieceKind::Number { digits, spelled }, end }
    }

    /// Whether an O or an l sticks to the digits, where a 0 or a 1 may be meant.
    fn touches_lookalike(self, at: usize, end: usize) -> bool {
        let sticks = |letters: Option<&Atom>, behind: Option<&Atom>| {
            letters.is_some_and(|atom| atom.kind == AtomKind::Letters && words::is_lookalike(&atom.text))
                && behind.is_some_and(|atom| atom.gap.is_empty())
        };
        sticks(self.before(at), self.get(at)) || sticks(self.get(end), self.get(end))
    }

    /// A number with letters for its last digits: 1-800-FLOWERS. Letters count only in runs of three or more.
    fn spelled(self, at: usize, plus: bool) -> Option<Found> {
        let one = usize::from(self.digits(at)?.starts_with('1'));
        let (mut digits, mut run, mut end) = (String::new(), None, at);
        while digits.len() < 10 + one {
            let atom = self.get(end)?;
            match atom.kind {
                AtomKind::Digits if run.is_none_or(|run| 3 <= run) => {
                    digits.push_str(&atom.text);
                    run = None;
                }
                AtomKind::Letters if self.may_spell(end, digits.len().checked_sub(one)?, plus || one == 1) => {
                    run = Some(run.unwrap_or(0) + atom.text.len());
                    for letter in atom.text.chars() {
                        digits.push(words::key_of(letter)?);
                    }
                }
                _ => return None,
            }
            end += 1;
        }
        let hangs_on = self.get(end).is_some_and(|next| next.gap.is_empty());
        let has_letters = self.from(at).iter().take(end - at).any(|atom| atom.kind == AtomKind::Letters);
        if digits.len() != 10 + one || hangs_on || !has_letters || run.is_some_and(|run| run < 3) {
            return None;
        }
        let digits = digits.chars().skip(one).collect();
        Some(Found { kind: PieceKind::Number { digits, spelled: true }, end })
    }

    /// Whether letters behind so many digits may be part of the number, and not a word after it. Behind a space they
    /// must fill what is missing: seven or four, in capitals, or seven behind "1" or a bracket.
    fn may_spell(self, at: usize, digits: usize, is_marked: bool) -> bool {
        let Some(atom) = self.get(at).filter(|_| 3 <= digits) else { return false };
        if words::is_extension(&atom.text) {
            return false;
        }
        let follows_letters = self.before(at).is_some_and(|before| before.kind == AtomKind::Letters);
        if !atom.gap.is_loose() {
            return true;
        }
        let is_upper = atom.text.chars().all(|letter| letter.is_ascii_uppercase());
        let is_bracketed = atom.gap.has(super::tokens::Gap::STOP);
        let fills = matches!(digits, 3 | 6) && !words::is_label(&atom.text);
        (is_upper && (fills || follows_letters))
            || (digits == 3 && atom.text.len() == 7 && (is_marked || is_bracketed) && !words::is_label(&atom.text))
    }
}
