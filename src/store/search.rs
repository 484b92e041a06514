//! Search: beginnings of words, looked up in one table, the same on both databases.

use diesel::prelude::*;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use super::{Conn, StoreResult, port_requests::PortRequest, schema::search_terms};
use crate::domain::{phone_number::PhoneNumber, request_sid::RequestSid};

/// Longest term that is kept or looked for, in characters.
const LONGEST: usize = 40;
/// Most words of one query that count.
const MOST_WORDS: usize = 8;

/// The terms under which a request is found.
pub fn terms(sid: &RequestSid, texts: &[&str], numbers: &[PhoneNumber]) -> Vec<String> {
    let mut terms = sid_terms(sid);
    for text in texts {
        terms.extend(words(text));
    }
    for number in numbers {
        let digits: String = number.as_str().chars().skip(2).collect();
        terms.push(digits.chars().skip(6).collect());
        terms.push(digits.chars().skip(3).collect());
        terms.push(digits);
    }
    terms.sort();
    terms.dedup();
    terms
}

/// What a person looks for, as beginnings of terms: a SID, a number in any form, or words.
pub fn query_terms(typed: &str) -> Vec<String> {
    // "Washington" and "prescription" could be SIDs too, so without a digit it takes "PR-".
    let prefix = typed.trim().get(..3).unwrap_or_default().to_lowercase();
    let has_digit = typed.chars().any(|c| c.is_ascii_digit());
    let has_letter = typed.chars().any(char::is_alphabetic);
    let has_sid_shape = has_letter && (has_digit || matches!(prefix.as_str(), "pr-" | "pr "));
    if let Some(sid) = RequestSid::parse(typed).filter(|_| has_sid_shape) {
        return vec![sid_term(&sid)];
    }
    if !typed.chars().any(char::is_alphabetic) {
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        let national = if digits.len() == 11 { digits.strip_prefix('1').unwrap_or(&digits) } else { &digits };
        return if national.is_empty() { Vec::new() } else { vec![cut(national)] };
    }
    words(typed).into_iter().take(MOST_WORDS).collect()
}

/// A SID whole, without its prefix, and its second group for people who have only that. One that people may type without
/// any digit reads like a word, so it is kept as they type it, too.
fn sid_terms(sid: &RequestSid) -> Vec<String> {
    let whole = sid_term(sid);
    let body: String = whole.chars().skip(2).collect();
    let mut terms = vec![body.chars().skip(5).collect()];
    for one in ["i", "l"] {
        let typed = body.replace('0', "o").replace('1', one);
        if !typed.contains(|c: char| c.is_ascii_digit()) {
            terms.extend([format!("pr{typed}"), typed.chars().skip(5).collect(), typed]);
        }
    }
    terms.extend([whole, body]);
    terms
}

fn sid_term(sid: &RequestSid) -> String {
    sid.as_str().to_lowercase().replace('-', "")
}

/// Words in lower case and without accents: "Café" is found by "cafe" and by "CAFÉ".
pub(super) fn words(text: &str) -> Vec<String> {
    let bare: String = text.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    let words = bare.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| cut(&word.to_lowercase())).collect()
}

fn cut(word: &str) -> String {
    word.chars().take(LONGEST).collect()
}

/// Writes the terms of a request anew.
pub fn replace(conn: &mut Conn, request: &PortRequest, terms: &[String]) -> StoreResult<()> {
    diesel::delete(search_terms::table.filter(search_terms::port_request_id.eq(request.id))).execute(conn)?;
    let row = |term: &String| {
        (
            search_terms::account_id.eq(request.account_id),
            search_terms::port_request_id.eq(request.id),
            search_terms::term.eq(term.clone()),
        )
    };
    for some in terms.chunks(500) {
        let rows: Vec<_> = some.iter().map(row).collect();
        match conn {
            Conn::Sqlite(conn) => diesel::insert_into(search_terms::table).values(rows).execute(conn)?,
            Conn::Postgres(conn) => diesel::insert_into(search_terms::table).values(rows).execute(conn)?,
        };
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: &[&str]) {
        assert_eq!(query_terms(typed), expected);
    }

    #[test]
    fn a_sid_without_a_digit_is_found_as_a_word() {
        for (sid, typed) in [
            ("PR-EWWHX-YYXWW", "ewwhxyyxww"),
            ("PR-EWWH0-1YXWW", "prewwholyxww"),
            ("PR-EWWH0-1YXWW", "EWWHO-IYXWW"),
            ("PR-7Q4M2-XKD9B", "7q4m2xkd9b"),
            ("PR-7Q4M2-XKD9B", "xkd9b"),
        ] {
            let kept = terms(&RequestSid::parse(sid).unwrap(), &[], &[]);
            for term in query_terms(typed) {
                assert!(kept.iter().any(|kept| kept.starts_with(&term)), "{typed}: no {term} in {kept:?}");
            }
        }
    }

    #[test]
    fn reads_what_people_look_for() {
        check("PR-7Q4M2-XKD9B", &["pr7q4m2xkd9b"]);
        check("pr7q4m2xkd9b", &["pr7q4m2xkd9b"]);
        check("7q4m2 xkd9b", &["pr7q4m2xkd9b"]);
        check("(212) 555-0142", &["2125550142"]);
        check("+1 212 555 0142", &["2125550142"]);
        check("0142", &["0142"]);
        check("555-0142", &["5550142"]);
        check("Front desk", &["front", "desk"]);
        check("Crème Brûlée", &["creme", "brulee"]);
        check("Washington", &["washington"]);
        check("prescription", &["prescription"]);
        check("PR-ABCDE-FGHJK", &["prabcdefghjk"]);
        check("  ", &[]);
        check("!!!", &[]);
    }
}
