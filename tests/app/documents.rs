//! Documents: whose they are, and how they are handed out.

use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _};
use portdesk::store::{StoreError, schema::documents};

use crate::{
    harness::{desk::Desk, page::Page},
    port_requests::walk::{Draft, bill_pdf, sample},
};

/// The public id of the only file of a draft.
fn only_file(draft: &Draft) -> String {
    let page = draft.get("bill");
    page.body.split("remove-file:").nth(1).and_then(|rest| rest.split('"').next()).expect("a file is kept").to_owned()
}

fn kept(desk: &Desk, name: &str, bytes: &[u8]) -> (Draft, String) {
    let draft = Draft::start(desk);
    draft.upload(&[("do", "upload")], &[(name, bytes)]);
    let id = only_file(&draft);
    (draft, id)
}

#[track_caller]
fn assert_safe(document: &Page) {
    assert_eq!(document.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(document.header("cache-control"), Some("private, no-store"));
    assert!(document.header("content-security-policy").unwrap_or_default().starts_with("sandbox; default-src 'none'"));
}

#[test]
fn a_download_is_an_attachment_with_a_harmless_name() {
    let desk = Desk::open();
    let bytes = bill_pdf();
    let (draft, id) = kept(&desk, "facture-été \"März\".exe", &bytes);
    let document = draft.browser.get(&format!("/documents/{id}"));
    assert_eq!(document.status, 200);
    assert_safe(&document);
    assert_eq!(document.bytes, bytes);
    assert_eq!(document.header("content-type"), Some("application/pdf"));
    assert_eq!(document.header("content-length"), Some(bytes.len().to_string().as_str()));
    let disposition = document.header("content-disposition").unwrap();
    assert!(disposition.starts_with("attachment; "), "{disposition}");
    assert!(disposition.contains("filename=\"facture-_t_ _M_rz_.exe.pdf\""), "{disposition}");
    assert!(
        disposition.contains("filename*=UTF-8''facture%2D%C3%A9t%C3%A9%20%22M%C3%A4rz%22.exe.pdf"),
        "{disposition}"
    );
}

#[test]
fn a_view_is_inline_and_runs_nothing() {
    let desk = Desk::open();
    let (draft, id) = kept(&desk, "bill.pdf", &bill_pdf());
    let view = draft.browser.get(&format!("/documents/{id}/view"));
    assert_safe(&view);
    assert_eq!(
        view.header("content-security-policy"),
        Some("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'")
    );
    assert!(view.header("content-disposition").unwrap().starts_with("inline; "));
    let (draft, id) = kept(&desk, "fax.tif", &sample("docs/de76748b.tif"));
    let view = draft.browser.get(&format!("/documents/{id}/view"));
    assert_eq!((view.status, view.header("content-type")), (200, Some("image/png")));
    assert!(view.bytes.starts_with(b"\x89PNG"));
    assert_safe(&view);
    let download = draft.browser.get(&format!("/documents/{id}"));
    assert_eq!(download.header("content-type"), Some("image/tiff"));
}

#[test]
fn a_picture_no_browser_shows_is_only_downloaded() {
    let desk = Desk::open();
    let (draft, id) = kept(&desk, "photo.heic", b"\0\0\0\x10ftypheic\0\0\0\0\0\0\0\x20meta");
    let view = draft.browser.get(&format!("/documents/{id}/view"));
    assert_eq!((view.status, view.location.as_deref()), (303, Some(format!("/documents/{id}").as_str())));
    draft.get("bill").assert_has("Download photo.heic");
}

#[test]
fn only_those_who_may_see_the_request_see_its_documents() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    draft.fill();
    let id = only_file(&draft);
    for path in [format!("/documents/{id}"), format!("/documents/{id}/view")] {
        assert_eq!(desk.owner().get(&path).status, 200);
        assert_eq!(desk.manager().get(&path).status, 404, "a colleague's");
        assert_eq!(desk.foreign_owner().get(&path).status, 404, "another account's");
        assert_eq!(desk.reviewer().get(&path).status, 404, "drafts are not the desk's");
        let signed_out = desk.browser().get(&path);
        assert_eq!(signed_out.status, 303, "{signed_out:?}");
    }
    draft.pass("check", &[], "confirmation");
    desk.deliver();
    for browser in [desk.reviewer(), desk.admin()] {
        assert_eq!(browser.get(&format!("/documents/{id}/view")).status, 200);
    }
    for path in ["/documents/", "/documents/x", "/documents/..%2f..%2fetc", "/documents/%00", "/documents/x/view"] {
        assert_eq!(desk.owner().get(path).status, 404, "{path}");
    }
}

#[test]
fn every_address_that_may_be_given_out_opens() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    draft.fill();
    let mut known = only_file(&draft);
    draft.pass("check", &[], "confirmation");
    desk.deliver();
    for id in ["-a_B-0_-zZ", "_--_", "________", "--------"] {
        let named = documents::table.filter(documents::public_id.eq(&known));
        desk.write(|conn| {
            diesel::update(named).set(documents::public_id.eq(id)).execute(conn).map_err(StoreError::from)
        });
        id.clone_into(&mut known);
        let request = desk.reviewer().get(&format!("/desk/port-requests/{}?doc={id}", draft.sid));
        assert!(request.body.contains(&format!("src=\"/documents/{id}/view")), "{}", request.body);
        for (browser, below) in [desk.owner(), desk.reviewer()].iter().flat_map(|it| [(it, ""), (it, "/view")]) {
            let document = browser.get(&format!("/documents/{id}{below}"));
            assert_eq!((document.status, document.bytes == bill_pdf()), (200, true), "{id}{below}");
        }
    }
}
