//! A seal key for all tests: making one for each would cost time, and with PostgreSQL it has to be there.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use portdesk::seal::KeyFiles;

/// The key's file; it is made once for each run of the tests.
pub fn shared() -> &'static Path {
    static FILE: OnceLock<PathBuf> = OnceLock::new();
    FILE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("seal");
        fs::create_dir_all(&folder).expect("the folder for temporary files can be written");
        let file = folder.join("seal.pem");
        // Good for ten years, which holds the clocks of tests and of this machine.
        let since = "2026-01-01T00:00:00".parse().expect("a real time");
        KeyFiles::beside(&file).read_or_make("Portdesk", since).expect("a seal key can be made");
        file
    })
}

/// Copies the key into a folder of a test's own.
pub fn copy_to(folder: &Path) -> PathBuf {
    let file = folder.join("seal.pem");
    fs::copy(shared(), &file).expect("the seal key can be copied");
    file
}
