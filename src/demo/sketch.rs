//! What a request of the demonstration is about and how it goes, in few words.

use super::cast::Holder;
use crate::domain::draft::Step;

/// Where numbers go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Office {
    NewYork,
    Denver,
    Seattle,
    Austin,
    /// Of the second account.
    Chicago,
}

impl Office {
    /// IANA name of the office's zone.
    pub const fn zone(self) -> &'static str {
        match self {
            Self::NewYork => "America/New_York",
            Self::Denver => "America/Denver",
            Self::Seattle => "America/Los_Angeles",
            Self::Austin | Self::Chicago => "America/Chicago",
        }
    }
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    Owner,
    Manager,
    /// Another manager of the same account.
    Colleague,
    /// The owner of the second account.
    Other,
    /// Somebody without an account, through the manual form.
    Visitor,
}

/// How far a request has come, and on which way. A text that is a slug names a rejection reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Being written; the step that comes next.
    Draft(Step),
    /// Sent so many minutes ago, and nobody has looked at it.
    JustSent(i64),
    InReview,
    /// Nobody has signed the letter yet.
    Unsigned,
    /// The signer says that this is wrong in the letter.
    Mistaken(&'static str),
    /// Nobody signed before the link ended.
    Expired,
    /// Signed by whoever asks, who is signed in.
    SignedHere,
    /// Signed on paper and uploaded.
    OnPaper,
    /// Sent through the manual form so many minutes ago; the mailbox is not confirmed yet.
    Unconfirmed(i64),
    /// With the losing carrier, and what that is doing.
    Submitted(&'static str),
    /// Moves so many business days from now.
    Scheduled(u32),
    /// The same, after the losing carrier chose another date.
    Rescheduled(u32),
    /// The window is over, and the desk has not noted the move yet.
    WindowOver,
    PartlyMoved,
    /// Rejected by the desk.
    Returned(&'static str),
    /// Rejected by the losing carrier, in its words.
    Refused(&'static str, &'static str),
    /// Rejected by the desk, corrected and sent again.
    SentAgain(&'static str),
    /// Rejected by the losing carrier, corrected, and with the losing carrier again.
    SubmittedAgain(&'static str),
    Completed,
    /// Completed at the second attempt.
    CompletedAgain(&'static str),
    /// Canceled before the desk sent it on.
    Canceled(&'static str),
    /// Canceled after a rejection.
    GivenUp(&'static str, &'static str),
}

impl Fate {
    /// The reason of the first attempt's rejection.
    pub fn reason(self) -> Option<&'static str> {
        match self {
            Self::Returned(slug)
            | Self::Refused(slug, _)
            | Self::SentAgain(slug)
            | Self::SubmittedAgain(slug)
            | Self::CompletedAgain(slug)
            | Self::GivenUp(slug, _) => Some(slug),
            _ => None,
        }
    }
}

/// A request in few words.
#[derive(Debug, Clone)]
pub struct Sketch {
    /// Its place in the table; what differs from request to request follows from it.
    pub index: usize,
    pub name: &'static str,
    pub office: Office,
    pub asker: Asker,
    pub carrier: &'static str,
    pub holder: &'static Holder,
    pub landline: usize,
    pub wireless: usize,
    pub toll_free: usize,
    /// How many business days ago it was sent, or, of a draft, begun.
    pub ago: usize,
    pub fate: Fate,
}

/// Area codes of toll-free numbers.
const TOLL_FREE: [&str; 6] = ["833", "844", "855", "866", "877", "888"];

impl Sketch {
    /// The account number as the bill shows it.
    pub fn account_number(&self) -> String {
        format!("{:04}-{:05}", 2_000 + self.index * 131 % 7_900, self.index * 7_919 % 89_000 + 10_401)
    }

    /// The landline numbers, ten digits each: a block, as carriers give them out.
    pub fn landlines(&self) -> Vec<String> {
        let first = 1_200 + self.index * 137 % 6_000;
        (0..self.landline).map(|at| format!("{}{}{:04}", self.holder.area, self.exchange(0), first + at)).collect()
    }

    /// The wireless numbers, ten digits each.
    pub fn wireless(&self) -> Vec<String> {
        let line = |at: usize| 2_040 + (self.index * 419 + at * 367) % 7_900;
        (0..self.wireless).map(|at| format!("{}{}{:04}", self.holder.area, self.exchange(1), line(at))).collect()
    }

    /// The toll-free numbers, ten digits each.
    pub fn toll_free(&self) -> Vec<String> {
        let area = TOLL_FREE.get(self.index % TOLL_FREE.len()).copied().unwrap_or("877");
        (0..self.toll_free).map(|at| format!("{area}{}{:04}", self.exchange(0), 2_300 + at * 11)).collect()
    }

    /// Numbers of the account that stay where some do: they stand behind the block of landlines.
    pub fn staying(&self) -> Vec<String> {
        let first = 8_100 + self.index * 11 % 1_800;
        (0..2).map(|at| format!("{}{}{:04}", self.holder.area, self.exchange(0), first + at)).collect()
    }

    /// The main number of the account.
    pub fn billing_number(&self) -> String {
        let own = self.landlines().into_iter().chain(self.wireless()).chain(self.toll_free()).next();
        own.unwrap_or_default()
    }

    /// Three digits that no other request of the table has; they never end in 11 and are never 555.
    fn exchange(&self, wireless: usize) -> usize {
        230 + self.index * 7 + wireless * 2
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use crate::{
        demo::{NOTABLE, requests},
        domain::{
            area_codes::{AreaCodes, Countries},
            phone_number::{NumberRules, PhoneNumber},
        },
    };

    #[test]
    fn every_number_can_be_moved_and_is_there_once() {
        let rules =
            NumberRules { area_codes: AreaCodes::built_in(), countries: Countries { canada: false }, support: "" };
        let mut seen = HashSet::new();
        for sketch in requests::all() {
            for digits in [sketch.landlines(), sketch.wireless(), sketch.toll_free()].concat() {
                let number = PhoneNumber::parse(&digits, &rules).unwrap_or_else(|error| panic!("{digits}: {error}"));
                assert!(digits.get(3..6) != Some("555"), "{digits}");
                assert!(seen.insert(number), "{digits} is there twice");
            }
        }
        assert!(200 < seen.len());
    }

    #[test]
    fn the_notable_requests_are_there_once() {
        for (name, _) in NOTABLE {
            assert_eq!(requests::all().iter().filter(|sketch| sketch.name == name).count(), 1, "{name}");
        }
    }
}
