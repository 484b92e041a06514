//! Letters of every case, for the tests and for `benches/letters.rs`.

use chrono::{NaiveDate, NaiveDateTime};
use portdesk::domain::account_number::AccountNumber;
use portdesk::domain::contact::AccountType;
use portdesk::domain::loa_id::LoaId;
use portdesk::domain::number_to_port::NumberKind;
use portdesk::domain::phone_number::PhoneNumber;
use portdesk::domain::request_sid::RequestSid;
use portdesk::domain::resp_org::RespOrgId;
use portdesk::domain::time_zone::TimeZone;
use portdesk::letter::{
    CurrentService, Customer, LetterFacts, LetterNumber, Mark, NewProvider, PartialPort, PrintedAddress, Proof,
    RespOrg, Signature, Signer, StatementsVersion, Verification,
};

pub fn provider() -> NewProvider {
    NewProvider {
        name: "Harbor Voice Inc.".to_owned(),
        address: Some("400 Pier Ave, Suite 12, Portland, ME 04101".to_owned()),
        phone: Some("207-555-0111".to_owned()),
        email: "porting@harborvoice.example".to_owned(),
    }
}

/// A residential letter with so many landline numbers.
pub fn residential(count: usize) -> LetterFacts {
    LetterFacts {
        loa_id: LoaId::parse("LOA-7Q4M2-XKD9B").unwrap(),
        request_sid: RequestSid::parse("PR-2HX8C-0VT5R").unwrap(),
        attempt: 1,
        generated_on: day(),
        new_provider: provider(),
        customer: Customer {
            account_type: AccountType::Residential,
            business_name: None,
            contact_name: "Dana Ruiz".to_owned(),
            billing_name: None,
            service_address: PrintedAddress {
                street: "1184 Alder St".to_owned(),
                unit: Some("Apt 5".to_owned()),
                city: "Eugene".to_owned(),
                state: "OR".to_owned(),
                postal_code: "97401".to_owned(),
                canadian: false,
            },
            billing_address: None,
        },
        current_service: CurrentService {
            carrier: "Cascade Telephone".to_owned(),
            reseller: None,
            account_number: AccountNumber::parse("942561837-00001").unwrap(),
            btn: Some(number(0)),
        },
        numbers: numbers(NumberKind::Landline, count),
        partial_port: None,
        resp_org: None,
        signer: Signer {
            name: "Dana Ruiz".to_owned(),
            title: None,
            email: "dana.ruiz@example.com".to_owned(),
            phone: Some("541-555-0142".to_owned()),
        },
        statements: StatementsVersion::CURRENT,
        verification: Verification {
            page: "desk.harborvoice.example/verify".to_owned(),
            check_code: "K7WX-3P9D".to_owned(),
            qr_address: "https://desk.harborvoice.example/verify/pZ1qR8sT3uVwXyA4bC5dEf".to_owned(),
        },
    }
}

/// A business letter of landline numbers.
pub fn business(count: usize) -> LetterFacts {
    let mut facts = residential(count);
    facts.customer.account_type = AccountType::Business;
    facts.customer.business_name = Some("Kline, Webb & Osei P.C.".to_owned());
    facts.signer.title = Some("Office manager".to_owned());
    facts
}

/// Everything at once: three kinds, some numbers stay, names and addresses that differ.
pub fn mixed() -> LetterFacts {
    let mut facts = business(0);
    facts.attempt = 2;
    facts.customer.billing_name = Some("KLINE WEBB OSEI PC".to_owned());
    facts.customer.billing_address = Some(PrintedAddress {
        street: "PO Box 1180".to_owned(),
        unit: None,
        city: "Eugene".to_owned(),
        state: "OR".to_owned(),
        postal_code: "97440-1180".to_owned(),
        canadian: false,
    });
    facts.numbers =
        [numbers(NumberKind::Landline, 6), numbers_from(NumberKind::Wireless, 600, 4), toll_free_numbers(2)].concat();
    facts.partial_port = Some(PartialPort { new_btn: Some(number(800)), staying: (800..805).map(number).collect() });
    facts.resp_org = Some(resp_org());
    facts
}

/// A business letter of toll-free numbers.
pub fn toll_free(count: usize) -> LetterFacts {
    let mut facts = business(0);
    facts.numbers = toll_free_numbers(count);
    facts.current_service.btn = None;
    facts.resp_org = Some(resp_org());
    facts
}

/// A letter to a carrier in Canada, by way of a reseller.
pub fn canadian() -> LetterFacts {
    let mut facts = business(0);
    facts.customer.service_address = PrintedAddress {
        street: "4210, rue Saint-Denis".to_owned(),
        unit: Some("bureau 3".to_owned()),
        city: "Montréal".to_owned(),
        state: "QC".to_owned(),
        postal_code: "H2J 2K8".to_owned(),
        canadian: true,
    };
    "Bell Canada".clone_into(&mut facts.current_service.carrier);
    facts.current_service.reseller = Some("Téléphonie Laurier inc.".to_owned());
    let numbers = ["+15145550137", "+14385550138", "+15145550139"];
    facts.numbers = numbers
        .map(|number| LetterNumber { number: PhoneNumber::from_stored(number).unwrap(), kind: NumberKind::Landline })
        .into();
    facts
}

pub fn resp_org() -> RespOrg {
    RespOrg { id: RespOrgId::parse("HBV01").unwrap(), company: "Harbor Voice Inc.".to_owned() }
}

pub fn signature(mark: Mark) -> Signature {
    Signature {
        mark,
        signed_at: day().and_hms_opt(18, 4, 9).unwrap(),
        zone: TimeZone::parse("America/Los_Angeles").unwrap(),
        proof: Proof::EmailCode,
        confirmed: [
            "I am the account holder, or I am authorized to act for the account holder.",
            "The numbers listed are mine to move.",
            "I authorize Harbor Voice Inc. to act as my agent for this move.",
        ]
        .map(str::to_owned)
        .into(),
    }
}

pub fn day() -> NaiveDate {
    NaiveDateTime::parse_from_str("2026-11-20 00:00", "%Y-%m-%d %H:%M").unwrap().date()
}

pub fn numbers(kind: NumberKind, count: usize) -> Vec<LetterNumber> {
    numbers_from(kind, 0, count)
}

pub fn numbers_from(kind: NumberKind, first: usize, count: usize) -> Vec<LetterNumber> {
    (first..first + count).map(|at| LetterNumber { number: number(at), kind }).collect()
}

fn toll_free_numbers(count: usize) -> Vec<LetterNumber> {
    let number = |at| PhoneNumber::from_stored(&format!("+1888555{:04}", 2_368 + at * 7)).unwrap();
    (0..count).map(|at| LetterNumber { number: number(at), kind: NumberKind::TollFree }).collect()
}

/// Numbers with all digits in them, each one once.
pub fn number(at: usize) -> PhoneNumber {
    let (exchange, line) = (230 + at / 1_000 * 7 + at % 7, 10_000 - 1 - (at * 37) % 10_000);
    PhoneNumber::from_stored(&format!("+1541{exchange}{line:04}")).unwrap()
}
