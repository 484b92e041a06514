//! Account and numbers: rows, the echo, and PINs that are not shown again.

use portdesk::services::draft;

use super::walk::{ACCOUNT_NUMBER, ACCOUNT_PIN, Draft, NUMBERS, WIRELESS_PIN, changed};
use crate::harness::desk::Desk;

/// The PINs in the sealed draft.
fn saved_pins(desk: &Desk, draft: &Draft) -> (String, Vec<String>) {
    let sid = draft.request_sid();
    let open = desk.write(|conn| draft::open(conn, &desk.app.house, &desk.people.owner(), &sid));
    let numbers = open.draft.answers.numbers;
    (numbers.account_pin.clone(), numbers.wireless.iter().map(|row| row.pin.clone()).collect())
}

#[test]
fn rows_come_and_go_without_script() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    draft.get("numbers").assert_has("Add a wireless number");
    draft.get("numbers").assert_lacks("wireless-0-number");
    let added = draft.post("numbers", &changed(NUMBERS, &[("do", "add-row")]));
    assert_eq!(added.location.as_deref(), Some(draft.at("numbers?row=1").as_str()));
    let page = added.follow();
    let focused =
        page.body.split("<input").find(|input| input.contains(" autofocus")).expect("something has the focus");
    assert!(focused.contains("id=\"wireless-1-number\""), "{focused}");
    assert_eq!(page.value("wireless-0-pin").as_deref(), Some(WIRELESS_PIN), "what was typed stays, masked");

    let rows = [("wireless-1-number", "6466640188"), ("wireless-1-pin", "5512"), ("do", "remove-row:0")];
    let removed = draft.post("numbers", &changed(NUMBERS, &rows));
    assert_eq!(removed.location.as_deref(), Some(draft.at("numbers?removed=1").as_str()));
    let page = removed.follow();
    page.assert_has("Wireless number 646 664 0187 removed. Undo");
    assert!(page.body.contains("<h2 id=\"wireless\" tabindex=\"-1\" autofocus>"));
    assert_eq!(page.value("wireless-0-number").as_deref(), Some("6466640188"));

    let rows = [("wireless-0-number", "6466640188"), ("wireless-0-pin", "5512"), ("do", "undo-row")];
    let undone = draft.post("numbers", &changed(NUMBERS, &rows)).follow();
    assert_eq!(undone.value("wireless-0-number").as_deref(), Some("646 664 0187"));
    assert_eq!(undone.value("wireless-1-number").as_deref(), Some("6466640188"));
    assert_eq!(saved_pins(&desk, &draft).1, [WIRELESS_PIN, "5512"]);
    let nothing = draft.post("numbers", &changed(NUMBERS, &[("do", "remove-row:99")]));
    assert_eq!(nothing.location.as_deref(), Some(draft.at("numbers").as_str()));
}

#[test]
fn the_echo_accounts_for_everything() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let pasted = "Main: 212-664-0142, (212) 664-0142 ext. 12; 1-800-FLOWERS, 664-0143";
    let answer = draft.post("numbers", &changed(NUMBERS, &[("landline", pasted), ("do", "check")]));
    assert_eq!(answer.location.as_deref(), Some(draft.at("numbers?echo=1#echo").as_str()));
    let page = draft.get("numbers?echo=1");
    page.assert_has("2 numbers read, 1 to fix, 1 duplicate merged");
    page.assert_has("is in the list twice and was kept once");
    page.assert_has("664-0143 Add the area code");
    page.assert_lacks("Add the area code to 664-0143");
    page.assert_has("1-800-FLOWERS read as (800) 356-9377");
    page.assert_has("extensions do not move");
    page.assert_has("Left out: “Main”");
    assert!(page.body.contains("Main: 212-664-0142, (212) 664-0142 ext. 12; 1-800-FLOWERS, 664-0143</textarea>"));
    assert_eq!(page.body.matches("Move to wireless").count(), 1, "toll-free numbers are never wireless");
    assert!(!page.body.contains("id=\"errors\""), "checking the numbers is not sending the page");

    let moved = draft.post("numbers", &changed(NUMBERS, &[("landline", pasted), ("do", "wireless:+12126640142")]));
    assert_eq!(moved.location.as_deref(), Some(draft.at("numbers?row=1").as_str()));
    let page = moved.follow();
    assert_eq!(page.value("wireless-1-number").as_deref(), Some("(212) 664-0142"));
}

