//! Signing: the letter is set with its signature, sealed and certified first, and then stored in one transaction, on the
//! state and the chain that were read. Whoever comes second, or with a page of another letter, signs nothing.

use chrono::NaiveDateTime;

use super::{
    certificate, letters, paper,
    record::{self, Happened},
    seat::{Entrance, Phase, Seat},
    stored_signature,
    tools::{PaperError, Tools},
};
use crate::{
    domain::{
        findings::Findings,
        loa::{ClientFacts, EventKind, LoaState},
        loa_id::LoaId,
        moves::Mover,
        stage::Stage,
    },
    letter::{Mark, Names, Signature, Strokes},
    seal::{Sealed, Timestamp},
    services::note::Note,
    store::{
        self, Conn, StoreError,
        loa_events::{LinkedEvent, StoredEvent},
        loa_files::{LoaFileKind, NewLoaFile},
        loas::{Loa, Signing},
        port_requests::Changes,
    },
};

/// How often signing begins anew because something else was recorded meanwhile.
const TRIES: usize = 3;
/// Sentences at the statements, in their order.
const TICK: [&str; 3] = [
    "Tick the box to confirm you can authorize this move",
    "Tick the box to confirm that the numbers are yours to move",
    "Tick the box to name the company that acts for you",
];

/// What the signer's form sent.
#[derive(Debug, Clone, Default)]
pub struct SignForm {
    /// Of the letter that the page showed.
    pub content_hash: String,
    pub ticks: [bool; 3],
    /// Whether the signature was drawn.
    pub draws: bool,
    pub typed_name: String,
    pub strokes: String,
}

#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// What is wrong in the form.
    #[error("the form is not complete")]
    Form(Findings),
    /// The letter is not the one that was shown, or does not wait any more.
    #[error("the letter changed")]
    Changed,
    #[error(transparent)]
    Paper(#[from] PaperError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What became of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    /// Signed and sealed.
    Sealed,
    /// Signed and kept; the seal follows.
    Kept,
}

/// The statements as the signer reads them beside their boxes.
pub fn statements(seat: &Seat) -> Vec<String> {
    let facts = &seat.facts;
    let names = Names { provider: &facts.new_provider.name, carrier: &facts.current_service.carrier };
    facts.statements.texts().to_tick(names)
}

/// Checks what the form sent.
fn check(seat: &Seat, form: &SignForm, at: NaiveDateTime) -> Result<Signature, Findings> {
    let mut findings = Findings::default();
    for (index, (ticked, sentence)) in form.ticks.iter().zip(TICK).enumerate() {
        if !ticked {
            findings.error(format!("statement_{}", index + 1), sentence);
        }
    }
    let mark = if form.draws {
        findings.take("strokes", Strokes::parse(&form.strokes)).map(Mark::Drawn)
    } else {
        findings.take("typed_name", Mark::typed(&form.typed_name, &seat.facts.signer))
    };
    match mark {
        Some(mark) if findings.is_empty() => {
            Ok(Signature { mark, signed_at: at, zone: seat.zone, proof: seat.proof(), confirmed: statements(seat) })
        }
        _ => Err(findings),
    }
}

/// Signs a letter for whoever sits before it.
pub async fn sign(
    tools: &Tools,
    loa_id: &LoaId,
    entrance: &Entrance,
    form: &SignForm,
    client: &ClientFacts,
) -> Result<Signed, SignError> {
    for _ in 0..TRIES {
        let now = tools.clock.now();
        let (house, id, entrance) = (tools.house.clone(), loa_id.clone(), entrance.clone());
        let seat = tools.store.read(move |conn| Seat::load(conn, &house, &id, &entrance, now)).await?;
        if seat.phase(now) != Phase::Letter || form.content_hash != seat.loa.content_hash {
            return Err(SignError::Changed);
        }
        let signature = check(&seat, form, now).map_err(SignError::Form)?;
        let events = events(&seat, &signature, client);
        match finish(tools, seat.loa, signature, events, now).await {
            Err(SignError::Store(StoreError::Stale)) => {}
            other => return other,
        }
    }
    Err(SignError::Changed)
}

