//! Poppler and Tesseract, as people and fax machines would see a letter. `tests/run` installs both.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use portdesk::letter::Press;
use tempfile::TempDir;

/// One press for all tests, as a process has one.
pub static PRESS: LazyLock<Press> = LazyLock::new(|| Press::new(None).unwrap());

/// The text of a PDF as it is copied out of it, page by page, column after column.
pub fn pages(pdf: &[u8]) -> Vec<String> {
    let (_folder, file) = saved(pdf);
    let text = run("pdftotext", &["-raw", path(&file), "-"]);
    String::from_utf8(text).unwrap().trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect()
}

/// The same with every run of spaces as one, so that a line can be looked for.
pub fn words(pdf: &[u8]) -> String {
    pages(pdf).join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What `pdfinfo` says about a key.
pub fn info(pdf: &[u8], key: &str) -> String {
    let (_folder, file) = saved(pdf);
    let told = String::from_utf8(run("pdfinfo", &[path(&file)])).unwrap();
    let line = told.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
    line.unwrap_or_default().trim().to_owned()
}

/// The pages as a fax machine sends them: black or white, 100 dots to the inch.
pub fn fax(pdf: &[u8]) -> (TempDir, Vec<PathBuf>) {
    pictures(pdf, &["-r", "100", "-mono"], "pbm")
}

/// The pages as gray pictures of 100 dots to the inch, in PGM.
pub fn gray(pdf: &[u8]) -> (TempDir, Vec<PathBuf>) {
    pictures(pdf, &["-r", "100", "-gray"], "pgm")
}

/// What Tesseract reads in a picture that is one block of text.
pub fn read_back(picture: &Path) -> String {
    String::from_utf8(run("tesseract", &[path(picture), "-", "--psm", "6"])).unwrap()
}

fn pictures(pdf: &[u8], options: &[&str], extension: &str) -> (TempDir, Vec<PathBuf>) {
    let (folder, file) = saved(pdf);
    let prefix = folder.path().join("page");
    run("pdftoppm", &[options, &[path(&file), path(&prefix)]].concat());
    let mut pages: Vec<PathBuf> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.retain(|page| page.extension().is_some_and(|found| found == extension));
    pages.sort();
    (folder, pages)
}

fn saved(pdf: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("letter.pdf");
    fs::write(&file, pdf).unwrap();
    (folder, file)
}

#[track_caller]
fn run(program: &str, arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(program).args(arguments).output();
    let output =
        output.unwrap_or_else(|error| panic!("{program} is needed and did not start ({error}): see tests/run"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn path(file: &Path) -> &str {
    file.to_str().unwrap()
}
