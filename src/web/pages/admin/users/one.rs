//! One user: name, role, a manager's locations, and the way to their access.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;

use super::{fields, location_choice::LocationChoice};
use crate::{
    domain::{
        findings::Findings,
        people::{Admin, Role},
    },
    services::people::{self, PeopleError, UserFacts},
    store::{self, StoreError, locations::Location, users::User},
    web::{
        app::App,
        error::WebResult,
        flash::see_other_with,
        form::Form,
        frame::{Frame, Notice},
        page::{self, Page as _},
        pairs::Pairs,
    },
};

#[derive(Template)]
#[template(path = "admin/users/one.html")]
struct UserPage {
    frame: Frame,
    form: Form,
    user: User,
    account: Option<String>,
    roles: Vec<Role>,
    locations: LocationChoice,
    state: &'static str,
    meanwhile: Vec<(String, String)>,
    version: i32,
}

/// A user with what the page shows beside them.
struct Found {
    user: User,
    account: Option<String>,
    /// Of the account.
    locations: LocationChoice,
    /// Those that the user is in.
    own: Vec<Location>,
}

async fn find(app: &App, id: i64, pairs: &Pairs) -> Result<Found, StoreError> {
    let pairs = pairs.clone();
    app.store
        .read(move |conn| {
            let user = store::users::find_user(conn, id)?;
            let (account, locations) = match user.account_id {
                Some(account) => {
                    let name = store::accounts::find(conn, account)?.name;
                    (Some(name), LocationChoice::load(conn, account, &pairs)?)
                }
                None => (None, LocationChoice::default()),
            };
            let own = store::locations::of_member(conn, id)?;
            Ok(Found { user, account, locations, own })
        })
        .await
}

impl Found {
    fn answers(&self) -> Vec<(String, String)> {
        let facts = [("name", self.user.name.clone()), ("role", self.user.role.code().to_owned())];
        let facts = facts.into_iter().map(|(name, value)| (name.to_owned(), value));
        facts.chain(self.locations.answers(&self.own)).collect()
    }

    /// The roles that this user may be given: customers stay customers, staff stay staff.
    fn roles(&self) -> Vec<Role> {
        Role::ALL.into_iter().filter(|role| role.is_staff() == self.user.role.is_staff()).collect()
    }

    fn stored(&self) -> Vec<(String, String)> {
        let names: Vec<&str> = self.own.iter().map(|location| location.name.as_str()).collect();
        let mut rows = vec![("Name", self.user.name.clone()), ("Role", self.user.role.label().to_owned())];
        rows.push(("State", fields::state_label(&self.user.state).to_owned()));
        if self.user.role == Role::Manager {
            rows.push(("Locations", names.join(", ")));
        }
        rows.into_iter().map(|(label, value)| (label.to_owned(), value)).collect()
    }
}

fn page(app: &App, req: &HttpRequest, found: Found, form: Form) -> UserPage {
    let mut frame = page::frame(app, req);
    frame.errors = form.has_errors();
    UserPage {
        frame,
        form,
        roles: found.roles(),
        locations: found.locations,
        state: fields::state_label(&found.user.state),
        version: found.user.version,
        account: found.account,
        user: found.user,
        meanwhile: Vec::new(),
    }
}

/// GET /admin/users/{id}
pub async fn show(_admin: Admin, app: Data<App>, req: HttpRequest, id: Path<i64>) -> WebResult<HttpResponse> {
    let found = find(&app, *id, &Pairs::default()).await?;
    let form = Form::unchecked(found.answers());
    page(&app, &req, found, form).ok()
}

/// POST /admin/users/{id}
pub async fn save(
    admin: Admin,
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    pairs: Pairs,
) -> WebResult<HttpResponse> {
    let id = *id;
    let found = find(&app, id, &pairs).await?;
    let version = pairs.get("version").parse().unwrap_or(0);
    let mut findings = Findings::default();
    let Some(facts) = check(&pairs, &found, &mut findings) else {
        return refuse(&app, &req, found, pairs, findings, version);
    };
    match app.store.write(move |conn| people::edit(conn, &admin, id, version, &facts)).await {
        Ok(()) => see_other_with(&app, &format!("/admin/users/{id}"), &Notice::ok("Saved")),
        Err(PeopleError::Store(StoreError::Stale)) => {
            let found = find(&app, id, &pairs).await?;
            let stored = found.stored();
            let mut page = page(&app, &req, found, Form::unchecked(pairs.into_vec()));
            page.meanwhile = stored;
            page.with_status(StatusCode::CONFLICT)
        }
        Err(PeopleError::Store(error)) => Err(error.into()),
        Err(told) => {
            findings.error("role", told);
            refuse(&app, &req, found, pairs, findings, version)
        }
    }
}

fn check(pairs: &Pairs, found: &Found, findings: &mut Findings) -> Option<UserFacts> {
    let name = fields::name(pairs, findings);
    let role = fields::role(pairs, &found.roles(), findings);
    let locations = found.locations.read(role, findings);
    Some(UserFacts { name: name?, role: role?, locations: locations? })
}

fn refuse(
    app: &App,
    req: &HttpRequest,
    found: Found,
    pairs: Pairs,
    findings: Findings,
    version: i32,
) -> WebResult<HttpResponse> {
    let mut page = page(app, req, found, Form::new(pairs.into_vec(), findings));
    page.version = version;
    page.unprocessable()
}
