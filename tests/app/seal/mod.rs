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

/// A sealed page of a bill, its key's certificate, and a folder to change copies in.
struct Sealed {
    key: SealKey,
    file: Vec<u8>,
    folder: TempDir,
}

impl Sealed {
    fn new() -> Self {
        let now = "2026-11-22T08:00:00".parse().unwrap();
        let key = SealKey::make("Portdesk", now).unwrap();
        let bill = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/docs/d04c8226.pdf");
        let facts = SealFacts { name: "Zoë’s desk", reason: "Letter of Authorization", at: now };
        let file = key.seal(&std::fs::read(bill).unwrap(), &facts).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("certificate.pem"), key.certificate_pem().unwrap()).unwrap();
        Self { key, file, folder }
    }

    fn ours(&self, file: &[u8]) -> Option<Fault> {
        verify(file, &[self.key.certificate().clone()]).err()
    }

    fn write(&self, file: &[u8]) -> PathBuf {
        let path = self.folder.path().join("letter.pdf");
        std::fs::write(&path, file).unwrap();
        path
    }

    fn pyhanko(&self, file: &[u8]) -> String {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judge_seal.py");
        let mut judge = Command::new(python());
        run(judge.arg(script).arg(self.write(file)).arg(self.folder.path().join("certificate.pem")))
    }

    fn pdfsig(&self, file: &[u8]) -> String {
        run(Command::new("pdfsig").arg("-nocert").arg(self.write(file)))
    }
}

/// What a program says, whatever it ends with.
fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}. tests/run installs it."));
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[track_caller]
fn says(told: &str, expected: &[&str]) {
    for expected in expected {
        assert!(told.contains(expected), "{expected:?} is not in: {told}");
    }
}

#[test]
fn a_sealed_file_passes_with_every_judge() {
    let sealed = Sealed::new();
    assert_eq!(sealed.ours(&sealed.file), None);
    let told = sealed.pdfsig(&sealed.file);
    says(&told, &["Signature is Valid", "Total document signed", "ETSI.CAdES.detached", "SHA-256"]);
    let whole = "intact True, valid True, trusted True, coverage ENTIRE_FILE, docmdp True";
    says(&sealed.pyhanko(&sealed.file), &[whole, "signatures 1"]);
    let checked = run(Command::new("qpdf").arg("--check").arg(sealed.write(&sealed.file)));
    says(&checked, &["No syntax or stream encoding errors found"]);
}

#[test]
fn every_judge_sees_a_changed_byte() {
    let sealed = Sealed::new();
    let mut changed = sealed.file.clone();
    let at = changed.windows(6).position(|part| part == b"stream").unwrap() + 40;
    changed[at] ^= 1;
    assert_eq!(sealed.ours(&changed), Some(Fault::Changed));
    says(&sealed.pdfsig(&changed), &["Digest Mismatch"]);
    says(&sealed.pyhanko(&changed), &["intact False", "trusted False"]);
}

#[test]
fn an_added_revision_is_seen_where_others_still_call_the_signature_good() {
    let sealed = Sealed::new();
    let read = lopdf::Document::load_mem(&sealed.file).unwrap();
    let mut revised = lopdf::IncrementalDocument::create_from(sealed.file.clone(), read);
    revised.new_document.add_object(lopdf::dictionary! { "Added" => true });
    let mut appended = Vec::new();
    revised.save_to(&mut appended).unwrap();
    assert_eq!(sealed.ours(&appended), Some(Fault::NotWholeFile));
    says(&sealed.pdfsig(&appended), &["Not total document signed"]);
    assert!(!sealed.pyhanko(&appended).contains("coverage ENTIRE_FILE"));
}

#[test]
fn a_seal_of_somebody_else_is_not_ours() {
    let (ours, foreign) = (Sealed::new(), Sealed::new());
    assert_eq!(ours.ours(&foreign.file), Some(Fault::OtherCertificate));
    says(&ours.pyhanko(&foreign.file), &["intact True, valid True, trusted False"]);
}
