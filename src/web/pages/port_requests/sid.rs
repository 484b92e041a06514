//! The Request SID in an address, as people type it.

use actix_web::{HttpRequest, HttpResponse};

use crate::{
    domain::request_sid::RequestSid,
    web::{
        error::{WebError, WebResult},
        flash::see_other,
    },
};

/// The SID of a page's address, or the way to the same page under the SID as we write it.
pub fn of_page(req: &HttpRequest, typed: &str) -> WebResult<Result<RequestSid, HttpResponse>> {
    let sid = of_action(typed)?;
    if typed == sid.as_str() {
        return Ok(Ok(sid));
    }
    let rest = req.path().splitn(4, '/').nth(3).map(|rest| format!("/{rest}")).unwrap_or_default();
    let query = if req.query_string().is_empty() { String::new() } else { format!("?{}", req.query_string()) };
    Ok(Err(see_other(&format!("/port-requests/{sid}{rest}{query}"))))
}

/// The SID of an address that a form is sent to.
pub fn of_action(typed: &str) -> WebResult<RequestSid> {
    RequestSid::parse(typed).ok_or(WebError::NotFound)
}
