//! Letters to be: out of checked answers, or once more what an earlier letter says.

use chrono::NaiveDateTime;
use data_encoding::BASE64URL_NOPAD;

use crate::{
    domain::{
        loa::{CheckCode, LoaMode, SignerStep},
        loa_id::LoaId,
        number_to_port::{NumberKind, PortScope},
        phone_number::PhoneNumber,
    },
    letter::{
        CurrentService, Customer, LetterFacts, LetterNumber, PartialPort, PrintedAddress, Signer, StatementsVersion,
        Verification,
    },
    services::{house::House, send_request::Checked},
    store::{StoreError, loas::Loa, locations::Location, port_requests::PortRequest},
    vault::{self, Token},
};

/// A letter that is not stored yet, and the secret of its QR code as a hash.
#[derive(Debug, Clone)]
pub struct Draft {
    pub facts: LetterFacts,
    pub mode: LoaMode,
    pub note: Option<String>,
    /// Who asks, if not whoever makes the letter: a customer goes on asking when the desk asks anew.
    pub requested_by: Option<i64>,
    /// When its signer may be mailed, if that is not now.
    pub not_before: Option<NaiveDateTime>,
    pub(super) qr_hash: String,
}

/// The letter of checked answers.
pub fn draft(
    house: &House,
    request: &PortRequest,
    location: &Location,
    checked: &Checked,
    attempt: i32,
    now: NaiveDateTime,
) -> Draft {
    let secret = BASE64URL_NOPAD.encode(&vault::random::<16>());
    let facts = LetterFacts {
        loa_id: LoaId::from_random(vault::random()),
        request_sid: request.sid.clone(),
        attempt: u32::try_from(attempt).unwrap_or(1),
        generated_on: house.zone(&location.time_zone).date(now),
        new_provider: house.provider(),
        customer: customer(checked),
        current_service: CurrentService {
            carrier: checked.numbers.losing_carrier.clone(),
            reseller: checked.numbers.reseller.clone(),
            account_number: checked.numbers.account_number.clone(),
            btn: checked.numbers.btn.clone(),
        },
        numbers: numbers(checked),
        partial_port: (checked.numbers.scope == PortScope::Some)
            .then(|| PartialPort { new_btn: checked.numbers.new_btn.clone(), staying: staying(checked) }),
        resp_org: house.resp_org.clone().filter(|_| has_toll_free(checked)),
        signer: signer(&checked.signer),
        statements: StatementsVersion::CURRENT,
        verification: verification(house, &secret),
    };
    let (mode, note) = (checked.signer.who.mode(), checked.signer.note.clone());
    Draft { facts, mode, note, requested_by: None, not_before: None, qr_hash: Token::from_client(&secret).hash() }
}

fn customer(checked: &Checked) -> Customer {
    let contact = &checked.contact;
    Customer {
        account_type: contact.account_type,
        business_name: contact.business_name.clone(),
        contact_name: contact.contact_name.clone(),
        billing_name: None,
        service_address: PrintedAddress::from(&contact.address),
        billing_address: None,
    }
}

fn numbers(checked: &Checked) -> Vec<LetterNumber> {
    let all = checked.numbers.numbers.iter();
    let mut numbers: Vec<LetterNumber> =
        all.map(|it| LetterNumber { number: it.number.clone(), kind: it.kind }).collect();
    // The order in which a list was pasted is nothing that anybody signs.
    numbers.sort_by(|one, other| one.number.cmp(&other.number));
    numbers
}

/// In one order, so that the same numbers in another order are the same letter.
fn staying(checked: &Checked) -> Vec<PhoneNumber> {
    let mut staying = checked.numbers.staying.clone();
    staying.sort();
    staying
}

fn has_toll_free(checked: &Checked) -> bool {
    checked.numbers.numbers.iter().any(|it| it.kind == NumberKind::TollFree)
}

fn signer(step: &SignerStep) -> Signer {
    Signer { name: step.name.clone(), title: step.title.clone(), email: step.email.to_string(), phone: None }
}

fn verification(house: &House, secret: &str) -> Verification {
    let address = format!("{}/verify", house.base_url);
    let page = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest).to_owned();
    let check_code = CheckCode::from_random(vault::random()).printed();
    Verification { page, check_code, qr_address: format!("{address}/{secret}") }
}

/// The facts of a letter that was made before, as a letter of its own.
pub fn once_more(house: &House, location: &Location, last: &Loa, now: NaiveDateTime) -> Result<Draft, StoreError> {
    let secret = BASE64URL_NOPAD.encode(&vault::random::<16>());
    let facts = LetterFacts {
        loa_id: LoaId::from_random(vault::random()),
        generated_on: house.zone(&location.time_zone).date(now),
        statements: StatementsVersion::CURRENT,
        verification: verification(house, &secret),
        ..last.facts(&house.vault)?
    };
    Ok(Draft {
        facts,
        mode: last.mode,
        note: None,
        requested_by: None,
        not_before: None,
        qr_hash: Token::from_client(&secret).hash(),
    })
}

/// The same for another signer.
pub fn again(
    house: &House,
    location: &Location,
    last: &Loa,
    step: &SignerStep,
    now: NaiveDateTime,
) -> Result<Draft, StoreError> {
    let mut draft = once_more(house, location, last, now)?;
    draft.facts.signer = signer(step);
    draft.mode = step.who.mode();
    draft.note.clone_from(&step.note);
    Ok(draft)
}
