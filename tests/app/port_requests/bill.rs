//! The billing statement: files are kept as they arrive, each refusal names its file.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
};

use super::walk::{BILL, Draft, bill_pdf, changed, sample};
use crate::harness::desk::Desk;

/// A PDF like the bill, with other bytes behind its end.
fn another_pdf(n: usize) -> Vec<u8> {
    let mut pdf = sample("hostile/hb753dfc.bin");
    pdf.extend_from_slice(format!("\n%{n}").as_bytes());
    pdf
}

#[test]
fn a_wrong_date_never_costs_a_file() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let answer = draft.upload(&changed(BILL, &[("bill-month", "13")]), &[("bill.pdf", &bill_pdf())]);
    assert_eq!(answer.location.as_deref(), Some(draft.at("bill?check=1").as_str()));
    let page = answer.follow();
    page.assert_has("Date on the bill must be a real date");
    page.assert_has("1 file saved");
    page.assert_has("bill.pdf PDF, 1 page, 3 KB");
    page.assert_lacks("Select a bill");
    draft.pass("bill", BILL, "check");
}

#[test]
fn other_files_of_the_batch_are_kept() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let (good, second) = (another_pdf(1), another_pdf(2));
    let zip = sample("hostile/hc94e9ba.bin");
    let files: Vec<(&str, &[u8])> =
        vec![("good.pdf", &good), ("bill.docx", &zip), ("empty.pdf", b""), ("second.pdf", &second)];
    let answer = draft.upload(&[("do", "upload"), ("proof", "bill")], &files);
    assert_eq!(answer.location.as_deref(), Some(draft.at("bill?files=1").as_str()));
    for _ in 0..2 {
        let page = draft.get("bill?files=1");
        page.assert_has("2 files saved");
        page.assert_has("\"bill.docx\" must be a PDF, JPG, PNG, HEIC, WebP, TIFF or GIF");
        page.assert_has("\"empty.pdf\" is empty");
        page.assert_lacks("Enter the date on the bill");
        assert!(page.body.contains("id=\"file-error\""), "the sentences stand at the file field, and survive a reload");
    }
    assert!(draft.get("bill").body.contains("value=\"bill\" checked"), "the other answers were saved");
    draft.get("bill").assert_lacks("bill.docx");
    draft.post_in_background("bill", &[("do", "save"), ("proof", "bill")]);
    draft.get("bill?files=1").assert_has("\"bill.docx\" must be a PDF");
    draft.upload(&[("do", "upload"), ("proof", "bill")], &[]);
    draft.get("bill?files=1").assert_lacks("bill.docx");
}

#[test]
fn a_button_that_leads_away_waits_for_a_refused_file_to_be_heard_of() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    for (button, leads_to) in [("later", "/port-requests".to_owned()), ("back", draft.at("contact"))] {
        let answer = draft.upload(&[("do", button)], &[("bill.docx", b"PK\x03\x04")]);
        assert_eq!(answer.location.as_deref(), Some(draft.at("bill?files=1").as_str()));
        answer.follow().assert_has("\"bill.docx\" must be a PDF");
        let again = draft.upload(&[("do", button)], &[("", b"")]);
        assert_eq!(again.location.as_deref(), Some(leads_to.as_str()));
    }
}

#[test]
fn beyond_twice_the_files_of_a_request_none_is_looked_at() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let zip = b"PK\x03\x04".as_slice();
    let names: Vec<String> = (1..=34).map(|n| format!("sheet {n}.docx")).collect();
    let mut files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), zip)).collect();
    let (within, beyond) = (another_pdf(1), another_pdf(2));
    files[19] = ("within.pdf", &within);
    files[20] = ("beyond.pdf", &beyond);
    let page = draft.upload(BILL, &files).follow();
    page.assert_has("There are 10 problems");
    page.assert_has("\"sheet 9.docx\" must be a PDF");
    page.assert_has("and 24 more files were not kept: choose them again, up to 10 at a time");
    page.assert_lacks("sheet 10.docx");
    page.assert_has("1 file saved");
    page.assert_has("within.pdf PDF");
    assert_eq!(page.value("bill-day").as_deref(), Some("2"), "the fields behind the files arrived");
}

#[test]
fn one_by_one_no_more_sentences_are_kept_than_a_field_shows() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let script = Draft { browser: draft.browser.with_header("X-Background", "upload"), sid: draft.sid.clone() };
    for n in 1..=12 {
        script.upload(&[("do", "upload")], &[(&format!("sheet {n}.docx"), b"PK\x03\x04")]);
    }
    let page = draft.get("bill?files=1");
    page.assert_has("There are 10 problems");
    page.assert_lacks("\"sheet 2.docx\"");
    page.assert_has("\"sheet 3.docx\" must be a PDF");
}

