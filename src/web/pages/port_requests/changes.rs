//! Changing what was sent, until the losing carrier has it: begun here, and taken back here. In a refused request, going on
//! with changes that were not sent before that.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

use super::sid;
use crate::{
    domain::{draft::Step, people::Customer, stage::Stage},
    services::draft::{self, DraftError},
    store,
    web::{
        app::App,
        error::WebResult,
        flash::{see_other, see_other_with},
        frame::Notice,
        wizard,
    },
};

/// POST /port-requests/{sid}/changes
pub async fn begin(customer: Customer, app: Data<App>, sid: Path<String>) -> WebResult<HttpResponse> {
    let sid = sid::of_action(&sid)?;
    let (house, now, wanted) = (app.house.clone(), app.clock.now(), sid.clone());
    let begun = app.store.write(move |conn| {
        draft::begin_change(conn, &house, &customer, &wanted, now)?;
        Ok::<_, DraftError>(store::port_requests::find_visible(conn, &customer, &wanted)?.stage)
    });
    match begun.await {
        Ok(Stage::Rejected) => Ok(see_other(&format!("/port-requests/{sid}/fix"))),
        Ok(_) => Ok(see_other(&wizard::address(&sid, Step::Check))),
        Err(DraftError::Sent(request)) => {
            if request.stage.is_editable() {
                return Ok(see_other(&format!("/port-requests/{sid}/continue")));
            }
            let told = "The details cannot be changed here any more. Write to us if something is wrong.";
            see_other_with(&app, &format!("/port-requests/{sid}"), &Notice::info(told))
        }
        Err(error) => Err(error.into()),
    }
}

/// POST /port-requests/{sid}/changes/removal
pub async fn discard(customer: Customer, app: Data<App>, sid: Path<String>) -> WebResult<HttpResponse> {
    let sid = sid::of_action(&sid)?;
    let (house, now, wanted) = (app.house.clone(), app.clock.now(), sid.clone());
    let discarded = app.store.write(move |conn| draft::discard_change(conn, &house, &customer, &wanted, now)).await?;
    let told = if discarded {
        Notice::ok("Changes discarded. The request is as you sent it.")
    } else {
        Notice::info("Nothing was discarded: the changes had been sent or discarded before. This is what we have.")
    };
    see_other_with(&app, &format!("/port-requests/{sid}"), &told)
}
