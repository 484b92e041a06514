//! The verification page: what whoever holds a letter learns about it, and what nobody learns.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use portdesk::store;

use crate::{
    harness::{desk::Desk, page::Page},
    sign::asked::Asked,
};

/// A letter that was signed by its signer, its PDF, and what is printed beside its LOA ID.
fn signed(desk: &Desk) -> (Asked<'_>, Vec<u8>, String) {
    let asked = Asked::new(desk);
    let letter = asked.read();
    assert_eq!(asked.sign(&letter, &[]).status, 303);
    desk.deliver();
    let pdf = asked.browser.get(&asked.path("/signed.pdf"));
    assert_eq!(pdf.status, 200);
    let facts = asked.now().facts(&desk.app.house.vault).unwrap();
    (asked, pdf.bytes, facts.verification.check_code)
}

fn look_up(desk: &Desk, loa_id: &str, code: &str) -> Page {
    desk.browser().post("/verify", &[("loa-id", loa_id), ("check-code", code)])
}

fn send(desk: &Desk, file: &[u8]) -> Page {
    desk.browser().post_multipart("/verify/file", &[], &[("file", "letter.pdf", "application/pdf", file)])
}

#[test]
fn id_and_check_code_tell_that_a_letter_stands_and_never_show_it() {
    let desk = Desk::open();
    let (asked, _, code) = signed(&desk);
    let id = asked.loa.loa_id.as_str();
    let typed = id.to_lowercase().replace('-', " ");
    for page in [look_up(&desk, id, &code), look_up(&desk, &typed, &code.to_lowercase())] {
        page.assert_has("This letter stands");
        page.assert_has(id);
        page.assert_lacks(&asked.loa.signer_name);
        page.assert_lacks(&asked.loa.signer_email);
        assert_eq!(page.header("x-robots-tag"), Some("noindex, nofollow"));
        assert_eq!(page.header("cache-control"), Some("no-store"));
        let facts = asked.now().facts(&desk.app.house.vault).unwrap();
        page.assert_lacks(facts.current_service.account_number.as_str());
        for number in &facts.numbers {
            page.assert_lacks(&number.number.national());
        }
    }
}

#[test]
fn a_wrong_code_looks_like_a_letter_that_nobody_made() {
    let desk = Desk::open();
    let (asked, _, code) = signed(&desk);
    let other = if code == "AAAA-AAAA" { "BBBB-BBBB" } else { "AAAA-AAAA" };
    let plain = |page: Page| page.text().replace(asked.loa.loa_id.as_str(), "ID").replace("LOA-00000-00000", "ID");
    let wrong = look_up(&desk, asked.loa.loa_id.as_str(), other);
    let unknown = look_up(&desk, "LOA-00000-00000", other);
    assert_eq!(wrong.status, unknown.status);
    wrong.assert_has("No such letter");
    assert_eq!(plain(wrong), plain(unknown));
}

#[test]
fn the_code_in_the_picture_leads_to_the_same_answer() {
    let desk = Desk::open();
    let (asked, ..) = signed(&desk);
    let facts = asked.now().facts(&desk.app.house.vault).unwrap();
    let address = facts.verification.qr_address.strip_prefix(&desk.base).unwrap().to_owned();
    desk.browser().get(&address).assert_has("This letter stands");
    assert_eq!(desk.browser().get("/verify/AAAAAAAAAAAAAAAAAAAAAA").status, 404);
    assert_eq!(asked.events("verified_publicly"), 1);
}

#[test]
fn a_file_is_ours_byte_for_byte_or_it_is_told_what_is_wrong() {
    let desk = Desk::open();
    let (_, pdf, _) = signed(&desk);
    let good = send(&desk, &pdf);
    good.assert_has("This letter stands");
    good.assert_has("Nothing was changed since it was sealed");
    let mut flipped = pdf.clone();
    let at = pdf.len() / 3;
    flipped[at] ^= 1;
    send(&desk, &flipped).assert_has("Not a file that we sealed");
    let appended = [pdf.as_slice(), b"\n% more\n"].concat();
    send(&desk, &appended).assert_has("Something was added to this PDF after it was sealed");
    send(&desk, b"not a PDF").assert_has("This file is not a PDF");
}

/// Every file below a folder, with its size.
fn kept(folder: &Path) -> BTreeSet<(PathBuf, u64)> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(kept(&path));
        } else {
            let size = path.metadata().unwrap().len();
            found.insert((path, size));
        }
    }
    found
}

