//! Text as people type and paste it: what is taken away without a word and what is sent back.

use unicode_normalization::UnicodeNormalization;

/// A character that no bill shows and no letter can print: a line break, NUL, escape and their like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("There is a character here that cannot be printed. Type it again")]
pub struct Unprintable;

/// One line of text without what nobody can see.
///
/// Zero-width and direction marks are taken out (they come along with copied text and make two equal names differ), odd
/// spaces and tabs become plain spaces, letters are composed (NFC) and both ends trimmed. Inner spaces, punctuation and case
/// stay: carriers compare word for word.
///
/// # Errors
/// [`Unprintable`] for a control character between the first and the last visible one.
pub fn one_line(text: &str) -> Result<String, Unprintable> {
    let seen: String = text.nfc().filter(|c| !is_unseen(*c)).map(plain_space).collect();
    let trimmed = seen.trim();
    if trimmed.chars().any(char::is_control) {
        return Err(Unprintable);
    }
    Ok(trimmed.to_owned())
}

/// [`one_line`] for codes: typographic dashes and full-width characters become the plain ones that a keyboard has.
///
/// # Errors
/// As [`one_line`].
pub fn code_line(text: &str) -> Result<String, Unprintable> {
    Ok(one_line(text)?.chars().map(plain_character).collect())
}

/// Whether a text has nothing in it that a person would see.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_unseen(c))
}

/// How many characters a person would count.
pub fn length(text: &str) -> usize {
    text.chars().count()
}

/// Whether a character takes no room: soft hyphen, zero-width space, joiners between Latin letters, direction marks, BOM.
pub const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

fn plain_space(c: char) -> char {
    let line_end = matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    match c {
        '\u{2028}' | '\u{2029}' => '\n',
        c if c.is_whitespace() && !line_end => ' ',
        c => c,
    }
}

fn plain_character(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        // Full-width forms stand at a fixed distance from ASCII (Unicode block "Halfwidth and Fullwidth Forms").
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, read: Result<&str, Unprintable>) {
        assert_eq!(one_line(typed).as_deref(), read.as_ref().map(|text| *text), "{typed:?}");
    }

    #[test]
    fn one_line_keeps_what_people_see() {
        check("  Robert Smith  ", Ok("Robert Smith"));
        check("Kline,  Webb & Osei P.C.", Ok("Kline,  Webb & Osei P.C."));
        check("\u{200b}", Ok(""));
        check("\u{a0}", Ok(""));
        check("Dana\u{a0}Ruiz", Ok("Dana Ruiz"));
        check("Dana\tRuiz\r\n", Ok("Dana Ruiz"));
        check("Dana \u{202e}ziuR", Ok("Dana ziuR"));
        check("Xo\u{301}chitl", Ok("X\u{f3}chitl"));
        check("Dana\nRuiz", Err(Unprintable));
        check("Dana\u{2028}Ruiz", Err(Unprintable));
        check("Dana\u{0}Ruiz", Err(Unprintable));
    }

    #[test]
    fn codes_read_dashes_and_wide_digits_as_plain_ones() {
        assert_eq!(code_line("942561837\u{2013}00001").as_deref(), Ok("942561837-00001"));
        assert_eq!(code_line("\u{ff11}\u{ff12}\u{ff13}\u{ff14}").as_deref(), Ok("1234"));
    }

    #[test]
    fn blank_is_what_looks_blank() {
        assert!(is_blank(" \u{200b}\u{a0}\n"));
        assert!(!is_blank("."));
    }
}
