//! Users: invited, changed, deactivated after a look at what is open, and one owner and one admin always stay.

use diesel::{RunQueryDsl as _, sql_query};
use portdesk::{
    domain::{location_id::LocationId, people::Role},
    services::{invitations, people::PeopleError},
    store::{self, Conn, StoreError, locations::LocationFacts},
};

use crate::harness::{browser::Browser, desk::Desk, page::Page};

fn path(user: &store::users::User) -> String {
    format!("/admin/users/{}", user.id)
}

#[track_caller]
fn state(desk: &Desk, user: &store::users::User) -> String {
    desk.read(|conn| store::users::find(conn, user.id)).state
}

#[test]
fn the_invitation_asks_for_what_the_role_needs() {
    let desk = Desk::open();
    let account = desk.people.account.to_string();
    let invite = |fields: &[(&str, &str)]| desk.admin().post("/admin/users/new", fields);
    let empty = invite(&[]);
    assert_eq!(empty.status, 422);
    for told in ["Enter an email address", "Enter the name", "Select the role", "Select the account"] {
        empty.assert_has(told);
    }
    let taken = invite(&[("email", "Owner@Example.com"), ("name", "Nia"), ("role", "reviewer")]);
    assert_eq!(taken.status, 422);
    taken.assert_has("That address already has an account");

    let manager = [("email", "nia@example.com"), ("name", "Nia New"), ("role", "manager"), ("account", &account)];
    let shown = invite(&[manager.as_slice(), &[("do", "locations")]].concat());
    assert_eq!(shown.status, 200, "only a look at the locations");
    shown.assert_has("Northgate Dental (NORTHGATE)");
    shown.assert_lacks("HARBOR");
    assert_eq!(shown.value("email").as_deref(), Some("nia@example.com"));
    let without = invite(&manager);
    assert_eq!(without.status, 422);
    without.assert_has("Select the locations that this manager sends requests for");
    let foreign = desk.people.foreign_location.id.to_string();
    assert_eq!(invite(&[manager.as_slice(), &[("locations", &foreign)]].concat()).status, 422);
    assert!(desk.deliver().is_empty());

    let with_account = [("email", "nia@example.com"), ("name", "Nia New"), ("role", "reviewer"), ("account", &account)];
    let refused = invite(&with_account);
    assert_eq!(refused.status, 422);
    refused.assert_has("Reviewers and admins belong to the desk. Choose no account for them");
    assert_eq!(refused.value("email").as_deref(), Some("nia@example.com"));
    let sent = invite(&[("email", "nia@example.com"), ("name", "Nia New"), ("role", "reviewer"), ("account", "")]);
    assert_eq!(sent.status, 303);
    sent.follow().assert_has("Invitation sent to nia@example.com");
    let user = desk.read(|conn| store::users::by_email(conn, "nia@example.com")).expect("there is a user");
    assert_eq!(user.account_id, None, "staff belong to no account");
    assert_eq!(desk.deliver().len(), 1);
}

/// What stands in the field for Location IDs.
#[track_caller]
fn ids_in(page: &Page) -> &str {
    let field = page.body.split("name=\"location_ids\"").nth(1).expect("Location IDs are typed");
    let text = field.split_once(">\n").expect("the field begins").1;
    text.split_once("</textarea>").expect("the field ends").0
}

