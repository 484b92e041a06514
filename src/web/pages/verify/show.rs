//! The verification page, and looking a letter up by what is printed on it.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};

use super::told::{self, Answer};
use crate::{
    domain::{
        findings::Findings,
        loa::{CheckCode, ClientFacts},
        loa_id::LoaId,
        typed_text,
    },
    services::loa::verify,
    store::StoreError,
    web::{app::App, error::WebResult, extract::Client, form::Form, page::retry_after, pairs::Pairs},
};

/// GET /verify
pub async fn show(app: Data<App>, req: HttpRequest) -> WebResult<HttpResponse> {
    told::page(&app, &req, Form::default(), None).answer(StatusCode::OK)
}

/// POST /verify
pub async fn look_up(
    app: Data<App>,
    req: HttpRequest,
    client: Client,
    browser: ClientFacts,
    pairs: Pairs,
) -> WebResult<HttpResponse> {
    let (id, code) = (pairs.get("loa-id").to_owned(), pairs.get("check-code").to_owned());
    let mut findings = Findings::default();
    if typed_text::is_blank(&id) {
        findings.error("loa-id", "Enter the LOA ID that the letter shows");
    }
    if typed_text::is_blank(&code) {
        findings.error("check-code", "Enter the check code that stands beside the LOA ID");
    }
    if !findings.is_empty() {
        let form = Form::new(pairs.into_vec(), findings);
        return told::page(&app, &req, form, None).answer(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let (house, network, now) = (app.house.clone(), client.network(), app.clock.now());
    let found = app.store.write(move |conn| {
        if let Err(minutes) = verify::allowed(conn, &house, verify::LOOK_UPS, &network, now)? {
            return Ok::<_, StoreError>(Err(minutes));
        }
        verify::by_id(conn, &house, LoaId::parse(&id).as_ref(), CheckCode::parse(&code).as_ref()).map(Ok)
    });
    let form = Form::new(pairs.into_vec(), Findings::default());
    match found.await? {
        Err(minutes) => too_many(&app, &req, form, minutes),
        Ok(None) => told::page(&app, &req, form, Some(Answer::unknown())).answer(StatusCode::OK),
        Ok(Some((loa, found))) => {
            told::note(&app, &loa, browser).await;
            told::page(&app, &req, form, Some(Answer::of(&app, &found))).answer(StatusCode::OK)
        }
    }
}

/// Tells when the next try is possible.
pub(super) fn too_many(app: &App, req: &HttpRequest, form: Form, minutes: i64) -> WebResult<HttpResponse> {
    let told = told::page(app, req, form, Some(Answer::too_many(minutes))).answer(StatusCode::TOO_MANY_REQUESTS)?;
    Ok(retry_after(told, minutes * 60))
}
