//! The letter of authorization that anybody may fetch and fill in on paper.

use crate::{
    harness::{desk::Desk, program},
    letter::tools::{info, words},
};

const PATH: &str = "/letter-of-authorization.pdf";

#[test]
fn anybody_may_fetch_the_letter_that_names_the_company() {
    let desk = Desk::open_with(&[
        ("PORTDESK_BRAND_NAME", "Harbor Line"),
        ("PORTDESK_PROVIDER_NAME", "Harbor Voice Inc."),
        ("PORTDESK_PROVIDER_ADDRESS", "400 Pier Ave, Portland, ME 04101"),
        ("PORTDESK_PROVIDER_PHONE", "207-555-0111"),
        ("PORTDESK_SUPPORT_EMAIL", "porting@harborvoice.example"),
    ]);
    let answer = desk.browser().get(PATH);
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/pdf")));
    assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"letter-of-authorization.pdf\""));
    assert_eq!(info(&answer.bytes, "Pages"), "1");
    let text = words(&answer.bytes);
    assert!(
        text.starts_with(
            "Harbor Voice Inc. 400 Pier Ave, Portland, ME 04101 207-555-0111 · porting@harborvoice.example \
             Letter of Authorization to Transfer Telephone Numbers"
        ),
        "{text}"
    );
    assert!(text.contains("I name Harbor Voice Inc. as my agent"), "{text}");
    assert!(desk.owner().get(PATH).bytes == answer.bytes, "it is always the same");
}

#[test]
fn without_a_legal_name_the_letter_names_the_product() {
    let text = words(&Desk::open().browser().get(PATH).bytes);
    assert!(text.starts_with("Portdesk support@localhost Letter of Authorization"), "{text}");
}

#[test]
fn a_company_that_letters_cannot_print_is_told_before_anything_starts() {
    let folder = tempfile::tempdir().unwrap();
    let (mut command, _schema) = program::command(folder.path());
    let done = command.env("PORTDESK_PROVIDER_NAME", "海港").output().unwrap();
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(2), "{told}");
    assert!(
        told.contains("PORTDESK_PROVIDER_NAME: letters of authorization cannot print the character \"海\""),
        "{told}"
    );
}
