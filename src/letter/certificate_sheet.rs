//! What a certificate says, in words and in order.

use serde::Serialize;

use super::certificate::{CertificateFacts, CertifiedEvent, Milestones, Moment};
use super::sheet::TITLE as LETTER;
use super::signature::Mark;
use crate::domain::grouped::grouped;

/// What stands for everything that nobody recorded.
const NOT_RECORDED: &str = "Not recorded";
/// Longer texts are printed up to here: the event log has all of them.
const LONGEST: usize = 1_000;
/// How many digits of an event's hash are printed.
const SHORT_HASH: usize = 16;

const TITLE: &str = "Certificate of Electronic Signature";
const ABOUT: &str = "This certificate tells how the letter of authorization named below was signed. It is made from the \
    record that was kept while it happened, and it is a document of its own: the letter stands without it.";
const EVENTS: &str = "Each event carries the SHA-256 of the hash before it and of its own data; the first follows the \
    content hash of the letter. Nobody can change, remove or add an event without changing the hash of the last one, which \
    was mailed to the signer. The events with all their data are attached to this PDF as events.json.";
const CHECKS: [&str; 4] = [
    "Open the sealed letter or this certificate in a program that checks signatures, such as Adobe Acrobat, or run \
     \"pdfsig FILE\". It has to say that the whole document is signed and was not changed.",
    "Compare the SHA-256 fingerprint of the certificate that sealed it with the one under \"Seal\" and with the one \
     published at the verification address. A program may say that it does not know who issued the certificate: it \
     was made by the installation that sealed the letter, so its fingerprint is what counts.",
    "Compute the SHA-256 of the letter's file (\"sha256sum FILE\", or \"Get-FileHash FILE\" on Windows) and compare it \
     with \"SHA-256 of the sealed letter\".",
    "Take events.json out of this PDF (\"pdfdetach -saveall FILE\"), compute the hashes again, and compare the last one \
     with the chain head.",
];
const LIMITS: [&str; 4] = [
    "It does not prove who the signer is beyond what \"How the signer was known\" says: whoever controlled that mailbox \
     or that sign-in could have signed.",
    "It does not prove that the signer is the account holder or may act for the account holder. The signer stated so.",
    "Times are those of the clock of the computer that kept the record, unless a timestamp is named under \"Seal\".",
    "Network addresses and browsers are what was reported; they can be shared, hidden or made up.",
];

