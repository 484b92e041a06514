//! Step 2, checked: what the domain makes of carrier, account, numbers and PINs.

use super::numbers::NumbersAnswers;
use super::{Rules, landline, payee, staying, wireless};
use crate::domain::account_number::{AccountNumber, AccountNumberWarning};
use crate::domain::contact::{NameOf, parse_name};
use crate::domain::findings::{Finding, Findings};
use crate::domain::grouped::grouped;
use crate::domain::number_list;
use crate::domain::number_to_port::{NumberKind, NumberToPort, PortScope};
use crate::domain::phone_number::PhoneNumber;
use crate::domain::pin::{Pin, PinError};
use crate::domain::typed_text;

/// The account and the numbers that leave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumbersStep {
    pub name: Option<String>,
    pub losing_carrier: String,
    pub account_number: AccountNumber,
    /// The PIN or passcode of a landline or toll-free account; none if the carrier uses none.
    pub account_pin: Option<Pin>,
    /// The billing telephone number now, if the person knows it.
    pub btn: Option<PhoneNumber>,
    /// The company that the person pays, where that is not the carrier.
    pub reseller: Option<String>,
    /// Landline and toll-free numbers as pasted, then the wireless rows.
    pub numbers: Vec<NumberToPort>,
    pub scope: PortScope,
    /// The billing telephone number of what stays behind.
    pub new_btn: Option<PhoneNumber>,
    /// The numbers that stay, as far as they were told.
    pub staying: Vec<PhoneNumber>,
}

/// Why the account and numbers were not taken, beyond what each field says itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumbersError {
    #[error("Select whom you pay for the service")]
    NoPayee,
    #[error("Enter at least one number here or in wireless numbers")]
    NoNumbers,
    #[error("{0} entries need fixing")]
    EntriesToFix(usize),
    #[error("{}. We cannot move toll-free numbers yet{}", toll_free(.first, *.more), write_to(.support))]
    NoTollFree { first: String, more: usize, support: String },
    #[error("Tick \"Yes, all {}\" if the range is right", grouped(*.0))]
    RangeToConfirm(usize),
    #[error("This request has {} numbers. The most we can send at once is {}", grouped(*.count), grouped(*.most))]
    TooMany { count: usize, most: usize },
    #[error("Enter wireless number {0}")]
    WirelessNumberMissing(usize),
    #[error("{typed} is not a complete {} number. Include the area code", countries(*.canada))]
    IncompleteWireless { typed: String, canada: bool },
    #[error("{typed} is not a complete {} number", countries(*.canada))]
    Incomplete { typed: String, canada: bool },
    #[error("{0} is in both lists. Keep it in one")]
    InBothLists(String),
    #[error("{0} is in wireless numbers twice. Keep it once")]
    TwiceInWireless(String),
    #[error("{0} is toll-free. Enter it with the landline and toll-free numbers")]
    TollFreeInWireless(String),
    #[error("Enter a PIN for {0}")]
    PinMissing(String),
    #[error("Enter the PIN for all wireless numbers")]
    SharedPinMissing,
    #[error("Select whether you are moving every number")]
    NoScope,
    #[error("{0} is one of the numbers you are moving. Enter one that stays")]
    NewBtnMoves(String),
    #[error("{0} is the billing phone number now. Leave this blank if it stays the same")]
    NewBtnSame(String),
    #[error("{0} is one of the numbers you are moving. Take it out of one of the two lists")]
    StayingMoves(String),
    #[error("{} more of these numbers are among those you are moving", grouped(*.0))]
    MoreStayingMove(usize),
    #[error("{} more entries need fixing", grouped(*.0))]
    MoreToFix(usize),
    #[error("{0} is the billing phone number after the move. List it here too")]
    NewBtnNotListed(String),
    #[error("You list {} numbers that stay. The most we can print in the letter is {}", grouped(*.count), grouped(*.most))]
    TooManyStay { count: usize, most: usize },
}

/// What the numbers are asked about once.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumbersWarning {
    #[error("{}: 555-0100 to 555-0199 are kept for examples. If your bill really shows that, leave it and continue", unreal(.first, *.more))]
    Fictional { first: String, more: usize },
    #[error(
        "{0} is the billing phone number and you are moving it. Enter one that stays, or your carrier will refuse the \
         order or cut off the lines that stay"
    )]
    BtnMoves(String),
    #[error(
        "Many carriers refuse the order unless every number of the account is listed, those that stay too. If yours does \
         not, leave this blank and continue"
    )]
    NoneStay,
}

impl NumbersAnswers {
    /// The step if nothing stops it, and all that is to say about it in the order of the page.
    pub fn check(&self, rules: &Rules) -> (Option<NumbersStep>, Findings) {
        let mut findings = Findings::default();
        let landline = landline::read(self, rules, &mut findings);
        let wireless = wireless::read(self, &landline.iter().collect(), rules, &mut findings);
        let count = landline.len() + wireless.len();
        if rules.max_numbers < count {
            findings.error("landline", NumbersError::TooMany { count, most: rules.max_numbers });
        }
        let numbers: Vec<NumberToPort> = landline.into_iter().map(without_pin).chain(wireless).collect();
        let step = self.account(numbers, rules, &mut findings);
        // The account is read after the numbers because it is held against them; the page has it first.
        in_page_order(&mut findings.errors);
        in_page_order(&mut findings.warnings);
        (step.filter(|_| findings.is_empty()), findings)
    }

