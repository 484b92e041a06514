//! Bytes of documents: taken in through a spool file, judged, and kept in an object store with constant memory.

mod incoming;
mod judge;
mod key;
mod place;

pub use incoming::{Incoming, Pushed, Received, remove_stale};
pub use judge::{Judged, judge};
pub use key::DocumentKey;

use std::{collections::BTreeMap, io, path::Path, sync::Arc};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::{Stream, TryStreamExt};
use object_store::{MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload, path::Path as StorePath};
use tempfile::NamedTempFile;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    sync::Semaphore,
};

/// Bytes of one part on a local disk.
const LOCAL_PART: usize = 256 * 1024;
/// Bytes of one part in an S3-compatible service, whose smallest part this is.
const REMOTE_PART: usize = 5 * 1024 * 1024;
/// How many files are sent at once, so that memory stays at this many parts.
const LOCAL_SENDING: usize = 16;
const REMOTE_SENDING: usize = 4;

/// Why the store did not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// The setting names no folder or service.
    #[error("\"{0}\" is neither a folder nor an address like s3://bucket/folder")]
    Address(String),
    /// There is no such file.
    #[error("the document's file is missing")]
    Missing,
    /// The service answered with an error.
    #[error("the document store failed: {0}")]
    Store(object_store::Error),
    /// The local disk failed.
    #[error("a file could not be read or written: {0}")]
    Disk(#[from] io::Error),
}

impl From<object_store::Error> for FilesError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Missing,
            other => Self::Store(other),
        }
    }
}

/// Where the bytes of documents live. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    folder: Option<Arc<Path>>,
    part: usize,
    sending: Arc<Semaphore>,
}

impl Files {
    /// Opens a folder (`/var/lib/portdesk/files`, `file:///…`; made when it is missing) or a service
    /// (`s3://bucket/folder`). `options` are the service's settings by their usual names, such as
    /// `AWS_ACCESS_KEY_ID`; others are ignored.
    pub fn open(address: &str, options: &BTreeMap<String, String>) -> Result<Self, FilesError> {
        match place::find(address)? {
            place::Place::Folder(folder) => {
                let store = place::open_folder(&folder)?;
                Ok(Self::over(Arc::new(store), Some(folder.into()), LOCAL_PART))
            }
            place::Place::Service(url) => Ok(Self::over(place::open_service(&url, options)?, None, REMOTE_PART)),
        }
    }

    fn over(store: Arc<dyn ObjectStore>, folder: Option<Arc<Path>>, part: usize) -> Self {
        let sending = if folder.is_some() { LOCAL_SENDING } else { REMOTE_SENDING };
        Self { store, folder, part, sending: Arc::new(Semaphore::new(sending)) }
    }

    /// Keeps a received file under `key`. When this returns, the bytes outlive a power cut.
    pub async fn keep(&self, key: &DocumentKey, received: &Received) -> Result<(), FilesError> {
        let _turn = self.sending.acquire().await.expect("the semaphore is never closed");
        let place = StorePath::from(key.as_str());
        let mut source = tokio::fs::File::open(received.path()).await?;
        // Small objects need one request; the local store takes everything in parts.
        if self.folder.is_none() && received.size() <= u64::try_from(self.part).unwrap_or(u64::MAX) {
            let whole = read_part(&mut source, self.part).await?;
            self.store.put(&place, whole.into()).await?;
            return Ok(());
        }
        let mut upload = self.store.put_multipart(&place).await?;
        match send(&mut source, upload.as_mut(), self.part).await {
            Ok(()) => Ok(()),
            Err(error) => {
                if let Err(second) = upload.abort().await {
                    tracing::warn!(%second, "an unfinished upload stays in the document store");
                }
                Err(error)
            }
        }
    }

    /// Keeps bytes that this program made. When this returns, they outlive a power cut.
    pub async fn keep_bytes(&self, key: &DocumentKey, bytes: Vec<u8>) -> Result<(), FilesError> {
        let _turn = self.sending.acquire().await.expect("the semaphore is never closed");
        self.store.put(&StorePath::from(key.as_str()), PutPayload::from(bytes)).await?;
        Ok(())
    }

