//! The four terms that everybody agrees to before a move; their texts are data with a version.

/// One of the four terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Acknowledgement {
    /// The porting rates.
    Rates,
    /// The losing carrier's service stays on until the move is complete.
    KeepActive,
    /// Texts may not work for up to three days.
    Texts,
    /// The losing carrier may charge a termination fee.
    Termination,
}

impl Acknowledgement {
    /// All terms in the order of the form.
    pub const ALL: [Self; 4] = [Self::Rates, Self::KeepActive, Self::Texts, Self::Termination];

    /// The name of the form field and of the stored text.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Rates => "rates",
            Self::KeepActive => "keep_active",
            Self::Texts => "texts",
            Self::Termination => "termination",
        }
    }

    /// The term of a stored slug.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|term| term.slug() == slug)
    }

    /// What "Tick the box to confirm" is followed by.
    pub const fn short_name(self) -> &'static str {
        match self {
            Self::Rates => "you accept the porting rates",
            Self::KeepActive => "you will keep the numbers active",
            Self::Texts => "you understand texts may not work for up to 3 days",
            Self::Termination => "you understand there may be a termination fee",
        }
    }

    /// The words beside the box until an admin writes others; the page shows the rates right below the first.
    pub const fn default_text(self) -> &'static str {
        match self {
            Self::Rates => {
                "I accept the porting rates: my current carrier may charge port-out fees, and the usual fees per number \
                 and per minute apply after the move"
            }
            Self::KeepActive => "I will keep these numbers active with my current carrier until the move is complete",
            Self::Texts => "I understand texts may not work for up to 3 days during the move",
            Self::Termination => "I understand my current carrier may charge a termination fee",
        }
    }
}

/// Why the terms were not taken: a box was left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Tick the box to confirm {}", .0.short_name())]
pub struct NotAgreed(pub Acknowledgement);

/// Which wording of the terms a person agreed to; grows by one with every change of any of the texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct TermsVersion(i32);

impl TermsVersion {
    /// The version of the default texts.
    pub const FIRST: Self = Self(1);

    /// A version out of the database.
    pub const fn from_stored(number: i32) -> Self {
        Self(number)
    }

    /// The number that is stored and shown.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The version of the next change.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_term_asks_for_its_own_tick() {
        let asked: Vec<String> = Acknowledgement::ALL.map(|term| NotAgreed(term).to_string()).to_vec();
        assert!(asked.contains(&"Tick the box to confirm you will keep the numbers active".to_owned()));
        assert_eq!(asked.iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
    }

    #[test]
    fn terms_survive_storage() {
        for term in Acknowledgement::ALL {
            assert_eq!(Acknowledgement::from_slug(term.slug()), Some(term));
        }
        assert_eq!(TermsVersion::FIRST.next().number(), 2);
    }
}
