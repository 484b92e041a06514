//! Search by name in the lists of accounts, locations and users: beginnings of words, the same on both databases.

use std::collections::HashSet;

use diesel::prelude::*;

use super::{
    Conn, StoreResult,
    request_search::end_of,
    schema::{accounts, locations, name_terms, users},
    search,
};

/// Most words of one query that count.
const MOST_WORDS: usize = 8;
/// Rows of a term that are looked up, in a few milliseconds; a term with more is common. Rows that have all words of a query
/// are looked up the same way: only a list in which more than these have them is walked, and there soon enough rows are found.
const FEW: i64 = 10_000;

/// What is found by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    Account,
    Location,
    User,
}

impl Named {
    fn code(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Location => "location",
            Self::User => "user",
        }
    }
}

/// What the words of a query leave to look at.
#[derive(Debug, Clone)]
pub enum Found {
    /// Nothing is looked for.
    All,
    /// Only these rows.
    Few(Vec<i64>),
    /// Rows that have terms with each of these beginnings; many do.
    Many(Vec<String>),
}

/// Writes the words under which a row is found anew.
pub fn replace(conn: &mut Conn, kind: Named, owner: i64, account: Option<i64>, texts: &[&str]) -> StoreResult<()> {
    let old = name_terms::table.filter(name_terms::kind.eq(kind.code())).filter(name_terms::owner_id.eq(owner));
    diesel::delete(old).execute(conn)?;
    let words: HashSet<String> = texts.iter().flat_map(|text| search::words(text)).collect();
    for word in words {
        diesel::insert_into(name_terms::table)
            .values((
                name_terms::account_id.eq(account),
                name_terms::kind.eq(kind.code()),
                name_terms::owner_id.eq(owner),
                name_terms::term.eq(word),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Forgets the words of a row that goes away.
pub fn forget(conn: &mut Conn, kind: Named, owner: i64) -> StoreResult<()> {
    replace(conn, kind, owner, None, &[])
}

/// Looks up what a person typed.
pub fn find(conn: &mut Conn, kind: Named, typed: &str) -> StoreResult<Found> {
    let terms: Vec<String> = search::words(typed).into_iter().take(MOST_WORDS).collect();
    if terms.is_empty() {
        // Signs alone are no name.
        return Ok(if typed.trim().is_empty() { Found::All } else { Found::Few(Vec::new()) });
    }
    let mut few: Option<HashSet<i64>> = None;
    let mut common = Vec::new();
    for term in terms {
        // Not "distinct": that makes SQLite go through all words of all rows.
        let ids: Vec<i64> = holders(kind, &term).select(name_terms::owner_id).limit(FEW + 1).load(conn)?;
        if FEW < i64::try_from(ids.len()).unwrap_or(i64::MAX) {
            common.push(term);
        } else {
            let ids: HashSet<i64> = ids.into_iter().collect();
            few = Some(few.map_or_else(|| ids.clone(), |known| &known & &ids));
        }
    }
    let Some(few) = few else { return meeting(conn, kind, common) };
    let mut ids = few;
    for term in common {
        let known: Vec<i64> = ids.into_iter().collect();
        let having = holders(kind, &term).filter(name_terms::owner_id.eq_any(known));
        ids = having.select(name_terms::owner_id).load(conn)?.into_iter().collect();
    }
    Ok(Found::Few(ids.into_iter().collect()))
}

/// Looks up the rows that have all of these common terms. Common words may seldom meet, and then a walk along the list would
/// ask every row of it before a page is full.
fn meeting(conn: &mut Conn, kind: Named, terms: Vec<String>) -> StoreResult<Found> {
    let [first, others @ ..] = terms.as_slice() else { return Ok(Found::Many(terms)) };
    if others.is_empty() {
        return Ok(Found::Many(terms));
    }
    let mut query = holders(kind, first);
    for term in others {
        let same = diesel::alias!(name_terms as same_owner);
        let having = same
            .filter(same.field(name_terms::kind).eq(kind.code()))
            .filter(same.field(name_terms::owner_id).eq(name_terms::owner_id))
            .filter(same.field(name_terms::term).ge(term.clone()))
            .filter(same.field(name_terms::term).lt(end_of(term)));
        query = query.filter(diesel::dsl::exists(having));
    }
    let ids: Vec<i64> = query.select(name_terms::owner_id).limit(FEW + 1).load(conn)?;
    let are_few = i64::try_from(ids.len()).is_ok_and(|count| count <= FEW);
    Ok(if are_few { Found::Few(ids) } else { Found::Many(terms) })
}

type Boxed<'a, T> = diesel::helper_types::IntoBoxed<'a, T, <Conn as diesel::Connection>::Backend>;

fn holders(kind: Named, term: &str) -> Boxed<'static, name_terms::table> {
    name_terms::table
        .filter(name_terms::kind.eq(kind.code()))
        .filter(name_terms::term.ge(term.to_owned()))
        .filter(name_terms::term.lt(end_of(term)))
        .into_boxed()
}

/// Narrows a list to what was found; one function for each table, because their columns are different types.
macro_rules! narrow {
    ($name:ident, $table:ident, $kind:expr) => {
        /// Narrows a list to what was found.
        pub fn $name<'a>(mut query: Boxed<'a, $table::table>, found: &Found) -> Boxed<'a, $table::table> {
            match found {
                Found::All => query,
                Found::Few(ids) => query.filter($table::id.eq_any(ids.clone())),
                Found::Many(terms) => {
                    for term in terms {
                        let having = name_terms::table
                            .filter(name_terms::kind.eq($kind.code()))
                            .filter(name_terms::owner_id.eq($table::id))
                            .filter(name_terms::term.ge(term.to_owned()))
                            .filter(name_terms::term.lt(end_of(term)));
                        query = query.filter(diesel::dsl::exists(having));
                    }
                    query
                }
            }
        }
    };
}

narrow!(of_accounts, accounts, Named::Account);
narrow!(of_locations, locations, Named::Location);
narrow!(of_users, users, Named::User);
