//! A request before it is sent: raw answers as HTML sent them, and what the domain makes of them, step by step.

mod bill;
mod changes;
mod contact;
pub(in crate::domain) mod date;
mod landline;
mod memory;
mod moving;
mod numbers;
mod numbers_check;
pub(in crate::domain) mod pairs;
mod payee;
#[cfg(test)]
mod samples;
mod secrets;
mod staying;
mod terms;
#[cfg(test)]
mod tests;
mod warnings;
mod wireless;

use chrono::NaiveDate;

pub use bill::{BillAnswers, BillError, BillStep, BillWarning, ProofKind};
pub use changes::{FilesChanged, SetAside};
pub use contact::{ContactAnswers, ContactError, ContactStep, ContactWarning};
pub use memory::{Accepted, Memory, OtherTab, RefusedFile, RemovedRow};
pub use numbers::{NumbersAnswers, WirelessAnswer, wireless_field};
pub use numbers_check::{NumbersError, NumbersStep, NumbersWarning};
pub use terms::{TermsAnswers, TermsStep};

use super::business_days::Holidays;
use super::findings::Findings;
use super::loa::SignerAnswers;
use super::phone_number::NumberRules;

/// What a draft is checked against: tables, limits and the day in the location's zone.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    pub numbers: NumberRules<'a>,
    pub today: NaiveDate,
    pub holidays: &'a Holidays,
    /// The same for addresses in Canada.
    pub canadian_holidays: &'a Holidays,
    /// Most numbers of one request.
    pub max_numbers: usize,
    /// Whether somebody here takes over toll-free numbers.
    pub toll_free: bool,
    /// A bill may be this many days old.
    pub bill_max_age_days: i64,
    /// A bill older than this many days is asked about once.
    pub bill_warn_age_days: i64,
    /// A preferred date lies at least this many business days ahead.
    pub min_business_days: u32,
}

/// Everything that a person has typed into a draft, good or not.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Answers {
    pub terms: TermsAnswers,
    pub numbers: NumbersAnswers,
    pub contact: ContactAnswers,
    pub bill: BillAnswers,
    /// Who signs the letter of authorization.
    pub signer: SignerAnswers,
    /// Warnings that the person has seen, by field and sentence.
    pub shown_warnings: Vec<String>,
    /// What the pages remember beside the answers.
    pub memory: Memory,
}

/// A page of the guided request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    Terms,
    Numbers,
    Contact,
    Bill,
    Check,
}

impl Step {
    /// All pages in order.
    pub const ALL: [Self; 5] = [Self::Terms, Self::Numbers, Self::Contact, Self::Bill, Self::Check];

    /// The last part of the page's address.
    pub const fn segment(self) -> &'static str {
        match self {
            Self::Terms => "terms",
            Self::Numbers => "numbers",
            Self::Contact => "contact",
            Self::Bill => "bill",
            Self::Check => "check",
        }
    }

    /// The page of an address.
    pub fn from_segment(segment: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.segment() == segment)
    }

    /// What the page is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Terms => "Terms",
            Self::Numbers => "Account and numbers",
            Self::Contact => "Contact information",
            Self::Bill => "Billing statement",
            Self::Check => "Check and send",
        }
    }

    /// Its place in "Step 2 of 5".
    pub const fn number(self) -> u8 {
        match self {
            Self::Terms => 1,
            Self::Numbers => 2,
            Self::Contact => 3,
            Self::Bill => 4,
            Self::Check => 5,
        }
    }

    /// The page after it.
    pub fn next(self) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.number() == self.number() + 1)
    }

    /// The page before it.
    pub fn previous(self) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.number() + 1 == self.number())
    }
}

/// The name of the file field on the page of the bill.
pub const FILES_FIELD: &str = "file";

impl Answers {
    /// What is to say about a page, `documents` being the number of files that were kept; the last page checks all.
    pub fn check(&self, step: Step, rules: &Rules, documents: usize) -> Findings {
        match step {
            Step::Terms => self.terms.check(rules).1,
            Step::Numbers => self.numbers.check(rules).1,
            Step::Contact => self.contact.check(rules).1,
            Step::Bill => self.check_bill(rules, documents).1,
            Step::Check => {
                let mut findings = Findings::default();
                for step in Step::ALL.into_iter().filter(|step| *step != Step::Check) {
                    findings.merge(self.check(step, rules, documents));
                }
                findings
            }
        }
    }

    /// The step of the bill, with the carrier's name in the advice and a sentence if no file was kept.
    pub fn check_bill(&self, rules: &Rules, documents: usize) -> (Option<BillStep>, Findings) {
        let (step, found) = self.bill.check_for(rules, &self.numbers.losing_carrier);
        if documents != 0 {
            return (step, found);
        }
        // In the order of the page: proof, files, date.
        let (proof, date) = found.errors.into_iter().partition(|finding| finding.field == "proof");
        let mut findings = Findings { errors: proof, warnings: found.warnings };
        findings.error(FILES_FIELD, BillError::NoFile);
        findings.errors.extend::<Vec<_>>(date);
        (None, findings)
    }

    /// The page on which to resume: the first with an error or a warning that was not seen yet, else the last.
    pub fn first_unfinished_step(&self, rules: &Rules, documents: usize) -> Step {
        let is_unfinished = |step: &Step| {
            let findings = self.check(*step, rules, documents);
            !findings.is_empty() || !self.unseen_warnings(&findings).is_empty()
        };
        Step::ALL.into_iter().find(is_unfinished).unwrap_or(Step::Check)
    }
}
