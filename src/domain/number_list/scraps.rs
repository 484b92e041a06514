//! Says what is wrong with digits that make no complete number.

use super::pieces::{Fault, Piece, PieceKind};
use super::tokens::{Atom, AtomKind, Gap};
use super::words;

/// Fewer signs than this beside at most three digits are a word such as "2nd" or "4B".
const WORD_LENGTH: usize = 9;

/// Makes pieces of atoms that stand together; `after_word` tells whether a word stands before them.
pub(super) fn pieces(atoms: &[Atom], after_word: bool) -> Vec<Piece> {
    let tokens: Vec<&[Atom]> = tokens(atoms).collect();
    // "555-0142 555-0143" is two entries, "555 0142" is one.
    let has_one = tokens.first().is_some_and(|token| matches!(token, [one] if one.text == "1"));
    let is_one_entry = has_one && tokens.len() == 2;
    if 1 < tokens.len() && !is_one_entry && tokens.iter().any(|token| 7 <= count(token, AtomKind::Digits)) {
        return tokens.into_iter().filter_map(|token| piece(token, false)).collect();
    }
    piece(atoms, after_word).into_iter().collect()
}

/// Cuts at white space.
fn tokens(atoms: &[Atom]) -> impl Iterator<Item = &[Atom]> {
    atoms.chunk_by(|before, after| before.kind == AtomKind::Plus || !after.gap.is_loose())
}

fn piece(atoms: &[Atom], after_word: bool) -> Option<Piece> {
    let (first, last) = (atoms.first()?, atoms.last()?);
    let kind =
        if is_word(atoms, after_word) { PieceKind::Word { label: false } } else { PieceKind::Fault(fault_of(atoms)) };
    Some(Piece { kind, start: first.start, end: last.end })
}

fn count(atoms: &[Atom], kind: AtomKind) -> usize {
    atoms.iter().filter(|atom| atom.kind == kind).map(|atom| atom.text.chars().count()).sum()
}

/// Whether a few digits belong to the words around them: "2nd", "Suite 4B", "Line 2".
fn is_word(atoms: &[Atom], after_word: bool) -> bool {
    let (digits, letters) = (count(atoms, AtomKind::Digits), count(atoms, AtomKind::Letters));
    if letters == 0 {
        let is_loose = atoms.first().is_some_and(|atom| atom.gap.is_loose());
        return atoms.len() == 1 && matches!(digits, 1 | 2) && after_word && is_loose;
    }
    digits <= 3 && digits + letters < WORD_LENGTH
}

fn fault_of(atoms: &[Atom]) -> Fault {
    let digits = count(atoms, AtomKind::Digits);
    let has_plus = atoms.first().is_some_and(|atom| atom.kind == AtomKind::Plus);
    let first = atoms.iter().find(|atom| atom.kind == AtomKind::Digits).map_or("", |atom| atom.text.as_str());
    // "117" is a wrong area code rather than a 1 and two digits.
    let has_one = first.starts_with('1') && (has_plus || (first.len() != 3 && 8 <= digits));
    if let Some(fault) = letters_fault(atoms, digits, first) {
        return fault;
    }
    let has_slash = atoms.iter().skip(1).any(|atom| atom.gap.has(Gap::SLASH));
    match digits {
        0 => Fault::NotANumber,
        8 if has_one => Fault::AreaCodeMissing,
        7 if !has_plus && !has_slash => Fault::AreaCodeMissing,
        11 if has_one => Fault::OddlyGrouped,
        10 if !has_one => Fault::OddlyGrouped,
        _ if has_one => Fault::LengthAfterOne(digits - 1),
        _ => Fault::Length(digits),
    }
}

/// What is wrong when letters are among the digits; nothing when they are only a word behind seven or more.
fn letters_fault(atoms: &[Atom], digits: usize, first: &str) -> Option<Fault> {
    let letter = first_letter(atoms)?;
    let is_run = |atom: &Atom| atom.kind == AtomKind::Letters && 3 <= atom.text.chars().count();
    if !atoms.iter().any(is_run) {
        return Some(Fault::LetterInside(letter));
    }
    let length = digits + count(atoms, AtomKind::Letters) - usize::from(first.starts_with('1'));
    match digits {
        7.. => None,
        _ if length == 10 => Some(Fault::LetterInside(letter)),
        _ => Some(Fault::LengthWithLetters(length)),
    }
}

/// The letter to name: the first of those that are read as digits, else of short runs, else of all.
fn first_letter(atoms: &[Atom]) -> Option<char> {
    let letters = || atoms.iter().filter(|atom| atom.kind == AtomKind::Letters);
    letters()
        .find(|atom| words::is_lookalike(&atom.text))
        .or_else(|| letters().find(|atom| atom.text.chars().count() < 3))
        .or_else(|| letters().next())?
        .text
        .chars()
        .next()
}
