//! The unfinished letter: who is asked, what they said, and every way to get it signed.

use chrono::Duration;
use portdesk::{
    domain::{
        loa::{EndReason, LoaMode, LoaState},
        stage::Stage,
    },
    services::loa::clocks,
    store::{self, loas::End},
};

use crate::harness::{
    desk::Desk,
    loa,
    seed::{self, Seed},
};

const PAT: [(&str, &str); 4] =
    [("who", "other"), ("signer_name", "Dana Ruiz"), ("signer_email", "pat@northgate.example"), ("signer_note", "")];

#[test]
fn it_says_whom_we_wait_for_since_when_and_until_when_everywhere() {
    let desk = Desk::open();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::AwaitingSignature);
    let told = "Waiting for Dana Ruiz to sign, sent Sat, Nov 21. The link ends Dec 5.";
    let owner = desk.owner();
    for page in [
        format!("/port-requests/{sid}"),
        format!("/port-requests/{sid}/loa"),
        format!("/port-requests/{sid}/confirmation"),
        "/port-requests".to_owned(),
        "/port-requests/export".to_owned(),
    ] {
        owner.get(&page).assert_has(told);
    }
    let request = owner.get(&format!("/port-requests/{sid}"));
    request.assert_has("Waiting for Dana Ruiz");
    assert!(request.body.contains(&format!("href=\"/port-requests/{sid}/loa\"")));
    let letter = owner.get(&format!("/port-requests/{sid}/loa"));
    for words in ["dana@northgate.example", "Reminders so far", "0, the next on Nov 23, 2026", "Unsigned letter (PDF)"]
    {
        letter.assert_has(words);
    }
    letter.assert_lacks("Opened");
    let pdf = owner.get(&format!("/port-requests/{sid}/loa/letter.pdf"));
    assert_eq!(pdf.header("cache-control"), Some("private, no-store"));
    assert!(pdf.header("content-disposition").is_some_and(|it| it.starts_with("attachment; filename=\"LOA-")));
}

#[test]
fn it_is_sent_again_once_in_five_minutes_with_a_new_link() {
    let desk = Desk::open();
    let owner = desk.owner();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::AwaitingSignature);
    let at = format!("/port-requests/{sid}/loa");
    owner.post(&format!("{at}/again"), &[]).follow().assert_has("You can send again in 5 minutes.");
    desk.app.clock.advance(Duration::minutes(5));
    owner.post(&format!("{at}/again"), &[]).follow().assert_has("Sent to Dana Ruiz");
    assert_eq!(desk.deliver().len(), 1);
    owner.post(&format!("{at}/again"), &[]).follow().assert_has("You can send again in 5 minutes.");
    owner.post(&format!("{at}/extension"), &[]).follow().assert_has("You can send again in 5 minutes.");
    desk.app.clock.advance(Duration::minutes(4));
    owner.post(&format!("{at}/again"), &[]).follow().assert_has("You can send again in 1 minute.");
    assert!(desk.deliver().is_empty());
    desk.app.clock.advance(Duration::minutes(1));
    owner.post(&format!("{at}/extension"), &[]).follow().assert_has("Sent to Dana Ruiz");
    assert_eq!(desk.deliver().len(), 1);
}

#[test]
fn one_that_expired_is_asked_about_anew() {
    let desk = Desk::open();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::AwaitingSignature);
    let old = loa::newest(&desk, &sid);
    desk.app.clock.advance(Duration::days(14));
    let owner = desk.owner();
    let told = "Dana Ruiz did not sign the letter in time: it could be signed until Dec 5.";
    owner.get(&format!("/port-requests/{sid}")).assert_has(told);
    desk.write(|conn| clocks::tend(conn, &desk.app.house, old.id, desk.now()));
    desk.deliver();
    let page = owner.get(&format!("/port-requests/{sid}/loa"));
    page.assert_has(told);
    page.assert_has("Send again");
    owner.post(&format!("/port-requests/{sid}/loa/again"), &[]).follow().assert_has("Sent to Dana Ruiz");
    let new = loa::newest(&desk, &sid);
    assert_eq!((new.version, new.state, new.mode), (2, LoaState::Pending, LoaMode::Remote));
    assert_eq!(desk.deliver().len(), 1);
}

