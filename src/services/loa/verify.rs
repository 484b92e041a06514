//! What whoever holds a letter may learn about it: whether it still stands, and never the letter itself.

use chrono::NaiveDateTime;
use sha2::Digest as _;

use super::record::{self, Happened};
use crate::{
    domain::{
        loa::{ActorSide, CheckCode, ClientFacts, EndReason, EventActor, EventKind, LoaMode, LoaState},
        loa_id::LoaId,
    },
    services::house::House,
    store::{self, Conn, StoreError, loa_files::LoaFileKind, loas::Loa, throttle::Limit},
    vault::Token,
};

/// Looking letters up, and sending files to compare (esign.md 2.13).
pub const LOOK_UPS: Limit = Limit { scope: "loa_verify", tries: 20, within: chrono::Duration::minutes(1) };
pub const UPLOADS: Limit = Limit { scope: "loa_verify_upload", tries: 5, within: chrono::Duration::minutes(1) };

/// Whether a letter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Signed, sealed, and the letter that counts.
    Valid,
    /// Signed on paper and uploaded.
    Uploaded,
    /// Nobody has signed it yet.
    Unsigned,
    /// Signed, and the seal is being made.
    Unsealed,
    /// Signed once; a newer letter counts.
    Superseded,
    /// Signed, and the request to move the numbers was canceled.
    Canceled,
    /// Withdrawn, declined or expired unsigned.
    Void,
}

/// What the page tells.
#[derive(Debug, Clone)]
pub struct Told {
    pub loa_id: LoaId,
    pub version: i32,
    pub standing: Standing,
    pub signed_at: Option<NaiveDateTime>,
    /// Whether it was signed on paper and uploaded.
    pub on_paper: bool,
    /// The day that stands on the letter.
    pub signed_on: Option<chrono::NaiveDate>,
    /// The company that the letter names as agent.
    pub provider: String,
    pub number_count: i32,
    /// The last two digits of each number.
    pub endings: Vec<String>,
    /// The signer's initials.
    pub signer: String,
    pub content_hash: String,
    /// SHA-256 of the sealed file and the certificate that sealed it.
    pub sha256: Option<String>,
    pub sealed_by: Option<String>,
}

/// Whether this client may look up one more letter; the minutes to wait if not.
pub fn allowed(
    conn: &mut Conn,
    house: &House,
    limit: Limit,
    network: &str,
    now: NaiveDateTime,
) -> Result<Result<(), i64>, StoreError> {
    let key = house.vault.keyed_hash(limit.scope, network);
    Ok(store::throttle::note_allowed(conn, limit, &key, now)?.map(|_counted| ()))
}

/// Looks a letter up by the secret of its QR code.
pub fn by_qr(conn: &mut Conn, house: &House, secret: &str) -> Result<Option<(Loa, Told)>, StoreError> {
    match store::loas::by_qr(conn, &Token::from_client(secret).hash()) {
        Ok(loa) => told(conn, house, loa).map(Some),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Looks a letter up by its id and check code; a wrong code is answered like an id that nobody knows.
pub fn by_id(
    conn: &mut Conn,
    house: &House,
    loa_id: Option<&LoaId>,
    check_code: Option<&CheckCode>,
) -> Result<Option<(Loa, Told)>, StoreError> {
    let (Some(loa_id), Some(code)) = (loa_id, check_code) else { return Ok(None) };
    let loa = match store::loas::find(conn, loa_id) {
        Ok(loa) => loa,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let right = CheckCode::parse(&loa.facts(&house.vault)?.verification.check_code);
    if right.is_none_or(|right| !same(&right.printed(), &code.printed())) {
        return Ok(None);
    }
    told(conn, house, loa).map(Some)
}

/// Compares digests, so that the time it takes tells nothing about where two texts differ.
fn same(one: &str, other: &str) -> bool {
    sha2::Sha256::digest(one) == sha2::Sha256::digest(other)
}

/// The letter whose sealed file has this SHA-256.
pub fn by_file(conn: &mut Conn, house: &House, sha256: &str) -> Result<Option<(Loa, Told)>, StoreError> {
    let Some(file) = store::loa_files::by_hash(conn, sha256)? else { return Ok(None) };
    let signed = [LoaFileKind::Signed, LoaFileKind::Certificate].iter().any(|kind| kind.code() == file.kind);
    if !signed {
        return Ok(None);
    }
    let loa = store::loas::get(conn, file.loa)?;
    told(conn, house, loa).map(Some)
}

fn told(conn: &mut Conn, house: &House, loa: Loa) -> Result<(Loa, Told), StoreError> {
    let facts = loa.facts(&house.vault)?;
    let file = match store::loa_files::find(conn, loa.id, LoaFileKind::Signed) {
        Ok(file) => Some(file),
        Err(StoreError::NotFound) => None,
        Err(error) => return Err(error),
    };
    let ending = |number: &str| number.chars().skip(number.chars().count().saturating_sub(2)).collect();
    let told = Told {
        loa_id: loa.loa_id.clone(),
        version: loa.version,
        standing: standing(&loa),
        signed_at: loa.signed_at,
        on_paper: loa.mode == LoaMode::Paper || loa.state == LoaState::Uploaded,
        signed_on: loa.signed_on,
        provider: facts.new_provider.name.clone(),
        number_count: loa.number_count,
        endings: facts.numbers.iter().map(|it| ending(it.number.as_str())).collect(),
        signer: initials(&loa.signer_name),
        content_hash: loa.content_hash.clone(),
        sha256: file.as_ref().map(|file| file.sha256.clone()),
        sealed_by: file.map(|file| file.sealed_by),
    };
    Ok((loa, told))
}

fn standing(loa: &Loa) -> Standing {
    match loa.state {
        LoaState::Sealed => Standing::Valid,
        LoaState::Uploaded => Standing::Uploaded,
        LoaState::Pending => Standing::Unsigned,
        LoaState::Signed => Standing::Unsealed,
        LoaState::Superseded if loa.end_reason == EndReason::Canceled.code() => Standing::Canceled,
        LoaState::Superseded => Standing::Superseded,
        LoaState::Declined | LoaState::Expired | LoaState::Voided => Standing::Void,
    }
}

/// "D. R." for Dana Ruiz.
fn initials(name: &str) -> String {
    let first = |word: &str| word.chars().next().map(|letter| format!("{letter}."));
    name.split_whitespace().filter_map(first).collect::<Vec<_>>().join(" ")
}

/// Notes in the letter's chain that somebody looked it up.
pub fn note(conn: &mut Conn, loa: i64, client: &ClientFacts, now: NaiveDateTime) -> Result<(), StoreError> {
    let stranger =
        EventActor { side: ActorSide::Stranger, user: None, name: "Visitor of the verification page".to_owned() };
    record::record(conn, loa, &[Happened::by(stranger, EventKind::VerifiedPublicly).from_client(client)], now)?;
    Ok(())
}
