//! Reading the letter and signing it.

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use askama::Template;

use super::{changed, kept, path, visit::Visit};
use crate::{
    letter::Sheet,
    services::loa::{
        paper,
        seat::{Phase, Seat},
        sign::{self, SignError, SignForm},
    },
    store::StoreError,
    web::{error::WebResult, flash::see_other, form::Form, frame::Frame, loa_files, page::Page as _, pairs::Pairs},
};

#[derive(Template)]
#[template(path = "sign/letter.html")]
struct LetterPage {
    frame: Frame,
    form: Form,
    path: String,
    /// For whoever signs the letter of their own request: where they do anything else with it.
    own: Option<String>,
    sheet: Sheet,
    requester: String,
    company: String,
    provider: String,
    numbers: String,
    printed_name: String,
    typing_hint: String,
    button: String,
    content_hash: String,
    /// Name and words of each statement to tick.
    statements: Vec<(String, String)>,
}

/// The page with the letter and the form below it.
pub fn draw(at: &Visit, seat: Seat, form: Form, status: StatusCode) -> WebResult<HttpResponse> {
    let statements = sign::statements(&seat).into_iter().enumerate();
    let numbers = super::numbers(seat.facts.numbers.len());
    let page = LetterPage {
        frame: at.frame(form.has_errors()),
        form,
        path: path(&seat.loa.loa_id),
        own: super::own_page(&seat),
        sheet: Sheet::of(&seat.facts),
        company: seat.company().to_owned(),
        statements: statements.map(|(index, text)| (format!("statement_{}", index + 1), text)).collect(),
        typing_hint: format!("Exactly: {}", seat.facts.signer.name),
        button: format!("Sign and authorize the move of {numbers}"),
        numbers,
        requester: seat.requester.name,
        provider: seat.facts.new_provider.name,
        printed_name: seat.facts.signer.name,
        content_hash: seat.loa.content_hash,
    };
    page.with_status(status)
}

/// POST `/sign/r/{loa_id}/signature`
pub async fn save(at: Visit, loa_id: Path<String>, pairs: Pairs) -> WebResult<HttpResponse> {
    let seat = match at.seat(&loa_id).await? {
        Ok(seat) => seat,
        Err(closed) => return Ok(closed),
    };
    let seat = match kept::proved(&at, seat, &pairs).await? {
        Ok(seat) => seat,
        Err(asked) => return Ok(asked),
    };
    let id = seat.loa.loa_id.clone();
    let done = sign::sign(&at.app.loa_tools(), &id, &at.entrance(&id), &form(&pairs), &at.client).await;
    match done {
        Ok(_) => {
            at.app.hurry_mail();
            Ok(see_other(&path(&id)))
        }
        Err(SignError::Form(findings)) => {
            draw(&at, seat, Form::new(pairs.into_vec(), findings), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(SignError::Changed | SignError::Store(StoreError::NotFound)) => changed::answer(&at, id.as_str()).await,
        Err(SignError::Paper(error)) => Err(error.into()),
        Err(SignError::Store(error)) => Err(error.into()),
    }
}

fn form(pairs: &Pairs) -> SignForm {
    SignForm {
        content_hash: pairs.get("content_hash").to_owned(),
        ticks: ["statement_1", "statement_2", "statement_3"].map(|name| pairs.get(name) == "yes"),
        draws: pairs.get("method") == "draw",
        typed_name: pairs.get("typed_name").to_owned(),
        strokes: pairs.get("strokes").to_owned(),
    }
}

/// GET `/sign/r/{loa_id}/letter.pdf`
pub async fn pdf(at: Visit, loa_id: Path<String>) -> WebResult<HttpResponse> {
    let seat = match at.seat(&loa_id).await? {
        Ok(seat) => seat,
        Err(closed) => return Ok(closed),
    };
    if !seat.is_known() || matches!(seat.phase(at.now), Phase::Ended(_)) {
        return Ok(see_other(&path(&seat.loa.loa_id)));
    }
    let file = paper::unsigned(&at.app.loa_tools(), &seat.loa).await?;
    loa_files::attachment(&at.app, &seat.loa, &file).await
}
