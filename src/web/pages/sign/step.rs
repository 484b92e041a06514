//! The one address of a letter, which shows what its signer has to do next.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Path, Query},
};
use serde::Deserialize;

use super::{code, consent, done, ended, letter, visit::Visit};
use crate::{
    domain::loa::LoaState,
    services::loa::seat::{self, Phase, Seat},
    web::{error::WebResult, form::Form},
};

/// Whether a code was just asked for.
#[derive(Deserialize)]
pub struct Asked {
    code: Option<String>,
}

/// GET `/sign/r/{loa_id}`
pub async fn show(at: Visit, loa_id: Path<String>, asked: Query<Asked>) -> WebResult<HttpResponse> {
    let seat = match at.seat(&loa_id).await? {
        Ok(seat) => seat,
        Err(closed) => return Ok(closed),
    };
    let (looked, now) = (seat.clone(), at.now);
    if at.app.store.read(move |conn| seat::is_new_view(conn, &looked, now)).await? {
        let (seen, client) = (seat.clone(), at.client.clone());
        at.app.store.write(move |conn| seat::note_view(conn, &seen, &client, now)).await?;
    }
    draw(&at, seat, asked.code.is_some()).await
}

/// The page of what comes next.
pub async fn draw(at: &Visit, seat: Seat, is_asked: bool) -> WebResult<HttpResponse> {
    match seat.phase(at.now) {
        Phase::Code => code::draw(at, seat, is_asked, Form::default(), StatusCode::OK).await,
        Phase::Consent => consent::draw(at, seat, Form::default(), StatusCode::OK).await,
        Phase::Letter => letter::draw(at, seat, Form::default(), StatusCode::OK),
        // Only the signer gets the copies, and a link alone is not the signer.
        Phase::Ended(LoaState::Signed | LoaState::Sealed) if !seat.is_known() => {
            code::draw(at, seat, is_asked, Form::default(), StatusCode::OK).await
        }
        Phase::Ended(LoaState::Signed | LoaState::Sealed) => done::draw(at, seat).await,
        Phase::Ended(_) => ended::answer(at, &seat, StatusCode::OK),
    }
}
