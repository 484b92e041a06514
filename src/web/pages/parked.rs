//! A form that arrived signed out, ready to be sent on by the same person.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use super::home;
use crate::{
    store::{self, StoreError},
    vault::Token,
    web::{
        app::App,
        cookies,
        error::WebResult,
        extract::SignedIn,
        flash::{see_other, see_other_with},
        frame::{Frame, Notice},
        page::{self, Page as _},
        parked,
    },
};

#[derive(Template)]
#[template(path = "parked.html")]
struct ParkedPage {
    frame: Frame,
    action: &'static str,
}

/// GET /parked
pub async fn show(app: Data<App>, req: HttpRequest, who: SignedIn) -> WebResult<HttpResponse> {
    let Some(token) = cookies::read(&app, &req, cookies::PARKED) else {
        return Ok(see_other(home::path_of(&who.person)));
    };
    let now = app.clock.now();
    let found = app.store.read(move |conn| store::parked_posts::find(conn, &Token::from_client(&token), now)).await;
    match found {
        Ok(post) if post.user_id == Some(who.person.id) => {}
        Ok(_) | Err(StoreError::NotFound) => return Ok(see_other(home::path_of(&who.person))),
        Err(error) => return Err(error.into()),
    }
    ParkedPage { frame: page::frame(&app, &req), action: parked::PATH }.ok()
}

/// POST /parked, when no form waits: one that does is put in its place before this is reached.
pub async fn save(app: Data<App>, who: SignedIn) -> WebResult<HttpResponse> {
    let told = Notice::info("There is nothing left to send. It was sent already, or it waited longer than an hour");
    see_other_with(&app, home::path_of(&who.person), &told)
}
