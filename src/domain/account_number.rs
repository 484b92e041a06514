//! The number of the account with the losing carrier, kept letter for letter as the bill shows it.

use std::fmt;

use super::typed_text::{self, Unprintable};

/// Longest account number that is accepted, in characters.
const MAX_LENGTH: usize = 40;

/// An account number with the losing carrier: 1 to 40 of `A-Z a-z 0-9 space . / # -`, never shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountNumber(String);

impl AccountNumber {
    /// Reads an account number as typed; only the ends are trimmed and pasted typographic dashes made plain.
    ///
    /// # Errors
    /// [`AccountNumberError`] says which rule it breaks.
    pub fn parse(text: &str) -> Result<Self, AccountNumberError> {
        let text = typed_text::code_line(text)?;
        if text.is_empty() {
            return Err(AccountNumberError::Missing);
        }
        if MAX_LENGTH < typed_text::length(&text) {
            return Err(AccountNumberError::TooLong);
        }
        if !text.chars().all(|c| c.is_ascii_alphanumeric() || " ./#-".contains(c)) {
            return Err(AccountNumberError::Character);
        }
        if !text.contains(|c: char| c.is_ascii_alphanumeric()) {
            return Err(AccountNumberError::NothingToRead);
        }
        if is_a_word_for_none(&text) {
            return Err(AccountNumberError::Word { typed: text });
        }
        Ok(Self(text))
    }

    /// The account number in full, for the letter and for those who may read it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The account number for pages and mail that strangers may see: "••••4567", never more than a third of it.
    pub fn masked(&self) -> String {
        let shown = (typed_text::length(&self.0) / 3).clamp(1, 4);
        format!("••••{}", last(&self.0, shown))
    }

    /// The last four letters or digits in capitals, for the keyed hash that search looks up.
    pub fn tail(&self) -> String {
        let read: String = self.0.chars().filter(char::is_ascii_alphanumeric).collect();
        last(&read, 4).to_ascii_uppercase()
    }

    /// Whether the account number reads like this phone number (E.164).
    ///
    /// Some prepaid carriers do use the number itself as the account number, so this is a warning and no error.
    pub fn looks_like_number(&self, e164: &str) -> bool {
        let mine: String = self.0.chars().filter(char::is_ascii_digit).collect();
        let theirs = e164.trim_start_matches('+');
        let without_letters = !self.0.contains(|c: char| c.is_ascii_alphabetic());
        without_letters && !mine.is_empty() && (mine == theirs || Some(mine.as_str()) == theirs.strip_prefix('1'))
    }

    /// Whether it is written as Social Security numbers are (`123-45-6789`).
    pub fn looks_like_ssn(&self) -> bool {
        let parts: Vec<&str> = self.0.split('-').collect();
        let digits = |part: &&str| part.chars().all(|c| c.is_ascii_digit());
        parts.iter().all(digits) && parts.iter().map(|part| part.len()).eq([3, 2, 4])
    }
}

impl fmt::Debug for AccountNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccountNumber({} characters)", typed_text::length(&self.0))
    }
}

/// Why a typed account number was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccountNumberError {
    #[error("Enter the account number")]
    Missing,
    #[error("Account number must be 40 characters or fewer")]
    TooLong,
    #[error("Account number must have only letters, digits, spaces and the signs . / # -")]
    Character,
    #[error("Account number must have at least one letter or digit")]
    NothingToRead,
    #[error("\"{typed}\" is not an account number. Copy it from the bill or ask your carrier for it")]
    Word { typed: String },
    #[error(transparent)]
    Unprintable(#[from] Unprintable),
}

/// What an account number is asked about once; the second submit passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AccountNumberWarning {
    #[error(
        "That looks like one of the phone numbers. If the bill really shows it as the account number, send it again"
    )]
    PhoneNumber,
    #[error(
        "That looks like a Social Security number. If the bill really shows it as the account number, leave it and continue"
    )]
    Ssn,
}

/// Answers that stand where an account number is missing.
fn is_a_word_for_none(text: &str) -> bool {
    let word: String = text.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
    let only_letters = !text.contains(|c: char| c.is_ascii_digit());
    only_letters && ["na", "none", "no", "unknown", "tbd", "notapplicable", "idontknow", "dontknow"].contains(&&*word)
}

fn last(text: &str, count: usize) -> String {
    let skipped = typed_text::length(text).saturating_sub(count);
    text.chars().skip(skipped).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, read: Result<&str, &str>) {
        let parsed = AccountNumber::parse(typed);
        let told = parsed.map(|number| number.as_str().to_owned()).map_err(|error| error.to_string());
        assert_eq!(told, read.map(str::to_owned).map_err(str::to_owned), "{typed:?}");
    }

    #[test]
    fn keeps_what_the_bill_shows() {
        check(" 0042 88/1 #7 ", Ok("0042 88/1 #7"));
        check("942561837-00001", Ok("942561837-00001"));
        check(&"9".repeat(40), Ok(&"9".repeat(40)));
    }

    #[test]
    fn says_which_rule_is_broken() {
        check(" \u{200b}", Err("Enter the account number"));
        check(&"9".repeat(41), Err("Account number must be 40 characters or fewer"));
        check("1;DROP TABLE x", Err("Account number must have only letters, digits, spaces and the signs . / # -"));
        check("--", Err("Account number must have at least one letter or digit"));
        check("N/A", Err("\"N/A\" is not an account number. Copy it from the bill or ask your carrier for it"));
        check("12\n34", Err("There is a character here that cannot be printed. Type it again"));
    }

    #[test]
    fn shows_little_of_itself() {
        let number = AccountNumber::parse("RW-448190-Q").unwrap();
        assert_eq!(number.masked(), "••••0-Q");
        assert_eq!(number.tail(), "190Q");
        assert_eq!(AccountNumber::parse("12345").unwrap().masked(), "••••5");
        assert_eq!(format!("{number:?}"), "AccountNumber(11 characters)");
    }

    #[test]
    fn knows_phone_numbers_and_social_security_numbers() {
        let reads = |text: &str| AccountNumber::parse(text).unwrap().looks_like_number("+12125550142");
        assert!(reads("(212) 555-0142".replace(['(', ')'], "").as_str()));
        assert!(reads("1-212-555-0142"));
        assert!(!reads("2125550142-00001"));
        assert!(!reads("RW-448190-Q"));
        assert!(AccountNumber::parse("123-45-6789").unwrap().looks_like_ssn());
        assert!(!AccountNumber::parse("123456789").unwrap().looks_like_ssn());
    }
}
