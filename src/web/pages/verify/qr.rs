//! Where the QR code of a letter leads.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::{
    show,
    told::{self, Answer},
};
use crate::{
    domain::loa::ClientFacts,
    services::loa::verify,
    store::StoreError,
    web::{app::App, error::WebResult, extract::Client, form::Form},
};

/// GET /verify/{secret}
pub async fn show(
    app: Data<App>,
    req: HttpRequest,
    client: Client,
    browser: ClientFacts,
    secret: Path<String>,
) -> WebResult<HttpResponse> {
    let (house, network, now) = (app.house.clone(), client.network(), app.clock.now());
    let found = app.store.write(move |conn| {
        if let Err(minutes) = verify::allowed(conn, &house, verify::LOOK_UPS, &network, now)? {
            return Ok::<_, StoreError>(Err(minutes));
        }
        verify::by_qr(conn, &house, &secret).map(Ok)
    });
    match found.await? {
        Err(minutes) => show::too_many(&app, &req, Form::default(), minutes),
        Ok(None) => told::page(&app, &req, Form::default(), Some(Answer::unknown())).answer(StatusCode::NOT_FOUND),
        Ok(Some((loa, found))) => {
            // Scanners of mail and chat follow links too: a look by GET is evidence of nothing but a look.
            told::note(&app, &loa, browser).await;
            told::page(&app, &req, Form::default(), Some(Answer::of(&app, &found))).answer(StatusCode::OK)
        }
    }
}
