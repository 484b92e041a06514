//! Puts the segments of pasted text together, and decides what words without any number are.

use std::collections::HashSet;

use super::pieces::{Fault, Piece, PieceKind};
use super::reader;
use super::tokens::{Gap, Segment, segments};

/// So many words in a row are a sentence around the numbers; fewer, alone between separators, are a failed entry.
const SENTENCE: usize = 3;

/// Reads pasted text into pieces, in the order of the text. Together they hold every letter and digit of it.
pub(in crate::domain) fn pieces(text: &str) -> Vec<Piece> {
    let mut read: Vec<(Segment, Vec<Piece>)> = Vec::new();
    let mut after_number = false;
    for segment in segments(text) {
        let pieces = reader::read(&segment, after_number);
        if let Some(last) = pieces.last() {
            after_number = last.is_number() || matches!(last.kind, PieceKind::Range { .. });
        }
        read.push((segment, pieces));
    }
    let lines: HashSet<usize> = read
        .iter()
        .filter(|(_, pieces)| pieces.iter().any(Piece::is_number))
        .map(|(segment, _)| segment.line)
        .collect();
    read.into_iter().flat_map(|(segment, pieces)| judge(&segment, pieces, &lines, text)).collect()
}

/// Makes one problem of a segment in which words, and no number, were entered.
fn judge(segment: &Segment, mut pieces: Vec<Piece>, lines: &HashSet<usize>, text: &str) -> Vec<Piece> {
    let is_word = |piece: &Piece| matches!(piece.kind, PieceKind::Word { .. } | PieceKind::Joiner);
    let has_words = pieces.iter().any(|piece| matches!(piece.kind, PieceKind::Word { .. }));
    if !has_words || !pieces.iter().all(|piece| is_word(piece) || piece.is_scrap()) {
        if pieces.is_empty() && segment.tail.has(Gap::OTHER) {
            pieces.push(Piece { kind: PieceKind::Word { label: false }, start: segment.start, end: segment.end });
        }
        return pieces;
    }
    let beside_number = segment.is_cell && lines.contains(&segment.line);
    if pieces.iter().all(is_word) && (beside_number || is_heading(&pieces) || is_sentence(&pieces, text)) {
        return pieces;
    }
    let (start, end) = (segment.start, segment.end);
    let whole = Piece { kind: PieceKind::Fault(Fault::NotANumber), start, end };
    let (start, end) = (end - whole.of(text).trim_start().len(), start + whole.of(text).trim_end().len());
    vec![Piece { start, end, ..whole }]
}

fn is_heading(pieces: &[Piece]) -> bool {
    pieces.iter().all(|piece| matches!(piece.kind, PieceKind::Word { label: true } | PieceKind::Joiner))
}

fn is_sentence(pieces: &[Piece], text: &str) -> bool {
    let words = pieces.iter().filter(|piece| matches!(piece.kind, PieceKind::Word { .. }));
    let has_digit = pieces.iter().any(|piece| piece.of(text).contains(|sign: char| sign.is_ascii_digit()));
    SENTENCE <= words.count() && !has_digit
}
