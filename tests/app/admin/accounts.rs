//! Accounts: added once, renamed, closed; a stale form loses nothing.

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
