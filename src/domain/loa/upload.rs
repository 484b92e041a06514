//! A letter that was signed elsewhere: the day that stands on it.

use chrono::{Datelike as _, NaiveDate};

use super::{AgeLimits, SignatureAge, upload_date};
use crate::domain::{
    draft::{
        date::{self, DateError, DateOf},
        pairs::{pair, value},
    },
    findings::Findings,
};

/// What the form about the uploaded letter sent, the file apart.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct UploadAnswers {
    pub month: String,
    pub day: String,
    pub year: String,
}

/// What whoever uploads a letter is asked about once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UploadWarning {
    #[error("The letter was signed {0} days ago. Some carriers want one that is no more than 15 days old")]
    Aging(i64),
}

impl UploadAnswers {
    /// Reads what the form sent.
    pub fn from_pairs(pairs: &[(String, String)]) -> Self {
        let of = |name| value(pairs, name);
        Self { month: of("signed-month"), day: of("signed-day"), year: of("signed-year") }
    }

    /// The answers as a form sends them.
    pub fn to_pairs(&self) -> Vec<(String, String)> {
        vec![pair("signed-month", &self.month), pair("signed-day", &self.day), pair("signed-year", &self.year)]
    }

    /// A day as it is typed.
    pub fn of(day: NaiveDate) -> Self {
        Self { month: day.month().to_string(), day: day.day().to_string(), year: day.year().to_string() }
    }

    /// The day, if it is a real one.
    pub fn read(&self) -> Option<NaiveDate> {
        date::parse(DateOf::Signed, [&self.month, &self.day, &self.year]).ok()
    }

    /// The day on which the letter was signed, if it counts still.
    pub fn check(&self, today: NaiveDate, limits: AgeLimits) -> (Option<NaiveDate>, Findings) {
        let mut findings = Findings::default();
        let day = date::parse(DateOf::Signed, [&self.month, &self.day, &self.year])
            .map_err(|error| findings.error(DateOf::Signed.field(DateError::part(error)), error))
            .ok();
        let age = day.and_then(|day| findings.take("signed-month", upload_date(day, today, limits)));
        if let Some(SignatureAge::Aging(days)) = age {
            findings.warn("signed-month", UploadWarning::Aging(days));
        }
        (day.filter(|_| findings.is_empty()), findings)
    }
}
