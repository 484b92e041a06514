//! What machines ask, and what people see when database or files are away.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
};

use crate::harness::desk::Desk;

#[test]
fn a_desk_that_works_says_so() {
    let desk = Desk::open();
    assert_eq!(desk.browser().get("/healthz").status, 200);
    assert_eq!(desk.browser().get("/readyz").status, 200);
}

#[test]
fn without_its_files_a_desk_lives_but_is_not_ready() {
    let desk = Desk::open();
    fs::remove_dir_all(desk.config.data_dir.join("files")).expect("the folder can be removed");
    assert_eq!(desk.browser().get("/healthz").status, 200);
    let page = desk.browser().get("/readyz");
    assert_eq!(page.status, 503);
    page.assert_has("The service is not available right now");
    page.assert_has("Quote this reference");
}

#[test]
fn an_address_that_is_not_there_gets_the_styled_page() {
    let desk = Desk::open();
    let page = desk.browser().get("/nothing/here");
    assert_eq!(page.status, 404);
    assert_eq!(page.title(), "Page not found – Portdesk");
}

#[test]
fn every_page_says_what_a_browser_may_do_with_it() {
    let desk = Desk::open();
    let page = desk.browser().get("/sign-in");
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(page.header("referrer-policy"), Some("same-origin"));
    assert_eq!(page.header("cache-control"), Some("private, no-store"));
    let policy = page.header("content-security-policy").expect("there is a policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
}

#[test]
fn head_is_answered_as_get_without_its_body() {
    let desk = Desk::open();
    let (mut stream, mut answer) =
        (TcpStream::connect(desk.base.trim_start_matches("http://")).unwrap(), String::new());
    stream.write_all(b"HEAD /sign-in HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n\r\n").unwrap();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.ends_with("\r\n\r\n"), "{answer}");
}
