//! Step 1: the four terms, each ticked on its own.

use super::Rules;
use super::pairs::{tick, ticked};
use crate::domain::acknowledgements::{Acknowledgement, NotAgreed};
use crate::domain::findings::Findings;

/// Which boxes a person ticked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "four independent boxes of a form")]
pub struct TermsAnswers {
    pub rates: bool,
    pub keep_active: bool,
    pub texts: bool,
    pub termination: bool,
}

/// All four terms were agreed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermsStep;

impl TermsAnswers {
    /// Reads what the form sent; what it did not send is an open box.
    pub fn from_pairs(pairs: &[(String, String)]) -> Self {
        let of = |term: Acknowledgement| ticked(pairs, term.slug());
        Self {
            rates: of(Acknowledgement::Rates),
            keep_active: of(Acknowledgement::KeepActive),
            texts: of(Acknowledgement::Texts),
            termination: of(Acknowledgement::Termination),
        }
    }

    /// The ticked boxes as a form sends them.
    pub fn to_pairs(&self) -> Vec<(String, String)> {
        Acknowledgement::ALL.into_iter().filter_map(|term| tick(term.slug(), self.agrees(term))).collect()
    }

    /// Whether the box of a term is ticked.
    pub const fn agrees(&self, term: Acknowledgement) -> bool {
        match term {
            Acknowledgement::Rates => self.rates,
            Acknowledgement::KeepActive => self.keep_active,
            Acknowledgement::Texts => self.texts,
            Acknowledgement::Termination => self.termination,
        }
    }

    /// Takes the tick out of the box of a term.
    pub const fn untick(&mut self, term: Acknowledgement) {
        match term {
            Acknowledgement::Rates => self.rates = false,
            Acknowledgement::KeepActive => self.keep_active = false,
            Acknowledgement::Texts => self.texts = false,
            Acknowledgement::Termination => self.termination = false,
        }
    }

    /// The step if every box is ticked, and one sentence for each that is not.
    pub fn check(&self, _rules: &Rules) -> (Option<TermsStep>, Findings) {
        let mut findings = Findings::default();
        for term in Acknowledgement::ALL.into_iter().filter(|term| !self.agrees(*term)) {
            findings.error(term.slug(), NotAgreed(term));
        }
        (findings.is_empty().then_some(TermsStep), findings)
    }
}
