//! The numbers that stay with the losing carrier, read out of the pasted text: carriers want every number of the account
//! on one side or the other.

use std::collections::HashSet;

use super::Rules;
use super::numbers::NumbersAnswers;
use super::numbers_check::{NumbersError, NumbersWarning};
use crate::domain::findings::Findings;
use crate::domain::number_list::NumberList;
use crate::domain::number_to_port::NumberToPort;
use crate::domain::phone_number::PhoneNumber;

const FIELD: &str = "staying";
/// Most numbers that a letter lists as staying.
const MOST: usize = 1_000;
/// As many sentences stand at the field; the rest is counted.
const MOST_TOLD: usize = 10;

/// Reads the list and says what stops it, number by number.
pub(super) fn read(
    answers: &NumbersAnswers,
    moving: &[NumberToPort],
    new_btn: Option<&PhoneNumber>,
    rules: &Rules,
    findings: &mut Findings,
) -> Vec<PhoneNumber> {
    let list = NumberList::parse(&answers.staying, &rules.numbers);
    if list.is_empty() {
        findings.warn(FIELD, NumbersWarning::NoneStay);
        return Vec::new();
    }
    let problems = list.problems.iter().map(|problem| problem.message.clone());
    note_each(findings, problems, NumbersError::MoreToFix);
    let moving: HashSet<&PhoneNumber> = moving.iter().map(|moved| &moved.number).collect();
    let both = list.numbers().filter(|number| moving.contains(number));
    let both = both.map(|number| NumbersError::StayingMoves(number.national()).to_string());
    note_each(findings, both, NumbersError::MoreStayingMove);
    let staying: Vec<PhoneNumber> = list.read.into_iter().map(|read| read.number).collect();
    if MOST < staying.len() {
        findings.error(FIELD, NumbersError::TooManyStay { count: staying.len(), most: MOST });
    }
    if let Some(new_btn) = new_btn.filter(|new_btn| !staying.contains(new_btn)) {
        findings.error(FIELD, NumbersError::NewBtnNotListed(new_btn.national()));
    }
    staying
}

fn note_each(findings: &mut Findings, sentences: impl Iterator<Item = String>, rest: impl Fn(usize) -> NumbersError) {
    let mut sentences = sentences;
    for sentence in sentences.by_ref().take(MOST_TOLD) {
        findings.error(FIELD, sentence);
    }
    match sentences.count() {
        0 => {}
        more => findings.error(FIELD, rest(more)),
    }
}
