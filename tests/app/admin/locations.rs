//! Locations: found, added with a typed or a made Location ID, edited, porting switched off.

use portdesk::{
    domain::location_id::LocationId,
    store::{self, locations::LocationFacts},
};

use crate::harness::{desk::Desk, page::Page};

fn add(desk: &Desk, changed: &[(&str, &str)]) -> Page {
    let account = desk.people.account.to_string();
    let mut fields = vec![
        ("account", account.as_str()),
        ("name", "Uptown"),
        ("location_id", "UP_1"),
        ("time_zone", "America/Chicago"),
        ("porting", "on"),
        ("reason", ""),
    ];
    for (name, value) in changed {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    desk.admin().post("/admin/locations/new", &fields)
}

#[test]
fn a_location_is_added_with_the_id_that_was_typed() {
    let desk = Desk::open();
    let added = add(&desk, &[]);
    assert_eq!(added.location.as_deref(), Some("/admin/locations/UP_1"), "{added:?}");
    let page = added.follow();
    for shown in ["Uptown added", "UP_1", "Northgate Dental Group"] {
        page.assert_has(shown);
    }
    assert_eq!(desk.admin().get("/admin/locations/up_1").status, 200, "ids are compared without case");
}

#[test]
fn without_an_id_one_is_made() {
    let desk = Desk::open();
    let added = add(&desk, &[("location_id", " ")]);
    let id = added.location.as_deref().and_then(|path| path.rsplit('/').next()).expect("leads to the location");
    assert!(LocationId::parse(id).is_ok() && id.len() == 12, "{id}");
}

#[test]
fn a_double_click_adds_one() {
    let desk = Desk::open();
    let token = [("token", "the same"), ("location_id", "")];
    assert_eq!(add(&desk, &token).location, add(&desk, &token).location);
}

#[test]
fn wrong_answers_are_told_at_their_fields() {
    let desk = Desk::open();
    for (field, value, told) in [
        ("account", "999", "Select the account"),
        ("name", "", "Enter the location name"),
        ("location_id", "a b", "Location ID can have only letters, digits, _ and -"),
        ("location_id", "northgate", "Another location has that Location ID. Choose another"),
        ("location_id", "New", "That Location ID is kept for pages of this site. Choose another"),
        ("time_zone", "Mars", "Select a time zone"),
        ("porting", "", "Select whether numbers can be moved in"),
        ("porting", "off", "Enter the reason that people will read"),
    ] {
        let page = add(&desk, &[(field, value)]);
        assert_eq!(page.status, 422, "{field} {value}");
        page.assert_has(told);
        assert!(field == "name" || page.value("name").as_deref() == Some("Uptown"));
    }
}

#[test]
fn everything_of_a_location_can_be_changed() {
    let desk = Desk::open();
    let admin = desk.admin();
    let fields = [
        ("version", "1"),
        ("name", "Northgate East"),
        ("location_id", "NG-EAST"),
        ("time_zone", "America/Denver"),
        ("porting", "off"),
        ("reason", "Add a payment method first"),
    ];
    let saved = admin.post("/admin/locations/NORTHGATE", &fields);
    assert_eq!(saved.location.as_deref(), Some("/admin/locations/NG-EAST"), "{saved:?}");
    let page = saved.follow();
    page.assert_has("Saved");
    assert_eq!(page.value("reason").as_deref(), Some("Add a payment method first"));
    assert_eq!(admin.get("/admin/locations/NORTHGATE").status, 404);

    let stale = admin.post("/admin/locations/NG-EAST", &fields);
    assert_eq!(stale.status, 409);
    stale.assert_has("Porting Off: Add a payment method first");
    let again = admin.post("/admin/locations/NG-EAST", &[("version", "2"), ("name", "")]);
    assert_eq!(again.status, 422);
    assert_eq!(again.hidden("version").as_deref(), Some("2"));
}

#[test]
fn switching_porting_on_drops_the_reason() {
    let desk = Desk::open();
    let fields = [
        ("version", "1"),
        ("name", "Northgate"),
        ("location_id", "NORTHGATE"),
        ("time_zone", "America/Denver"),
        ("porting", "on"),
        ("reason", "left over"),
    ];
    desk.admin().post("/admin/locations/NORTHGATE", &fields);
    let location = desk.read(|conn| store::locations::find(conn, desk.people.location.id));
    assert_eq!(location.porting_off_reason, "");
}

#[test]
fn the_list_is_searched_by_name_and_id() {
    let desk = Desk::open();
    let admin = desk.admin();
    let found = |query: &str| {
        let page = admin.get(&format!("/admin/locations?{query}"));
        assert_eq!(page.status, 200, "{query}");
        let has = |id| page.body.contains(&format!("/admin/locations/{id}\""));
        (has("NORTHGATE"), has("HARBOR"))
    };
    assert_eq!(found(""), (true, true));
    assert_eq!(found("text=DENT"), (true, false));
    assert_eq!(found("text=harb+mot"), (false, true));
    assert_eq!(found("text=harbor+dental"), (false, false), "every word counts");
    assert_eq!(found("text=%25"), (false, false), "a percent sign is only a percent sign");
    assert_eq!(found("text=N_RTHGATE"), (false, false), "an underscore is only an underscore");
    assert_eq!(found(&format!("account={}", desk.people.foreign_account)), (false, true));
    assert_eq!(found(&format!("text={}", "x".repeat(5_000))), (false, false));
    admin.get("/admin/locations?text=zzz").assert_has("No locations match");
}

#[test]
fn a_long_list_is_turned_over() {
    let desk = Desk::open();
    let (account, now) = (desk.people.account, desk.now());
    desk.write(|conn| {
        for at in 0..40 {
            let facts = LocationFacts {
                location_id: LocationId::parse(&format!("L{at:02}")).expect("a good id"),
                name: format!("Location {at:02}"),
                time_zone: "America/New_York".to_owned(),
                porting_off_reason: String::new(),
            };
            store::locations::add(conn, account, &facts, now)?;
        }
        Ok::<_, store::StoreError>(())
    });
    let first = desk.admin().get("/admin/locations?text=l");
    first.assert_has("1–25 of 40");
    first.assert_lacks("Location 30");
    let second = desk.admin().get("/admin/locations?text=l&page=2");
    second.assert_has("26–40 of 40");
    second.assert_has("Location 30");
    assert!(first.body.len() < 60 * 1024, "{} bytes", first.body.len());
}
