//! Keeping, reading, listing and removing files, on a local folder and on a store with parts.

use object_store::memory::InMemory;

use super::*;
use crate::domain::document::Door;

async fn received(folder: &Path, bytes: &[u8]) -> Received {
    let mut incoming = Incoming::begin(folder, &Door::IN_APP).await.unwrap();
    for chunk in bytes.chunks(50_000) {
        incoming.push(chunk).await.unwrap();
    }
    incoming.finish().await.unwrap()
}

async fn read_all(files: &Files, key: &DocumentKey) -> Result<Vec<u8>, FilesError> {
    let chunks: Vec<Bytes> = files.read(key).await?.try_collect().await?;
    Ok(chunks.concat())
}

async fn keys(files: &Files, moment: DateTime<Utc>) -> Vec<DocumentKey> {
    files.list_older_than(moment).try_collect().await.unwrap()
}

async fn check(files: &Files, spool: &Path) {
    for size in [0, 1, 1000, 256 * 1024, 256 * 1024 + 1, 1_000_000] {
        let bytes: Vec<u8> = (0..size).map(|at| u8::try_from(at % 251).unwrap()).collect();
        let key = DocumentKey::random(7).unwrap();
        files.keep(&key, &received(spool, &bytes).await).await.unwrap();
        assert!(read_all(files, &key).await.unwrap() == bytes, "{size} bytes come back");

        let copy = files.copy_out(&key, spool).await.unwrap();
        assert!(std::fs::read(copy.path()).unwrap() == bytes, "{size} bytes are copied out");

        assert_eq!(keys(files, DateTime::<Utc>::MAX_UTC).await, std::slice::from_ref(&key));
        assert_eq!(keys(files, DateTime::<Utc>::UNIX_EPOCH).await, []);
        files.delete(&key).await.unwrap();
        files.delete(&key).await.unwrap();
        assert!(matches!(read_all(files, &key).await, Err(FilesError::Missing)));
    }
    files.ready().await.unwrap();
}

#[tokio::test]
async fn a_local_folder_keeps_files() {
    let (spool, place) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let folder = place.path().join("made/here");
    let files = Files::open(folder.to_str().unwrap(), &BTreeMap::new()).unwrap();
    check(&files, spool.path()).await;

    std::fs::remove_dir_all(&folder).unwrap();
    files.ready().await.unwrap_err();
}

#[tokio::test]
async fn a_service_keeps_files_in_parts() {
    let spool = tempfile::tempdir().unwrap();
    let files = Files::over(Arc::new(InMemory::new()), None, 300_000);
    check(&files, spool.path()).await;
}

#[tokio::test]
async fn half_written_files_are_swept() {
    let place = tempfile::tempdir().unwrap();
    let files = Files::open(place.path().to_str().unwrap(), &BTreeMap::new()).unwrap();
    assert_eq!(files.remove_unfinished(DateTime::<Utc>::UNIX_EPOCH).await.unwrap(), 0);

    let account = place.path().join("documents/7");
    std::fs::create_dir_all(&account).unwrap();
    for name in ["0123456789abcdef0123456789abcdef#1", "0123456789abcdef0123456789abcdef", "notes#1a"] {
        std::fs::write(account.join(name), b"half").unwrap();
    }
    assert_eq!(files.remove_unfinished(DateTime::<Utc>::UNIX_EPOCH).await.unwrap(), 0);
    let future = DateTime::from_timestamp(4_102_444_800, 0).unwrap();
    assert_eq!(files.remove_unfinished(future).await.unwrap(), 1);
    assert_eq!(std::fs::read_dir(account).unwrap().count(), 2);
}
