//! The two parts of a letter say the same, word for word.

use portdesk::mail::letters::PortRequestFacts;
use portdesk::mail::{Letter, LetterKind};

use super::seed::{REQUEST, letter};

/// The words that a reader of the HTML part sees.
fn html_words(html: &str) -> Vec<String> {
    let (_, body) = html.split_once("<body").unwrap();
    let mut seen = String::new();
    for piece in body.split('<') {
        let (_tag, text) = piece.split_once('>').unwrap();
        seen.push(' ');
        seen.push_str(text);
    }
    let seen = seen.replace("&#60;", "<").replace("&#62;", ">").replace("&#34;", "\"").replace("&#39;", "'");
    words(&seen.replace("&#38;", "&"))
}

/// The words of a part without what only one form writes: list signs, rulers, colons.
fn words(text: &str) -> Vec<String> {
    let is_list_sign = |word: &str| word.strip_suffix('.').is_some_and(|n| n.parse::<u8>().is_ok());
    text.replace(['<', '>'], " ")
        .split_whitespace()
        .filter(|word| !matches!(*word, "-" | "--") && !is_list_sign(word))
        .map(|word| word.trim_matches(['.', ',', ':']).to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

#[track_caller]
fn check(kind: LetterKind, request: PortRequestFacts<'_>) {
    assert_same(&letter(kind, request));
}

/// Fails when the parts of a letter differ in a word.
#[track_caller]
pub fn assert_same(letter: &Letter) {
    assert_eq!(words(&letter.text), html_words(&letter.html), "{:?}", letter.kind);
}

#[test]
fn both_parts_hold_the_same_words() {
    let hostile = "R&D <east> \"2\" & 'co'";
    for kind in LetterKind::ALL {
        check(kind, REQUEST);
        check(kind, PortRequestFacts { name: None, number_count: 1, ..REQUEST });
        check(kind, PortRequestFacts { by_private_link: true, ..REQUEST });
        check(kind, PortRequestFacts { name: Some(hostile), losing_carrier: hostile, ..REQUEST });
    }
}
