//! Tells PO Boxes and mail drops from streets: a phone is in service at neither.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};
use unicode_normalization::UnicodeNormalization;

/// Ways to write a box at a post office; a match in any of them refuses the line.
const BOXES: [&str; 15] = [
    // P.O. Box 12, PO-Box #12, Post Office Box No. 12, P.0. Box, P,O, Bx, PO Drawer 9, PO Box A
    r"(?i)\bp(?:ost(?:al)?)?[\s.,/_-]*[o0](?:ff(?:ice)?)?[\s.,/_-]*(?:b(?:[o0]x|x)?|bin|drawer)\b[\s.#:/_-]*(?:n(?:o|um(?:ber)?)?\.?\s*)?#?\s*(?:[a-z]?\d|[a-z]\b)",
    r"(?i)\bp\.?\s*[o0]\.?\s*b\.?\s*#?\s*\d",
    r"(?i)\bp[o0]b[o0]x\s*#?\s*\d",
    r"(?i)\bpost(?:al)?\s+(?:office\s+)?(?:box|bx|drawer)\b",
    r"(?i)^\s*p\.?\s*[o0]\.?\s+#?\d",
    r"(?i)^\s*p\.?\s*[o0]\.?\s*#\s*\d",
    // "PO Box" with the number in another field
    r"(?i)\bp[\s.,/_-]*[o0][\s.,/_-]*b[o0]x[\s.,:#]*$",
    r"(?i)(?:^|[,;])\s*p\.?\s?b\.?\s*#?\s*\d",
    r"(?i)\bgeneral\s+delivery\b",
    r"(?i)\bposte\s+restante\b",
    r"(?i)^\s*(?:lock\s*)?b[o0]x\s*#?\s*\d",
    // military addresses
    r"(?i)\b(?:psc|cmr|unit)\s+\d+\s+box\s+\d",
    r"(?i)\b(?:apo|fpo|dpo)\s*,?\s*(?:ae|ap|aa)\b",
    // Spanish
    r"(?i)\b(?:apartado|apdo\.?|aptdo\.?)\s+(?:postal\b|de\s+correos?\b|#?\s*\d)",
    r"(?i)\bapdo\.?\s*#?\s*\d",
];

/// French ways, which are ordinary words in the US.
const FRENCH_BOXES: &str = r"(?i)\b(?:c\.?\s*p\.?|case\s+postale|b\.?\s*p\.?|bo[iî]te\s+postale)\s*#?\s*\d";

/// Whether a line of an address names a box at a post office, or mail without a street.
pub fn is_po_box(line: &str, canadian: bool) -> bool {
    static ALL: LazyLock<RegexSet> =
        LazyLock::new(|| RegexSet::new(BOXES).expect("the patterns are constants that a test compiles"));
    static FRENCH: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(FRENCH_BOXES).expect("the pattern is a constant that a test compiles"));
    // Compatibility forms hide a box from the patterns: full-width letters, "№".
    let plain: String = line.nfkc().collect();
    ALL.is_match(&plain) || (canadian && FRENCH.is_match(&plain))
}

/// Why a line deserves a second look though phones may well be in service there; asked once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressWarning {
    #[error("That looks like a private mailbox. If the phone service is there, leave it and continue")]
    MailDrop,
    #[error("That looks like a rural route. If the bill shows it as the service address, leave it and continue")]
    RuralRoute,
    #[error("\"c/o\" is part of a mailing address. If the bill shows it as the service address, leave it and continue")]
    CareOf,
    #[error("Street address has no number. If the bill shows it that way, leave it and continue")]
    NoNumber,
}

