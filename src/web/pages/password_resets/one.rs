//! Choosing a new password behind a mailed link.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use crate::{
    domain::findings::Findings,
    services::links,
    store::{StoreError, links::LinkPurpose, users::User},
    vault::Token,
    web::{
        app::App,
        entry,
        error::WebResult,
        form::Form,
        frame::{Frame, Notice},
        new_password,
        page::{self, Page as _},
        pages::{dead_link, home},
        pairs::Pairs,
    },
};

#[derive(Template)]
#[template(path = "password_resets/one.html")]
struct ResetPage {
    frame: Frame,
    form: Form,
    email: String,
}

async fn open(app: &App, token: &Token) -> Result<User, StoreError> {
    let (token, now) = (token.clone(), app.clock.now());
    let open = app.store.read(move |conn| links::open(conn, LinkPurpose::PasswordReset, &token, now)).await?;
    open.user.ok_or(StoreError::NotFound)
}

/// GET /password-resets/{token}
pub async fn show(app: Data<App>, req: HttpRequest, token: Path<String>) -> WebResult<HttpResponse> {
    match open(&app, &Token::from_client(&token)).await {
        Ok(user) => ResetPage { frame: page::frame(&app, &req), form: Form::default(), email: user.email }.ok(),
        Err(error) => dead_link::answer(&app, &req, error),
    }
}

/// POST /password-resets/{token}
pub async fn save(app: Data<App>, req: HttpRequest, token: Path<String>, pairs: Pairs) -> WebResult<HttpResponse> {
    let token = Token::from_client(&token);
    let user = match open(&app, &token).await {
        Ok(user) => user,
        Err(error) => return dead_link::answer(&app, &req, error),
    };
    let mut findings = Findings::default();
    let Some(password) =
        new_password::checked(&app, &pairs, vec![user.name, user.email.clone()], &mut findings).await?
    else {
        let mut frame = page::frame(&app, &req);
        frame.errors = true;
        return ResetPage { frame, form: Form::new(Vec::new(), findings), email: user.email }.unprocessable();
    };
    let hash = new_password::hash(&app, password).await?;
    let (house, now) = (app.house.clone(), app.clock.now());
    let set = move |conn: &mut _| links::set_password(conn, &house, LinkPurpose::PasswordReset, &token, &hash, now);
    match app.store.write(set).await.map_err(dead_link::as_missing) {
        Ok((user, session)) => {
            let notice = Notice::ok("Your password is changed");
            entry::enter(&app, &req, (&user, &session), home::path_of(&user.person()), Some(&notice))
        }
        Err(error) => dead_link::answer(&app, &req, error),
    }
}
