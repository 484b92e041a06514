//! The words of the pages: plain ones, and each read before it is published.

use super::{found, pages};
use crate::harness::{desk::Desk, sources::regex};

/// Syllables of an English word, by its groups of vowels.
fn syllables(word: &str) -> usize {
    let word = word.to_lowercase();
    let groups = regex("[aeiouy]+").find_iter(&word).count();
    let silent = usize::from(word.ends_with('e') && !word.ends_with("le") && 1 < groups);
    (groups - silent).max(1)
}

#[test]
fn the_pages_read_easily() {
    for (address, page) in pages(&Desk::open()) {
        let main = page.body.split("<main").nth(1).unwrap().split("<aside").next().unwrap();
        let prose = found(r"(?s)<(?:p|li|dd)(?:\s[^>]*)?>(.*?)</(?:p|li|dd)>", main).join(". ");
        let prose = regex("<[^>]*>").replace_all(&prose, "").into_owned();
        let sentences: Vec<&str> =
            prose.split(['.', '?', '!', ':']).filter(|it| 2 < it.split_whitespace().count()).collect();
        let words = regex(r"[A-Za-z’]{1,}").find_iter(&prose).map(|it| it.as_str()).collect::<Vec<_>>();
        let all: usize = words.iter().map(|word| syllables(word)).sum();
        // Flesch, in thousandths: 60 to 70 is plain English.
        let ease = 206_835_usize.saturating_sub(1_015 * words.len() / sentences.len() + 84_600 * all / words.len());
        assert!(60_000 < ease, "{address}: {ease}");
        let longest = sentences.iter().max_by_key(|it| it.split_whitespace().count()).unwrap();
        assert!(longest.split_whitespace().count() <= 36, "{address}: {longest}");
    }
}

#[test]
fn the_words_of_every_page() {
    for (address, page) in pages(&Desk::open()) {
        let name = address.trim_start_matches('/').replace('/', "_");
        let body = page.text();
        let body = regex(r"([.?!]) ").replace_all(&body, "$1\n").into_owned();
        insta::assert_snapshot!(name, body);
    }
}
