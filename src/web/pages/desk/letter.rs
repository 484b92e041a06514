//! One e-mail as it was written, and sending it again.

use actix_web::{HttpResponse, web::Path};
use askama::Template;

use super::{
    mail::{self, LetterRow},
    visit::Visit,
    words,
};
use crate::{
    services::resend_mail::{self, ResendError},
    store::{self, Conn, StoreError},
    web::{error::WebResult, flash::see_other_with, frame::Frame, frame::Notice, page::Page as _},
};

#[derive(Template)]
#[template(path = "desk/letter.html")]
struct LetterPage {
    frame: Frame,
    letter: LetterRow,
    paragraphs: Vec<Vec<String>>,
    /// The request that it is about.
    sid: Option<String>,
    folder: Option<String>,
}

/// GET /desk/mail/{id}
pub async fn show(at: Visit, id: Path<i64>) -> WebResult<HttpResponse> {
    let id = id.into_inner();
    let look = move |conn: &mut Conn| {
        let letter = store::outbox::find(conn, id)?;
        let request = letter.port_request_id.map(|id| store::port_requests::get(conn, id)).transpose()?;
        Ok::<_, StoreError>((letter, request))
    };
    let (letter, request) = at.app.store.read(look).await?;
    LetterPage {
        frame: at.frame(false),
        letter: mail::row(&at, &letter),
        paragraphs: words::paragraphs(&letter.body_text),
        sid: request.map(|request| request.sid.to_string()),
        folder: mail::folder(&at),
    }
    .ok()
}

/// POST /desk/mail/{id}/resending
pub async fn send_again(at: Visit, id: Path<i64>) -> WebResult<HttpResponse> {
    let (id, by, now) = (id.into_inner(), at.reviewer.clone(), at.now);
    let notice = match at.app.store.write(move |conn| resend_mail::send_again(conn, &by, id, now)).await {
        Ok(()) => Notice::ok("It is in the queue again and goes out in a moment."),
        Err(ResendError::Store(error)) => return Err(error.into()),
        Err(told) => Notice::info(told.to_string()),
    };
    see_other_with(&at.app, &format!("/desk/mail/{id}"), &notice)
}
