//! Where the link leads that proves a mailbox: looking changes nothing, a button confirms.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use super::address;
use crate::{
    domain::manual::ManualPage,
    services::manual::{self, Confirmed, Unconfirmed},
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
    waits: Unconfirmed,
    token: String,
}

/// GET /confirm/{token}
pub async fn show(app: Data<App>, req: HttpRequest, typed: Path<String>) -> WebResult<HttpResponse> {
    let (house, token, now) = (app.house.clone(), Token::from_client(&typed), app.clock.now());
    match app.store.read(move |conn| manual::unconfirmed(conn, &house, &token, now)).await {
        Ok(waits) => ConfirmPage { frame: page::frame(&app, &req), waits, token: typed.into_inner() }.ok(),
        Err(StoreError::NotFound) => status::no_such_link(&app, &req),
        Err(error) => Err(error.into()),
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
            let told = "Your email address is confirmed. Something changed since the form was filled in, so it is open again: \
                look at what stands below and send it.";
            see_other_with(&app, &format!("{}?check=1", address(&secret, ManualPage::Check)), &Notice::warn(told))
        }
        Err(StoreError::NotFound) => status::no_such_link(&app, &req),
        Err(error) => Err(error.into()),
    }
}
