//! The status of a request for somebody without an account, by a private link out of any mail about it.

pub mod actions;
pub mod cancellation;
pub mod documents;
pub mod new_link;
pub mod show;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};

use self::new_link::NewLinkPage;
use crate::{
    services::manual::Contact,
    store::{StoreError, contact_links::ContactLink},
    vault::Token,
    web::{
        app::App,
        error::WebResult,
        page::{self, Page as _},
    },
};

/// The address of a request's status.
pub fn address(token: &Token) -> String {
    format!("{}{}", ContactLink::Status.path(), token.reveal())
}

/// Whose link it is. `Err` is the page for links that open nothing, the same for all of them.
pub async fn contact(app: &Data<App>, req: &HttpRequest, token: &Token) -> WebResult<Result<Contact, HttpResponse>> {
    let (key, now) = (token.clone(), app.clock.now());
    match app.store.read(move |conn| Contact::of_link(conn, &key, now)).await {
        Ok(contact) => Ok(Ok(contact)),
        Err(StoreError::NotFound) => Ok(Err(no_such_link(app, req)?)),
        Err(error) => Err(error.into()),
    }
}

/// The page for a link that is unknown, was cut off, or has run out.
pub fn no_such_link(app: &App, req: &HttpRequest) -> WebResult<HttpResponse> {
    NewLinkPage::of_dead_link(page::frame(app, req)).with_status(StatusCode::NOT_FOUND)
}
