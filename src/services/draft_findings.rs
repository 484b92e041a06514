//! What there is to say about a draft beyond its answers alone: terms in their present wording, numbers that other
//! requests hold, facts that were refused before.

use std::{collections::HashMap, fmt};

use chrono::NaiveDateTime;

use super::{
    draft::{self, OpenDraft},
    house::House,
    loa::consent,
};
use crate::{
    domain::{
        account_number::AccountNumber,
        acknowledgements::{Acknowledgement, NotAgreed},
        draft::{Answers, Rules, Step, wireless_field},
        findings::Findings,
        loa::{Requester, SignerStep, WhoSigns},
        moves::Mover,
        people::Customer,
        phone_number::PhoneNumber,
        pin::Pin,
        request_sid::RequestSid,
        stage::Stage,
        typed_text,
    },
    letter::LetterError,
    store::{
        self, Conn, StoreError,
        acknowledgements::{Acknowledgement as Accepted, TermText},
        number_claims::Claimed,
    },
};

/// How sentences about facts that were refused before begin; a new attempt asks about them anew.
pub const SAME_AS_REFUSED: &str = "This is the same ";
/// Reasons that put the account number in doubt.
const ACCOUNT_REASONS: [&str; 1] = ["account-number-mismatch"];
/// Reasons that put the PINs in doubt.
const PIN_REASONS: [&str; 2] = ["pin-invalid", "ssn-tax-mismatch"];

/// The terms as they read now, and which of them were agreed to for a request.
#[derive(Debug, Clone)]
pub struct Agreement {
    texts: Vec<TermText>,
    accepted: Vec<Accepted>,
}

impl Agreement {
    /// Loads both for a request.
    pub fn load(conn: &mut Conn, request: i64, now: NaiveDateTime) -> Result<Self, StoreError> {
        let mut texts = store::acknowledgements::current_texts(conn, now)?;
        // The signer agrees to it, and the requester does not.
        texts.retain(|text| text.slug != consent::SLUG);
        Ok(Self { texts, accepted: store::acknowledgements::of_request(conn, request)? })
    }

    /// Which version of each text counts now: "rates:1 texts:2".
    pub fn wording(&self) -> String {
        let versions = self.texts.iter().map(|text| format!("{}:{}", text.slug, text.version));
        versions.collect::<Vec<_>>().join(" ")
    }

    /// The words of a text, if one is stored under this name.
    pub fn text(&self, slug: &str) -> Option<&str> {
        self.texts.iter().find(|text| text.slug == slug).map(|text| text.body.as_str())
    }

    /// When a term was agreed to in its present wording.
    pub fn agreed_at(&self, term: Acknowledgement) -> Option<NaiveDateTime> {
        let now = self.texts.iter().find(|text| text.slug == term.slug())?;
        let of_term = |it: &&Accepted| it.slug == term.slug() && it.text_version == now.version;
        self.accepted.iter().find(of_term).map(|it| it.accepted_at)
    }

    /// When the last of all four was agreed to; nothing while one is missing.
    pub fn all_agreed_at(&self) -> Option<NaiveDateTime> {
        let each: Option<Vec<_>> = Acknowledgement::ALL.into_iter().map(|term| self.agreed_at(term)).collect();
        each?.into_iter().max()
    }
}

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
        for held in held_numbers(conn, house, customer, open.request.id, answers)? {
            note_held(&mut findings, &held);
        }
        warn_of_refused(conn, house, open, answers, now, &mut findings)?;
    }
    Ok(findings)
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
            Step::Check => of_signer(customer, answers, &rules),
            Step::Terms => open_terms(&Agreement::load(conn, open.request.id, now)?, answers),
            _ => answers.check(page, &rules, open.documents.len()),
        };
        if page == Step::Numbers {
            for held in held_numbers(conn, house, customer, open.request.id, answers)? {
                note_held(&mut findings, &held);
            }
            warn_of_refused(conn, house, open, answers, now, &mut findings)?;
        }
        findings.warnings = answers.unseen_warnings(&findings);
        pages.push((page, findings));
    }
    note_unprintable(house, answers, &mut pages);
    pages.retain(|(_, findings)| !findings.is_empty() || !findings.warnings.is_empty());
    Ok(pages)
}

/// What there is to say about whoever signs, once it is known whose account it is.
pub fn of_signer(customer: &Customer, answers: &Answers, rules: &Rules<'_>) -> Findings {
    let (contact, _) = answers.contact.check(rules);
    let requester = Requester { name: &customer.person.name, email: &customer.person.email };
    contact.map_or_else(Findings::default, |contact| answers.signer.check(&contact, requester).1)
}

/// All that there is to say on the page about the signer.
pub fn of_signer_page(
    house: &House,
    customer: &Customer,
    open: &OpenDraft,
    answers: &Answers,
    now: NaiveDateTime,
) -> Findings {
    let mut pages = [(Step::Check, of_signer(customer, answers, &open.rules(house, now)))];
    note_unprintable(house, answers, &mut pages);
    let [(_, findings)] = pages;
    findings
}

