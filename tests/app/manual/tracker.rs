//! The way of a request on the page of its status: what is done, what is coming, and what the link still opens.

use super::walk::Sent;
use crate::harness::{
    desk::Desk,
    page::Page,
    seed::{self},
};

/// What the contact and the owner of the account read, each on their page.
#[track_caller]
fn both(sent: &Sent<'_>, words: &str) -> Page {
    sent.desk.owner().get(&format!("/port-requests/{}", sent.sid)).assert_has(words);
    let page = sent.page();
    page.assert_has(words);
    page
}

#[test]
fn the_way_begins_with_the_letter_and_calls_done_only_what_is() {
    const KEEP: &str = "Keep your old service on";
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    let begun = "Letter signed, done Nov 20, 2026 Sent, done Nov 21, 2026";
    let page = both(&sent, &format!("{begun} Being checked With carrier Move Numbers"));
    page.assert_has(KEEP);
    page.assert_has("whoever has it can follow, correct and cancel this request.");
    page.assert_lacks("Carrier order number");
    sent.to_carrier();
    let sent_on = format!("{begun} Checked, done Nov 21, 2026 With carrier");
    let page = both(&sent, &format!("{sent_on} since Nov 21, 2026 Move Numbers"));
    page.assert_has(KEEP);
    page.assert_has("whoever has it can follow this request and ask to stop it.");
    page.assert_has("Carrier order number VZ-1");
    let opens = "2026-11-30T15:00:00".parse().unwrap();
    seed::set_foc(&desk, &sent.sid, opens, opens + chrono::Duration::hours(4));
    let page = both(&sent, &format!("{sent_on}, done Nov 21, 2026 Move due Nov 30, 2026"));
    assert_eq!(page.text().matches(KEEP).count(), 1, "it is said once: {page:?}");
    desk.app.clock.move_to(opens);
    seed::complete(&desk, &sent.sid, 2);
    both(&sent, "With carrier, done Nov 21, 2026 Moved 2 of 3 numbers").assert_has(KEEP);
    seed::complete(&desk, &sent.sid, 3);
    let page = both(&sent, "With carrier, done Nov 21, 2026 Moved, done Nov 30, 2026");
    page.assert_lacks(KEEP);
    page.assert_has("whoever has it can see this request.");
    // So says the mail with a new link.
    desk.browser().post("/status", &[("sid", sent.sid.as_str()), ("email", super::walk::EMAIL)]);
    let mail = desk.deliver();
    assert!(mail[0].text.contains("whoever has it can see the request."), "{}", mail[0].text);
}

#[test]
fn what_was_done_stays_done_when_a_request_is_canceled_or_refused() {
    let desk = Desk::open();
    let sent = Sent::confirmed(&desk);
    let begun = "Letter signed, done Nov 20, 2026 Sent, done Nov 21, 2026 Check";
    sent.reject("account-number-mismatch");
    both(&sent, &format!("{begun} Stopped Nov 21, 2026 With carrier Move"));
    sent.post("/cancellation", &[("reason", "stay")]);
    desk.deliver();
    let page = both(&sent, &format!("{begun} Canceled Nov 21, 2026 With carrier Move"));
    page.assert_has("whoever has it can see this request.");
}
