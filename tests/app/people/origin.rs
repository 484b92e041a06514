//! Forms of other sites change nothing: every unsafe request must come from one of our own pages (decision E7).

use crate::harness::desk::Desk;

/// Sends the profile form with these headers instead of the usual ones.
#[track_caller]
fn check(site: Option<&str>, origin: Option<&str>, is_taken: bool) {
    let desk = Desk::open();
    let mut browser = desk.owner().without_header("Sec-Fetch-Site");
    if let Some(site) = site {
        browser = browser.with_header("Sec-Fetch-Site", site);
    }
    if let Some(origin) = origin {
        browser = browser.with_header("Origin", &origin.replace("OWN", &desk.base));
    }
    let page = browser.post("/profile", &[("name", "Olive Other"), ("time_zone", ""), ("theme", "dark")]);
    let expected = if is_taken { 303 } else { 403 };
    assert_eq!(page.status, expected, "Sec-Fetch-Site {site:?}, Origin {origin:?}: {page:?}");
    assert_eq!(desk.owner().get("/profile").has("Olive Other"), is_taken);
}

#[test]
fn only_our_own_pages_send_forms() {
    check(Some("same-origin"), None, true);
    check(Some("same-origin"), Some("https://evil.example"), true);
    check(None, Some("OWN"), true);
    check(Some("none"), Some("OWN"), true);
    check(Some("cross-site"), None, false);
    check(Some("cross-site"), Some("https://evil.example"), false);
    check(Some("same-site"), Some("https://evil.example"), false);
    check(Some("none"), None, false);
    check(None, Some("null"), false);
    check(None, Some("https://evil.example"), false);
    check(None, Some("OWN.evil.example"), false);
    check(None, None, false);
}

#[test]
fn a_program_without_a_cookie_may_sign_in() {
    let desk = Desk::open();
    let program = desk.browser().without_header("Sec-Fetch-Site");
    let fields = [("email", "owner@example.com"), ("password", crate::harness::desk::PASSWORD)];
    assert_eq!(program.post("/sign-in", &fields).status, 303);
}

#[test]
fn looking_is_free() {
    let desk = Desk::open();
    let page = desk.owner().with_header("Sec-Fetch-Site", "cross-site").get("/profile");
    assert_eq!(page.status, 200);
}
