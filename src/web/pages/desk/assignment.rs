//! Taking a request, and giving it back.

use actix_web::{HttpResponse, web::Path};

use super::{
    case::{After, Case, Decided},
    place::Place,
    port_request,
    visit::Visit,
};
use crate::{
    services::review,
    web::{error::WebResult, pairs::Pairs},
};

/// POST /desk/port-requests/{sid}/assignment
pub async fn save(at: Visit, sid: Path<String>, pairs: Pairs) -> WebResult<HttpResponse> {
    let case = Case::load(&at, &sid, Place::of(&pairs)).await?;
    let to = (pairs.get("do") != "give-back").then_some(at.reviewer.person.id);
    let after = After::Request(if to.is_some() { "You took this request." } else { "Given back." }.to_owned());
    let decided = case
        .decide(&at, &pairs, Ok(to), after, |conn, _, seen, by, to, now| review::assign(conn, seen, by, to, now))
        .await?;
    match decided {
        Decided::Done(response) => Ok(response),
        Decided::Not(case, ..) => port_request::show_conflict(&at, *case).await,
    }
}
