//! A letter that was signed elsewhere.

use portdesk::domain::{loa::LoaState, stage::Stage};

use super::walk::bill_pdf;
use crate::harness::{
    desk::Desk,
    loa,
    seed::{self, Seed},
};
use crate::manual::walk::compare;

fn day(month: &'static str, day: &'static str) -> [(&'static str, &'static str); 3] {
    [("signed-month", month), ("signed-day", day), ("signed-year", "2026")]
}

#[test]
fn every_error_says_what_to_do_and_the_file_is_kept() {
    let desk = Desk::open();
    let owner = desk.owner();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::AwaitingSignature);
    let here = format!("/port-requests/{sid}/loa/upload");
    let pdf = bill_pdf();
    let file: (&str, &str, &str, &[u8]) = ("file", "loa.pdf", "application/pdf", &pdf);
    let picture: (&str, &str, &str, &[u8]) = ("file", "loa.pdf", "application/pdf", b"GIF89a no letter");
    let large = [&pdf[..], &vec![b' '; 4 * 1024 * 1024]].concat();
    let large: (&str, &str, &str, &[u8]) = ("file", "loa.pdf", "application/pdf", &large);
    for (fields, file, told) in [
        (&day("11", "20")[..], None, "Select the signed letter"),
        (&day("11", "20"), Some(picture), "The letter must be a PDF"),
        (&day("11", "20"), Some(large), "It must be 4 MB or smaller"),
        (&[], Some(file), "Enter the date the letter was signed"),
        (&day("2", "30"), Some(file), "Date the letter was signed must be a real date"),
        (&day("11", "22"), Some(file), "The date the letter was signed must be today or earlier"),
        (&day("10", "11"), Some(file), "The letter was signed 41 days ago. It must be signed within the last 30 days"),
    ] {
        let files: Vec<_> = file.into_iter().collect();
        let page = owner.post_multipart(&here, fields, &files);
        assert_eq!(page.status, 422, "{told}");
        page.assert_has(told);
        assert_eq!(page.hidden("kept").is_some(), file == Some(self::file(&pdf)), "{told}");
    }
    assert_eq!(loa::newest(&desk, &sid).state, LoaState::Pending);
    desk.deliver();
}

fn file(pdf: &[u8]) -> (&'static str, &'static str, &'static str, &[u8]) {
    ("file", "loa.pdf", "application/pdf", pdf)
}

#[test]
fn an_older_letter_is_asked_about_once_and_then_goes_to_the_desk() {
    let desk = Desk::open();
    let owner = desk.owner();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::AwaitingSignature);
    let here = format!("/port-requests/{sid}/loa/upload");
    let pdf = bill_pdf();
    let asked = owner.post_multipart(&here, &day("11", "5"), &[file(&pdf)]);
    assert_eq!(asked.status, 422);
    asked.assert_has("The letter was signed 16 days ago. Some carriers want one that is no more than 15 days old");
    let (kept, seen) = (asked.hidden("kept").expect("the file is kept"), asked.hidden("seen").expect("it was asked"));
    let mut fields = day("11", "5").to_vec();
    fields.extend([("kept", kept.as_str()), ("seen", seen.as_str())]);
    let done = owner.post_multipart(&here, &fields, &[]);
    assert_eq!(done.location, Some(format!("/port-requests/{sid}")), "{}", done.text());
    let page = done.follow();
    page.assert_has("Signed letter uploaded. We check your details next.");
    page.assert_has("Signed on Nov 5, 2026, uploaded on Nov 21, 2026. Uploaded, not e-signed here.");
    assert_eq!(seed::request(&desk, &sid).stage, Stage::InReview);
    let mails = desk.deliver();
    let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(to, ["dana@northgate.example"], "the signer is told that it is done");
    assert!(format!("{:?}", mails[0].subject).contains("no longer needed"), "{:?}", mails[0].subject);

    let back = owner.get(&format!("/port-requests/{sid}/loa/uploaded.pdf"));
    assert_eq!(back.status, 200);
    assert_eq!(back.header("content-length"), Some(pdf.len().to_string().as_str()));
    assert_eq!(owner.get(&format!("/port-requests/{sid}/loa/letter.pdf")).status, 404, "nothing is left to sign");
}

