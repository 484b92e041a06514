//! What a contact does on the page of the status with one button.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::{address, contact};
use crate::{
    services::manual::{self, ManualError},
    store::{Conn, StoreError},
    vault::Token,
    web::{
        app::App,
        error::WebResult,
        flash::{see_other, see_other_with},
        frame::Notice,
        pages::manual as form,
    },
};

/// POST /status/{token}/confirmation
pub async fn confirm(app: Data<App>, req: HttpRequest, typed: Path<String>) -> WebResult<HttpResponse> {
    let token = Token::from_client(&typed);
    let contact = match contact(&app, &req, &token).await? {
        Ok(contact) => contact,
        Err(dead) => return Ok(dead),
    };
    let (house, now) = (app.house.clone(), app.clock.now());
    if !app.store.write(move |conn| manual::confirm_by_contact(conn, &house, &contact, now)).await? {
        return Ok(see_other(&address(&token)));
    }
    app.hurry_mail();
    see_other_with(&app, &address(&token), &Notice::ok("Your email address is confirmed."))
}

/// POST /status/{token}/correction
pub async fn correct(app: Data<App>, req: HttpRequest, typed: Path<String>) -> WebResult<HttpResponse> {
    let token = Token::from_client(&typed);
    let contact = match contact(&app, &req, &token).await? {
        Ok(contact) => contact,
        Err(dead) => return Ok(dead),
    };
    let (house, now, secret) = (app.house.clone(), app.clock.now(), Token::new());
    let key = secret.clone();
    let begin = move |conn: &mut Conn| {
        manual::begin_correction(conn, &house, &contact, &key, now)?;
        let opened = manual::open(conn, &house, &key)?;
        Ok::<_, ManualError>(manual::first_refused(conn, &house, &opened, now)?)
    };
    match app.store.write(begin).await {
        Ok(page) => Ok(see_other(&form::address_from_check(&secret, page))),
        // It went on meanwhile: the page says where it is.
        Err(ManualError::Store(StoreError::Stale)) => {
            see_other_with(&app, &address(&token), &Notice::info("This request is not waiting for you any more."))
        }
        Err(error) => Err(error.into()),
    }
}
