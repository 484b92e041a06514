//! What a draft's page with files has to say of those that came along: it stays said until they come again, or the page
//! is done.

use super::save_page::{Action, Posted};
use crate::domain::{
    draft::{Memory, RefusedFile, Step},
    findings::Findings,
    manual::LETTER_FIELD,
};

/// Most refused files that a draft remembers: as many as a field shows.
const MOST_REFUSED: usize = 10;

/// What there is to say about files that came along.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilesTold {
    /// The names of all files that came.
    pub names: Vec<String>,
    pub refused: Vec<RefusedFile>,
    /// Whether a letter of authorization was kept.
    pub letter_kept: bool,
    pub notices: Vec<String>,
    /// Whether the form arrived to its end; if not, fields are missing and what was saved of them stays.
    pub whole: bool,
}

/// Keeps what is to be said. The script sends files one by one and the page after them, so what was said of the others
/// stays then; a form without script brings all its files along.
pub(super) fn note(memory: &mut Memory, posted: &Posted) {
    let told = posted.files.clone().unwrap_or_default();
    if posted.in_background || comes_after_files(posted) {
        // Of letters there is one: a good one answers for those before it.
        let is_answered = |it: &RefusedFile| told.letter_kept && it.field == LETTER_FIELD;
        memory.refused_files.retain(|it| !told.names.contains(&it.name) && !is_answered(it));
    } else {
        memory.refused_files.clear();
    }
    memory.refused_last = told.refused.len();
    memory.refused_files.extend(told.refused);
    let oldest = memory.refused_files.len().saturating_sub(MOST_REFUSED);
    memory.refused_files.drain(..oldest);
    memory.file_notices = told.notices;
}

/// Whether a page is to be accepted as it is, without further files.
fn comes_after_files(posted: &Posted) -> bool {
    posted.action == Action::Continue && posted.files.as_ref().is_none_or(|told| told.names.is_empty())
}

/// Whether files that were not kept stop a page. Those that came before do not, if their field has what it needs.
pub(super) fn stop(memory: &mut Memory, posted: &Posted, found: &Findings) -> bool {
    if comes_after_files(posted) {
        memory.refused_files.retain(|it| found.error_of(&it.field).is_some());
        memory.refused_last = memory.refused_last.min(memory.refused_files.len());
    }
    posted.page == Step::Bill && !memory.refused_files.is_empty()
}

/// Whether the button leads away before the person has heard of a file that came along and was not kept.
pub(super) fn is_unheard(memory: &Memory, posted: &Posted) -> bool {
    matches!(posted.action, Action::Later | Action::Back) && posted.page == Step::Bill && 0 < memory.refused_last
}
