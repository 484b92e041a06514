//! Links that do not open their letter any more: each says why, and what to do now.

use chrono::Duration;
use portdesk::{
    domain::loa::{ActorSide, EndReason, EventActor, LoaState},
    services::loa::plan,
    store::{self, loas::Signing},
    vault::Token,
};

use super::asked::Asked;
use crate::harness::{desk::Desk, page::Page};

fn withdraw(asked: &Asked<'_>, reason: EndReason) -> Page {
    let by = EventActor { side: ActorSide::Requester, user: None, name: "Rob".to_owned() };
    let (loa, now) = (asked.now(), asked.desk.now());
    asked.desk.write(|conn| plan::end(conn, &loa, reason, by, "", now));
    asked.browser.get(&asked.link())
}

#[test]
fn an_unknown_link_is_a_page_that_does_not_exist() {
    let desk = Desk::open();
    let unknown = format!("/sign/{}", Token::new().reveal());
    let page = desk.browser().get(&unknown);
    assert_eq!((page.status, page.title()), (404, desk.browser().get("/no-such-page").title()));
    page.assert_has("Open the whole link from the email");
    page.assert_has("ask the person who sent it to you to send a new one");
    page.assert_lacks("Sign in");
    let asked = Asked::new(&desk);
    for cut in ["/sign", "/sign/", asked.link().get(..20).unwrap(), &format!("{}.", asked.link())] {
        let page = desk.browser().get(cut);
        assert_eq!(page.status, 404, "{cut}");
        page.assert_has("Open the whole link from the email");
        page.assert_lacks("Sign in");
    }
    for below in ["/open", "/fresh-link", "/report"] {
        assert_eq!(desk.browser().post(&format!("{unknown}{below}"), &[]).status, 404, "{below}");
    }
}

#[test]
fn an_expired_link_names_who_asked_and_offers_a_new_one() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    asked.open();
    desk.app.clock.advance(Duration::days(14));
    let page = asked.browser.get(&asked.link());
    page.assert_has("It expired on Dec 5, 2026");
    page.assert_has(&desk.people.manager.name);
    page.assert_has("Ask for a new link");
    let opened = asked.browser.post(&format!("{}/open", asked.link()), &[]);
    assert_eq!(opened.location.as_deref(), Some(asked.link().as_str()), "it does not open");
    let fresh = asked.browser.post(&format!("{}/fresh-link", asked.link()), &[]).follow();
    fresh.assert_has("If your signature is still needed, a new link goes to");
    let told = desk.deliver();
    assert_eq!(told.iter().map(|it| it.to.as_str()).collect::<Vec<_>>(), [desk.people.manager.email.as_str()]);
}

#[test]
fn a_replaced_link_sends_the_newest_one_to_the_same_mailbox() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    let now = desk.now();
    desk.write(|conn| store::loa_links::revoke_all(conn, asked.loa.id, now).map(|_| ()));
    let page = asked.browser.get(&asked.link());
    page.assert_has("A newer link was sent");
    asked.browser.post(&format!("{}/fresh-link", asked.link()), &[]);
    let told = desk.deliver();
    assert_eq!(told.iter().map(|it| it.to.as_str()).collect::<Vec<_>>(), ["dana@northgate.example"]);
}

#[test]
fn a_letter_that_ended_says_why() {
    let desk = Desk::open();
    for (reason, words) in [
        (EndReason::Edited, "The details changed"),
        (EndReason::Canceled, "The move was canceled"),
        (EndReason::Replaced, "This letter was withdrawn"),
    ] {
        let asked = Asked::new(&desk);
        let page = withdraw(&asked, reason);
        assert_eq!(page.status, 200);
        page.assert_has(words);
        page.assert_has(&desk.people.manager.name);
        assert_eq!(asked.browser.post(&format!("{}/open", asked.link()), &[]).follow().text(), page.text());
    }
}

#[test]
fn a_letter_signed_on_paper_has_no_copies_here() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    let (loa, now) = (asked.now(), desk.now());
    let signing = Signing { to: LoaState::Uploaded, at: now, on: now.date(), signature: None };
    desk.write(|conn| store::loas::note_signed(conn, &desk.app.house.vault, &loa, signing));
    let page = asked.browser.get(&asked.link());
    page.assert_has("This letter was signed on paper");
    page.assert_lacks("Open it for the copies");
}
