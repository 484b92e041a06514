//! Facts of a correction that are still those of the attempt that was refused for them.

use std::collections::HashMap;

use super::house::House;
use crate::{
    domain::{
        account_number::AccountNumber,
        draft::{Answers, Rules, wireless_field},
        findings::Findings,
        phone_number::PhoneNumber,
        pin::Pin,
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

/// A request under correction, and why it was refused.
#[derive(Clone, Copy)]
pub struct Refused<'a> {
    pub request: &'a PortRequest,
    pub reasons: &'a [Reason],
}

/// Warns of an account number and of PINs that are still those of the attempt that was refused for them.
pub fn warn(
    conn: &mut Conn,
    house: &House,
    refused: Refused<'_>,
    answers: &Answers,
    rules: &Rules<'_>,
    findings: &mut Findings,
) -> Result<(), StoreError> {
    if refused.request.stage != Stage::Rejected {
        return Ok(());
    }
    if let Some(who) = refused.by_whom(&ACCOUNT_REASONS) {
        let sent = store::submissions::newest(conn, refused.request.id)?.account_number(&house.vault)?;
        if AccountNumber::parse(&answers.numbers.account_number).is_ok_and(|typed| typed.as_str() == sent) {
            let told = format!("{SAME_AS_REFUSED}account number {who} refused. Check it, then send again");
            findings.warn("account_number", told);
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

impl Refused<'_> {
    /// Who refused the last attempt for one of these reasons, if anybody did.
    fn by_whom(self, slugs: &[&str]) -> Option<String> {
        let reason = self.reasons.iter().find(|reason| slugs.contains(&reason.slug.as_str()))?;
        let by_carrier = reason.source == "carrier" && !self.request.losing_carrier.is_empty();
        Some(if by_carrier { self.request.losing_carrier.clone() } else { "we".to_owned() })
    }
}
