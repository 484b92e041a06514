//! Moves a number that the person named from the pasted list into a wireless row of its own.

use super::numbers::{NumbersAnswers, WirelessAnswer};
use crate::domain::number_list::{Piece, PieceKind, pieces};
use crate::domain::phone_number::PhoneNumber;

impl NumbersAnswers {
    /// Takes every mention of a number (E.164) out of the landline text and gives it a wireless row.
    ///
    /// The rest of the text stays as it was pasted, but for the separator that the number leaves behind; a range around the
    /// number becomes the two ranges beside it. Returns the place of the row, nothing if the text does not have the number.
    pub fn move_to_wireless(&mut self, e164: &str) -> Option<usize> {
        let number = PhoneNumber::from_stored(e164)?;
        let moved = number.as_str().strip_prefix("+1")?.to_owned();
        let found = pieces(&self.landline);
        let mut text = self.landline.clone();
        // From the end, so that the places of earlier pieces stay right.
        for (at, piece) in found.iter().enumerate().rev() {
            if let Some(changed) = without(&text, &found, at, piece, &moved) {
                text = changed;
            }
        }
        if text == self.landline {
            return None;
        }
        self.landline = text;
        Some(self.row_for(&number, &moved))
    }

    fn row_for(&mut self, number: &PhoneNumber, digits: &str) -> usize {
        let has_number = |row: &WirelessAnswer| {
            pieces(&row.number)
                .iter()
                .any(|piece| matches!(&piece.kind, PieceKind::Number { digits: own, .. } if own == digits))
        };
        if let Some(at) = self.wireless.iter().position(has_number) {
            return at;
        }
        let at = self.wireless.iter().position(WirelessAnswer::is_empty).unwrap_or_else(|| self.add_row());
        if let Some(row) = self.wireless.get_mut(at) {
            row.number = number.national();
        }
        at
    }
}

/// The text without a number, if this piece of it is or holds the number.
fn without(text: &str, all: &[Piece], at: usize, piece: &Piece, moved: &str) -> Option<String> {
    match &piece.kind {
        PieceKind::Number { digits, .. } if digits == moved => {
            let (start, end) = with_label_and_extension(text, all, at, piece);
            let before = text.get(..start)?.trim_end_matches(['"', '“', '[']);
            let after = text.get(end..)?.trim_start_matches(['"', '”', ']', ')']);
            Some(close_gap(before, after))
        }
        PieceKind::Range { from, to } if from.as_str() <= moved && moved <= to.as_str() => {
            let parts = [beside(from, moved, -1), beside(moved, to, 1)];
            let rest: Vec<String> = parts.into_iter().flatten().collect();
            let (before, after) = (text.get(..piece.start)?, text.get(piece.end..)?);
            Some(if rest.is_empty() { close_gap(before, after) } else { format!("{before}{}{after}", rest.join(", ")) })
        }
        _ => None,
    }
}

/// Where a number begins and ends together with the label before it and the extension behind it.
fn with_label_and_extension(text: &str, all: &[Piece], at: usize, piece: &Piece) -> (usize, usize) {
    let joined =
        |from: usize, to: usize| text.get(from..to).is_some_and(|gap| !gap.contains([',', ';', '|', '\n', '\r', '\t']));
    let label = at.checked_sub(1).and_then(|before| all.get(before));
    let label = label.filter(|label| label.kind == PieceKind::Word { label: true } && joined(label.end, piece.start));
    let extension = all.get(at + 1).filter(|next| next.kind == PieceKind::Extension && joined(piece.end, next.start));
    (label.map_or(piece.start, |label| label.start), extension.map_or(piece.end, |extension| extension.end))
}

/// What is left of a range on one side of a number: `step` -1 for from `first` up to it, 1 for behind it up to `last`.
fn beside(first: &str, last: &str, step: i64) -> Option<String> {
    let (low, high) = (first.parse::<i64>().ok()?, last.parse::<i64>().ok()?);
    let (low, high) = if step < 0 { (low, high - 1) } else { (low + 1, high) };
    let written = |digits: i64| PhoneNumber::from_stored(&format!("+1{digits:010}")).map(|number| number.national());
    match high - low {
        i64::MIN..0 => None,
        0 => written(low),
        _ => Some(format!("{} to {}", written(low)?, written(high)?)),
    }
}

/// Joins what stood around a number that is gone, with one separator less.
fn close_gap(before: &str, after: &str) -> String {
    let is_separator = |c: char| ",;|".contains(c);
    let left = before.trim_end_matches([' ', '\t']);
    let right = after.trim_start_matches([' ', '\t']);
    if right.is_empty() {
        return left.trim_end_matches(|c| is_separator(c) || c == ' ').to_owned();
    }
    if let Some(rest) = right.strip_prefix(is_separator) {
        return format!("{before}{}", rest.trim_start_matches([' ', '\t']));
    }
    if right.starts_with(['\r', '\n']) {
        let is_alone = left.is_empty() || left.ends_with('\n');
        let next = right.strip_prefix('\r').unwrap_or(right);
        return if is_alone {
            format!("{left}{}", next.strip_prefix('\n').unwrap_or(next))
        } else {
            format!("{left}{right}")
        };
    }
    format!("{before}{right}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOVED: &str = "+16465550187";

    #[track_caller]
    fn check(pasted: &str, left: Option<&str>) {
        let mut answers = NumbersAnswers { landline: pasted.to_owned(), ..NumbersAnswers::default() };
        let row = answers.move_to_wireless(MOVED);
        assert_eq!(answers.landline, left.unwrap_or(pasted), "{pasted:?}");
        assert_eq!(row, left.map(|_| 0), "{pasted:?}");
        let numbers: Vec<&str> = answers.wireless.iter().map(|row| row.number.as_str()).collect();
        assert_eq!(numbers, if left.is_some() { vec!["(646) 555-0187"] } else { vec![] }, "{pasted:?}");
    }

    #[test]
    fn takes_out_the_number_and_one_separator() {
        check("(646) 555-0187", Some(""));
        check("212.555.0143, 646-555-0187, 2125550142", Some("212.555.0143, 2125550142"));
        check("212.555.0143, 646-555-0187", Some("212.555.0143"));
        check("646\u{2011}555\u{2011}0187\r\n2125550142", Some("2125550142"));
        check("2125550142\n+1 (646) 555 0187\n2125550143", Some("2125550142\n2125550143"));
        check("2125550142; Main: 646-555-0187 ext. 12; 9175550100", Some("2125550142; 9175550100"));
        check("tel:+16465550187", Some(""));
        check("1-646-555-0187,6465550187,2125550142", Some("2125550142"));
    }

    #[test]
    fn leaves_the_rest_of_a_range() {
        check("646-555-0185 to 0189", Some("(646) 555-0185 to (646) 555-0186, (646) 555-0188 to (646) 555-0189"));
        check("646-555-0187 to 0188, 2125550142", Some("(646) 555-0188, 2125550142"));
        check("646-555-0186 to 0187", Some("(646) 555-0186"));
    }

    #[test]
    fn leaves_other_numbers_alone() {
        check("2125550142", None);
        check("16465550187889", None);
        check("", None);
    }

    #[test]
    fn a_number_gets_one_row() {
        let mut answers = NumbersAnswers { landline: "6465550187".to_owned(), ..NumbersAnswers::default() };
        answers.add_row();
        answers.add_row();
        answers.wireless[1].number = "646.555.0187".to_owned();
        assert_eq!(answers.move_to_wireless(MOVED), Some(1));
        assert_eq!(answers.wireless.len(), 2);
        assert_eq!(answers.move_to_wireless("nonsense"), None);
    }
}
