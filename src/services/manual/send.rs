//! Sending the manual form: once, agreed to, without faults, and to the desk only when its mailbox is proven.

use chrono::NaiveDateTime;

use super::{
    SENT, confirm,
    draft::{self, ManualError, Opened},
    enter, findings, letters,
};
use crate::{
    domain::{
        findings::Findings,
        manual::{ConsentAnswers, ManualPage, ManualRequest},
        request_sid::RequestSid,
    },
    services::{draft::DraftError, house::House, people, send_request},
    store::{self, Conn, StoreError},
    vault::{self, Token},
};

/// What became of a form that was to be sent.
#[derive(Debug)]
pub enum Outcome {
    /// It waits for its mailbox, or is with the desk; by this press of the button or by an earlier one.
    Sent,
    /// A page was changed after the person saw it.
    OtherTab,
    /// There are warnings that the person sees now for the first time.
    Asked,
    /// Pages with something to put right.
    Unfinished(Vec<(ManualPage, Findings)>),
}

/// The button under the last page, as somebody pressed it.
#[derive(Debug, Clone, Copy)]
pub struct Pressed<'a> {
    pub consents: ConsentAnswers,
    /// The version of the draft that the person saw; none where a program names none.
    pub seen: Option<i32>,
    /// The address of the client, which is noted with what was agreed to.
    pub address: &'a str,
    /// Under what its tries are counted.
    pub network: &'a str,
}

/// The place of what is said about sending itself.
pub const SEND_FIELD: &str = "send";

/// Sends what the pages hold, agreed to in these words.
pub fn submit(
    conn: &mut Conn,
    house: &House,
    secret: &Token,
    pressed: &Pressed<'_>,
    now: NaiveDateTime,
) -> Result<Outcome, ManualError> {
    let mut opened = match draft::open_to_change(conn, house, secret) {
        Err(ManualError::Sent(_)) => return Ok(Outcome::Sent),
        opened => opened?,
    };
    // The person would send what they have not seen.
    let consents = pressed.consents;
    if pressed.seen.is_some_and(|seen| opened.answers().request.memory.any_changed_after(seen)) {
        return Ok(Outcome::OtherTab);
    }
    opened.draft.answers.consents = consents;
    pressed.address.clone_into(&mut opened.draft.answers.sent_from);
    let mut unfinished = findings::unfinished(conn, house, &opened, now)?;
    let of_check = findings::of_consents(&findings::consent_texts(conn, now)?, consents);
    if !of_check.is_empty() {
        unfinished.push((ManualPage::Check, of_check));
    }
    let only_asks = unfinished.iter().all(|(_, findings)| findings.is_empty());
    for (_, findings) in &unfinished {
        opened.draft.answers.request.note_shown(findings);
    }
    store::manual_drafts::save(conn, &house.vault, opened.draft.id, &opened.draft.answers, now)?;
    if !unfinished.is_empty() {
        return Ok(if only_asks { Outcome::Asked } else { Outcome::Unfinished(unfinished) });
    }
    let checked = opened.answers().checked(&opened.rules(house, now), opened.files_kept());
    let checked = checked.ok_or_else(|| StoreError::Corrupt("a manual request that was checked".to_owned()))?;
    if let Some(findings) = refuse(conn, house, &opened, &checked, pressed.network, true, now)? {
        return Ok(Outcome::Unfinished(vec![findings]));
    }
    send(conn, house, &opened, &checked, now)?;
    Ok(Outcome::Sent)
}

/// What would stop a request that has no faults of its own.
pub fn refused(
    conn: &mut Conn,
    house: &House,
    opened: &Opened,
    network: &str,
    now: NaiveDateTime,
) -> Result<Option<(ManualPage, Findings)>, ManualError> {
    match opened.answers().checked(&opened.rules(house, now), opened.files_kept()) {
        Some(checked) => refuse(conn, house, opened, &checked, network, false, now),
        None => Ok(None),
    }
}

/// The same, counted as a try to send where `is_try`.
fn refuse(
    conn: &mut Conn,
    house: &House,
    opened: &Opened,
    checked: &ManualRequest,
    network: &str,
    is_try: bool,
    now: NaiveDateTime,
) -> Result<Option<(ManualPage, Findings)>, ManualError> {
    let mut findings = Findings::default();
    if let Some(corrected) = &opened.corrected {
        return match send_request::refuse_all_moved(conn, corrected.request.id, &checked.numbers) {
            Ok(()) => Ok(None),
            Err(DraftError::Store(error)) => Err(error.into()),
            Err(error) => {
                findings.error("landline", error);
                Ok(Some((ManualPage::Numbers, findings)))
            }
        };
    }
    let client = house.vault.keyed_hash(SENT.scope, network);
    let wait_for = if is_try {
        store::throttle::note_allowed(conn, SENT, &client, now)?.err()
    } else {
        store::throttle::wait_minutes(conn, SENT, &client, now)?
    };
    let Some(minutes) = wait_for else { return Ok(None) };
    let wait = people::minutes(minutes);
    let told = format!("Many requests came from your network just now. Send this one in {wait}; it stays as it is");
    findings.error(SEND_FIELD, told);
    Ok(Some((ManualPage::Check, findings)))
}

fn send(
    conn: &mut Conn,
    house: &House,
    opened: &Opened,
    checked: &ManualRequest,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    if let Some(corrected) = &opened.corrected {
        let (draft, request) = (opened.draft.id, &corrected.request);
        store::turns::of_request(conn, request.id)?;
        enter::resubmit(conn, house, opened, request, checked, now)?;
        store::manual_drafts::note_sent(conn, draft, &request.sid, now)?;
        return entered(conn, house, draft, request.id, now);
    }
    let draft = &opened.draft;
    let sid = draft.sid.clone().unwrap_or_else(|| RequestSid::from_random(vault::random()));
    store::manual_drafts::note_sent(conn, draft.id, &sid, now)?;
    // Whoever filled what people do not see reads the same page, and nobody hears of it.
    if draft.answers.trapped {
        return Ok(());
    }
    let is_proven = draft.answers.mailbox_proven;
    if !is_proven {
        let sent = store::manual_drafts::get(conn, &house.vault, draft.id)?;
        letters::put_confirmation(conn, house, &sent, checked.submitter.email.as_str(), now)?;
    }
    if !is_proven && !house.takes_unconfirmed {
        return Ok(());
    }
    let location = opened.location.as_ref();
    let location = location.ok_or_else(|| StoreError::Corrupt("a manual request without a location".to_owned()))?;
    let request = enter::enter(conn, house, opened, location, &sid, checked, now)?;
    entered(conn, house, draft.id, request, now)?;
    if is_proven { confirm::prove(conn, house, request, now).map(drop) } else { Ok(()) }
}

/// The draft has become a request, and holds nothing any more.
pub(super) fn entered(
    conn: &mut Conn,
    house: &House,
    draft: i64,
    request: i64,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    store::manual_files::remove_all(conn, draft)?;
    store::manual_drafts::note_entered(conn, &house.vault, draft, request, now)
}