#[test]
fn an_upload_that_is_given_up_is_read_to_its_end() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let cookie = draft.browser.cookie("portdesk_session").unwrap();
    let host = desk.base.strip_prefix("http://").unwrap();
    let field = |size: usize| {
        let head = b"--x\r\nContent-Disposition: form-data; name=\"proof\"\r\n\r\n".to_vec();
        [head, vec![b'x'; size], b"\r\n--x\r\n".to_vec()].concat()
    };
    for (case, begin, status) in [
        ("text that is too long", field(600 * 1024), "413"),
        ("no form at all", b"--y\r\nwhat is this".to_vec(), "400"),
        ("bytes that are no text", field(0).into_iter().chain(*b"\xff").collect(), "400"),
    ] {
        let rest = vec![b'x'; 30 * 1024 * 1024];
        let mut stream = TcpStream::connect(host).unwrap();
        let head = format!(
            "POST {} HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: same-origin\r\nCookie: portdesk_session={cookie}\r\n\
             Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {}\r\n\r\n",
            draft.at("bill"),
            begin.len() + rest.len()
        );
        // Like a browser, it reads when it has sent everything, and goes on with the same connection.
        let next = format!("GET /healthz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        for part in [head.as_bytes(), &begin, &rest, next.as_bytes()] {
            stream.write_all(part).unwrap_or_else(|error| panic!("{case}: {error}"));
        }
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap_or_else(|error| panic!("{case}: {error}"));
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{case}: {answer}");
        assert!(answer.contains("HTTP/1.1 200"), "{case}: the connection was given up");
    }
}

#[test]
fn files_sent_one_by_one_keep_their_sentences_for_a_reload() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let script = Draft { browser: draft.browser.with_header("X-Background", "upload"), sid: draft.sid.clone() };
    let told = "\"bad.pdf\" must be a PDF";
    script.upload(&[("do", "upload")], &[("bad.pdf", b"PK\x03\x04")]);
    script.get("bill?files=1").assert_has(told);
    script.upload(&[("do", "upload")], &[("good.pdf", &another_pdf(1))]);
    script.get("bill?files=1").assert_lacks("must be a PDF");
    draft.get("bill?files=1").assert_has(told);
    script.upload(&[("do", "upload")], &[("bad.pdf", &another_pdf(2))]);
    draft.get("bill?files=1").assert_lacks("must be a PDF");
    draft.get("bill").assert_has("2 files saved");
}

#[test]
fn the_same_file_is_kept_once_and_ten_are_enough() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let pdf = another_pdf(0);
    draft.upload(&[("do", "upload")], &[("a.pdf", &pdf), ("b.pdf", &pdf)]);
    let page = draft.get("bill?files=1");
    page.assert_has("For example 11 7 2026");
    page.assert_has("“b.pdf” is the same file as “a.pdf”, so it is kept once");
    page.assert_has("1 file saved");
    let files: Vec<(String, Vec<u8>)> = (1..=11).map(|n| (format!("page {n}.pdf"), another_pdf(n))).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    draft.upload(&[("do", "upload")], &files);
    let page = draft.get("bill?files=1");
    page.assert_has("10 files saved");
    page.assert_has("\"page 10.pdf\" was left out. You can add up to 10 files");
    page.assert_has("\"page 11.pdf\" was left out. You can add up to 10 files");
}

#[test]
fn a_file_can_be_taken_out() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    draft.upload(&[("do", "upload")], &[("bill.pdf", &bill_pdf())]);
    let page = draft.get("bill");
    let action = page.body.split("value=\"").find(|rest| rest.starts_with("remove-file:")).unwrap();
    let action = action.split('"').next().unwrap().to_owned();
    let id = action.strip_prefix("remove-file:").unwrap();
    let removed = draft.upload(&changed(BILL, &[("do", &action)]), &[]);
    removed.follow().assert_has("bill.pdf removed");
    draft.get("bill").assert_has("No bill? Use a receipt, a screenshot or a customer service record.");
    assert_eq!(draft.browser.get(&format!("/documents/{id}")).status, 404);
    let stranger = Draft::start_in(desk.foreign_owner());
    stranger.upload(&[("do", "upload")], &[("bill.pdf", &bill_pdf())]);
    let foreign = stranger.get("bill").body.split("remove-file:").nth(1).unwrap().split('"').next().unwrap().to_owned();
    draft.post("bill", &[("do", &format!("remove-file:{foreign}"))]);
    stranger.get("bill").assert_has("1 file saved");
}

#[test]
fn small_pictures_are_asked_about_and_names_are_only_shown() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let name = "<img src=x onerror=alert(1)> o'malley \u{202e}fdp.png";
    draft.upload(&[("do", "upload")], &[(name, &sample("docs/d1874d93.jpg")), ("C:\\fakepath\\scan.pdf", &bill_pdf())]);
    let page = draft.get("bill");
    page.assert_has("This picture is small. Check you can read the account number.");
    assert!(!page.body.contains("<img"));
    page.assert_has("scan.pdf PDF");
    page.assert_lacks("fakepath");
    page.assert_lacks("\u{202e}");
}