/// Notes what the letter cannot print, at the field where it was typed. A letter on paper prints nothing of ours.
pub fn note_unprintable(house: &House, answers: &Answers, pages: &mut [(Step, Findings)]) {
    let who = WhoSigns::from_code(&answers.signer.who);
    if who == Some(WhoSigns::Paper) {
        return;
    }
    let (contact, nothing) = (&answers.contact, String::new());
    // Whoever signs here signs in their own name.
    let signer_name = if who == Some(WhoSigns::Me) { &nothing } else { &answers.signer.signer_name };
    let printed = [
        (Step::Numbers, "losing_carrier", &answers.numbers.losing_carrier),
        (Step::Contact, "business_name", &contact.business_name),
        (Step::Contact, "contact_name", &contact.contact_name),
        (Step::Contact, "street", &contact.street),
        (Step::Contact, "unit", &contact.unit),
        (Step::Contact, "city", &contact.city),
        (Step::Check, "signer_name", signer_name),
        (Step::Check, "signer_title", &answers.signer.signer_title),
    ];
    for (step, field, typed) in printed {
        // What cannot be seen is taken out of names before they are printed.
        let Some(character) = typed_text::one_line(typed).ok().and_then(|text| house.press.cannot_print(&text)) else {
            continue;
        };
        let page = pages.iter_mut().find(|(page, findings)| *page == step && findings.error_of(field).is_none());
        if let Some((_, findings)) = page {
            findings.error(field, LetterError::CannotPrint(character));
        }
    }
}

/// The same of a requester who signs in their own name.
pub fn note_unprintable_name(house: &House, signer: &SignerStep, findings: &mut Findings) {
    if signer.who == WhoSigns::Me
        && let Some(character) = house.press.cannot_print(&signer.name)
    {
        findings.error("who", LetterError::CannotPrint(character));
    }
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
    let documents = store::documents::of_request(conn, open.request.id)?;
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

/// Warns of an account number and of PINs that are still those of the attempt that was refused for them.
fn warn_of_refused(
    conn: &mut Conn,
    house: &House,
    open: &OpenDraft,
    answers: &Answers,
    now: NaiveDateTime,
    findings: &mut Findings,
) -> Result<(), StoreError> {
    if open.request.stage != Stage::Rejected {
        return Ok(());
    }
    if let Some(who) = who_refused(open, &ACCOUNT_REASONS) {
        let sent = store::submissions::newest(conn, open.request.id)?.account_number(&house.vault)?;
        if AccountNumber::parse(&answers.numbers.account_number).is_ok_and(|typed| typed.as_str() == sent) {
            let told = format!("{SAME_AS_REFUSED}account number {who} refused. Check it, then send again");
            findings.warn("account_number", told);
        }
    }
    let (Some(who), (Some(step), _)) =
        (who_refused(open, &PIN_REASONS), answers.numbers.check(&open.rules(house, now)))
    else {
        return Ok(());
    };
    let pins: HashMap<&str, &Pin> =
        step.numbers.iter().filter_map(|it| Some((it.number.as_str(), it.pin.as_ref()?))).collect();
    let fields = pin_fields(house, answers);
    for sent in store::numbers::of_request(conn, open.request.id)? {
        let typed = pins.get(sent.e164.as_str()).map(|pin| pin.reveal());
        if typed.is_none() || sent.pin(&house.vault)?.as_deref() != typed {
            continue;
        }
        let told = format!("{SAME_AS_REFUSED}PIN {who} refused for {}. Check it, then send again", sent.shown());
        findings.warn(fields.get(&sent.e164).map_or("shared_pin", String::as_str), told);
    }
    Ok(())
}

/// The field in which the PIN of each wireless number stands, where it has one of its own.
fn pin_fields(house: &House, answers: &Answers) -> HashMap<String, String> {
    let rules = house.number_rules();
    let rows = answers.numbers.wireless.iter().enumerate().filter(|_| !answers.numbers.one_pin).rev();
    // The first row of a number counts.
    rows.filter_map(|(at, row)| {
        let number = PhoneNumber::parse(&row.number, &rules).ok()?;
        Some((number.as_str().to_owned(), wireless_field(at, "pin")))
    })
    .collect()
}

/// Who refused the last attempt for one of these reasons, if anybody did.
fn who_refused(open: &OpenDraft, slugs: &[&str]) -> Option<String> {
    let reason = open.reasons.iter().find(|reason| slugs.contains(&reason.slug.as_str()))?;
    let by_carrier = reason.source == "carrier" && !open.request.losing_carrier.is_empty();
    Some(if by_carrier { open.request.losing_carrier.clone() } else { "we".to_owned() })
}
