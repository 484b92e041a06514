//! What a check of a seal found, line by line, in words that a page and a command print alike.

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use x509_cert::Certificate;

use super::{
    authority::Timestamp,
    certificate::Fingerprint,
    cms::Opened,
    key,
    verify::{Fault, Parts},
};

/// What is known of a seal that is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Of the certificate that sealed.
    pub fingerprint: Fingerprint,
    /// [`Timestamp::Made`], or [`Timestamp::NotAsked`] when the seal carries none.
    pub timestamp: Timestamp,
}

/// What a check of a seal found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealReport {
    /// One for each thing that was checked, until one was not good: whether it is good, and what it is.
    pub lines: Vec<(bool, String)>,
    pub sha256: [u8; 32],
    /// What sealed the file, or the first thing that is wrong with it.
    pub outcome: Result<Seen, Fault>,
}

impl SealReport {
    /// Checks a file; only a seal by one of these certificates counts.
    pub fn of(file: &[u8], trusted: &[Certificate]) -> Self {
        let mut lines = Vec::new();
        let outcome = check(file, trusted, &mut lines);
        if let Err(fault) = &outcome {
            lines.push((false, fault.to_string()));
        }
        let sha256: [u8; 32] = Sha256::digest(file).into();
        lines.push((true, format!("SHA-256 of the file: {}", HEXLOWER.encode(&sha256))));
        Self { lines, sha256, outcome }
    }

    /// Whether the file is, byte for byte, what was sealed here.
    pub fn is_good(&self) -> bool {
        self.outcome.is_ok()
    }
}

fn check(file: &[u8], trusted: &[Certificate], lines: &mut Vec<(bool, String)>) -> Result<Seen, Fault> {
    let mut good = |line: &str| lines.push((true, line.to_owned()));
    let parts = Parts::of(file)?;
    good("The seal covers the whole file");
    good("There is one signature and no other");
    let opened = parts.open()?;
    if !opened.is_about(parts.signed) {
        return Err(Fault::Changed);
    }
    good("Nothing was changed since it was sealed");
    let fingerprint = sealed_by(&opened, trusted)?;
    let subject = &opened.certificate.tbs_certificate.subject;
    good(&format!("The certificate is ours: {subject}, SHA-256 fingerprint {fingerprint}"));
    let timestamp = match opened.timestamp()? {
        Some(token) => Timestamp::Made { at: token.at, authority: token.authority },
        None => Timestamp::NotAsked,
    };
    good(&match &timestamp {
        Timestamp::Made { at, authority } => {
            format!("Timestamp: {} UTC, by {authority}", at.format("%Y-%m-%d %H:%M:%S"))
        }
        _ => "Timestamp: none".to_owned(),
    });
    Ok(Seen { fingerprint, timestamp })
}

/// The certificate has to be one of these, and its key has to have made the signature.
fn sealed_by(opened: &Opened, trusted: &[Certificate]) -> Result<Fingerprint, Fault> {
    let certificate = trusted.iter().find(|it| **it == opened.certificate).ok_or(Fault::OtherCertificate)?;
    let public = key::public_key(certificate).ok_or(Fault::OtherCertificate)?;
    if !opened.is_by(&public) {
        return Err(Fault::Forged);
    }
    Fingerprint::of(certificate).map_err(|_unwritable| Fault::Unreadable)
}
