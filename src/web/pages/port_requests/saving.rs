//! How the pages of the wizard without files are saved; which one it is stands in the address.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::sid;
use crate::{
    domain::{draft::Step, people::Customer},
    web::{
        app::App,
        error::{WebError, WebResult},
        extract::Client,
        pairs::Pairs,
        wizard,
    },
};

/// POST /port-requests/{sid}/terms, numbers and contact
pub async fn save(
    customer: Customer,
    app: Data<App>,
    req: HttpRequest,
    sid: Path<String>,
    client: Client,
    pairs: Pairs,
) -> WebResult<HttpResponse> {
    let segment = req.path().rsplit('/').next().and_then(Step::from_segment);
    let page = segment.ok_or(WebError::NotFound)?;
    wizard::save(&app, &req, customer, sid::of_action(&sid)?, page, client, pairs).await
}
