//! A file on its way in: written to a spool file as it arrives, counted, hashed, and cut off beyond the door's limit.

use std::{io, path::Path};

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use tempfile::{NamedTempFile, TempPath};
use tokio::io::AsyncWriteExt;

use super::place;
use crate::domain::document::{Door, FileFormat, HEAD_BYTES};

/// Bytes that may wait for the disk, per file.
const BUFFER: usize = 64 * 1024;

/// Removes what a crash left in the spool folder before `moment`; answers how many files that were.
pub async fn remove_stale(folder: &Path, moment: DateTime<Utc>) -> io::Result<usize> {
    let folder = folder.to_owned();
    tokio::task::spawn_blocking(move || place::remove_stale(&folder, moment.into())).await?
}

/// What became of a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pushed {
    /// It was stored.
    Stored,
    /// The file is larger than the door takes: it was only counted.
    Counted,
    /// The file is twice as large as the door takes: reading on is no use.
    Enough,
}

/// A file that is being received. Dropping it removes its spool file.
#[derive(Debug)]
pub struct Incoming {
    file: tokio::fs::File,
    path: TempPath,
    limit: u64,
    size: u64,
    enough: bool,
    digest: Sha256,
    head: Vec<u8>,
}

impl Incoming {
    /// Begins a spool file in `folder`, which must exist, for a file that comes to `door`.
    pub async fn begin(folder: &Path, door: &Door) -> io::Result<Self> {
        let folder = folder.to_owned();
        let spool = tokio::task::spawn_blocking(move || NamedTempFile::with_prefix_in("incoming-", folder)).await??;
        let (file, path) = spool.into_parts();
        let mut file = tokio::fs::File::from_std(file);
        file.set_max_buf_size(BUFFER);
        let (limit, head) = (door.max_bytes, Vec::new());
        Ok(Self { file, path, limit, size: 0, enough: false, digest: Sha256::new(), head })
    }

    /// Takes the next bytes. Chunks may be of any size.
    pub async fn push(&mut self, chunk: &[u8]) -> io::Result<Pushed> {
        self.size = self.size.saturating_add(u64::try_from(chunk.len()).unwrap_or(u64::MAX));
        let room = HEAD_BYTES.saturating_sub(self.head.len()).min(chunk.len());
        self.head.extend_from_slice(chunk.get(..room).unwrap_or_default());
        if self.size <= self.limit {
            self.digest.update(chunk);
            self.file.write_all(chunk).await?;
            return Ok(Pushed::Stored);
        }
        self.enough = self.limit.saturating_mul(2) <= self.size;
        Ok(if self.enough { Pushed::Enough } else { Pushed::Counted })
    }

    /// Ends the file.
    pub async fn finish(mut self) -> io::Result<Received> {
        self.file.flush().await?;
        Ok(Received {
            format: FileFormat::of(&self.head),
            path: self.path,
            size: self.size,
            cut_off: self.enough,
            sha256_hex: HEXLOWER.encode(&self.digest.finalize()),
        })
    }
}

/// A received file in the spool folder. Dropping it removes the spool file.
#[derive(Debug)]
pub struct Received {
    path: TempPath,
    size: u64,
    cut_off: bool,
    format: Option<FileFormat>,
    sha256_hex: String,
}

impl Received {
    /// Where its bytes are.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many bytes came; at least as many when [`is_cut_off`](Self::is_cut_off).
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Whether receiving ended before the file did.
    pub fn is_cut_off(&self) -> bool {
        self.cut_off
    }

    /// Its format, by its first bytes.
    pub fn format(&self) -> Option<FileFormat> {
        self.format
    }

    /// Its SHA-256 in lower-case hexadecimal; of no use when it is larger than the door takes.
    pub fn sha256_hex(&self) -> &str {
        &self.sha256_hex
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOOR: Door = Door { max_bytes: 10, formats: &FileFormat::ALL, max_files: 1 };

    #[tokio::test]
    async fn bytes_are_counted_hashed_and_stored() {
        let folder = tempfile::tempdir().unwrap();
        let mut incoming = Incoming::begin(folder.path(), &DOOR).await.unwrap();
        for chunk in [&b"%PDF"[..], b"", b"-1.7.."] {
            assert_eq!(incoming.push(chunk).await.unwrap(), Pushed::Stored);
        }
        let received = incoming.finish().await.unwrap();
        assert_eq!((received.size(), received.format()), (10, Some(FileFormat::Pdf)));
        assert_eq!(std::fs::read(received.path()).unwrap(), b"%PDF-1.7..");
        assert_eq!(received.sha256_hex(), HEXLOWER.encode(&Sha256::digest(b"%PDF-1.7..")));
        drop(received);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[tokio::test]
    async fn beyond_the_limit_bytes_are_only_counted() {
        let folder = tempfile::tempdir().unwrap();
        let mut incoming = Incoming::begin(folder.path(), &DOOR).await.unwrap();
        assert_eq!(incoming.push(&[0; 8]).await.unwrap(), Pushed::Stored);
        assert_eq!(incoming.push(&[0; 3]).await.unwrap(), Pushed::Counted);
        assert_eq!(incoming.push(&[0; 8]).await.unwrap(), Pushed::Counted);
        assert_eq!(incoming.push(&[0; 1]).await.unwrap(), Pushed::Enough);
        let received = incoming.finish().await.unwrap();
        assert_eq!((received.size(), received.is_cut_off()), (20, true));
        assert_eq!(std::fs::read(received.path()).unwrap().len(), 8);
    }
}
