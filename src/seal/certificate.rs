//! The certificate that goes with the key: self-signed, good for ten years, for signatures only.

use std::{fmt, time::Duration};

use chrono::NaiveDateTime;
use data_encoding::HEXLOWER;
use der::{Decode as _, Encode as _, asn1::UtcTime};
use p256::ecdsa::{DerSignature, SigningKey};
use sha2::{Digest as _, Sha256};
use x509_cert::{
    Certificate,
    attr::AttributeTypeAndValue,
    builder::{Builder as _, CertificateBuilder, Profile},
    name::{RdnSequence, RelativeDistinguishedName},
    serial_number::SerialNumber,
    spki::{EncodePublicKey as _, SubjectPublicKeyInfoOwned},
    time::{Time, Validity},
};

use super::key::SealKeyError;
use crate::vault;

/// How long a certificate that we make is good: ten years (esign.md 2.9).
const VALID: Duration = Duration::from_hours(10 * 365 * 24);
/// Most characters of a common name (X.520).
const LONGEST_NAME: usize = 64;

/// SHA-256 of a certificate: how people compare certificates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The fingerprint of a certificate.
    pub fn of(certificate: &Certificate) -> Result<Self, der::Error> {
        Ok(Self(Sha256::digest(certificate.to_der()?).into()))
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first eight hexadecimal digits, for names of files.
    pub fn short(&self) -> String {
        HEXLOWER.encode(self.0.get(..4).unwrap_or_default())
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            let colon = if index == 0 { "" } else { ":" };
            write!(f, "{colon}{byte:02X}")?;
        }
        Ok(())
    }
}

/// Makes the certificate of a new key, in the name of the installation.
pub(super) fn self_signed(key: &SigningKey, name: &str, now: NaiveDateTime) -> Result<Certificate, SealKeyError> {
    let made = |error: &dyn fmt::Display| SealKeyError::Certificate(error.to_string());
    let subject = common_name(name).map_err(|error| made(&error))?;
    // Twenty bytes at most, and positive (RFC 5280, 4.1.2.2).
    let mut serial = vault::random::<16>();
    serial[0] &= 0x7f;
    let serial = SerialNumber::new(&serial).map_err(|error| made(&error))?;
    let validity = validity(now).map_err(|error| made(&error))?;
    let public = key.verifying_key().to_public_key_der().map_err(|error| made(&error))?;
    let public = SubjectPublicKeyInfoOwned::from_der(public.as_bytes()).map_err(|error| made(&error))?;
    let profile =
        Profile::Leaf { issuer: subject.clone(), enable_key_agreement: false, enable_key_encipherment: false };
    let builder = CertificateBuilder::new(profile, serial, validity, subject, public, key);
    builder.and_then(CertificateBuilder::build::<DerSignature>).map_err(|error| made(&error))
}

fn validity(now: NaiveDateTime) -> Result<Validity, der::Error> {
    let start = Duration::from_secs(u64::try_from(now.and_utc().timestamp()).unwrap_or_default());
    let time = |at| UtcTime::from_unix_duration(at).map(Time::UtcTime);
    Ok(Validity { not_before: time(start)?, not_after: time(start + VALID)? })
}

fn common_name(name: &str) -> Result<RdnSequence, der::Error> {
    let name: String = name.chars().take(LONGEST_NAME).collect();
    let value = der::Any::new(der::Tag::Utf8String, name.into_bytes())?;
    let common = AttributeTypeAndValue { oid: der::oid::db::rfc4519::CN, value };
    Ok(RdnSequence(vec![RelativeDistinguishedName(der::asn1::SetOfVec::try_from(vec![common])?)]))
}
