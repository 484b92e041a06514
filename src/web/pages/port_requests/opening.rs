//! How every page of the wizard begins: the draft that the address names, and the frame around it.

use actix_web::{HttpRequest, HttpResponse, web::Data};

use super::sid;
use crate::{
    domain::{draft::Step, people::Customer},
    web::{
        app::App,
        error::WebResult,
        frame::Frame,
        page,
        wizard::{self, Opened, Wanted},
    },
};

/// Opens the draft that an address names. `Err` is the answer instead of the page: the address in its usual form, or
/// where a request that was sent is now.
pub async fn open(
    app: &Data<App>,
    req: &HttpRequest,
    customer: Customer,
    typed: &str,
    step: Step,
    wanted: &Wanted,
) -> WebResult<Result<(Opened, Frame), HttpResponse>> {
    let sid = match sid::of_page(req, typed)? {
        Ok(sid) => sid,
        Err(elsewhere) => return Ok(Err(elsewhere)),
    };
    let opened = match wizard::open(app, req, customer, &sid, step, wanted).await? {
        Ok(opened) => opened,
        Err(sent) => return Ok(Err(sent)),
    };
    let mut frame = page::frame(app, req);
    frame.place = Some(opened.open.location.name.clone());
    frame.errors = !opened.findings.is_empty();
    Ok(Ok((opened, frame)))
}
