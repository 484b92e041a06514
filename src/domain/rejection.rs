//! Why a port is refused: coded reasons, each with what the customer does about it and where.

use std::sync::LazyLock;

/// Who has to act before the request can go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhoActs {
    Customer,
    Desk,
    Carrier,
}

/// A reason out of the table. Facts of the trade: the lists of large carriers' rejection codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectionReason {
    /// The word kept in the database.
    pub slug: String,
    /// What is wrong, for the customer.
    pub title: String,
    /// What it means, for the reviewer.
    pub meaning: String,
    /// What the customer does about it, without a full stop.
    pub what_to_do: String,
    /// Path segment of the wizard's step that holds the field at fault; empty where nothing is typed anew.
    pub step: String,
    pub who_acts: WhoActs,
    /// Whether the letter of authorization has to be signed again.
    pub needs_new_signature: bool,
}

static REASONS: LazyLock<Vec<RejectionReason>> = LazyLock::new(|| {
    let mut table = csv::Reader::from_reader(include_bytes!("data/rejection-reasons.csv").as_slice());
    table.records().filter_map(Result::ok).filter_map(|row| read(&row)).collect()
});

fn read(row: &csv::StringRecord) -> Option<RejectionReason> {
    let text = |column: usize| row.get(column).map(|cell| cell.trim().to_owned());
    Some(RejectionReason {
        slug: text(0)?,
        title: text(1)?,
        meaning: text(2)?,
        what_to_do: text(3)?,
        step: text(5)?,
        who_acts: match row.get(6)? {
            "desk" => WhoActs::Desk,
            "carrier" => WhoActs::Carrier,
            _ => WhoActs::Customer,
        },
        needs_new_signature: row.get(7)? == "yes",
    })
}

impl RejectionReason {
    /// All reasons, in the order of the form.
    pub fn all() -> &'static [Self] {
        &REASONS
    }

    /// The reason of a stored word.
    pub fn find(slug: &str) -> Option<&'static Self> {
        REASONS.iter().find(|reason| reason.slug == slug)
    }

    /// What the customer reads unless the reviewer writes something else.
    pub fn message(&self) -> String {
        if self.what_to_do.is_empty() { String::new() } else { format!("{}. {}.", self.title, self.what_to_do) }
    }

    /// Whether the customer can do something about it, so that it may put the request into their court.
    pub fn is_for_customer(&self) -> bool {
        self.who_acts == WhoActs::Customer
    }
}

/// The reason that is only words.
pub const OTHER: &str = "other";
/// Fewest characters of a message (ux.md R5).
pub const LEAST_MESSAGE: usize = 20;
/// Most characters of a message.
pub const MOST_MESSAGE: usize = 2_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_whole() {
        assert_eq!(RejectionReason::all().len(), 44);
        for reason in RejectionReason::all() {
            assert!(!reason.title.is_empty(), "{}", reason.slug);
            assert!(reason.slug == OTHER || LEAST_MESSAGE <= reason.message().chars().count(), "{}", reason.slug);
            assert!(matches!(reason.step.as_str(), "" | "numbers" | "contact" | "bill"), "{}", reason.slug);
        }
    }

    #[test]
    fn only_some_reasons_are_the_customers() {
        assert!(RejectionReason::find("pin-invalid").is_some_and(RejectionReason::is_for_customer));
        assert!(RejectionReason::find("carrier-no-response").is_some_and(|reason| !reason.is_for_customer()));
        assert_eq!(RejectionReason::find("nonsense"), None);
    }
}
