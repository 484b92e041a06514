//! Users: people who sign in.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{
    Conn, StoreError, StoreResult,
    locations::Location,
    name_search::{self, Named},
    schema::{location_members, outbox, port_requests, private_links, users},
};
use crate::domain::{
    people::{Person, Role},
    request_sid::RequestSid,
    stage::Stage,
};

/// A user as stored.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = users)]
pub struct User {
    pub id: i64,
    pub account_id: Option<i64>,
    pub email: String,
    pub name: String,
    pub role: Role,
    /// `invited`, `active` or `deactivated`.
    pub state: String,
    pub password_hash: Option<String>,
    pub time_zone: Option<String>,
    pub theme: String,
    pub created_at: NaiveDateTime,
    pub last_seen_at: Option<NaiveDateTime>,
    pub version: i32,
}

impl User {
    /// The user as the person that services know.
    pub fn person(&self) -> Person {
        Person {
            id: self.id,
            account_id: self.account_id,
            name: self.name.clone(),
            email: self.email.clone(),
            role: self.role,
            time_zone: self.time_zone.clone(),
            theme: self.theme.clone(),
        }
    }

    /// Whether this user may sign in.
    pub fn is_active(&self) -> bool {
        self.state == "active"
    }
}

/// A user to add.
#[derive(Debug, Clone)]
pub struct NewUser<'a> {
    pub account_id: Option<i64>,
    pub email: &'a str,
    pub name: &'a str,
    pub role: Role,
}

/// The form in which two addresses are compared.
pub fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Adds an invited user. `Taken` when the address has one.
pub fn add(conn: &mut Conn, new: &NewUser<'_>, now: NaiveDateTime) -> StoreResult<i64> {
    let id = diesel::insert_into(users::table)
        .values((
            users::account_id.eq(new.account_id),
            users::email.eq(new.email),
            users::email_key.eq(email_key(new.email)),
            users::name.eq(new.name),
            users::role.eq(new.role),
            users::state.eq("invited"),
            users::created_at.eq(now),
        ))
        .returning(users::id)
        .get_result(conn)?;
    name_search::replace(conn, Named::User, id, new.account_id, &[new.name, new.email])?;
    Ok(id)
}

/// Adds the contact of a manual request.
pub fn add_contact(
    conn: &mut Conn,
    account_id: i64,
    sid: &RequestSid,
    name: &str,
    email: &str,
    now: NaiveDateTime,
) -> StoreResult<i64> {
    Ok(diesel::insert_into(users::table)
        .values((
            users::account_id.eq(account_id),
            users::email.eq(email),
            users::email_key.eq(format!("contact:{sid}")),
            users::name.eq(name),
            users::role.eq(Role::Contact),
            users::state.eq("active"),
            users::created_at.eq(now),
        ))
        .returning(users::id)
        .get_result(conn)?)
}

/// Takes over how the contact of a manual request is called and reached now.
pub fn update_contact(conn: &mut Conn, id: i64, name: &str, email: &str) -> StoreResult<()> {
    let contact = users::table.find(id).filter(users::role.eq(Role::Contact));
    diesel::update(contact).set((users::name.eq(name), users::email.eq(email))).execute(conn)?;
    Ok(())
}

/// One user.
pub fn find(conn: &mut Conn, id: i64) -> StoreResult<User> {
    Ok(users::table.find(id).select(User::as_select()).first(conn)?)
}

/// One user who signs in; the contact of a manual request is none.
pub fn find_user(conn: &mut Conn, id: i64) -> StoreResult<User> {
    Ok(users::table.find(id).filter(users::role.ne(Role::Contact)).select(User::as_select()).first(conn)?)
}

/// The user of an address, if there is one. Contacts are nobody's users: their key is no address.
pub fn by_email(conn: &mut Conn, email: &str) -> StoreResult<Option<User>> {
    let of_address = users::table.filter(users::email_key.eq(email_key(email))).filter(users::role.ne(Role::Contact));
    Ok(of_address.select(User::as_select()).first(conn).optional()?)
}

