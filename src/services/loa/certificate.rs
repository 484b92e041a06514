//! The evidence of a signature, gathered for its certificate: what is not known is left out, never made up.

use chrono::NaiveDateTime;

use super::tools::{PaperError, Tools};
use crate::{
    domain::{
        loa::{Chain, EventKind},
        time_zone::TimeZone,
    },
    letter::{
        CertificateFacts, CertifiedChange, CertifiedConsent, CertifiedEvent, CertifiedRequester, CertifiedSeal,
        CertifiedSigner, ContentHash, LetterFacts, Milestones, Moment, Proof, Signature, Signer,
    },
    seal::{Sealed, Timestamp},
    store::{
        self, StoreError,
        loa_events::StoredEvent,
        loa_files::{LoaFile, NewLoaFile},
        loas::Loa,
    },
};

/// Events that tell how a signature did not go straight.
const CHANGES: [EventKind; 7] = [
    EventKind::CorrectionRequested,
    EventKind::ReassignProposed,
    EventKind::Reassigned,
    EventKind::Extended,
    EventKind::LinkRevoked,
    EventKind::SendFailed,
    EventKind::SealFailed,
];

/// A signature and the files around it.
pub struct Signed<'a> {
    pub loa: &'a Loa,
    pub facts: &'a LetterFacts,
    pub signature: &'a Signature,
    pub unsigned: &'a LoaFile,
    pub letter: &'a NewLoaFile,
    pub sealed: &'a Sealed,
}

/// What is told beside the letter and its events.
pub struct Told {
    requester: CertifiedRequester,
    zone: TimeZone,
    subject: String,
}

/// Loads it.
pub async fn load(tools: &Tools, loa: &Loa) -> Result<Told, PaperError> {
    let (by, request, vault_house) = (loa.requested_by, loa.port_request_id, tools.house.clone());
    let created = loa.created_at;
    let told = tools.store.read(move |conn| {
        let user = store::users::find(conn, by)?;
        let request = store::port_requests::get(conn, request)?;
        let zone = vault_house.zone(&store::locations::find(conn, request.location_id)?.time_zone);
        let requester = CertifiedRequester {
            name: user.name.clone(),
            email: user.email,
            typed_by: Some(user.name),
            typed_at: Some(time(zone, created)),
        };
        Ok::<_, StoreError>((requester, zone))
    });
    let (requester, zone) = told.await?;
    let subject = tools.house.brand.name.clone();
    Ok(Told { requester, zone, subject })
}

/// The facts of the certificate; `events` are all, also those that are stored with the signature.
pub fn facts(
    signed: &Signed<'_>,
    told: &Told,
    events: &[StoredEvent],
    chain: &Chain,
    now: NaiveDateTime,
) -> CertificateFacts {
    let Signed { loa, facts, signature, unsigned, letter, sealed } = signed;
    let zone = told.zone;
    CertificateFacts {
        loa_id: loa.loa_id.clone(),
        version: u32::try_from(loa.version).unwrap_or(1),
        request_sid: facts.request_sid.clone(),
        provider: facts.new_provider.name.clone(),
        numbers: facts.numbers.len(),
        content_hash: ContentHash::parse(&loa.content_hash).unwrap_or_else(|| ContentHash::of(&[])),
        unsigned_sha256: Some(unsigned.sha256.clone()),
        sealed_sha256: Some(letter.sha256.clone()),
        requester: told.requester.clone(),
        signer: signer(&facts.signer, signature.proof),
        consent: consent(events, zone),
        mark: signature.mark.clone(),
        milestones: milestones(events, zone),
        changes: events.iter().filter(|it| CHANGES.contains(&it.body.kind)).map(|it| change(it, zone)).collect(),
        events: events.iter().map(|it| line(it, &told.subject)).collect(),
        chain_head: chain.head(),
        seal: seal(&told.subject, letter, &sealed.timestamp),
        verification_page: facts.verification.page.clone(),
        made_at: now,
        event_log: event_log(loa, events),
    }
}

fn signer(printed: &Signer, proof: Proof) -> CertifiedSigner {
    CertifiedSigner {
        name: printed.name.clone(),
        title: printed.title.clone(),
        email: printed.email.clone(),
        verified: Some(verified(proof).to_owned()),
    }
}

fn milestones(events: &[StoredEvent], zone: TimeZone) -> Milestones {
    Milestones {
        // A letter that is signed in person is sent to nobody.
        sent: moment(events, EventKind::Sent, zone),
        first_opened: opened(events).map(|event| moment_of(event, zone)),
        consented: moment(events, EventKind::ConsentGiven, zone),
        viewed: moment(events, EventKind::DocumentViewed, zone),
        signed: moment(events, EventKind::Signed, zone),
    }
}

