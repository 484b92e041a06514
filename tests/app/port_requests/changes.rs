//! Changing what was sent, and what that does to the letter.

use portdesk::{
    domain::{
        loa::{EndReason, LoaState},
        stage::Stage,
    },
    store,
};

use crate::harness::{
    browser::Browser,
    desk::Desk,
    loa,
    seed::{self, Seed},
};

pub const CONTACT: [(&str, &str); 9] = [
    ("account_type", "business"),
    ("business_name", "Northgate Dental Associates, LLC"),
    ("contact_name", "Dana Ruiz"),
    ("authorized_email", "dana@northgate.example"),
    ("street", "350 5th Ave"),
    ("unit", "Suite 2100"),
    ("city", "New York"),
    ("state", "NY"),
    ("from", "check"),
];

/// Sends a form, and once more when it only asks whether something is right.
pub fn insist(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Option<String> {
    let first = browser.post(path, fields).location;
    let asks = first.as_deref().is_some_and(|to| to.contains("check=1") || to.contains("asked=1"));
    if asks { browser.post(path, fields).location } else { first }
}

#[test]
fn one_changed_digit_voids_the_letter_and_its_signer_gets_a_new_one() {
    let desk = Desk::open();
    let (owner, customer) = (desk.owner(), desk.people.owner());
    let sid = seed::in_stage(&desk, &customer, Seed::default(), Stage::AwaitingSignature);
    let at = |page: &str| format!("/port-requests/{sid}/{page}");
    let old = loa::newest(&desk, &sid);
    // An old page of the wizard knows nothing of changes.
    owner.get(&at("contact")).assert_has("This request was sent on");
    assert_eq!(owner.post(&at("changes"), &[]).location, Some(at("check")));
    let page = owner.get(&at("check"));
    page.assert_has("The letter sent to Dana Ruiz on Nov 21 still covers this.");
    page.assert_has("Send changes");
    page.assert_lacks("Delete this draft");
    let mut fields = CONTACT.to_vec();
    fields.push(("postal_code", "10119"));
    assert_eq!(insist(&owner, &at("contact"), &fields), Some(at("check#contact")));
    assert_eq!(loa::newest(&desk, &sid).state, LoaState::Pending, "nothing happens before it is sent");
    owner.get(&at("check")).assert_has("This cancels the letter sent to Dana Ruiz on Nov 21. They get a new one.");

    assert_eq!(insist(&owner, &at("check"), &[]), Some(at("confirmation")));
    let (all, request) = (seed::request(&desk, &sid).id, seed::request(&desk, &sid));
    let letters = desk.read(|conn| store::loas::of_request(conn, all));
    assert_eq!(letters.len(), 2);
    assert_eq!((letters[1].id, letters[1].state), (old.id, LoaState::Voided));
    assert_eq!(EndReason::from_code(&letters[1].end_reason), Some(EndReason::Edited));
    assert_eq!((letters[0].state, request.stage, request.attempt), (LoaState::Pending, Stage::AwaitingSignature, 1));
    let mails = desk.deliver();
    let told: Vec<&str> =
        mails.iter().filter(|it| it.to == "dana@northgate.example").map(|it| it.text.as_str()).collect();
    assert_eq!(told.len(), 1, "one mail says both");
    assert!(told[0].contains("The details of the letter were changed"), "{}", told[0]);
    owner.get(&at("loa")).assert_has("Replaced because the details changed");
}

#[test]
fn what_the_letter_does_not_print_voids_nothing() {
    let desk = Desk::open();
    let (owner, customer) = (desk.owner(), desk.people.owner());
    let sid = seed::sent_request(&desk, &customer, Seed::default());
    let at = |page: &str| format!("/port-requests/{sid}/{page}");
    let old = loa::newest(&desk, &sid);
    owner.post(&at("changes"), &[]);
    let mut fields = CONTACT.to_vec();
    fields.extend([
        ("postal_code", "10118"),
        ("preferred-month", "12"),
        ("preferred-day", "15"),
        ("preferred-year", "2026"),
    ]);
    insist(&owner, &at("contact"), &fields);
    owner.get(&at("check")).assert_has("The signed letter still covers this; nobody has to sign again.");
    insist(&owner, &at("check"), &[]);
    let now = loa::newest(&desk, &sid);
    assert_eq!((now.id, now.state), (old.id, old.state));
    assert_eq!(seed::request(&desk, &sid).stage, Stage::InReview);
    assert!(desk.deliver().is_empty(), "nobody has to do anything");
    owner.get(&format!("/port-requests/{sid}")).assert_has("Details changed");
}

#[test]
fn a_signed_letter_no_longer_counts_once_a_printed_fact_changes() {
    let desk = Desk::open();
    let (owner, customer) = (desk.owner(), desk.people.owner());
    let sid = seed::sent_request(&desk, &customer, Seed::default());
    let at = |page: &str| format!("/port-requests/{sid}/{page}");
    owner.post(&at("changes"), &[]);
    let mut fields = CONTACT.to_vec();
    fields.push(("postal_code", "10119"));
    insist(&owner, &at("contact"), &fields);
    let told = "The signed letter of Nov 21 will no longer count. Dana Ruiz has to sign again.";
    owner.get(&at("check")).assert_has(told);
    insist(&owner, &at("check"), &[]);
    assert_eq!(seed::request(&desk, &sid).stage, Stage::AwaitingSignature);
    desk.deliver();
}

#[test]
fn changes_that_were_not_sent_are_told_of_and_taken_back() {
    let desk = Desk::open();
    let (owner, customer) = (desk.owner(), desk.people.owner());
    let sid = seed::sent_request(&desk, &customer, Seed::default());
    let page = format!("/port-requests/{sid}");
    owner.get(&page).assert_has("Change the details");
    owner.post(&format!("{page}/changes"), &[]);
    let mut fields = CONTACT.to_vec();
    fields.extend([("postal_code", "10119"), ("do", "later")]);
    let later = owner.post(&format!("{page}/contact"), &fields);
    assert_eq!(later.location.as_deref(), Some(page.as_str()));
    let told = later.follow();
    told.assert_has("Your changes are saved. They count once you send them.");
    told.assert_has("You have changes that were not sent.");
    told.assert_lacks("Change the details");
    owner.post(&format!("{page}/changes/removal"), &[]).follow().assert_has("The request is as you sent it.");
    owner.get(&format!("{page}/contact")).assert_has("This request was sent on");
    owner.post(&format!("{page}/changes"), &[]);
    owner.get(&format!("{page}/contact")).assert_has("Contact information");
    assert_eq!(owner.get(&format!("{page}/contact")).value("postal_code").as_deref(), Some("10118"));
}

#[test]
fn what_the_carrier_has_is_not_changed_here() {
    let desk = Desk::open();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::Submitted);
    let page = format!("/port-requests/{sid}");
    desk.owner().get(&page).assert_lacks("Change the details");
    let answer = desk.owner().post(&format!("{page}/changes"), &[]);
    assert_eq!(answer.location.as_deref(), Some(page.as_str()));
    answer.follow().assert_has("The details cannot be changed here any more.");
}
