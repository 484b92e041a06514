//! What is stored opens no link and passes no code.

use std::collections::BTreeSet;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER_PERMISSIVE};
use diesel::{QueryableByName, RunQueryDsl as _, sql_query, sql_types::Text};
use portdesk::{
    domain::loa::SigningCode,
    store::{Conn, StoreError},
    vault::Token,
};

use super::asked::Asked;
use crate::harness::desk::Desk;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    text: String,
}

fn lines(conn: &mut Conn, sqlite: &str, postgres: &str) -> Result<Vec<String>, StoreError> {
    let lines: Vec<Line> = match conn {
        Conn::Sqlite(conn) => sql_query(sqlite).load(conn)?,
        Conn::Postgres(conn) => sql_query(postgres).load(conn)?,
    };
    Ok(lines.into_iter().map(|line| line.text).collect())
}

/// Every value of every table, as text; bytes as hexadecimal digits.
pub fn dump(desk: &Desk) -> Vec<String> {
    desk.read(|conn| {
        let columns = lines(
            conn,
            "SELECT m.name || '.' || c.name AS text FROM sqlite_master m JOIN pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'",
            "SELECT table_name || '.' || column_name AS text FROM information_schema.columns \
             WHERE table_schema = current_schema()",
        )?;
        let mut all = Vec::new();
        for column in columns {
            let (table, name) = column.split_once('.').expect("table and column");
            let sqlite = format!(
                "SELECT CASE typeof(\"{name}\") WHEN 'blob' THEN hex(\"{name}\") ELSE CAST(\"{name}\" AS TEXT) END AS text \
                 FROM \"{table}\" WHERE \"{name}\" IS NOT NULL"
            );
            let postgres = format!("SELECT \"{name}\"::text AS text FROM \"{table}\" WHERE \"{name}\" IS NOT NULL");
            all.extend(lines(conn, &sqlite, &postgres)?);
        }
        Ok(all)
    })
}

#[test]
fn a_copy_of_the_database_opens_no_link_and_passes_no_code() {
    let desk = Desk::open();
    let asked = Asked::new(&desk);
    asked.open();
    let code = asked.ask_for_code();
    let cookie = asked.browser.cookie(&format!("portdesk_signing_{}", asked.loa.loa_id)).unwrap();
    let all = dump(&desk);
    assert!(all.iter().any(|text| text == asked.loa.loa_id.as_str()), "the copy is whole");
    assert!(all.contains(&asked.token.hash()), "the link is there as its hash");
    for text in &all {
        assert!(!text.contains(asked.token.reveal()), "the link is in {text}");
        assert!(!text.contains(&cookie), "the cookie is in {text}");
        assert!(
            text != &code && !text.split(|c: char| !c.is_ascii_digit()).any(|it| it == code),
            "the code is in {text}"
        );
    }
    let guesses = guesses(&all);
    assert!(guesses.contains(&asked.token.hash()) && guesses.contains(&Token::from_client(&cookie).hash()));
    as_code(&asked, &all);
    as_cookie(&asked, &guesses);
    assert_eq!(asked.enter(&code).status, 303, "the code itself is still good");
    as_link(&asked, &guesses);
    assert_eq!(desk.browser().get(&asked.link()).status, 200, "the link itself is still good");
    desk.deliver();
}

/// Whatever is stored and could be a token, and the bytes behind hexadecimal digits written as tokens are.
fn guesses(all: &[String]) -> BTreeSet<String> {
    let fits = |text: &str| text.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it));
    let mut found: BTreeSet<String> =
        all.iter().filter(|text| 16 <= text.len() && text.len() <= 256 && fits(text)).cloned().collect();
    let bytes = |text: &String| HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok();
    let written: Vec<String> = found.iter().filter_map(bytes).map(|it| BASE64URL_NOPAD.encode(&it)).collect();
    found.extend(written);
    found
}

/// Nothing that is stored is taken for the code.
fn as_code(asked: &Asked<'_>, all: &[String]) {
    let stored: BTreeSet<&String> = all.iter().filter(|text| text.len() <= 256).collect();
    let (tries, others): (Vec<&String>, Vec<&String>) =
        stored.into_iter().partition(|text| SigningCode::parse(text).is_some());
    assert!(tries.len() < 5, "a code ends after five tries: {tries:?}");
    assert!(
        3 <= others.iter().filter(|text| text.len() == 64).count(),
        "the hashes of link, cookie and code are tried"
    );
    let tries = tries.into_iter().map(|text| (text, "That is not the code we sent last"));
    let others = others.into_iter().map(|text| (text, "Enter the 6 digits from the email"));
    for (text, told) in tries.chain(others) {
        let page = asked.enter(text);
        assert_eq!(page.status, 422, "{text}: {page:?}");
        page.assert_has(told);
    }
    asked.browser.get(&asked.path("")).assert_has("Show that this is your mailbox");
}

/// Nothing that is stored opens the letter as the cookie of a browser.
fn as_cookie(asked: &Asked<'_>, guesses: &BTreeSet<String>) {
    for text in guesses {
        let browser = asked.desk.browser();
        browser.set_cookie(&format!("portdesk_signing_{}={text}; Path=/", asked.loa.loa_id));
        let page = browser.get(&asked.path(""));
        assert_eq!(page.status, 404, "{text} is a cookie: {page:?}");
        page.assert_has("Open the link again");
    }
}

/// Nothing that is stored is a link. One client may guess ten links a minute.
fn as_link(asked: &Asked<'_>, guesses: &BTreeSet<String>) {
    let desk = asked.desk;
    let nothing = desk.browser().get("/sign/no-such-link").text();
    for (at, text) in guesses.iter().enumerate() {
        if at % 5 == 0 {
            desk.app.clock.advance(chrono::Duration::minutes(1));
        }
        let looked = desk.browser().get(&format!("/sign/{text}"));
        assert_eq!((looked.status, looked.text()), (404, nothing.clone()), "{text} is a link");
        let opened = desk.browser().post(&format!("/sign/{text}/open"), &[]);
        assert_eq!((opened.status, opened.header("set-cookie")), (404, None), "{text} opens a link");
    }
}