fn seal(subject: &str, letter: &NewLoaFile, stamped: &Timestamp) -> CertifiedSeal {
    CertifiedSeal {
        subject: subject.to_owned(),
        fingerprint: letter.sealed_by.clone(),
        level: level(stamped).to_owned(),
        timestamp: Some(match stamped {
            Timestamp::NotAsked => "None: no timestamp authority is set".to_owned(),
            other => timestamp(other),
        }),
    }
}

fn verified(proof: Proof) -> &'static str {
    match proof {
        Proof::EmailCode => "By a private link and a one-time code, both mailed to the address above",
        Proof::SignedIn => "Signed in person by the requester, who was logged in",
    }
}

fn consent(events: &[StoredEvent], zone: TimeZone) -> Option<CertifiedConsent> {
    let given = events.iter().rev().find(|it| it.body.kind == EventKind::ConsentGiven)?;
    Some(CertifiedConsent {
        version: given.body.detail.get("version")?.parse().ok()?,
        sha256: given.body.detail.get("sha256")?.clone(),
        given_at: time(zone, given.body.at),
    })
}

/// The first event of a kind.
fn moment(events: &[StoredEvent], kind: EventKind, zone: TimeZone) -> Option<Moment> {
    events.iter().find(|it| it.body.kind == kind).map(|event| moment_of(event, zone))
}

/// When the link was opened first in a browser in which the code was entered later: others had the link alone.
fn opened(events: &[StoredEvent]) -> Option<&StoredEvent> {
    let proved = |session| events.iter().any(|it| it.body.kind == EventKind::CodeOk && it.body.session == session);
    events.iter().find(|it| it.body.kind == EventKind::Opened && proved(it.body.session))
}

fn moment_of(event: &StoredEvent, zone: TimeZone) -> Moment {
    let client = event.body.client.as_ref();
    let agent = client.map(|client| client.user_agent.clone()).filter(|agent| !agent.is_empty());
    Moment {
        time: time(zone, event.body.at),
        ip: client.map(|client| client.address.clone()),
        browser: agent.as_deref().and_then(browser),
        user_agent: agent,
    }
}

/// Browser and system in words, as far as the well-known ones name themselves.
fn browser(agent: &str) -> Option<String> {
    let named =
        |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let browser = named(&[("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")])?;
    let systems = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    Some(match named(&systems) {
        Some(system) => format!("{browser} on {system}"),
        None => browser.to_owned(),
    })
}

fn change(event: &StoredEvent, zone: TimeZone) -> CertifiedChange {
    let detail: Vec<String> = event.body.detail.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let words = event.body.kind.words();
    let text = if detail.is_empty() { words.to_owned() } else { format!("{words} ({})", detail.join("; ")) };
    CertifiedChange { time: time(zone, event.body.at), text }
}

/// The list is in UTC alone, so that a line of it is one line.
fn line(event: &StoredEvent, brand: &str) -> CertifiedEvent {
    CertifiedEvent {
        sequence: u64::try_from(event.body.sequence).unwrap_or(0),
        time: event.body.at.format("%Y-%m-%d %H:%M:%S UTC").to_string(),
        kind: event.body.kind.words().to_owned(),
        actor: event.body.actor.shown(brand).to_owned(),
        hash: event.hash.clone(),
    }
}

/// How whoever has the log alone checks it.
const RECIPE: &str = "The hash of an event is the SHA-256 of the 32 bytes of the hash before it followed by the UTF-8 \
    bytes of its body; before the first event stands the content hash. The hash of the last event is the chain head.";

/// The events as they were hashed, byte for byte, with how to check them.
fn event_log(loa: &Loa, events: &[StoredEvent]) -> Vec<u8> {
    let events: Vec<serde_json::Value> =
        events.iter().map(|it| serde_json::json!({ "body": it.json, "hash": it.hash })).collect();
    let log = serde_json::json!({
        "loa_id": loa.loa_id.as_str(),
        "how_to_check": RECIPE,
        "content_hash": loa.content_hash,
        "events": events,
    });
    log.to_string().into_bytes()
}

fn time(zone: TimeZone, at: NaiveDateTime) -> String {
    format!("{} ({} UTC)", zone.moment(at), at.format("%Y-%m-%d %H:%M:%S"))
}

fn level(timestamp: &Timestamp) -> &'static str {
    match timestamp {
        Timestamp::Made { .. } => "PAdES B-T",
        Timestamp::NotAsked | Timestamp::Failed { .. } => "PAdES B-B",
    }
}

/// What became of the timestamp, in words; nothing when none was asked for.
pub fn timestamp(timestamp: &Timestamp) -> String {
    match timestamp {
        Timestamp::NotAsked => String::new(),
        Timestamp::Made { at, authority } => format!("{} UTC by {authority}", at.format("%Y-%m-%d %H:%M:%S")),
        Timestamp::Failed { why } => format!("none: {why}"),
    }
}