#[test]
fn ranges_wait_for_a_yes_and_long_lists_are_grouped() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let range = [("landline", "212-664-0100 to 0119")];
    let page = draft.post("numbers", &changed(NUMBERS, &range)).follow();
    page.assert_has("Yes, all 20");
    let confirmed = changed(NUMBERS, &[range[0], ("ranges_confirmed", "yes")]);
    draft.pass("numbers", &confirmed, "contact");

    let many: Vec<String> = (0..40).map(|n| format!("21266401{n:02}")).collect();
    let many = many.join(", ");
    let page = draft.post("numbers", &changed(NUMBERS, &[("landline", &many), ("do", "check")]));
    assert_eq!(page.status, 303);
    let page = draft.get("numbers?echo=1");
    page.assert_has("40 numbers read");
    page.assert_has("212, US local: 40 numbers");
}

#[test]
fn an_accepted_pin_is_never_sent_to_a_browser_again() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let wrong = draft.post("numbers", &changed(NUMBERS, &[("account_number", "")])).follow();
    assert_eq!(wrong.value("wireless-0-pin").as_deref(), Some(WIRELESS_PIN), "after an error the typed PIN is there");
    assert_eq!(wrong.value("account_pin").as_deref(), Some(ACCOUNT_PIN));
    assert_eq!(draft.get("numbers").value("wireless-0-pin").as_deref(), Some(""), "but not on a later visit");

    draft.fill();
    let queries = ["", "?check=1", "?row=0", "?echo=1", "?removed=1", "?changed=1", "?from=check"];
    let mut pages: Vec<String> = queries.iter().map(|query| format!("numbers{query}")).collect();
    pages.extend(["terms", "contact", "bill", "check", "check?check=1", "check?asked=1"].map(str::to_owned));
    for page in &pages {
        let shown = draft.get(page);
        assert_eq!(shown.status, 200);
        shown.assert_lacks(WIRELESS_PIN);
        shown.assert_lacks(ACCOUNT_PIN);
        // The last page shows the account number in full: the person holds it against the bill.
        if !page.starts_with("numbers") && !page.starts_with("check") {
            shown.assert_lacks(ACCOUNT_NUMBER);
        }
    }
    draft.get("numbers").assert_has("Saved today. Leave blank to keep it.");
    draft.get("check").assert_has("PIN saved, 8 characters");
    desk.app.clock.advance(chrono::Duration::days(2));
    // The session is two days old.
    let later = Draft { browser: desk.owner(), sid: draft.sid.clone() };
    later.get("numbers").assert_has("Saved 2 days ago. Leave blank to keep it.");

    let page = later.get("numbers");
    let kept = page.hidden("kept").unwrap();
    let blank =
        changed(NUMBERS, &[("account_pin", ""), ("wireless-0-pin", ""), ("account_number", ""), ("kept", &kept)]);
    let wrong = later.post("numbers", &blank).follow();
    wrong.assert_has("Enter the account number");
    wrong.assert_lacks(WIRELESS_PIN);
    wrong.assert_lacks(ACCOUNT_PIN);
    assert_eq!(saved_pins(&desk, &later), (ACCOUNT_PIN.to_owned(), vec![WIRELESS_PIN.to_owned()]));

    later.pass("numbers", &changed(&blank, &[("account_number", ACCOUNT_NUMBER)]), "contact");
    later.pass("check", &[], "confirmation");
    for page in ["confirmation", "check", "numbers"] {
        later.get(page).assert_lacks(WIRELESS_PIN);
        later.get(page).assert_lacks(ACCOUNT_PIN);
    }
    for letter in desk.deliver() {
        assert!(!format!("{letter:?}").contains(WIRELESS_PIN));
    }
}

