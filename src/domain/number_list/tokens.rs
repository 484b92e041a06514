//! Cuts pasted text into segments, as people separate entries, and into atoms: runs of digits, words and pluses.

/// What stands between two atoms, as a set of marks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Gap(u16);

impl Gap {
    pub const SPACE: Self = Self(1);
    pub const DASH: Self = Self(2);
    pub const SLASH: Self = Self(4);
    pub const OPEN: Self = Self(8);
    pub const HASH: Self = Self(16);
    pub const COLON: Self = Self(32);
    /// A dot or a closing bracket.
    pub const STOP: Self = Self(64);
    /// Quotes and other brackets.
    pub const QUOTE: Self = Self(128);
    /// A sign that has no place around numbers.
    pub const OTHER: Self = Self(256);

    pub fn has(self, mark: Self) -> bool {
        self.0 & mark.0 != 0
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether white space stands between the atoms.
    pub fn is_loose(self) -> bool {
        self.has(Self::SPACE)
    }

    fn add(&mut self, mark: Self) {
        self.0 |= mark.0;
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AtomKind {
    Digits,
    Letters,
    Plus,
    /// An ampersand: a word of its own, and never part of a number.
    Ampersand,
    /// A character that nobody can type.
    Hidden,
}

/// A run of like characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Atom {
    pub kind: AtomKind,
    /// The run as ASCII digits or as letters, without what cannot be seen.
    pub text: String,
    /// What stands before it, since the atom before or the start of the segment.
    pub gap: Gap,
    /// Where it begins in the pasted text, in bytes, with the bracket or `#` that opens it.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
}

/// What stands between two separators.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Segment {
    pub atoms: Vec<Atom>,
    /// What stands behind the last atom.
    pub tail: Gap,
    /// Counted from 0.
    pub line: usize,
    /// Whether a tab or a vertical bar is beside it, as between the cells of a table.
    pub is_cell: bool,
    /// Where it begins and ends, in bytes.
    pub start: usize,
    pub end: usize,
}

enum Class {
    Digit(char),
    Letter(char),
    Plus,
    Ampersand,
    Hidden,
    Separator,
    Cell,
    Line,
    Mark(Gap),
    /// Not seen: soft hyphens, byte order marks, marks for the direction of writing.
    Unseen,
}

fn classify(raw: char) -> Class {
    let character = match raw {
        // Full-width forms stand at a fixed distance from ASCII.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(raw) - 0xFEE0).unwrap_or(raw),
        _ => raw,
    };
    match character {
        '0'..='9' => Class::Digit(character),
        '+' => Class::Plus,
        '&' => Class::Ampersand,
        '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::Line,
        '\t' | '|' => Class::Cell,
        ',' | ';' | '、' | '،' | '؛' | '•' | '‣' | '⁃' | '∙' | '▪' | '●' | '○' | '◦' | '■' | '□' | '▸' | '►' | '➤'
        | '✓' | '✔' | '☐' | '☑' | '◆' => Class::Separator,
        '\u{AD}'
        | '\u{61C}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' => Class::Unseen,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '~' | '_' => Class::Mark(Gap::DASH),
        '/' | '\\' | '\u{2044}' => Class::Mark(Gap::SLASH),
        '(' | '[' => Class::Mark(Gap::OPEN),
        '.' | '·' | ')' | ']' | '…' => Class::Mark(Gap::STOP),
        '#' => Class::Mark(Gap::HASH),
        ':' => Class::Mark(Gap::COLON),
        '"' | '\'' | '`' | '´' | '‘'..='‟' | '«' | '»' | '‹' | '›' | '{' | '}' | '<' | '>' | '*' => {
            Class::Mark(Gap::QUOTE)
        }
        _ if character.is_whitespace() => Class::Mark(Gap::SPACE),
        _ if character.is_control() => Class::Hidden,
        _ if character.is_alphanumeric() => other_digit(character).map_or(Class::Letter(character), Class::Digit),
        _ => Class::Mark(Gap::OTHER),
    }
}

/// The digits of Arabic and Persian keyboards.
fn other_digit(character: char) -> Option<char> {
    let code = u32::from(character);
    let digit = match code {
        0x660..=0x669 => code - 0x660,
        0x6F0..=0x6F9 => code - 0x6F0,
        _ => return None,
    };
    char::from_digit(digit, 10)
}

#[derive(Default)]
struct Cutter {
    segments: Vec<Segment>,
    segment: Segment,
    gap: Gap,
    opening: Option<usize>,
}

impl Cutter {
    fn read(&mut self, class: Class, at: usize, end: usize) {
        match class {
            Class::Digit(digit) => self.atom(AtomKind::Digits, digit, at, end),
            Class::Letter(letter) => self.atom(AtomKind::Letters, letter, at, end),
            Class::Plus => self.atom(AtomKind::Plus, '+', at, end),
            Class::Ampersand => self.atom(AtomKind::Ampersand, '&', at, end),
            Class::Hidden => self.atom(AtomKind::Hidden, '\u{FFFD}', at, end),
            Class::Mark(mark) => {
                self.gap.add(mark);
                if mark == Gap::OPEN || mark == Gap::HASH {
                    self.opening = Some(at);
                }
            }
            Class::Unseen => {}
            Class::Separator => self.separate(at, end, false, false),
            Class::Cell => self.separate(at, end, true, false),
            Class::Line => self.separate(at, end, false, true),
        }
    }

