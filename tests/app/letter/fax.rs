//! Whether a letter is still read after a fax.

use std::collections::BTreeSet;

use portdesk::letter::LetterFacts;

use super::samples::{business, mixed, toll_free};
use super::tools::{PRESS, fax, read_back};

#[track_caller]
fn check_every_number(facts: &LetterFacts) {
    let (_folder, pages) = fax(&PRESS.letter(facts, None).unwrap());
    let text: String = pages.iter().map(|page| read_back(page)).collect();
    let read: BTreeSet<String> = text.split_whitespace().map(|word| word.trim_end_matches('.').to_owned()).collect();
    let lost: Vec<String> =
        facts.numbers.iter().map(|number| number.number.dashed()).filter(|number| !read.contains(number)).collect();
    assert!(lost.is_empty(), "{} of {} numbers were lost, {lost:?}, in:\n{text}", lost.len(), facts.numbers.len());
}

#[test]
fn every_number_of_the_first_page_is_read_back_after_a_fax() {
    check_every_number(&business(15));
    check_every_number(&toll_free(15));
    check_every_number(&mixed());
}

#[test]
fn every_number_of_an_attachment_is_read_back_after_a_fax() {
    check_every_number(&business(300));
}
