//! PINs, passcodes and the last four digits of a Social Security number: what a losing carrier asks before it lets go.

mod no_pin;

use std::fmt;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use regex::Regex;

pub use no_pin::{is_full_ssn, is_no_pin};

use super::typed_text::{self, Unprintable};

/// Fewest and most characters of a wireless number's transfer PIN.
pub const TRANSFER_PIN_LENGTH: RangeInclusive<usize> = 4..=15;
/// Longest passcode of a landline or toll-free account, in characters.
const MAX_PASSCODE: usize = 40;

/// What kind of secret a person gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum PinKind {
    /// The one-time PIN that a wireless carrier gives out for a move.
    TransferPin,
    /// The last four digits of the account holder's Social Security number.
    SsnLastFour,
    /// The standing PIN or passcode of a landline or toll-free account.
    AccountPin,
}

impl PinKind {
    /// The word that is stored and that forms send.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TransferPin => "pin",
            Self::SsnLastFour => "ssn",
            Self::AccountPin => "account",
        }
    }

    /// The kind of a stored word.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::TransferPin, Self::SsnLastFour, Self::AccountPin].into_iter().find(|kind| kind.code() == code)
    }

    /// What people call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::TransferPin => "Transfer PIN",
            Self::SsnLastFour => "Last 4 of SSN",
            Self::AccountPin => "Account PIN",
        }
    }
}

/// A secret of the account holder; `Debug` hides it and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin {
    kind: PinKind,
    text: String,
}

impl Pin {
    /// Reads the PIN of a wireless number: a transfer PIN of 4 to 15 letters or digits, or four digits of an SSN.
    ///
    /// `carrier` is named in the advice on where to get one; empty reads "your carrier".
    ///
    /// # Errors
    /// [`PinError`] says what is wrong without repeating the PIN.
    pub fn for_wireless(kind: PinKind, text: &str, carrier: &str) -> Result<Self, PinError> {
        let text = typed_text::code_line(text)?;
        if text.is_empty() {
            return Err(PinError::Missing);
        }
        if is_full_ssn(&text) {
            return Err(PinError::FullSsn);
        }
        if is_no_pin(&text) {
            return Err(PinError::WirelessNeedsPin { carrier: carrier_name(carrier) });
        }
        if kind == PinKind::SsnLastFour {
            return Self::ssn_last_four(&text);
        }
        let fits = TRANSFER_PIN_LENGTH.contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric());
        if fits { Ok(Self { kind, text }) } else { Err(PinError::Shape) }
    }

    /// Reads the optional PIN or passcode of a landline or toll-free account; "none" and its like mean that there is none.
    ///
    /// # Errors
    /// [`PinError`] for a passcode over 40 characters, a full SSN or what cannot be printed.
    pub fn for_account(text: &str) -> Result<Option<Self>, PinError> {
        let text = typed_text::code_line(text)?;
        if text.is_empty() || is_no_pin(&text) {
            return Ok(None);
        }
        if is_full_ssn(&text) {
            return Err(PinError::FullSsn);
        }
        if MAX_PASSCODE < typed_text::length(&text) {
            return Err(PinError::PasscodeTooLong);
        }
        Ok(Some(Self { kind: PinKind::AccountPin, text }))
    }

    /// A PIN out of the sealed store.
    pub fn from_stored(kind: PinKind, text: String) -> Self {
        Self { kind, text }
    }

    /// Which kind of secret it is.
    pub const fn kind(&self) -> PinKind {
        self.kind
    }

    /// The secret itself; whoever calls this writes an audit row.
    pub fn reveal(&self) -> &str {
        &self.text
    }

    /// How many characters it has, for "Saved, 4 characters".
    pub fn length(&self) -> usize {
        typed_text::length(&self.text)
    }

    /// Whether carriers seldom give out a PIN like this one; asked about once.
    pub fn warning(&self) -> Option<PinWarning> {
        let mut characters = self.text.chars();
        let first = characters.next()?;
        let all_equal = characters.all(|c| c == first);
        (self.kind != PinKind::SsnLastFour && (all_equal || self.text == "1234")).then_some(PinWarning::EasyToGuess)
    }

    fn ssn_last_four(text: &str) -> Result<Self, PinError> {
        static MASKED: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"^(?:[*xX•#]{3}-?[*xX•#]{2}-?)?([0-9]{4})$")
                .expect("the pattern is a constant that a test compiles")
        });
        let joined = text.replace(' ', "");
        let digits = MASKED.captures(&joined).and_then(|found| found.get(1)).ok_or(PinError::SsnShape)?.as_str();
        if digits == "0000" {
            return Err(PinError::SsnZeros);
        }
        Ok(Self { kind: PinKind::SsnLastFour, text: digits.to_owned() })
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pin").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// Why a typed PIN was not taken; never repeats it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PinError {
    #[error("Enter the PIN")]
    Missing,
    #[error("Wireless numbers always need a PIN or the last 4 of the SSN. Ask {carrier} for a transfer PIN")]
    WirelessNeedsPin { carrier: String },
    #[error("PIN must be 4 to 15 letters or digits, without spaces")]
    Shape,
    #[error("PIN must be 40 characters or fewer")]
    PasscodeTooLong,
    #[error("Last 4 of the SSN must be 4 digits")]
    SsnShape,
    #[error("No SSN ends in 0000. Check the last 4 of the SSN")]
    SsnZeros,
    #[error(
        "That looks like a full Social Security number, so we did not keep it. Enter only its last 4 digits or a PIN"
    )]
    FullSsn,
    #[error(transparent)]
    Unprintable(#[from] Unprintable),
}

