//! The day on an uploaded letter: the first thing to do in a request, and two days where its sender typed another one.

use super::{decide, newest_line, path, send};
use crate::{harness::desk::Desk, harness::page::Page, manual::walk::Sent};

const READ: [(&str, &str); 3] = [("signed-month", "11"), ("signed-day", "19"), ("signed-year", "2026")];

/// The words of the filled buttons of a page.
fn filled(page: &Page) -> Vec<&str> {
    let after = page.body.split("class=\"btn\"").skip(1);
    after.filter_map(|rest| rest.split_once('>').and_then(|(_, rest)| rest.split('<').next())).collect()
}

#[test]
fn recording_the_day_comes_first_and_opens_the_way() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    let reviewer = desk.reviewer();
    let row = |words: &str| reviewer.get("/desk").has(words);
    assert!(row(&format!("3 numbers from Verizon {}", sent.sid)) && row("Letter’s day to record"));
    let page = reviewer.get(&path(&sent.sid, ""));
    assert_eq!(filled(&page), ["Record the day"]);
    for words in [
        "3 numbers from Verizon To decide",
        "Accept: record the letter’s day first Describe the current action",
        "Cancel request",
        "The sender says Nov 20, 2026.",
        "Compare the date on the letter",
    ] {
        page.assert_has(words);
    }
    reviewer.get(&path(&sent.sid, "/rejection")).assert_has(&format!("3 numbers from Verizon · {} ·", sent.sid));
    sent.compare();
    let page = reviewer.get(&path(&sent.sid, ""));
    assert_eq!(filled(&page), ["Accept and note as sent"]);
    for gone in ["record the letter’s day first", "Compare the date", "The sender sa"] {
        page.assert_lacks(gone);
    }
    assert!(!row("Letter’s day to record"));
}

#[test]
fn another_day_than_the_sender_typed_is_asked_about_once_and_both_are_kept() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    let reviewer = desk.reviewer();
    let form = path(&sent.sid, "/loa/date");
    let asked = send(&reviewer, &reviewer.get(&path(&sent.sid, "")), &form, &READ);
    assert_eq!(asked.status, 422);
    asked.assert_has("The sender says Nov 20, 2026, and you read Nov 19, 2026. Look at the letter once more");
    assert_eq!(asked.value("signed-day").as_deref(), Some("19"), "as it was typed");
    assert_eq!(decide(&reviewer, &sent.sid, "/submission", &[]).status, 409, "nothing is recorded yet");
    let third = [READ[0], ("signed-day", "18"), READ[2]];
    let again = send(&reviewer, &asked, &form, &third);
    again.assert_has("and you read Nov 18, 2026.");
    assert_eq!(send(&reviewer, &again, &form, &third).status, 303);
    let page = reviewer.get(&path(&sent.sid, ""));
    page.assert_has(
        "Signed on Nov 18, 2026 Signed elsewhere and uploaded; not e-signed here. The sender said Nov 20, 2026",
    );
    page.assert_lacks("Compare the date");
    assert_eq!(newest_line(&desk, &sent.sid).note, "Nov 18, 2026; the sender said Nov 20, 2026");
    sent.page().assert_has("Letter signed, done Nov 18, 2026");
}
