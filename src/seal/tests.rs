use chrono::NaiveDateTime;
use lopdf::{Document, Object, Stream, dictionary};

use super::*;

fn now() -> NaiveDateTime {
    "2026-11-22T08:00:00".parse().unwrap()
}

/// A page with a line of text on it.
fn page() -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let font = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier" });
    let content = b"BT /F1 24 Tf 72 700 Td (Numbers to move: (303) 555-0142) Tj ET".to_vec();
    let content = document.add_object(Stream::new(dictionary! {}, content));
    let fonts = dictionary! { "Font" => dictionary! { "F1" => font } };
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => fonts,
        "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
    });
    let tree = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, Object::Dictionary(tree));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn key() -> SealKey {
    SealKey::make("Portdesk", now()).unwrap()
}

fn sealed(key: &SealKey) -> Vec<u8> {
    key.seal(&page(), &SealFacts { name: "Portdesk", reason: "Letter of Authorization", at: now() }).unwrap()
}

fn check(key: &SealKey, file: &[u8]) -> Result<Fingerprint, Fault> {
    verify(file, &[key.certificate().clone()])
}

#[test]
fn what_was_sealed_is_known_again() {
    let key = key();
    let file = sealed(&key);
    assert_eq!(check(&key, &file), Ok(key.fingerprint()));
    assert_eq!(check(&key, &page()), Err(Fault::NotSealed));
    assert_eq!(check(&key, b"%!PS"), Err(Fault::NotPdf));
}

#[test]
fn each_changed_byte_is_found() {
    let key = key();
    let file = sealed(&key);
    // A prime, so that every kind of place comes up.
    for at in (0..file.len()).step_by(13) {
        let mut changed = file.clone();
        changed[at] ^= 1;
        assert!(check(&key, &changed).is_err(), "byte {at} of {}", file.len());
    }
}

#[test]
fn what_is_added_or_taken_away_is_found() {
    let key = key();
    let file = sealed(&key);
    assert_eq!(check(&key, &[file.as_slice(), b"\n% more"].concat()), Err(Fault::NotWholeFile));
    assert_eq!(check(&key, &file[..file.len() - 1]), Err(Fault::NotWholeFile));
    // A revision of its own is what a reader of PDFs shows, and some still call the old signature good.
    let mut revised = lopdf::IncrementalDocument::create_from(file.clone(), Document::load_mem(&file).unwrap());
    revised.new_document.add_object(dictionary! { "Added" => true });
    let mut appended = Vec::new();
    revised.save_to(&mut appended).unwrap();
    assert!(appended.starts_with(&file));
    assert_eq!(check(&key, &appended), Err(Fault::NotWholeFile));
}

#[test]
fn only_our_certificate_counts() {
    let (ours, foreign) = (key(), key());
    assert_eq!(check(&ours, &sealed(&foreign)), Err(Fault::OtherCertificate));
    // Old certificates are kept: what they sealed still counts.
    let both = [foreign.certificate().clone(), ours.certificate().clone()];
    assert_eq!(verify(&sealed(&foreign), &both), Ok(foreign.fingerprint()));
}

#[test]
fn a_sealed_file_is_not_sealed_again() {
    let key = key();
    let again = key.seal(&sealed(&key), &SealFacts { name: "", reason: "", at: now() });
    assert!(matches!(again, Err(SealError::Form(_))), "{again:?}");
}

#[test]
fn a_key_is_made_once_and_read_again() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("seal.pem");
    let made = KeyFiles::beside(&path).read_or_make("Zoë’s “Desk”, Inc.", now()).unwrap();
    let read = KeyFiles::beside(&path).read_or_make("Another name", now()).unwrap();
    assert_eq!(made.fingerprint(), read.fingerprint());
    assert_eq!(check(&read, &sealed(&made)), Ok(made.fingerprint()));
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(format!("{read:?}"), format!("SealKey({})", read.fingerprint()), "no word of the key");
}

#[track_caller]
fn refused(text: &str, expected: &str) {
    let told = SealKey::from_pem("seal.pem", text).expect_err("the key is refused").to_string();
    assert!(told.contains("seal.pem") && told.contains(expected), "{told}");
}

#[test]
fn a_key_that_cannot_seal_says_why() {
    let (one, two) = (key().to_pem().unwrap(), key().to_pem().unwrap());
    let certificate = |pem: &str| pem.split_once("-----BEGIN CERTIFICATE").unwrap().1.to_owned();
    let private = one.split_once("-----BEGIN CERTIFICATE").unwrap().0;
    refused("", "holds no private key");
    refused(private, "holds no certificate");
    refused(&format!("{private}-----BEGIN CERTIFICATE{}", certificate(&two)), "belongs to another key");
    let other_curve = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n-----END PRIVATE KEY-----\n";
    refused(&format!("{other_curve}-----BEGIN CERTIFICATE{}", certificate(&one)), "is not a P-256 key");
}

fn sealer(folder: &tempfile::TempDir) -> Sealer {
    Sealer::open(settings(folder), now())
}

fn settings(folder: &tempfile::TempDir) -> SealSettings {
    SealSettings {
        key_file: folder.path().join("seal.pem"),
        must_exist: false,
        name: "Portdesk".to_owned(),
        timestamp_urls: Vec::new(),
        timestamp_limit: TIMESTAMP_LIMIT,
    }
}

#[test]
fn nothing_is_sealed_before_the_self_test() {
    let folder = tempfile::tempdir().unwrap();
    let sealer = sealer(&folder);
    let told = sealer.current(now()).unwrap_err();
    assert!(told.reason.contains("has not run yet"), "{told:?}");
    sealer.self_test(now()).unwrap();
    sealer.current(now()).unwrap();
}

#[test]
fn a_seal_that_does_not_pass_its_own_check_is_not_ready() {
    let folder = tempfile::tempdir().unwrap();
    // Written by hand, as a broken machine might: the certificate says one key, another one signs.
    let mut broken = key();
    broken.signing = key().signing;
    let sealer = Sealer::for_test(settings(&folder), broken);
    let told = sealer.self_test(now()).unwrap_err();
    assert!(told.reason.contains("failed its test") && told.reason.contains("seal.pem"), "{told:?}");
    assert_eq!(sealer.current(now()).unwrap_err(), told);
    assert_eq!(
        told.to_string(),
        "Signing is not possible right now. Nothing that was entered is lost: try again later."
    );
}

#[test]
fn two_processes_that_start_at_once_use_one_key() {
    let folder = tempfile::tempdir().unwrap();
    let files = KeyFiles::beside(&folder.path().join("seal.pem"));
    let keys: Vec<Fingerprint> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..8).map(|_| scope.spawn(|| files.read_or_make("Portdesk", now()).unwrap())).collect();
        all.into_iter().map(|one| one.join().unwrap().fingerprint()).collect()
    });
    assert!(keys.windows(2).all(|two| two[0] == two[1]), "{keys:?}");
}
