//! Letting managers send requests for a location, their invitations, and ending it.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::show;
use crate::{
    domain::{
        contact::{EmailAddress, NameOf, parse_name},
        findings::Findings,
        people::Customer,
    },
    services::{
        invitations::{self, Invited},
        locations,
        people::PeopleError,
    },
    store::locations::Location,
    web::{
        app::App,
        error::{WebError, WebResult},
        flash::see_other_with,
        form::Form,
        frame::Notice,
        page::Page as _,
        pairs::Pairs,
    },
};

/// `POST /locations/{location_id}/managers`
pub async fn invite(
    customer: Customer,
    app: Data<App>,
    req: HttpRequest,
    id: Path<String>,
    pairs: Pairs,
) -> WebResult<HttpResponse> {
    let found = show::find(&app, &customer, &id).await?;
    refuse_manager(&customer)?;
    let mut findings = Findings::default();
    let name = findings.take("name", parse_name(NameOf::User, pairs.get("name")));
    let email = findings.take("email", EmailAddress::parse(pairs.get("email")));
    if let (Some(name), Some(email)) = (name, email) {
        match let_in(&app, &customer, &found.location, name, email).await {
            Ok(notice) => return see_other_with(&app, &address(&found.location), &notice),
            Err(PeopleError::Store(error)) => return Err(error.into()),
            Err(told) => findings.error("email", told),
        }
    }
    show::page(&app, &req, &customer, found, Form::new(pairs.into_vec(), findings)).unprocessable()
}

async fn let_in(
    app: &App,
    owner: &Customer,
    location: &Location,
    name: String,
    email: EmailAddress,
) -> Result<Notice, PeopleError> {
    let (house, now, owner, place) = (app.house.clone(), app.clock.now(), owner.clone(), location.clone());
    let to = email.clone();
    let invite =
        move |conn: &mut _| invitations::invite_manager(conn, &house, &owner, &place, email.as_str(), &name, now);
    Ok(Notice::ok(match app.store.write(invite).await? {
        Invited::Sent => format!("Invitation sent to {to}."),
        Invited::Again(user) => {
            format!("{} can send requests for {} after accepting the first invitation.", user.name, location.name)
        }
        Invited::LetIn(user) => format!("{} can now send requests for {}.", user.name, location.name),
    }))
}

/// `POST /locations/{location_id}/managers/{user_id}/invitation`
pub async fn resend(customer: Customer, app: Data<App>, path: Path<(String, i64)>) -> WebResult<HttpResponse> {
    let (id, user) = path.into_inner();
    let to = address(&show::find(&app, &customer, &id).await?.location);
    let (house, now) = (app.house.clone(), app.clock.now());
    let resend = move |conn: &mut _| invitations::resend_own(conn, &house, &customer, user, now);
    let user = app.store.write(resend).await?;
    see_other_with(&app, &to, &Notice::ok(format!("Invitation sent to {} again.", user.email)))
}

/// `POST /locations/{location_id}/managers/{user_id}/withdrawal`
pub async fn withdraw(customer: Customer, app: Data<App>, path: Path<(String, i64)>) -> WebResult<HttpResponse> {
    let (id, user) = path.into_inner();
    let to = address(&show::find(&app, &customer, &id).await?.location);
    let user = app.store.write(move |conn| invitations::withdraw(conn, &customer, user)).await?;
    let told = format!("The invitation of {} is withdrawn. The link in it does not open any more.", user.name);
    see_other_with(&app, &to, &Notice::ok(told))
}

/// `POST /locations/{location_id}/managers/{user_id}/removal`
pub async fn remove(customer: Customer, app: Data<App>, path: Path<(String, i64)>) -> WebResult<HttpResponse> {
    let (id, user) = path.into_inner();
    let location = show::find(&app, &customer, &id).await?.location;
    let to = address(&location);
    let undo = format!("{to}/managers/{user}/restoration");
    let name = location.name.clone();
    let manager = app.store.write(move |conn| locations::end_membership(conn, &customer, &location, user)).await?;
    let notice = Notice::ok(format!("{} cannot send requests for {name} any more.", manager.name)).with_undo(undo);
    see_other_with(&app, &to, &notice)
}

/// `POST /locations/{location_id}/managers/{user_id}/restoration`
pub async fn restore(customer: Customer, app: Data<App>, path: Path<(String, i64)>) -> WebResult<HttpResponse> {
    let (id, user) = path.into_inner();
    let location = show::find(&app, &customer, &id).await?.location;
    let (to, name) = (address(&location), location.name.clone());
    let manager = app.store.write(move |conn| locations::renew_membership(conn, &customer, &location, user)).await?;
    see_other_with(&app, &to, &Notice::ok(format!("{} can send requests for {name} again.", manager.name)))
}

fn address(location: &Location) -> String {
    format!("/locations/{}", location.location_id)
}

fn refuse_manager(customer: &Customer) -> WebResult<()> {
    if customer.is_owner() { Ok(()) } else { Err(WebError::NotFound) }
}
