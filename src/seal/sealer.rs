//! What a running process seals with: the key if it can be used, every certificate that ever sealed, and the timestamp
//! authorities. It never stops a process from starting; it says that it is not ready instead.

use std::{path::PathBuf, sync::OnceLock, time::Duration};

use chrono::NaiveDateTime;
use der::{Any, EncodePem as _, pem::LineEnding};
use lopdf::{Document, Object, dictionary};
use sha2::{Digest as _, Sha256};
use url::Url;
use x509_cert::Certificate;

use super::{
    authority::{Authorities, Timestamp},
    certificate::Fingerprint,
    cms::Signature,
    folder::KeyFiles,
    key::{SealKey, SealKeyError},
    pdf::{Prepared, ROOM, ROOM_WITH_TIMESTAMP, SealError, SealFacts},
    report::SealReport,
    verify,
};

/// How long one timestamp authority may take.
pub const TIMESTAMP_LIMIT: Duration = Duration::from_secs(5);

/// What an installation sets about its seal.
#[derive(Debug, Clone)]
pub struct SealSettings {
    pub key_file: PathBuf,
    /// Whether a missing key is an error rather than made.
    pub must_exist: bool,
    /// Who seals: the installation's name.
    pub name: String,
    /// Asked one after the other.
    pub timestamp_urls: Vec<Url>,
    /// How long each may take.
    pub timestamp_limit: Duration,
}

/// Nothing can be sealed now. What people read; `reason` is for the log and for admins.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Signing is not possible right now. Nothing that was entered is lost: try again later.")]
pub struct NotReady {
    pub reason: String,
}

/// A file that was sealed.
#[derive(Debug, Clone)]
pub struct Sealed {
    pub bytes: Vec<u8>,
    pub sha256: [u8; 32],
    /// Of the certificate that sealed.
    pub fingerprint: Fingerprint,
    /// What became of the timestamp; one that could not be made stops nothing.
    pub timestamp: Timestamp,
}

/// The seal of a running process.
pub struct Sealer {
    file: String,
    key: Result<SealKey, NotReady>,
    certificates: Vec<Certificate>,
    authorities: Authorities,
    tested: OnceLock<Result<(), NotReady>>,
}

impl Sealer {
    /// Reads key and certificates, making a key when there is none. What is wrong is written to the log, and
    /// [`Sealer::current`] says it again.
    pub fn open(settings: SealSettings, now: NaiveDateTime) -> Self {
        let files = KeyFiles::beside(&settings.key_file);
        let key = open_key(&files, &settings, now);
        let key = key.map_err(|error| told("the seal key cannot be used, so nothing can be sealed", error.to_string()));
        Self::with_key(settings, &files, key)
    }

    #[cfg(test)]
    pub(super) fn for_test(settings: SealSettings, key: SealKey) -> Self {
        let files = KeyFiles::beside(&settings.key_file);
        Self::with_key(settings, &files, Ok(key))
    }

    fn with_key(settings: SealSettings, files: &KeyFiles, key: Result<SealKey, NotReady>) -> Self {
        let (mut certificates, wrong) = files.certificates();
        for error in wrong {
            tracing::error!(%error, "a certificate is left out, so what it sealed is not known as ours");
        }
        if let Ok(key) = &key {
            if let Err(error) = files.keep(key.certificate()) {
                tracing::warn!(%error, "the certificate of the seal key is not kept beside it; keep it yourself before changing the key");
            }
            certificates.retain(|certificate| certificate != key.certificate());
            certificates.insert(0, key.certificate().clone());
        }
        let authorities = Authorities::new(settings.timestamp_urls, settings.timestamp_limit);
        Self { file: settings.key_file.display().to_string(), key, certificates, authorities, tested: OnceLock::new() }
    }

    /// The key that seals now.
    ///
    /// # Errors
    /// There is none, its certificate has ended, or the self-test has not passed.
    pub fn current(&self, now: NaiveDateTime) -> Result<&SealKey, NotReady> {
        let key = self.key_at(now)?;
        match self.tested.get() {
            Some(Ok(())) => Ok(key),
            Some(Err(error)) => Err(error.clone()),
            None => Err(NotReady { reason: "the self-test of the seal has not run yet".to_owned() }),
        }
    }

    fn key_at(&self, now: NaiveDateTime) -> Result<&SealKey, NotReady> {
        let key = self.key.as_ref().map_err(Clone::clone)?;
        if key.ends() <= now {
            let reason = SealKeyError::Ended(self.file.clone(), key.ends().date()).to_string();
            return Err(NotReady { reason });
        }
        Ok(key)
    }

