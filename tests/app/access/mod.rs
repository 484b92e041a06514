//! Who may do what: every address of the product, every role, own things and things of others.
//!
//! A new address fails here until it has a line in [`rows::ROWS`].

pub mod rows;
pub mod visit;

use std::collections::HashSet;

use portdesk::web::routes::TABLE;

use crate::harness::desk::Desk;
use rows::{ROWS, Row};
use visit::{Visit, Visitor};

/// Desks that work through the table side by side.
const DESKS: usize = 4;

#[test]
fn every_address_has_its_line() {
    let routes: HashSet<(&str, &str)> = TABLE.iter().copied().collect();
    let lines: HashSet<(&str, &str)> = ROWS.iter().map(|row| (row.method, row.path)).collect();
    let missing: Vec<_> = routes.difference(&lines).collect();
    let left_over: Vec<_> = lines.difference(&routes).collect();
    assert!(missing.is_empty(), "without a line in tests/app/access/rows.rs: {missing:#?}");
    assert!(left_over.is_empty(), "lines without an address: {left_over:#?}");
    assert_eq!(lines.len(), ROWS.len(), "an address has two lines");
}

#[test]
fn every_visitor_gets_what_the_table_says() {
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let work = |first| move || check(ROWS.iter().skip(first).step_by(DESKS));
        let desks: Vec<_> = (0..DESKS).map(|first| scope.spawn(work(first))).collect();
        desks.into_iter().flat_map(|desk| desk.join().expect("a desk of the table works")).collect()
    });
    assert!(wrong.is_empty(), "{} differ from the table:\n{}", wrong.len(), wrong.join("\n"));
}

fn check<'a>(rows: impl Iterator<Item = &'a Row>) -> Vec<String> {
    let desk = Desk::open();
    let mut wrong = Vec::new();
    for row in rows {
        for (visitor, expected) in Visitor::ALL.into_iter().zip(row.expected) {
            for visit in Visit::all(&desk, row, visitor) {
                let (status, to) = visit.outcome();
                if (status, is_way_in(to.as_deref()))
                    != (if expected == rows::IN { 303 } else { expected }, expected == rows::IN)
                {
                    let to = to.map(|to| format!(" to {to}")).unwrap_or_default();
                    wrong.push(format!("{} {} ({visit}): {status}{to}, expected {expected}", row.method, row.path));
                }
            }
        }
    }
    desk.deliver();
    wrong
}

/// Whether a redirect asks to sign in first.
fn is_way_in(to: Option<&str>) -> bool {
    to.is_some_and(|to| to.starts_with("/sign-in?next="))
}
