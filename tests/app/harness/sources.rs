//! The house as text: its files, and lines in them that break a rule.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// The folder of `Cargo.toml`.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A pattern written in a test.
pub fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is written in a test")
}

/// A text file of the house.
pub fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// All files with one of these extensions, in order, without what was installed or made by a run.
pub fn files_under(folder: &str, extensions: &[&str]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for path in entries.map(|entry| entry.expect("a folder can be listed").path()) {
            let name = path.file_name().expect("an entry has a name").to_string_lossy().into_owned();
            let is_made = name.starts_with('.') || name == "node_modules" || name == "test-results";
            let is_wanted = extensions.iter().any(|extension| path.extension().is_some_and(|own| own == *extension));
            if path.is_dir() && !is_made {
                folders.push(path);
            } else if path.is_file() && is_wanted {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The names of what lies in a folder, in order.
pub fn folders_in(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("a folder can be listed").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The room a file of `src` is in: its first folder, or its own name.
pub fn room_of(file: &Path) -> String {
    let inside = file.strip_prefix(root().join("src")).expect("the file is in src");
    inside.iter().next().expect("a file has a name").to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// Rust code without its line comments, doc comments included.
pub fn without_comments(code: &str) -> String {
    regex(r"(?m)(^|\s)//.*$").replace_all(code, "").into_owned()
}

/// Lines that match, each with its place.
pub fn lines_matching(files: &[PathBuf], pattern: &Regex) -> Vec<String> {
    lines_matching_after(files, pattern, str::to_owned)
}

/// Lines that match once `prepared` has taken out what is allowed, each with its place.
pub fn lines_matching_after(files: &[PathBuf], pattern: &Regex, prepared: impl Fn(&str) -> String) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        for (at, line) in read(file).lines().enumerate() {
            if pattern.is_match(&prepared(line)) {
                found.push(format!(
                    "{}:{}: {}",
                    file.strip_prefix(root()).expect("the file is in the house").display(),
                    at + 1,
                    line.trim()
                ));
            }
        }
    }
    found
}
