//! Inviting a user.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Query},
};
use askama::Template;
use serde::Deserialize;

use super::{fields, location_choice::LocationChoice};
use crate::{
    domain::{
        contact::EmailAddress,
        findings::Findings,
        people::{Admin, Role},
    },
    services::{
        invitations,
        people::{self, PeopleError},
    },
    store::{Conn, StoreError, accounts::Account, submit_tokens, users::NewUser},
    vault::Token,
    web::{
        app::App,
        error::WebResult,
        flash::see_other_with,
        form::Form,
        frame::{Frame, Notice},
        page::{self, Page as _},
        pages::admin::account_choice::{AccountChoice, AccountChoiceError},
        pairs::Pairs,
    },
};

#[derive(Template)]
#[template(path = "admin/users/new.html")]
struct InvitePage {
    frame: Frame,
    form: Form,
    choice: AccountChoice,
    locations: LocationChoice,
    roles: [Role; 4],
    token: String,
}

/// The account that the user is for, if the link said so.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    account: String,
}

/// What the form offers.
struct Offer {
    choice: AccountChoice,
    /// The account that was chosen, or why there is none.
    account: Result<Account, AccountChoiceError>,
    /// Of the chosen account.
    locations: LocationChoice,
}

async fn offer(app: &App, account: &str, pairs: &Pairs) -> Result<Offer, StoreError> {
    let (answer, pairs) = (account.to_owned(), pairs.clone());
    app.store
        .read(move |conn| {
            let (choice, account) = (AccountChoice::load(conn)?, AccountChoice::choose(conn, &answer)?);
            let locations = match &account {
                Ok(account) => LocationChoice::load(conn, account.id, &pairs)?,
                Err(_) => LocationChoice::default(),
            };
            Ok(Offer { choice, account, locations })
        })
        .await
}

fn page(app: &App, req: &HttpRequest, offer: Offer, form: Form, token: String) -> InvitePage {
    let mut frame = page::frame(app, req);
    frame.errors = form.has_errors();
    InvitePage { frame, form, choice: offer.choice, locations: offer.locations, roles: Role::ALL, token }
}

/// GET /admin/users/new
pub async fn show(_admin: Admin, app: Data<App>, req: HttpRequest, wanted: Query<Wanted>) -> WebResult<HttpResponse> {
    let offer = offer(&app, &wanted.account, &Pairs::default()).await?;
    let account = wanted.account.clone();
    let shown = move |conn: &mut Conn| AccountChoice::load(conn)?.shown(conn, &account);
    let form = Form::unchecked(vec![("account".to_owned(), app.store.read(shown).await?)]);
    page(&app, &req, offer, form, Token::new().reveal().to_owned()).ok()
}

/// POST /admin/users/new
pub async fn save(admin: Admin, app: Data<App>, req: HttpRequest, pairs: Pairs) -> WebResult<HttpResponse> {
    let offer = offer(&app, pairs.get("account"), &pairs).await?;
    let token = pairs.get("token").to_owned();
    if pairs.get("do") == "locations" {
        // Only asks which locations there are: the twin of a script that would load them.
        return page(&app, &req, offer, Form::unchecked(pairs.into_vec()), token).ok();
    }
    let mut findings = Findings::default();
    let Some(invited) = check(&pairs, &offer, &mut findings) else {
        return page(&app, &req, offer, Form::new(pairs.into_vec(), findings), token).unprocessable();
    };
    let notice = Notice::ok(format!("Invitation sent to {}", invited.email));
    match invite(&app, admin, invited, token.clone()).await {
        Ok(path) => see_other_with(&app, &path, &notice),
        Err(PeopleError::Store(error)) => Err(error.into()),
        Err(told) => {
            let field = if matches!(told, PeopleError::StaffWithAccount) { "account" } else { "email" };
            findings.error(field, told);
            page(&app, &req, offer, Form::new(pairs.into_vec(), findings), token).unprocessable()
        }
    }
}

struct Invited {
    email: EmailAddress,
    name: String,
    role: Role,
    account: Option<i64>,
    locations: Vec<i64>,
}

fn check(pairs: &Pairs, offer: &Offer, findings: &mut Findings) -> Option<Invited> {
    let email = findings.take("email", EmailAddress::parse(pairs.get("email")));
    let name = fields::name(pairs, findings);
    let role = fields::role(pairs, &Role::ALL, findings);
    let account = match (role, offer.account.as_ref()) {
        (Some(role), _) if role.is_staff() && pairs.trimmed("account").is_empty() => Some(None),
        (Some(role), _) if role.is_staff() => findings.take("account", Err(PeopleError::StaffWithAccount)),
        (_, Ok(account)) => Some(Some(account.id)),
        (_, Err(told)) => findings.take("account", Err(told)),
    };
    let locations = offer.locations.read(role, findings);
    Some(Invited { email: email?, name: name?, role: role?, account: account?, locations: locations? })
}

async fn invite(app: &App, admin: Admin, new: Invited, token: String) -> Result<String, PeopleError> {
    let (house, now) = (app.house.clone(), app.clock.now());
    app.store
        .write(move |conn| {
            submit_tokens::once(conn, &token, now, |conn| {
                let user =
                    NewUser { account_id: new.account, email: new.email.as_str(), name: &new.name, role: new.role };
                let id = invitations::invite(conn, &house, &admin, &user, now)?;
                people::set_locations(conn, &admin, id, &new.locations)?;
                Ok(format!("/admin/users/{id}"))
            })
        })
        .await
}