#[test]
fn what_the_signer_said_is_told_in_their_words() {
    for (reason, sentence) in [
        (EndReason::Declined, "Dana Ruiz declined to sign the letter."),
        (EndReason::Correction, "Dana Ruiz says that something in the letter is wrong."),
        (EndReason::WrongPerson, "Dana Ruiz is not the right person to sign the letter."),
        (EndReason::Reported, "Whoever got the letter for Dana Ruiz does not know of this request."),
    ] {
        let desk = Desk::open();
        let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::AwaitingSignature);
        let letter = loa::newest(&desk, &sid);
        desk.write(|conn| {
            if reason == EndReason::WrongPerson {
                store::loas::propose(conn, &letter, "Pat Lee", "pat@northgate.example")?;
            }
            let end = End { to: LoaState::Declined, reason, note: "The ZIP code is <b>10119</b>" };
            store::loas::end(conn, &letter, end, desk.now())
        });
        let owner = desk.owner();
        for page in [format!("/port-requests/{sid}"), format!("/port-requests/{sid}/loa"), "/port-requests".to_owned()]
        {
            owner.get(&page).assert_has(sentence);
        }
        owner.get(&format!("/port-requests/{sid}")).assert_has("Waiting for you");
        owner.get(&format!("/port-requests/{sid}/loa")).assert_has("The ZIP code is <b>10119</b>");
        let form = owner.get(&format!("/port-requests/{sid}/loa/signer"));
        let expected =
            if reason == EndReason::WrongPerson { "pat@northgate.example" } else { "dana@northgate.example" };
        assert_eq!(form.value("signer_email").as_deref(), Some(expected), "{reason:?}");
    }
}

#[test]
fn another_signer_is_asked_and_the_first_is_told() {
    let desk = Desk::open();
    let owner = desk.owner();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::AwaitingSignature);
    let here = format!("/port-requests/{sid}/loa/signer");
    let wrong = owner.post(&here, &[("who", "other"), ("signer_name", ""), ("signer_email", "owner@example.com")]);
    assert_eq!(wrong.status, 422);
    wrong.assert_has("Enter the signer’s name");
    wrong.assert_has("That is your own address. Choose I will sign it now, or enter theirs");
    assert_eq!(wrong.value("signer_email").as_deref(), Some("owner@example.com"));

    let done = owner.post(&here, &PAT);
    assert_eq!(done.location, Some(format!("/port-requests/{sid}/loa")), "{}", done.text());
    done.follow().assert_has("Sent to Dana Ruiz");
    let mut to: Vec<String> = desk.deliver().into_iter().map(|mail| mail.to).collect();
    to.sort();
    assert_eq!(to, ["dana@northgate.example", "pat@northgate.example"]);
    let letter = loa::newest(&desk, &sid);
    assert_eq!((letter.version, letter.signer_email.as_str()), (2, "pat@northgate.example"));

    let untitled = owner.post(&here, &[("who", "me"), ("signer_name", "Dana Ruiz")]);
    untitled.assert_has("Enter your title: you sign in your own name, and the account’s contact is Dana Ruiz");
    let mine = owner.post(&here, &[("who", "me"), ("signer_name", "Dana Ruiz"), ("signer_title", "Owner")]);
    let letter = loa::newest(&desk, &sid);
    assert_eq!(letter.signer_name, "Olive Owner", "nobody signs in the name of another");
    assert_eq!(mine.location, Some(format!("/sign/r/{}", letter.loa_id)));
    let signing = owner.get(&format!("/port-requests/{sid}/loa/signing"));
    assert_eq!(signing.location, Some(format!("/sign/r/{}", letter.loa_id)));
    owner.get(&format!("/port-requests/{sid}")).assert_has("Sign the letter");
    desk.deliver();
}

#[test]
fn a_draft_has_no_letter_and_a_signed_one_needs_nothing() {
    let desk = Desk::open();
    let (owner, customer) = (desk.owner(), desk.people.owner());
    let draft = seed::draft(&desk, &customer, Seed::default());
    owner.get(&format!("/port-requests/{draft}/loa")).assert_has("No letter yet: finish contact information.");
    let sid = seed::sent_request(&desk, &customer, Seed::default());
    desk.app.clock.advance(Duration::days(12));
    let owner = desk.owner();
    let page = owner.get(&format!("/port-requests/{sid}/loa"));
    page.assert_has("Signed 12 days ago; carriers take it for 30 days.");
    page.assert_has("Uploaded, not e-signed here");
    page.assert_lacks("Send again");
    let told = owner.post(&format!("/port-requests/{sid}/loa/again"), &[]).follow();
    told.assert_has("This letter does not wait for a signature any more.");
    let away = owner.get(&format!("/port-requests/{sid}/loa/signer"));
    assert_eq!(away.location, Some(format!("/port-requests/{sid}/loa")));
}

#[test]
fn canceling_withdraws_the_letter_and_tells_its_signer() {
    let desk = Desk::open();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::AwaitingSignature);
    desk.owner().post(&format!("/port-requests/{sid}/cancellation"), &[]);
    let letter = loa::newest(&desk, &sid);
    assert_eq!((letter.state, EndReason::from_code(&letter.end_reason)), (LoaState::Voided, Some(EndReason::Canceled)));
    assert!(desk.deliver().iter().any(|mail| mail.to == "dana@northgate.example"), "the signer is told");
}
