//! The letter as HTML: the words of the PDF, every number among them, and no markup of anybody's.

use askama::Template as _;
use portdesk::letter::{LetterFacts, Sheet};
use portdesk::web::loa_view::LoaView;

use super::samples::{business, mixed, number};
use super::tools::{PRESS, words};

fn html(facts: &LetterFacts) -> String {
    LoaView { sheet: Sheet::of(facts) }.render().unwrap()
}

#[test]
fn a_letter_is_read_as_a_page() {
    insta::assert_snapshot!(html(&mixed()));
}

#[test]
fn every_number_is_in_the_page_and_those_after_ten_are_folded() {
    let page = html(&business(48));
    let (shown, folded) = page.split_once("<details><summary>Show the other 38</summary>").unwrap();
    let count = |text: &str| text.matches("<span class=\"num\">").count();
    assert_eq!((count(shown), count(folded)), (10, 38));
    assert!((0..48).all(|at| page.contains(&format!("<li><span class=\"num\">{}</span></li>", number(at).dashed()))));
    assert!(!html(&business(10)).contains("<details>"));
}

#[test]
fn the_page_says_what_the_letter_says() {
    let facts = mixed();
    let sheet = Sheet::of(&facts);
    let (page, letter) = (html(&facts), words(&PRESS.letter(&facts, None).unwrap()));
    let notes = sheet.notes.iter().map(|note| &note.text);
    for said in sheet.statements.iter().chain(notes) {
        assert!(page.contains(said) && letter.contains(said), "{said}");
    }
}

#[test]
fn what_people_type_stays_text() {
    let mut facts = business(1);
    facts.signer.name = "<b>Dana</b> & \"Co\"".to_owned();
    let page = html(&facts);
    assert!(!page.contains("<b>Dana") && page.contains("&#60;b&#62;Dana"), "{page}");
}
