//! What one press does about a letter that waits: send again, give more time, go and sign.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

use super::super::sid;
use crate::{
    domain::{
        loa::{LoaMode, LoaState},
        people::Customer,
        request_sid::RequestSid,
    },
    services::loa::waiting::{self, WaitingError},
    store::loas::Loa,
    web::{
        app::App,
        error::{WebError, WebResult},
        flash::{see_other, see_other_with},
        frame::Notice,
    },
};

/// POST /port-requests/{sid}/loa/again
pub async fn send_again(customer: Customer, app: Data<App>, sid: Path<String>) -> WebResult<HttpResponse> {
    let sid = sid::of_action(&sid)?;
    let (house, now, wanted) = (app.house.clone(), app.clock.now(), sid.clone());
    let sent = app.store.write(move |conn| waiting::send_again(conn, &house, &customer, &wanted, now)).await;
    told(&app, &sid, sent)
}

/// POST /port-requests/{sid}/loa/extension
pub async fn extend(customer: Customer, app: Data<App>, sid: Path<String>) -> WebResult<HttpResponse> {
    let sid = sid::of_action(&sid)?;
    let (house, now, wanted) = (app.house.clone(), app.clock.now(), sid.clone());
    let sent = app.store.write(move |conn| waiting::extend(conn, &house, &customer, &wanted, now)).await;
    told(&app, &sid, sent)
}

/// GET /port-requests/{sid}/loa/signing
pub async fn sign(customer: Customer, app: Data<App>, sid: Path<String>) -> WebResult<HttpResponse> {
    let sid = sid::of_action(&sid)?;
    let (who, wanted) = (customer.clone(), sid.clone());
    let loa = app.store.read(move |conn| waiting::newest(conn, &who, &wanted)).await?.loa;
    let mine = loa.filter(|loa| {
        loa.state == LoaState::Pending && loa.mode == LoaMode::InPerson && loa.requested_by == customer.person.id
    });
    Ok(match mine {
        Some(loa) => see_other(&format!("/sign/r/{}", loa.loa_id)),
        None => see_other(&format!("/port-requests/{sid}/loa")),
    })
}

fn told(app: &App, sid: &RequestSid, sent: Result<Loa, WaitingError>) -> WebResult<HttpResponse> {
    let notice = match sent {
        Ok(loa) => Notice::ok(format!("Sent to {}", loa.signer_name)),
        Err(error) => not_done(error)?,
    };
    see_other_with(app, &format!("/port-requests/{sid}/loa"), &notice)
}

/// Why nothing was done, for the person; faults of ours end the page.
pub fn not_done(error: WaitingError) -> WebResult<Notice> {
    match error {
        WaitingError::Store(error) => Err(error.into()),
        WaitingError::Send(error) => Err(WebError::internal(error)),
        told => Ok(Notice::warn(format!("{told}."))),
    }
}