/// The words of a certificate.
#[derive(Debug, Serialize)]
pub(super) struct CertificateSheet {
    pub(super) title: &'static str,
    about: &'static str,
    pub(super) loa_id: String,
    sections: [Facts; 4],
    signature: Drawn,
    milestones: [Step; 5],
    changes: Vec<[String; 2]>,
    events_about: &'static str,
    events: Vec<Line>,
    chain_head: String,
    seal: Facts,
    verification_page: String,
    checks: [&'static str; 4],
    limits: [&'static str; 4],
    /// What stands where there is nothing.
    not_recorded: &'static str,
}

/// Facts under a heading.
#[derive(Debug, Serialize)]
struct Facts {
    heading: &'static str,
    rows: Vec<Fact>,
}

#[derive(Debug, Serialize)]
struct Fact {
    label: &'static str,
    text: String,
    /// In letters of one width, to be compared digit by digit.
    is_code: bool,
}

#[derive(Debug, Serialize)]
struct Drawn {
    method: &'static str,
    /// The typed name; a drawing reaches the template as an image.
    typed: Option<String>,
}

#[derive(Debug, Serialize)]
struct Step {
    label: &'static str,
    time: String,
    ip: String,
    browser: String,
    user_agent: String,
}

#[derive(Debug, Serialize)]
struct Line {
    sequence: u64,
    time: String,
    kind: String,
    actor: String,
    hash: String,
}

impl CertificateSheet {
    pub(super) fn of(facts: &CertificateFacts) -> Self {
        let signature = match facts.mark {
            Mark::Typed => Drawn { method: "Typed: the signer typed the name", typed: Some(facts.signer.name.clone()) },
            Mark::Drawn(_) => Drawn { method: "Drawn by hand on a screen", typed: None },
        };
        Self {
            title: TITLE,
            about: ABOUT,
            loa_id: facts.loa_id.as_str().to_owned(),
            sections: [document(facts), requester(facts), signer(facts), consent(facts)],
            signature,
            milestones: milestones(&facts.milestones),
            changes: facts.changes.iter().map(|it| [cut(&it.time), cut(&it.text)]).collect(),
            events_about: EVENTS,
            events: facts.events.iter().map(event).collect(),
            chain_head: facts.chain_head.clone(),
            seal: seal(facts),
            verification_page: facts.verification_page.clone(),
            checks: CHECKS,
            limits: LIMITS,
            not_recorded: NOT_RECORDED,
        }
    }
}

fn document(facts: &CertificateFacts) -> Facts {
    let rows = vec![
        text("Document", LETTER),
        code("LOA ID", facts.loa_id.as_str()),
        text("Version of the letter", &facts.version.to_string()),
        code("Request SID", facts.request_sid.as_str()),
        text("New provider", &facts.provider),
        text("Numbers listed", &grouped(facts.numbers)),
        code("Content hash", &facts.content_hash.to_string()),
        code_if("SHA-256 of the letter before it was signed", facts.unsigned_sha256.as_ref()),
        code_if("SHA-256 of the sealed letter", facts.sealed_sha256.as_ref()),
        text("This certificate made at", &facts.made_at.format("%Y-%m-%d %H:%M:%S UTC").to_string()),
    ];
    Facts { heading: "What was signed", rows }
}

fn requester(facts: &CertificateFacts) -> Facts {
    let requester = &facts.requester;
    let rows = vec![
        text("Name", &requester.name),
        text("Email", &requester.email),
        text_if("Signer's address typed by", requester.typed_by.as_ref()),
        text_if("Signer's address typed at", requester.typed_at.as_ref()),
    ];
    Facts { heading: "Who asked for the signature", rows }
}

fn signer(facts: &CertificateFacts) -> Facts {
    let signer = &facts.signer;
    let rows = vec![
        text("Name", &signer.name),
        text_if("Title", signer.title.as_ref()),
        text("Email", &signer.email),
        text_if("How the signer was known", signer.verified.as_ref()),
    ];
    Facts { heading: "Who signed", rows }
}

fn consent(facts: &CertificateFacts) -> Facts {
    let consent = facts.consent.as_ref();
    let rows = vec![
        text_if("Version of the text", consent.map(|it| it.version.to_string()).as_ref()),
        code_if("SHA-256 of the text", consent.map(|it| &it.sha256)),
        text_if("Given at", consent.map(|it| &it.given_at)),
    ];
    Facts { heading: "Consent to sign electronically", rows }
}

fn seal(facts: &CertificateFacts) -> Facts {
    let seal = &facts.seal;
    let rows = vec![
        text("Certificate of", &seal.subject),
        code("Fingerprint (SHA-256)", &seal.fingerprint),
        text("Level", &seal.level),
        text_if("Timestamp", seal.timestamp.as_ref()),
    ];
    Facts { heading: "Seal", rows }
}

fn milestones(all: &Milestones) -> [Step; 5] {
    [
        step("Sent", all.sent.as_ref()),
        step("First opened", all.first_opened.as_ref()),
        step("Consent given", all.consented.as_ref()),
        step("Letter viewed", all.viewed.as_ref()),
        step("Signed", all.signed.as_ref()),
    ]
}

fn step(label: &'static str, moment: Option<&Moment>) -> Step {
    Step {
        label,
        time: known(moment.map(|it| &it.time)),
        ip: known(moment.and_then(|it| it.ip.as_ref())),
        browser: known(moment.and_then(|it| it.browser.as_ref())),
        user_agent: known(moment.and_then(|it| it.user_agent.as_ref())),
    }
}

fn event(event: &CertifiedEvent) -> Line {
    Line {
        sequence: event.sequence,
        time: cut(&event.time),
        kind: cut(&event.kind),
        actor: cut(&event.actor),
        hash: event.hash.chars().take(SHORT_HASH).collect(),
    }
}

fn text(label: &'static str, text: &str) -> Fact {
    Fact { label, text: known(Some(&text.to_owned())), is_code: false }
}

fn text_if(label: &'static str, text: Option<&String>) -> Fact {
    Fact { label, text: known(text), is_code: false }
}

fn code(label: &'static str, text: &str) -> Fact {
    Fact { is_code: true, ..self::text(label, text) }
}

fn code_if(label: &'static str, text: Option<&String>) -> Fact {
    Fact { label, text: known(text), is_code: text.is_some() }
}

fn known(text: Option<&String>) -> String {
    text.filter(|text| !text.trim().is_empty()).map_or_else(|| NOT_RECORDED.to_owned(), |text| cut(text))
}

/// A text that fits its place; what is left out is said.
fn cut(text: &str) -> String {
    let count = text.chars().count();
    if count <= LONGEST {
        return text.to_owned();
    }
    let begin: String = text.chars().take(LONGEST).collect();
    format!("{begin}… ({} characters; all of them are in events.json)", grouped(count))
}
