//! Keys that cannot seal, and keys that are changed.

use std::{fs, path::Path, process::Command, time::Duration};

use chrono::NaiveDateTime;
use portdesk::seal::{KeyFiles, SealFacts, SealKey, SealSettings, Sealer, TIMESTAMP_LIMIT};

use super::run;
use crate::harness::{
    desk::Desk,
    program::{self, Program},
    seal_key,
};

fn day(text: &str) -> NaiveDateTime {
    format!("{text}T08:00:00").parse().unwrap()
}

/// A desk with this key lives and serves, but is not ready and signs nothing.
#[track_caller]
fn not_ready(file: &Path, expected: &str) {
    let desk = Desk::open_with(&[("PORTDESK_SEAL_KEY_FILE", file.to_str().unwrap())]);
    let browser = desk.browser();
    assert_eq!((browser.get("/healthz").status, browser.get("/sign-in").status), (200, 200));
    assert_eq!(browser.get("/readyz").status, 503);
    let told = desk.app.sealer.current(desk.now()).unwrap_err();
    assert!(told.reason.contains(file.to_str().unwrap()) && told.reason.contains(expected), "{told:?}");
    assert!(told.to_string().starts_with("Signing is not possible right now."), "{told}");
    let sealed = actix_web::rt::System::new()
        .block_on(desk.app.sealer.seal(b"%PDF-", &SealFacts { name: "Portdesk", reason: "Test", at: desk.now() }));
    assert_eq!(sealed.unwrap_err().to_string(), told.to_string());
}

fn openssl(folder: &Path, arguments: &[&str]) {
    let done =
        Command::new("openssl").current_dir(folder).args(arguments).output().expect("tests/run installs openssl");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn a_key_that_cannot_seal_leaves_a_desk_that_lives_but_is_not_ready() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("folder")).unwrap();
    not_ready(&at("folder"), "cannot be read or made");
    fs::write(at("text"), "not a key").unwrap();
    not_ready(&at("text"), "holds no private key in PEM");
    let curve = ["req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384", "-subj", "/CN=x"];
    openssl(folder.path(), &[&curve[..], &["-keyout", "key", "-out", "certificate"]].concat());
    let both = ["key", "certificate"].map(|name| fs::read_to_string(at(name)).unwrap()).concat();
    fs::write(at("p384"), both).unwrap();
    not_ready(&at("p384"), "is not a P-256 key");
    KeyFiles::beside(&at("old")).read_or_make("Portdesk", day("2010-05-01")).unwrap();
    not_ready(&at("old"), "ended on 2020-04-28");
}

#[test]
fn a_key_of_openssl_seals() {
    let folder = tempfile::tempdir().unwrap();
    let curve = ["req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-subj", "/CN=x"];
    openssl(folder.path(), &[&curve[..], &["-days", "3650", "-keyout", "key", "-out", "certificate"]].concat());
    let both = ["key", "certificate"].map(|name| fs::read_to_string(folder.path().join(name)).unwrap()).concat();
    let file = folder.path().join("own.pem");
    fs::write(&file, both).unwrap();
    let desk = Desk::open_with(&[("PORTDESK_SEAL_KEY_FILE", file.to_str().unwrap())]);
    assert_eq!(desk.browser().get("/readyz").status, 200);
    assert!(folder.path().join("seal-certificates").is_dir(), "its certificate is kept beside it");
}

#[test]
fn a_certificate_that_ends_while_the_desk_serves_ends_its_readiness() {
    let desk = Desk::open();
    assert_eq!(desk.browser().get("/readyz").status, 200);
    desk.app.clock.move_to(day("2036-01-02"));
    assert_eq!(desk.browser().get("/readyz").status, 503);
    let told = desk.app.sealer.current(desk.now()).unwrap_err();
    assert!(told.reason.contains("ended on") && told.reason.contains("rotate-seal-key"), "{told:?}");
}

#[test]
fn the_log_names_a_broken_key_and_the_program_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("broken.pem");
    fs::write(&file, "not a key").unwrap();
    let program = Program::start(&[("PORTDESK_SEAL_KEY_FILE", file.to_str().unwrap())]);
    assert_eq!(program.browser().get("/healthz").status, 200);
    assert_eq!(program.browser().get("/readyz").status, 503);
    let (status, _, log) = program.terminate(Duration::from_secs(10));
    assert!(status.success(), "{log}");
    assert!(log.contains("broken.pem") && log.contains("nothing can be sealed"), "{log}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "not a key", "it is left as it was");
}

