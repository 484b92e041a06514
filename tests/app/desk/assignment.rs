//! Taking a request and giving it back.

use super::{newest_line, path, send};
use crate::harness::{
    desk::Desk,
    seed::{self, Seed},
};

#[test]
fn a_request_is_taken_and_given_back() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    let (reviewer, to) = (desk.reviewer(), path(&sid, "/assignment"));
    let taken = send(&reviewer, &reviewer.get(&path(&sid, "?view=all")), &to, &[("do", "take")]);
    assert_eq!((taken.status, taken.location.as_deref()), (303, Some(path(&sid, "?view=all").as_str())));
    let mine = taken.follow();
    mine.assert_has("Assignee Rae Reviewer");
    mine.assert_has("Give back");
    let line = newest_line(&desk, &sid);
    assert_eq!(
        (line.event.as_str(), line.note.as_str(), line.visible),
        ("assigned", "Assigned to Rae Reviewer", false)
    );
    desk.admin().get("/desk").assert_has("Rae Reviewer");
    desk.admin().get(&path(&sid, "")).assert_has("Take over");
    send(&reviewer, &mine, &to, &[("do", "give-back")]).follow().assert_has("Assignee Nobody");
}

#[test]
fn two_who_take_at_once_learn_of_each_other() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    let (reviewer, admin, to) = (desk.reviewer(), desk.admin(), path(&sid, "/assignment"));
    let read = reviewer.get(&path(&sid, ""));
    send(&admin, &admin.get(&path(&sid, "")), &to, &[("do", "take")]);
    let late = send(&reviewer, &read, &to, &[("do", "take")]);
    assert_eq!(late.status, 409);
    late.assert_has("Ada Admin changed who works on this just now.");
    late.assert_has("Assignee Ada Admin");
}
