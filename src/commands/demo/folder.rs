//! The demonstration's own data folder: kept between runs, made anew when asked, and never taken for a real one.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::commands::setting_up::SetUpError;

/// The file that says whose folder it is.
const MARK: &str = "demo.txt";
const BEGUN: &str = "A demonstration is being built here. `portdesk demo` builds it anew when this stays.\n";
const BUILT: &str = "The data of `portdesk demo`. `portdesk demo --fresh` throws it away and builds it anew.\n";
/// Everything that the program puts into its folder, without what marks it.
const OURS: [&str; 9] = [
    "portdesk.sqlite3",
    "portdesk.sqlite3-wal",
    "portdesk.sqlite3-shm",
    "secret.key",
    "seal.pem",
    "seal-certificates",
    "files",
    "mail",
    "incoming",
];

/// A folder for the demonstration.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Opens the folder, making it when it is missing.
    ///
    /// # Errors
    /// When it holds the data of a real desk.
    pub fn open(path: &Path) -> Result<Self, SetUpError> {
        fs::create_dir_all(path)?;
        let folder = Self { path: path.to_owned() };
        let is_foreign = !folder.mark().exists() && OURS.iter().any(|name| path.join(name).exists());
        if is_foreign {
            let told = format!(
                "{} holds data that is not the demonstration's, and stays as it is. Set PORTDESK_DATA_DIR to another folder",
                path.display()
            );
            return Err(SetUpError::Told(told));
        }
        Ok(folder)
    }

    /// Whether a demonstration was built here to the end.
    pub fn is_built(&self) -> bool {
        fs::read_to_string(self.mark()).is_ok_and(|text| text == BUILT)
    }

    /// Removes what the program put here and notes that building has begun.
    pub fn begin(&self) -> io::Result<()> {
        // First, so that a folder that is half removed is never taken for a whole one.
        fs::write(self.mark(), BEGUN)?;
        for name in OURS {
            remove(&self.path.join(name))?;
        }
        Ok(())
    }

    /// Notes that the demonstration is whole.
    pub fn end(&self) -> io::Result<()> {
        fs::write(self.mark(), BUILT)
    }

    fn mark(&self) -> PathBuf {
        self.path.join(MARK)
    }
}

fn remove(path: &Path) -> io::Result<()> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_real_desk_is_left_alone() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("secret.key"), "precious").unwrap();
        let error = Folder::open(place.path()).err().unwrap().to_string();
        assert!(error.contains("not the demonstration's"), "{error}");
        assert_eq!(fs::read_to_string(place.path().join("secret.key")).unwrap(), "precious");
    }

    #[test]
    fn only_a_whole_demonstration_is_kept() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(&place.path().join("demo")).unwrap();
        assert!(!folder.is_built());
        folder.begin().unwrap();
        fs::create_dir(folder.path.join("mail")).unwrap();
        assert!(!Folder::open(&folder.path).unwrap().is_built());
        folder.end().unwrap();
        assert!(Folder::open(&folder.path).unwrap().is_built());
        folder.begin().unwrap();
        assert!(!folder.is_built() && !folder.path.join("mail").exists());
    }
}
