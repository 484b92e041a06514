//! The list as a CSV file.

use chrono::Duration;
use portdesk::domain::stage::Stage;

use crate::harness::{
    desk::Desk,
    page::Page,
    seed::{self, Seed},
};

fn rows(page: &Page) -> Vec<csv::StringRecord> {
    assert_eq!(page.status, 200, "{page:?}");
    let text = page.body.strip_prefix('\u{feff}').expect("the file begins with the sign of UTF-8");
    csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).collect()
}

#[test]
fn the_file_holds_the_list_as_it_is_filtered() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    let numbers = Seed { numbers: "(212) 555-0142, 646-555-0187", ..Seed::default() };
    let sid = seed::in_stage(&desk, &owner, numbers, Stage::FocScheduled);
    desk.app.clock.advance(Duration::minutes(1));
    seed::draft(&desk, &owner, Seed { name: "Begun", ..Seed::default() });
    seed::sent_request(&desk, &desk.people.foreign_owner(), Seed::default());

    let page = desk.owner().get("/port-requests/export");
    assert_eq!(page.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(page.header("content-disposition"), Some("attachment; filename=\"port-in-requests-2026-11-21.csv\""));
    let all = rows(&page);
    assert_eq!(all.len(), 2);
    assert_eq!((&all[0][0], &all[0][1], &all[0][2]), ("", "Begun", "Draft"));
    let moving = &all[1];
    assert_eq!(&moving[0], sid.as_str());
    assert_eq!(&moving[2], "In Progress");
    assert_eq!(&moving[10], "+12125550142; +16465550187");
    assert_eq!(&moving[14], "2026-11-28T15:00:00Z");

    let some = rows(&desk.owner().get("/port-requests/export?status=draft"));
    assert_eq!(some.len(), 1);
    assert!(rows(&desk.manager().get("/port-requests/export")).is_empty());
    assert_eq!(desk.reviewer().get("/port-requests/export").status, 404);
}

#[test]
fn the_file_of_one_location_holds_no_other() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    seed::sent_request(&desk, &owner, Seed::default());
    for (location, count) in [("NORTHGATE", 1), ("northgate", 1), ("HARBOR", 0), ("no id", 0)] {
        let address = format!("/port-requests/export?location={}", location.replace(' ', "+"));
        assert_eq!(rows(&desk.owner().get(&address)).len(), count, "{location}");
    }
}

#[test]
fn no_cell_is_a_formula() {
    let desk = Desk::open();
    let owner = desk.people.owner();
    for name in ["=HYPERLINK(\"x\")", "+1", "-2", "@SUM(A1)"] {
        seed::draft(&desk, &owner, Seed { name, carrier: "=cmd|' /C calc'!A0", ..Seed::default() });
    }
    for row in rows(&desk.owner().get("/port-requests/export")) {
        for cell in &row {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
        assert!(row[1].starts_with('\'') && row[6].starts_with("'="), "{row:?}");
    }
}

#[test]
fn a_long_list_is_written_whole() {
    let desk = Desk::open();
    let now = desk.now();
    let (account, location, user) = (desk.people.account, desk.people.location.id, desk.people.owner.id);
    desk.write(|conn| {
        for at in 0..450_i32 {
            let new = portdesk::store::port_requests::NewDraft {
                channel: portdesk::domain::channel::Channel::InApp,
                account_id: account,
                location_id: location,
                sid: portdesk::domain::request_sid::RequestSid::from_random(portdesk::vault::random()),
                submitted_by: user,
            };
            // Many at the same moment: the next step must neither skip nor repeat one of them.
            let id =
                portdesk::store::port_requests::add_draft(conn, &new, now + Duration::minutes(i64::from(at / 100)))?;
            let note = portdesk::store::port_requests::DraftNote {
                name: &format!("Lines {at}"),
                losing_carrier: "",
                number_count: 0,
                next_step: portdesk::domain::draft::Step::Terms,
            };
            portdesk::store::port_requests::note_draft(conn, id, &note)?;
        }
        Ok::<_, portdesk::store::StoreError>(())
    });
    let names: std::collections::BTreeSet<String> =
        rows(&desk.owner().get("/port-requests/export")).iter().map(|row| row[1].to_owned()).collect();
    assert_eq!(names.len(), 450);
    let found = rows(&desk.owner().get("/port-requests/export?status=draft"));
    assert_eq!(found.len(), 450);
}
