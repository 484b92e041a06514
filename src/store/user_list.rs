//! The admin's list of users: one walk along one index, however many there are.

use diesel::prelude::*;

use super::{
    Conn, StoreResult,
    name_search::{self, Named},
    port_requests::MOST_COUNTED,
    schema::{location_members, locations, users},
    users::User,
};
use crate::domain::people::Role;

/// Which users the list shows; what is not set shows all.
#[derive(Debug, Clone, Default)]
pub struct UserFilter {
    /// Beginnings of words of the name or mail address.
    pub text: String,
    pub account: Option<i64>,
    pub role: Option<Role>,
    /// `invited`, `active` or `deactivated`.
    pub state: Option<String>,
}

/// A page of the users by name, and how many there are (at most one more than [`MOST_COUNTED`]).
pub fn list(conn: &mut Conn, filter: &UserFilter, offset: i64, limit: i64) -> StoreResult<(Vec<User>, i64)> {
    let found = name_search::find(conn, Named::User, &filter.text)?;
    let ids: Vec<i64> = filtered(filter, &found)
        .order((users::name.asc(), users::id.asc()))
        .offset(offset)
        .limit(limit)
        .select(users::id)
        .load(conn)?;
    let counted: Vec<i64> = filtered(filter, &found).select(users::id).limit(MOST_COUNTED + 1).load(conn)?;
    let page = users::table
        .filter(users::id.eq_any(ids))
        .order((users::name.asc(), users::id.asc()))
        .select(User::as_select())
        .load(conn)?;
    Ok((page, i64::try_from(counted.len()).unwrap_or(MOST_COUNTED)))
}

/// The names of the locations that these managers are in, as pairs of user and name, by name.
pub fn locations_of(conn: &mut Conn, managers: &[i64]) -> StoreResult<Vec<(i64, String)>> {
    Ok(location_members::table
        .inner_join(locations::table)
        .filter(location_members::user_id.eq_any(managers.to_vec()))
        .order((locations::name.asc(), locations::id.asc()))
        .select((location_members::user_id, locations::name))
        .load(conn)?)
}

fn filtered(
    filter: &UserFilter,
    found: &name_search::Found,
) -> users::BoxedQuery<'static, <Conn as diesel::Connection>::Backend> {
    let mut query = users::table.filter(users::role.ne(Role::Contact)).into_boxed();
    if let Some(account) = filter.account {
        query = query.filter(users::account_id.eq(account));
    }
    if let Some(role) = filter.role {
        query = query.filter(users::role.eq(role));
    }
    if let Some(state) = &filter.state {
        query = query.filter(users::state.eq(state.clone()));
    }
    name_search::of_users(query, found)
}
