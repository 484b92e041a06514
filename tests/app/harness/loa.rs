//! A letter of authorization that is signed, for tests that begin after that.
//!
//! Signing by the real services prints and seals two PDFs, which is slow in debug builds and has tests of its own: here the
//! letter is marked as one that was signed on paper today and that the desk has looked at, the request goes on to the desk, and its history says so.

use portdesk::{
    domain::{loa::LoaState, moves::Mover, request_sid::RequestSid, stage::Stage},
    store::{
        self, StoreError,
        history::{Actor, NewEvent},
        loas::{Loa, Signing},
        port_requests::Changes,
    },
};

use super::{desk::Desk, seed};

/// Signs the letter that a request waits for; a request that waits for none is left as it is.
#[track_caller]
pub fn sign(desk: &Desk, sid: &RequestSid) {
    let request = seed::request(desk, sid);
    if request.stage != Stage::AwaitingSignature {
        return;
    }
    let (vault, now) = (&desk.app.house.vault, desk.now());
    let to = request.stage.move_to(Stage::InReview, Mover::Signer).expect("a signed request goes to the desk");
    desk.write(|conn| {
        let loa = store::loas::newest(conn, request.id)?.ok_or(StoreError::NotFound)?;
        let location = store::locations::find(conn, request.location_id)?;
        let on = desk.app.house.zone(&location.time_zone).date(now);
        let signing = Signing { to: LoaState::Uploaded, at: now, on, signature: None };
        store::loas::note_signed(conn, vault, &loa, signing)?;
        // The desk has looked at the day that stands on it.
        let loa = store::loas::get(conn, loa.id)?;
        store::loas::note_compared(conn, &loa, on, now)?;
        store::port_requests::set_stage(conn, &request, to, &Changes::default(), now)?;
        let event = NewEvent {
            account_id: request.account_id,
            port_request_id: request.id,
            actor: &Actor::signer(&loa.signer_name),
            event: "signed",
            from_stage: Some(request.stage),
            to_stage: Some(to),
            note: "",
            visible: true,
        };
        store::history::add(conn, &event, now)
    });
}

/// The newest letter of a request.
#[track_caller]
pub fn newest(desk: &Desk, sid: &RequestSid) -> Loa {
    let request = seed::request(desk, sid).id;
    desk.read(|conn| store::loas::newest(conn, request)).expect("the request has a letter")
}