/// Seals a letter whose seal failed when it was signed. Letters that are sealed already are left alone.
pub async fn seal_later(tools: &Tools, loa: i64) -> Result<(), SignError> {
    let now = tools.clock.now();
    let loa = tools.store.read(move |conn| store::loas::get(conn, loa)).await?;
    let Some(stored) = loa.signature(&tools.house.vault)?.filter(|_| loa.state == LoaState::Signed) else {
        return Ok(());
    };
    let signature = stored_signature::read(&stored)?;
    // A seal that cannot be made now is tried again: nothing is recorded for each try.
    if tools.sealer.current(now).is_err() {
        return Ok(());
    }
    finish(tools, loa, signature, Vec::new(), now).await.map(|_done| ())
}

fn events(seat: &Seat, signature: &Signature, client: &ClientFacts) -> Vec<Happened> {
    let confirmed = signature.confirmed.iter();
    let mut events: Vec<Happened> = confirmed
        .map(|text| seat.happened(EventKind::StatementAccepted, client).with("statement", text.clone()))
        .collect();
    let method = match &signature.mark {
        Mark::Drawn(_) => "drawn",
        Mark::Typed => "typed",
    };
    events.push(seat.happened(EventKind::SignatureAdopted, client).with("method", method));
    let signed = seat
        .happened(EventKind::Signed, client)
        .with("content_hash", seat.loa.content_hash.clone())
        .with("printed_name", seat.facts.signer.name.clone());
    events.push(signed);
    events
}

/// What is stored at the end of signing.
struct Finished {
    loa: Loa,
    signature: Vec<u8>,
    signed_at: NaiveDateTime,
    signed_on: chrono::NaiveDate,
    to: LoaState,
    events: Vec<LinkedEvent>,
    files: Vec<NewLoaFile>,
    problem: Option<String>,
}

async fn finish(
    tools: &Tools,
    loa: Loa,
    signature: Signature,
    mut events: Vec<Happened>,
    now: NaiveDateTime,
) -> Result<Signed, SignError> {
    let was_signed = loa.state == LoaState::Signed;
    let (files, problem) = match set_and_seal(tools, &loa, &signature, &mut events, now).await {
        Ok(files) => (files, None),
        // Nothing signed is lost: the signature is kept, and the seal is tried again.
        Err(error @ PaperError::Store(_)) => return Err(error.into()),
        Err(error) if was_signed => return Err(error.into()),
        Err(error) => {
            tracing::error!(loa = loa.id, %error, "a signed letter could not be sealed; it is tried again");
            events.push(Happened::by_itself(EventKind::SealFailed).with("why", error.to_string()));
            (Vec::new(), Some(error.to_string()))
        }
    };
    let (linked, _) = record::link(loa.chain()?, &events, now)?;
    let to = if problem.is_none() { LoaState::Sealed } else { LoaState::Signed };
    let finished = Finished {
        signature: stored_signature::write(&signature)?,
        signed_at: signature.signed_at,
        signed_on: signature.zone.date(signature.signed_at),
        events: linked,
        loa,
        to,
        files,
        problem,
    };
    let house = tools.house.clone();
    tools.store.write(move |conn| store_signed(conn, &house, &finished, now)).await?;
    Ok(if to == LoaState::Sealed { Signed::Sealed } else { Signed::Kept })
}

