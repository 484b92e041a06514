//! Why a port is refused: coded reasons, each with what the customer does about it and where.

use std::sync::LazyLock;

use super::{channel::Channel, findings::Findings};

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
    /// The fields at fault as the table names them, the first one first.
    pub fields: String,
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
        fields: text(4)?,
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
    /// All reasons, in the order of the table.
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

    /// The same for whoever sent the manual form, which has no field for the signer: their letter names one.
    pub fn message_for(&self, channel: Channel) -> String {
        match channel {
            Channel::Manual if self.slug == SIGNER_NOT_AUTHORIZED => format!(
                "{}. Find out who is authorized on the account, and upload a letter that this person signed.",
                self.title
            ),
            _ => self.message(),
        }
    }

    /// Whether a new letter is what puts it right in the manual form.
    pub fn needs_new_upload(&self) -> bool {
        self.is_about_the_letter() || self.slug == SIGNER_NOT_AUTHORIZED
    }

    /// Whether the letter of authorization itself was refused. With other reasons a printed fact is corrected, and the
    /// letter changes with it.
    pub fn is_about_the_letter(&self) -> bool {
        self.needs_new_signature && self.slug.starts_with("loa-")
    }

    /// Whether the customer can do something about it, so that it may put the request into their court.
    pub fn is_for_customer(&self) -> bool {
        self.who_acts == WhoActs::Customer
    }
}

/// The reason that is only words.
pub const OTHER: &str = "other";
/// The reason about the person who signed.
const SIGNER_NOT_AUTHORIZED: &str = "auth-person-mismatch";
/// Fewest characters of a message (ux.md R5).
pub const LEAST_MESSAGE: usize = 20;
/// Most characters of a message.
pub const MOST_MESSAGE: usize = 2_000;

/// A reason that the reviewer chose, with the words for the customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    pub reason: &'static RejectionReason,
    pub message: String,
}

impl Chosen {
    /// What is wrong, as a heading.
    pub fn title(&self) -> &str {
        if self.reason.slug == OTHER { "Something else to fix" } else { &self.reason.title }
    }

    /// What stands below the heading: the message without the heading that it begins with.
    pub fn below_title(&self) -> &str {
        let rest = self.message.strip_prefix(&self.reason.title).and_then(|rest| rest.strip_prefix('.'));
        rest.map(str::trim_start).filter(|rest| !rest.is_empty()).unwrap_or(&self.message)
    }
}

/// A rejection as the reviewer wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    pub chosen: Vec<Chosen>,
    /// The losing carrier's own words, if any.
    pub carrier_words: String,
}

/// Why a rejection was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RejectionError {
    #[error("Select at least one reason")]
    NoReason,
    #[error("Select at least one reason that the customer can act on")]
    NothingForCustomer,
    #[error("Write what is wrong, at least {LEAST_MESSAGE} characters")]
    ShortMessage,
    #[error("Write at most 2,000 characters")]
    LongMessage,
}

impl Rejection {
    /// What is wrong, short enough for the row of a list: "Service address does not match, and 1 more reason.". Where no
    /// reason has a title of its own, the first message. What the customer can do nothing about is not counted.
    pub fn in_short(&self) -> String {
        let theirs: Vec<&Chosen> = self.chosen.iter().filter(|chosen| chosen.reason.is_for_customer()).collect();
        let Some(titled) = theirs.iter().find(|chosen| chosen.reason.slug != OTHER) else {
            return theirs.first().map(|chosen| chosen.message.clone()).unwrap_or_default();
        };
        let first = &titled.reason.title;
        match theirs.len() {
            ..=1 => format!("{first}."),
            2 => format!("{first}, and 1 more reason."),
            several => format!("{first}, and {} more reasons.", several - 1),
        }
    }

    /// The field of the message of a reason.
    pub fn message_field(slug: &str) -> String {
        format!("message-{slug}")
    }

