//! Where the link leads that proves a mailbox: looking changes nothing, a button confirms.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use super::{address, confirmation::kept_for};
use crate::{
    domain::manual::ManualPage,
    services::manual::{self, Confirmed, SentForm, Standing},
    store::{StoreError, contact_links::ContactLink},
    vault::Token,
    web::{
        app::App,
        error::WebResult,
        flash::{see_other, see_other_with},
        frame::{Frame, Notice},
        page::{self, Page as _},
        pages::status,
    },
};

#[derive(Template)]
#[template(path = "manual/confirm.html")]
struct ConfirmPage {
    frame: Frame,
    form: SentForm,
    heading: &'static str,
    button: Option<&'static str>,
    token: String,
}

/// GET /confirm/{token}
pub async fn show(app: Data<App>, req: HttpRequest, typed: Path<String>) -> WebResult<HttpResponse> {
    let (house, token, now) = (app.house.clone(), Token::from_client(&typed), app.clock.now());
    match app.store.read(move |conn| manual::unconfirmed(conn, &house, &token, now)).await {
        Ok(form) => {
            let (heading, button) = words(form.standing);
            ConfirmPage { frame: page::frame(&app, &req), form, heading, button, token: typed.into_inner() }.ok()
        }
        Err(StoreError::NotFound) => status::no_such_link(&app, &req),
        Err(error) => Err(error.into()),
    }
}

fn words(standing: Standing) -> (&'static str, Option<&'static str>) {
    match standing {
        Standing::Open => ("Your port request is open again", Some("Open the form")),
        Standing::Waiting => ("Confirm your port request", Some("Confirm and send the request")),
        Standing::WithDesk => ("Confirm your port request", Some("Confirm my email address")),
        Standing::Confirmed => ("Your port request", Some("Open the status")),
        Standing::Ended => ("This port request was canceled", None),
    }
}

/// POST /confirm/{token}
pub async fn save(app: Data<App>, req: HttpRequest, typed: Path<String>) -> WebResult<HttpResponse> {
    let (house, token, now) = (app.house.clone(), Token::from_client(&typed), app.clock.now());
    match app.store.write(move |conn| manual::confirm(conn, &house, &token, now)).await {
        Ok(Confirmed::Status(link)) => {
            app.hurry_mail();
            Ok(see_other(&format!("{}{}", ContactLink::Status.path(), link.reveal())))
        }
        Ok(Confirmed::Reopened(secret)) => {
            let told = format!(
                "Your email address is confirmed, but something that the form names has changed since. Put right what stands \
                 below and send it within {}.",
                kept_for()
            );
            see_other_with(&app, &format!("{}?check=1", address(&secret, ManualPage::Check)), &Notice::warn(told))
        }
        Ok(Confirmed::Open(secret)) => {
            let told = format!("The form is open in this browser now. Send it within {}.", kept_for());
            see_other_with(&app, &address(&secret, ManualPage::Check), &Notice::info(told))
        }
        Ok(Confirmed::Ended) => Ok(see_other(req.path())),
        Err(StoreError::NotFound) => status::no_such_link(&app, &req),
        Err(error) => Err(error.into()),
    }
}
