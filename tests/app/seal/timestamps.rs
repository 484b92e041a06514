//! Seals with a timestamp, and authorities that give none: the seal is made all the same, and the reason is told.

use std::{fs, net::TcpListener, path::Path, time::Duration};

use actix_web::rt::System;
use portdesk::seal::{Fault, SealFacts, SealSettings, Sealed, Sealer, TIMESTAMP_LIMIT, Timestamp};
use tempfile::TempDir;

use super::{
    authority::{Authority, Way},
    run, says,
};
use crate::harness::{python::python, seal_key};

struct Seal {
    sealer: Sealer,
    folder: TempDir,
}

impl Seal {
    fn asking(urls: &[&str], limit: Duration) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let now = "2026-11-22T08:00:00".parse().unwrap();
        let settings = SealSettings {
            key_file: seal_key::copy_to(folder.path()),
            must_exist: true,
            name: "Portdesk".to_owned(),
            timestamp_urls: urls.iter().map(|url| url.parse().unwrap()).collect(),
            timestamp_limit: limit,
        };
        let sealer = Sealer::open(settings, now);
        sealer.self_test(now).unwrap();
        Self { sealer, folder }
    }

    /// Seals a bill and checks it: whatever the authority does, the seal is good.
    #[track_caller]
    fn seal(&self) -> Sealed {
        let at = "2026-11-22T08:00:00".parse().unwrap();
        let facts = SealFacts { name: "Portdesk", reason: "Letter of Authorization", at };
        let bill = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/docs/d04c8226.pdf");
        let sealed = System::new().block_on(self.sealer.seal(&fs::read(bill).unwrap(), &facts)).unwrap();
        let report = self.sealer.verify(&sealed.bytes);
        let seen = report.outcome.expect("what was sealed is good");
        let expected = match &sealed.timestamp {
            Timestamp::Failed { .. } => &Timestamp::NotAsked,
            other => other,
        };
        assert_eq!((&seen.timestamp, report.sha256, seen.fingerprint), (expected, sealed.sha256, sealed.fingerprint));
        sealed
    }

    fn write(&self, name: &str, bytes: &[u8]) -> std::path::PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }
}

#[track_caller]
fn fails(way: Way, expected: &str) {
    let authority = Authority::new(way);
    let limit = if way == Way::Silent { Duration::from_millis(20) } else { TIMESTAMP_LIMIT };
    let sealed = Seal::asking(&[&authority.url], limit).seal();
    let Timestamp::Failed { why } = sealed.timestamp else { panic!("{way:?}: {:?}", sealed.timestamp) };
    assert!(why.starts_with("127.0.0.1:") && why.contains(expected), "{way:?}: {why}");
    assert!(!why.contains("secret"), "{why}");
}

#[test]
fn without_an_authority_nobody_is_asked() {
    let sealed = Seal::asking(&[], TIMESTAMP_LIMIT).seal();
    assert_eq!(sealed.timestamp, Timestamp::NotAsked);
}

#[test]
fn a_timestamped_file_passes_with_every_judge() {
    let authority = Authority::new(Way::Well);
    let seal = Seal::asking(&[&authority.url], TIMESTAMP_LIMIT);
    let sealed = seal.seal();
    let Timestamp::Made { authority: name, .. } = &sealed.timestamp else { panic!("{:?}", sealed.timestamp) };
    assert_eq!(name, "CN=Test Time Authority");
    let file = seal.write("letter.pdf", &sealed.bytes);
    let ours = seal.write("ours.pem", seal.sealer.certificates_pem().as_bytes());
    let told = run(std::process::Command::new("pdfsig").arg("-nocert").arg(&file));
    says(&told, &["Signature is Valid", "Total document signed", "ETSI.CAdES.detached"]);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judge_seal.py");
    let mut judge = std::process::Command::new(python());
    let told = run(judge.arg(script).arg(&file).arg(ours).arg(authority.certificate()));
    let whole = "intact True, valid True, trusted True, coverage ENTIRE_FILE, docmdp True";
    says(&told, &[whole, "timestamp intact True, valid True, trusted True", "signatures 1"]);
    let checked = run(std::process::Command::new("qpdf").arg("--check").arg(&file));
    says(&checked, &["No syntax or stream encoding errors found"]);
}

#[test]
fn authorities_with_other_keys_are_understood() {
    for key in [&["-newkey", "rsa:2048"][..], &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"]] {
        let authority = Authority::with_key(Way::Well, key);
        let sealed = Seal::asking(&[&authority.url], TIMESTAMP_LIMIT).seal();
        assert!(matches!(sealed.timestamp, Timestamp::Made { .. }), "{key:?}: {:?}", sealed.timestamp);
    }
}

#[test]
fn an_authority_that_gives_nothing_stops_nothing() {
    fails(Way::Refuse, "it refused with status 2");
    fails(Way::Garbage, "its answer is not a timestamp answer");
    fails(Way::OtherImprint, "the timestamp is for something else");
    fails(Way::OtherNonce, "the timestamp answers another question");
    fails(Way::Forged, "the timestamp is not signed by the certificate that it carries");
    fails(Way::Broken, "it answered with status 500");
    fails(Way::Endless, "its answer is too long");
    fails(Way::Silent, "no answer within 20ms");
}

#[test]
fn the_second_authority_is_asked_when_the_first_is_down() {
    let (down, good) = (closed(), Authority::new(Way::Well));
    let sealed = Seal::asking(&[&down, &good.url], TIMESTAMP_LIMIT).seal();
    assert!(matches!(sealed.timestamp, Timestamp::Made { .. }), "{:?}", sealed.timestamp);
    let sealed = Seal::asking(&[&down, &closed()], TIMESTAMP_LIMIT).seal();
    let Timestamp::Failed { why } = sealed.timestamp else { panic!("{:?}", sealed.timestamp) };
    assert_eq!(why.matches("it cannot be reached").count(), 2, "{why}");
}

/// An address at which nobody listens.
fn closed() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}/", listener.local_addr().unwrap())
}

#[test]
fn a_timestamp_of_another_seal_is_not_taken() {
    let authority = Authority::new(Way::Well);
    let seal = Seal::asking(&[&authority.url], TIMESTAMP_LIMIT);
    let file = seal.seal().bytes;
    // The hash that the token names, as it stands in the file: behind the name of SHA-256 with its empty parameters.
    let place = |file: &[u8]| {
        let named = b"300d0609608648016503040201050004";
        let at = file.windows(named.len()).position(|part| part == named).expect("the token names a SHA-256");
        at + named.len() + 2
    };
    let mut changed = file.clone();
    let at = place(&file);
    changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
    assert_eq!(seal.sealer.verify(&changed).outcome.unwrap_err(), Fault::Timestamp);
    // The last byte of the message is the last of the token's signature.
    let last = file.windows(64).rposition(|zeros| zeros.iter().all(|byte| *byte == b'0')).expect("there is room left");
    let last = file[..last].iter().rposition(|byte| byte.is_ascii_hexdigit() && *byte != b'0').unwrap();
    let mut changed = file;
    changed[last] = if changed[last] == b'1' { b'2' } else { b'1' };
    assert_eq!(seal.sealer.verify(&changed).outcome.unwrap_err(), Fault::Timestamp);
}