    /// All bytes of a kept file: for those that this program made, which are small.
    pub async fn read_whole(&self, key: &DocumentKey) -> Result<Bytes, FilesError> {
        Ok(self.store.get(&StorePath::from(key.as_str())).await?.bytes().await?)
    }

    /// The bytes of a kept file, a few kilobytes at a time.
    pub async fn read(
        &self,
        key: &DocumentKey,
    ) -> Result<impl Stream<Item = Result<Bytes, FilesError>> + Send + use<>, FilesError> {
        let found = self.store.get(&StorePath::from(key.as_str())).await?;
        Ok(found.into_stream().map_err(FilesError::from))
    }

    /// A copy of a kept file in `folder`, for programs that need a path. It is removed when dropped.
    pub async fn copy_out(&self, key: &DocumentKey, folder: &Path) -> Result<NamedTempFile, FilesError> {
        let copy = NamedTempFile::new_in(folder)?;
        let mut target = tokio::fs::File::from_std(copy.reopen()?);
        let mut bytes = std::pin::pin!(self.read(key).await?);
        while let Some(chunk) = bytes.try_next().await? {
            target.write_all(&chunk).await?;
        }
        target.flush().await?;
        Ok(copy)
    }

    /// Removes a kept file. One that is not there counts as removed.
    pub async fn delete(&self, key: &DocumentKey) -> Result<(), FilesError> {
        match self.store.delete(&StorePath::from(key.as_str())).await.map_err(FilesError::from) {
            Err(FilesError::Missing) => Ok(()),
            other => other,
        }
    }

    /// Keys of the files written before `moment`, for the sweeper of files that no row names.
    pub fn list_older_than(
        &self,
        moment: DateTime<Utc>,
    ) -> impl Stream<Item = Result<DocumentKey, FilesError>> + Send + use<> {
        self.store.list(Some(&StorePath::from(key::ROOT))).map_err(FilesError::from).try_filter_map(
            move |found| async move {
                let old = found.last_modified < moment;
                Ok(old.then(|| DocumentKey::from_stored(found.location.as_ref())).flatten())
            },
        )
    }

    /// Removes what a crash left half-written in a local folder before `moment`; answers how many files that were.
    /// Services clear up after themselves by a rule on unfinished uploads.
    pub async fn remove_unfinished(&self, moment: DateTime<Utc>) -> Result<usize, FilesError> {
        let Some(folder) = self.folder.clone() else { return Ok(0) };
        let work = move || place::remove_unfinished(&folder.join(key::ROOT), moment.into());
        Ok(tokio::task::spawn_blocking(work).await.map_err(io::Error::from)??)
    }

    /// Whether documents can be kept and read right now.
    pub async fn ready(&self) -> Result<(), FilesError> {
        if let Some(folder) = self.folder.clone() {
            // A disk that is full or read-only refuses this.
            let work = move || tempfile::tempfile_in(&folder).map(drop);
            return Ok(tokio::task::spawn_blocking(work).await.map_err(io::Error::from)??);
        }
        match self.store.head(&StorePath::from("ready")).await.map_err(FilesError::from) {
            Err(FilesError::Missing) | Ok(_) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

async fn send(source: &mut tokio::fs::File, upload: &mut dyn MultipartUpload, part: usize) -> Result<(), FilesError> {
    loop {
        let bytes = read_part(source, part).await?;
        if bytes.is_empty() {
            break;
        }
        upload.put_part(PutPayload::from(bytes)).await?;
    }
    upload.complete().await?;
    Ok(())
}

/// The next part: full, unless it is the last.
async fn read_part(source: &mut tokio::fs::File, part: usize) -> io::Result<Bytes> {
    let mut bytes = Vec::with_capacity(part);
    source.take(u64::try_from(part).unwrap_or(u64::MAX)).read_to_end(&mut bytes).await?;
    Ok(bytes.into())
}

#[cfg(test)]
mod tests;
