//! Saving a page of the manual form: whatever was typed is kept, and a page without faults is accepted.

use chrono::NaiveDateTime;

use super::{
    LOCATIONS,
    draft::{self, ManualError, Opened},
    findings,
};
use crate::{
    domain::manual::{ConsentAnswers, LocationLook, ManualAnswers, ManualPage},
    services::{
        files_told,
        house::House,
        save_page::{self, Action, Posted, Saved},
    },
    store::{self, Conn, StoreError},
    vault::Token,
};

/// The field that people do not see.
pub const TRAP_FIELD: &str = "website";

/// Saves a page; `network` is where the client is, for what may be tried only so often.
pub fn save(
    conn: &mut Conn,
    house: &House,
    secret: &Token,
    page: ManualPage,
    posted: &Posted,
    network: &str,
    now: NaiveDateTime,
) -> Result<Saved, ManualError> {
    let mut opened = draft::open_to_change(conn, house, secret)?;
    let earlier = opened.draft.answers.clone();
    let version = opened.draft.version;
    if posted.files.as_ref().is_none_or(|files| files.whole) {
        take_over(&mut opened, &earlier, page, &posted.pairs);
    }
    let differs = opened.draft.answers.pairs_of(page) != earlier.pairs_of(page);
    let saved = if differs && save_page::is_outdated(&earlier.request, posted) {
        if posted.in_background {
            return Err(ManualError::OtherTab);
        }
        set_aside(&mut opened.draft.answers, earlier, page);
        Saved::OtherTab
    } else {
        let memory = &mut opened.draft.answers.request.memory;
        memory.other_tab = None;
        if page == ManualPage::Documents {
            files_told::note(memory, posted);
        }
        let saved = act(conn, house, &mut opened, page, posted, network, now)?;
        if opened.draft.answers.pairs_of(page) != earlier.pairs_of(page) {
            opened.draft.answers.request.memory.note_change(page.step(), version + 1);
        }
        if matches!(saved, Saved::FileRemoved(_)) {
            opened.draft.answers.request.memory.note_files_change(version + 1);
        }
        saved
    };
    store::manual_drafts::save(conn, &house.vault, opened.draft.id, &opened.draft.answers, now)?;
    Ok(saved)
}

fn take_over(opened: &mut Opened, earlier: &ManualAnswers, page: ManualPage, pairs: &[(String, String)]) {
    let is_by_link = opened.is_by_link();
    let answers = &mut opened.draft.answers;
    answers.trapped |= pairs.iter().any(|(name, value)| name == TRAP_FIELD && !value.is_empty());
    match page {
        ManualPage::Details => {
            answers.take_details(pairs);
            // A proven mailbox stays, and so does the destination of a request.
            if opened.corrected.is_some() {
                answers.keep_destination(earlier);
            } else if earlier.mailbox_proven {
                answers.keep_mailbox(earlier);
            }
            if answers.submitter.read_location() != earlier.submitter.read_location() {
                answers.location_look = LocationLook::NotYet;
            }
        }
        ManualPage::Numbers => {
            answers.request.take_numbers(pairs, &earlier.request, is_by_link);
        }
        ManualPage::Documents => answers.take_documents(pairs),
        ManualPage::Check => answers.consents = ConsentAnswers::from_pairs(pairs),
    }
    answers.request.carry_shown_warnings(&earlier.request);
}

/// Keeps what another tab typed beside the saved answers until the person decides.
fn set_aside(answers: &mut ManualAnswers, earlier: ManualAnswers, page: ManualPage) {
    let other = save_page::other_tab(&answers.request, page.step(), answers.pairs_of(page));
    *answers = earlier;
    answers.request.memory.other_tab = Some(other);
}

fn act(
    conn: &mut Conn,
    house: &House,
    opened: &mut Opened,
    page: ManualPage,
    posted: &Posted,
    network: &str,
    now: NaiveDateTime,
) -> Result<Saved, ManualError> {
    let answers = &mut opened.draft.answers.request;
    if let Some(saved) = save_page::act_on_rows(answers, &posted.action) {
        return Ok(saved);
    }
    match &posted.action {
        Action::Continue => finish(conn, house, opened, page, posted, network, now),
        Action::RemoveFile(id) => remove_file(conn, opened, id),
        _ if files_told::is_unheard(&answers.memory, posted) => Ok(Saved::FilesRefused),
        _ => Ok(Saved::Kept),
    }
}

fn remove_file(conn: &mut Conn, opened: &mut Opened, public_id: &str) -> Result<Saved, ManualError> {
    if let Some(file) = opened.files.iter().find(|file| file.public_id == public_id) {
        store::manual_files::remove(conn, opened.draft.id, public_id)?;
        return Ok(Saved::FileRemoved(file.file_name.clone()));
    }
    let kept = opened.corrected.iter().flat_map(|it| &it.documents).find(|it| it.public_id == public_id);
    let Some(name) = kept.map(|document| document.file_name.clone()) else { return Ok(Saved::Kept) };
    opened.draft.answers.request.memory.files.remove(public_id);
    Ok(Saved::FileRemoved(name))
}

/// Accepts a page that nothing stops; warnings stop it once.
fn finish(
    conn: &mut Conn,
    house: &House,
    opened: &mut Opened,
    page: ManualPage,
    posted: &Posted,
    network: &str,
    now: NaiveDateTime,
) -> Result<Saved, ManualError> {
    if page == ManualPage::Details {
        look_for_location(conn, house, opened, network, now)?;
    }
    let found = findings::of_page(conn, house, opened, page, now)?;
    let answers = &mut opened.draft.answers.request;
    let passes = found.is_empty() && answers.unseen_warnings(&found).is_empty();
    answers.note_shown(&found);
    if files_told::stop(&mut answers.memory, posted, &found) || !passes {
        return Ok(Saved::ToFix);
    }
    if page == ManualPage::Numbers {
        answers.accept_numbers(now);
    }
    Ok(Saved::Accepted)
}

/// Whoever tries Location IDs one after the other has to wait; what was typed stays.
fn look_for_location(
    conn: &mut Conn,
    house: &House,
    opened: &mut Opened,
    network: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let answers = &mut opened.draft.answers;
    if answers.location_look != LocationLook::Done && answers.submitter.read_location().is_some() {
        let client = house.vault.keyed_hash(LOCATIONS.scope, network);
        let allowed = store::throttle::note_allowed(conn, LOCATIONS, &client, now)?.is_ok();
        answers.location_look = if allowed { LocationLook::Done } else { LocationLook::TooOften };
    }
    opened.location = draft::location(conn, answers)?;
    Ok(())
}
