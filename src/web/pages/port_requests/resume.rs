//! Ways into the wizard: where a draft goes on, and where a refused request is corrected.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, Query},
};
use askama::Template;

use super::sid;
use crate::{
    domain::{draft::Step, people::Customer, rejection::RejectionReason, request_sid::RequestSid, stage::Stage},
    services::{
        draft::{self, DraftError, OpenDraft},
        draft_findings,
    },
    web::{
        app::App,
        error::WebResult,
        flash::see_other,
        frame::Frame,
        page::{self, Page as _},
        wizard::{self, Wanted},
    },
};

#[derive(Template)]
#[template(path = "port_requests/nothing_to_fix.html")]
struct NothingToFix {
    frame: Frame,
    sid: String,
}

/// GET /port-requests/{sid}/continue
pub async fn go_on(customer: Customer, app: Data<App>, sid: Path<String>) -> WebResult<HttpResponse> {
    let sid = sid::of_action(&sid)?;
    let (house, wanted, now) = (app.house.clone(), sid.clone(), app.clock.now());
    let found = app
        .store
        .read(move |conn| {
            let open = draft::open(conn, &house, &customer, &wanted)?;
            let unfinished = draft_findings::unfinished(conn, &house, &customer, &open, now)?;
            let first = unfinished.first().map_or(Step::Check, |(step, _)| *step);
            Ok::<_, DraftError>((open.request.stage, first))
        })
        .await;
    Ok(match found {
        Ok((Stage::Rejected, _)) => see_other(&format!("/port-requests/{sid}/fix")),
        Ok((_, step)) => see_other(&wizard::address(&sid, step)),
        Err(DraftError::Sent(_)) => see_other(&format!("/port-requests/{sid}/confirmation")),
        Err(error) => return Err(error.into()),
    })
}

/// GET /port-requests/{sid}/fix
pub async fn fix(
    customer: Customer,
    app: Data<App>,
    req: HttpRequest,
    sid: Path<String>,
    wanted: Query<Wanted>,
) -> WebResult<HttpResponse> {
    let sid = sid::of_action(&sid)?;
    let (house, asked) = (app.house.clone(), sid.clone());
    let found = app.store.read(move |conn| draft::open(conn, &house, &customer, &asked)).await;
    match found {
        Ok(open) if open.request.stage == Stage::Rejected => Ok(see_other(&next(&sid, &open, wanted.after()))),
        Ok(_) | Err(DraftError::Sent(_)) => NothingToFix { frame: page::frame(&app, &req), sid: sid.to_string() }.ok(),
        Err(error) => Err(error.into()),
    }
}

/// The first page with something to correct, behind the one that was corrected last; then the page that sends.
fn next(sid: &RequestSid, open: &OpenDraft, after: Option<Step>) -> String {
    let known = open.reasons.iter().filter_map(|reason| RejectionReason::find(&reason.slug));
    let known = known.filter(|reason| reason.is_for_customer());
    let pages = known.filter_map(|reason| Step::from_segment(&reason.step));
    match pages.filter(|page| after < Some(*page)).min() {
        Some(page) => format!("{}?from=fix", wizard::address(sid, page)),
        None => wizard::address(sid, Step::Check),
    }
}
