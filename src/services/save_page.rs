//! Saving a page of the wizard: whatever was typed is kept, and a page without faults is accepted.

use std::collections::HashSet;

use chrono::NaiveDateTime;

use super::{
    documents,
    draft::{self, DraftError, OpenDraft},
    draft_findings,
    files_told::{self, FilesTold},
    house::House,
    reuse, terms,
};
use crate::{
    domain::{
        draft::{Answers, BillAnswers, ContactAnswers, OtherTab, RemovedRow, Step, TermsAnswers},
        people::Customer,
        request_sid::RequestSid,
    },
    store::Conn,
};

/// Which button was pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Save and continue.
    Continue,
    /// Only save, as the script does while a person types.
    Save,
    /// Show what was read from the numbers.
    CheckNumbers,
    Later,
    Back,
    AddRow,
    /// Take out the wireless row at this place, counted from 0.
    RemoveRow(usize),
    UndoRow,
    /// Give this number (E.164) a wireless row.
    ToWireless(String),
    Upload,
    /// Take over what an earlier request to the same carrier holds for this page.
    Reuse,
    /// Take out the file with this public id.
    RemoveFile(String),
}

/// A page as it was posted.
#[derive(Clone)]
pub struct Posted {
    pub page: Step,
    pub pairs: Vec<(String, String)>,
    pub action: Action,
    /// Address of the client, for the agreement to the terms.
    pub client: String,
    /// Whether the script posted it: nobody looks at the answer.
    pub in_background: bool,
    /// What became of the files that came along, on the page that takes files.
    pub files: Option<FilesTold>,
}

/// What became of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// Nothing stops it: on to the next page.
    Accepted,
    /// There is something to put right, or to look at once.
    ToFix,
    /// Saved without a check.
    Kept,
    /// Saved without a check, but not every file that came along was kept.
    FilesRefused,
    /// Saved; this wireless row is the one to go on with.
    Row(usize),
    /// A wireless row was taken out.
    RowRemoved,
    FileRemoved(String),
    /// Another tab saved something else meanwhile: what was typed is kept beside it.
    OtherTab,
    /// A term was put into other words since its page was shown.
    Reworded,
}

/// Saves a page.
pub fn save(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    sid: &RequestSid,
    posted: &Posted,
    now: NaiveDateTime,
) -> Result<Saved, DraftError> {
    draft::change(conn, house, customer, sid, now, |conn, open, answers| {
        let earlier = open.draft.answers.clone();
        if posted.files.as_ref().is_none_or(|files| files.whole) {
            take_over(answers, &earlier, posted);
        }
        let differs = is_changed(posted.page, answers, &earlier);
        if differs && is_outdated(&earlier, posted) {
            return set_aside(answers, earlier, posted);
        }
        answers.memory.other_tab = None;
        if posted.page == Step::Bill {
            files_told::note(&mut answers.memory, posted);
        }
        let saved = act(conn, house, customer, open, answers, posted, now)?;
        if is_changed(posted.page, answers, &earlier) {
            answers.memory.note_change(posted.page, open.draft.version + 1);
        }
        Ok(saved)
    })
}

/// Reads what was posted into the answers, without any full SSN, and with the PINs that stay saved.
fn take_over(answers: &mut Answers, earlier: &Answers, posted: &Posted) {
    let pairs = &posted.pairs;
    match posted.page {
        Step::Terms => answers.terms = TermsAnswers::from_pairs(pairs),
        Step::Contact => answers.contact = ContactAnswers::from_pairs(pairs),
        Step::Bill => answers.bill = BillAnswers::from_pairs(pairs),
        Step::Check => {}
        Step::Numbers => {
            answers.take_numbers(pairs, earlier, false);
        }
    }
    answers.carry_shown_warnings(earlier);
}

fn is_changed(page: Step, now: &Answers, earlier: &Answers) -> bool {
    match page {
        Step::Terms => now.terms != earlier.terms,
        Step::Numbers => now.numbers != earlier.numbers,
        Step::Contact => now.contact != earlier.contact,
        Step::Bill => now.bill != earlier.bill,
        Step::Check => false,
    }
}

/// Whether the page was shown before another one saved these answers.
pub(super) fn is_outdated(earlier: &Answers, posted: &Posted) -> bool {
    let known = posted.pairs.iter().find(|(name, _)| name == "version").and_then(|(_, value)| value.parse().ok());
    known.is_some_and(|known| earlier.memory.changed_after(posted.page, known))
}