    fn account(&self, numbers: Vec<NumberToPort>, rules: &Rules, findings: &mut Findings) -> Option<NumbersStep> {
        let name = self.request_name(findings);
        let losing_carrier = findings.take("losing_carrier", parse_name(NameOf::Carrier, &self.losing_carrier));
        let account_number = findings.take("account_number", AccountNumber::parse(&self.account_number));
        let account_pin = self.read_account_pin(findings);
        let btn = billing_number("btn", &self.btn, rules, findings);
        if let Some(account) = &account_number {
            warn_of_likeness(account, btn.iter().chain(numbers.iter().map(|moved| &moved.number)), findings);
        }
        let reseller = payee::read(self, numbers.iter().map(|moved| &moved.number), rules, findings);
        let scope = findings.take("scope", PortScope::from_code(&self.scope).ok_or(NumbersError::NoScope));
        let (new_btn, staying) = match scope {
            Some(PortScope::Some) => {
                let new_btn = self.new_billing_number(btn.as_ref(), &numbers, rules, findings);
                let staying = staying::read(self, &numbers, new_btn.as_ref(), rules, findings);
                (new_btn, staying)
            }
            Some(PortScope::All | PortScope::Unknown) | None => (None, Vec::new()),
        };
        Some(NumbersStep {
            name,
            losing_carrier: losing_carrier?,
            account_number: account_number?,
            account_pin,
            btn,
            reseller,
            numbers,
            scope: scope?,
            new_btn,
            staying,
        })
    }

    fn request_name(&self, findings: &mut Findings) -> Option<String> {
        if typed_text::is_blank(&self.name) {
            return None;
        }
        findings.take("name", parse_name(NameOf::Request, &self.name))
    }

    fn read_account_pin(&self, findings: &mut Findings) -> Option<Pin> {
        if self.was_forgotten("account_pin") {
            findings.error("account_pin", PinError::FullSsn);
            return None;
        }
        let pin = findings.take("account_pin", Pin::for_account(&self.account_pin)).flatten();
        if let Some(warning) = pin.as_ref().and_then(Pin::warning) {
            findings.warn("account_pin", warning);
        }
        pin
    }

    fn new_billing_number(
        &self,
        btn: Option<&PhoneNumber>,
        numbers: &[NumberToPort],
        rules: &Rules,
        findings: &mut Findings,
    ) -> Option<PhoneNumber> {
        if typed_text::is_blank(&self.new_btn) {
            if let Some(btn) = btn.filter(|btn| numbers.iter().any(|moved| moved.number == **btn)) {
                findings.warn("new_btn", NumbersWarning::BtnMoves(btn.national()));
            }
            return None;
        }
        let new_btn = billing_number("new_btn", &self.new_btn, rules, findings)?;
        if numbers.iter().any(|moved| moved.number == new_btn) {
            findings.error("new_btn", NumbersError::NewBtnMoves(new_btn.national()));
            return None;
        }
        if btn == Some(&new_btn) {
            findings.error("new_btn", NumbersError::NewBtnSame(new_btn.national()));
            return None;
        }
        Some(new_btn)
    }
}

/// Reads an optional billing number.
fn billing_number(field: &str, typed: &str, rules: &Rules, findings: &mut Findings) -> Option<PhoneNumber> {
    if typed_text::is_blank(typed) {
        return None;
    }
    match PhoneNumber::parse(typed, &rules.numbers) {
        Ok(number) => Some(number),
        Err(error) if wireless::is_incomplete(&error) => {
            let (typed, canada) = (number_list::typed(typed), rules.numbers.countries.canada);
            findings.error(field, NumbersError::Incomplete { typed, canada });
            None
        }
        Err(error) => {
            findings.error(field, error);
            None
        }
    }
}

fn warn_of_likeness<'a>(
    account: &AccountNumber,
    mut numbers: impl Iterator<Item = &'a PhoneNumber>,
    findings: &mut Findings,
) {
    if numbers.any(|number| account.looks_like_number(number.as_str())) {
        findings.warn("account_number", AccountNumberWarning::PhoneNumber);
    } else if account.looks_like_ssn() {
        findings.warn("account_number", AccountNumberWarning::Ssn);
    }
}

fn without_pin(number: PhoneNumber) -> NumberToPort {
    let kind = if number.is_toll_free() { NumberKind::TollFree } else { NumberKind::Landline };
    NumberToPort { number, kind, pin: None }
}

/// Sorts findings as the fields stand on the page; those of one field keep their order.
fn in_page_order(findings: &mut [Finding]) {
    const BEFORE: [&str; 7] =
        ["name", "losing_carrier", "account_number", "account_pin", "btn", "landline", "ranges_confirmed"];
    const BEHIND: [&str; 7] = ["one_pin", "shared_pin", "payee", "reseller", "scope", "new_btn", "staying"];
    findings.sort_by_key(|finding| {
        let place = |fields: &[&str]| fields.iter().position(|field| *field == finding.field);
        // The wireless rows were found in their order.
        place(&BEFORE).map(|at| (0, at)).or_else(|| place(&BEHIND).map(|at| (2, at))).unwrap_or((1, 0))
    });
}

const fn countries(canada: bool) -> &'static str {
    if canada { "US or Canadian" } else { "US" }
}

fn toll_free(first: &str, more: usize) -> String {
    match more {
        0 => format!("{first} is toll-free"),
        more => format!("{first} and {} more are toll-free", grouped(more)),
    }
}

fn write_to(support: &str) -> String {
    if support.is_empty() { String::new() } else { format!("; write to {support}") }
}

fn unreal(first: &str, more: usize) -> String {
    match more {
        0 => format!("{first} is not a real number"),
        more => format!("{first} and {} more are not real numbers", grouped(more)),
    }
}
