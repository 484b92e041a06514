//! Invitations: mailed, accepted once, sent again, void when the user is deactivated.

use chrono::Duration;
use portdesk::{
    domain::people::{Customer, Role},
    mail::Outgoing,
    store,
};

use crate::harness::{desk::Desk, page::Page};

const NEW: &str = "copper meadow anthem";

fn invite(desk: &Desk, email: &str, role: &str) -> Page {
    let account = desk.people.account.to_string();
    let location = desk.people.location.id.to_string();
    let fields = [
        ("email", email),
        ("name", "Nia New"),
        ("role", role),
        ("account", account.as_str()),
        ("locations", location.as_str()),
    ];
    desk.admin().post("/admin/users/new", &fields)
}

#[track_caller]
fn link(letters: &[Outgoing]) -> String {
    let [letter] = letters else { panic!("one letter, not {}", letters.len()) };
    let link = letter.text.split_whitespace().find(|word| word.contains("/invitations/"));
    link.unwrap_or_else(|| panic!("no link in: {}", letter.text)).to_owned()
}

#[test]
fn an_invited_manager_chooses_a_password_and_is_in() {
    let desk = Desk::open();
    let sent = invite(&desk, "nia@example.com", "manager");
    assert_eq!(sent.status, 303, "{sent:?}");
    let letters = desk.deliver();
    assert_eq!(letters[0].to, "nia@example.com");
    assert!(letters[0].text.contains("Ada Admin invites you"), "{}", letters[0].text);
    let link = link(&letters);

    let browser = desk.browser();
    let page = browser.get(&link);
    for shown in ["Nia New", "nia@example.com", "Northgate Dental Group", "Manager"] {
        page.assert_has(shown);
    }
    let weak = browser.post(&link, &[("password", "nia@example.com"), ("again", "nia@example.com")]);
    assert_eq!(weak.status, 422);
    let accepted = browser.post(&link, &[("password", NEW), ("again", NEW)]);
    assert_eq!((accepted.status, accepted.location.as_deref()), (303, Some("/port-requests")));
    browser.get("/profile").assert_has("nia@example.com");

    let user = desk.read(|conn| store::users::by_email(conn, "nia@example.com")).expect("there is a user");
    assert_eq!((user.state.as_str(), user.role, user.account_id), ("active", Role::Manager, Some(desk.people.account)));
    let customer = Customer::of(user.person()).expect("a manager is a customer");
    let own = desk.read(|conn| store::location_list::first_of_customer(conn, &customer, 1_000));
    assert_eq!(own.iter().map(|location| location.id).collect::<Vec<_>>(), [desk.people.location.id]);
    assert_eq!(desk.browser().get(&link).status, 404, "the link is used up");
}

#[test]
fn a_second_invitation_ends_the_first() {
    let desk = Desk::open();
    let sent = invite(&desk, "nia@example.com", "owner");
    let first = link(&desk.deliver());
    let user = sent.location.expect("leads to the user");
    let again = desk.admin().post(&format!("{user}/invitation"), &[]);
    assert_eq!(again.status, 303);
    let second = link(&desk.deliver());
    assert_eq!((desk.browser().get(&first).status, desk.browser().get(&second).status), (404, 200));
    desk.app.clock.advance(Duration::days(7));
    assert_eq!(desk.browser().get(&second).status, 404, "a week is enough");
}

#[test]
fn an_invitation_is_void_while_the_user_is_deactivated() {
    let desk = Desk::open();
    let user = invite(&desk, "nia@example.com", "owner").location.expect("leads to the user");
    let link = link(&desk.deliver());
    let admin = desk.admin();
    admin.post(&format!("{user}/deactivation"), &[]);
    assert_eq!(desk.browser().get(&link).status, 404);
    assert_eq!(desk.browser().post(&link, &[("password", NEW), ("again", NEW)]).status, 404);
    assert_eq!(admin.post(&format!("{user}/invitation"), &[]).status, 409, "there is nothing to send again");
    admin.post(&format!("{user}/activation"), &[]);
    admin.get(&user).assert_has("Invited");
    assert_eq!(desk.browser().get(&link).status, 200);
}

#[test]
fn an_invitation_of_a_closed_account_is_void() {
    let desk = Desk::open();
    invite(&desk, "nia@example.com", "owner");
    let link = link(&desk.deliver());
    let (admin, account) = (desk.people.admin(), desk.people.account);
    desk.write(|conn| portdesk::services::accounts::edit(conn, &admin, account, 1, "Northgate", false));
    assert_eq!(desk.browser().get(&link).status, 404);
}
