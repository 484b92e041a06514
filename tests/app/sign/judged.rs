//! The files of a letter that was really signed here, before the judges of others and our own.

use std::ops::Range;

use memchr::memmem::{find, rfind};
use portdesk::seal::{Fault, SealFacts, SealKey};

use super::asked::Asked;
use crate::{
    harness::desk::Desk,
    seal::{Judges, appended, flipped, says},
};

/// A desk's judges, and both files of a letter that was signed there.
fn judged(asked: &Asked<'_>) -> (Judges, [Vec<u8>; 2]) {
    let judges = Judges::trusting(&asked.desk.app.sealer.certificates_pem());
    let (letter, certificate) = asked.finish();
    (judges, [letter, certificate])
}

fn ours(desk: &Desk, file: &[u8]) -> Option<Fault> {
    desk.app.sealer.verify(file).outcome.err()
}

/// Where the signature stands in a file, in hexadecimal digits.
fn signature(file: &[u8]) -> Range<usize> {
    let begin = rfind(file, b"/Contents<").or_else(|| rfind(file, b"/Contents <")).expect("a signature");
    let begin = begin + find(&file[begin..], b"<").expect("its beginning") + 1;
    begin..begin + find(&file[begin..], b">").expect("its end")
}

#[test]
fn both_files_pass_with_every_judge() {
    let desk = Desk::open();
    let (judges, files) = judged(&Asked::new(&desk));
    for file in &files {
        assert_eq!(ours(&desk, file), None);
        says(&judges.pdfsig(file), &["Signature is Valid", "Total document signed", "ETSI.CAdES.detached", "SHA-256"]);
        let whole = "intact True, valid True, trusted True, coverage ENTIRE_FILE, docmdp True";
        says(&judges.pyhanko(file), &[whole, "signatures 1"]);
        says(&judges.qpdf(file), &["No syntax or stream encoding errors found"]);
    }
}

#[test]
fn a_flipped_bit_is_seen_by_every_judge() {
    let desk = Desk::open();
    let (judges, files) = judged(&Asked::new(&desk));
    for file in files.iter().map(|file| flipped(file)) {
        assert_eq!(ours(&desk, &file), Some(Fault::Changed));
        says(&judges.pdfsig(&file), &["Digest Mismatch"]);
        says(&judges.pyhanko(&file), &["intact False", "trusted False"]);
    }
}

#[test]
fn an_added_revision_is_seen_where_others_still_call_the_signature_good() {
    let desk = Desk::open();
    let (judges, files) = judged(&Asked::new(&desk));
    for file in files.iter().map(|file| appended(file)) {
        assert_eq!(ours(&desk, &file), Some(Fault::NotWholeFile));
        says(&judges.pdfsig(&file), &["Signature is Valid", "Not total document signed"]);
        assert!(!judges.pyhanko(&file).contains("coverage ENTIRE_FILE"));
        says(&judges.qpdf(&file), &["No syntax or stream encoding errors found"]);
    }
}

#[test]
fn the_signature_of_another_letter_is_seen_by_every_judge() {
    let desk = Desk::open();
    let (judges, [letter, certificate]) = judged(&Asked::new(&desk));
    let (_, [other, _]) = judged(&Asked::new(&desk));
    // Made by the same key, and as long, whatever it signs.
    for swapped_in in [&other, &certificate] {
        let mut swapped = letter.clone();
        let (here, there) = (signature(&letter), signature(swapped_in));
        assert_eq!(here.len(), there.len(), "signatures have the same room");
        swapped[here].copy_from_slice(&swapped_in[there]);
        assert_ne!(swapped, letter);
        assert_eq!(ours(&desk, &swapped), Some(Fault::Changed));
        says(&judges.pdfsig(&swapped), &["Digest Mismatch"]);
        says(&judges.pyhanko(&swapped), &["intact False", "trusted False"]);
    }
}

#[test]
fn the_same_letter_sealed_by_somebody_else_is_not_ours() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    asked.prove();
    let unsigned = asked.browser.get(&asked.path("/letter.pdf")).bytes;
    let judges = Judges::trusting(&desk.app.sealer.certificates_pem());
    let facts = SealFacts { name: "Portdesk", reason: "Letter of authorization as signed", at: desk.now() };
    let forged = SealKey::make("Portdesk", desk.now()).unwrap().seal(&unsigned, &facts).unwrap();
    assert_eq!(ours(&desk, &forged), Some(Fault::OtherCertificate));
    says(&judges.pdfsig(&forged), &["Signature is Valid", "Total document signed"]);
    says(&judges.pyhanko(&forged), &["intact True, valid True, trusted False"]);
    let page = desk.browser().post_multipart("/verify/file", &[], &[("file", "a.pdf", "application/pdf", &forged)]);
    page.assert_has("Not a file that we sealed");
    page.assert_has("This PDF was sealed by somebody else");
}
