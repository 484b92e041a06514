//! The pages of everything that ended a request without its own: in the shell, said once, with what to do now.

use diesel::{RunQueryDsl as _, sql_query};
use portdesk::{
    domain::stage::Stage,
    store::{Conn, StoreError},
};

use crate::harness::{
    browser::Browser,
    desk::{Desk, PASSWORD},
    page::Page,
    seed::{self, Seed},
};

/// What every such page has.
#[track_caller]
fn check(page: &Page, status: u16, title: &str, told: &str) {
    assert_eq!(page.status, status, "{page:?}");
    assert_eq!(page.title(), format!("{title} – Portdesk"));
    assert!(page.body.contains(&format!("<h1>{title}</h1>")), "{page:?}");
    page.assert_has(told);
    page.assert_has(&format!("Error {status}"));
    page.assert_has("Contact support");
    let main = page.text();
    let said = main.matches(title).count();
    assert!(said <= 2, "the heading (and the title) say it, and no other sentence: {main}");
}

fn large() -> String {
    "x".repeat(600 * 1024)
}

#[test]
fn every_page_says_what_happened_and_what_to_do() {
    let desk = Desk::open();
    let owner = desk.owner();
    let form = "application/x-www-form-urlencoded";
    check(&owner.get("/no-such-page"), 404, "Page not found", "Check the address.");
    check(&owner.post("/locations", &[]), 404, "Page not found", "Go to your start page");
    check(&desk.browser().get("/nowhere"), 404, "Page not found", "Sign in");
    let reviewer = desk.reviewer().get("/admin/users");
    check(&reviewer, 403, "You do not have access to this page", "Ask an admin of this desk");
    let foreign = owner.with_header("Sec-Fetch-Site", "cross-site").post("/profile", &[("name", "X")]);
    check(&foreign, 403, "That form was not accepted", "nothing was changed");
    let large = owner.post("/profile", &[("name", &large())]);
    check(&large, 413, "That is too large", "Go back, shorten what you typed and send it again.");
    large.assert_has("What was saved before is safe.");
    let odd = owner.post_body("/profile", form, b"name=%FF");
    check(&odd, 400, "That could not be read", "Go back, type it anew and send it again.");
    let json = owner.post_body("/profile", "application/json", b"{}");
    check(&json, 415, "That could not be read", "Open the page in a browser and send its form.");
    let version = [("version", "7"), ("name", "X"), ("time_zone", "UTC")];
    assert_eq!(owner.post("/locations/NORTHGATE/edit", &version).status, 409, "with its form, not with this page");
}

#[test]
fn who_is_signed_in_can_look_for_the_request_instead() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    let look = |browser: &Browser, path: &str| {
        let page = browser.get("/port-requests/PR-00000-00000");
        let page = if page.status == 303 { page.follow() } else { page };
        page.assert_has("Find a request");
        assert!(page.body.contains(&format!("action=\"{path}\"")), "{page:?}");
    };
    look(&desk.owner(), "/port-requests");
    look(&desk.reviewer(), "/desk");
    desk.owner().get(&format!("/port-requests?q={sid}")).assert_has("Front desk lines");
    let stranger = desk.foreign_owner().get(&format!("/port-requests/{sid}"));
    check(&stranger, 404, "Page not found", "the request may belong to another account");
    desk.browser().get("/nowhere").assert_lacks("Find a request");
}

#[test]
fn too_many_tries_tell_how_long_to_wait() {
    let desk = Desk::open();
    let fields = [("email", "owner@example.com"), ("password", "wrong")];
    for _ in 0..10 {
        desk.browser().post("/sign-in", &fields);
    }
    let page = desk.browser().post("/sign-in", &[("email", "owner@example.com"), ("password", PASSWORD)]);
    assert_eq!((page.status, page.header("retry-after")), (429, Some("900")));
    page.assert_has("Try again in 15 minutes");
}

fn run(desk: &Desk, sql: &str) {
    desk.write(|conn| {
        Ok::<_, StoreError>(match conn {
            Conn::Sqlite(conn) => sql_query(sql).execute(conn)?,
            Conn::Postgres(conn) => sql_query(sql).execute(conn)?,
        })
    });
}

#[test]
fn our_own_mistake_is_a_page_with_a_reference_and_harms_no_draft() {
    let desk = Desk::open();
    let sid = seed::draft(&desk, &desk.people.owner(), Seed::default());
    let owner = desk.owner();
    let send = |from: &Browser| {
        let check = format!("/port-requests/{sid}/check");
        from.post(&check, &[])
    };
    assert_eq!(send(&owner).location, Some(format!("/port-requests/{sid}/check?asked=1")), "warnings are asked first");
    // Sending fails at its last step, long after it wrote the first of its rows.
    run(&desk, "ALTER TABLE history RENAME TO history_away");
    let page = send(&owner);
    check(&page, 500, "There is a problem with the service", "What was saved is safe.");
    page.assert_has("Go back and try again in a few minutes. If it happens again, write to support.");
    page.assert_has("Go to your start page");
    page.assert_has("Phone numbers Locations Olive Owner");
    let reference = page.text().split("Quote this reference when you write to us: ").nth(1).map(str::to_owned);
    let reference: String = reference.unwrap_or_default().chars().take_while(|c| *c != ' ').collect();
    assert!(reference.len() == 12 && reference.chars().all(|c| c.is_ascii_hexdigit()), "{reference:?}");
    assert_ne!(send(&owner).text(), page.text(), "each time has a reference of its own");
    run(&desk, "ALTER TABLE history_away RENAME TO history");

    let left = seed::request(&desk, &sid);
    assert_eq!((left.stage, left.sent_at), (Stage::Draft, None));
    assert!(desk.deliver().is_empty());
    assert_eq!(send(&owner).location, Some(format!("/port-requests/{sid}/confirmation")));
    assert_eq!(desk.deliver().len(), 2, "to whoever sent it, and to the signer");
}