#[test]
fn a_kept_file_serves_its_own_request_only() {
    let desk = Desk::open();
    let owner = desk.owner();
    let [one, other] =
        [(); 2].map(|()| seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::AwaitingSignature));
    let asked = owner.post_multipart(&format!("/port-requests/{one}/loa/upload"), &[], &[file(&bill_pdf())]);
    let kept = asked.hidden("kept").expect("the file is kept");
    let mut fields = day("11", "20").to_vec();
    fields.push(("kept", &kept));
    let refused = owner.post_multipart(&format!("/port-requests/{other}/loa/upload"), &fields, &[]);
    assert_eq!(refused.status, 422);
    refused.assert_has("Select the signed letter");
}

#[test]
fn the_paper_keeps_the_loa_id_that_is_printed_on_it_and_a_wrong_file_can_be_replaced() {
    let desk = Desk::open();
    let owner = desk.owner();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::AwaitingSignature);
    let (here, pdf) = (format!("/port-requests/{sid}/loa/upload"), bill_pdf());
    let printed = loa::newest(&desk, &sid);
    assert_eq!(owner.post_multipart(&here, &day("11", "20"), &[file(&pdf)]).status, 303);
    let uploaded = loa::newest(&desk, &sid);
    assert_eq!((&uploaded.loa_id, uploaded.state), (&printed.loa_id, LoaState::Uploaded));
    let told: Vec<_> = desk.deliver().into_iter().filter(|mail| mail.to == printed.signer_email).collect();
    assert!(told.len() == 1 && told[0].subject.as_str().contains("no longer needed"), "{told:?}");

    let page = owner.get(&format!("/port-requests/{sid}/loa"));
    page.assert_has("Was it the wrong file? Upload another one before the request goes to the carrier.");
    let right = [&pdf[..], b"\n"].concat();
    let done = owner.post_multipart(&here, &day("11", "21"), &[file(&right)]);
    assert_eq!(done.status, 303, "{done:?}");
    let second = loa::newest(&desk, &sid);
    assert_eq!((second.version, second.state), (2, LoaState::Uploaded));
    assert_eq!(seed::request(&desk, &sid).stage, Stage::InReview);
    assert_eq!(desk.read(|conn| portdesk::store::loas::get(conn, uploaded.id)).state, LoaState::Superseded);
    compare(&desk, &sid, &day("11", "21"));
    seed::send_to_carrier(&desk, &sid);
    assert_eq!(owner.get(&here).status, 303, "the carrier has it");
    desk.deliver();
}

#[test]
fn the_paper_of_another_letter_is_not_taken_for_the_one_that_waits() {
    let desk = Desk::open();
    let owner = desk.owner();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::AwaitingSignature);
    let (here, pdf) = (format!("/port-requests/{sid}/loa/upload"), bill_pdf());
    let opened = owner.get(&here).hidden("letter").expect("the page names its letter");
    let signer = [("who", "me"), ("signer_title", "Owner")];
    assert_eq!(owner.post(&format!("/port-requests/{sid}/loa/signer"), &signer).status, 303);
    let fields = [&day("11", "20")[..], &[("letter", opened.as_str())]].concat();
    let refused = owner.post_multipart(&here, &fields, &[file(&pdf)]);
    assert_eq!(refused.status, 422);
    refused.assert_has("The letter changed since you opened this page.");
    assert!(refused.hidden("kept").is_some(), "the file is kept");
    assert_eq!(loa::newest(&desk, &sid).state, LoaState::Pending);
    desk.deliver();
}
