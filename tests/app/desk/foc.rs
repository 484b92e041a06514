//! The FOC: shown in three zones before it is saved.

use chrono::Duration;
use portdesk::{domain::stage::Stage, store};

use super::{decide, newest_line, path, send};
use crate::harness::{
    desk::Desk,
    page::Page,
    seed::{self, Seed},
};

const DECEMBER: [(&str, &str); 6] = [
    ("foc-month", "Dec"),
    ("foc-day", "1"),
    ("foc-year", "2026"),
    ("from", "10"),
    ("to", "2pm"),
    ("zone", "America/New_York"),
];

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<_> =
        DECEMBER.into_iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name)).collect();
    fields.extend_from_slice(changes);
    fields
}

#[test]
fn a_window_is_shown_in_three_zones_and_then_saved() {
    let desk = Desk::open();
    let id = desk.people.reviewer.id;
    desk.write(|conn| store::users::set_profile(conn, id, "Rae Reviewer", Some("America/Los_Angeles"), "system"));
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::Submitted);
    let reviewer = desk.reviewer();
    let shown = decide(&reviewer, &sid, "/foc", &with(&[("do", "preview")]));
    assert_eq!(shown.status, 200);
    shown.assert_has("At the location Tue, Dec 1, 10:00 AM–2:00 PM EST");
    shown.assert_has("Your time Tue, Dec 1, 7:00 AM–11:00 AM PST");
    shown.assert_has("UTC Tue, Dec 1, 3:00 PM–7:00 PM UTC");
    assert_eq!(seed::request(&desk, &sid).stage, Stage::Submitted, "showing saves nothing");
    assert_eq!(shown.value("foc-month").as_deref(), Some("Dec"));

    let saved = send(&reviewer, &shown, &path(&sid, "/foc"), &with(&[("do", "save")]));

    assert_eq!((saved.status, saved.location.as_deref()), (303, Some("/desk?view=at-carrier")));
    saved.follow().assert_has(&format!("{sid} has its FOC."));
    let line = newest_line(&desk, &sid);
    assert_eq!((line.event.as_str(), line.note.as_str()), ("foc_set", "Tue, Dec 1, 2026, 10:00 AM–2:00 PM EST"));
    let mail = desk.deliver();
    assert!(mail[0].text.contains("Tue, Dec 1, 2026, 10:00 AM–2:00 PM EST"), "{}", mail[0].text);
    let row = reviewer.get("/desk?view=at-carrier");
    row.assert_has("Tue, Dec 1, 10:00 AM–2:00 PM EST Tue, Dec 1, 7:00 AM–11:00 AM PST your time");
    reviewer.get(&path(&sid, "")).assert_has("FOC Tue, Dec 1, 10:00 AM–2:00 PM EST");
}

#[test]
fn what_was_changed_since_is_shown_again_before_it_is_saved() {
    let desk = Desk::open();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::Submitted);
    let reviewer = desk.reviewer();
    let shown = decide(&reviewer, &sid, "/foc", &with(&[("do", "preview")]));
    let again = send(&reviewer, &shown, &path(&sid, "/foc"), &with(&[("do", "save"), ("zone", "America/Chicago")]));
    assert_eq!(again.status, 200);
    again.assert_has("As agreed Tue, Dec 1, 10:00 AM–2:00 PM CST");
    again.assert_has("At the location Tue, Dec 1, 11:00 AM–3:00 PM EST");
    assert_eq!(seed::request(&desk, &sid).stage, Stage::Submitted);
}

#[track_caller]
fn refused(desk: &Desk, changes: &[(&str, &str)], sentence: &str) -> Page {
    let sid = seed::in_stage(desk, &desk.people.owner(), Seed::default(), Stage::Submitted);
    let page = decide(&desk.reviewer(), &sid, "/foc", &with(changes));
    assert_eq!(page.status, 422, "{page:?}");
    page.assert_has(sentence);
    assert!(page.title().starts_with("Error: "), "{}", page.title());
    assert_eq!(seed::request(desk, &sid).stage, Stage::Submitted);
    page
}

