//! How every page of the manual form begins.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use chrono::NaiveDateTime;

use super::{sent_address, start};
use crate::{
    domain::{findings::Findings, manual::ManualPage},
    services::manual::{self, ManualError, Opened},
    vault::Token,
    web::{app::App, error::WebResult, flash::see_other, frame::Frame, page, wizard::Wanted},
};

/// A draft as a page shows it.
pub struct Shown {
    pub secret: Token,
    pub opened: Opened,
    pub now: NaiveDateTime,
    /// What the check finds, where the address asks for it.
    pub findings: Findings,
    pub frame: Frame,
}

/// Opens the draft of an address. A form that was sent leads to where it is.
pub async fn open(
    app: &Data<App>,
    req: &HttpRequest,
    typed: &Path<String>,
    page: ManualPage,
    wanted: &Wanted,
) -> WebResult<Result<Shown, HttpResponse>> {
    let secret = start::secret(typed)?;
    let (house, now, key, checks) = (app.house.clone(), app.clock.now(), secret.clone(), wanted.checks());
    let found = app.store.read(move |conn| {
        let opened = manual::open(conn, &house, &key)?;
        let findings = match page {
            ManualPage::Check => Findings::default(),
            _ if !checks => manual::refused_before(conn, &house, &opened, page, now)?,
            _ => manual::of_page(conn, &house, &opened, page, now)?,
        };
        Ok::<_, ManualError>((opened, findings))
    });
    let (opened, findings) = match found.await {
        Err(ManualError::Sent(_)) => return Ok(Err(see_other(&sent_address(&secret)))),
        found => found?,
    };
    let mut frame = page::frame(app, req);
    frame.errors = !findings.is_empty();
    Ok(Ok(Shown { secret, opened, now, findings, frame }))
}
