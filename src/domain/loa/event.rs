//! What happened to a letter, chained by hashes so that nothing can be changed or left out unseen.

use std::{collections::BTreeMap, fmt};

use chrono::NaiveDateTime;
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Writes the kinds with their codes and words once.
macro_rules! kinds {
    ($($kind:ident $code:literal $words:literal;)*) => {
        /// What happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum EventKind {
            $(#[doc = $words] $kind,)*
        }

        impl EventKind {
            /// Every kind, in the order of a letter's life.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// The word kept in the database.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$kind => $code,)*
                }
            }

            /// What happened, in words.
            pub fn words(self) -> &'static str {
                match self {
                    $(Self::$kind => $words,)*
                }
            }
        }
    };
}

kinds! {
    Created "created" "Letter made";
    Sent "sent" "Request to sign handed to the mail server";
    Reminded "reminded" "Reminder handed to the mail server";
    Resent "resent" "Request to sign sent again";
    Told "told" "Another email about the letter handed to the mail server";
    SendFailed "send_failed" "Mail could not be sent";
    Opened "opened" "Link opened";
    CodeSent "code_sent" "Code handed to the mail server";
    CodeFailed "code_failed" "Wrong code entered";
    CodeLocked "code_locked" "Locked after too many wrong codes";
    CodeOk "code_ok" "Mailbox proved by code";
    ConsentGiven "consent_given" "Agreed to sign electronically";
    DocumentViewed "document_viewed" "Letter shown";
    PaperChosen "paper_chosen" "Paper chosen instead";
    CorrectionRequested "correction_requested" "Correction asked for";
    ReassignProposed "reassign_proposed" "Another signer proposed";
    Reassigned "reassigned" "Another signer asked";
    StatementAccepted "statement_accepted" "Statement confirmed";
    SignatureAdopted "signature_adopted" "Signature made";
    Signed "signed" "Letter signed";
    Declined "declined" "Signing declined";
    Reported "reported" "Request reported as unknown to the recipient";
    Voided "voided" "Letter withdrawn";
    Expired "expired" "Links ended unsigned";
    Extended "extended" "Time to sign extended";
    LinkRevoked "link_revoked" "Links ended";
    Sealed "sealed" "Letter sealed";
    SealFailed "seal_failed" "Seal failed";
    TimestampOk "timestamp_ok" "Time confirmed by an authority";
    TimestampFailed "timestamp_failed" "Time could not be confirmed by an authority";
    Downloaded "downloaded" "Signed letter downloaded";
    VerifiedPublicly "verified_publicly" "Letter looked up on the verification page";
    Superseded "superseded" "Letter replaced by a newer one";
    UploadedWet "uploaded_wet" "Letter signed elsewhere and uploaded";
    Compared "compared" "Day on the uploaded letter compared by the desk";
}

impl EventKind {
    /// Reads the word kept in the database.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }
}

/// On which side somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorSide {
    Signer,
    Requester,
    Desk,
    System,
    Stranger,
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventActor {
    pub side: ActorSide,
    /// Row id of a user of this desk.
    pub user: Option<i64>,
    pub name: String,
}

impl EventActor {
    /// The program: the record outlives the name under which people know it.
    pub fn program() -> Self {
        Self { side: ActorSide::System, user: None, name: "The program".to_owned() }
    }

    /// The name to show; the program goes by that of the brand.
    pub fn shown<'a>(&'a self, brand: &'a str) -> &'a str {
        if self.side == ActorSide::System { brand } else { &self.name }
    }
}

/// What the connection told of a browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientFacts {
    /// The address of the peer, or what a trusted proxy said.
    pub address: String,
    /// The header of proxies as it came, believed or not.
    pub forwarded: String,
    pub user_agent: String,
}

/// One event. The order of fields is the order of the canonical JSON and so part of every hash: it never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventBody {
    pub sequence: i32,
    /// In UTC, to the microsecond.
    pub at: NaiveDateTime,
    pub kind: EventKind,
    pub actor: EventActor,
    pub client: Option<ClientFacts>,
    /// Row ids of the signer's session and link, where there are some.
    pub session: Option<i64>,
    pub link: Option<i64>,
    /// Particulars by name; never a token, code, PIN or account number.
    pub detail: BTreeMap<String, String>,
}

/// Where the chain of a letter stands: `hash_n = SHA-256(hash_{n-1} || body_n)` over the bytes of the hash before and the
/// canonical JSON; the first link is the content hash of the letter.
#[derive(Clone, PartialEq, Eq)]
pub struct Chain {
    /// How many events there are.
    pub length: i32,
    head: [u8; 32],
}

impl Chain {
    /// The chain of a letter to which nothing has happened.
    pub const fn start(content_hash: [u8; 32]) -> Self {
        Self { length: 0, head: content_hash }
    }

    /// The chain as stored.
    pub fn stored(length: i32, head: &str) -> Option<Self> {
        let head = HEXLOWER.decode(head.as_bytes()).ok()?.try_into().ok()?;
        Some(Self { length, head })
    }

    /// The hash of the last event, in hexadecimal digits.
    pub fn head(&self) -> String {
        HEXLOWER.encode(&self.head)
    }

    /// The chain after an event with this canonical JSON.
    #[must_use]
    pub fn after(&self, body: &str) -> Self {
        let head = Sha256::new_with_prefix(self.head).chain_update(body.as_bytes()).finalize().into();
        Self { length: self.length + 1, head }
    }
}

impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Chain({}, {})", self.length, self.head())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_back_and_written_as_their_code() {
        for kind in EventKind::ALL {
            assert_eq!(EventKind::from_code(kind.code()), Some(*kind));
            assert_eq!(serde_json::to_string(kind).unwrap(), format!("\"{}\"", kind.code()));
        }
    }

    #[test]
    fn a_changed_or_missing_event_changes_the_head() {
        let start = Chain::start([7; 32]);
        let whole = start.after("one").after("two").after("three");
        assert_eq!(whole.length, 3);
        assert_ne!(whole.head(), start.after("one").after("TWO").after("three").head());
        assert_ne!(whole.head(), start.after("one").after("three").head());
        assert_eq!(Chain::stored(3, &whole.head()), Some(whole));
    }
}
