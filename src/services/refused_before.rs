//! Facts of a correction that are still those of the attempt that was refused for them.

use std::collections::HashMap;

use super::house::House;
use crate::{
    domain::{
        account_number::AccountNumber,
        draft::{Answers, FILES_FIELD, Rules, Step, wireless_field},
        findings::Findings,
        manual::LETTER_FIELD,
        phone_number::PhoneNumber,
        pin::Pin,
        rejection::RejectionReason,
        stage::Stage,
    },
    store::{self, Conn, StoreError, port_requests::PortRequest, rejections::Reason},
};

/// How sentences about facts that were refused before begin; a new attempt asks about them anew.
pub const SAME_AS_REFUSED: &str = "This is the same ";
/// Reasons that put the account number in doubt.
const ACCOUNT_REASONS: [&str; 1] = ["account-number-mismatch"];
/// Reasons that put the PINs in doubt.
const PIN_REASONS: [&str; 2] = ["pin-invalid", "ssn-tax-mismatch"];
/// Reasons that put the name of the business and of the person in doubt.
static NAME_REASONS: [&str; 2] = ["business-name-mismatch", "end-user-name-mismatch"];
/// Reasons that put the bill in doubt.
const BILL_REASONS: [&str; 2] = ["bill-too-old", "bill-missing-info"];

/// A request under correction, and why it was refused.
#[derive(Clone, Copy)]
pub struct Refused<'a> {
    pub request: &'a PortRequest,
    pub reasons: &'a [Reason],
    /// The one name of the manual form, which stands for the business or the person.
    pub legal_name: Option<&'a str>,
}

/// Warns of what a page still says as the attempt did that was refused for it.
pub fn warn(
    conn: &mut Conn,
    house: &House,
    refused: Refused<'_>,
    answers: &Answers,
    (page, rules): (Step, &Rules<'_>),
    findings: &mut Findings,
) -> Result<(), StoreError> {
    match page {
        _ if refused.request.stage != Stage::Rejected => Ok(()),
        Step::Contact => warn_of_contact(conn, refused, answers, findings),
        Step::Numbers => warn_of_account(conn, house, refused, answers, rules, findings),
        _ => Ok(()),
    }
}

/// One fact of the account holder: the reasons that put it in doubt, its field, what it is called, and what is typed beside
/// what was sent.
type Fact<'a> = (&'static [&'static str], &'static str, &'static str, Vec<(&'a str, &'a str)>);

fn warn_of_contact(
    conn: &mut Conn,
    refused: Refused<'_>,
    answers: &Answers,
    findings: &mut Findings,
) -> Result<(), StoreError> {
    let sent = store::submissions::newest(conn, refused.request.id)?;
    let typed = &answers.contact;
    let address = vec![
        (typed.street.as_str(), sent.street.as_str()),
        (&typed.unit, sent.unit.as_deref().unwrap_or_default()),
        (&typed.city, &sent.city),
        (&typed.state, &sent.state),
        (&typed.postal_code, &sent.postal_code),
    ];
    let business = sent.business_name.as_deref();
    let mut facts: Vec<Fact<'_>> = vec![
        (&["account-type-wrong"], "account_type", "account type", vec![(&typed.account_type, &sent.account_type)]),
        (&["service-address-mismatch"], "street", "address", address),
        (&["postal-code-mismatch"], "postal_code", "ZIP code", vec![(&typed.postal_code, &sent.postal_code)]),
    ];
    if let Some(legal) = refused.legal_name {
        facts.push((&NAME_REASONS, "legal_name", "name", vec![(legal, business.unwrap_or(&sent.contact_name))]));
    } else {
        let [of_business, of_person] = NAME_REASONS.each_ref().map(std::slice::from_ref);
        facts.push((of_business, "business_name", "name", vec![(&typed.business_name, business.unwrap_or_default())]));
        facts.push((of_person, "contact_name", "name", vec![(&typed.contact_name, &sent.contact_name)]));
    }
    for (reasons, field, what, said) in facts {
        let Some(who) = refused.by_whom(reasons) else { continue };
        if said.iter().all(|(typed, sent)| typed.trim().eq_ignore_ascii_case(sent))
            && said.iter().any(|it| !it.1.is_empty())
        {
            findings.warn(field, same(what, &who, ""));
        }
    }
    Ok(())
}

fn same(what: &str, who: &str, of: &str) -> String {
    format!("{SAME_AS_REFUSED}{what} {who} refused{of}. Check it, then send again")
}

fn warn_of_account(
    conn: &mut Conn,
    house: &House,
    refused: Refused<'_>,
    answers: &Answers,
    rules: &Rules<'_>,
    findings: &mut Findings,
) -> Result<(), StoreError> {
    if let Some(who) = refused.by_whom(&ACCOUNT_REASONS) {
        let sent = store::submissions::newest(conn, refused.request.id)?.account_number(&house.vault)?;
        if AccountNumber::parse(&answers.numbers.account_number).is_ok_and(|typed| typed.as_str() == sent) {
            findings.warn("account_number", same("account number", &who, ""));
        }
    }
    let (Some(who), (Some(step), _)) = (refused.by_whom(&PIN_REASONS), answers.numbers.check(rules)) else {
        return Ok(());
    };
    let pins: HashMap<&str, &Pin> =
        step.numbers.iter().filter_map(|it| Some((it.number.as_str(), it.pin.as_ref()?))).collect();
    let fields = pin_fields(house, answers);
    for sent in store::numbers::of_request(conn, refused.request.id)? {
        let typed = pins.get(sent.e164.as_str()).map(|pin| pin.reveal());
        if typed.is_none() || sent.pin(&house.vault)?.as_deref() != typed {
            continue;
        }
        let told = same("PIN", &who, &format!(" for {}", sent.shown()));
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

impl Refused<'_> {
    /// Warns of a letter that is the refused one again.
    pub fn warn_of_letter(self, findings: &mut Findings) {
        let is_about_it =
            |reason: &&Reason| RejectionReason::find(&reason.slug).is_some_and(RejectionReason::needs_new_upload);
        let slugs: Vec<&str> = self.reasons.iter().filter(is_about_it).map(|reason| reason.slug.as_str()).collect();
        if let Some(who) = self.by_whom(&slugs) {
            findings.warn(LETTER_FIELD, same("letter", &who, ""));
        }
    }

    /// Warns of the documents that were refused, while no other came.
    pub fn warn_of_bill(self, findings: &mut Findings) {
        if let Some(who) = self.by_whom(&BILL_REASONS) {
            findings.warn(FILES_FIELD, same("bill", &who, ""));
        }
    }

    /// Who refused the last attempt for one of these reasons, if anybody did.
    fn by_whom(self, slugs: &[&str]) -> Option<String> {
        let reason = self.reasons.iter().find(|reason| slugs.contains(&reason.slug.as_str()))?;
        let by_carrier = reason.source == "carrier" && !self.request.losing_carrier.is_empty();
        Some(if by_carrier { self.request.losing_carrier.clone() } else { "we".to_owned() })
    }
}