#[test]
fn a_managers_locations_are_typed_where_the_account_has_many() {
    let desk = Desk::open();
    let (account, now) = (desk.people.account, desk.now());
    for at in 1..=60 {
        let facts = LocationFacts {
            location_id: LocationId::parse(&format!("LOC-{at:02}")).unwrap(),
            name: format!("Place {at:02}"),
            time_zone: "America/New_York".to_owned(),
            porting_off_reason: String::new(),
        };
        desk.write(|conn| store::locations::add(conn, account, &facts, now));
    }
    let account = account.to_string();
    let manager = [("email", "nia@example.com"), ("name", "Nia New"), ("role", "manager"), ("account", &account)];
    let invite =
        |ids: &str| desk.admin().post("/admin/users/new", &[manager.as_slice(), &[("location_ids", ids)]].concat());
    for (typed, told) in [
        ("", "Enter the IDs of the locations that this manager sends requests for"),
        ("LOC-07 LOC-77", "The account has no location with the ID LOC-77"),
        ("HARBOR", "The account has no location with the ID HARBOR"),
    ] {
        let page = invite(typed);
        assert_eq!(page.status, 422, "{typed}");
        page.assert_has(told);
        page.assert_lacks("Place 07");
        assert_eq!(ids_in(&page), typed, "what was typed stays");
    }
    let invited = invite("loc-07, LOC-58");
    assert_eq!(invited.status, 303);
    let one = invited.follow();
    assert_eq!(ids_in(&one), "LOC-07\nLOC-58");
    let fields = [
        ("version", one.hidden("version").unwrap()),
        ("name", "Nia New".to_owned()),
        ("role", "manager".to_owned()),
        ("location_ids", "LOC-58\r\nLOC-60".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let saved = desk.admin().post(invited.location.as_deref().unwrap(), &fields).follow();
    assert_eq!(ids_in(&saved), "LOC-58\nLOC-60");
    assert_eq!(desk.deliver().len(), 1);
}

#[test]
fn no_user_has_a_role_that_does_not_fit_the_account() {
    let desk = Desk::open();
    let account = Some(desk.people.account);
    let pairs = [(Role::Reviewer, account), (Role::Admin, account), (Role::Owner, None), (Role::Manager, None)];
    for (role, account_id) in pairs {
        let new = store::users::NewUser { account_id, email: "nia@example.com", name: "Nia", role };
        let (admin, house, now) = (desk.people.admin(), &desk.app.house, desk.now());
        let refused = desk.app.store.write_now(|conn| invitations::invite(conn, house, &admin, &new, now));
        let fits = matches!(refused, Err(PeopleError::StaffWithAccount | PeopleError::NoAccount));
        assert!(fits, "{role:?}: {refused:?}");
    }
    assert!(desk.deliver().is_empty());
}

#[test]
fn a_double_click_invites_once() {
    let desk = Desk::open();
    let fields = [("token", "the same"), ("email", "nia@example.com"), ("name", "Nia"), ("role", "reviewer")];
    let (first, second) =
        (desk.admin().post("/admin/users/new", &fields), desk.admin().post("/admin/users/new", &fields));
    assert!(first.location.is_some());
    assert_eq!(first.location, second.location);
    assert_eq!(desk.deliver().len(), 1);
}

#[test]
fn name_role_and_locations_are_changed() {
    let desk = Desk::open();
    let (admin, manager) = (desk.admin(), &desk.people.manager);
    let page = admin.get(&path(manager));
    page.assert_has("manager@example.com");
    let version = page.hidden("version").expect("a version");
    let location = desk.people.location.id.to_string();
    let save = |version: &str, role: &str, locations: &str| {
        let fields = [("version", version), ("name", "Max M."), ("role", role), ("locations", locations)];
        admin.post(&path(manager), &fields)
    };
    save(&version, "manager", "").assert_has("Select the locations that this manager sends requests for");
    assert_eq!(save(&version, "reviewer", &location).status, 422, "customers do not become staff");
    save(&version, "owner", "").follow().assert_has("Saved");
    let user = desk.read(|conn| store::users::find(conn, manager.id));
    assert_eq!((user.name.as_str(), user.role), ("Max M.", Role::Owner));
    let stale = save(&version, "manager", &location);
    assert_eq!(stale.status, 409);
    stale.assert_has("Role Owner");
}

#[test]
fn one_owner_and_one_admin_must_stay() {
    let desk = Desk::open();
    let admin = desk.admin();
    for (user, role, told) in [
        (&desk.people.owner, "manager", "At least one owner must stay"),
        (&desk.people.admin, "reviewer", "At least one admin must stay"),
    ] {
        let refused = admin.post(&format!("{}/deactivation", path(user)), &[]);
        assert_eq!(refused.status, 422);
        refused.assert_has(told);
        let location = desk.people.location.id.to_string();
        let fields = [("version", "1"), ("name", "X"), ("role", role), ("locations", location.as_str())];
        let refused = admin.post(&path(user), &fields);
        assert_eq!(refused.status, 422);
        refused.assert_has(told);
        assert_eq!(state(&desk, user), "active");
    }
}

#[test]
fn two_admins_cannot_deactivate_each_other() {
    let desk = Desk::open();
    let reviewer = desk.people.reviewer.clone();
    desk.write(|conn| store::users::set_role(conn, &reviewer, "Rae", Role::Admin));
    let pairs = [(desk.admin(), path(&reviewer)), (desk.reviewer(), path(&desk.people.admin))];
    std::thread::scope(|scope| {
        for (browser, other) in &pairs {
            scope.spawn(move || browser.post(&format!("{other}/deactivation"), &[]));
        }
    });
    let active = [&reviewer, &desk.people.admin].into_iter().filter(|user| state(&desk, user) == "active");
    assert_eq!(active.count(), 1);
}

#[test]
fn deactivating_asks_first_and_can_be_undone() {
    let desk = Desk::open();
    let (admin, manager) = (desk.admin(), &desk.people.manager);
    let confirm = admin.get(&format!("{}/deactivation", path(manager)));
    confirm.assert_has("Deactivate Max Manager?");
    confirm.assert_has("Nothing is open with this user");
    assert_eq!(state(&desk, manager), "active", "looking changes nothing");
    let done = admin.post(&format!("{}/deactivation", path(manager)), &[]).follow();
    done.assert_has("Max Manager is deactivated");
    assert!(done.body.contains(&format!("action=\"{}/activation\"", path(manager))));
    assert_eq!(state(&desk, manager), "deactivated");
    let again = admin.post(&format!("{}/deactivation", path(manager)), &[]);
    assert_eq!(again.status, 303, "twice is as good as once");
    admin.post(&format!("{}/activation", path(manager)), &[]).follow().assert_has("is active again");
    assert_eq!(state(&desk, manager), "active");
    assert_eq!(admin.post(&format!("{}/invitation", path(manager)), &[]).status, 409, "nothing to send again");
}

#[track_caller]
fn check_list(admin: &Browser, query: &str, expected: &[&str]) {
    let page: Page = admin.get(&format!("/admin/users?{query}"));
    let all = ["owner@", "manager@", "foreign@", "reviewer@", "admin@"];
    // The admin's own address also stands in the menu.
    let table = page.body.split_once("<main").map(|(_, main)| main.to_owned()).unwrap_or_default();
    let found: Vec<&str> = all.into_iter().filter(|email| table.contains(email)).collect();
    assert_eq!(found, expected, "{query}: {page:?}");
}

#[test]
fn the_list_is_filtered() {
    let desk = Desk::open();
    let (admin, account) = (desk.admin(), desk.people.account);
    check_list(&admin, "", &["owner@", "manager@", "foreign@", "reviewer@", "admin@"]);
    check_list(&admin, &format!("account={account}"), &["owner@", "manager@"]);
    check_list(&admin, "role=owner", &["owner@", "foreign@"]);
    check_list(&admin, &format!("role=owner&account={account}"), &["owner@"]);
    check_list(&admin, "state=invited", &[]);
    check_list(
        &admin,
        "state=nonsense&role=nonsense&account=nonsense&page=nonsense",
        &["owner@", "manager@", "foreign@", "reviewer@", "admin@"],
    );
    admin.get("/admin/users?state=invited").assert_has("No users match");
}

#[test]
fn the_list_tells_where_managers_work_and_which_filters_hold() {
    let desk = Desk::open();
    let admin = desk.admin();
    let list = admin.get("/admin/users");
    list.assert_has("Max Manager manager@example.com Manager Northgate Dental Group Northgate Dental Never Active");
    list.assert_has("Olive Owner owner@example.com Owner Northgate Dental Group All locations");
    list.assert_lacks("Filters in force");
    let query = format!("text=exam&account={}&role=manager", desk.people.account);
    let filtered = admin.get(&format!("/admin/users?{query}"));
    for chip in ["Search: exam", "Account: Northgate Dental Group", "Role: Manager"] {
        filtered.assert_has(chip);
    }
    let without_role = format!("href=\"/admin/users?text=exam&#38;account={}\"", desk.people.account);
    assert!(filtered.body.contains(&without_role), "{}", filtered.body);
    let none = admin.get("/admin/users?state=invited");
    none.assert_has("State: Invited");
    none.assert_has("No users match. Clear filters");
}

#[test]
fn users_are_found_by_name_and_address() {
    let desk = Desk::open();
    let admin = desk.admin();
    check_list(&admin, "text=max", &["manager@"]);
    check_list(&admin, "text=Manager%40example.com", &["manager@"]);
    check_list(&admin, "text=fay", &["foreign@"]);
    check_list(&admin, "text=exam", &["owner@", "manager@", "foreign@", "reviewer@", "admin@"]);
    check_list(&admin, "text=o+exam+own", &["owner@"]);
    check_list(&admin, "text=owner&role=owner&state=active", &["owner@"]);
    check_list(&admin, &format!("text=owner&account={}", desk.people.account), &["owner@"]);
    check_list(&admin, "text=owner&role=manager", &[]);
    check_list(&admin, "text=%25", &[]);
    let manager = &desk.people.manager;
    desk.browser_of(manager).post("/profile", &[("name", "Zoë Quinn"), ("time_zone", ""), ("theme", "system")]);
    check_list(&admin, "text=zoe", &["manager@"]);
    check_list(&admin, "text=max", &[]);
}

/// Adds so many managers, as many as a page and an offset notice.
fn add_many(desk: &Desk, count: usize) {
    let (account, now) = (desk.people.foreign_account, desk.now());
    desk.write(|conn| {
        for at in 0..count {
            let (email, name) = (format!("person{at}@many.example"), format!("Person {at:04}"));
            let new =
                store::users::NewUser { account_id: Some(account), email: &email, name: &name, role: Role::Manager };
            store::users::add(conn, &new, now)?;
        }
        Ok::<_, StoreError>(())
    });
}

#[test]
fn more_users_than_are_counted_are_turned_over_and_searched() {
    let desk = Desk::open();
    add_many(&desk, 1_100);
    let admin = desk.admin();
    admin.get("/admin/users").assert_has("1–25 of 1,000+");
    let far = admin.get("/admin/users?text=person&state=invited&page=3");
    far.assert_has("51–75 of 1,000+");
    far.assert_has("Person 0050");
    assert!(far.body.contains("text=person&amp;state=invited&amp;page=4") || far.body.contains("page=4"), "{far:?}");
    let last = admin.get("/admin/users?page=99");
    last.assert_has("976–1000 of 1,000+");
    assert!(!last.body.contains("rel=\"next\""), "behind it people search");
    let found = admin.get("/admin/users?text=person+0999");
    found.assert_has("1 user");
    found.assert_has("person999@many.example");
    assert!(found.body.len() < 60 * 1024 && far.body.len() < 60 * 1024);
}

/// Gives this many rows that are no users a word, from one of these ids on: only the words count.
fn add_words(desk: &Desk, from: i64, count: i64, word: &str) {
    let sql = format!(
        "INSERT INTO name_terms (kind, owner_id, term) WITH RECURSIVE counted(n) AS \
         (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {count}) SELECT 'user', {from} + n, '{word}' FROM counted"
    );
    let written = desk.write(|conn| {
        Ok::<_, StoreError>(match conn {
            Conn::Sqlite(conn) => sql_query(sql).execute(conn)?,
            Conn::Postgres(conn) => sql_query(sql).execute(conn)?,
        })
    });
    assert_eq!(i64::try_from(written), Ok(count));
}

#[test]
fn words_that_many_have_find_whoever_has_all_of_them() {
    let desk = Desk::open();
    let (account_id, now) = (Some(desk.people.account), desk.now());
    for (email, name) in [("both@example.com", "Alphonse Betancourt"), ("one@example.com", "Alphonse Gamache")] {
        let new = store::users::NewUser { account_id, email, name, role: Role::Manager };
        desk.write(|conn| store::users::add(conn, &new, now));
    }
    add_words(&desk, 1_000_000, 10_100, "alphonse");
    add_words(&desk, 2_000_000, 10_100, "betancourt");
    let admin = desk.admin();
    let check = |typed: &str, count: &str, has_one: bool| {
        let page = admin.get(&format!("/admin/users?text={typed}"));
        page.assert_has(count);
        page.assert_has("both@example.com");
        assert_eq!(page.has("one@example.com"), has_one, "{typed}: {page:?}");
    };
    check("alphonse+betancourt", "1 user", false);
    check("alphonse", "2 users", true);
    // From here on more rows have both words than are looked up.
    add_words(&desk, 1_000_000, 10_100, "betancourt");
    check("beta+alph", "1 user", false);
}

#[test]
fn with_many_accounts_the_account_is_typed() {
    let desk = Desk::open();
    let now = desk.now();
    let twin = desk.write(|conn| {
        for at in 0..100 {
            store::accounts::add(conn, &format!("Branch {at:03}"), now)?;
        }
        store::accounts::add(conn, "branch 007", now)
    });
    let admin = desk.admin();
    let list = admin.get("/admin/users?account=harbor+motors");
    assert!(!list.body.contains("<option value=\"1\">"), "a list of a hundred accounts helps nobody");
    check_list(&admin, "account=harbor+motors", &["foreign@"]);
    check_list(&admin, &format!("account={}", desk.people.account), &["owner@", "manager@"]);
    admin.get("/admin/users?account=nobody").assert_has("No account has that name.");
    admin.get("/admin/users?account=Branch+007").assert_has("Several accounts have that name.");

    let form = admin.get(&format!("/admin/users/new?account={}", desk.people.foreign_account));
    assert_eq!(form.value("account").as_deref(), Some("Harbor Motors"));
    let of_twin = admin.get(&format!("/admin/users/new?account={twin}"));
    assert_eq!(of_twin.value("account"), Some(twin.to_string()), "its name would not say which");
    let invite = |account: &str| {
        let fields = [("email", "nia@example.com"), ("name", "Nia"), ("role", "owner"), ("account", account)];
        admin.post("/admin/users/new", &fields)
    };
    invite("Harbor").assert_has("No account has that name. Type it as the list of accounts shows it");
    assert_eq!(invite("harbor motors").status, 303);
    assert_eq!(desk.deliver().len(), 1);
    let user = desk.read(|conn| store::users::by_email(conn, "nia@example.com")).expect("there is a user");
    assert_eq!(user.account_id, Some(desk.people.foreign_account));
    let location = [("account", "Harbor Motors"), ("name", "Quay"), ("time_zone", "UTC"), ("porting", "on")];
    assert_eq!(admin.post("/admin/locations/new", &location).status, 303);
    let page = admin.get("/admin/locations?account=Harbor+Motors&text=qu");
    page.assert_has("1 location");
    page.assert_has("Quay");
}