#[test]
fn a_file_that_is_compared_is_kept_nowhere() {
    let desk = Desk::open();
    let (asked, genuine, _) = signed(&desk);
    let foreign = crate::port_requests::walk::bill_pdf();
    let large = vec![b'x'; 5 * 1024 * 1024 + 1];
    let (files, incoming) = (Path::new(&desk.config.files_url), &desk.app.incoming);
    let rows = || desk.read(|conn| store::loa_files::of_loa(conn, asked.loa.id)).len();
    let before = (kept(files), rows());
    assert_eq!(before.0.len(), 3, "the letter, the signed one and its certificate: {before:?}");
    assert!(
        before.0.iter().any(|(_, size)| usize::try_from(*size) == Ok(genuine.len())),
        "the signed letter is among them"
    );
    for (file, told) in [
        (&genuine[..], "This letter stands"),
        (&foreign, "This PDF is not sealed"),
        (&genuine[..genuine.len() / 2], "Not a file that we sealed"),
        (b"not a PDF", "This file is not a PDF"),
        (&large, "The file must be 5 MB or smaller"),
    ] {
        send(&desk, file).assert_has(told);
        assert_eq!((kept(files), rows()), before, "{told}");
        assert_eq!(kept(incoming), BTreeSet::new(), "{told}");
    }
}

#[test]
fn forms_without_an_answer_say_what_is_missing() {
    let desk = Desk::open();
    let empty = look_up(&desk, " ", "");
    assert_eq!(empty.status, 422);
    empty.assert_has("Enter the LOA ID that the letter shows");
    empty.assert_has("Enter the check code that stands beside the LOA ID");
    let none = desk.browser().post_multipart("/verify/file", &[("other", "x")], &[]);
    assert_eq!(none.status, 422);
    none.assert_has("Select the PDF that you want to check");
    let large = send(&desk, &vec![b'x'; 5 * 1024 * 1024 + 1]);
    assert_eq!(large.status, 422);
    large.assert_has("The file must be 5 MB or smaller");
}

#[test]
fn guessing_is_slow() {
    let desk = Desk::open();
    for _ in 0..20 {
        assert_eq!(look_up(&desk, "LOA-00000-00000", "AAAA-AAAA").status, 200);
    }
    let stopped = look_up(&desk, "LOA-00000-00000", "AAAA-AAAA");
    assert_eq!(stopped.status, 429);
    stopped.assert_has("There were too many tries Nothing was looked up. Wait 1 minute, then try again.");
    assert!(!stopped.body.contains("loa-id-error"), "the field is not to blame: {stopped:?}");
    assert_eq!(stopped.value("loa-id").as_deref(), Some("LOA-00000-00000"), "what was typed is still there");
}

#[test]
fn a_replaced_letter_is_told_apart_and_an_unsigned_one_too() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    let facts = asked.loa.facts(&desk.app.house.vault).unwrap();
    look_up(&desk, asked.loa.loa_id.as_str(), &facts.verification.check_code)
        .assert_has("Nobody has signed this letter yet");
    let now = desk.now();
    desk.write(|conn| {
        let end = store::loas::End {
            to: portdesk::domain::loa::LoaState::Voided,
            reason: portdesk::domain::loa::EndReason::Replaced,
            note: "",
        };
        store::loas::end(conn, &asked.loa, end, now)
    });
    look_up(&desk, asked.loa.loa_id.as_str(), &facts.verification.check_code).assert_has("This letter does not count");
}

#[test]
fn certificates_of_the_seal_are_published() {
    let desk = Desk::open();
    let published = desk.browser().get("/verify/certificate.pem");
    assert_eq!(published.body, desk.app.sealer.certificates_pem());
    assert!(published.body.contains("BEGIN CERTIFICATE") && !published.body.contains("PRIVATE"));
    for fingerprint in desk.app.sealer.fingerprints() {
        desk.browser().get("/verify").assert_has(&fingerprint.to_string());
    }
}

#[test]
fn a_letter_of_a_canceled_request_stands_no_more() {
    let desk = Desk::open();
    let customer = desk.people.manager();
    let (asked, _, code) = signed(&desk);
    crate::harness::seed::cancel(&desk, &customer, &asked.sid);
    desk.deliver();
    let page = look_up(&desk, asked.loa.loa_id.as_str(), &code);
    page.assert_has("This letter does not count any more");
    page.assert_has("the request to move the numbers was canceled since");
    page.assert_lacks("This letter stands");
}

#[test]
fn an_uploaded_letter_tells_the_day_on_it_and_the_day_it_came() {
    let desk = Desk::open();
    let customer = desk.people.owner();
    let sid = crate::harness::seed::sent_request(&desk, &customer, crate::harness::seed::Seed::default());
    desk.deliver();
    let loa = crate::harness::loa::newest(&desk, &sid);
    let facts = loa.facts(&desk.app.house.vault).unwrap();
    let page = look_up(&desk, loa.loa_id.as_str(), &facts.verification.check_code);
    page.assert_has("Date on the letter Nov 21, 2026");
    page.assert_has("Uploaded");
    page.assert_lacks("Signed Nov");
}
