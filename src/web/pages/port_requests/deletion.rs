//! Deleting a draft, and bringing it back.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use super::sid;
use crate::{
    domain::{people::Customer, stage::Stage},
    services::delete_draft,
    store,
    web::{
        app::App,
        error::WebResult,
        flash::{see_other, see_other_with},
        frame::{Frame, Notice},
        now::{self, Clocks},
        page::{self, Page as _},
    },
};

#[derive(Template)]
#[template(path = "port_requests/deletion.html")]
struct DeletionPage {
    frame: Frame,
    name: String,
    about: String,
    href: String,
}

/// GET /port-requests/{sid}/deletion
pub async fn show(
    customer: Customer,
    app: Data<App>,
    req: HttpRequest,
    typed: Path<String>,
) -> WebResult<HttpResponse> {
    let sid = match sid::of_page(&req, &typed)? {
        Ok(sid) => sid,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let href = format!("/port-requests/{sid}");
    let reader = customer.clone();
    let (request, location) = app
        .store
        .read(move |conn| {
            let request = store::port_requests::find_visible(conn, &reader, &sid)?;
            let location = store::locations::find(conn, request.location_id)?;
            Ok::<_, store::StoreError>((request, location))
        })
        .await?;
    if request.stage != Stage::Draft {
        return Ok(see_other(&href));
    }
    let started = Clocks::of(&app.house, &location.time_zone, &customer.person).day(request.created_at);
    let about = format!("{}, started {started}", now::numbers(request.number_count));
    DeletionPage { frame: page::frame(&app, &req), name: now::title_of(&request), about, href }.ok()
}

/// POST /port-requests/{sid}/deletion
pub async fn save(customer: Customer, app: Data<App>, typed: Path<String>) -> WebResult<HttpResponse> {
    let (sid, now) = (sid::of_action(&typed)?, app.clock.now());
    let notice = Notice::ok("Draft deleted.").with_undo(format!("/port-requests/{sid}/restoration"));
    app.store.write(move |conn| delete_draft::delete(conn, &customer, &sid, now)).await?;
    see_other_with(&app, "/port-requests", &notice)
}

/// POST /port-requests/{sid}/restoration
pub async fn undo(customer: Customer, app: Data<App>, typed: Path<String>) -> WebResult<HttpResponse> {
    let (sid, now) = (sid::of_action(&typed)?, app.clock.now());
    let href = format!("/port-requests/{sid}");
    app.store.write(move |conn| delete_draft::restore(conn, &customer, &sid, now)).await?;
    see_other_with(&app, &href, &Notice::ok("The draft is back."))
}
