//! Sessions: how their cookies are made, when they end, and that ended ones open nothing.

use chrono::Duration;
use portdesk::{
    services,
    store::{self, users::User},
};

use crate::harness::{
    browser::Browser,
    desk::{Desk, PASSWORD},
    page::Page,
};

#[track_caller]
fn is_in(browser: &Browser) -> bool {
    let page = browser.get("/profile");
    match page.status {
        200 => true,
        303 if page.location.as_deref() == Some("/sign-in?next=%2Fprofile") => false,
        _ => panic!("neither in nor out: {page:?}"),
    }
}

fn cookie<'a>(page: &'a Page, name: &str) -> &'a str {
    let all = page.headers.get_all("set-cookie").into_iter().filter_map(|value| value.to_str().ok());
    let mut named = all.filter(|cookie| cookie.starts_with(&format!("{name}=")));
    named.next().unwrap_or_else(|| panic!("no cookie {name}: {:?}", page.headers))
}

#[test]
fn cookies_are_for_us_alone() {
    let desk = Desk::open();
    let fields = [("email", "owner@example.com"), ("password", PASSWORD)];
    let sent = desk.browser().post("/sign-in", &fields);
    let session = cookie(&sent, "portdesk_session");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(session.contains(part), "{session}");
    }
    assert!(!session.contains("Secure") && !session.contains("Max-Age") && !session.contains("Domain"), "{session}");
    assert!(sent.header("strict-transport-security").is_none());
}

#[test]
fn cookies_are_bound_to_host_and_tls_under_https() {
    let desk = Desk::open_with(&[("PORTDESK_BASE_URL", "https://port.example.com")]);
    let fields = [("email", "owner@example.com"), ("password", PASSWORD)];
    let sent = desk.browser().post("/sign-in", &fields);
    for name in ["__Host-portdesk_session", "__Host-portdesk_people"] {
        let cookie = cookie(&sent, name);
        for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Secure"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
    assert!(sent.header("strict-transport-security").is_some());
    // The name without the prefix, which another host of the domain could set, opens nothing.
    let value = cookie(&sent, "__Host-portdesk_session").split([';', '=']).nth(1).expect("a value").to_owned();
    let with = |cookie: String| desk.browser().with_header("Cookie", &cookie).get("/profile").status;
    assert_eq!(with(format!("portdesk_session={value}")), 303);
    assert_eq!(with(format!("__Host-portdesk_session={value}")), 200);
}

#[test]
fn every_answer_is_dressed() {
    let desk = Desk::open();
    for page in [desk.browser().get("/sign-in"), desk.browser().get("/nowhere"), desk.owner().get("/profile")] {
        assert!(page.header("content-security-policy").is_some_and(|policy| policy.contains("default-src 'none'")));
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(page.header("referrer-policy"), Some("same-origin"));
        assert_eq!(page.header("cache-control"), Some("private, no-store"));
    }
}

#[test]
fn signing_out_ends_the_session_here_or_everywhere() {
    let desk = Desk::open();
    let (here, there, other) = (desk.owner(), desk.owner(), desk.manager());
    let kept = here.cookie("portdesk_session").expect("a session");
    let out = here.post("/sign-out", &[]);
    assert_eq!((out.status, out.location.as_deref()), (303, Some("/sign-in")));
    assert!(!is_in(&here) && is_in(&there));
    here.set_cookie(&format!("portdesk_session={kept}; Path=/"));
    assert!(!is_in(&here), "a cookie that was kept opens nothing");

    let (again, out) = (desk.owner(), there.post("/sign-out/everywhere", &[]));
    assert_eq!((out.status, out.location.as_deref()), (303, Some("/sign-in")));
    assert!(!is_in(&there) && !is_in(&again) && is_in(&other));
}

#[track_caller]
fn check_idle(who: fn(&Desk) -> Browser, hours: i64) {
    let desk = Desk::open();
    let browser = who(&desk);
    let almost = Duration::hours(hours) - Duration::minutes(1);
    desk.app.clock.advance(almost);
    assert!(is_in(&browser), "nearly {hours} hours later");
    desk.app.clock.advance(almost);
    assert!(is_in(&browser), "the visit moved the end");
    desk.app.clock.advance(Duration::hours(hours));
    assert!(!is_in(&browser), "idle for {hours} hours");
}

#[test]
fn idle_sessions_end() {
    check_idle(Desk::owner, 12);
    check_idle(Desk::manager, 12);
    check_idle(Desk::reviewer, 8);
    check_idle(Desk::admin, 8);
}

#[test]
fn a_deactivated_user_is_out_at_once() {
    let desk = Desk::open();
    let (manager, owner) = (desk.manager(), desk.owner());
    assert!(is_in(&manager));
    let done = desk.admin().post(&format!("/admin/users/{}/deactivation", desk.people.manager.id), &[]);
    assert_eq!(done.status, 303);
    assert!(!is_in(&manager) && is_in(&owner));
    desk.admin().post(&format!("/admin/users/{}/activation", desk.people.manager.id), &[]);
    assert!(!is_in(&manager), "ended sessions stay ended");
}

#[test]
fn people_of_a_closed_account_are_out_at_once() {
    let desk = Desk::open();
    let (owner, foreign) = (desk.owner(), desk.foreign_owner());
    let account = desk.people.account;
    let admin = desk.people.admin();
    desk.write(|conn| services::accounts::edit(conn, &admin, account, 1, "Northgate", false));
    assert!(!is_in(&owner) && is_in(&foreign));
    desk.write(|conn| services::accounts::edit(conn, &admin, account, 2, "Northgate", true));
    assert!(is_in(&owner), "an account that is opened again lets its people go on");
}

#[test]
fn a_new_role_holds_at_once() {
    let desk = Desk::open();
    let reviewer = desk.reviewer();
    assert_eq!(reviewer.get("/admin/users").status, 403);
    let user: User = desk.people.reviewer.clone();
    desk.write(|conn| store::users::set_role(conn, &user, "Rae", portdesk::domain::people::Role::Admin));
    assert_eq!(reviewer.get("/admin/users").status, 200);
}