#[test]
fn saving_in_the_background_keeps_pins_and_says_nothing_of_errors() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    draft.post("numbers", &changed(NUMBERS, &[("account_number", "")]));
    let without =
        changed(NUMBERS, &[("account_pin", "-"), ("wireless-0-pin", "-"), ("name", "Back desk"), ("do", "save")]);
    let saved = draft.post_in_background("numbers", &without);
    assert_eq!(saved.location.as_deref(), Some(draft.at("numbers").as_str()));
    saved.follow().assert_lacks("There is a problem");
    assert_eq!(saved_pins(&desk, &draft), (ACCOUNT_PIN.to_owned(), vec![WIRELESS_PIN.to_owned()]));
    assert_eq!(draft.get("numbers").value("name").as_deref(), Some("Back desk"));
}

#[test]
fn a_pin_that_was_emptied_is_gone() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let page = draft.post("numbers", &changed(NUMBERS, &[("account_number", "")])).follow();
    let kept = page.hidden("kept").unwrap();
    assert_eq!(kept, "", "no field stands for a saved PIN");
    draft.post("numbers", &changed(NUMBERS, &[("account_pin", ""), ("kept", &kept)]));
    assert_eq!(saved_pins(&desk, &draft).0, "");
}

#[test]
fn a_full_social_security_number_is_never_stored() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let typed = [("account_pin", "123-45-6789"), ("wireless-0-pin", "987654321")];
    for action in ["", "save", "check", "later", "add-row"] {
        let mut fields = changed(NUMBERS, &typed);
        fields.push(("do", action));
        draft.post("numbers", &fields);
        assert_eq!(saved_pins(&desk, &draft).0, "", "{action}");
        assert!(saved_pins(&desk, &draft).1.iter().all(String::is_empty), "{action}");
        draft.get("numbers?check=1").assert_lacks("987654321");
    }
}

#[test]
fn a_draft_can_wait_and_go_back() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    let half = [("losing_carrier", "Veri"), ("do", "later")];
    let answer = draft.post("numbers", &half);
    assert_eq!(answer.location.as_deref(), Some("/port-requests"));
    assert_eq!(draft.get("numbers").value("losing_carrier").as_deref(), Some("Veri"));
    let back = draft.post("numbers", &[("losing_carrier", "Verizon"), ("do", "back")]);
    assert_eq!(back.location.as_deref(), Some(draft.at("terms").as_str()));
    assert_eq!(draft.get("numbers").value("losing_carrier").as_deref(), Some("Verizon"));
    assert!(draft.get("terms").body.contains("href=\"/port-requests\""), "the way back of the first page");
}

#[test]
fn the_default_button_saves_and_goes_on() {
    let desk = Desk::open();
    let draft = Draft::start(&desk);
    for page in ["terms", "numbers", "contact", "bill"] {
        let body = draft.get(page).body;
        let form = body.split("<form method=\"post\" action=\"/port-requests").nth(1).unwrap();
        let first = form.split("<button").nth(1).and_then(|button| button.split('>').next()).unwrap();
        assert!(first.contains("class=\"vh\"") && !first.contains("name="), "{page}: {first}");
    }
}

#[test]
fn as_many_wireless_numbers_fit_as_a_request_may_have() {
    let desk = Desk::open_with(&[("PORTDESK_MAX_NUMBERS", "10000")]);
    let draft = Draft::start(&desk);
    let rows: Vec<(String, String)> = (0..10_000)
        .flat_map(|at| {
            let number = format!("({}) {}-{:04}", 212 + at / 5_000 * 434, 230 + at % 5_000 / 100, at % 100);
            let fields = [("number", number), ("pin", format!("pin{at:06}")), ("kind", "pin".to_owned())];
            fields.map(|(part, value)| (format!("wireless-{at}-{part}"), value))
        })
        .collect();
    let rows: Vec<(&str, &str)> = rows.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    draft.pass("numbers", &changed(NUMBERS, &[rows.as_slice(), &[("landline", "")]].concat()), "contact");
}
