//! What the pages of a draft remember beside its answers: what was accepted, taken out, refused, or typed in another tab.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDateTime;

use super::changes::{FilesChanged, SetAside};
use super::numbers::{NumbersAnswers, WirelessAnswer};
use super::{Answers, Step};

/// Where the last change of files is noted among those of pages.
const FILES: &str = "files";

/// Remembered with the draft and sealed with it. `Debug` shows no secret.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Memory {
    /// The account and numbers as they were last accepted.
    pub accepted: Option<Accepted>,
    /// The wireless row that was taken out last, so that it can be put back.
    pub removed_row: Option<RemovedRow>,
    /// The files that were not kept, until they come again or their page is done.
    pub refused_files: Vec<RefusedFile>,
    /// How many of them, at the end, are about the last upload.
    pub refused_last: usize,
    /// What else there is to say about the last upload.
    pub file_notices: Vec<String>,
    /// What was typed on a page that did not know of a later save.
    pub other_tab: Option<OtherTab>,
    /// While a request that was sent is being changed: the answers as they were sent.
    pub sent: Option<Box<Answers>>,
    /// While a refused request is corrected: the changes that were not sent before it was refused, or the correction while
    /// those are in use.
    pub set_aside: Option<SetAside>,
    /// The files that were added and taken out since the request was sent.
    pub files: FilesChanged,
    /// The version of the draft with which each page's answers changed last, by the segment of its address, and its files.
    changed_at: BTreeMap<String, i32>,
}

/// A file that was not kept.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RefusedFile {
    /// The field that it came for.
    pub field: String,
    /// Empty where the sentence is about several.
    pub name: String,
    /// The sentence that the person reads.
    pub why: String,
}

/// Account and numbers that were accepted, with their PINs.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Accepted {
    pub numbers: NumbersAnswers,
    /// When its PINs were saved, in UTC.
    pub at: NaiveDateTime,
    /// Since when each wireless PIN is saved as it is, by the digits of its number; that of all numbers by its field.
    #[serde(default)]
    pub since: BTreeMap<String, NaiveDateTime>,
}

/// A wireless row that was taken out.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RemovedRow {
    /// Where it was, counted from 0.
    pub at: usize,
    pub row: WirelessAnswer,
}

/// The answers of a page that lost against another tab, as its form sent them.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct OtherTab {
    /// The segment of the page's address.
    pub page: String,
    pub pairs: Vec<(String, String)>,
}

impl fmt::Debug for OtherTab {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OtherTab").field("page", &self.page).finish_non_exhaustive()
    }
}

impl Memory {
    /// Notes that a page's answers changed with the save that makes this version.
    pub fn note_change(&mut self, page: Step, version: i32) {
        self.changed_at.insert(page.segment().to_owned(), version);
    }

    /// The same for its files, which a page of its own shows: whoever looks at them there sees what came.
    pub fn note_files_change(&mut self, version: i32) {
        self.changed_at.insert(FILES.to_owned(), version);
    }

    /// The same for a new draft with these answers: its versions begin again, and nothing waits beside it.
    #[must_use]
    pub fn for_new_draft(self) -> Self {
        Self { accepted: self.accepted, files: self.files, ..Self::default() }
    }

    /// Whether anything was changed by a save that a form made for version `known` has not seen: answers or files.
    pub fn any_changed_after(&self, known: i32) -> bool {
        self.changed_at.values().any(|changed| known < *changed)
    }

    /// Whether a page's answers were changed by a save that a form made for version `known` has not seen.
    pub fn changed_after(&self, page: Step, known: i32) -> bool {
        self.changed_at.get(page.segment()).is_some_and(|changed| known < *changed)
    }

    /// The files that were not kept: all that are remembered, or those of the last upload alone.
    pub fn refused(&self, only_last: bool) -> &[RefusedFile] {
        let others = if only_last { self.refused_files.len().saturating_sub(self.refused_last) } else { 0 };
        self.refused_files.get(others..).unwrap_or_default()
    }

    /// What another tab typed on this page, if that is still undecided.
    pub fn other_tab_of(&self, page: Step) -> Option<&OtherTab> {
        self.other_tab.as_ref().filter(|other| other.page == page.segment())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_knows_what_was_saved_before_it_was_shown() {
        let mut memory = Memory::default();
        assert!(!memory.changed_after(Step::Numbers, 1));
        memory.note_change(Step::Numbers, 4);
        assert!(memory.changed_after(Step::Numbers, 3));
        assert!(!memory.changed_after(Step::Numbers, 4));
        assert!(!memory.changed_after(Step::Contact, 3));
    }

    #[test]
    fn debug_prints_no_secret() {
        let row = WirelessAnswer { pin: "9952".to_owned(), ..WirelessAnswer::default() };
        let numbers = NumbersAnswers { wireless: vec![row.clone()], ..NumbersAnswers::default() };
        let memory = Memory {
            accepted: Some(Accepted { numbers, at: "2026-11-21T15:00:00".parse().unwrap(), since: BTreeMap::new() }),
            removed_row: Some(RemovedRow { at: 0, row }),
            other_tab: Some(OtherTab {
                page: "numbers".to_owned(),
                pairs: vec![("account_pin".to_owned(), "9952".to_owned())],
            }),
            ..Memory::default()
        };
        assert!(!format!("{memory:?}").contains("9952"));
    }
}