/// Sets the letter with its signature, seals it, and certifies all that led to it.
async fn set_and_seal(
    tools: &Tools,
    loa: &Loa,
    signature: &Signature,
    events: &mut Vec<Happened>,
    now: NaiveDateTime,
) -> Result<Vec<NewLoaFile>, PaperError> {
    tools.sealer.current(now).map_err(crate::seal::SealError::from)?;
    let unsigned = paper::unsigned(tools, loa).await?;
    let facts = loa.facts(&tools.house.vault)?;
    let (printed, mark) = (facts.clone(), signature.clone());
    let pdf = tools.compute(move |press| press.letter(&printed, Some(&mark))).await?;
    let sealed = tools.seal(&pdf, "Letter of authorization as signed", now).await?;
    let letter = kept(tools, loa, LoaFileKind::Signed, &sealed).await?;
    events.push(
        Happened::by_itself(EventKind::Sealed)
            .with("sha256", letter.sha256.clone())
            .with("unsigned_sha256", unsigned.sha256.clone())
            .with("seal_certificate", letter.sealed_by.clone()),
    );
    match &sealed.timestamp {
        Timestamp::NotAsked => {}
        Timestamp::Made { .. } => {
            events.push(Happened::by_itself(EventKind::TimestampOk).with("time", letter.timestamped.clone()));
        }
        Timestamp::Failed { why } => {
            events.push(Happened::by_itself(EventKind::TimestampFailed).with("why", why.clone()));
        }
    }
    let id = loa.id;
    let before = tools.store.read(move |conn| store::loa_events::of_loa(conn, id)).await?;
    let (linked, chain) = record::link(loa.chain()?, events, now)?;
    let all: Vec<StoredEvent> = before.into_iter().chain(linked.into_iter().map(StoredEvent::from)).collect();
    let told = certificate::load(tools, loa).await?;
    let facts = certificate::facts(
        &certificate::Signed { loa, facts: &facts, signature, unsigned: &unsigned, letter: &letter, sealed: &sealed },
        &told,
        &all,
        &chain,
        now,
    );
    let pdf = tools.compute(move |press| press.certificate(&facts)).await?;
    let certificate = tools.seal(&pdf, "Certificate of a signature", now).await?;
    let certificate = kept(tools, loa, LoaFileKind::Certificate, &certificate).await?;
    Ok(vec![letter, certificate])
}

async fn kept(tools: &Tools, loa: &Loa, kind: LoaFileKind, sealed: &Sealed) -> Result<NewLoaFile, PaperError> {
    let mut file = tools.keep(loa.account_id, kind, sealed.bytes.clone()).await?;
    file.sealed_by = sealed.fingerprint.to_string();
    file.timestamped = certificate::timestamp(&sealed.timestamp);
    Ok(file)
}

fn store_signed(
    conn: &mut Conn,
    house: &crate::services::house::House,
    finished: &Finished,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let loa = &finished.loa;
    store::turns::take(conn, &format!("loa:{}", loa.id))?;
    store::loa_events::append(conn, loa, &finished.events)?;
    let signing = Signing {
        to: finished.to,
        at: finished.signed_at,
        on: finished.signed_on,
        signature: Some(&finished.signature),
    };
    store::loas::note_signed(conn, &house.vault, loa, signing)?;
    for file in &finished.files {
        store::loa_files::add(conn, loa, file, now)?;
    }
    let loa = store::loas::get(conn, loa.id)?;
    let request = store::port_requests::get(conn, loa.port_request_id)?;
    if finished.loa.state == LoaState::Pending {
        Note::open("signed", "").write_by_signer(conn, &request, &loa.signer_name, now)?;
    }
    if let Some(problem) = &finished.problem {
        return letters::put_seal_problem(conn, house, &loa, problem, now);
    }
    if request.stage == Stage::AwaitingSignature {
        let moved = request.stage.move_to(Stage::InReview, Mover::Signer);
        let to = moved.map_err(|error| StoreError::Corrupt(error.to_string()))?;
        store::port_requests::set_stage(conn, &request, to, &Changes::default(), now)?;
        Note::open("letter_sealed", "").moving_to(to).write_by_itself(conn, &request, now)?;
    }
    letters::put_signed(conn, house, &loa, &finished.files, now)
}