/// What a line that is no PO Box is asked about.
pub fn odd_line(line: &str) -> Option<AddressWarning> {
    static ODD: LazyLock<[(Regex, AddressWarning); 3]> = LazyLock::new(|| {
        let compiled = |pattern| Regex::new(pattern).expect("the pattern is a constant that a test compiles");
        [
            (compiled(r"(?i)\bp\.?m\.?b\.?\s*#?\s*\d|\bups\s+store\b|\bmail\s*box(?:es)?\b"), AddressWarning::MailDrop),
            (
                compiled(
                    r"(?i)\b(?:r\.?\s*r\.?|rural\s+r(?:oute|te?\.?)|h\.?\s*c\.?|highway\s+contract)\s*#?\s*\d+\s*,?\s*box\b",
                ),
                AddressWarning::RuralRoute,
            ),
            (compiled(r"(?i)(?:^|\s)(?:c/o|℅|care\s+of)(?:\s|$)"), AddressWarning::CareOf),
        ]
    });
    ODD.iter().find(|(pattern, _)| pattern.is_match(line)).map(|(_, warning)| *warning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(boxed: bool, lines: &[&str]) {
        for line in lines {
            assert_eq!(is_po_box(line, false), boxed, "{line:?}");
        }
    }

    #[test]
    fn boxes_are_boxes_however_written() {
        check(
            true,
            &[
                "P.O. Box 123",
                "PO BOX 12",
                "Post Office Box 77",
                "P O Box 123",
                "PO-Box 123",
                "PO Box #123",
                "PO Box: 123",
                "P.O Box 123",
                "P,O, Box 123",
                "P.0. Box 123",
                "p0 b0x 9",
                "PB 12",
                "Post Box 77",
                "PO Drawer 9",
                "POB 44",
                "P.O.B. 44",
                "P.O. 123",
                "PO #123",
                "POBox 5",
                "PO Box A",
                "P.O. Box",
                "Box 12",
                "Lock Box 3",
                "123 Main St P.O. Box 9",
                "c/o Kline PO Box 44",
                "Apartado Postal 55",
                "Apdo. 55",
                "Apartado de Correos 5",
                "General Delivery",
                "CMR 402 Box 77",
                "PSC 3 Box 1",
                "APO AE",
                "\u{ff30}.\u{ff2f}. \u{ff22}ox 1",
                "PO\u{a0}Box\u{a0}12",
                "Postal Office Box 3",
                "PO Bx 4",
                "Post Office Drawer 4",
                "PO Bin 4",
            ],
        );
    }

    #[test]
    fn streets_are_streets() {
        check(
            false,
            &[
                "Poe Boxwood Lane",
                "77 Post Oak Blvd",
                "100 Post Office Square",
                "500 Boxwood Lane",
                "12 Po River Rd",
                "800 Box Canyon Rd",
                "350 Old Post Road",
                "26 Drawer Hill Rd",
                "123 Main St # 4",
                "123 Main St, Unit PO",
                "45 Polk Box Canyon Rd",
                "1 O Street SE",
                "16 Shadow Box Ct",
                "900 POB Industrial Pkwy",
                "5 Apartado Ave",
                "12 1/2 Elm St",
                "9 CP 12",
                "77 Bp 4",
                "2 Apodaca St",
                "4 Unit Box St",
            ],
        );
    }

    #[test]
    fn french_boxes_are_canadian() {
        for line in ["CP 123", "C.P. 12", "Case postale 9", "Boîte postale 4", "BP 7"] {
            assert!(is_po_box(line, true), "{line}");
            assert!(!is_po_box(line, false), "{line}");
        }
    }

    #[test]
    fn odd_lines_are_asked_about() {
        assert_eq!(odd_line("12 Oak St PMB 44"), Some(AddressWarning::MailDrop));
        assert_eq!(odd_line("RR 2 Box 15"), Some(AddressWarning::RuralRoute));
        assert_eq!(odd_line("HC 1 Box 15"), Some(AddressWarning::RuralRoute));
        assert_eq!(odd_line("c/o Kline, 12 Oak St"), Some(AddressWarning::CareOf));
        assert_eq!(odd_line("12 Oak St"), None);
    }
}