/// Whether the account of a user is open; staff need none.
pub fn has_open_account(conn: &mut Conn, user: &User) -> StoreResult<bool> {
    match user.account_id {
        Some(account) => Ok(super::accounts::find(conn, account)?.active),
        None => Ok(true),
    }
}

/// All users by name, or those of one account.
pub fn all(conn: &mut Conn, account_id: Option<i64>) -> StoreResult<Vec<User>> {
    let by_name = users::table.order((users::name.asc(), users::id.asc())).filter(users::role.ne(Role::Contact));
    let mut query = by_name.select(User::as_select()).into_boxed();
    if let Some(account_id) = account_id {
        query = query.filter(users::account_id.eq(account_id));
    }
    Ok(query.load(conn)?)
}

/// The first active owner of an account by name.
pub fn first_owner(conn: &mut Conn, account_id: i64) -> StoreResult<Option<User>> {
    let owners = users::table.filter(users::account_id.eq(account_id)).filter(users::role.eq(Role::Owner));
    let first = owners.filter(users::state.eq("active")).order((users::name.asc(), users::id.asc()));
    Ok(first.select(User::as_select()).first(conn).optional()?)
}

/// Who can send requests for a location, invited people too: the owners of its account by name, then its managers.
pub fn submitters(conn: &mut Conn, location: &Location) -> StoreResult<Vec<User>> {
    let by_name = users::table.order((users::name.asc(), users::id.asc())).filter(users::state.ne("deactivated"));
    let mut people: Vec<User> = by_name
        .filter(users::account_id.eq(location.account_id))
        .filter(users::role.eq(Role::Owner))
        .select(User::as_select())
        .load(conn)?;
    let members =
        location_members::table.filter(location_members::location_id.eq(location.id)).select(location_members::user_id);
    let managers = by_name.filter(users::id.eq_any(members)).filter(users::role.eq(Role::Manager));
    people.extend(managers.select(User::as_select()).load::<User>(conn)?);
    Ok(people)
}

/// Requests on which a user has something to do: a customer's own, a reviewer's cases. Oldest first, at most `limit`.
pub fn open_work(conn: &mut Conn, user: &User, limit: i64) -> StoreResult<Vec<(RequestSid, String, Stage)>> {
    let open = port_requests::table
        .filter(port_requests::closed_at.is_null())
        .filter(port_requests::deleted_at.is_null())
        .into_boxed();
    let open = if user.role.is_staff() {
        open.filter(port_requests::assigned_to.eq(user.id))
    } else {
        open.filter(port_requests::submitted_by.eq(user.id))
    };
    Ok(open
        .order(port_requests::id.asc())
        .limit(limit)
        .select((port_requests::sid, port_requests::name, port_requests::stage))
        .load(conn)?)
}

/// The names of these users.
pub fn names(conn: &mut Conn, ids: &[i64]) -> StoreResult<Vec<(i64, String)>> {
    Ok(users::table.filter(users::id.eq_any(ids.to_vec())).select((users::id, users::name)).load(conn)?)
}

/// The active people of the desk, for assigning.
pub fn active_staff(conn: &mut Conn) -> StoreResult<Vec<User>> {
    Ok(users::table
        .filter(users::account_id.is_null())
        .filter(users::state.eq("active"))
        .order(users::name.asc())
        .select(User::as_select())
        .load(conn)?)
}

/// Whether no admin has been made yet.
pub fn no_admin(conn: &mut Conn) -> StoreResult<bool> {
    let admins = users::table.filter(users::role.eq(Role::Admin)).filter(users::state.ne("invited"));
    let exists: bool = diesel::select(diesel::dsl::exists(admins)).get_result(conn)?;
    Ok(!exists)
}

