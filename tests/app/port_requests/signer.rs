//! Who signs the letter, chosen before sending.

use portdesk::domain::{loa::LoaMode, stage::Stage};

use crate::harness::{
    browser::Browser,
    desk::Desk,
    loa,
    seed::{self, Seed},
};

const THEIRS: [(&str, &str); 3] =
    [("who", "other"), ("signer_name", "Dana Ruiz"), ("signer_email", "dana@northgate.example")];

/// Fields with one of them replaced.
fn with<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let kept = THEIRS.into_iter().filter(|(known, _)| *known != name);
    kept.chain([(name, value)]).collect()
}

/// Sends a form, and once more when it only asks whether something is right.
fn insist(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Option<String> {
    let first = browser.post(path, fields).location;
    let asks = first.as_deref().is_some_and(|to| to.contains("check=1") || to.contains("asked=1"));
    if asks { browser.post(path, fields).location } else { first }
}

#[test]
fn every_error_stands_at_its_field_and_leads_there_from_the_last_page() {
    let desk = Desk::open();
    let owner = desk.owner();
    let sid = seed::draft(&desk, &desk.people.owner(), Seed::default());
    let (here, check) = (format!("/port-requests/{sid}/signer"), format!("/port-requests/{sid}/check"));
    for (fields, field, told) in [
        (with("who", "nobody"), "who", "Select who will sign"),
        (with("signer_name", " "), "signer_name", "Enter the signer’s name"),
        (with("signer_email", ""), "signer_email", "Enter the signer’s email address"),
        (
            with("signer_email", "dana"),
            "signer_email",
            "Enter an email address in the correct format, like name@example.com",
        ),
        (
            with("signer_email", "Owner@example.com"),
            "signer_email",
            "That is your own address. Choose I will sign it now, or enter theirs",
        ),
        (
            vec![("who", "me"), ("signer_name", "Dana Ruiz")],
            "signer_title",
            "Enter your title: you sign in your own name, and the account’s contact is Dana Ruiz",
        ),
    ] {
        let answer = owner.post(&here, &fields);
        assert_eq!(answer.location, Some(format!("{here}?check=1")), "{told}");
        let page = answer.follow();
        page.assert_has(told);
        assert!(page.body.contains(&format!("id=\"{field}-error\"")), "{told}");
        let last = owner.get(&format!("{check}?check=1"));
        assert!(last.body.contains(&format!("{here}?check=1&#38;from=check#{field}")), "{told}: {last:?}");
        assert_eq!(owner.post(&check, &[]).location, Some(format!("{check}?check=1")), "{told}");
    }
    assert_eq!(seed::request(&desk, &sid).stage, Stage::Draft);
}

#[test]
fn the_authorized_person_is_offered_and_what_was_chosen_stays() {
    let desk = Desk::open();
    let owner = desk.owner();
    let sid = seed::draft(&desk, &desk.people.owner(), Seed::default());
    let here = format!("/port-requests/{sid}/signer");
    let page = owner.get(&here);
    assert_eq!(page.value("signer_name").as_deref(), Some("Dana Ruiz"));
    assert_eq!(page.value("signer_email").as_deref(), Some("dana@northgate.example"));
    page.assert_has("The signer must be allowed to make changes on the account with Verizon.");
    assert!(page.body.contains("autocomplete=\"section-signer email\""));
    let check = owner.get(&format!("/port-requests/{sid}/check"));
    check.assert_has("Signs by a private link sent to dana@northgate.example");

    // Another name is asked about once.
    let other = with("signer_name", "Pat Lee");
    assert_eq!(owner.post(&here, &other).location, Some(format!("{here}?check=1")));
    owner.get(&format!("{here}?check=1")).assert_has("The letter names Dana Ruiz as the authorized person.");
    let passed = owner.post(&here, &other);
    assert_eq!(passed.location, Some(format!("/port-requests/{sid}/check#letter")));
    passed.follow().assert_has("Pat Lee");
    insist(&owner, &format!("/port-requests/{sid}/check"), &[]);
    desk.deliver();
    assert_eq!(loa::newest(&desk, &sid).signer_name, "Pat Lee");
}

#[test]
fn sending_leads_to_ones_own_signature_or_to_the_upload() {
    let desk = Desk::open();
    let owner = desk.owner();
    for (who, mode) in [("me", LoaMode::InPerson), ("paper", LoaMode::Paper), ("other", LoaMode::Remote)] {
        let sid = seed::draft(&desk, &desk.people.owner(), Seed::default());
        let fields = [with("who", who), vec![("signer_title", "Office manager")]].concat();
        owner.post(&format!("/port-requests/{sid}/signer"), &fields);
        let sent = insist(&owner, &format!("/port-requests/{sid}/check"), &[]);
        let letter = loa::newest(&desk, &sid);
        let to = match mode {
            LoaMode::InPerson => format!("/sign/r/{}", letter.loa_id),
            LoaMode::Paper => format!("/port-requests/{sid}/loa/upload"),
            LoaMode::Remote => format!("/port-requests/{sid}/confirmation"),
        };
        assert_eq!((letter.mode, sent), (mode, Some(to)));
        assert_eq!(seed::request(&desk, &sid).stage, Stage::AwaitingSignature);
        let mails = desk.deliver().iter().filter(|mail| mail.to == "dana@northgate.example").count();
        assert_eq!(mails, usize::from(mode == LoaMode::Remote), "{who}");
    }
}
