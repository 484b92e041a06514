//! Accepting an invitation.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use super::{dead_link, home};
use crate::{
    domain::findings::Findings,
    services::links::{self, OpenLink},
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
        pairs::Pairs,
    },
};

#[derive(Template)]
#[template(path = "invitations.html")]
struct InvitationPage {
    frame: Frame,
    form: Form,
    user: User,
    account: Option<String>,
}

async fn open(app: &App, req: &HttpRequest, token: &Token, form: Form) -> Result<InvitationPage, StoreError> {
    let (token, now) = (token.clone(), app.clock.now());
    let open: OpenLink = app.store.read(move |conn| links::open(conn, LinkPurpose::Invitation, &token, now)).await?;
    let user = open.user.ok_or(StoreError::NotFound)?;
    Ok(InvitationPage { frame: page::frame(app, req), form, user, account: open.account.map(|account| account.name) })
}

/// GET /invitations/{token}
pub async fn show(app: Data<App>, req: HttpRequest, token: Path<String>) -> WebResult<HttpResponse> {
    match open(&app, &req, &Token::from_client(&token), Form::default()).await {
        Ok(page) => page.ok(),
        Err(error) => dead_link::answer(&app, &req, error),
    }
}

/// POST /invitations/{token}
pub async fn save(app: Data<App>, req: HttpRequest, token: Path<String>, pairs: Pairs) -> WebResult<HttpResponse> {
    let token = Token::from_client(&token);
    let mut page = match open(&app, &req, &token, Form::default()).await {
        Ok(page) => page,
        Err(error) => return dead_link::answer(&app, &req, error),
    };
    let about = vec![page.user.name.clone(), page.user.email.clone()];
    let mut findings = Findings::default();
    let Some(password) = new_password::checked(&app, &pairs, about, &mut findings).await? else {
        page.form = Form::new(Vec::new(), findings);
        page.frame.errors = true;
        return page.unprocessable();
    };
    let hash = new_password::hash(&app, password).await?;
    let (house, now) = (app.house.clone(), app.clock.now());
    let set = move |conn: &mut _| links::set_password(conn, &house, LinkPurpose::Invitation, &token, &hash, now);
    match app.store.write(set).await.map_err(dead_link::as_missing) {
        Ok((user, session)) => {
            let notice = Notice::ok(format!("Welcome to {}", app.house.brand.name));
            entry::enter(&app, &req, (&user, &session), home::path_of(&user.person()), Some(&notice))
        }
        Err(error) => dead_link::answer(&app, &req, error),
    }
}
