//! Signing: what the form sent is checked, the letter is set and sealed, and then stored on the state that was read.
//! Whoever comes second, or with a page of another letter, signs nothing.

use chrono::{Duration, NaiveDateTime};

use super::{
    record::Happened,
    sealing::{Prepared, Signed},
    seat::{Entrance, Phase, Seat},
    stored_signature,
    tools::{PaperError, Tools},
};
use crate::{
    domain::{
        findings::Findings,
        loa::{ClientFacts, EventKind, LoaState},
        loa_id::LoaId,
    },
    letter::{Mark, Names, Signature, Strokes},
    store::{self, StoreError},
};

/// A letter whose seal failed again waits so long: others are sealed meanwhile.
const PAUSE: Duration = Duration::minutes(15);
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
    Paper(PaperError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<PaperError> for SignError {
    fn from(error: PaperError) -> Self {
        match error {
            PaperError::Store(StoreError::Stale) => Self::Changed,
            PaperError::Store(error) => Self::Store(error),
            other => Self::Paper(other),
        }
    }
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
    Ok(prepare(tools, loa_id, entrance, form, client).await?.store(tools).await?)
}

/// The first half of [`sign`]: the letter is set and sealed, and nobody knows yet.
pub async fn prepare(
    tools: &Tools,
    loa_id: &LoaId,
    entrance: &Entrance,
    form: &SignForm,
    client: &ClientFacts,
) -> Result<Prepared, SignError> {
    let now = tools.clock.now();
    let (house, id, entrance) = (tools.house.clone(), loa_id.clone(), entrance.clone());
    let seat = tools.store.read(move |conn| Seat::load(conn, &house, &id, &entrance, now)).await?;
    if seat.phase(now) != Phase::Letter || form.content_hash != seat.loa.content_hash {
        return Err(SignError::Changed);
    }
    let signature = check(&seat, form, now).map_err(SignError::Form)?;
    let events = events(&seat, &signature, client);
    Ok(Prepared::new(tools, seat.loa, signature, events, now).await?)
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
    let id = loa.id;
    let done = match Prepared::new(tools, loa, signature, Vec::new(), now).await {
        Ok(prepared) => prepared.store(tools).await.map(|_done| ()),
        Err(error) => Err(error.into()),
    };
    match done {
        // Somebody else was quicker, or the letter does not count any more.
        Ok(()) | Err(PaperError::Store(StoreError::Stale)) => Ok(()),
        Err(error) => {
            tools.store.write(move |conn| store::loas::seal_after(conn, id, now + PAUSE)).await?;
            Err(error.into())
        }
    }
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
