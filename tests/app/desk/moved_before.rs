//! Numbers that moved here before: told to whoever may know, stopping nothing.

use portdesk::domain::stage::Stage;

use super::{decide, path};
use crate::{
    harness::{
        desk::Desk,
        seed::{self, Seed},
    },
    manual::walk::{Form, compare, link},
    port_requests::walk::{CONTACT, Draft, NUMBERS, TERMS},
};

const MOVED: Seed<'static> = Seed {
    name: "Front desk lines",
    carrier: "Verizon",
    account_number: "7741-4471B",
    account_pin: "",
    numbers: "(212) 664-0142, (800) 356-9377",
    wireless: &[],
    scope: "all",
    contact_name: "Dana Ruiz",
    location: None,
    bills: 1,
};

#[test]
fn the_desk_reads_what_moved_here_before_and_the_stranger_does_not() {
    let desk = Desk::open();
    let earlier = seed::in_stage(&desk, &desk.people.foreign_owner(), MOVED, Stage::Completed);
    let form = Form::start(&desk);
    form.fill();
    form.pass("check", crate::manual::walk::CONSENTS, "confirmation");
    let sid = form.sid();
    let status = desk.browser().post(&link(&desk.deliver(), "/confirm/"), &[]).follow();
    desk.deliver();
    for page in [form.get("confirmation"), status] {
        page.assert_lacks(earlier.as_str());
        page.assert_lacks("moved here");
    }
    compare(&desk, &sid, crate::manual::walk::DAY);
    let reviewer = desk.reviewer();
    let page = reviewer.get(&path(&sid, ""));
    page.assert_has(&format!("(212) 664-0142 and 1 more number moved here with {earlier} on Nov 21, 2026."));
    assert!(page.body.contains(&format!("href=\"{}?", path(&earlier, ""))), "it leads there: {}", page.body);
    reviewer.get(&path(&earlier, "")).assert_lacks("moved here with");
    assert_eq!(decide(&reviewer, &sid, "/submission", &[]).status, 303, "it stops nothing");
    desk.deliver();
}

#[test]
fn the_account_is_asked_once_about_what_it_moved_itself() {
    let desk = Desk::open();
    let earlier = seed::in_stage(&desk, &desk.people.owner(), MOVED, Stage::Completed);
    let told = format!("(212) 664-0142 and 1 more number moved here already, with request {earlier}.");
    let draft = Draft::start(&desk);
    draft.pass("terms", TERMS, "numbers");
    let asked = draft.post("numbers", NUMBERS).follow();
    asked.assert_has(&told);
    draft.pass("numbers", NUMBERS, "contact");
    draft.pass("contact", CONTACT, "bill");
    // A manager sees what is theirs, and another account nothing.
    for browser in [desk.manager(), desk.foreign_owner()] {
        let draft = Draft::start_in(browser);
        draft.pass("terms", TERMS, "numbers");
        draft.pass("numbers", NUMBERS, "contact");
        draft.get("numbers").assert_lacks(earlier.as_str());
    }
}
