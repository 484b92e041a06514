//! Area codes that are newer than the built-in table: added by admins, used at once, with who did it and when.

use actix_web::rt::System;
use portdesk::{
    domain::area_codes::{AreaCode, Country},
    services::area_codes,
    web,
};

use crate::harness::{
    desk::Desk,
    page::Page,
    seed::{self, Seed},
};

const REFUSED: &str = "222 is not an area code in use";

fn add(desk: &Desk, code: &str, kind: &str, country: &str) -> Page {
    desk.admin().post("/admin/area-codes", &[("code", code), ("kind", kind), ("country", country)])
}

/// What the wizard says to these numbers in a draft.
fn wizard(desk: &Desk, numbers: &str) -> Page {
    let sid = seed::draft(desk, &desk.people.owner(), Seed::default());
    let path = format!("/port-requests/{sid}/numbers");
    let fields = [("name", "New codes"), ("landline", numbers), ("scope", "all"), ("do", "check")];
    desk.owner().post(&path, &fields).follow()
}

#[test]
fn a_new_area_code_is_taken_at_once_and_refused_again_when_it_is_removed() {
    let desk = Desk::open();
    wizard(&desk, "222-842-5519").assert_has(REFUSED);
    desk.admin().get("/admin/area-codes").assert_has("No area code was added yet.");
    let added = add(&desk, " 222 ", "geographic", "US").follow();
    added.assert_has("Area code 222 added");
    added.assert_has("222 Local numbers, United States Nov 21, 2026");
    added.assert_has("Ada Admin");
    let read = wizard(&desk, "222-842-5519");
    read.assert_lacks(REFUSED);
    read.assert_has("(222) 842-5519");

    let removal = added.body.split('"').find(|it| it.ends_with("/removal")).expect("it can be removed").to_owned();
    let removed = desk.admin().post(&removal, &[]).follow();
    removed.assert_has("Area code 222 removed");
    removed.assert_has("No area code was added yet.");
    assert_eq!(removed.text().matches("Ada Admin").count(), 4, "who added and who removed it stays: {removed:?}");
    wizard(&desk, "222-842-5519").assert_has(REFUSED);
    assert_eq!(desk.admin().post(&removal, &[]).status, 404, "it is removed already");
    assert_eq!(add(&desk, "222", "geographic", "US").status, 303, "and can be added again");
}

#[test]
fn what_another_process_added_is_learned() {
    let desk = Desk::open();
    let (admin, now) = (desk.people.admin(), desk.now());
    desk.write(|conn| area_codes::add(conn, &admin, "222", AreaCode::Local(Country::Us), now));
    System::new().block_on(web::area_codes::refresh(&desk.app)).expect("the database answers");
    wizard(&desk, "222-842-5519").assert_lacks(REFUSED);
}

#[test]
fn codes_mean_what_they_were_added_for() {
    let desk = Desk::open();
    assert_eq!(add(&desk, "222", "geographic", "CA").status, 303);
    wizard(&desk, "222-842-5519").assert_has("Canadian");
    assert_eq!(add(&desk, "822", "toll_free", "").status, 303);
    let page = wizard(&desk, "822-842-5519");
    page.assert_has("Toll-free");
    assert_eq!(add(&desk, "522", "personal", "").status, 422, "the table has it");
}

#[test]
fn what_cannot_be_an_area_code_is_refused_by_name() {
    let desk = Desk::open();
    for (code, kind, country, told) in [
        ("", "geographic", "US", "Enter the three digits of the area code"),
        ("22x", "geographic", "US", "Enter the three digits of the area code"),
        ("122", "geographic", "US", "122 cannot be an area code: they begin with 2 to 9"),
        ("211", "geographic", "US", "211 cannot be an area code"),
        ("212", "geographic", "US", "212 is known already: Local numbers, United States"),
        ("800", "toll_free", "", "800 is known already: Toll-free numbers"),
        ("222", "", "US", "Select what the area code is for"),
        ("222", "geographic", "MX", "Select the country"),
        ("822", "geographic", "US", "822 is kept for toll-free numbers. Select toll-free"),
        ("222", "toll_free", "", "222 is not kept for toll-free numbers"),
    ] {
        let page = add(&desk, code, kind, country);
        assert_eq!(page.status, 422, "{code} {kind}: {page:?}");
        page.assert_has(told);
        assert_eq!(page.value("code").as_deref(), Some(code));
        assert!(page.title().starts_with("Error: "), "{}", page.title());
    }
    assert_eq!(add(&desk, "222", "geographic", "US").status, 303);
    add(&desk, "222", "geographic", "US").assert_has("222 is known already");
}
