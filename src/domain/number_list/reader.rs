//! Reads one segment of pasted text into pieces.

use super::layout::Atoms;
use super::pieces::{Fault, Piece, PieceKind};
use super::scraps;
use super::tokens::{Atom, AtomKind, Gap, Segment};
use super::words;

/// The most digits before a colon that still make a label: "Line 2:".
const LABEL_DIGITS: usize = 3;
/// The most digits of an extension.
const EXTENSION_DIGITS: usize = 7;

/// Reads a segment; `after_number` tells whether the last thing before it was a number, whose extension may follow.
pub(super) fn read(segment: &Segment, after_number: bool) -> Vec<Piece> {
    if segment.atoms.iter().any(|atom| atom.kind == AtomKind::Hidden) {
        let kind = PieceKind::Fault(Fault::HiddenCharacter);
        return vec![Piece { kind, start: segment.start, end: segment.end }];
    }
    let mut reader = Reader {
        atoms: Atoms(&segment.atoms),
        labels: label_ends(segment),
        after_number,
        pieces: Vec::new(),
        scrap: None,
        at: 0,
    };
    while reader.at < segment.atoms.len() {
        reader.step();
    }
    reader.flush();
    reader.pieces
}

/// For each atom that a label begins with, the atom behind the label: the words up to a colon.
fn label_ends(segment: &Segment) -> Vec<Option<usize>> {
    let mut ends = vec![None; segment.atoms.len()];
    // From the back: where the next colon is, and what stands before it.
    let mut gap = segment.tail;
    let (mut end, mut digits, mut has_letters) = (None, 0, false);
    for (at, atom) in segment.atoms.iter().enumerate().rev() {
        if gap.has(Gap::COLON) {
            (end, digits, has_letters) = (Some(at + 1), 0, false);
        }
        match atom.kind {
            AtomKind::Digits => digits += atom.text.len(),
            AtomKind::Letters => has_letters = true,
            _ => end = None,
        }
        if let Some(slot) = ends.get_mut(at) {
            *slot = end.filter(|_| has_letters && digits <= LABEL_DIGITS);
        }
        gap = atom.gap;
    }
    ends
}

struct Reader<'a> {
    atoms: Atoms<'a>,
    labels: Vec<Option<usize>>,
    after_number: bool,
    pieces: Vec<Piece>,
    /// Where digits begin that are not yet part of anything.
    scrap: Option<usize>,
    at: usize,
}

