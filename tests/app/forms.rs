//! Whatever arrives at an address that takes forms: it is redirected or refused, and the desk lives on.

use proptest::{
    collection::vec,
    prelude::*,
    sample::select,
    test_runner::{Config, TestRunner},
};

use crate::{
    access::{
        rows::{ROWS, Row},
        visit::Visit,
    },
    harness::desk::Desk,
};

/// Bodies at each address.
const CASES: u32 = 24;
/// Desks that work side by side.
const DESKS: usize = 4;
const FORM: &str = "application/x-www-form-urlencoded";
const BOUNDARY: &str = "edge";

/// Field names of our forms, so that garbage reaches the rules behind them.
const NAMES: &[&str] = &[
    "name",
    "email",
    "password",
    "again",
    "current",
    "next",
    "token",
    "version",
    "do",
    "role",
    "account",
    "locations",
    "location",
    "location_id",
    "time_zone",
    "theme",
    "porting",
    "reason",
    "state",
    "text",
    "rates",
    "keep_active",
    "texts",
    "termination",
    "losing_carrier",
    "account_number",
    "account_pin",
    "btn",
    "payee",
    "reseller",
    "landline",
    "wireless-0-number",
    "wireless-0-pin",
    "wireless-0-kind",
    "wireless-99999999999999999999-number",
    "one_pin",
    "shared_pin",
    "scope",
    "new_btn",
    "staying",
    "ranges_confirmed",
    "account_type",
    "business_name",
    "contact_name",
    "authorized_email",
    "street",
    "city",
    "state",
    "postal_code",
    "preferred-month",
    "preferred-day",
    "preferred-year",
    "proof",
    "bill-month",
    "bill-day",
    "bill-year",
    "file",
    "message",
    "reviewer",
    "moved",
    "numbers",
    "foc-month",
    "foc-day",
    "foc-year",
    "starts",
    "ends",
    "order",
    "carrier_words",
    "documents",
];
const VALUES: &[&str] = &[
    "",
    "yes",
    "on",
    "1",
    "0",
    "-1",
    "2147483648",
    "99999999999999999999",
    "off",
    "open",
    "closed",
    "manager",
    "owner",
    "admin",
    "save",
    "locations",
    "later",
    "check",
    "upload",
    "add-row",
    "remove-0",
    "remove-99999999999999999999",
    "America/New_York",
    "212-555-0142 to 9999",
    "\u{202e}abc",
    "é",
    "💩",
    "%",
    "_",
    "'",
    "\"><script>",
    "${7*7}",
    "2026",
    "13",
    "31",
    "\r\nSet-Cookie: a=b",
    "../../etc/passwd",
    "a@b.example",
];

#[derive(Debug, Clone)]
struct Sent {
    content_type: String,
    body: Vec<u8>,
}

fn pairs() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    let name = prop_oneof![4 => select(NAMES).prop_map(str::to_owned), 1 => ".{0,20}"];
    let value = prop_oneof![
        4 => select(VALUES).prop_map(|value| value.as_bytes().to_vec()),
        2 => ".{0,60}".prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..40),
        1 => Just(b"a\0b".to_vec()),
        1 => (select(vec!["x", "2125550142,", "é", "\n", "- "])).prop_map(|part| part.repeat(100_000 / part.len()).into_bytes()),
    ];
    vec((name, value), 0..12)
}

fn urlencoded(pairs: &[(String, Vec<u8>)]) -> Vec<u8> {
    let encoded = pairs.iter().map(|(name, value)| {
        let value: String = value
            .iter()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(*byte).to_string(),
                other => format!("%{other:02X}"),
            })
            .collect();
        format!("{}={value}", name.replace(['&', '=', '%', '+'], ""))
    });
    encoded.collect::<Vec<_>>().join("&").into_bytes()
}

fn multipart(pairs: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut body = Vec::new();
    for (at, (name, value)) in pairs.iter().enumerate() {
        let file = if at % 2 == 0 { "" } else { "; filename=\"a.pdf\"" };
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(value);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

fn sent() -> impl Strategy<Value = Sent> {
    let of = |content_type: &'static str| move |body| Sent { content_type: content_type.to_owned(), body };
    let parts = "multipart/form-data; boundary=edge";
    prop_oneof![
        6 => pairs().prop_map(|pairs| urlencoded(&pairs)).prop_map(of(FORM)),
        1 => vec(any::<u8>(), 0..200).prop_map(of(FORM)),
        1 => "[a-z%&=+]{0,200}".prop_map(String::into_bytes).prop_map(of(FORM)),
        2 => pairs().prop_map(|pairs| multipart(&pairs)).prop_map(of(parts)),
        2 => (pairs(), 0.0..1.0_f64).prop_map(|(pairs, kept)| cut(multipart(&pairs), kept)).prop_map(of(parts)),
        1 => vec(any::<u8>(), 0..200).prop_map(of(parts)),
        1 => Just(vec![b'x'; 700_000]).prop_map(of(FORM)),
        1 => pairs().prop_map(|pairs| urlencoded(&pairs)).prop_map(of("application/json")),
        1 => (vec(any::<u8>(), 0..200), "[a-z/; =\"-]{0,40}").prop_map(|(body, content_type)| Sent { content_type, body }),
    ]
}

fn cut(mut body: Vec<u8>, kept: f64) -> Vec<u8> {
    let parts = 1_000;
    let kept = (0..parts).filter(|part| f64::from(*part) < kept * f64::from(parts)).count();
    body.truncate(body.len() * kept / 1_000);
    body
}

fn check<'a>(rows: impl Iterator<Item = &'a Row>) {
    let desk = Desk::open();
    for row in rows {
        let mut runner = TestRunner::new(Config { cases: CASES, failure_persistence: None, ..Config::default() });
        let outcome = runner.run(&sent(), |sent| {
            let page = Visit::welcome(&desk, row).send(&sent.content_type, &sent.body);
            let is_ordinary = page.status == 303 || (400..500).contains(&page.status);
            let is_ordinary = is_ordinary || (page.status == 200 && answers_at_once(row));
            prop_assert!(is_ordinary, "{page:?}");
            prop_assert!(!page.body.contains("\"><script>"));
            prop_assert_eq!(desk.browser().get("/healthz").status, 200);
            Ok(())
        });
        if let Err(error) = outcome {
            panic!("{} {}: {}", row.method, row.path, error.to_string().chars().take(3_000).collect::<String>());
        }
    }
    desk.deliver();
}

/// Whether an address shows something for one answer only: a PIN, the locations of an account, what a letter is.
fn answers_at_once(row: &Row) -> bool {
    row.expected.contains(&200) || row.path == "/admin/users/new" || row.path.starts_with("/verify")
}

#[test]
fn no_body_breaks_an_address() {
    let posts: Vec<&Row> = ROWS.iter().filter(|row| row.method == "post").collect();
    std::thread::scope(|scope| {
        for first in 0..DESKS {
            let own = posts.iter().skip(first).step_by(DESKS).copied();
            scope.spawn(move || check(own));
        }
    });
}
