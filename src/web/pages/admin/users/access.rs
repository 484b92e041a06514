//! Ending a user's access, giving it back, and sending an invitation again.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use crate::{
    domain::{findings::Findings, people::Admin, request_sid::RequestSid, stage::Stage},
    services::{
        invitations,
        people::{self, PeopleError},
    },
    store::{self, StoreError, users::User},
    web::{
        app::App,
        error::WebResult,
        flash::see_other_with,
        form::Form,
        frame::{Frame, Notice},
        page::{self, Page as _},
    },
};

/// So many open requests are listed by name.
const LISTED: i64 = 100;

#[derive(Template)]
#[template(path = "admin/users/deactivation.html")]
struct DeactivationPage {
    frame: Frame,
    form: Form,
    user: User,
    open: Vec<Open>,
    more: bool,
}

/// A request that waits for the user, or is theirs.
struct Open {
    sid: RequestSid,
    name: String,
    status: &'static str,
    /// The desk does not open drafts.
    is_draft: bool,
}

async fn page(app: &App, req: &HttpRequest, id: i64, form: Form) -> Result<DeactivationPage, StoreError> {
    let (user, mut open) = app
        .store
        .read(move |conn| {
            let user = store::users::find_user(conn, id)?;
            let open = store::users::open_work(conn, &user, LISTED + 1)?;
            Ok::<_, StoreError>((user, open))
        })
        .await?;
    let listed = usize::try_from(LISTED).unwrap_or(usize::MAX);
    let more = listed < open.len();
    open.truncate(listed);
    let open = open.into_iter().map(|(sid, name, stage)| Open {
        sid,
        name,
        status: stage.customer_status().label(),
        is_draft: stage == Stage::Draft,
    });
    let mut frame = page::frame(app, req);
    frame.errors = form.has_errors();
    Ok(DeactivationPage { frame, form, user, open: open.collect(), more })
}

/// GET /admin/users/{id}/deactivation
pub async fn confirm(_admin: Admin, app: Data<App>, req: HttpRequest, id: Path<i64>) -> WebResult<HttpResponse> {
    page(&app, &req, *id, Form::default()).await?.ok()
}

/// POST /admin/users/{id}/deactivation
pub async fn deactivate(admin: Admin, app: Data<App>, req: HttpRequest, id: Path<i64>) -> WebResult<HttpResponse> {
    let (id, now) = (*id, app.clock.now());
    match app.store.write(move |conn| people::set_active(conn, &admin, id, false, now)).await {
        Ok(user) => {
            let notice =
                Notice::ok(format!("{} is deactivated", user.name)).with_undo(format!("/admin/users/{id}/activation"));
            see_other_with(&app, &format!("/admin/users/{id}"), &notice)
        }
        Err(PeopleError::Store(error)) => Err(error.into()),
        Err(told) => {
            let mut findings = Findings::default();
            findings.error("deactivate", told);
            page(&app, &req, id, Form::new(Vec::new(), findings)).await?.unprocessable()
        }
    }
}

/// POST /admin/users/{id}/activation
pub async fn activate(admin: Admin, app: Data<App>, id: Path<i64>) -> WebResult<HttpResponse> {
    let (id, now) = (*id, app.clock.now());
    let user = app.store.write(move |conn| people::set_active(conn, &admin, id, true, now)).await?;
    see_other_with(&app, &format!("/admin/users/{id}"), &Notice::ok(format!("{} is active again", user.name)))
}

/// POST /admin/users/{id}/invitation
pub async fn resend(admin: Admin, app: Data<App>, id: Path<i64>) -> WebResult<HttpResponse> {
    let (id, house, now) = (*id, app.house.clone(), app.clock.now());
    let user = app.store.write(move |conn| invitations::resend(conn, &house, &admin, id, now)).await?;
    see_other_with(&app, &format!("/admin/users/{id}"), &Notice::ok(format!("Invitation sent to {}", user.email)))
}
