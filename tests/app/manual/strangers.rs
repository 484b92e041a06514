//! A stranger who knows a SID, a Location ID or an address learns nothing.

use chrono::Duration;
use portdesk::{domain::people::Role, store, vault::Token};

use super::walk::{CONSENTS, EMAIL, Form, Sent, link};
use crate::harness::{desk::Desk, page::Page};

/// Everything of an answer that a stranger could compare, but for the date.
fn answer(page: &Page) -> (u16, Option<String>, Vec<(String, String)>, String) {
    let headers = page.headers.iter().filter(|(name, _)| *name != "date");
    let headers = headers.map(|(name, value)| (name.to_string(), format!("{value:?}"))).collect();
    (page.status, page.location.clone(), headers, page.body.clone())
}

#[test]
fn every_link_that_does_not_open_gives_the_same_page() {
    let desk = Desk::open();
    let (live, over) = (Sent::confirmed(&desk), Sent::with(&desk, &[("email", "old@harbor.example")], &[]));
    over.post("/cancellation", &[]);
    let form = Form::start(&desk);
    form.send();
    let unconfirmed = link(&desk.deliver(), "/confirm/");
    desk.app.clock.advance(Duration::days(91));
    let now = desk.now();
    desk.write(|conn| portdesk::services::sweep::remove_expired(conn, now));
    let token = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    let dead = [
        format!("/status/{}", Token::new().reveal()),
        format!("/status/{}", &token(&live.status)[..20]),
        format!("{}.", live.status),
        over.status.clone(),
        over.confirm.clone(),
        format!("/status/{}", token(&live.confirm)),
        format!("/status/{}", live.secret),
        format!("/status/{}", live.sid),
        format!("/confirm/{}", Token::new().reveal()),
        format!("/confirm/{}", token(&live.status)),
        format!("/confirm/{}", &token(&live.confirm)[..20]),
        unconfirmed,
        "/status/x".to_owned(),
    ];
    let stranger = desk.browser();
    let expected = answer(&stranger.get(&dead[0]));
    assert_eq!(expected.0, 404);
    for path in &dead {
        let page = stranger.get(path);
        page.assert_has("This link does not work any more");
        assert_eq!(answer(&page), expected, "{path}");
    }
    for path in dead.iter().filter(|path| path.starts_with("/status/")) {
        assert_eq!(answer(&stranger.get(&format!("{path}/cancellation"))), expected, "{path}");
        for below in ["/confirmation", "/correction", "/cancellation"] {
            assert_eq!(answer(&stranger.post(&format!("{path}{below}"), &[])), expected, "{path}{below}");
        }
        let file = stranger.post_multipart(&format!("{path}/documents"), &[], &[("file", "a.pdf", "", b"%PDF-1.4")]);
        assert_eq!(answer(&file), expected, "{path}/documents");
    }
    for path in dead.iter().filter(|path| path.starts_with("/confirm/")) {
        assert_eq!(answer(&stranger.post(path, &[])), expected, "{path}");
    }
    assert_eq!(live.page().status, 200);
}

#[test]
fn asking_for_a_new_link_tells_nothing() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    let ended = Sent::with(&desk, &[("email", "old@harbor.example")], &[]);
    let in_app = crate::harness::seed::sent_request(&desk, &desk.people.owner(), crate::harness::seed::Seed::default());
    let form = Form::start(&desk);
    form.send();
    desk.deliver();
    let ask = |sid: &str, email: &str| answer(&desk.browser().post("/status", &[("sid", sid), ("email", email)]));
    let unknown = ask("PR-7Q4M2-XKD9B", "nobody@harbor.example");
    assert_eq!((unknown.0, unknown.1.as_deref()), (303, Some("/status?asked=1")));
    assert!(desk.deliver().is_empty());
    for (sid, email, mails) in [
        (sent.sid.as_str(), "nobody@harbor.example", 0),
        (ended.sid.as_str(), EMAIL, 0),
        (in_app.as_str(), "owner@example.com", 0),
        (form.sid().as_str(), "mallory@harbor.example", 0),
        (sent.sid.as_str(), EMAIL, 1),
        (&*sent.sid.as_str().to_lowercase(), " DANA@northgate.example ", 1),
        (form.sid().as_str(), EMAIL, 1),
    ] {
        assert_eq!(ask(sid, email), unknown, "{sid} {email}");
        let mail = desk.deliver();
        assert_eq!(mail.len(), mails, "{sid} {email}");
        assert!(mail.iter().all(|it| it.to == EMAIL));
    }
    let browser = desk.browser();
    let told = browser.post("/status", &[("sid", sent.sid.as_str()), ("email", EMAIL)]).follow();
    told.assert_has("If they match, we have sent a link");
    let fresh = link(&desk.deliver(), "/status/");
    assert_eq!(browser.get(&fresh).status, 200);
    assert_eq!(sent.page().status, 200, "older links work too");
    // Too often is silence, not another answer.
    for _ in 0..6 {
        assert_eq!(ask(sent.sid.as_str(), EMAIL), unknown);
    }
    assert!(desk.deliver().len() < 6);
    assert_eq!(ask(sent.sid.as_str(), EMAIL), unknown);
    assert!(desk.deliver().is_empty());
}

#[test]
fn what_was_typed_wrong_about_a_link_is_told_at_its_field() {
    let desk = Desk::open();
    for (sid, email, told) in [
        ("", "", "Enter the Request SID"),
        ("", "", "Enter your email address"),
        ("7741", EMAIL, "A Request SID looks like PR-7Q4M2-XKD9B"),
        ("PR-7Q4M2-XKD9B", "dana", "Enter an email address in the correct format"),
    ] {
        let page = desk.browser().post("/status", &[("sid", sid), ("email", email)]);
        assert_eq!(page.status, 422);
        page.assert_has(told);
        assert_eq!((page.value("sid").as_deref(), page.value("email").as_deref()), (Some(sid), Some(email)));
    }
}