#[test]
fn where_a_key_must_be_there_none_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let settings = SealSettings {
        key_file: folder.path().join("seal.pem"),
        must_exist: true,
        name: "Portdesk".to_owned(),
        timestamp_urls: Vec::new(),
        timestamp_limit: TIMESTAMP_LIMIT,
    };
    let sealer = Sealer::open(settings, day("2026-11-22"));
    let told = sealer.self_test(day("2026-11-22")).unwrap_err();
    assert!(told.reason.contains("seal.pem is not there"), "{told:?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn with_postgresql_the_setting_must_be_given() {
    let data = tempfile::tempdir().unwrap();
    let (mut command, _schema) = program::command(data.path());
    command.env("DATABASE_URL", "postgres://nobody@127.0.0.1:1/x").env_remove("PORTDESK_SEAL_KEY_FILE");
    let done = command.output().unwrap();
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(2), "{told}");
    assert!(told.contains("PORTDESK_SEAL_KEY_FILE must be set with PostgreSQL"), "{told}");
}

fn rotate(data: &Path, key: &Path) -> (bool, String) {
    let (mut command, _schema) = program::command(data);
    command.env("PORTDESK_SEAL_KEY_FILE", key).arg("rotate-seal-key");
    let done = command.output().unwrap();
    (done.status.success(), String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned())
}

#[test]
fn after_a_new_key_older_letters_still_verify() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let key = seal_key::copy_to(folder.path());
    let files = KeyFiles::beside(&key);
    let old = files.read().unwrap().unwrap();
    let bill = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/docs/d04c8226.pdf");
    let facts = SealFacts { name: "Portdesk", reason: "Test", at: day("2026-11-22") };
    let letter = old.seal(&fs::read(bill).unwrap(), &facts).unwrap();

    let (done, told) = rotate(folder.path(), &key);
    assert!(done, "{told}");
    let new = files.read().unwrap().unwrap();
    assert!(old.fingerprint() != new.fingerprint(), "there is a new key");
    assert!(told.contains(&new.fingerprint().to_string()) && told.contains("Restart the server"), "{told}");
    let retired = folder.path().join(format!("seal-{}.pem.retired", old.fingerprint().short()));
    for file in [&retired, &key] {
        assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600, "{}", file.display());
    }
    let kept = SealKey::from_pem("", &fs::read_to_string(retired).unwrap()).unwrap();
    assert_eq!(kept.fingerprint(), old.fingerprint());

    let desk = Desk::open_with(&[("PORTDESK_SEAL_KEY_FILE", key.to_str().unwrap())]);
    let sealer = &desk.app.sealer;
    assert_eq!(sealer.current(desk.now()).unwrap().fingerprint(), new.fingerprint());
    assert_eq!(sealer.verify(&letter).outcome.unwrap().fingerprint, old.fingerprint());
    assert_eq!(sealer.certificates(), [new.certificate().clone(), old.certificate().clone()]);
    assert_eq!(sealer.certificates_pem().matches("BEGIN CERTIFICATE").count(), 2);
    fs::write(folder.path().join("letter.pdf"), letter).unwrap();
    let mut offline = Command::new(env!("CARGO_BIN_EXE_portdesk"));
    offline.env_clear().env("PORTDESK_DATA_DIR", folder.path()).arg("verify").arg(folder.path().join("letter.pdf"));
    let told = run(&mut offline);
    assert!(told.contains(&old.fingerprint().to_string()) && !told.contains("NO "), "{told}");
}

#[test]
fn a_key_that_cannot_be_read_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("seal.pem");
    fs::write(&key, "not a key").unwrap();
    let (done, told) = rotate(folder.path(), &key);
    assert!(!done && told.contains("seal.pem") && told.contains("Nothing was changed"), "{told}");
    assert_eq!(fs::read_to_string(&key).unwrap(), "not a key");
    fs::remove_file(&key).unwrap();
    let (done, told) = rotate(folder.path(), &key);
    assert!(done && !told.contains("retired"), "{told}");
}
