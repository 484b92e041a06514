//! The sample inputs of phone numbers and lists, with their verdicts.

use std::collections::BTreeSet;

use super::tests::us;
use super::*;

#[derive(serde::Deserialize)]
struct Table {
    rows: Vec<Row>,
}

#[derive(serde::Deserialize)]
struct Row {
    id: String,
    input: String,
    verdict: String,
    #[serde(default)]
    normalized: Option<Expected>,
}

#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Expected {
    One(String),
    Many(Vec<String>),
}

/// Samples where we decide otherwise, each with the reason. None at present.
const EXCEPTIONS: [(&str, &str); 0] = [];

fn rows(json: &str) -> Vec<Row> {
    serde_json::from_str::<Table>(json).unwrap().rows
}

/// Compares the verdict on one row; `found` is `None` when the input is refused.
fn differs(row: &Row, found: Option<&[String]>) -> bool {
    let expected = match &row.normalized {
        Some(Expected::One(number)) => Some(vec![number.clone()]),
        Some(Expected::Many(numbers)) => Some(numbers.clone()),
        None => None,
    };
    match (row.verdict.as_str(), found) {
        ("accept", None) | ("reject", Some(_)) => true,
        ("reject" | "either", None) => false,
        (_, Some(found)) => expected.is_some_and(|expected| expected != found),
        (verdict, None) => panic!("{verdict} is no verdict"),
    }
}

#[track_caller]
fn check(rows: &[Row], read: impl Fn(&str) -> Option<Vec<String>>) {
    let known: BTreeSet<&str> = EXCEPTIONS.iter().map(|(id, _)| *id).collect();
    let wrong: Vec<String> = rows
        .iter()
        .filter(|row| !known.contains(row.id.as_str()) && differs(row, read(&row.input).as_deref()))
        .map(|row| format!("{} {:?} gave {:?}", row.id, row.input, read(&row.input)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn agrees_with_the_samples_of_single_numbers() {
    let rows = rows(include_str!("../../../tests/samples/forms/phone_numbers.json"));
    check(&rows, |text| Some(vec![PhoneNumber::parse(text, &us()).ok()?.as_str().to_owned()]));
}

#[test]
fn agrees_with_the_samples_of_single_numbers_when_they_stand_in_a_list() {
    let mut rows = rows(include_str!("../../../tests/samples/forms/phone_numbers.json"));
    // In a list an extension is left out with a notice.
    rows.retain(|row| !row.input.to_lowercase().contains("ext"));
    check(&rows, accepted);
}

#[test]
fn agrees_with_the_samples_of_lists() {
    check(&rows(include_str!("../../../tests/samples/forms/number_lists.json")), accepted);
}

/// The numbers of a list that a form would take.
fn accepted(text: &str) -> Option<Vec<String>> {
    let list = NumberList::parse(text, &us());
    let is_accepted = list.problems.is_empty() && !list.read.is_empty();
    is_accepted.then(|| list.numbers().map(|number| number.as_str().to_owned()).collect())
}
