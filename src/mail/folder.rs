//! The folder of `.eml` files that stands in for a mail server on the first run and in the demo.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::post::{Outgoing, SendError};

/// Writes each letter as one file `{time}-{message id}.eml`, whole or not at all, readable by the owner only.
#[derive(Debug, Clone)]
pub struct FolderPost {
    folder: PathBuf,
}

impl FolderPost {
    /// The folder is made when the first letter comes.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf() }
    }

    pub(super) async fn keep(&self, outgoing: &Outgoing, message: Vec<u8>) -> Result<(), SendError> {
        let folder = self.folder.clone();
        let name = file_name(outgoing);
        let written = tokio::task::spawn_blocking(move || write(&folder, &name, &message)).await;
        written
            .map_err(io::Error::other)
            .flatten()
            .map_err(|error| SendError::Temporary(format!("The mail folder can't be written: {error}.")))
    }
}

fn file_name(outgoing: &Outgoing) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.@".contains(c) { c } else { '_' };
    let id: String = outgoing.message_id.chars().map(plain).take(120).collect();
    format!("{}-{id}.eml", outgoing.date.format("%Y%m%dT%H%M%SZ"))
}

/// Written beside its place and moved there, so that nobody ever reads half a letter.
fn write(folder: &Path, name: &str, message: &[u8]) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(message)?;
    file.as_file().sync_all()?;
    file.persist(folder.join(name))?;
    Ok(())
}
