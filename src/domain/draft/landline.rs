//! The landline numbers of step 2, read out of the pasted text.

use super::Rules;
use super::numbers::NumbersAnswers;
use super::numbers_check::{NumbersError, NumbersWarning};
use crate::domain::findings::Findings;
use crate::domain::number_list::{NumberList, PieceKind, pieces};
use crate::domain::phone_number::PhoneNumber;

impl NumbersAnswers {
    /// The ranges of the pasted text, each as its first and last ten digits.
    pub(super) fn ranges(&self) -> Vec<(String, String)> {
        let range = |kind| match kind {
            PieceKind::Range { from, to } => Some((from, to)),
            _ => None,
        };
        pieces(&self.landline).into_iter().filter_map(|piece| range(piece.kind)).collect()
    }
}

/// Reads the numbers of the pasted text and says what stops them.
pub(super) fn read(answers: &NumbersAnswers, rules: &Rules, findings: &mut Findings) -> Vec<PhoneNumber> {
    let list = NumberList::parse(&answers.landline, &rules.numbers);
    match list.problems.as_slice() {
        [] => {}
        [only] => findings.error("landline", &only.message),
        several => findings.error("landline", NumbersError::EntriesToFix(several.len())),
    }
    let has_wireless = answers.wireless.iter().any(|row| !row.is_empty());
    if list.is_empty() && !has_wireless {
        findings.error("landline", NumbersError::NoNumbers);
    }
    let in_ranges: usize = list.ranges.iter().map(|range| range.count).sum();
    if 0 < in_ranges && !answers.ranges_confirmed {
        findings.error("ranges_confirmed", NumbersError::RangeToConfirm(in_ranges));
    }
    if let Some(error) = refused_toll_free(list.numbers(), rules) {
        findings.error("landline", error);
    }
    if let Some(warning) = fictional(list.numbers()) {
        findings.warn("landline", warning);
    }
    list.read.into_iter().map(|read| read.number).collect()
}

/// Toll-free numbers where nobody takes them over: their letter would lack the line without which it is refused.
fn refused_toll_free<'a>(numbers: impl Iterator<Item = &'a PhoneNumber>, rules: &Rules) -> Option<NumbersError> {
    let mut toll_free = numbers.filter(|number| !rules.toll_free && number.is_toll_free());
    let first = toll_free.next()?.national();
    Some(NumbersError::NoTollFree { first, more: toll_free.count(), support: rules.numbers.support.to_owned() })
}

/// What is asked once about numbers that are kept free for examples.
fn fictional<'a>(numbers: impl Iterator<Item = &'a PhoneNumber>) -> Option<NumbersWarning> {
    let mut fictional = numbers.filter(|number| number.is_fictional());
    let first = fictional.next()?.national();
    Some(NumbersWarning::Fictional { first, more: fictional.count() })
}
