//! What making, sealing and keeping PDFs needs beside the database: no transaction is open while they work.

use std::sync::Arc;

use chrono::NaiveDateTime;
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::{
    clock::Clock,
    files::{DocumentKey, Files, FilesError},
    letter::{LetterError, Press},
    seal::{SealError, SealFacts, Sealed, Sealer},
    services::house::House,
    store::{
        Store, StoreError,
        loa_files::{LoaFileKind, NewLoaFile},
    },
};

/// The machines of this process.
#[derive(Clone)]
pub struct Tools {
    pub store: Store,
    pub house: Arc<House>,
    pub files: Files,
    pub press: Arc<Press>,
    pub sealer: Arc<Sealer>,
    pub clock: Clock,
}

/// Why a PDF could not be made, sealed or kept. All are faults of ours.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    #[error(transparent)]
    Letter(#[from] LetterError),
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error(transparent)]
    Files(#[from] FilesError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("there were no random bytes for the name of a file: {0}")]
    NoName(getrandom::Error),
    #[error("the work was stopped")]
    Stopped,
}

impl Tools {
    /// Runs work that computes for some milliseconds beside the pages.
    pub async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Press) -> Result<T, LetterError> + Send + 'static,
    ) -> Result<T, PaperError> {
        let press = Arc::clone(&self.press);
        match tokio::task::spawn_blocking(move || work(&press)).await {
            Ok(done) => Ok(done?),
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            Err(_) => Err(PaperError::Stopped),
        }
    }

    /// Keeps a PDF and gives the row that names it. When this returns, the bytes outlive a power cut.
    pub async fn keep(&self, account: i64, kind: LoaFileKind, bytes: Vec<u8>) -> Result<NewLoaFile, PaperError> {
        let key = DocumentKey::random(account).map_err(PaperError::NoName)?;
        let row = NewLoaFile {
            kind,
            object_key: key.as_str().to_owned(),
            size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            sha256: HEXLOWER.encode(&Sha256::digest(&bytes)),
            sealed_by: String::new(),
            timestamped: String::new(),
        };
        self.files.keep_bytes(&key, bytes).await?;
        Ok(row)
    }

    /// Seals a PDF in the name of this installation.
    pub async fn seal(&self, pdf: &[u8], reason: &str, at: NaiveDateTime) -> Result<Sealed, PaperError> {
        let facts = SealFacts { name: &self.house.brand.name, reason, at };
        Ok(self.sealer.seal(pdf, &facts).await?)
    }

    /// The same without a timestamp.
    pub fn seal_only(&self, pdf: &[u8], reason: &str, at: NaiveDateTime) -> Result<Sealed, PaperError> {
        Ok(self.sealer.seal_only(pdf, &SealFacts { name: &self.house.brand.name, reason, at })?)
    }
}
