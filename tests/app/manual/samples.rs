//! Every sample file through the public door: the expected verdict, a sentence that names the file, the draft intact.

use std::time::{Duration, Instant};

use serde::Deserialize;

use super::walk::{DETAILS, DOCUMENTS, Form, bill_pdf, changed, numbers};
use crate::{harness::desk::Desk, port_requests::walk::sample};

/// How long one file may take, whatever the machine is busy with.
const WATCHDOG: Duration = Duration::from_secs(30);

#[derive(Deserialize)]
struct Manifest {
    documents: Vec<Document>,
    hostile: Vec<Hostile>,
}

#[derive(Deserialize)]
struct Document {
    id: String,
    file: String,
    upload_filename: String,
    expect: DocumentVerdicts,
}

#[derive(Deserialize)]
struct DocumentVerdicts {
    upload: Upload,
}

#[derive(Deserialize)]
struct Upload {
    manual_form: String,
}

#[derive(Deserialize)]
struct Hostile {
    id: String,
    slug: String,
    file: String,
    upload_filename: String,
    content_type: String,
    expect: Verdicts,
}

#[derive(Deserialize)]
struct Verdicts {
    manual_pdf: Verdict,
}

#[derive(Deserialize)]
struct Verdict {
    verdict: String,
}

fn manifest() -> Manifest {
    serde_json::from_slice(&sample("manifest.json")).expect("a manifest")
}

/// Uploads a file from a network of its own as a bill or as the letter, and says whether it was kept.
fn upload(
    form: &Form,
    from: usize,
    field: &str,
    name: &str,
    content_type: &str,
    bytes: &[u8],
) -> Result<&'static str, String> {
    let begun = Instant::now();
    // No browser sends this one raw: a NUL cannot stand in a header.
    let name = name.replace('\0', "%00");
    let fields = changed(DOCUMENTS, &[("do", "upload")]);
    let browser = form.browser.with_header("X-Forwarded-For", &format!("203.0.113.{from}"));
    let answer = browser.post_multipart(&form.at("documents"), &fields, &[(field, &name, content_type, bytes)]);
    let page = form.get("documents?files=1");
    if answer.status != 303 || page.status != 200 || WATCHDOG < begun.elapsed() {
        return Err(format!("{} {} in {:?}", answer.status, page.status, begun.elapsed()));
    }
    if page.value("signed-day").as_deref() != Some("20") {
        return Err(format!("what was typed is lost: {page:?}"));
    }
    let id = page.body.split("remove-file:").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
    if id.is_some() == page.body.contains(&format!("id=\"{field}-error\"")) {
        return Err(format!("neither kept nor refused: {page:?}"));
    }
    let Some(id) = id else {
        let told = page.has("\" is") || page.has("\" must") || page.has("\" needs") || page.has("\" has");
        return if told { Ok("reject") } else { Err(format!("no sentence names the file: {page:?}")) };
    };
    // Nobody opens it from here, signed in or not.
    for browser in [&form.browser, &form.browser.clone()] {
        let shown = browser.get(&format!("/documents/{id}")).status;
        if shown == 200 {
            return Err(format!("a stranger opens it: {shown}"));
        }
    }
    form.post("documents", &changed(DOCUMENTS, &[("do", &format!("remove-file:{id}"))]));
    Ok("accept")
}

/// A form that has come as far as the page of the documents.
fn at_documents(desk: &Desk) -> Form {
    let form = Form::start(desk);
    form.pass("details", DETAILS, "numbers");
    form.pass("numbers", &numbers(), "documents");
    form
}

fn wrong(verdict: &Result<&'static str, String>, expected: &str) -> bool {
    !verdict.as_ref().is_ok_and(|verdict| expected == "either" || expected == *verdict)
}

#[test]
fn every_sample_document_gets_its_verdict() {
    let desk = Desk::open_with(&[("PORTDESK_TRUSTED_PROXIES", "127.0.0.1")]);
    let form = at_documents(&desk);
    let mut all = Vec::new();
    for (at, document) in manifest().documents.into_iter().enumerate() {
        let expected = document.expect.upload.manual_form.as_str();
        let verdict = upload(&form, at, "file", &document.upload_filename, "application/pdf", &sample(&document.file));
        if wrong(&verdict, expected) {
            all.push(format!("{}: {verdict:?}, not {expected}", document.id));
        }
    }
    assert!(all.is_empty(), "{all:#?}");
}

#[test]
fn every_hostile_file_gets_its_verdict_at_both_fields() {
    let desk = Desk::open_with(&[("PORTDESK_TRUSTED_PROXIES", "127.0.0.1")]);
    let form = at_documents(&desk);
    let mut all = Vec::new();
    for (at, case) in manifest().hostile.into_iter().enumerate() {
        let expected = case.expect.manual_pdf.verdict.as_str();
        for field in ["file", "letter"] {
            let verdict = upload(&form, at, field, &case.upload_filename, &case.content_type, &sample(&case.file));
            if wrong(&verdict, expected) {
                all.push(format!("{} {} as {field}: {verdict:?}, not {expected}", case.id, case.slug));
            }
        }
    }
    assert!(all.is_empty(), "{all:#?}");
    let begun = Instant::now();
    assert_eq!(upload(&form, 0, "file", "bill.pdf", "application/pdf", &bill_pdf()), Ok("accept"));
    assert!(begun.elapsed() < Duration::from_secs(5), "quick after all of them");
    form.upload_both();
}

#[test]
fn a_body_over_the_limit_gets_its_page_with_the_draft_intact() {
    let desk = Desk::open();
    let form = at_documents(&desk);
    form.upload_both();
    let long = "x".repeat(600 * 1024);
    for page in ["details", "numbers", "check"] {
        let refused = form.post(page, &[("name", &long)]);
        assert_eq!(refused.status, 413, "{page}");
        refused.assert_has("What was saved before is safe");
    }
    let refused = form.upload(&[("proof", &long)], &[]);
    assert_eq!(refused.status, 413);
    refused.assert_has("What was saved before is safe");
    let huge = vec![b'x'; 30 * 1024 * 1024];
    let page = form.upload(DOCUMENTS, &[("file", "huge.pdf", &huge)]).follow();
    page.assert_has("\"huge.pdf\"");
    page.assert_has("letter.pdf");
    assert_eq!(form.get("details").value("name").as_deref(), Some("Dana Ruiz"));
    for (kind, body) in [("text/plain", &b"hello"[..]), ("application/json", b"{}"), ("", b"\xff\xfe")] {
        let odd = form.browser.post_body(&form.at("details"), kind, body);
        assert!((400..500).contains(&odd.status), "{kind}: {odd:?}");
    }
    let odd = form.browser.post_body(&form.at("details"), "application/x-www-form-urlencoded", b"name=%00");
    assert!((400..500).contains(&odd.status), "{odd:?}");
    form.get("check").assert_has("Northgate Dental, LLC");
}
