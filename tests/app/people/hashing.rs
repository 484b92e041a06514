//! Hashing takes turns: however many people sign in at once, this process hashes one password for each core.

use actix_web::rt::System;
use portdesk::web::hashers::Hashers;

use crate::harness::desk::{Desk, PASSWORD};

/// Takes every turn, like as many sign-ins that never end.
async fn take_all(hashers: &Hashers) -> Vec<impl Drop + use<>> {
    let mut held = Vec::new();
    for _ in 0..hashers.at_once() {
        held.push(hashers.turn().await.expect("nobody hashes yet"));
    }
    held
}

#[test]
fn who_waits_too_long_for_a_turn_is_asked_to_come_back() {
    let desk = Desk::open();
    let held = System::new().block_on(take_all(&desk.app.hashers));
    let owner = desk.owner();
    let change = [("current", PASSWORD), ("password", "copper meadow anthem"), ("again", "copper meadow anthem")];
    let (entered, changed) = std::thread::scope(|scope| {
        let sign_in = |email| {
            let browser = desk.browser();
            scope.spawn(move || browser.post("/sign-in", &[("email", email), ("password", PASSWORD)]))
        };
        // Ten wrong tries would close the address; these are not counted, because nobody looked at the password.
        let entered: Vec<_> = (0..12).map(|_| sign_in("manager@example.com")).collect();
        let changed = scope.spawn(|| owner.post("/profile/password", &change));
        let entered: Vec<_> = entered.into_iter().map(|one| one.join().expect("the server answers")).collect();
        (entered, changed.join().expect("the server answers"))
    });
    assert!(entered.iter().any(|page| page.status == 503), "{entered:?}");
    for page in entered.iter().filter(|page| page.status == 503) {
        assert_eq!(page.header("retry-after"), Some("5"));
        page.assert_has("Too many people are signing in at this moment. Wait a few seconds, then try again");
        assert_eq!(page.value("email").as_deref(), Some("manager@example.com"));
        page.assert_lacks(PASSWORD);
    }
    assert_eq!((changed.status, changed.header("retry-after")), (503, Some("5")));
    changed.assert_has("Too many people are signing in");
    changed.assert_has("go back and send it again");
    drop(held);
    let fields = [("email", "manager@example.com"), ("password", PASSWORD)];
    assert_eq!(desk.browser().post("/sign-in", &fields).status, 303);
    desk.deliver();
}
