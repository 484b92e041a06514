//! `portdesk verify`: without database, without settings, and without the private key.

use std::{fs, path::Path, process::Command};

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::{Sealed, flipped};

/// What it prints, and whether it ends well.
fn verify(arguments: &[&Path]) -> (bool, String) {
    let nowhere = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_portdesk"));
    command.env_clear().env("PORTDESK_DATA_DIR", nowhere.path()).arg("verify").args(arguments);
    let done = command.output().unwrap();
    assert_eq!(fs::read_dir(nowhere.path()).unwrap().count(), 0, "it makes nothing");
    (done.status.success(), String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned())
}

#[track_caller]
fn refused(file: &Path, certificate: &Path, expected: &str) {
    let (good, told) = verify(&[file, "--certificate".as_ref(), certificate]);
    assert!(!good && told.contains(expected) && told.ends_with("is not good\n"), "{expected}: {told}");
}

#[test]
fn a_sealed_file_is_told_line_by_line() {
    let sealed = Sealed::new();
    let certificate = sealed.judges.folder.path().join("certificate.pem");
    let (good, told) = verify(&[&sealed.judges.write(&sealed.file), "--certificate".as_ref(), &certificate]);
    assert!(good, "{told}");
    let digest = HEXLOWER.encode(&Sha256::digest(&sealed.file));
    let expected = [
        "yes  The seal covers the whole file".to_owned(),
        "yes  There is one signature and no other".to_owned(),
        "yes  Nothing was changed since it was sealed".to_owned(),
        format!("yes  The certificate is ours: CN=Portdesk, SHA-256 fingerprint {}", sealed.key.fingerprint()),
        "yes  Timestamp: none".to_owned(),
        format!("yes  SHA-256 of the file: {digest}"),
    ];
    assert_eq!(told.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn each_thing_that_is_wrong_has_a_name() {
    let (sealed, foreign) = (Sealed::new(), Sealed::new());
    let certificate = sealed.judges.folder.path().join("certificate.pem");
    let refused = |bytes: &[u8], expected| refused(&sealed.judges.write(bytes), &certificate, expected);
    refused(&flipped(&sealed.file), "NO   This PDF was changed after it was sealed");
    refused(&[&sealed.file[..], b"\n%%EOF\n"].concat(), "NO   Something was added to this PDF after it was sealed");
    refused(&foreign.file, "NO   This PDF was sealed by somebody else");
    let bill = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/docs/d04c8226.pdf");
    refused(&fs::read(bill).unwrap(), "NO   This PDF is not sealed");
    refused(b"GIF89a", "NO   This file is not a PDF");
    refused(b"", "NO   This file is not a PDF");
}

#[test]
fn what_it_cannot_begin_with_is_named() {
    let sealed = Sealed::new();
    let file = sealed.judges.write(&sealed.file);
    let (good, told) = verify(&[Path::new("/nowhere/letter.pdf")]);
    assert!(!good && told.contains("/nowhere/letter.pdf cannot be read"), "{told}");
    let (good, told) = verify(&[&file]);
    assert!(!good && told.contains("There is no certificate in") && told.contains("--certificate"), "{told}");
    let (good, told) = verify(&[&file, "--certificate".as_ref(), &file]);
    assert!(!good && told.contains("letter.pdf"), "{told}");
}
