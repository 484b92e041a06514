//! Stopping a request without an account: the consequence first.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::{address, contact};
use crate::{
    domain::time_zone::TimeZone,
    services::{
        cancel_request::CancelError,
        house::House,
        manual::{self, Contact},
    },
    store::{self, Conn, StoreError, port_requests::PortRequest},
    vault::Token,
    web::{
        app::App,
        error::WebResult,
        flash::see_other_with,
        form::Form,
        frame::Notice,
        page::Page as _,
        pages::port_requests::cancellation::{self, CancellationPage},
        pairs::Pairs,
    },
};

/// GET /status/{token}/cancellation
pub async fn show(app: Data<App>, req: HttpRequest, typed: Path<String>) -> WebResult<HttpResponse> {
    let token = Token::from_client(&typed);
    match contact(&app, &req, &token).await? {
        Ok(contact) => page_of(&app, &req, &token, contact, Form::default()).await?.ok(),
        Err(dead) => Ok(dead),
    }
}

/// POST /status/{token}/cancellation
pub async fn save(app: Data<App>, req: HttpRequest, typed: Path<String>, pairs: Pairs) -> WebResult<HttpResponse> {
    let token = Token::from_client(&typed);
    let who = match contact(&app, &req, &token).await? {
        Ok(contact) => contact,
        Err(dead) => return Ok(dead),
    };
    let reason = cancellation::reason(&pairs);
    let (house, by, now) = (app.house.clone(), who.clone(), app.clock.now());
    match app.store.write(move |conn| manual::cancel(conn, &house, &by, reason, now)).await {
        Ok(()) => {
            app.hurry_mail();
            see_other_with(&app, &address(&token), &Notice::ok("Request canceled."))
        }
        Err(CancelError::Store(error)) if !matches!(error, StoreError::Stale) => Err(error.into()),
        // It went on meanwhile: the page says what can be done now.
        Err(_) => {
            let form = Form::unchecked(pairs.into_vec());
            page_of(&app, &req, &token, who, form).await?.with_status(StatusCode::CONFLICT)
        }
    }
}

async fn page_of(
    app: &Data<App>,
    req: &HttpRequest,
    token: &Token,
    contact: Contact,
    form: Form,
) -> WebResult<CancellationPage> {
    let house = app.house.clone();
    let (request, zone) = app.store.read(move |conn| find(conn, &house, &contact)).await?;
    Ok(CancellationPage::new(app, req, (&request, zone), form).by_link(&request, address(token)))
}

fn find(conn: &mut Conn, house: &House, contact: &Contact) -> Result<(PortRequest, TimeZone), StoreError> {
    let request = store::port_requests::get(conn, contact.port_request_id())?;
    let zone = house.zone(&store::locations::find(conn, request.location_id)?.time_zone);
    Ok((request, zone))
}
