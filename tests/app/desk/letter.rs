//! One e-mail as the desk reads it.

use portdesk::{
    domain::people::Role,
    services::invitations,
    store::{self, users::NewUser},
};

use super::path;
use crate::harness::{
    desk::Desk,
    seed::{self, Seed},
};

#[test]
fn a_letter_is_read_as_text_and_leads_to_its_request() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    let letter = desk.read(|conn| store::outbox::list(conn, None, 0, 1)).remove(0);
    let page = desk.reviewer().get(&format!("/desk/mail/{}", letter.id));
    page.assert_has(&letter.subject);
    page.assert_has("To owner@example.com");
    page.assert_has("Sent");
    assert!(page.body.contains(&format!("href=\"{}\"", path(&sid, ""))), "{}", page.body);
    for line in letter.body_text.lines().filter(|line| !line.trim().is_empty()) {
        page.assert_has(&line.split_whitespace().collect::<Vec<_>>().join(" "));
    }
}

#[test]
fn private_links_are_not_shown() {
    let desk = Desk::open();
    let new = NewUser { account_id: None, email: "new@example.com", name: "New Reviewer", role: Role::Reviewer };
    let now = desk.now();
    desk.write(|conn| invitations::invite(conn, &desk.app.house, &desk.people.admin(), &new, now));
    let mail = desk.deliver();
    let link = mail[0].text.lines().find(|line| line.contains("/invitations/")).expect("the mail has a link").trim();
    let letter = desk.read(|conn| store::outbox::list(conn, None, 0, 1)).remove(0);
    let page = desk.reviewer().get(&format!("/desk/mail/{}", letter.id));
    page.assert_has("[private link]");
    page.assert_lacks(link);
}

#[test]
fn a_private_link_goes_out_once() {
    let desk = Desk::open();
    let new = NewUser { account_id: None, email: "new@example.com", name: "New Reviewer", role: Role::Reviewer };
    let (now, admin) = (desk.now(), desk.people.admin());
    desk.write(|conn| invitations::invite(conn, &desk.app.house, &admin, &new, now));
    desk.deliver();
    let letter = desk.read(|conn| store::outbox::list(conn, None, 0, 1)).remove(0);
    let reviewer = desk.reviewer();
    reviewer.get("/desk/mail").assert_lacks("Send again");
    let again = reviewer.post(&format!("/desk/mail/{}/resending", letter.id), &[]).follow();
    again.assert_has("Its private link went out once");
    again.assert_lacks("in the queue");
}

#[test]
fn an_invitation_that_was_withdrawn_is_not_sent_again() {
    let desk = Desk::open();
    let new = NewUser { account_id: None, email: "new@example.com", name: "New Reviewer", role: Role::Reviewer };
    let (now, admin) = (desk.now(), desk.people.admin());
    desk.write(|conn| invitations::invite(conn, &desk.app.house, &admin, &new, now));
    let letter = desk.write(|conn| {
        let letter = store::outbox::lease(conn, "test", now)?.expect("a letter waits");
        let dead = store::outbox::Outcome::Dead("550 No such mailbox.".to_owned());
        store::outbox::note(conn, letter.id, "test", &dead, now)?;
        let invited = store::users::by_email(conn, "new@example.com")?.expect("somebody is invited");
        store::users::remove_invited(conn, &invited)?;
        Ok::<_, store::StoreError>(letter)
    });
    let reviewer = desk.reviewer();
    reviewer.get("/desk/mail?state=failed").assert_lacks("Send again");
    let again = reviewer.post(&format!("/desk/mail/{}/resending", letter.id), &[]).follow();
    again.assert_has("The person it was for was taken out");
    assert!(desk.deliver().is_empty());
}
