//! What the submitter of a manual request agrees to; the texts are data with a version.

use crate::domain::draft::pairs::value;

/// One of the three consents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Consent {
    /// To be allowed to move the numbers, and that the details match the losing carrier's records.
    Authority,
    /// A short interruption, and up to three days without texts.
    Impact,
    /// The losing carrier's service stays on.
    KeepCarrier,
}

impl Consent {
    /// All consents in the order of the form.
    pub const ALL: [Self; 3] = [Self::Authority, Self::Impact, Self::KeepCarrier];

    /// The name of the form field and of the stored text.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Authority => "manual_authority",
            Self::Impact => "manual_impact",
            Self::KeepCarrier => "manual_keep_carrier",
        }
    }

    /// The name of the field that says which wording the page shows.
    pub fn version_field(self) -> String {
        format!("{}-version", self.slug())
    }

    /// What "Tick the box to confirm" is followed by.
    pub const fn short_name(self) -> &'static str {
        match self {
            Self::Authority => "you can move these numbers",
            Self::Impact => "you expect a short service impact",
            Self::KeepCarrier => "you will keep your carrier active",
        }
    }
}

/// Why a request was not sent: a box was left open, or its text has changed since it was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Tick the box to confirm {}", .0.short_name())]
pub struct NotConsented(pub Consent);

/// Which wording of each consent was ticked; an open box has none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct ConsentAnswers {
    pub authority: Option<i32>,
    pub impact: Option<i32>,
    pub keep_carrier: Option<i32>,
}

impl ConsentAnswers {
    /// Reads what the form sent: each box comes with the version of the text beside it.
    pub fn from_pairs(pairs: &[(String, String)]) -> Self {
        let is_ticked = |consent: Consent| pairs.iter().any(|(sent, _)| sent == consent.slug());
        let of = |consent: Consent| value(pairs, &consent.version_field()).parse().ok().filter(|_| is_ticked(consent));
        Self { authority: of(Consent::Authority), impact: of(Consent::Impact), keep_carrier: of(Consent::KeepCarrier) }
    }

    /// The ticked boxes as a form sends them.
    pub fn to_pairs(self) -> Vec<(String, String)> {
        let ticked = Consent::ALL.into_iter().filter(|consent| self.version(*consent).is_some());
        ticked.map(|consent| (consent.slug().to_owned(), "yes".to_owned())).collect()
    }

    /// The version that was agreed to.
    pub const fn version(self, consent: Consent) -> Option<i32> {
        match consent {
            Consent::Authority => self.authority,
            Consent::Impact => self.impact,
            Consent::KeepCarrier => self.keep_carrier,
        }
    }
}
