//! Where the key lies, and the certificates of every key that ever sealed: in a folder beside it.

use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use chrono::NaiveDateTime;
use der::{EncodePem as _, pem::LineEnding};
use x509_cert::Certificate;

use super::{
    certificate::Fingerprint,
    key::{self, SealKey, SealKeyError},
};

/// Beside the key: one file for each certificate.
const CERTIFICATES: &str = "seal-certificates";

/// The files of the seal.
#[derive(Debug, Clone)]
pub struct KeyFiles {
    key: PathBuf,
}

/// What a change of the key left behind.
#[derive(Debug)]
pub struct Rotated {
    /// Of the certificate that seals from the next start on.
    pub fingerprint: Fingerprint,
    /// Where the old key lies now, if there was one.
    pub retired: Option<PathBuf>,
}

impl KeyFiles {
    /// The files that belong to this key file.
    pub fn beside(key: &Path) -> Self {
        Self { key: key.to_owned() }
    }

    fn folder(&self) -> &Path {
        self.key.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    /// The folder of the certificates.
    pub fn certificates_folder(&self) -> PathBuf {
        self.folder().join(CERTIFICATES)
    }

    fn name(&self) -> String {
        self.key.display().to_string()
    }

    fn told(&self, error: io::Error) -> SealKeyError {
        SealKeyError::File(self.name(), error)
    }

    /// Reads the key, or nothing when there is no file.
    pub fn read(&self) -> Result<Option<SealKey>, SealKeyError> {
        match std::fs::read_to_string(&self.key) {
            Ok(text) => SealKey::from_pem(&self.name(), &text).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.told(error)),
        }
    }

    /// Reads the key, or makes one, with a certificate in this name, that only this user may read.
    pub fn read_or_make(&self, name: &str, now: NaiveDateTime) -> Result<SealKey, SealKeyError> {
        if let Some(key) = self.read()? {
            return Ok(key);
        }
        let made = SealKey::make(name, now)?;
        match self.write_aside(&made)?.persist_noclobber(&self.key) {
            Ok(_file) => Ok(made),
            // Another process made one in the meantime; that one counts.
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
                self.read()?.ok_or_else(|| SealKeyError::Missing(self.name()))
            }
            Err(error) => Err(self.told(error.error)),
        }
    }

    /// Writes a key under a name of its own, for this user alone, so that it appears at once and whole.
    fn write_aside(&self, key: &SealKey) -> Result<tempfile::NamedTempFile, SealKeyError> {
        let text = key.to_pem()?;
        let written = || {
            std::fs::create_dir_all(self.folder())?;
            let mut file = tempfile::NamedTempFile::new_in(self.folder())?;
            file.write_all(text.as_bytes())?;
            file.as_file().sync_all()?;
            Ok(file)
        };
        written().map_err(|error| self.told(error))
    }

    /// Makes a new key in the place of the one that is there. Nothing is lost: the old certificate is kept for checking what
    /// it sealed, and the old key under another name.
    pub fn rotate(&self, name: &str, now: NaiveDateTime) -> Result<Rotated, SealKeyError> {
        let old = self.read()?;
        let new = SealKey::make(name, now)?;
        // Certificates first: nothing may be sealed that nobody can check.
        for key in old.iter().chain([&new]) {
            self.keep(key.certificate())?;
        }
        let file = self.write_aside(&new)?;
        let retired = old.map(|old| self.folder().join(format!("seal-{}.pem.retired", old.fingerprint().short())));
        if let Some(retired) = &retired {
            std::fs::rename(&self.key, retired).map_err(|error| self.told(error))?;
        }
        file.persist_noclobber(&self.key).map_err(|error| self.told(error.error))?;
        Ok(Rotated { fingerprint: new.fingerprint(), retired })
    }

    /// Keeps a certificate for as long as there are files that it sealed.
    pub fn keep(&self, certificate: &Certificate) -> Result<(), SealKeyError> {
        let folder = self.certificates_folder();
        let unwritable = |error: der::Error| SealKeyError::Certificate(error.to_string());
        let path = folder.join(format!("{}.pem", Fingerprint::of(certificate).map_err(unwritable)?.short()));
        if path.exists() {
            return Ok(());
        }
        let text = certificate.to_pem(LineEnding::LF).map_err(unwritable)?;
        let written = || {
            std::fs::create_dir_all(&folder)?;
            let mut file = tempfile::NamedTempFile::new_in(&folder)?;
            file.write_all(text.as_bytes())?;
            file.persist(&path).map_err(|error| error.error)
        };
        written().map(|_file| ()).map_err(|error| SealKeyError::CertificateFile(path.display().to_string(), error))
    }

    /// Every certificate that is kept, in the order of their files' names, and what was wrong with those that cannot be read.
    pub fn certificates(&self) -> (Vec<Certificate>, Vec<SealKeyError>) {
        let Ok(entries) = std::fs::read_dir(self.certificates_folder()) else { return (Vec::new(), Vec::new()) };
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "pem"));
        paths.sort();
        let (mut found, mut wrong) = (Vec::new(), Vec::new());
        for path in paths {
            match read_certificates(&path) {
                Ok(some) => found.extend(some),
                Err(error) => wrong.push(error),
            }
        }
        (found, wrong)
    }
}

/// Reads every certificate of a PEM file.
pub fn read_certificates(path: &Path) -> Result<Vec<Certificate>, SealKeyError> {
    let name = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => key::certificates_of(&text).ok_or(SealKeyError::NotCertificate(name)),
        Err(error) => Err(SealKeyError::CertificateFile(name, error)),
    }
}
