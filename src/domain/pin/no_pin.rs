//! Texts in a PIN field that are no PIN: a whole Social Security number, and words for none.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::typed_text::{self, Unprintable};

/// Whether a text holds a whole Social Security number (nine digits, with or without separators), which is never stored.
pub fn is_full_ssn(text: &str) -> bool {
    static NINE_DIGITS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:^|[^0-9A-Za-z])[0-9]{3}[^0-9A-Za-z]{0,3}[0-9]{2}[^0-9A-Za-z]{0,3}[0-9]{4}(?:$|[^0-9A-Za-z])")
            .expect("the pattern is a constant that a test compiles")
    });
    // Whatever cannot be read as one line is searched as it stands: a secret must not pass because of a line break.
    let plain = typed_text::code_line(text).unwrap_or_else(|Unprintable| text.to_owned());
    let joined: String = plain.chars().filter(char::is_ascii_alphanumeric).collect();
    let bare = joined.to_ascii_lowercase();
    let bare = bare.strip_prefix("ssn").unwrap_or(&bare);
    let nine = bare.len() == 9 && bare.chars().all(|c| c.is_ascii_digit());
    nine || NINE_DIGITS.is_match(&plain)
}

/// Whether a text says in words that there is no PIN, as guides for landlines advise ("NO PIN REQUIRED", "N/A").
pub fn is_no_pin(text: &str) -> bool {
    const WORDS: [&str; 14] = [
        "na",
        "none",
        "no",
        "nopin",
        "nopinrequired",
        "nopinneeded",
        "nonerequired",
        "notrequired",
        "notapplicable",
        "notneeded",
        "nil",
        "unknown",
        "tbd",
        "nopasscode",
    ];
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let only_strokes = !text.trim().is_empty() && text.trim().chars().all(|c| "-./".contains(c));
    only_strokes || WORDS.contains(&&*letters)
}
