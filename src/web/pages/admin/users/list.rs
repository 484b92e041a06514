//! All users of all accounts and of the desk.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;
use chrono::NaiveDateTime;

use super::fields::state_label;
use crate::{
    domain::{
        findings::Findings,
        people::{Admin, Role},
    },
    store::{self, StoreError, user_list::UserFilter, users::User},
    web::{
        app::App,
        error::WebResult,
        form::Form,
        frame::Frame,
        page::{self, Page as _},
        pages::admin::{
            self,
            account_choice::{AccountChoice, AccountChoiceError},
        },
        pairs::Pairs,
        parts::{Chip, Pager},
    },
};

#[derive(Template)]
#[template(path = "admin/users/list.html")]
struct UsersPage {
    frame: Frame,
    form: Form,
    choice: AccountChoice,
    roles: Vec<(String, String)>,
    states: Vec<(String, String)>,
    rows: Vec<Row>,
    count: String,
    alone: bool,
    pager: Option<Pager>,
    place: Option<String>,
    chips: Vec<Chip>,
}

struct Row {
    user: User,
    account: String,
    /// Where a manager sends requests for, as far as a list tells it.
    locations: String,
    state: &'static str,
    /// The moment of the last visit, for machines and in words.
    seen: Option<(String, String)>,
}

/// GET /admin/users
pub async fn show(admin: Admin, app: Data<App>, req: HttpRequest) -> WebResult<HttpResponse> {
    let asked = Pairs::decode(req.query_string().as_bytes())?;
    let page = admin::page_number(asked.get("page"));
    let (mut filter, account) = (filter(&asked), asked.get("account").to_owned());
    let loaded = app
        .store
        .read(move |conn| {
            let (choice, chosen) = (AccountChoice::load(conn)?, AccountChoice::find(conn, &account)?);
            filter.account = chosen.as_ref().ok().map(|account| account.id);
            let (users, count) = store::user_list::list(conn, &filter, admin::offset(page), admin::PER_PAGE)?;
            let of: Vec<i64> = users.iter().filter_map(|user| user.account_id).collect();
            let (names, account) = (store::accounts::names(conn, &of)?, choice.shown(conn, &account)?);
            let managers: Vec<i64> = users.iter().map(|user| user.id).collect();
            let places = store::user_list::locations_of(conn, &managers)?;
            let (chosen, unknown) = match chosen {
                Ok(account) => (account.name, None),
                Err(error) => (String::new(), Some(error)),
            };
            Ok::<_, StoreError>(Loaded { users, count, names, choice, account, chosen, unknown, places })
        })
        .await?;
    page_of(&app, &req, &admin, &asked, loaded, page).ok()
}

struct Loaded {
    users: Vec<User>,
    count: i64,
    /// Of the accounts of these users.
    names: Vec<(i64, String)>,
    choice: AccountChoice,
    /// The account as the filter shows it.
    account: String,
    /// The name of the account that the filter means.
    chosen: String,
    unknown: Option<AccountChoiceError>,
    /// The locations of these users, as pairs of user and name.
    places: Vec<(i64, String)>,
}

fn filter(asked: &Pairs) -> UserFilter {
    UserFilter {
        text: admin::searched(asked),
        account: None,
        role: Role::from_code(asked.get("role")),
        state: STATES.iter().find(|state| **state == asked.get("state")).map(|state| (*state).to_owned()),
    }
}

fn page_of(app: &App, req: &HttpRequest, admin: &Admin, asked: &Pairs, loaded: Loaded, page: i64) -> UsersPage {
    let zone = app.house.zone(admin.person.time_zone.as_deref().unwrap_or_default());
    let text = admin::searched(asked);
    let filters = [
        ("text", text.as_str()),
        ("account", &loaded.account),
        ("role", asked.get("role")),
        ("state", asked.get("state")),
    ];
    let is_filtered = filters.iter().any(|(_, value)| !value.is_empty());
    let mut findings = Findings::default();
    if let Some(unknown) = loaded.unknown.as_ref().filter(|_| loaded.choice.is_typed && !loaded.account.is_empty()) {
        findings.error("account", unknown);
    }
    let count = loaded.count;
    UsersPage {
        frame: page::frame(app, req),
        form: Form::new(filters.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(), findings),
        roles: Role::ALL.map(|role| (role.code().to_owned(), role.label().to_owned())).to_vec(),
        states: STATES.map(|state| (state.to_owned(), state_label(state).to_owned())).to_vec(),
        alone: !is_filtered && count <= 1,
        rows: loaded.users.iter().map(|user| row(user, &loaded, |at| zone.moment(at))).collect(),
        count: admin::counted(count, "user", "users"),
        pager: admin::pager("/admin/users", &filters, page, count),
        place: admin::place(page, count),
        chips: admin::chips("/admin/users", &filters, |name, value| told(name, value, &loaded.chosen)),
        choice: loaded.choice,
    }
}

const STATES: [&str; 3] = ["active", "invited", "deactivated"];

/// So many locations of a manager are named.
const NAMED: usize = 3;

fn row(user: &User, loaded: &Loaded, moment: impl Fn(NaiveDateTime) -> String) -> Row {
    let account = loaded.names.iter().find(|(id, _)| Some(*id) == user.account_id);
    let places: Vec<&str> =
        loaded.places.iter().filter(|(id, _)| *id == user.id).map(|(_, name)| name.as_str()).collect();
    let named = places.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    let locations = match (user.role, places.len()) {
        (Role::Owner, _) => "All locations".to_owned(),
        (Role::Manager, 0) => "In no location".to_owned(),
        (Role::Manager, ..=NAMED) => named,
        (Role::Manager, many) => format!("{named} and {} more", many - NAMED),
        (Role::Reviewer | Role::Admin | Role::Contact, _) => String::new(),
    };
    Row {
        account: account.map(|(_, name)| name.clone()).unwrap_or_default(),
        locations,
        state: state_label(&user.state),
        seen: user.last_seen_at.map(|at| (at.and_utc().to_rfc3339(), moment(at))),
        user: user.clone(),
    }
}

/// A filter in words.
fn told(name: &str, value: &str, account: &str) -> String {
    match name {
        "account" => format!("Account: {}", if account.is_empty() { value } else { account }),
        "role" => format!("Role: {}", Role::from_code(value).map_or("", |role| role.label())),
        "state" => format!("State: {}", state_label(value)),
        _ => format!("Search: {value}"),
    }
}
