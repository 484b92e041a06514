//! What the signer states and authorizes, in our own words: texts with a version, kept here for as long as a letter may
//! have to be set again.

use serde::{Deserialize, Serialize};

/// Which wording a letter carries; a changed word is a new version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct StatementsVersion(u16);

/// The words of one version. `{provider}` and `{carrier}` stand for the names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statements {
    /// What stands above the list.
    pub lead: &'static str,
    /// The numbered list on every letter.
    pub items: &'static [&'static str],
    /// One more for letters that are signed on screen.
    pub electronic: &'static str,
    /// One more when toll-free numbers move.
    pub toll_free: &'static str,
    /// What the signer ticks before signing on screen.
    pub ticks: &'static [&'static str],
}

const FIRST: Statements = Statements {
    lead: "By signing this letter I state and authorize the following.",
    items: &[
        "I am the customer named above, or I am authorized to act for that customer, and I may decide about the service of the numbers listed.",
        "I have decided to move the service of the numbers listed from {carrier} to {provider}.",
        "I name {provider} as my agent for this move. It may ask {carrier} for the records of my service, including the customer service record, and may place and track the orders that the move needs.",
        "I understand that a number can have only one provider at a time for each kind of service, and that for the numbers listed I choose {provider}.",
        "I may ask {provider} whether a fee applies to this move. {carrier} may charge a fee for ending its service early.",
        "I will keep the service with {carrier} on until the move is complete.",
        "The numbers listed are in service on the account named above, and what this letter says is true and complete.",
    ],
    electronic: "If I sign this letter electronically, I agree to that, and my electronic signature counts as one by hand.",
    toll_free: "I authorize {provider} to change who manages the toll-free numbers listed in the toll-free registry to the RespOrg named above.",
    ticks: &[
        "I am the account holder, or I am authorized to act for the account holder.",
        "The numbers listed are mine to move.",
        "I authorize {provider} to act as my agent for this move.",
    ],
};

impl StatementsVersion {
    /// The wording of new letters.
    pub const CURRENT: Self = Self(1);

    /// The number that is stored and printed.
    pub const fn number(self) -> u16 {
        self.0
    }

    /// The words of this version.
    pub const fn texts(self) -> &'static Statements {
        // With a second version this becomes a match: letters in the world carry the words of the first.
        &FIRST
    }
}

impl Statements {
    /// The numbered list of a letter, with the names in their places.
    pub fn list(&self, names: Names<'_>, electronic: bool, toll_free: bool) -> Vec<String> {
        let mut list: Vec<String> = self.items.iter().map(|item| names.put_into(item)).collect();
        if toll_free {
            list.push(names.put_into(self.toll_free));
        }
        if electronic {
            list.push(names.put_into(self.electronic));
        }
        list
    }

    /// What the signer ticks, with the names in their places.
    pub fn to_tick(&self, names: Names<'_>) -> Vec<String> {
        self.ticks.iter().map(|tick| names.put_into(tick)).collect()
    }
}

/// The names that statements speak of.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    pub provider: &'a str,
    pub carrier: &'a str,
}

impl Names<'_> {
    // Piece by piece, so that a name with braces in it stays a name; a sentence that begins with one begins in capitals.
    fn put_into(self, text: &str) -> String {
        let mut put = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('{') {
            let (place, after) = behind.split_once('}').unwrap_or((behind, ""));
            put.push_str(before);
            let name = if place == "provider" { self.provider } else { self.carrier };
            let begins = put.is_empty() || put.ends_with(". ");
            put.push_str(&if begins { capitalized(name) } else { name.to_owned() });
            // "Inc." ends its sentence with the one full stop it has.
            rest = if name.ends_with('.') { after.strip_prefix('.').unwrap_or(after) } else { after };
        }
        put + rest
    }
}

// Only "my current carrier" is concerned: a name keeps its own way of writing.
fn capitalized(name: &str) -> String {
    name.strip_prefix("my ").map_or_else(|| name.to_owned(), |rest| format!("My {rest}"))
}

/// The number is that of no version we have written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there are no statements of version {0}")]
pub struct UnknownVersion(u16);

impl TryFrom<u16> for StatementsVersion {
    type Error = UnknownVersion;

    fn try_from(number: u16) -> Result<Self, UnknownVersion> {
        let known = 1..=Self::CURRENT.0;
        known.contains(&number).then_some(Self(number)).ok_or(UnknownVersion(number))
    }
}

impl From<StatementsVersion> for u16 {
    fn from(version: StatementsVersion) -> Self {
        version.0
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    const NAMES: Names<'static> = Names { provider: "Harbor {carrier} Voice", carrier: "my current carrier" };

    #[test]
    fn the_words_of_a_version_never_change() {
        let digest = Sha256::digest(format!("{FIRST:?}"));
        let short = data_encoding::HEXLOWER.encode(&digest[..8]);
        assert_eq!(
            short, "4e463c0c48061795",
            "letters that people signed carry these words: write a new version instead"
        );
    }

    #[test]
    fn names_stand_in_their_places_as_they_are() {
        let list = FIRST.list(NAMES, false, false);
        assert_eq!(
            list[1],
            "I have decided to move the service of the numbers listed from my current carrier to Harbor {carrier} Voice."
        );
        assert_eq!(
            list[4],
            "I may ask Harbor {carrier} Voice whether a fee applies to this move. My current carrier may charge a fee \
             for ending its service early."
        );
    }

    #[test]
    fn a_name_with_a_full_stop_ends_a_sentence() {
        let names = Names { provider: "Harbor Voice Inc.", carrier: "Cascade" };
        let list = FIRST.list(names, false, false);
        assert!(list[1].ends_with("from Cascade to Harbor Voice Inc."), "{}", list[1]);
        assert!(list[2].starts_with("I name Harbor Voice Inc. as my agent"), "{}", list[2]);
    }

    #[test]
    fn letters_carry_what_their_case_needs() {
        let all = FIRST.list(NAMES, true, true);
        assert_eq!(all.len(), FIRST.items.len() + 2);
        assert!(all.last().unwrap().contains("electronic"));
        assert_eq!(FIRST.to_tick(NAMES).len(), 3);
    }

    #[test]
    fn a_version_that_was_never_written_is_refused() {
        assert_eq!(StatementsVersion::try_from(1), Ok(StatementsVersion::CURRENT));
        assert!(StatementsVersion::try_from(0).is_err());
        assert!(StatementsVersion::try_from(2).is_err());
    }
}
