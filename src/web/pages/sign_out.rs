//! Signing out, here or everywhere.

use actix_web::{HttpRequest, HttpResponse, web::Data};

use crate::{
    store,
    vault::Token,
    web::{
        app::App,
        cookies,
        error::{WebError, WebResult},
        extract::SignedIn,
        flash::see_other,
    },
};

/// POST /sign-out
pub async fn one(app: Data<App>, req: HttpRequest) -> WebResult<HttpResponse> {
    if let Some(cookie) = cookies::read(&app, &req, cookies::SESSION) {
        app.store.write(move |conn| store::sessions::end(conn, &Token::from_client(&cookie))).await?;
    }
    leave(&app)
}

/// POST /sign-out/everywhere
pub async fn everywhere(app: Data<App>, who: SignedIn) -> WebResult<HttpResponse> {
    let now = app.clock.now();
    app.store.write(move |conn| store::sessions::end_all(conn, who.person.id, None, now)).await?;
    leave(&app)
}

fn leave(app: &App) -> WebResult<HttpResponse> {
    let mut response = see_other("/sign-in");
    response.add_cookie(&cookies::removal(app, cookies::SESSION)).map_err(WebError::internal)?;
    Ok(response)
}
