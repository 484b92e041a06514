//! Beginning to change what was sent, and taking changes back that were not.

use chrono::NaiveDateTime;

use super::{draft::DraftError, house::House};
use crate::{
    domain::{people::Customer, request_sid::RequestSid, stage::Stage},
    store::{self, Conn},
};

/// Begins to change what was sent, until the losing carrier has it: nothing changes for anybody before the changes are
/// sent. A second click finds it begun. In a refused request, goes on with the changes that were not sent before that, or
/// back to the correction.
pub fn begin_change(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    sid: &RequestSid,
    now: NaiveDateTime,
) -> Result<(), DraftError> {
    let request = store::port_requests::find_visible(conn, customer, sid)?;
    if request.is_manual() {
        return Err(DraftError::Sent(Box::new(request)));
    }
    store::drafts::lock(conn, request.id)?;
    let draft = store::drafts::find(conn, &house.vault, request.id)?;
    let mut answers = draft.answers;
    if request.stage.is_changeable() {
        if answers.memory.sent.is_some() {
            return Ok(());
        }
        answers.begin_changes();
    } else {
        answers = answers.to_correct();
        if request.stage != Stage::Rejected || answers.memory.set_aside.is_none() {
            return Err(DraftError::Sent(Box::new(request)));
        }
        answers.swap_set_aside(draft.version + 1);
    }
    Ok(store::drafts::save(conn, &house.vault, request.id, &answers, now)?)
}

/// Takes the changes back that were not sent, wherever the request has got to meanwhile. Says whether there were any: a
/// second click finds none, and neither does a tab that another one was quicker than, which sent them.
pub fn discard_change(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    sid: &RequestSid,
    now: NaiveDateTime,
) -> Result<bool, DraftError> {
    let request = store::port_requests::find_visible(conn, customer, sid)?;
    if request.is_manual() {
        return Err(DraftError::Sent(Box::new(request)));
    }
    store::drafts::lock(conn, request.id)?;
    let draft = store::drafts::find(conn, &house.vault, request.id)?;
    let before = draft.answers.clone();
    let answers = if request.stage == Stage::Rejected { draft.answers.to_correct() } else { draft.answers };
    let answers = answers.without_changes(draft.version + 1);
    if answers == before {
        return Ok(false);
    }
    store::documents::remove_unsent(conn, request.id, &answers.added_files(), now)?;
    store::drafts::save(conn, &house.vault, request.id, &answers, now)?;
    Ok(true)
}
