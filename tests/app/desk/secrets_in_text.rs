//! What the desk writes to customers does not give away the secrets of the request.

use portdesk::domain::stage::Stage;

use super::{decide, history};
use crate::harness::{
    desk::Desk,
    seed::{self, Seed},
};

/// Names and values of a form.
type Fields = &'static [(&'static str, &'static str)];

/// Each form with a text, what else it needs, and the field.
const FORMS: [(&str, Fields, &str); 5] = [
    ("/current-action", &[], "text"),
    ("/cancellation", &[], "reason"),
    ("/rejection", &[("reason", "pin-missing"), ("do", "reject")], "carrier-words"),
    ("/rejection", &[("reason", "pin-missing"), ("do", "reject")], "message-pin-missing"),
    ("/rejection", &[("reason", "pin-missing"), ("do", "preview")], "message-pin-missing"),
];

const ACCOUNT_NUMBER: &str = "This text contains the account number. Leave it out: customers and mails show this text";
const PIN: &str = "This text contains a PIN. Leave it out: customers and mails show this text";

#[test]
fn no_form_takes_a_text_with_a_secret_of_the_request() {
    let desk = Desk::open();
    let seed = Seed { account_pin: "9305", wireless: &[("(917) 555-0177", "482166")], ..Seed::default() };
    let sid = seed::in_stage(&desk, &desk.people.owner(), seed, Stage::Submitted);
    let (reviewer, before) = (desk.reviewer(), history(&desk, &sid).len());
    for (below, others, field) in FORMS {
        for (text, told) in [
            ("They know no account 7741 4471-b.", ACCOUNT_NUMBER),
            ("They did not take 9305.", PIN),
            ("They did not take PIN:482166", PIN),
        ] {
            let page = decide(&reviewer, &sid, below, &[others, &[(field, text)]].concat());
            assert_eq!(page.status, 422, "{below} {field}: {page:?}");
            page.assert_has(told);
            page.assert_has(text);
            assert!(page.body.contains(&format!("id=\"{field}-error\"")), "{below} {field}");
        }
    }
    assert_eq!(history(&desk, &sid).len(), before, "nothing was written");
    let free = [("text", "Order 93051: 4821667 is not the account 4471B.")];
    assert_eq!(decide(&reviewer, &sid, "/current-action", &free).status, 303, "parts of other words are no secrets");
}
