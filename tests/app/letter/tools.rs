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

/// The headings, as screen readers list them.
pub fn headings(pdf: &[u8]) -> Vec<String> {
    let (_folder, file) = saved(pdf);
    let told = String::from_utf8(run("pdfinfo", &["-struct-text", path(&file)])).unwrap();
    let mut lines = told.lines().map(str::trim);
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        let tag = line.split_whitespace().next().unwrap_or_default();
        if tag.len() == 2 && tag.starts_with('H') {
            found.push(lines.next().unwrap_or_default().trim_matches('"').to_owned());
        }
    }
    found
}

/// The file with every stream unpacked.
pub fn unpacked(pdf: &[u8]) -> Vec<u8> {
    let (_folder, file) = saved(pdf);
    run("qpdf", &["--qdf", "--object-streams=disable", path(&file), "-"])
}

/// Fails unless `qpdf` finds nothing wrong with how the file is built.
#[track_caller]
pub fn check_structure(pdf: &[u8]) {
    let (_folder, file) = saved(pdf);
    run("qpdf", &["--check", path(&file)]);
}

/// A folder with the files that are attached.
pub fn attached(pdf: &[u8]) -> TempDir {
    let (_folder, file) = saved(pdf);
    let taken = tempfile::tempdir().unwrap();
    run("pdfdetach", &["-saveall", "-o", path(taken.path()), path(&file)]);
    taken
}

/// Whether `pdfsig` finds that the whole document is signed.
pub fn signed_whole(pdf: &[u8]) -> bool {
    let (_folder, file) = saved(pdf);
    let told = String::from_utf8(run("pdfsig", &["-nocert", path(&file)])).unwrap();
    told.contains("Signature is Valid") && told.contains("Total document signed")
}

/// Whether anything stands in the margins, left or right, of a gray picture of 100 dots to the inch.
pub fn ink_in_margins(picture: &Path) -> bool {
    let picture = Picture::open(picture);
    let ink = |from: usize, to: usize| picture.rows().any(|row| row[from..to].iter().any(|dot| *dot < 128));
    ink(0, 70) || ink(780, 850)
}

/// A gray picture in PGM.
pub struct Picture {
    pub width: usize,
    pub dots: Vec<u8>,
}

impl Picture {
    pub fn open(file: &Path) -> Self {
        let bytes = fs::read(file).unwrap();
        let mut at = 0;
        let mut head = Vec::new();
        while head.len() < 4 {
            let end = at + bytes[at..].iter().position(u8::is_ascii_whitespace).unwrap();
            head.push(String::from_utf8(bytes[at..end].to_vec()).unwrap());
            at = end + 1;
        }
        assert_eq!((head[0].as_str(), head[3].as_str()), ("P5", "255"));
        Self { width: head[1].parse().unwrap(), dots: bytes[at..].to_vec() }
    }

    fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.dots.chunks(self.width)
    }
}

/// What the file says about itself and the standards that it keeps, as XML.
pub fn metadata(pdf: &[u8]) -> String {
    let (_folder, file) = saved(pdf);
    String::from_utf8(run("pdfinfo", &["-meta", path(&file)])).unwrap()
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

/// What the QR codes in a gray picture say.
pub fn qr_codes(picture: &Picture) -> Vec<String> {
    let height = picture.dots.len() / picture.width;
    let dot = |x: usize, y: usize| picture.dots[y * picture.width + x];
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(picture.width, height, dot);
    prepared.detect_grids().iter().map(|grid| grid.decode().unwrap().1).collect()
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
