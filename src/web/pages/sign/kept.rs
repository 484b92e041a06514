//! A signature that arrives from a browser that was left alone for long: a new code is asked for, and everything that was
//! ticked, typed and drawn waits on that page.

use actix_web::{HttpResponse, http::StatusCode};

use super::{
    code::{self, CodePage},
    visit::Visit,
};
use crate::{
    services::loa::{
        codes::{self, CodeError},
        seat::{Phase, Seat},
    },
    web::{error::WebResult, form::Form, page::Page as _, pairs::Pairs},
};

/// What waits: the fields of the letter's form.
const FIELDS: [&str; 7] =
    ["content_hash", "statement_1", "statement_2", "statement_3", "method", "typed_name", "strokes"];

/// Lets a signer through whose mailbox is proved, or whose form brings the code that was asked for. Everybody else gets the
/// page that asks for it, with the form.
pub async fn proved(at: &Visit, seat: Seat, pairs: &Pairs) -> WebResult<Result<Seat, HttpResponse>> {
    let is_form_of_letter = pairs.get("content_hash") == seat.loa.content_hash;
    if seat.phase(at.now) != Phase::Code || !is_form_of_letter {
        return Ok(Ok(seat));
    }
    let typed = pairs.get("code");
    if typed.is_empty() || pairs.get("do") == "another" {
        let asked = match code::ask(at, &seat).await? {
            // One is on its way: the form was sent twice.
            Err(CodeError::TooSoon) if pairs.get("do") != "another" => Ok(()),
            asked => asked,
        };
        return page(at, &seat, pairs, asked).map(Err);
    }
    let (house, entering, typed) = (at.app.house.clone(), seat.clone(), typed.to_owned());
    let (client, now) = (at.client.clone(), at.now);
    let entered = at.app.store.write(move |conn| codes::enter(conn, &house, &entering, &typed, &client, now)).await?;
    match entered {
        Ok(()) => at.seat(seat.loa.loa_id.as_str()).await,
        error => page(at, &seat, pairs, error).map(Err),
    }
}

fn page(at: &Visit, seat: &Seat, pairs: &Pairs, done: Result<(), CodeError>) -> WebResult<HttpResponse> {
    let (form, status) = match done {
        Ok(()) => (Form::default(), StatusCode::OK),
        Err(error) => code::refusal(error, pairs.as_slice().to_vec())?,
    };
    let kept = FIELDS.iter().map(|name| ((*name).to_owned(), pairs.get(name).to_owned()));
    let mut page = CodePage::new(at, seat, form, true);
    page.kept = kept.filter(|(_, value)| !value.is_empty()).collect();
    page.with_status(status)
}
