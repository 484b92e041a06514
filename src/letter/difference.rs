//! What two letters of one request say differently, in the words that both print.

use std::collections::BTreeSet;

use super::facts::LetterFacts;
use super::sheet::{Row, Sheet};

/// What a newer letter changed. Ids and dates differ in every letter and are not told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    pub changes: Vec<Change>,
    /// Numbers that only the newer letter moves.
    pub added: Vec<String>,
    /// Numbers that only the older letter moves.
    pub removed: Vec<String>,
}

/// One thing that is said differently; empty where only one letter says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub label: String,
    pub before: String,
    pub after: String,
}

impl Difference {
    /// Compares an older letter with a newer one.
    pub fn between(before: &LetterFacts, after: &LetterFacts) -> Self {
        let (old, new) = (said(&Sheet::of(before)), said(&Sheet::of(after)));
        let find = |all: &[(String, String)], label: &str| {
            all.iter().find(|(known, _)| known == label).map(|(_, text)| text.clone()).unwrap_or_default()
        };
        let added = new.iter().filter(|(label, _)| old.iter().all(|(known, _)| known != label));
        let labels = old.iter().chain(added).map(|(label, _)| label);
        let changes = labels
            .map(|label| Change { label: label.clone(), before: find(&old, label), after: find(&new, label) })
            .filter(|change| change.before != change.after)
            .collect();
        let (old, new) = (numbers(before), numbers(after));
        Self {
            changes,
            added: new.difference(&old).cloned().collect(),
            removed: old.difference(&new).cloned().collect(),
        }
    }
}

/// Everything that a letter says under a label, but for its numbers.
fn said(sheet: &Sheet) -> Vec<(String, String)> {
    let provider = ("New provider".to_owned(), [vec![sheet.provider.clone()], sheet.provider_lines.clone()].concat());
    let rows = sheet.sections.iter().flat_map(|section| &section.rows).chain(&sheet.signer);
    let labeled = |row: &Row| (row.label.to_owned(), row.lines.clone());
    let notes = sheet.notes.iter().map(|note| {
        let lines = std::iter::once(note.text.clone()).chain(note.numbers.iter().cloned());
        (note.heading.to_owned(), lines.collect())
    });
    let all = std::iter::once(provider).chain(rows.map(labeled)).chain(notes);
    all.map(|(label, lines)| (label, lines.join(", "))).collect()
}

fn numbers(facts: &LetterFacts) -> BTreeSet<String> {
    facts.numbers.iter().map(|it| it.number.dashed()).collect()
}
