//! What there is to say about a manual draft beyond its answers alone: whether there is such a location, whether the letter
//! still fits, and what was agreed to.

use chrono::NaiveDateTime;

use super::{draft::Opened, enter};
use crate::{
    domain::{
        findings::{Finding, Findings},
        manual::{Consent, ConsentAnswers, LETTER_FIELD, LocationLook, ManualPage, NotConsented, SubmitterError},
    },
    services::{
        house::House,
        loa::make,
        refused_before::{self, Refused},
        send_request,
    },
    store::{self, Conn, StoreError, loa_files::LoaFileKind},
};

/// Why the letter that came with the request does not do any more.
#[derive(Debug, Clone, Copy, thiserror::Error)]
enum LetterError {
    #[error("What the letter says has changed since it was signed. Upload a newly signed letter")]
    Changed,
    #[error("The letter was refused. Upload a newly signed one")]
    Refused,
}

/// What there is to say about a page.
pub fn of_page(
    conn: &mut Conn,
    house: &House,
    opened: &Opened,
    page: ManualPage,
    now: NaiveDateTime,
) -> Result<Findings, StoreError> {
    let (answers, rules, files) = (opened.answers(), opened.rules(house, now), opened.files_kept());
    let mut findings = answers.check(page, &rules, files);
    if page == ManualPage::Details {
        note_location(&mut findings, opened);
    }
    let mut told = refused_before(conn, house, opened, page, now)?;
    told.merge(findings);
    if page == ManualPage::Documents
        && let Some(error) = letter_error(house, opened, now)?
    {
        told.errors.insert(0, Finding { field: LETTER_FIELD.to_owned(), text: error.to_string() });
    }
    Ok(told)
}

/// What there is to say about a page of a correction as soon as it is opened: what it still says as it was refused.
pub fn refused_before(
    conn: &mut Conn,
    house: &House,
    opened: &Opened,
    page: ManualPage,
    now: NaiveDateTime,
) -> Result<Findings, StoreError> {
    let mut findings = Findings::default();
    let Some(corrected) = &opened.corrected else { return Ok(findings) };
    let (answers, rules) = (opened.answers(), opened.rules(house, now));
    let legal_name = Some(answers.submitter.legal_name.as_str());
    let refused = Refused { request: &corrected.request, reasons: &corrected.reasons, legal_name };
    refused_before::warn(conn, house, refused, &answers.request, (page.step(), &rules), &mut findings)?;
    if page == ManualPage::Documents && opened.new_bills().next().is_none() {
        refused.warn_of_bill(&mut findings);
    }
    if page == ManualPage::Documents && corrected.has_refused_letter() {
        match (opened.new_letter(), &corrected.letter) {
            (None, _) => findings.error(LETTER_FIELD, LetterError::Refused),
            (Some(new), Some(letter)) => {
                let sent = store::loa_files::find(conn, letter.id, LoaFileKind::Uploaded)?;
                if sent.sha256 == new.sha256 {
                    refused.warn_of_letter(&mut findings);
                }
            }
            _ => {}
        }
    }
    Ok(findings)
}

/// The first page of a correction that says something as it was refused, or the last one.
pub fn first_refused(
    conn: &mut Conn,
    house: &House,
    opened: &Opened,
    now: NaiveDateTime,
) -> Result<ManualPage, StoreError> {
    for page in ManualPage::ALL {
        if refused_before(conn, house, opened, page, now)? != Findings::default() {
            return Ok(page);
        }
    }
    Ok(ManualPage::Check)
}

/// The pages with an error, or a warning that was not seen yet.
pub fn unfinished(
    conn: &mut Conn,
    house: &House,
    opened: &Opened,
    now: NaiveDateTime,
) -> Result<Vec<(ManualPage, Findings)>, StoreError> {
    let mut unfinished = Vec::new();
    for page in [ManualPage::Details, ManualPage::Numbers, ManualPage::Documents] {
        let findings = of_page(conn, house, opened, page, now)?;
        let unseen = opened.draft.answers.request.unseen_warnings(&findings);
        if !findings.is_empty() || !unseen.is_empty() {
            unfinished.push((page, findings));
        }
    }
    Ok(unfinished)
}

/// The texts that are agreed to, each with its version.
pub fn consent_texts(conn: &mut Conn, now: NaiveDateTime) -> Result<Vec<(Consent, i32, String)>, StoreError> {
    let texts = store::acknowledgements::current_texts(conn, now)?;
    let of = |consent: Consent| {
        let text = texts.iter().find(|text| text.slug == consent.slug());
        text.map(|text| (consent, text.version, text.body.clone()))
    };
    Consent::ALL
        .into_iter()
        .map(|consent| {
            of(consent).ok_or_else(|| StoreError::Corrupt("a text of the manual form is missing".to_owned()))
        })
        .collect()
}

/// One sentence for each box that is open, or was ticked at other words.
pub fn of_consents(texts: &[(Consent, i32, String)], consents: ConsentAnswers) -> Findings {
    let mut findings = Findings::default();
    for (consent, version, _) in texts {
        if consents.version(*consent) != Some(*version) {
            findings.error(consent.slug(), NotConsented(*consent));
        }
    }
    findings
}

/// In the order of the page: behind name and address, before the account.
fn note_location(findings: &mut Findings, opened: &Opened) {
    let answers = &opened.draft.answers;
    let error = match &opened.location {
        Some(location) if !location.porting_off_reason.is_empty() => SubmitterError::PortingOff,
        None if answers.submitter.read_location().is_some() => match answers.location_look {
            LocationLook::Done if answers.mailbox_proven => SubmitterError::LocationGone,
            LocationLook::Done => SubmitterError::UnknownLocation,
            LocationLook::NotYet => SubmitterError::LocationNotYet,
            LocationLook::TooOften => SubmitterError::LocationTooOften,
        },
        _ => return,
    };
    let at = findings.errors.iter().position(|it| it.field != "name" && it.field != "email");
    let finding = Finding { field: "location_id".to_owned(), text: error.to_string() };
    findings.errors.insert(at.unwrap_or(findings.errors.len()), finding);
}

/// A letter counts for what it was signed for.
fn letter_error(house: &House, opened: &Opened, now: NaiveDateTime) -> Result<Option<LetterError>, StoreError> {
    let Some(corrected) = opened.corrected.as_ref().filter(|_| opened.new_letter().is_none()) else { return Ok(None) };
    let Some(letter) = &corrected.letter else { return Ok(None) };
    if corrected.has_refused_letter() {
        return Ok(None);
    }
    let checked = opened.answers().checked(&opened.rules(house, now), opened.files_kept());
    // What is wrong elsewhere is told there.
    let Some((checked, location)) = checked.zip(opened.location.as_ref()) else { return Ok(None) };
    let attempt = send_request::next_attempt(&corrected.request);
    let draft = make::draft(house, &corrected.request, location, &enter::whole(&checked), attempt, now);
    let same = draft.facts.authorizes_the_same(&letter.facts(&house.vault)?);
    Ok((!same).then_some(LetterError::Changed))
}
