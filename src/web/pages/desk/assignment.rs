//! Taking a request, and giving it back.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::{
    case::{Case, Decided},
    place::Place,
    port_request,
    visit::Visit,
};
use crate::{
    domain::people::Reviewer,
    services::review,
    web::{app::App, error::WebResult, pairs::Pairs},
};

/// POST /desk/port-requests/{sid}/assignment
pub async fn save(
    reviewer: Reviewer,
    app: Data<App>,
    req: HttpRequest,
    sid: Path<String>,
    pairs: Pairs,
) -> WebResult<HttpResponse> {
    let at = Visit::new(reviewer, app, req);
    let case = Case::load(&at, &sid, Place::of(&pairs)).await?;
    let to = (pairs.get("do") != "give-back").then_some(at.reviewer.person.id);
    let decided =
        case.decide(&at, &pairs, Ok(to), |conn, _, seen, by, to, now| review::assign(conn, seen, by, to, now)).await?;
    match decided {
        Decided::Done(case) => {
            case.to_request(&at, if to.is_some() { "You took this request." } else { "Given back." })
        }
        Decided::Not(case, _, _) => {
            let told = case.conflict.unwrap_or_default().replace(" What you typed is below.", "");
            port_request::show_conflict(&at, &sid, case.place, told).await
        }
    }
}