#[test]
fn the_form_does_not_tell_who_is_known() {
    let desk = Desk::open();
    Sent::confirmed(&desk);
    let seen = |email: &'static str| {
        let form = Form::start(&desk);
        form.fill_with(&[("email", email)], &[]);
        let check = form.get("check").body.replace(email, "EMAIL").replace(&form.secret, "SECRET");
        form.pass("check", CONSENTS, "confirmation");
        let sid = form.sid();
        let end = form.get("confirmation").body.replace(sid.as_str(), "SID").replace(&form.secret, "SECRET");
        desk.deliver();
        (check, end)
    };
    let unknown = seen("nx@example.com");
    for known in ["owner@example.com", "reviewer@example.com"] {
        let (check, end) = seen(known);
        assert_eq!(check, unknown.0, "{known}");
        assert_eq!(end.replace(known, "EMAIL"), unknown.1.replace("nx@example.com", "EMAIL"), "{known}");
    }
}

#[test]
fn a_contact_is_nobody_who_signs_in() {
    let desk = Desk::open();
    let sent = Sent::with(&desk, &[("email", "contact@harbor.example")], &[]);
    let contact = desk.read(|conn| store::users::find(conn, sent.request().submitted_by));
    assert_eq!(contact.role, Role::Contact);
    let typed = ["contact@harbor.example".to_owned(), format!("contact:{}", sent.sid)];
    for email in &typed {
        let browser = desk.browser();
        let page = browser.post("/sign-in", &[("email", email), ("password", crate::harness::desk::PASSWORD)]);
        assert_eq!(page.status, 422, "{email}");
        assert_eq!(browser.cookie("portdesk_session"), None);
        browser.post("/password-resets/new", &[("email", email)]);
        assert!(desk.deliver().is_empty(), "{email} has nothing to reset");
    }
    let (admin, id) = (desk.admin(), contact.id);
    for list in ["/admin/users", &*format!("/admin/users?q={}", contact.email), "/admin/accounts"] {
        let page = admin.get(list);
        page.assert_lacks("contact:");
        assert!(!page.body.contains(&format!("/admin/users/{id}\"")), "{page:?}");
    }
    desk.owner().get("/locations/NORTHGATE").assert_lacks("contact@harbor.example");
    for below in ["", "/deactivation"] {
        assert_eq!(admin.get(&format!("/admin/users/{id}{below}")).status, 404, "{below}");
    }
    for below in ["", "/deactivation", "/activation", "/invitation"] {
        let fields = [("name", "Mallory"), ("role", "owner"), ("version", &*contact.version.to_string())];
        assert_eq!(admin.post(&format!("/admin/users/{id}{below}"), &fields).status, 404, "{below}");
    }
    let after = desk.read(|conn| store::users::find(conn, id));
    assert_eq!((after.role, &*after.state, &*after.name), (Role::Contact, "active", "Dana Ruiz"));
    // An account may be made for the same person.
    let account = desk.people.account.to_string();
    let new = [("account", &*account), ("name", "Dana Ruiz"), ("email", "contact@harbor.example"), ("role", "owner")];
    assert_eq!(admin.post("/admin/users/new", &new).status, 303);
    desk.deliver();
    assert_eq!(sent.page().status, 200);
}

#[test]
fn secrets_of_forms_open_their_form_only() {
    let desk = Desk::open();
    let (mine, theirs) = (Form::start(&desk), Form::start(&desk));
    mine.fill();
    theirs.get("check").assert_lacks("Northgate Dental");
    let unknown = Token::new();
    for page in ["details", "numbers", "documents", "check", "confirmation"] {
        for secret in [unknown.reveal(), "x", &mine.secret[..42]] {
            let answer = desk.browser().get(&format!("/manual-port-requests/{secret}/{page}"));
            assert_eq!(answer.status, 404, "{page} of {secret}");
        }
        let posted = desk.browser().post(&format!("/manual-port-requests/{}/{page}", unknown.reveal()), &[]);
        assert!(posted.status == 404, "{page}: {posted:?}");
    }
    let file = [("file", "a.pdf", "application/pdf", &b"%PDF-1.4"[..])];
    let posted =
        desk.browser().post_multipart(&format!("/manual-port-requests/{}/documents", unknown.reveal()), &[], &file);
    assert_eq!(posted.status, 404);
    // A file of one form is not taken out of it by another.
    let id = mine.get("documents").body.split("remove-file:").nth(1).unwrap().split('"').next().unwrap().to_owned();
    theirs.post("documents", &[("do", &format!("remove-file:{id}"))]);
    mine.get("documents").assert_has("letter.pdf");
}

#[test]
fn answers_that_would_tell_by_their_time_take_as_long_as_any() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    let (sid, unknown) = (sent.sid.to_string(), "PR-00000-00000");
    let asked = [
        ("/status", vec![("sid", sid.as_str()), ("email", EMAIL)]),
        ("/status", vec![("sid", unknown), ("email", EMAIL)]),
        ("/password-resets/new", vec![("email", "reviewer@example.com")]),
        ("/password-resets/new", vec![("email", "nobody@example.com")]),
    ];
    for (to, fields) in asked {
        let begun = std::time::Instant::now();
        let answer = desk.browser().post(to, &fields);
        assert!(std::time::Duration::from_millis(100) <= begun.elapsed(), "{to} {fields:?}: {answer:?}");
    }
    desk.deliver();
}
