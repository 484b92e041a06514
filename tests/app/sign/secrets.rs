//! What is stored opens no link and passes no code.

use diesel::{QueryableByName, RunQueryDsl as _, sql_query, sql_types::Text};
use portdesk::store::{Conn, StoreError};

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
fn dump(desk: &Desk) -> Vec<String> {
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
    // Whatever is stored is tried as link and as code.
    let is_like_one = |text: &&String| text.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it));
    for text in all.iter().filter(is_like_one).filter(|text| text.len() == 64 || text.len() == 43) {
        assert_ne!(desk.browser().post(&format!("/sign/{text}/open"), &[]).status, 303, "{text} opens a link");
        desk.app.clock.advance(chrono::Duration::seconds(7));
    }
}
