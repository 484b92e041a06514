//! A signature on a letter: the mark, when it was made, how the signer was known and what they confirmed.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::facts::Signer;
use super::strokes::Strokes;
use crate::domain::time_zone::TimeZone;
use crate::domain::typed_text;

/// What the signature block of a signed letter shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    pub mark: Mark,
    /// In UTC.
    pub signed_at: NaiveDateTime,
    /// The signer's zone.
    pub zone: TimeZone,
    pub proof: Proof,
    /// The statements that the signer ticked, as they read them.
    pub confirmed: Vec<String>,
}

/// How the signature was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// By typing the name that the letter prints.
    Typed,
    Drawn(Strokes),
}

/// How the signer was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// By a code that was mailed to the signer's address.
    EmailCode,
    /// By being signed in as the person who made the request.
    SignedIn,
}

/// Why a typed signature was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    #[error("Type your name to sign")]
    Missing,
    #[error("The name must match {printed}. If that is not you, choose I am not the right person")]
    OtherName { printed: String },
}

impl Mark {
    /// A typed signature, if it is the name that the letter prints.
    ///
    /// # Errors
    /// [`SignatureError`] names what is to be typed.
    pub fn typed(typed: &str, signer: &Signer) -> Result<Self, SignatureError> {
        let printed = || signer.name.clone();
        let typed = typed_text::one_line(typed).unwrap_or_default();
        if typed.is_empty() {
            return Err(SignatureError::Missing);
        }
        if alike(&typed) != alike(&signer.name) {
            return Err(SignatureError::OtherName { printed: printed() });
        }
        Ok(Self::Typed)
    }
}

/// A name without what a keyboard decides and not its bearer: capitals, the kind of apostrophe or hyphen, and spaces.
fn alike(name: &str) -> String {
    let meant = |c: char| match c {
        '’' | '‘' | 'ʼ' | '`' | '´' | '′' => '\'',
        '‐' | '‑' | '–' | '—' | '−' => '-',
        other => other,
    };
    name.split_whitespace().collect::<Vec<_>>().join(" ").chars().map(meant).flat_map(char::to_lowercase).collect()
}

impl Proof {
    const fn words(self) -> &'static str {
        match self {
            Self::EmailCode => "Electronically signed. Email address confirmed by a one-time code.",
            Self::SignedIn => "Electronically signed by the requester, who was signed in.",
        }
    }
}

/// The signature block in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct SignatureBlock {
    /// The typed name; a drawing reaches the template as an image.
    typed: Option<String>,
    date: String,
    utc: String,
    proof: &'static str,
    confirmed: Vec<String>,
}

impl SignatureBlock {
    pub(super) fn of(signature: &Signature, signer: &Signer) -> Self {
        Self {
            typed: matches!(signature.mark, Mark::Typed).then(|| signer.name.clone()),
            date: signature.zone.moment(signature.signed_at),
            utc: signature.signed_at.format("%Y-%m-%d %H:%M:%S UTC").to_string(),
            proof: signature.proof.words(),
            confirmed: signature.confirmed.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, told: Result<Mark, &str>) {
        check_name("Ana María Núñez", typed, told);
    }

    #[track_caller]
    fn check_name(name: &str, typed: &str, told: Result<Mark, &str>) {
        let name = name.to_owned();
        let signer = Signer { name, title: None, email: "ana@example.com".to_owned(), phone: None };
        assert_eq!(Mark::typed(typed, &signer).map_err(|error| error.to_string()), told.map_err(str::to_owned));
    }

    #[test]
    fn a_typed_signature_is_the_printed_name() {
        check("Ana María Núñez", Ok(Mark::Typed));
        check(" Ana Mari\u{301}a Nu\u{301}n\u{303}ez\u{200b} ", Ok(Mark::Typed));
        check(
            "Ana Maria Nunez",
            Err("The name must match Ana María Núñez. If that is not you, choose I am not the right person"),
        );
        check(" ", Err("Type your name to sign"));
    }

    #[test]
    fn what_a_keyboard_decides_is_no_other_name() {
        check("ana  maría NÚÑEZ", Ok(Mark::Typed));
        check_name("Marie O’Neil–Smith", "Marie O'Neil-Smith", Ok(Mark::Typed));
        check_name("Marie O'Neil", "Marie O´Neil", Ok(Mark::Typed));
    }
}