/// Keeps what another tab typed beside the saved answers until the person decides.
fn set_aside(answers: &mut Answers, earlier: Answers, posted: &Posted) -> Result<Saved, DraftError> {
    if posted.in_background {
        return Err(DraftError::OtherTab);
    }
    let other = other_tab(answers, posted.page, page_pairs(answers, posted.page));
    *answers = earlier;
    answers.memory.other_tab = Some(other);
    Ok(Saved::OtherTab)
}

/// What a form typed on a page, without the PINs that are saved.
pub(super) fn other_tab(answers: &Answers, page: Step, mut pairs: Vec<(String, String)>) -> OtherTab {
    let saved: HashSet<String> = answers.saved_secrets().into_iter().collect();
    pairs.iter_mut().filter(|(name, _)| saved.contains(name)).for_each(|(_, value)| value.clear());
    OtherTab { page: page.segment().to_owned(), pairs }
}

/// The answers of a page as its form sends them.
pub fn page_pairs(answers: &Answers, page: Step) -> Vec<(String, String)> {
    match page {
        Step::Terms => answers.terms.to_pairs(),
        Step::Numbers => answers.numbers.to_pairs(),
        Step::Contact => answers.contact.to_pairs(),
        Step::Bill => answers.bill.to_pairs(),
        Step::Check => Vec::new(),
    }
}

fn act(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    open: &OpenDraft,
    answers: &mut Answers,
    posted: &Posted,
    now: NaiveDateTime,
) -> Result<Saved, DraftError> {
    Ok(match &posted.action {
        Action::Continue => finish(conn, house, customer, open, answers, posted, now)?,
        _ if files_told::is_unheard(&answers.memory, posted) => Saved::FilesRefused,
        Action::Save | Action::CheckNumbers | Action::Later | Action::Back | Action::Upload => Saved::Kept,
        Action::AddRow | Action::RemoveRow(_) | Action::UndoRow | Action::ToWireless(_) => {
            act_on_rows(answers, &posted.action).unwrap_or(Saved::Kept)
        }
        Action::Reuse => {
            match posted.page {
                Step::Contact => reuse::contact(conn, house, customer, open, answers)?,
                Step::Bill => reuse::bill(conn, house, customer, open, answers, now)?,
                _ => {}
            }
            Saved::Kept
        }
        Action::RemoveFile(id) => match open.documents.iter().find(|document| document.public_id == *id) {
            Some(document) => {
                documents::remove(conn, &open.request, answers, id, now)?;
                Saved::FileRemoved(document.file_name.clone())
            }
            None => Saved::Kept,
        },
    })
}

/// Adds, takes out or puts back a wireless row, if that is what was pressed.
pub(super) fn act_on_rows(answers: &mut Answers, action: &Action) -> Option<Saved> {
    Some(match action {
        Action::AddRow => Saved::Row(answers.numbers.add_row()),
        Action::RemoveRow(at) => match answers.numbers.remove_row(*at) {
            Some(row) => {
                answers.memory.removed_row = Some(RemovedRow { at: *at, row });
                Saved::RowRemoved
            }
            None => Saved::Kept,
        },
        Action::UndoRow => match answers.memory.removed_row.take() {
            Some(removed) => {
                answers.numbers.insert_row(removed.at, removed.row);
                Saved::Row(removed.at.min(answers.numbers.wireless.len().saturating_sub(1)))
            }
            None => Saved::Kept,
        },
        Action::ToWireless(number) => answers.numbers.move_to_wireless(number).map_or(Saved::Kept, Saved::Row),
        _ => return None,
    })
}

/// Accepts a page that nothing stops; warnings stop it once.
fn finish(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    open: &OpenDraft,
    answers: &mut Answers,
    posted: &Posted,
    now: NaiveDateTime,
) -> Result<Saved, DraftError> {
    let findings = draft_findings::of_page(conn, house, customer, open, answers, posted.page, now)?;
    let passes = findings.is_empty() && answers.unseen_warnings(&findings).is_empty();
    answers.note_shown(&findings);
    if files_told::stop(&mut answers.memory, posted, &findings) || !passes {
        return Ok(Saved::ToFix);
    }
    match posted.page {
        Step::Terms => return terms::agree(conn, customer, open, answers, posted, now),
        Step::Numbers => answers.accept_numbers(now),
        Step::Contact | Step::Bill | Step::Check => {}
    }
    Ok(Saved::Accepted)
}
