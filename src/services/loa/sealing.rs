//! What follows a signature: the letter is set with it and sealed, its evidence is certified, and both are stored in one
//! transaction, on the state that was read.

use chrono::NaiveDateTime;

use super::{
    certificate, letters, paper,
    record::{self, Happened},
    stored_signature,
    tools::{PaperError, Tools},
};
use crate::{
    domain::{
        loa::{EventKind, LoaState},
        moves::Mover,
        stage::Stage,
    },
    letter::Signature,
    seal::{Sealed, Timestamp},
    services::{house::House, note::Note},
    store::{
        self, Conn, StoreError,
        loa_events::{LinkedEvent, StoredEvent},
        loa_files::{LoaFile, LoaFileKind, NewLoaFile},
        loas::{Loa, Signing},
        port_requests::Changes,
    },
};

/// How often the certificate is made anew because something else was recorded meanwhile. After that the signature is
/// kept, and the worker seals it when it is quieter.
const TRIES: usize = 10;

/// What became of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    /// Signed and sealed.
    Sealed,
    /// Signed and kept; the seal follows.
    Kept,
}

/// A signed letter that is set and sealed, and not stored yet.
pub struct Prepared {
    loa: Loa,
    signature: Signature,
    /// What the signer did.
    events: Vec<Happened>,
    /// The letter; why there is none if it could not be sealed.
    sealed: Result<SealedLetter, PaperError>,
    now: NaiveDateTime,
}

/// What became of certifying.
enum Certified {
    Stored,
    /// Others recorded something every time.
    Busy,
    Failed(PaperError),
}

struct SealedLetter {
    unsigned: LoaFile,
    letter: NewLoaFile,
    sealed: Sealed,
}

impl Prepared {
    /// Sets and seals a letter. A letter that cannot be sealed is prepared without: nothing signed is lost.
    pub(super) async fn new(
        tools: &Tools,
        loa: Loa,
        signature: Signature,
        events: Vec<Happened>,
        now: NaiveDateTime,
    ) -> Result<Self, StoreError> {
        match set_and_seal(tools, &loa, &signature, now).await {
            Err(PaperError::Store(error)) => Err(error),
            sealed => Ok(Self { loa, signature, events, sealed, now }),
        }
    }

    /// Stores the signature. `Stale` when the letter is not in the state any more in which it was signed.
    pub async fn store(self, tools: &Tools) -> Result<Signed, PaperError> {
        let problem = match &self.sealed {
            Ok(letter) => match self.certify_soon(tools, letter).await? {
                Certified::Stored => return Ok(Signed::Sealed),
                Certified::Busy => None,
                Certified::Failed(error) if self.loa.state == LoaState::Signed => return Err(error),
                Certified::Failed(error) => Some(error.to_string()),
            },
            Err(error) => Some(error.to_string()),
        };
        if self.loa.state == LoaState::Signed {
            return self.sealed.map(|_| Signed::Kept);
        }
        self.keep(tools, problem).await?;
        Ok(Signed::Kept)
    }

    /// Certifies a sealed letter, and anew when something was recorded meanwhile.
    async fn certify_soon(&self, tools: &Tools, letter: &SealedLetter) -> Result<Certified, StoreError> {
        for _ in 0..TRIES {
            match self.certify(tools, letter).await {
                Ok(()) => return Ok(Certified::Stored),
                Err(PaperError::Store(StoreError::Stale)) => self.still_waits(tools).await?,
                Err(PaperError::Store(error)) => return Err(error),
                Err(error) => return Ok(Certified::Failed(error)),
            }
        }
        Ok(Certified::Busy)
    }

    /// `Stale` unless the letter is in the state in which it was signed: then only its chain has grown.
    async fn still_waits(&self, tools: &Tools) -> Result<(), StoreError> {
        let id = self.loa.id;
        let read = tools.store.read(move |conn| store::loas::get(conn, id)).await?;
        if read.state == self.loa.state { Ok(()) } else { Err(StoreError::Stale) }
    }

    /// Certifies everything that happened until now, and stores all of it.
    async fn certify(&self, tools: &Tools, letter: &SealedLetter) -> Result<(), PaperError> {
        let id = self.loa.id;
        let read = move |conn: &mut Conn| {
            Ok::<_, StoreError>((store::loas::get(conn, id)?, store::loa_events::of_loa(conn, id)?))
        };
        let (loa, before) = tools.store.read(read).await?;
        let events = [self.events.as_slice(), &letter.events()].concat();
        let (linked, chain) = record::link(loa.chain()?, &events, self.now)?;
        let all: Vec<StoredEvent> = before.into_iter().chain(linked.iter().cloned().map(StoredEvent::from)).collect();
        let (told, facts) = (certificate::load(tools, &loa).await?, loa.facts(&tools.house.vault)?);
        let signed = certificate::Signed {
            loa: &loa,
            facts: &facts,
            signature: &self.signature,
            unsigned: &letter.unsigned,
            letter: &letter.letter,
            sealed: &letter.sealed,
        };
        let facts = certificate::facts(&signed, &told, &all, &chain, self.now);
        let pdf = tools.compute(move |press| press.certificate(&facts)).await?;
        // The letter has the timestamp: asking for another one would leave time for the chain to grow.
        let sealed = tools.seal_only(&pdf, "Certificate of a signature", self.now)?;
        let certificate = kept(tools, &loa, LoaFileKind::Certificate, &sealed).await?;
        let ready = Ready {
            writing: self.writing(LoaState::Sealed)?,
            was: self.loa.state,
            events: linked,
            files: [letter.letter.clone(), certificate],
            loa,
        };
        let (house, now) = (tools.house.clone(), self.now);
        Ok(tools.store.write(move |conn| ready.store(conn, &house, now)).await?)
    }

