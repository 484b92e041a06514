//! Every sample file through the front door: the expected verdict, no 5xx, and a server that goes on.

use std::time::{Duration, Instant};

use serde::Deserialize;

use super::walk::{Draft, bill_pdf, sample};
use crate::harness::desk::Desk;

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
    in_app: String,
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
    in_app_bill: Verdict,
}

#[derive(Deserialize)]
struct Verdict {
    verdict: String,
}

fn manifest() -> Manifest {
    serde_json::from_slice(&sample("manifest.json")).expect("a manifest")
}

/// Uploads a file to a new draft, says whether it was kept, and looks at it as its owner would.
fn upload(desk: &Desk, name: &str, content_type: &str, bytes: &[u8]) -> Result<&'static str, String> {
    let draft = Draft::start(desk);
    let begun = Instant::now();
    // No browser sends this one raw: a NUL cannot stand in a header.
    let name = name.replace('\0', "%00");
    let files = [("file", name.as_str(), content_type, bytes)];
    let answer = draft.browser.post_multipart(&draft.at("bill"), &[("do", "upload")], &files);
    let page = draft.get("bill?files=1");
    if answer.status != 303 || page.status != 200 || WATCHDOG < begun.elapsed() {
        return Err(format!("{} {} in {:?}", answer.status, page.status, begun.elapsed()));
    }
    let kept = page.has("1 file saved");
    if kept == page.body.contains("id=\"file-error\"") {
        return Err(format!("neither kept nor refused: {page:?}"));
    }
    if let Some(id) = page.body.split("remove-file:").nth(1).and_then(|rest| rest.split('"').next()) {
        for path in [format!("/documents/{id}"), format!("/documents/{id}/view")] {
            let document = draft.browser.get(&path);
            let policy = document.header("content-security-policy").unwrap_or_default();
            if 400 <= document.status || (document.status == 200 && !policy.starts_with("sandbox")) {
                return Err(format!("{path}: {} {policy}", document.status));
            }
        }
    }
    Ok(if kept { "accept" } else { "reject" })
}

#[test]
fn every_sample_document_gets_its_verdict() {
    let desk = Desk::open();
    let mut wrong = Vec::new();
    for document in manifest().documents {
        let verdict = upload(&desk, &document.upload_filename, "application/pdf", &sample(&document.file));
        let expected = document.expect.upload.in_app.as_str();
        if !verdict.as_ref().is_ok_and(|verdict| expected == "either" || expected == *verdict) {
            wrong.push(format!("{}: {verdict:?}, not {expected}", document.id));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_hostile_file_gets_its_verdict_and_the_server_goes_on() {
    let desk = Desk::open();
    let mut wrong = Vec::new();
    for case in manifest().hostile {
        let verdict = upload(&desk, &case.upload_filename, &case.content_type, &sample(&case.file));
        let expected = case.expect.in_app_bill.verdict.as_str();
        if !verdict.as_ref().is_ok_and(|verdict| expected == "either" || expected == *verdict) {
            wrong.push(format!("{} {}: {verdict:?}, not {expected}", case.id, case.slug));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let begun = Instant::now();
    assert_eq!(upload(&desk, "bill.pdf", "application/pdf", &bill_pdf()), Ok("accept"));
    assert!(begun.elapsed() < Duration::from_secs(5), "quick after all of them");
}