/// What a PIN is asked about once; the second submit passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PinWarning {
    #[error("Carriers seldom give out a PIN like this one. If yours did, leave it and continue")]
    EasyToGuess,
}

/// The carrier by the name that the person typed, or what stands for it.
pub fn carrier_name(typed: &str) -> String {
    let name = typed.trim();
    if name.is_empty() { "your carrier".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: PinKind, typed: &str, read: Result<&str, &str>) {
        let parsed = Pin::for_wireless(kind, typed, "Verizon");
        let told = parsed.map(|pin| pin.reveal().to_owned()).map_err(|error| error.to_string());
        assert_eq!(told, read.map(str::to_owned).map_err(str::to_owned), "{typed:?}");
    }

    #[track_caller]
    fn check_account(typed: &str, read: Result<Option<&str>, &str>) {
        let parsed = Pin::for_account(typed);
        let told = parsed.map(|pin| pin.map(|pin| pin.reveal().to_owned())).map_err(|error| error.to_string());
        assert_eq!(told, read.map(|pin| pin.map(str::to_owned)).map_err(str::to_owned), "{typed:?}");
    }

    const SHAPE: Result<&str, &str> = Err("PIN must be 4 to 15 letters or digits, without spaces");
    const FULL: &str =
        "That looks like a full Social Security number, so we did not keep it. Enter only its last 4 digits or a PIN";
    const NEEDS: Result<&str, &str> =
        Err("Wireless numbers always need a PIN or the last 4 of the SSN. Ask Verizon for a transfer PIN");

    #[test]
    fn transfer_pins_have_4_to_15_letters_or_digits() {
        check(PinKind::TransferPin, " 0000 ", Ok("0000"));
        check(PinKind::TransferPin, "NTP123456", Ok("NTP123456"));
        check(PinKind::TransferPin, "123", SHAPE);
        check(PinKind::TransferPin, &"7".repeat(15), Ok(&"7".repeat(15)));
        check(PinKind::TransferPin, &"7".repeat(16), SHAPE);
        check(PinKind::TransferPin, "12 34", SHAPE);
        check(PinKind::TransferPin, "", Err("Enter the PIN"));
        check(PinKind::TransferPin, "12\n34", Err("There is a character here that cannot be printed. Type it again"));
    }

    #[test]
    fn wireless_numbers_cannot_do_without() {
        for words in ["N/A", "n/a", "NA", "none", "No PIN Required", "-"] {
            check(PinKind::TransferPin, words, NEEDS);
            check(PinKind::SsnLastFour, words, NEEDS);
        }
        let unnamed = Pin::for_wireless(PinKind::TransferPin, "none", " ").unwrap_err().to_string();
        assert!(unnamed.ends_with("Ask your carrier for a transfer PIN"));
    }

    #[test]
    fn social_security_numbers_come_in_four_digits_only() {
        check(PinKind::SsnLastFour, "6789", Ok("6789"));
        check(PinKind::SsnLastFour, "***-**-6789", Ok("6789"));
        check(PinKind::SsnLastFour, "67 89", Ok("6789"));
        check(PinKind::SsnLastFour, "678", Err("Last 4 of the SSN must be 4 digits"));
        check(PinKind::SsnLastFour, "0000", Err("No SSN ends in 0000. Check the last 4 of the SSN"));
        for kind in [PinKind::TransferPin, PinKind::SsnLastFour] {
            for whole in ["123456789", "123-45-6789", "123 45 6789", "SSN 123456789", "mine: 123-45-6789"] {
                check(kind, whole, Err(FULL));
            }
        }
    }

    #[test]
    fn account_passcodes_may_be_words_or_none() {
        check_account("", Ok(None));
        check_account("NO PIN REQUIRED", Ok(None));
        check_account("n/a", Ok(None));
        check_account("blue horse", Ok(Some("blue horse")));
        check_account(&"x".repeat(41), Err("PIN must be 40 characters or fewer"));
        check_account("123-45-6789", Err(FULL));
    }

    #[test]
    fn asks_about_pins_that_carriers_seldom_give() {
        let warns = |text: &str| Pin::for_wireless(PinKind::TransferPin, text, "").unwrap().warning().is_some();
        assert!(["0000", "1234", "777777"].into_iter().all(warns));
        assert!(!["8841", "123456", "0001"].into_iter().any(warns));
    }

    #[test]
    fn debug_prints_no_digit() {
        let pin = Pin::for_wireless(PinKind::TransferPin, "8841", "").unwrap();
        assert_eq!(format!("{pin:?}"), "Pin { kind: TransferPin, .. }");
    }

    #[test]
    fn kinds_survive_storage() {
        for kind in [PinKind::TransferPin, PinKind::SsnLastFour, PinKind::AccountPin] {
            assert_eq!(PinKind::from_code(kind.code()), Some(kind));
        }
    }
}
