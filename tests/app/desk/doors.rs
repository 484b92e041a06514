//! Who may come in, and what no page of the desk says.

use portdesk::{domain::stage::Stage, web::routes};

use super::path;
use crate::harness::{
    browser::Browser,
    desk::Desk,
    seed::{self, Seed},
};

/// Every address of the desk with a request and a letter in it.
fn addresses(sid: &str, letter: i64) -> Vec<(&'static str, String)> {
    let desk = routes::TABLE.iter().filter(|(_, path)| path.starts_with("/desk"));
    desk.map(|(method, path)| (*method, path.replace("{sid}", sid).replace("{id}", &letter.to_string()))).collect()
}

fn visit(browser: &Browser, method: &str, path: &str) -> u16 {
    if method == "get" { browser.get(path).status } else { browser.post(path, &[]).status }
}

#[test]
fn customers_find_no_desk() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    let all = addresses(sid.as_str(), 1);
    assert!(14 < all.len());
    for browser in [desk.owner(), desk.manager(), desk.foreign_owner()] {
        for (method, path) in &all {
            assert_eq!(visit(&browser, method, path), 404, "{method} {path}");
        }
    }
    for (method, path) in all.iter().filter(|(method, _)| *method == "get") {
        assert_eq!(visit(&desk.browser(), method, path), 303, "{method} {path}");
    }
    assert_eq!(seed::request(&desk, &sid).stage, Stage::InReview);
}

#[test]
fn reviewers_and_admins_are_at_home() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    for browser in [desk.reviewer(), desk.admin()] {
        for page in ["/desk", "/desk/mail", "/desk/mail/1"] {
            assert_eq!(browser.get(page).status, 200, "{page}");
        }
        assert_eq!(browser.get(&path(&sid, "")).status, 200);
    }
}

#[test]
fn drafts_and_strange_requests_are_not_found() {
    let desk = Desk::open();
    let draft = seed::draft(&desk, &desk.people.owner(), Seed::default());
    let reviewer = desk.reviewer();
    for below in ["", "/submission", "/foc", "/completion", "/rejection", "/cancellation", "/current-action"] {
        assert_eq!(reviewer.get(&path(&draft, below)).status, 404, "{below}");
        assert_eq!(reviewer.get(&format!("/desk/port-requests/PR-00000-00000{below}")).status, 404, "{below}");
        assert_eq!(reviewer.get(&format!("/desk/port-requests/nonsense{below}")).status, 404, "{below}");
    }
    assert_eq!(reviewer.get("/desk/mail/999").status, 404);
    assert_eq!(reviewer.get("/desk/mail/x").status, 404);
    reviewer.get("/desk?view=all").assert_lacks(draft.as_str());
}

#[test]
fn no_page_of_the_desk_holds_a_pin_or_the_account_number() {
    let desk = Desk::open();
    let seed = Seed {
        account_number: "RW-448190-Q",
        account_pin: "blue heron 12",
        wireless: &[("646-555-0187", "73915802")],
        ..Seed::default()
    };
    let sid = seed::sent_request(&desk, &desk.people.owner(), seed);
    let reviewer = desk.reviewer();
    let mut pages = 0;
    let mut look = || {
        for (_, path) in addresses(sid.as_str(), 1).into_iter().filter(|(method, _)| *method == "get") {
            let page = reviewer.get(&path);
            pages += usize::from(page.status == 200);
            for secret in ["73915802", "blue heron 12", "RW-448190-Q", "448190"] {
                page.assert_lacks(secret);
            }
        }
    };
    look();
    reviewer.post(&path(&sid, "/reveal"), &[]).assert_has("73915802");
    look();
    seed::send_to_carrier(&desk, &sid);
    look();
    assert!(20 < pages, "{pages} pages were looked at");
}
