//! The note to the signer, and what was typed where the day's number of mails is reached: nothing of either is lost.

use portdesk::domain::stage::Stage;

use crate::harness::{
    desk::Desk,
    loa,
    seed::{self, Seed},
};

const DANA: &str = "dana@northgate.example";

#[test]
fn a_changed_note_goes_with_the_next_mail_to_the_same_signer() {
    let desk = Desk::open();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::AwaitingSignature);
    desk.app.clock.advance(chrono::Duration::minutes(10));
    let (owner, here) = (desk.owner(), format!("/port-requests/{sid}/loa"));
    let fields = [
        ("who", "other"),
        ("signer_name", "Dana Ruiz"),
        ("signer_email", DANA),
        ("signer_note", "Call me before you sign"),
    ];
    let kept = owner.post(&format!("{here}/signer"), &fields);
    assert_eq!(kept.status, 303, "{kept:?}");
    kept.follow().assert_has("The note is kept. Dana Ruiz is asked already and gets it when you send again");
    assert!(desk.deliver().is_empty(), "nobody is asked twice");
    assert_eq!(loa::newest(&desk, &sid).version, 1, "the letter says the same");
    owner.post(&format!("{here}/signer"), &fields).follow().assert_has("Dana Ruiz is asked already. Send again");
    owner.post(&format!("{here}/again"), &[]).follow().assert_has("Sent to Dana Ruiz");
    let mails = desk.deliver();
    assert!(mails.len() == 1 && mails[0].text.contains("Call me before you sign"), "{mails:#?}");
}

#[test]
fn too_many_signers_a_day_are_refused_with_what_was_typed() {
    let desk = Desk::open();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::AwaitingSignature);
    let (owner, here) = (desk.owner(), format!("/port-requests/{sid}/loa/signer"));
    let ask = |at: usize| {
        let email = format!("signer{at}@northgate.example");
        let fields = [
            ("who", "other"),
            ("signer_name", "Dana Ruiz"),
            ("signer_email", email.as_str()),
            ("signer_note", "Typed with care"),
        ];
        owner.post(&here, &fields)
    };
    for at in 1..10 {
        assert_eq!(ask(at).status, 303, "{at}");
    }
    let refused = ask(10);
    assert_eq!(refused.status, 422, "{refused:?}");
    refused.assert_has("You can send again in");
    assert_eq!(refused.value("signer_email").as_deref(), Some("signer10@northgate.example"));
    assert_eq!(refused.value("signer_note").as_deref(), Some("Typed with care"));
    assert_eq!(loa::newest(&desk, &sid).version, 10);
    desk.deliver();
}
