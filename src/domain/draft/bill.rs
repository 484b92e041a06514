//! Step 4: what proves that the numbers belong to the account, and how old it is.

use chrono::NaiveDate;

use super::Rules;
use super::date::{self, DateOf, DatePart};
use super::pairs::{pair, value};
use crate::domain::findings::Findings;
use crate::domain::pin::carrier_name;
use crate::domain::time_zone;

/// What a person can give as proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum ProofKind {
    Bill,
    /// A receipt or a screenshot of the account portal.
    Receipt,
    /// A Google Voice screenshot with the number and the account's address.
    GoogleVoice,
    /// A customer service record (CSR) of the losing carrier.
    Csr,
    /// An e-mail of the carrier that shows who owns the numbers.
    Email,
}

impl ProofKind {
    /// All kinds in the order of the form.
    pub const ALL: [Self; 5] = [Self::Bill, Self::Receipt, Self::GoogleVoice, Self::Csr, Self::Email];

    /// The word that is stored and that forms send.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Bill => "bill",
            Self::Receipt => "receipt",
            Self::GoogleVoice => "google_voice",
            Self::Csr => "csr",
            Self::Email => "email",
        }
    }

    /// The kind of a stored or sent word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The answer as the form words it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Bill => "Bill or statement",
            Self::Receipt => "Receipt or account-portal screenshot",
            Self::GoogleVoice => "Google Voice screenshot (must show the number and the account email)",
            Self::Csr => "Customer service record",
            Self::Email => "Email that shows you own the numbers",
        }
    }
}

/// What the form of the bill sent; the files themselves are stored as they arrive.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct BillAnswers {
    pub proof: String,
    pub bill_month: String,
    pub bill_day: String,
    pub bill_year: String,
}

/// A proof that is recent enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BillStep {
    pub proof: ProofKind,
    pub bill_date: NaiveDate,
}

/// Why the bill was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BillError {
    #[error("Select what you can give us")]
    NoProof,
    #[error("Select a bill")]
    NoFile,
    #[error("Date on the bill must be in the past")]
    Future,
    #[error("This bill is {age} days old. It must be no more than {limit} days old. Get a newer one from {carrier}")]
    TooOld { age: i64, limit: i64, carrier: String },
}

/// What a bill that was taken is asked about once.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BillWarning {
    #[error(
        "This bill is from {date}. Carriers prefer one from the last {limit} days. If you have no newer one, keep it and continue"
    )]
    GettingOld { date: String, limit: i64 },
}

impl BillAnswers {
    /// Reads what the form sent.
    pub fn from_pairs(pairs: &[(String, String)]) -> Self {
        Self {
            proof: value(pairs, "proof"),
            bill_month: value(pairs, "bill-month"),
            bill_day: value(pairs, "bill-day"),
            bill_year: value(pairs, "bill-year"),
        }
    }

    /// The answers as a form sends them.
    pub fn to_pairs(&self) -> Vec<(String, String)> {
        vec![
            pair("proof", &self.proof),
            pair("bill-month", &self.bill_month),
            pair("bill-day", &self.bill_day),
            pair("bill-year", &self.bill_year),
        ]
    }

    /// The date on the bill, if it is a real one.
    pub fn read_date(&self) -> Option<NaiveDate> {
        date::parse(DateOf::Bill, [&self.bill_month, &self.bill_day, &self.bill_year]).ok()
    }

    /// As [`Self::check_for`], for a carrier without a name.
    pub fn check(&self, rules: &Rules) -> (Option<BillStep>, Findings) {
        self.check_for(rules, "")
    }

    /// The step if the proof is chosen and recent, with all that is to say about it; the carrier is named in the advice.
    pub fn check_for(&self, rules: &Rules, carrier: &str) -> (Option<BillStep>, Findings) {
        let mut findings = Findings::default();
        let proof = findings.take("proof", ProofKind::from_code(&self.proof).ok_or(BillError::NoProof));
        let bill_date = self.bill_date(rules, carrier, &mut findings);
        (proof.zip(bill_date).map(|(proof, bill_date)| BillStep { proof, bill_date }), findings)
    }

    fn bill_date(&self, rules: &Rules, carrier: &str, findings: &mut Findings) -> Option<NaiveDate> {
        let at = |part| DateOf::Bill.field(part);
        let date = match date::parse(DateOf::Bill, [&self.bill_month, &self.bill_day, &self.bill_year]) {
            Ok(date) => date,
            Err(error) => {
                findings.error(at(error.part()), error);
                return None;
            }
        };
        let age = rules.today.signed_duration_since(date).num_days();
        if age < 0 {
            findings.error(at(DatePart::Month), BillError::Future);
            return None;
        }
        let limit = rules.bill_max_age_days;
        if limit < age {
            let carrier = carrier_name(carrier);
            findings.error(at(DatePart::Month), BillError::TooOld { age, limit, carrier });
            return None;
        }
        if rules.bill_warn_age_days < age {
            let (date, limit) = (time_zone::day_with_year(date), rules.bill_warn_age_days);
            findings.warn(at(DatePart::Month), BillWarning::GettingOld { date, limit });
        }
        Some(date)
    }
}
