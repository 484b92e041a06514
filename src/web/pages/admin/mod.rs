//! Accounts, locations, users and area codes, for admins.

pub mod account_choice;
pub mod accounts;
pub mod area_codes;
pub mod locations;
pub mod users;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::port_requests::list;
use crate::{
    store::port_requests::MOST_COUNTED,
    web::{
        pairs::Pairs,
        parts::{Chip, Pager},
    },
};

/// Rows on a page of a list.
const PER_PAGE: i64 = 25;
/// The last page that can be asked for: lists are counted no further. Behind it people search.
const LAST_PAGE: i64 = MOST_COUNTED / PER_PAGE;
/// Longest text that is looked for, in characters: no name is longer.
const LONGEST_SEARCH: usize = 100;

/// Which page of a list an address asks for, counted from 1; anything else than a number is the first.
fn page_number(typed: &str) -> i64 {
    typed.parse().unwrap_or(1).clamp(1, LAST_PAGE)
}

/// What a list is asked for.
fn searched(pairs: &Pairs) -> String {
    pairs.trimmed("text").chars().take(LONGEST_SEARCH).collect()
}

fn offset(page: i64) -> i64 {
    (page - 1) * PER_PAGE
}

/// Where a list stands, with the addresses of the pages beside it, or nothing when all fits on one page.
fn pager(path: &str, filters: &[(&str, &str)], page: i64, count: i64) -> Option<Pager> {
    if count <= PER_PAGE && page == 1 {
        return None;
    }
    let address = |page: i64| format!("{path}?{}page={page}", query(filters.iter().copied()));
    let (first, last) = (offset(page) + 1, (page * PER_PAGE).min(count));
    let of = list::counted(count);
    Some(Pager {
        text: if first <= last { format!("{first}–{last} of {of}") } else { format!("0 of {of}") },
        previous: (1 < page).then(|| address(page - 1)),
        next: (last < count && first <= last && page < LAST_PAGE).then(|| address(page + 1)),
    })
}

/// The filters that are set, each followed by "&".
fn query<'a>(filters: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let set = filters.filter(|(_, value)| !value.is_empty());
    let pairs = set.map(|(name, value)| format!("{name}={}&", utf8_percent_encode(value, NON_ALPHANUMERIC)));
    pairs.collect::<Vec<_>>().concat()
}

/// The filters in force in words, each with the address of the list without it.
fn chips(path: &str, filters: &[(&str, &str)], told: impl Fn(&str, &str) -> String) -> Vec<Chip> {
    let chip = |(name, value): &(&str, &str)| {
        let others = query(filters.iter().copied().filter(|(other, _)| other != name));
        let href = format!("{path}?{others}");
        Chip { label: told(name, value), href: href.trim_end_matches(['&', '?']).to_owned() }
    };
    filters.iter().filter(|(_, value)| !value.is_empty()).map(chip).collect()
}

/// "page 2 of 4" for the title, behind the first page.
fn place(page: i64, count: i64) -> Option<String> {
    let last = ((count - 1).max(0) / PER_PAGE + 1).min(LAST_PAGE);
    (1 < page).then(|| format!("page {page} of {last}"))
}

/// "1 user", "2 users".
fn counted(count: i64, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{} {many}", list::counted(count)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_says_where_it_stands() {
        assert!(pager("/a", &[], 1, 25).is_none());
        let first = pager("/a", &[("text", "x y"), ("role", "")], 1, 26).unwrap();
        assert_eq!((first.text.as_str(), first.previous), ("1–25 of 26", None));
        assert_eq!(first.next.as_deref(), Some("/a?text=x%20y&page=2"));
        let last = pager("/a", &[], 2, 26).unwrap();
        assert_eq!((last.text.as_str(), last.next), ("26–26 of 26", None));
        assert_eq!(pager("/a", &[], 9, 26).unwrap().text, "0 of 26");
        let full = pager("/a", &[], LAST_PAGE, MOST_COUNTED + 1).unwrap();
        assert_eq!((full.text.as_str(), full.next), ("976–1000 of 1,000+", None));
        assert_eq!(page_number("9999999"), LAST_PAGE);
        assert_eq!((place(1, 30), place(2, 30).as_deref()), (None, Some("page 2 of 2")));
        assert_eq!(page_number("x"), 1);
        assert_eq!(page_number("-4"), 1);
    }

    #[test]
    fn a_chip_takes_its_own_filter_away() {
        let chips = chips("/a", &[("text", "x y"), ("role", ""), ("state", "active")], |name, value| {
            format!("{name}: {value}")
        });
        let told: Vec<_> = chips.iter().map(|chip| (chip.label.as_str(), chip.href.as_str())).collect();
        assert_eq!(told, [("text: x y", "/a?state=active"), ("state: active", "/a?text=x%20y")]);
        assert_eq!(super::chips("/a", &[("text", "x")], |_, _| String::new())[0].href, "/a");
    }
}
