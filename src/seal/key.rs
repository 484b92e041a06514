//! The key that seals: made at first start, or brought as PEM.

use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use der::{DecodePem as _, EncodePem as _, pem::LineEnding};
use p256::{
    ecdsa::{SigningKey, VerifyingKey},
    pkcs8::{DecodePrivateKey as _, DecodePublicKey as _, EncodePrivateKey as _},
};
use x509_cert::Certificate;

use super::certificate::{self, Fingerprint};
use crate::vault;

/// What stands between two blocks of a PEM file.
const END: &str = "-----END ";

#[derive(Debug, thiserror::Error)]
pub enum SealKeyError {
    #[error("the seal key {0} cannot be read or made: {1}")]
    File(String, #[source] std::io::Error),
    #[error("the seal key {0} holds no private key in PEM (PKCS#8, \"BEGIN PRIVATE KEY\")")]
    NoKey(String),
    #[error(
        "the seal key {0} is not a P-256 key: make one with `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256`"
    )]
    NotP256(String),
    #[error("the seal key {0} holds no certificate in PEM for its key")]
    NoCertificate(String),
    #[error("the certificate in the seal key {0} belongs to another key")]
    OtherKey(String),
    #[error(
        "the seal key {0} is not there. With PostgreSQL it is not made by itself, because each machine would make its own: make it once with `portdesk rotate-seal-key` and copy it to every machine"
    )]
    Missing(String),
    #[error("the certificate of the seal key {0} ended on {1}: make a new key with `portdesk rotate-seal-key`")]
    Ended(String, NaiveDate),
    #[error("the certificate {0} cannot be read or kept: {1}")]
    CertificateFile(String, #[source] std::io::Error),
    #[error("{0} holds no certificate in PEM (\"BEGIN CERTIFICATE\")")]
    NotCertificate(String),
    #[error("no certificate could be made: {0}")]
    Certificate(String),
}

/// A P-256 key and its certificate.
#[derive(Clone)]
pub struct SealKey {
    pub(super) signing: SigningKey,
    certificate: Certificate,
    fingerprint: Fingerprint,
}

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealKey({})", self.fingerprint)
    }
}

impl SealKey {
    /// A new key and its certificate.
    pub fn make(name: &str, now: NaiveDateTime) -> Result<Self, SealKeyError> {
        let signing = loop {
            // All but one in 2^32 random texts are a key.
            if let Ok(key) = SigningKey::from_slice(&vault::random::<32>()) {
                break key;
            }
        };
        let certificate = certificate::self_signed(&signing, name, now)?;
        Self::new("", signing, certificate)
    }

    /// Reads a private key and its certificate. `file` is what errors call the text.
    pub fn from_pem(file: &str, text: &str) -> Result<Self, SealKeyError> {
        let file = || file.to_owned();
        let key = block(text, "PRIVATE KEY").ok_or_else(|| SealKeyError::NoKey(file()))?;
        let Ok(signing) = SigningKey::from_pkcs8_pem(&key) else { return Err(SealKeyError::NotP256(file())) };
        let certificate = block(text, "CERTIFICATE").ok_or_else(|| SealKeyError::NoCertificate(file()))?;
        let Ok(certificate) = Certificate::from_pem(certificate) else {
            return Err(SealKeyError::NoCertificate(file()));
        };
        Self::new(&file(), signing, certificate)
    }

    fn new(file: &str, signing: SigningKey, certificate: Certificate) -> Result<Self, SealKeyError> {
        let certified = public_key(&certificate);
        if certified.as_ref() != Some(signing.verifying_key()) {
            return Err(SealKeyError::OtherKey(file.to_owned()));
        }
        let told = |error: der::Error| SealKeyError::Certificate(error.to_string());
        let fingerprint = Fingerprint::of(&certificate).map_err(told)?;
        Ok(Self { signing, certificate, fingerprint })
    }

    pub(super) fn to_pem(&self) -> Result<String, SealKeyError> {
        let key = self.signing.to_pkcs8_pem(LineEnding::LF);
        let key = key.map_err(|error| SealKeyError::Certificate(error.to_string()))?;
        Ok(format!("{}{}", key.as_str(), self.certificate_pem()?))
    }

    /// When the certificate ends, in UTC; nothing may be sealed with it from then on.
    pub fn ends(&self) -> NaiveDateTime {
        let end = self.certificate.tbs_certificate.validity.not_after.to_unix_duration();
        let end = i64::try_from(end.as_secs()).ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        end.map_or(NaiveDateTime::MAX, |end| end.naive_utc())
    }

    /// The certificate, for those who check what this key sealed.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The certificate as PEM, for those who check without us.
    pub fn certificate_pem(&self) -> Result<String, SealKeyError> {
        self.certificate.to_pem(LineEnding::LF).map_err(|error| SealKeyError::Certificate(error.to_string()))
    }

    /// The certificate's SHA-256.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }
}

/// The P-256 key that a certificate is about.
pub(super) fn public_key(certificate: &Certificate) -> Option<VerifyingKey> {
    use der::Encode as _;
    let info = certificate.tbs_certificate.subject_public_key_info.to_der().ok()?;
    VerifyingKey::from_public_key_der(&info).ok()
}

/// Every certificate in a PEM text, or nothing when there is none or one cannot be read.
pub(super) fn certificates_of(text: &str) -> Option<Vec<Certificate>> {
    let starts = text.match_indices("-----BEGIN CERTIFICATE-----").filter_map(|(at, _)| text.get(at..));
    let found: Vec<Certificate> =
        starts.map(|rest| Certificate::from_pem(block(rest, "CERTIFICATE")?).ok()).collect::<Option<_>>()?;
    (!found.is_empty()).then_some(found)
}

/// The first block of a PEM text that has this label.
fn block(text: &str, label: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("-----BEGIN {label}-----"))?;
    let (body, _) = rest.split_once(&format!("{END}{label}-----"))?;
    Some(format!("-----BEGIN {label}-----{body}{END}{label}-----\n"))
}