/// How many active owners an account has, or active admins the desk.
pub fn count_active(conn: &mut Conn, role: Role, account_id: Option<i64>) -> StoreResult<i64> {
    let mut query = users::table.filter(users::role.eq(role)).filter(users::state.eq("active")).into_boxed();
    query = match account_id {
        Some(account_id) => query.filter(users::account_id.eq(account_id)),
        None => query.filter(users::account_id.is_null()),
    };
    Ok(query.count().get_result(conn)?)
}

/// Sets a password; an invited user becomes active by it.
pub fn set_password(conn: &mut Conn, id: i64, hash: &str) -> StoreResult<()> {
    let open = users::table.filter(users::id.eq(id)).filter(users::state.ne("deactivated"));
    let changed = diesel::update(open).set((users::password_hash.eq(hash), users::state.eq("active"))).execute(conn)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}

/// Puts a new password in the place of the one that was read. `Stale` when it is another one by now, or none that opens.
pub fn change_password(conn: &mut Conn, user: &User, hash: &str) -> StoreResult<()> {
    let as_read = users::table
        .filter(users::id.eq(user.id))
        .filter(users::state.eq("active"))
        .filter(users::password_hash.eq(&user.password_hash));
    let changed = diesel::update(as_read).set(users::password_hash.eq(hash)).execute(conn)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Sets the state: `active`, `invited` or `deactivated`.
pub fn set_state(conn: &mut Conn, user: &User, state: &str) -> StoreResult<()> {
    let as_read = users::table.filter(users::id.eq(user.id)).filter(users::version.eq(user.version));
    let changed =
        diesel::update(as_read).set((users::state.eq(state), users::version.eq(user.version + 1))).execute(conn)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Sets name and role on the version that was read.
pub fn set_role(conn: &mut Conn, user: &User, name: &str, role: Role) -> StoreResult<()> {
    let as_read = users::table.filter(users::id.eq(user.id)).filter(users::version.eq(user.version));
    let changed = diesel::update(as_read)
        .set((users::name.eq(name), users::role.eq(role), users::version.eq(user.version + 1)))
        .execute(conn)?;
    if changed != 1 {
        return Err(StoreError::Stale);
    }
    name_search::replace(conn, Named::User, user.id, user.account_id, &[name, &user.email])
}

/// Sets what people choose for themselves.
pub fn set_profile(conn: &mut Conn, id: i64, name: &str, time_zone: Option<&str>, theme: &str) -> StoreResult<()> {
    let user = find(conn, id)?;
    diesel::update(users::table.find(id))
        .set((
            users::name.eq(name),
            users::time_zone.eq(time_zone),
            users::theme.eq(theme),
            users::version.eq(users::version + 1),
        ))
        .execute(conn)?;
    name_search::replace(conn, Named::User, id, user.account_id, &[name, &user.email])
}

/// Removes a user who was invited and never came. What was mailed to them stays, without a link that opens.
pub fn remove_invited(conn: &mut Conn, user: &User) -> StoreResult<()> {
    let letters = outbox::table.filter(outbox::user_id.eq(user.id));
    let waiting = letters.filter(outbox::state.eq("queued"));
    diesel::delete(waiting).execute(conn)?;
    diesel::update(letters).set(outbox::user_id.eq(None::<i64>)).execute(conn)?;
    diesel::delete(private_links::table.filter(private_links::user_id.eq(user.id))).execute(conn)?;
    diesel::delete(location_members::table.filter(location_members::user_id.eq(user.id))).execute(conn)?;
    name_search::forget(conn, Named::User, user.id)?;
    let as_read = users::table.filter(users::id.eq(user.id)).filter(users::state.eq("invited"));
    let removed = diesel::delete(as_read.filter(users::version.eq(user.version))).execute(conn)?;
    if removed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Notes that a person was here.
pub fn seen(conn: &mut Conn, id: i64, now: NaiveDateTime) -> StoreResult<()> {
    diesel::update(users::table.find(id)).set(users::last_seen_at.eq(now)).execute(conn)?;
    Ok(())
}
