//! What a certificate tells: how a letter was signed, step by step, for those who were not there.

use chrono::NaiveDateTime;

use super::content_hash::ContentHash;
use super::signature::Mark;
use crate::domain::loa_id::LoaId;
use crate::domain::request_sid::RequestSid;

/// The facts of one certificate.
///
/// Times are words already, in the zone of whoever they are about, with UTC beside them. What nobody recorded is `None` and
/// printed as "Not recorded", never as something else; a letter signed by its own requester has the same headings as one
/// that was mailed. Any text may hold anything: what the fonts lack is printed as "?", because a strange browser must not
/// keep a signed letter from its certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateFacts {
    pub loa_id: LoaId,
    /// The version of the letter.
    pub version: u32,
    pub request_sid: RequestSid,
    /// Whom the letter names as agent.
    pub provider: String,
    /// How many numbers the letter lists.
    pub numbers: usize,
    pub content_hash: ContentHash,
    /// SHA-256 of the PDF that the signer read, in hexadecimal.
    pub unsigned_sha256: Option<String>,
    /// SHA-256 of the sealed letter, in hexadecimal.
    pub sealed_sha256: Option<String>,
    pub requester: CertifiedRequester,
    pub signer: CertifiedSigner,
    pub consent: Option<CertifiedConsent>,
    /// The signature on the letter.
    pub mark: Mark,
    pub milestones: Milestones,
    /// Reassignments, corrections, links that were ended and links that staff looked at, in their order.
    pub changes: Vec<CertifiedChange>,
    /// Every event, in its order.
    pub events: Vec<CertifiedEvent>,
    /// The hash of the last event, in hexadecimal.
    pub chain_head: String,
    pub seal: CertifiedSeal,
    /// The address of the page on which letters are verified and the seal's certificate is published.
    pub verification_page: String,
    /// In UTC; the PDF is dated with it.
    pub made_at: NaiveDateTime,
    /// The events as JSON, attached as `events.json`.
    pub event_log: Vec<u8>,
}

/// Who asked for the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertifiedRequester {
    pub name: String,
    pub email: String,
    /// Who typed the signer's mail address.
    pub typed_by: Option<String>,
    pub typed_at: Option<String>,
}

/// Who signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertifiedSigner {
    pub name: String,
    pub title: Option<String>,
    pub email: String,
    /// How the signer was known, in a sentence.
    pub verified: Option<String>,
}

/// The consent to sign electronically.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertifiedConsent {
    pub version: u32,
    /// SHA-256 of the text that the signer read, in hexadecimal.
    pub sha256: String,
    pub given_at: String,
}

/// The steps of every signature.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Milestones {
    pub sent: Option<Moment>,
    pub first_opened: Option<Moment>,
    pub consented: Option<Moment>,
    pub viewed: Option<Moment>,
    pub signed: Option<Moment>,
}

/// When and from where a step was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    pub time: String,
    pub ip: Option<String>,
    /// Browser and system in words.
    pub browser: Option<String>,
    /// What the browser said of itself.
    pub user_agent: Option<String>,
}

/// Something that did not go straight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertifiedChange {
    pub time: String,
    /// In a sentence.
    pub text: String,
}

/// One event of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertifiedEvent {
    pub sequence: u64,
    pub time: String,
    /// In words.
    pub kind: String,
    pub actor: String,
    /// In hexadecimal; printed short.
    pub hash: String,
}

/// The seal on the letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertifiedSeal {
    /// Whom the certificate of the seal names.
    pub subject: String,
    /// SHA-256 of that certificate.
    pub fingerprint: String,
    /// Like `PAdES B-B`.
    pub level: String,
    /// The authority and time of the timestamp, or "none" and why.
    pub timestamp: Option<String>,
}