    /// Keeps a signature whose seal follows.
    async fn keep(self, tools: &Tools, problem: Option<String>) -> Result<(), StoreError> {
        let (house, writing) = (tools.house.clone(), self.writing(LoaState::Signed)?);
        let Self { loa, mut events, now, .. } = self;
        if let Some(why) = &problem {
            tracing::error!(loa = loa.id, why, "a signed letter could not be sealed; it is tried again");
            events.push(Happened::by_itself(EventKind::SealFailed).with("why", why.as_str()));
        }
        let keep = move |conn: &mut Conn| {
            store::turns::of_request(conn, loa.port_request_id)?;
            writing.write(conn, &house, &loa)?;
            let loa = record::record(conn, loa.id, &events, now)?;
            let request = store::port_requests::get(conn, loa.port_request_id)?;
            Note::open("signed", "").write_by_signer(conn, &request, &loa.signer_name, now)?;
            match &problem {
                Some(problem) => letters::put_seal_problem(conn, &house, &loa, problem, now),
                None => Ok(()),
            }
        };
        tools.store.write(keep).await
    }

    fn writing(&self, to: LoaState) -> Result<Writing, StoreError> {
        Ok(Writing {
            to,
            at: self.signature.signed_at,
            on: self.signature.zone.date(self.signature.signed_at),
            signature: stored_signature::write(&self.signature)?,
        })
    }
}

/// The columns of a signature.
struct Writing {
    to: LoaState,
    at: NaiveDateTime,
    on: chrono::NaiveDate,
    signature: Vec<u8>,
}

impl Writing {
    fn write(&self, conn: &mut Conn, house: &House, loa: &Loa) -> Result<(), StoreError> {
        let signing = Signing { to: self.to, at: self.at, on: self.on, signature: Some(&self.signature) };
        store::loas::note_signed(conn, &house.vault, loa, signing)
    }
}

/// A sealed letter with its certificate.
struct Ready {
    loa: Loa,
    /// The state in which it was signed.
    was: LoaState,
    writing: Writing,
    events: Vec<LinkedEvent>,
    files: [NewLoaFile; 2],
}

impl Ready {
    fn store(&self, conn: &mut Conn, house: &House, now: NaiveDateTime) -> Result<(), StoreError> {
        store::turns::of_request(conn, self.loa.port_request_id)?;
        if self.loa.state != self.was {
            return Err(StoreError::Stale);
        }
        store::loa_events::append(conn, &self.loa, &self.events)?;
        self.writing.write(conn, house, &self.loa)?;
        record::note_whose_move(conn, self.loa.port_request_id)?;
        for file in &self.files {
            store::loa_files::add(conn, &self.loa, file, now)?;
        }
        let loa = store::loas::get(conn, self.loa.id)?;
        let request = store::port_requests::get(conn, loa.port_request_id)?;
        if self.was == LoaState::Pending {
            Note::open("signed", "").write_by_signer(conn, &request, &loa.signer_name, now)?;
        }
        if request.stage == Stage::AwaitingSignature {
            let moved = request.stage.move_to(Stage::InReview, Mover::Signer);
            let to = moved.map_err(|error| StoreError::Corrupt(error.to_string()))?;
            store::port_requests::set_stage(conn, &request, to, &Changes::default(), now)?;
            Note::open("letter_sealed", "").moving_to(to).write_by_itself(conn, &request, now)?;
        }
        letters::put_signed(conn, house, &loa, &self.files, now)
    }
}

impl SealedLetter {
    /// What was done to the letter.
    fn events(&self) -> Vec<Happened> {
        let sealed = Happened::by_itself(EventKind::Sealed)
            .with("sha256", self.letter.sha256.clone())
            .with("unsigned_sha256", self.unsigned.sha256.clone())
            .with("seal_certificate", self.letter.sealed_by.clone());
        let stamped = match &self.sealed.timestamp {
            Timestamp::NotAsked => None,
            Timestamp::Made { .. } => {
                Some(Happened::by_itself(EventKind::TimestampOk).with("time", self.letter.timestamped.clone()))
            }
            Timestamp::Failed { why } => Some(Happened::by_itself(EventKind::TimestampFailed).with("why", why.clone())),
        };
        [Some(sealed), stamped].into_iter().flatten().collect()
    }
}

/// Sets the letter with its signature, and seals it.
async fn set_and_seal(
    tools: &Tools,
    loa: &Loa,
    signature: &Signature,
    now: NaiveDateTime,
) -> Result<SealedLetter, PaperError> {
    tools.sealer.current(now).map_err(crate::seal::SealError::from)?;
    let unsigned = paper::unsigned(tools, loa).await?;
    let (facts, mark) = (loa.facts(&tools.house.vault)?, signature.clone());
    let pdf = tools.compute(move |press| press.letter(&facts, Some(&mark))).await?;
    let sealed = tools.seal(&pdf, "Letter of authorization as signed", now).await?;
    let letter = kept(tools, loa, LoaFileKind::Signed, &sealed).await?;
    Ok(SealedLetter { unsigned, letter, sealed })
}

async fn kept(tools: &Tools, loa: &Loa, kind: LoaFileKind, sealed: &Sealed) -> Result<NewLoaFile, PaperError> {
    let mut file = tools.keep(loa.account_id, kind, sealed.bytes.clone()).await?;
    file.sealed_by = sealed.fingerprint.to_string();
    file.timestamped = certificate::timestamp(&sealed.timestamp);
    Ok(file)
}