    /// Reads what the form sent: the words of the ticked reasons with their messages, and the carrier's own words.
    pub fn read<'a>(ticked: impl Iterator<Item = (&'a str, &'a str)>, carrier_words: &str) -> (Self, Findings) {
        let mut findings = Findings::default();
        let known = ticked.filter_map(|(slug, message)| {
            let reason = RejectionReason::all().iter().find(|reason| reason.slug == slug)?;
            Some(Chosen { reason, message: plain(message) })
        });
        let rejection = Self { chosen: known.collect(), carrier_words: plain(carrier_words) };
        if let Err(error) = rejection.may_go_to_customer() {
            findings.error("reason", error);
        }
        for chosen in &rejection.chosen {
            let field = Self::message_field(&chosen.reason.slug);
            let length = chosen.message.chars().count();
            if length < LEAST_MESSAGE {
                findings.error(field, RejectionError::ShortMessage);
            } else if MOST_MESSAGE < length {
                findings.error(field, RejectionError::LongMessage);
            }
        }
        if MOST_MESSAGE < rejection.carrier_words.chars().count() {
            findings.error("carrier-words", RejectionError::LongMessage);
        }
        (rejection, findings)
    }

    /// Whether the rejection may put the request into the customer's court: they have to be able to do something.
    ///
    /// # Errors
    /// [`RejectionError`] says what is missing.
    pub fn may_go_to_customer(&self) -> Result<(), RejectionError> {
        if self.chosen.is_empty() {
            return Err(RejectionError::NoReason);
        }
        let someone = self.chosen.iter().any(|chosen| chosen.reason.is_for_customer());
        if someone { Ok(()) } else { Err(RejectionError::NothingForCustomer) }
    }
}

/// A text of several lines with line ends of one kind and nothing that cannot be printed.
fn plain(typed: &str) -> String {
    let lines = typed.replace("\r\n", "\n").replace('\r', "\n");
    lines.chars().filter(|c| *c == '\n' || !c.is_control()).collect::<String>().trim().to_owned()
}

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

    #[track_caller]
    fn check(ticked: &[(&str, &str)], errors: &[(&str, &str)]) {
        let (_, findings) = Rejection::read(ticked.iter().copied(), "");
        let told: Vec<_> = findings.errors.iter().map(|it| (it.field.as_str(), it.text.as_str())).collect();
        assert_eq!(told, errors);
    }

    const LONG_ENOUGH: &str = "The account number ends in 471B.";

    #[test]
    fn a_rejection_says_what_the_customer_can_do() {
        check(&[("pin-invalid", LONG_ENOUGH), ("carrier-no-response", LONG_ENOUGH)], &[]);
        check(&[], &[("reason", "Select at least one reason")]);
        check(&[("nonsense", LONG_ENOUGH)], &[("reason", "Select at least one reason")]);
        check(&[("no-such-reason", LONG_ENOUGH)], &[("reason", "Select at least one reason")]);
        let nobodys = ("reason", "Select at least one reason that the customer can act on");
        check(&[("carrier-no-response", LONG_ENOUGH)], &[nobodys]);
        let short = "Write what is wrong, at least 20 characters";
        check(&[("other", " \r\n nineteen letters.. ")], &[("message-other", short)]);
        check(&[("other", &"x".repeat(2_001))], &[("message-other", "Write at most 2,000 characters")]);
    }

    #[test]
    fn reasons_in_short_are_the_first_title_and_a_count() {
        let told = |ticked: &[&str]| {
            let ticked = ticked.iter().map(|slug| (*slug, LONG_ENOUGH));
            Rejection::read(ticked, "").0.in_short()
        };
        let address = "service-address-mismatch";
        assert_eq!(told(&[address]), "Service address does not match.");
        assert_eq!(told(&[OTHER, address]), "Service address does not match, and 1 more reason.");
        assert_eq!(told(&[address, "pin-missing", OTHER]), "Service address does not match, and 2 more reasons.");
        assert_eq!(told(&["carrier-no-response", address]), "Service address does not match.");
        assert_eq!(told(&[OTHER]), LONG_ENOUGH);
    }

    #[test]
    fn a_heading_is_not_said_twice() {
        let reason = RejectionReason::find("postal-code-mismatch").unwrap();
        let chosen = Chosen { reason, message: reason.message() };
        assert_eq!(chosen.title(), "ZIP/postal code does not match");
        assert_eq!(chosen.below_title(), "Correct the ZIP code so that it is the one on the account.");
        let own = Chosen { reason, message: "The bill says 10001 and not 10002.".to_owned() };
        assert_eq!(own.below_title(), own.message);
    }
}
