//! What there is to say about a draft beyond its answers alone: terms in their present wording, numbers that other
//! requests hold, facts that were refused before.

use std::{collections::HashMap, fmt};

use chrono::NaiveDateTime;

use super::{
    agreement::Agreement,
    draft::{self, OpenDraft},
    house::House,
    moved_before,
    refused_before::{self, Refused},
    send_request::requester,
};
use crate::{
    domain::{
        acknowledgements::{Acknowledgement, NotAgreed},
        draft::{Answers, ContactStep, Rules, Step},
        findings::Findings,
        loa::{SignerAnswers, SignerError, SignerStep, WhoSigns},
        moves::Mover,
        people::Customer,
        phone_number::PhoneNumber,
        request_sid::RequestSid,
        stage::Stage,
        typed_text,
    },
    letter::LetterError,
    store::{self, Conn, StoreError, number_claims::Claimed},
};

/// A number of a draft that another request holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldNumber {
    /// The field in which it was typed.
    pub field: String,
    pub number: PhoneNumber,
    /// The other request, if this customer may see it.
    pub sid: Option<RequestSid>,
    /// Whether the customer can still cancel the other request themselves.
    pub cancelable: bool,
}

impl fmt::Display for HeldNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.sid {
            Some(sid) if self.cancelable => {
                write!(f, "{} is already in request {sid}. Take it out here, or cancel that request first", self.number)
            }
            Some(sid) => {
                write!(f, "{} is already in request {sid}. It is with the carrier there; take it out here", self.number)
            }
            None => {
                write!(f, "{} is already in another open request. Take it out here or contact support", self.number)
            }
        }
    }
}

/// The numbers of the answers that other requests hold, in the order of the page.
pub fn held_numbers(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    request: i64,
    answers: &Answers,
) -> Result<Vec<HeldNumber>, StoreError> {
    let typed = draft::fields_of_numbers(house, answers);
    let numbers: Vec<PhoneNumber> = typed.iter().map(|(_, number)| number.clone()).collect();
    let claimed = store::number_claims::held_by_others(conn, request, &numbers)?;
    let claimed: HashMap<&str, &Claimed> = claimed.iter().map(|claim| (claim.number.as_str(), claim)).collect();
    let held = typed.into_iter().filter_map(|(field, number)| {
        let claim = claimed.get(number.as_str())?;
        let visible = claim.account_id == customer.account_id
            && (customer.is_owner() || claim.submitted_by == customer.person.id);
        let cancelable = claim.stage.allows(Stage::Canceled, Mover::Requester);
        Some(HeldNumber { field, number, sid: visible.then(|| claim.sid.clone()), cancelable })
    });
    Ok(held.collect())
}

/// Notes a number that another request holds, in the order of the page: the list stands before the wireless rows.
pub fn note_held(findings: &mut Findings, held: &HeldNumber) {
    if held.field == "landline" {
        findings.error_before("wireless-", held.field.clone(), held);
    } else {
        findings.error(held.field.clone(), held);
    }
}

/// Everything there is to say about a page of the answers. A number that a request holds which was sent stops it.
pub fn of_page(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    open: &OpenDraft,
    answers: &Answers,
    page: Step,
    now: NaiveDateTime,
) -> Result<Findings, StoreError> {
    let mut findings = answers.check(page, &open.rules(house, now), open.documents.len());
    if page == Step::Numbers {
        of_numbers(conn, house, customer, open, answers, &mut findings)?;
    }
    refused_before::warn(conn, house, refused(open), answers, (page, &open.rules(house, now)), &mut findings)?;
    if page == Step::Check {
        return Ok(findings);
    }
    if answers.signer.who.is_empty() {
        // It may be signed on paper yet, which is asked later.
        for (field, sentence) in unprintable(house, answers, page) {
            if findings.error_of(field).is_none() {
                findings.warn(field, sentence);
            }
        }
        return Ok(findings);
    }
    let mut pages = [(page, findings)];
    note_unprintable(house, answers, &mut pages);
    let [(_, findings)] = pages;
    Ok(findings)
}

/// What other requests have to do with the numbers.
fn of_numbers(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    open: &OpenDraft,
    answers: &Answers,
    findings: &mut Findings,
) -> Result<(), StoreError> {
    for held in held_numbers(conn, house, customer, open.request.id, answers)? {
        note_held(findings, &held);
    }
    moved_before::warn(conn, house, customer, open.request.id, answers, findings)
}

/// The pages that keep the draft from being sent, each with its errors and with the warnings that were not seen yet.
pub fn unfinished(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    open: &OpenDraft,
    now: NaiveDateTime,
) -> Result<Vec<(Step, Findings)>, StoreError> {
    let answers = &open.draft.answers;
    let rules = open.rules(house, now);
    let mut pages = Vec::new();
    for page in Step::ALL {
        let mut findings = match page {
            Step::Check => of_signer(house, customer, open, answers, &rules),
            Step::Terms => open_terms(&Agreement::load(conn, open.request.id, now)?, answers),
            _ => answers.check(page, &rules, open.documents.len()),
        };
        if page == Step::Numbers {
            of_numbers(conn, house, customer, open, answers, &mut findings)?;
        }
        refused_before::warn(conn, house, refused(open), answers, (page, &rules), &mut findings)?;
        findings.warnings = answers.unseen_warnings(&findings);
        pages.push((page, findings));
    }
    note_unprintable(house, answers, &mut pages);
    pages.retain(|(_, findings)| !findings.is_empty() || !findings.warnings.is_empty());
    Ok(pages)
}