    /// Seals a small file and checks it, once; only then is the seal ready.
    pub fn self_test(&self, now: NaiveDateTime) -> Result<(), NotReady> {
        let tested = self.tested.get_or_init(|| {
            let passed = self.key_at(now).and_then(|key| {
                let sealed = try_out(key, &self.certificates, now);
                sealed.map_err(|error| NotReady {
                    reason: format!("the seal key {} failed its test: {error}", self.file),
                })
            });
            // A key that could not be read was told when it was opened.
            passed.map_err(|error| if self.key.is_err() { error } else { told("the seal is not ready", error.reason) })
        });
        tested.clone()
    }

    /// Seals a PDF, with a timestamp if authorities are set and one of them gives it.
    pub async fn seal(&self, pdf: &[u8], facts: &SealFacts<'_>) -> Result<Sealed, SealError> {
        let room = if self.authorities.is_empty() { ROOM } else { ROOM_WITH_TIMESTAMP };
        let begun = Begun::new(self.current(facts.at)?, pdf, facts, room)?;
        let (token, timestamp) = self.stamp(begun.signature.value()).await;
        begun.finish(token, timestamp)
    }

    /// Seals a PDF that needs no timestamp.
    pub fn seal_only(&self, pdf: &[u8], facts: &SealFacts<'_>) -> Result<Sealed, SealError> {
        Begun::new(self.current(facts.at)?, pdf, facts, ROOM)?.finish(None, Timestamp::NotAsked)
    }

    async fn stamp(&self, signature: &[u8]) -> (Option<Any>, Timestamp) {
        if self.authorities.is_empty() {
            return (None, Timestamp::NotAsked);
        }
        match self.authorities.stamp(signature).await {
            Ok((token, read)) => (Some(token), Timestamp::Made { at: read.at, authority: read.authority }),
            Err(why) => {
                tracing::warn!(why, "a file is sealed without a timestamp");
                (None, Timestamp::Failed { why })
            }
        }
    }

    /// Checks a file: only what this installation sealed, now or earlier, is good.
    pub fn verify(&self, file: &[u8]) -> SealReport {
        SealReport::of(file, &self.certificates)
    }

    /// Every certificate that ever sealed; the current one first.
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// Their SHA-256 fingerprints, in the same order.
    pub fn fingerprints(&self) -> Vec<Fingerprint> {
        self.certificates.iter().filter_map(|certificate| Fingerprint::of(certificate).ok()).collect()
    }

    /// The same as PEM, for those who check without us.
    pub fn certificates_pem(&self) -> String {
        self.certificates.iter().filter_map(|certificate| certificate.to_pem(LineEnding::LF).ok()).collect()
    }
}

/// A PDF whose bytes are signed and that has room for the message that says so.
struct Begun<'a> {
    key: &'a SealKey,
    prepared: Prepared,
    signature: Signature<'a>,
    room: usize,
}

impl<'a> Begun<'a> {
    fn new(key: &'a SealKey, pdf: &[u8], facts: &SealFacts<'_>, room: usize) -> Result<Self, SealError> {
        let prepared = Prepared::new(pdf, facts, room)?;
        let signature = Signature::new(key, prepared.digest())?;
        Ok(Self { key, prepared, signature, room })
    }

    fn finish(self, token: Option<Any>, mut timestamp: Timestamp) -> Result<Sealed, SealError> {
        let mut message = self.signature.message(token)?;
        if self.room < message.len() {
            timestamp = Timestamp::Failed { why: "the timestamp is too long".to_owned() };
            message = self.signature.message(None)?;
        }
        let bytes = self.prepared.fill(&message)?;
        // Nothing leaves that would not be known again.
        verify::verify(&bytes, std::slice::from_ref(self.key.certificate())).map_err(SealError::Unsound)?;
        let sha256 = Sha256::digest(&bytes).into();
        Ok(Sealed { bytes, sha256, fingerprint: self.key.fingerprint(), timestamp })
    }
}

fn open_key(files: &KeyFiles, settings: &SealSettings, now: NaiveDateTime) -> Result<SealKey, SealKeyError> {
    if settings.must_exist {
        return files.read()?.ok_or_else(|| SealKeyError::Missing(settings.key_file.display().to_string()));
    }
    if let Some(key) = files.read()? {
        return Ok(key);
    }
    tracing::info!(file = %settings.key_file.display(), "there is no seal key, so a new one is made");
    files.read_or_make(&settings.name, now)
}

fn told(what: &str, reason: String) -> NotReady {
    tracing::error!(reason, "{what}");
    NotReady { reason }
}

fn try_out(key: &SealKey, certificates: &[Certificate], now: NaiveDateTime) -> Result<(), SealError> {
    let facts = SealFacts { name: "Self-test", reason: "Self-test", at: now };
    let sealed = key.seal(&empty_page()?, &facts)?;
    verify::verify(&sealed, certificates).map(|_fingerprint| ()).map_err(SealError::Unsound)
}

/// The smallest PDF that can be sealed.
fn empty_page() -> Result<Vec<u8>, SealError> {
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
    });
    let tree = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, Object::Dictionary(tree));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes)?;
    Ok(bytes)
}
