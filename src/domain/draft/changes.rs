//! What is typed into a request that was sent: it counts once that is sent too. Until then what was sent stays beside it,
//! and neither is lost when the request goes on or is refused meanwhile.

use super::{Answers, Step};

/// The answers that stand aside, so that one may go on with them instead.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SetAside {
    pub answers: Box<Answers>,
    /// Whether these are the corrections, and the changes that were not sent are in use.
    pub changes_in_use: bool,
}

/// Files that were added to what was sent or taken out of it, by their public ids.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct FilesChanged {
    pub added: Vec<String>,
    pub removed: Vec<String>,
}

impl FilesChanged {
    /// Whether a file is one of the request as it would be sent now.
    pub fn holds(&self, public_id: &str, was_sent: bool) -> bool {
        let is_in = |ids: &[String]| ids.iter().any(|id| id == public_id);
        if was_sent { !is_in(&self.removed) } else { is_in(&self.added) }
    }

    /// Takes a file out. Says whether it was added only since the request was sent, so that nobody needs it any more.
    pub fn remove(&mut self, public_id: &str) -> bool {
        let before = self.added.len();
        self.added.retain(|id| id != public_id);
        if self.added.len() < before {
            return true;
        }
        self.removed.push(public_id.to_owned());
        false
    }
}

impl Answers {
    /// Remembers the answers as they were sent, from which changes begin. A second time changes nothing.
    pub fn begin_changes(&mut self) {
        if self.memory.sent.is_none() {
            self.memory.sent = Some(Box::new(self.clone()));
        }
    }

    /// The answers without changes that were not sent.
    pub fn as_sent(&self) -> &Self {
        self.memory.sent.as_deref().unwrap_or(self)
    }

    /// The answers from which a refused request is corrected: those that were sent, with changes that were not sent beside
    /// them.
    #[must_use]
    pub fn to_correct(mut self) -> Self {
        let Some(sent) = self.memory.sent.take() else { return self };
        let mut answers = *sent;
        answers.memory.set_aside = Some(SetAside { answers: Box::new(self), changes_in_use: false });
        answers
    }

    /// Goes on with what stands aside; what was here takes its place.
    pub fn swap_set_aside(&mut self, version: i32) {
        let Some(aside) = self.memory.set_aside.take() else { return };
        let here = std::mem::replace(self, *aside.answers);
        let changes_in_use = !aside.changes_in_use;
        self.memory.set_aside = Some(SetAside { answers: Box::new(here), changes_in_use });
        self.note_all_changed(version);
    }

    /// The answers without the changes that were not sent, whether they were being typed or stood aside.
    #[must_use]
    pub fn without_changes(mut self, version: i32) -> Self {
        if let Some(sent) = self.memory.sent.take() {
            self = *sent;
            self.note_all_changed(version);
        } else if self.memory.set_aside.as_ref().is_some_and(|aside| !aside.changes_in_use) {
            self.memory.set_aside = None;
        }
        self
    }

    /// The files that were added and still may be sent.
    pub fn added_files(&self) -> Vec<String> {
        let aside = self.memory.set_aside.iter().flat_map(|aside| &aside.answers.memory.files.added);
        self.memory.files.added.iter().chain(aside).cloned().collect()
    }

    /// A page that another tab shows is of an earlier version.
    fn note_all_changed(&mut self, version: i32) {
        for page in Step::ALL {
            self.memory.note_change(page, version);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Answers {
        let mut answers = Answers::default();
        name.clone_into(&mut answers.numbers.name);
        answers
    }

    fn changed() -> Answers {
        let mut answers = named("as sent");
        answers.begin_changes();
        "changed".clone_into(&mut answers.numbers.name);
        answers.begin_changes();
        answers
    }

    #[test]
    fn changes_are_taken_back() {
        assert_eq!(changed().as_sent(), &named("as sent"));
        assert_eq!(changed().without_changes(7).numbers, named("as sent").numbers);
    }

    #[test]
    fn a_correction_begins_with_what_was_sent_and_may_go_on_with_the_changes() {
        let mut answers = changed().to_correct();
        assert_eq!(answers.numbers.name, "as sent");
        assert_eq!(answers.clone().to_correct(), answers, "a second look finds the same");
        "corrected".clone_into(&mut answers.numbers.name);
        answers.swap_set_aside(7);
        assert_eq!(answers.numbers.name, "changed");
        assert_eq!(answers.clone().without_changes(8).numbers.name, "changed", "what is in use is not dropped");
        answers.swap_set_aside(8);
        assert_eq!(answers.numbers.name, "corrected");
        let mut answers = answers.without_changes(9);
        answers.swap_set_aside(10);
        assert_eq!((answers.numbers.name.as_str(), answers.memory.set_aside.is_none()), ("corrected", true));
    }

    #[test]
    fn files_are_those_that_were_sent_until_they_are_changed() {
        let mut files = FilesChanged { added: vec!["new".to_owned()], removed: Vec::new() };
        assert!(files.holds("old", true) && files.holds("new", false) && !files.holds("other", false));
        assert!(files.remove("new") && !files.remove("old"));
        assert!(!files.holds("old", true) && !files.holds("new", false));
    }
}