#[test]
fn an_empty_file_field_is_no_file() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let answer = draft.upload(BILL, &[("", b"")]);
    let page = answer.follow();
    page.assert_has("Select a bill");
    page.assert_lacks("is empty");
}

#[test]
fn bytes_that_are_no_form_are_refused_without_harm() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    draft.upload(BILL, &[("bill.pdf", &bill_pdf())]);
    let at = draft.at("bill");
    for (content_type, body, status) in [
        ("multipart/form-data", b"--x".as_slice(), 400),
        ("multipart/form-data; boundary=x", b"no boundary at all", 400),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n\r\n--x--\r\n", 400),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name=\"proof\"\r\n\r\n\xff\r\n--x--\r\n",
            400,
        ),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name=\"proof\"\r\n\r\na\0b\r\n--x--\r\n",
            400,
        ),
        ("application/json", b"{}", 415),
        ("application/x-www-form-urlencoded", b"proof=%FF", 400),
    ] {
        let answer = draft.browser.post_body(&at, content_type, body);
        assert_eq!(answer.status, status, "{content_type} {:?}", String::from_utf8_lossy(body));
    }
    let page = draft.get("bill");
    page.assert_has("1 file saved");
    assert!(page.body.contains("value=\"bill\" checked"));
}

#[test]
fn a_body_without_its_end_keeps_what_was_saved() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    draft.upload(BILL, &[("first.pdf", &another_pdf(1))]);
    let mut body = b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"second.pdf\"\r\n\r\n".to_vec();
    body.extend_from_slice(&another_pdf(2));
    body.extend_from_slice(
        b"\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"third.pdf\"\r\n\r\n%PDF-1.7",
    );
    let answer = draft.browser.post_body(&draft.at("bill"), "multipart/form-data; boundary=x", &body);
    assert_eq!(answer.status, 303, "{answer:?}");
    let page = answer.follow();
    page.assert_has("2 files saved");
    page.assert_has("\"third.pdf\" could not be uploaded. Try again");
    assert_eq!(page.value("bill-day").as_deref(), Some("2"), "fields that did not arrive are not emptied");
}

#[test]
fn a_connection_that_breaks_off_harms_nothing() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let cookie = draft.browser.cookie("portdesk_session").unwrap();
    let host = desk.base.strip_prefix("http://").unwrap();
    for sent in [0, 10, 60_000] {
        let mut stream = TcpStream::connect(host).unwrap();
        let head = format!(
            "POST {} HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: same-origin\r\nCookie: portdesk_session={cookie}\r\n\
             Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000000\r\n\r\n\
             --x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"cut.pdf\"\r\n\r\n",
            draft.at("bill")
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&vec![b'x'; sent]).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        // The server may answer or just hang up.
        stream.read_to_end(&mut answer).ok();
        let answer = String::from_utf8_lossy(&answer);
        assert!(!answer.starts_with("HTTP/1.1 5"), "{answer}");
    }
    assert_eq!(draft.get("bill").status, 200);
    draft.upload(&[("do", "upload")], &[("bill.pdf", &bill_pdf())]);
    draft.get("bill").assert_has("1 file saved");
}

#[test]
fn sizes_are_measured_to_the_byte_and_large_bodies_get_their_page() {
    let desk = Desk::open();
    let limit = 10 * 1024 * 1024;
    let padded = |bytes: usize| {
        let mut pdf = sample("hostile/hb753dfc.bin");
        pdf.extend_from_slice(b"\n%");
        pdf.resize(bytes, b'x');
        pdf
    };
    for (name, bytes, verdict) in [
        ("4000000.pdf", padded(4_000_000), None),
        ("10000001.pdf", padded(10_000_001), None),
        ("limit.pdf", padded(limit), None),
        ("over.pdf", padded(limit + 1), Some("\"over.pdf\" is 10.1 MB. It must be 10 MB or smaller")),
        ("zeros.pdf", vec![0; limit + 1], Some("\"zeros.pdf\" is 10.1 MB. It must be 10 MB or smaller")),
        ("huge.pdf", vec![0; 3 * limit], Some("\"huge.pdf\" is more than 30 MB. It must be 10 MB or smaller")),
    ] {
        let draft = Draft::start(&desk);
        let after = another_pdf(7);
        let page = draft.upload(&[("do", "upload")], &[(name, &bytes), ("after.pdf", &after)]).follow();
        match verdict {
            None => page.assert_has("2 files saved"),
            Some(sentence) => {
                page.assert_has(sentence);
                page.assert_has("1 file saved");
            }
        }
    }
}