    fn atom(&mut self, kind: AtomKind, character: char, at: usize, end: usize) {
        let is_run = matches!(kind, AtomKind::Digits | AtomKind::Letters) && self.gap.is_empty();
        if let Some(last) = self.segment.atoms.last_mut().filter(|last| is_run && last.kind == kind) {
            last.text.push(character);
            last.end = end;
            return;
        }
        let gap = std::mem::take(&mut self.gap);
        let start = self.opening.take().unwrap_or(at);
        self.segment.atoms.push(Atom { kind, text: character.to_string(), gap, start, end });
    }

    fn separate(&mut self, at: usize, end: usize, is_cell: bool, is_line: bool) {
        self.segment.end = at;
        self.segment.tail = std::mem::take(&mut self.gap);
        self.segment.is_cell |= is_cell;
        self.opening = None;
        let line = self.segment.line + usize::from(is_line);
        let next = Segment { line, is_cell, start: end, ..Segment::default() };
        self.segments.push(std::mem::replace(&mut self.segment, next));
    }
}

/// Cuts text at commas, semicolons, line ends, tabs, bars, bullets and `<br>`.
pub(super) fn segments(text: &str) -> Vec<Segment> {
    let mut cutter = Cutter::default();
    let mut skip_to = 0;
    for (at, character) in text.char_indices() {
        if at < skip_to {
            continue;
        }
        if let Some(length) = (character == '<').then(|| line_break(text, at)).flatten() {
            skip_to = at + length;
            cutter.separate(at, skip_to, false, true);
        } else {
            cutter.read(classify(character), at, at + character.len_utf8());
        }
    }
    cutter.separate(text.len(), text.len(), false, false);
    cutter.segments
}

/// The length of `<br>`, `<br/>` or `<br />`, in bytes, if one stands here.
fn line_break(text: &str, at: usize) -> Option<usize> {
    let tags = ["<br>", "<br/>", "<br />"];
    let is_here = |tag: &&str| text.get(at..at + tag.len()).is_some_and(|here| here.eq_ignore_ascii_case(tag));
    tags.into_iter().find(is_here).map(str::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        let found: Vec<Vec<String>> = segments(text)
            .into_iter()
            .map(|segment| segment.atoms.into_iter().map(|atom| atom.text).collect::<Vec<_>>())
            .filter(|atoms| !atoms.is_empty())
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn cuts_where_people_separate() {
        check("1,2;3\n4\t5|6•7、8<BR />9", &[&["1"], &["2"], &["3"], &["4"], &["5"], &["6"], &["7"], &["8"], &["9"]]);
        check("1/2 3 & 4", &[&["1", "2", "3", "&", "4"]]);
    }

    #[test]
    fn sees_through_odd_characters() {
        check("\u{FEFF}３１７\u{AD}842\u{2014}5519", &[&["317842", "5519"]]);
        check("٣١٧\u{A0}ext1\0", &[&["317", "ext", "1", "\u{FFFD}"]]);
    }

    #[test]
    fn keeps_the_opening_bracket_with_what_it_opens() {
        let atoms = &segments("a (212) #5")[0].atoms;
        assert_eq!(atoms.iter().map(|atom| (atom.start, atom.end)).collect::<Vec<_>>(), [(0, 1), (2, 6), (8, 10)]);
    }
}
