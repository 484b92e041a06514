//! Documents that come after a request was sent.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, Payload},
};

use super::{address, contact, show};
use crate::{
    domain::{document::Door, draft::FILES_FIELD, findings::Findings},
    services::manual::ManualError,
    store::StoreError,
    vault::Token,
    web::{
        app::App,
        error::{WebError, WebResult},
        extract::Client,
        flash::see_other_with,
        frame::Notice,
        page::Page as _,
        uploads::{self, Owner, ReceiveError},
    },
};

/// POST /status/{token}/documents
pub async fn save(
    app: Data<App>,
    req: HttpRequest,
    typed: Path<String>,
    client: Client,
    payload: Payload,
) -> WebResult<HttpResponse> {
    let token = Token::from_client(&typed);
    let (contact, payload) = match uploads::admitted(contact(&app, &req, &token).await, payload).await? {
        Ok(admitted) => admitted,
        Err(dead) => return Ok(dead),
    };
    let to = uploads::Destination {
        app: &app,
        owner: Owner::Followed { contact: contact.clone(), network: client.network() },
        door: Door::MANUAL,
    };
    let form = match uploads::receive(&to, req.headers(), payload).await {
        Ok(form) => form,
        Err(ReceiveError::Web(WebError::Conflict(_)) | ReceiveError::Manual(ManualError::Store(StoreError::Stale))) => {
            let told = Notice::info("This request takes no documents any more.");
            return see_other_with(&app, &address(&token), &told);
        }
        Err(error) => return Err(error.into()),
    };
    let mut findings = Findings::default();
    for refused in &form.told.refused {
        findings.error(FILES_FIELD, &refused.why);
    }
    if form.told.names.is_empty() {
        findings.error(FILES_FIELD, "Select a document");
    }
    if !findings.is_empty() {
        let page = show::page_of(&app, &req, &token, contact, findings).await?;
        return page.with_status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let told = match form.told.notices.first() {
        Some(notice) => Notice::info(notice),
        None => Notice::ok(format!("Sent: {}", form.told.names.join(", "))),
    };
    see_other_with(&app, &address(&token), &told)
}