impl Reader<'_> {
    fn step(&mut self) {
        let at = self.at;
        let Some(atom) = self.atoms.get(at) else { return };
        if let Some(end) = self.extension_end(at) {
            self.take(PieceKind::Extension, end);
        } else if !self.hangs_on(atom)
            && let Some(found) = self.atoms.number_at(at)
        {
            self.take(found.kind, found.end);
            self.extend_number();
        } else if let Some(end) = self.labels.get(at).copied().flatten() {
            self.take(PieceKind::Word { label: true }, end);
        } else {
            self.step_over(atom);
        }
    }

    /// Passes what is no number: a word, or digits that are looked at together once all of them are known.
    fn step_over(&mut self, atom: &Atom) {
        let at = self.at;
        match atom.kind {
            AtomKind::Letters if self.sticks_to_digits(atom) => self.begin_scrap(),
            AtomKind::Letters if words::is_joiner(&atom.text) => self.take(PieceKind::Joiner, at + 1),
            AtomKind::Letters => self.take_words(),
            AtomKind::Ampersand => self.take(PieceKind::Joiner, at + 1),
            _ if self.is_list_mark(atom) => self.take(PieceKind::Word { label: true }, at + 1),
            _ => self.begin_scrap(),
        }
    }

    fn begin_scrap(&mut self) {
        self.scrap = self.scrap.or(Some(self.at));
        self.at += 1;
    }

    fn take(&mut self, kind: PieceKind, end: usize) {
        self.flush();
        if let (Some(first), Some(last)) = (self.atoms.get(self.at), self.atoms.before(end)) {
            self.pieces.push(Piece { kind, start: first.start, end: last.end });
        }
        self.at = end;
    }

    /// Takes words that hang together, such as "toll-free", as one.
    fn take_words(&mut self) {
        let mut end = self.at + 1;
        let mut label = self.atoms.get(self.at).is_some_and(|atom| words::is_label(&atom.text));
        while let Some(next) = self.atoms.get(end)
            && next.kind == AtomKind::Letters
            && !next.gap.is_loose()
            && self.labels.get(end).copied().flatten().is_none()
            && self.atoms.get(end + 1).is_none_or(|after| !after.gap.is_empty())
        {
            label &= words::is_label(&next.text);
            end += 1;
        }
        self.take(PieceKind::Word { label }, end);
    }

    fn flush(&mut self) {
        if let Some(start) = self.scrap.take() {
            let after_word = matches!(self.pieces.last(), Some(Piece { kind: PieceKind::Word { .. }, .. }));
            let atoms = self.atoms.from(start);
            self.pieces.extend(scraps::pieces(atoms.get(..self.at - start).unwrap_or(atoms), after_word));
        }
    }

    /// Whether digits hang on digits before them that are no number, so that no number begins here.
    fn hangs_on(&self, atom: &Atom) -> bool {
        let is_near = !atom.gap.is_loose() && !atom.gap.has(Gap::SLASH) && !atom.gap.has(Gap::COLON);
        let after_digits = self.atoms.before(self.at).is_some_and(|before| before.kind == AtomKind::Digits);
        self.scrap.is_some() && atom.kind == AtomKind::Digits && is_near && (after_digits || atom.gap.is_empty())
    }

    /// Whether letters are in the middle of digits: 317-84A-5519, abc123.
    fn sticks_to_digits(&self, atom: &Atom) -> bool {
        let is_near = !atom.gap.is_loose() && !atom.gap.has(Gap::SLASH) && !atom.gap.has(Gap::COLON);
        if self.scrap.is_some() && is_near {
            return true;
        }
        let next = self.atoms.get(self.at + 1);
        next.is_some_and(|next| next.kind == AtomKind::Digits && next.gap.is_empty())
            && self.atoms.number_at(self.at + 1).is_none()
    }

    /// Whether these digits count an entry: "2. 317-842-5520".
    fn is_list_mark(&self, atom: &Atom) -> bool {
        let Some(next) = self.atoms.get(self.at + 1) else { return false };
        let is_mark = self.at == 0 && atom.kind == AtomKind::Digits && atom.text.len() <= 3 && !atom.gap.has(Gap::OPEN);
        if !is_mark || !(next.gap.has(Gap::STOP) || next.gap.has(Gap::COLON)) {
            return false;
        }
        let rest = self.atoms.from(self.at + 1).iter().take_while(|atom| atom.kind == AtomKind::Digits);
        let rest: usize = rest.take(4).map(|atom| atom.text.len()).sum();
        self.atoms.number_at(self.at + 1).is_some() || (next.gap.is_loose() && rest == 7)
    }

    /// The atom behind an extension that begins here: "ext. 12", "x12", "#12".
    fn extension_end(&self, at: usize) -> Option<usize> {
        if !self.follows_number(at) {
            return None;
        }
        let atom = self.atoms.get(at)?;
        let end = match atom.kind {
            AtomKind::Letters if words::is_extension(&atom.text) => at + 1,
            AtomKind::Digits if atom.gap.has(Gap::HASH) => at,
            _ => return None,
        };
        let digits = self.atoms.digits(end)?;
        (digits.len() <= EXTENSION_DIGITS && self.atoms.grouped_end(end).is_none()).then_some(end + 1)
    }

    fn follows_number(&self, at: usize) -> bool {
        if let Some(scrap) = self.scrap {
            let digits = self.atoms.from(scrap).iter().take(at - scrap).rev().take(4).map(|atom| atom.text.len());
            return 7 <= digits.sum::<usize>();
        }
        match self.pieces.last() {
            Some(piece) => piece.is_number() || matches!(piece.kind, PieceKind::Range { .. }),
            None => at == 0 && self.after_number,
        }
    }

    /// Looks behind the number just taken for the rest of a range or of shortened numbers.
    fn extend_number(&mut self) {
        let Some(Piece { kind: PieceKind::Number { digits, spelled: false }, .. }) = self.pieces.last() else { return };
        let found = shortened_end(self.atoms, self.at)
            .map(|end| (PieceKind::Fault(Fault::Shortened), end))
            .or_else(|| super::ranges::range_at(self.atoms, self.at, digits));
        let Some((kind, end)) = found else { return };
        let last = self.atoms.before(end);
        if let (Some(piece), Some(last)) = (self.pieces.last_mut(), last) {
            piece.kind = kind;
            piece.end = last.end;
            self.at = end;
        }
    }
}

/// The atom behind the digits that stand for more numbers after a slash: 317-842-5519/20/21.
fn shortened_end(atoms: Atoms<'_>, at: usize) -> Option<usize> {
    let is_short = |at: usize| atoms.digits(at).is_some_and(|digits| digits.len() <= 4);
    let next = atoms.get(at).filter(|next| next.gap.has(Gap::SLASH))?;
    if !is_short(at) || atoms.grouped_end(at).is_some() {
        return None;
    }
    let is_loose = next.gap.is_loose();
    let belongs = |atom: &&Atom| {
        atom.kind == AtomKind::Digits && (!atom.gap.is_loose() || (is_loose && atom.gap.has(Gap::SLASH)))
    };
    let more = atoms.from(at + 1).iter().take_while(belongs).count();
    Some(at + 1 + more)
}
