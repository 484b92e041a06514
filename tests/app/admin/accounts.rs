//! Accounts: added once, renamed, closed; a stale form loses nothing.

use portdesk::store::{self, StoreError};

use crate::harness::desk::Desk;

#[test]
fn an_account_is_added_once() {
    let desk = Desk::open();
    let admin = desk.admin();
    let token = admin.get("/admin/accounts/new").hidden("token").expect("a one-use token");
    let fields = [("token", token.as_str()), ("name", "Bayside Vets")];
    let (first, second) = (admin.post("/admin/accounts/new", &fields), admin.post("/admin/accounts/new", &fields));
    assert_eq!(first.status, 303);
    assert_eq!(first.location, second.location, "the second arrival leads to the first one's result");
    first.follow().assert_has("Bayside Vets added");
    let list = admin.get("/admin/accounts");
    assert_eq!(list.text().matches("Bayside Vets").count(), 3, "one row, named in its two links: {list:?}");
    list.assert_has("3 accounts");
}

#[test]
fn two_arrivals_at_the_same_moment_add_one() {
    let desk = Desk::open();
    let fields = [("token", "the same in both"), ("name", "Bayside Vets")];
    let admin = desk.admin();
    let places: Vec<Option<String>> = std::thread::scope(|scope| {
        let both: Vec<_> =
            (0..4).map(|_| scope.spawn(|| admin.post("/admin/accounts/new", &fields).location)).collect();
        both.into_iter().map(|one| one.join().expect("the server answers")).collect()
    });
    assert!(places[0].is_some() && places.iter().all(|place| *place == places[0]), "{places:?}");
    desk.admin().get("/admin/accounts").assert_has("3 accounts");
}

#[test]
fn a_name_is_needed() {
    let desk = Desk::open();
    let page = desk.admin().post("/admin/accounts/new", &[("token", "t"), ("name", " ")]);
    assert_eq!(page.status, 422);
    page.assert_has("Enter the account name");
    assert_eq!(page.hidden("token").as_deref(), Some("t"), "the token was not used up");
}

#[test]
fn a_second_account_of_the_same_name_is_asked_about_once() {
    let desk = Desk::open();
    let admin = desk.admin();
    let token = admin.get("/admin/accounts/new").hidden("token").expect("a one-use token");
    let add = |name: &str, told: &str| {
        admin.post("/admin/accounts/new", &[("token", &token), ("name", name), ("same_name", told)])
    };
    let asked = add(" harbor  MOTORS", "");
    assert_eq!(asked.status, 422);
    asked.assert_has("Check this before you go on");
    asked.assert_has("There is an account of this name already: Harbor Motors");
    assert!(!asked.title().starts_with("Error"), "it is a question: {}", asked.title());
    assert_eq!(asked.hidden("token").as_deref(), Some(token.as_str()), "the token was not used up");
    let told = asked.hidden("same_name").expect("the form says what was told");
    add("Northgate Dental Group", &told).assert_has("There is an account of this name already: Northgate Dental Group");
    admin.get("/admin/accounts").assert_has("2 accounts");
    let added = add(" harbor  MOTORS", &told);
    assert_eq!(added.status, 303, "{added:?}");
    assert_eq!(added.location, add(" harbor  MOTORS", &told).location, "a double click adds one");
    admin.get("/admin/accounts").assert_has("3 accounts");
}

#[test]
fn many_accounts_are_searched_and_turned_over() {
    let desk = Desk::open();
    let now = desk.now();
    desk.write(|conn| {
        for at in 1..=40 {
            store::accounts::add(conn, &format!("Branch {at:02} of Café Größe"), now)?;
        }
        Ok::<_, StoreError>(())
    });
    let admin = desk.admin();
    let first = admin.get("/admin/accounts");
    first.assert_has("42 accounts");
    first.assert_has("1–25 of 42");
    let second = admin.get("/admin/accounts?page=2");
    assert_eq!(second.title(), "Accounts, page 2 of 2 – Portdesk");
    second.assert_has("Northgate Dental Group");
    for (typed, found) in [("branch+07", 1), ("cafe", 40), ("BRA", 40), ("harb+mot", 1), ("motors+branch", 0)] {
        let page = admin.get(&format!("/admin/accounts?text={typed}"));
        if found == 0 {
            page.assert_has("No accounts match. Clear the search");
        } else {
            page.assert_has(&if found == 1 { "1 account".to_owned() } else { format!("{found} accounts") });
        }
    }
    admin.get("/admin/accounts?text=cafe&page=2").assert_has("26–40 of 40");
    let path = format!("/admin/accounts/{}", desk.people.foreign_account);
    admin.post(&path, &[("version", "1"), ("name", "Quayside Motors"), ("state", "open")]);
    admin.get("/admin/accounts?text=quay").assert_has("1 account");
    admin.get("/admin/accounts?text=harbor").assert_has("No accounts match");
}

#[test]
fn an_account_is_renamed_and_closed() {
    let desk = Desk::open();
    let (admin, owner) = (desk.admin(), desk.owner());
    let path = format!("/admin/accounts/{}", desk.people.account);
    let version = admin.get(&path).hidden("version").expect("a version");
    let fields = [("version", version.as_str()), ("name", "Northgate Group"), ("state", "closed")];
    let saved = admin.post(&path, &fields).follow();
    saved.assert_has("Saved");
    assert_eq!(saved.value("name").as_deref(), Some("Northgate Group"));
    admin.get("/admin/accounts").assert_has("Closed");
    assert_eq!(owner.get("/profile").status, 303);
}

#[test]
fn a_stale_form_keeps_what_was_typed() {
    let desk = Desk::open();
    let admin = desk.admin();
    let path = format!("/admin/accounts/{}", desk.people.account);
    let save =
        |version: &str, name: &str| admin.post(&path, &[("version", version), ("name", name), ("state", "open")]);
    assert_eq!(save("1", "Saved first").status, 303);
    let stale = save("1", "Typed later");
    assert_eq!(stale.status, 409);
    assert_eq!(stale.value("name").as_deref(), Some("Typed later"));
    stale.assert_has("Somebody saved this meanwhile");
    stale.assert_has("Account name Saved first");
    let version = stale.hidden("version").expect("the version that is stored now");
    assert_eq!(save(&version, "Typed later").status, 303);
}

#[test]
fn unknown_accounts_are_not_found() {
    let desk = Desk::open();
    for path in ["/admin/accounts/999", "/admin/accounts/x", "/admin/accounts/99999999999999999999"] {
        assert_eq!(desk.admin().get(path).status, 404, "{path}");
        assert_eq!(
            desk.admin().post(path, &[("version", "1"), ("name", "X"), ("state", "open")]).status,
            404,
            "{path}"
        );
    }
}