#[test]
fn what_is_no_window_is_sent_back_with_what_was_typed() {
    let desk = Desk::open();
    refused(&desk, &[("foc-month", ""), ("foc-day", ""), ("foc-year", "")], "Enter the date");
    refused(&desk, &[("foc-month", "11"), ("foc-day", "20")], "Date must be today or later");
    refused(&desk, &[("to", "10am")], "End time must be after start time");
    refused(&desk, &[("from", "")], "Enter the start time");
    refused(&desk, &[("zone", "Mars")], "Select a time zone");
    let spring = [("foc-month", "3"), ("foc-day", "14"), ("foc-year", "2027"), ("from", "2:30am"), ("to", "6am")];
    let page = refused(&desk, &spring, "2:30 AM does not happen on Mar 14 in this zone");
    assert_eq!(page.value("from").as_deref(), Some("2:30am"));
}

#[test]
fn a_date_that_is_near_is_asked_about_once_and_can_be_moved() {
    let desk = Desk::open();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::FocScheduled);
    let reviewer = desk.reviewer();
    let form = reviewer.get(&path(&sid, "/foc"));
    form.assert_has("So far: Sat, Nov 28, 10:00 AM–2:00 PM EST");
    assert_eq!((form.value("foc-day").as_deref(), form.value("from").as_deref()), (Some("28"), Some("10:00 AM")));
    let early = send(&reviewer, &form, &path(&sid, "/foc"), &with(&[("do", "preview")]));
    early.assert_lacks("less than 48 hours away");
    desk.app.clock.advance(Duration::days(6));
    let shown = send(&desk.reviewer(), &form, &path(&sid, "/foc"), &with(&[("do", "preview")]));
    assert_eq!(shown.status, 200);
    shown.assert_has("The FOC that you are replacing is less than 48 hours away");
    let saved = send(&desk.reviewer(), &shown, &path(&sid, "/foc"), &with(&[("do", "save")]));
    assert_eq!(saved.status, 303, "{saved:?}");
    assert_eq!(newest_line(&desk, &sid).event, "foc_changed");
    let mail = desk.deliver();
    assert!(
        mail[0].text.contains("Sat, Nov 28, 2026,") && mail[0].text.contains("Tue, Dec 1, 2026,"),
        "{}",
        mail[0].text
    );
}

#[test]
fn a_stale_window_keeps_what_was_typed() {
    let desk = Desk::open();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::Submitted);
    let (reviewer, admin) = (desk.reviewer(), desk.admin());
    let read = reviewer.get(&path(&sid, "/foc"));
    decide(&admin, &sid, "/current-action", &[("text", "Verizon asks for two days.")]);
    desk.app.clock.advance(Duration::minutes(3));
    for action in ["preview", "save"] {
        let late = send(&reviewer, &read, &path(&sid, "/foc"), &with(&[("do", action), ("from", "9:15")]));
        assert_eq!(late.status, 409, "{late:?}");
        late.assert_has("Ada Admin described the current action 3 minutes ago. What you typed is below.");
        assert_eq!(late.value("from").as_deref(), Some("9:15"));
    }
}

#[test]
fn a_day_on_which_carriers_rest_is_asked_about_and_can_be_kept() {
    let desk = Desk::open();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::Submitted);
    let reviewer = desk.reviewer();
    reviewer.get(&path(&sid, "/foc")).assert_has("The customer named no day.");
    decide(&reviewer, &sid, "/foc", &with(&[("do", "preview")])).assert_lacks("Few carriers move numbers");
    let holiday = decide(&reviewer, &sid, "/foc", &with(&[("do", "preview"), ("foc-day", "25")]));
    holiday.assert_has("That is a holiday: Christmas Day. Few carriers move numbers then");
    let weekend = decide(&reviewer, &sid, "/foc", &with(&[("do", "preview"), ("foc-day", "5")]));
    weekend.assert_has("That is a Saturday. Few carriers move numbers on a weekend");
    let saved = send(&reviewer, &weekend, &path(&sid, "/foc"), &with(&[("do", "save"), ("foc-day", "5")]));
    assert_eq!(saved.status, 303, "{saved:?}");
    desk.deliver();
}
