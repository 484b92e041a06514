//! Sealed files before the judges of others: poppler, qpdf and pyHanko, beside our own check.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use portdesk::seal::{Fault, SealFacts, SealKey, verify};
use tempfile::TempDir;

use crate::harness::python::python;

mod authority;
mod keys;
mod offline;
mod timestamps;

/// The judges of others, who trust one certificate, and a folder to change copies in.
pub struct Judges {
    folder: TempDir,
}

impl Judges {
    pub fn trusting(certificate_pem: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("certificate.pem"), certificate_pem).unwrap();
        Self { folder }
    }

    fn write(&self, file: &[u8]) -> PathBuf {
        let path = self.folder.path().join("letter.pdf");
        std::fs::write(&path, file).unwrap();
        path
    }

    pub fn pyhanko(&self, file: &[u8]) -> String {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judge_seal.py");
        let mut judge = Command::new(python());
        run(judge.arg(script).arg(self.write(file)).arg(self.folder.path().join("certificate.pem")))
    }

    pub fn pdfsig(&self, file: &[u8]) -> String {
        run(Command::new("pdfsig").arg("-nocert").arg(self.write(file)))
    }

    pub fn qpdf(&self, file: &[u8]) -> String {
        run(Command::new("qpdf").arg("--check").arg(self.write(file)))
    }
}

/// A sealed page of a bill and its key, before the judges.
struct Sealed {
    key: SealKey,
    file: Vec<u8>,
    judges: Judges,
}

impl Sealed {
    fn new() -> Self {
        let now = "2026-11-22T08:00:00".parse().unwrap();
        let key = SealKey::make("Portdesk", now).unwrap();
        let bill = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/docs/d04c8226.pdf");
        let facts = SealFacts { name: "Zoë’s desk", reason: "Letter of Authorization", at: now };
        let file = key.seal(&std::fs::read(bill).unwrap(), &facts).unwrap();
        let judges = Judges::trusting(&key.certificate_pem().unwrap());
        Self { key, file, judges }
    }

    fn ours(&self, file: &[u8]) -> Option<Fault> {
        verify(file, &[self.key.certificate().clone()]).err()
    }
}

/// What a program says, whatever it ends with.
fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}. tests/run installs it."));
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[track_caller]
pub fn says(told: &str, expected: &[&str]) {
    for expected in expected {
        assert!(told.contains(expected), "{expected:?} is not in: {told}");
    }
}

/// The file with a revision more, as an editor of PDFs adds it.
pub fn appended(file: &[u8]) -> Vec<u8> {
    let read = lopdf::Document::load_mem(file).unwrap();
    let mut revised = lopdf::IncrementalDocument::create_from(file.to_vec(), read);
    revised.new_document.add_object(lopdf::dictionary! { "Added" => true });
    let mut appended = Vec::new();
    revised.save_to(&mut appended).unwrap();
    appended
}

/// The file with one bit of what it shows changed.
pub fn flipped(file: &[u8]) -> Vec<u8> {
    let mut flipped = file.to_vec();
    let at = flipped.windows(6).position(|part| part == b"stream").unwrap() + 40;
    flipped[at] ^= 1;
    flipped
}

#[test]
fn a_sealed_file_passes_with_every_judge() {
    let sealed = Sealed::new();
    assert_eq!(sealed.ours(&sealed.file), None);
    let told = sealed.judges.pdfsig(&sealed.file);
    says(&told, &["Signature is Valid", "Total document signed", "ETSI.CAdES.detached", "SHA-256"]);
    let whole = "intact True, valid True, trusted True, coverage ENTIRE_FILE, docmdp True";
    says(&sealed.judges.pyhanko(&sealed.file), &[whole, "signatures 1"]);
    says(&sealed.judges.qpdf(&sealed.file), &["No syntax or stream encoding errors found"]);
}

#[test]
fn every_judge_sees_a_changed_byte() {
    let sealed = Sealed::new();
    let changed = flipped(&sealed.file);
    assert_eq!(sealed.ours(&changed), Some(Fault::Changed));
    says(&sealed.judges.pdfsig(&changed), &["Digest Mismatch"]);
    says(&sealed.judges.pyhanko(&changed), &["intact False", "trusted False"]);
}

#[test]
fn an_added_revision_is_seen_where_others_still_call_the_signature_good() {
    let sealed = Sealed::new();
    let appended = appended(&sealed.file);
    assert_eq!(sealed.ours(&appended), Some(Fault::NotWholeFile));
    says(&sealed.judges.pdfsig(&appended), &["Not total document signed"]);
    assert!(!sealed.judges.pyhanko(&appended).contains("coverage ENTIRE_FILE"));
}

#[test]
fn a_seal_of_somebody_else_is_not_ours() {
    let (ours, foreign) = (Sealed::new(), Sealed::new());
    assert_eq!(ours.ours(&foreign.file), Some(Fault::OtherCertificate));
    says(&ours.judges.pyhanko(&foreign.file), &["intact True, valid True, trusted False"]);
}