/// Checks who is to sign the letter of a request about which these addresses want no more mail.
pub fn check_signer(
    house: &House,
    customer: &Customer,
    reported: &[String],
    signer: &SignerAnswers,
    contact: &ContactStep,
) -> (Option<SignerStep>, Findings) {
    let (step, mut findings) = signer.check(contact, requester(customer));
    let Some(step) = step else { return (None, findings) };
    match step.who {
        WhoSigns::SomeoneElse if reported.iter().any(|address| step.email.as_str().eq_ignore_ascii_case(address)) => {
            findings.error("signer_email", SignerError::Reported(step.email.to_string()));
        }
        // The name is that of the profile and no field of the form.
        WhoSigns::Me => {
            if let Some(character) = house.press.cannot_print(&step.name) {
                findings.error("who", LetterError::CannotPrint(character));
            }
        }
        WhoSigns::SomeoneElse | WhoSigns::Paper => {}
    }
    (Some(step).filter(|_| findings.is_empty()), findings)
}

/// What there is to say about whoever signs, once it is known whose account it is.
pub fn of_signer(
    house: &House,
    customer: &Customer,
    open: &OpenDraft,
    answers: &Answers,
    rules: &Rules<'_>,
) -> Findings {
    let Some(contact) = answers.contact.check(rules).0 else { return Findings::default() };
    check_signer(house, customer, &open.reported, &answers.signer, &contact).1
}

/// All that there is to say on the page about the signer.
pub fn of_signer_page(
    house: &House,
    customer: &Customer,
    open: &OpenDraft,
    answers: &Answers,
    now: NaiveDateTime,
) -> Findings {
    let mut pages = [(Step::Check, of_signer(house, customer, open, answers, &open.rules(house, now)))];
    note_unprintable(house, answers, &mut pages);
    let [(_, findings)] = pages;
    findings
}

/// Notes what the letter cannot print, at the field where it was typed.
pub fn note_unprintable(house: &House, answers: &Answers, pages: &mut [(Step, Findings)]) {
    for (page, findings) in pages {
        for (field, sentence) in unprintable(house, answers, *page) {
            findings.warnings.retain(|warning| warning.text != sentence.to_string());
            if findings.error_of(field).is_none() {
                findings.error(field, sentence);
            }
        }
    }
}

/// The fields of a page whose texts the letter cannot print. A letter on paper prints nothing of ours.
fn unprintable(house: &House, answers: &Answers, page: Step) -> Vec<(&'static str, LetterError)> {
    let who = WhoSigns::from_code(&answers.signer.who);
    if who == Some(WhoSigns::Paper) {
        return Vec::new();
    }
    let contact = &answers.contact;
    // Whoever signs here signs in their own name.
    let signer_name = if who == Some(WhoSigns::Me) { "" } else { &*answers.signer.signer_name };
    let printed = [
        (Step::Numbers, "losing_carrier", &*answers.numbers.losing_carrier),
        (Step::Numbers, "reseller", answers.numbers.named_reseller()),
        (Step::Contact, "business_name", &*contact.business_name),
        (Step::Contact, "contact_name", &*contact.contact_name),
        (Step::Contact, "street", &*contact.street),
        (Step::Contact, "unit", &*contact.unit),
        (Step::Contact, "city", &*contact.city),
        (Step::Check, "signer_name", signer_name),
        (Step::Check, "signer_title", &*answers.signer.signer_title),
    ];
    let of_page = printed.into_iter().filter(|(step, ..)| *step == page);
    of_page
        .filter_map(|(_, field, typed)| {
            // What cannot be seen is taken out of names before they are printed.
            let character = typed_text::one_line(typed).ok().and_then(|text| house.press.cannot_print(&text))?;
            Some((field, LetterError::CannotPrint(character)))
        })
        .collect()
}

/// The page on which to go on, as far as the answers themselves tell.
pub fn next_step(
    conn: &mut Conn,
    house: &House,
    open: &OpenDraft,
    answers: &Answers,
    now: NaiveDateTime,
) -> Result<Step, StoreError> {
    if !open_terms(&Agreement::load(conn, open.request.id, now)?, answers).is_empty() {
        return Ok(Step::Terms);
    }
    let documents = draft::documents(conn, &open.request, answers)?;
    Ok(answers.first_unfinished_step(&open.rules(house, now), documents.len()))
}

/// A tick counts only with the agreement that is stored for the present wording.
fn open_terms(agreement: &Agreement, answers: &Answers) -> Findings {
    let mut findings = Findings::default();
    for term in Acknowledgement::ALL {
        if !answers.terms.agrees(term) || agreement.agreed_at(term).is_none() {
            findings.error(term.slug(), NotAgreed(term));
        }
    }
    findings
}

fn refused(open: &OpenDraft) -> Refused<'_> {
    Refused { request: &open.request, reasons: &open.reasons, legal_name: None }
}
