//! What the pages of other answers than a signature share: taking the answer.

use actix_web::HttpResponse;

use super::{path, visit::Visit};
use crate::{
    services::loa::{
        answer::{self, Answer},
        seat::Seat,
    },
    store::StoreError,
    web::{error::WebResult, flash::see_other},
};

/// Takes an answer and leads to the page of the letter, which tells what became of it.
pub async fn give(at: &Visit, seat: Seat, given: Answer) -> WebResult<HttpResponse> {
    let page = path(&seat.loa.loa_id);
    let (house, client, now) = (at.app.house.clone(), at.client.clone(), at.now);
    let give = move |conn: &mut _| answer::give(conn, &house, &seat, &given, &client, now);
    match at.app.store.write(give).await {
        // Something else became of the letter meanwhile: its page tells what.
        Ok(()) | Err(StoreError::Stale) => {
            at.app.hurry_mail();
            Ok(see_other(&page))
        }
        Err(error) => Err(error.into()),
    }
}
