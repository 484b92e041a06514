//! Letters about a letter of authorization: to its signer, to whoever asked for it, and to admins.
//!
//! "Letter" is the letter of authorization here, as its signer reads it; what we send is an email.

mod answered;
mod asking;
mod ended;
mod signed;

pub use answered::{Answer, LoaAnswered, LoaExpired, loa_answered, loa_expired};
pub use asking::{LoaCode, LoaReminder, LoaRequest, Why, loa_code, loa_reminder, loa_request};
pub use ended::{LoaReplaced, LoaWithdrawn, ReplacedBecause, WithdrawnBecause, loa_replaced, loa_withdrawn};
pub use signed::{LoaPdf, LoaSigned, LoaSignedCopy, SealProblem, loa_signed, loa_signed_copy, seal_problem};

use super::BrandFacts;

/// A letter of authorization as far as its signer is told by email: no account number, no address, no whole number.
#[derive(Debug, Clone, Copy)]
pub struct LoaFacts<'a> {
    pub brand: BrandFacts<'a>,
    pub signer: &'a str,
    /// Who asks for the signature.
    pub requester: &'a str,
    /// On whose behalf: the account or location.
    pub company: &'a str,
    /// The agent that the letter names.
    pub provider: &'a str,
    pub losing_carrier: &'a str,
    pub number_count: usize,
}

impl LoaFacts<'_> {
    /// "1 phone number", "14 phone numbers".
    fn phone_numbers(&self) -> String {
        match self.number_count {
            1 => "1 phone number".to_owned(),
            count => format!("{count} phone numbers"),
        }
    }

    /// "this number", "these numbers".
    fn these_numbers(&self) -> &'static str {
        if self.number_count == 1 { "this number" } else { "these numbers" }
    }
}

/// "(212) •••-••42, (212) •••-••43, (646) •••-••87 and 11 more".
fn numbers_line(count: usize, masked: &[&str]) -> String {
    let shown = masked.join(", ");
    match count.saturating_sub(masked.len()) {
        _ if masked.is_empty() => count.to_string(),
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
