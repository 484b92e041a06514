//! Reading the setting that says where documents live, and opening that place.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use object_store::{ObjectStore, local::LocalFileSystem, prefix::PrefixStore};
use url::Url;

use super::FilesError;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    Folder(PathBuf),
    Service(Url),
}

pub(super) fn find(address: &str) -> Result<Place, FilesError> {
    if address.trim().is_empty() {
        return Err(FilesError::Address(address.to_owned()));
    }
    if !address.contains("://") {
        return Ok(Place::Folder(PathBuf::from(address)));
    }
    let wrong = || FilesError::Address(address.to_owned());
    let url = Url::parse(address).ok().ok_or_else(wrong)?;
    match url.scheme() {
        "file" => url.to_file_path().map(Place::Folder).map_err(|()| wrong()),
        "s3" if url.has_host() => Ok(Place::Service(url)),
        _ => Err(wrong()),
    }
}

/// Opens a folder, made when missing and closed to other users of the machine.
pub(super) fn open_folder(folder: &Path) -> Result<LocalFileSystem, FilesError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    Ok(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true))
}

pub(super) fn open_service(url: &Url, options: &BTreeMap<String, String>) -> Result<Arc<dyn ObjectStore>, FilesError> {
    let options = options.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone()));
    let (store, prefix) = object_store::parse_url_opts(url, options)?;
    Ok(Arc::new(PrefixStore::new(store, prefix)))
}

/// Removes staged uploads (`name#1`) below `folder` that were last written before `moment`.
pub(super) fn remove_unfinished(folder: &Path, moment: SystemTime) -> io::Result<usize> {
    let mut removed = 0;
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            other => other?,
        };
        for entry in entries {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() && is_staged(&entry.file_name().to_string_lossy()) {
                removed += usize::from(remove_older(&entry, moment)?);
            }
        }
    }
    Ok(removed)
}

fn is_staged(name: &str) -> bool {
    name.rsplit_once('#').is_some_and(|(_, number)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// Removes files in `folder` that were last written before `moment`.
pub(super) fn remove_stale(folder: &Path, moment: SystemTime) -> io::Result<usize> {
    let mut removed = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            removed += usize::from(remove_older(&entry, moment)?);
        }
    }
    Ok(removed)
}

/// An upload that ends in between is no error.
fn remove_older(entry: &fs::DirEntry, moment: SystemTime) -> io::Result<bool> {
    let outcome = entry.metadata().and_then(|data| data.modified()).and_then(|written| {
        if moment <= written {
            return Ok(false);
        }
        fs::remove_file(entry.path()).map(|()| true)
    });
    match outcome {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_folders_or_services() {
        assert_eq!(find("data/files").unwrap(), Place::Folder("data/files".into()));
        assert_eq!(find("file:///srv/files").unwrap(), Place::Folder("/srv/files".into()));
        assert!(matches!(find("s3://bucket/folder").unwrap(), Place::Service(_)));
        for wrong in ["", "  ", "ftp://host/folder", "s3://", "file://host/folder"] {
            assert!(find(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_service_opens_with_the_usual_settings() {
        let options = [
            ("AWS_ACCESS_KEY_ID", "id"),
            ("AWS_SECRET_ACCESS_KEY", "key"),
            ("AWS_ENDPOINT", "https://store.example"),
            ("AWS_REGION", "eu-central-1"),
            ("HOME", "ignored"),
        ];
        let options = options.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let Place::Service(url) = find("s3://bucket/some/folder").unwrap() else { panic!("a service") };
        let store = open_service(&url, &options).unwrap();
        assert_eq!(store.to_string(), "PrefixObjectStore(some/folder)");
    }
}
