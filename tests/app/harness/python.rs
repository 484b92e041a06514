//! The Python that stands in for other programs.

use std::{ffi::OsString, path::Path};

/// The Python with the packages of tests/requirements.txt. Without it tests fail rather than pass unseen.
pub fn python() -> OsString {
    if let Some(python) = std::env::var_os("PORTDESK_TEST_PYTHON") {
        return python;
    }
    let prepared = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/.venv/bin/python");
    assert!(
        prepared.exists(),
        "These tests need Python with some packages. Run tests/run, which prepares tests/.venv, or:\n  \
         python3 -m venv tests/.venv && tests/.venv/bin/pip install -r tests/requirements.txt\n\
         or name another Python in PORTDESK_TEST_PYTHON."
    );
    prepared.into_os_string()
}
