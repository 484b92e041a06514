//! Other answers than a signature: what is wrong in the letter, who else should sign it, or why somebody declines.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Path};
use askama::Template;

use super::{path, visit::Visit};
use crate::{
    domain::findings::Findings,
    services::loa::{
        answer::{self, Answer},
        seat::Seat,
    },
    store::StoreError,
    web::{
        error::{WebError, WebResult},
        flash::see_other,
        form::Form,
        frame::Frame,
        page::Page as _,
        pairs::Pairs,
    },
};

/// What the page asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    Correction,
    WrongPerson,
    Decline,
}

impl Asks {
    /// What an address asks: the last part of its path.
    fn of(req: &HttpRequest) -> WebResult<Self> {
        let all = [Self::Correction, Self::WrongPerson, Self::Decline];
        let last = req.path().rsplit('/').next().unwrap_or_default();
        all.into_iter().find(|asks| asks.name() == last).ok_or(WebError::NotFound)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Correction => "correction",
            Self::WrongPerson => "wrong-person",
            Self::Decline => "decline",
        }
    }

    fn heading(self) -> &'static str {
        match self {
            Self::Correction => "Something is wrong in this letter",
            Self::WrongPerson => "I am not the right person",
            Self::Decline => "Decline to sign",
        }
    }

    fn read(self, pairs: &Pairs) -> Result<Answer, Findings> {
        match self {
            Self::Correction => answer::correction(pairs.get("what")),
            Self::Decline => answer::declined(pairs.get("why")),
            Self::WrongPerson => {
                answer::wrong_person(pairs.get("why"), pairs.get("proposed_name"), pairs.get("proposed_email"))
            }
        }
    }
}

#[derive(Template)]
#[template(path = "sign/answer.html")]
struct AnswerPage {
    frame: Frame,
    form: Form,
    asks: Asks,
    path: String,
    requester: String,
}

fn draw(at: &Visit, seat: Seat, asks: Asks, form: Form, status: StatusCode) -> WebResult<HttpResponse> {
    let (frame, path) = (at.frame(form.has_errors()), path(&seat.loa.loa_id));
    AnswerPage { frame, form, asks, path, requester: seat.requester.name }.with_status(status)
}

/// GET `/sign/r/{loa_id}/correction`, `/wrong-person` and `/decline`
pub async fn show(at: Visit, req: HttpRequest, loa_id: Path<String>) -> WebResult<HttpResponse> {
    let asks = Asks::of(&req)?;
    match at.asked(&loa_id).await? {
        Ok(seat) => draw(&at, seat, asks, Form::default(), StatusCode::OK),
        Err(elsewhere) => Ok(elsewhere),
    }
}

/// POST `/sign/r/{loa_id}/correction`, `/wrong-person` and `/decline`
pub async fn save(at: Visit, req: HttpRequest, loa_id: Path<String>, pairs: Pairs) -> WebResult<HttpResponse> {
    let asks = Asks::of(&req)?;
    let seat = match at.asked(&loa_id).await? {
        Ok(seat) => seat,
        Err(elsewhere) => return Ok(elsewhere),
    };
    match asks.read(&pairs) {
        Ok(given) => give(&at, seat, given).await,
        Err(findings) => draw(&at, seat, asks, Form::new(pairs.into_vec(), findings), StatusCode::UNPROCESSABLE_ENTITY),
    }
}

/// Takes an answer and leads to the page of the letter, which tells what became of it.
pub(super) async fn give(at: &Visit, seat: Seat, given: Answer) -> WebResult<HttpResponse> {
    let page = path(&seat.loa.loa_id);
    let (house, client, now) = (at.app.house.clone(), at.client.clone(), at.now);
    let give = move |conn: &mut _| answer::give(conn, &house, &seat, &given, &client, now);
    match at.app.store.write(give).await {
        // Something else became of the letter meanwhile: its page tells what.
        Ok(()) | Err(StoreError::Stale) => {
            at.app.hurry_mail();
            Ok(see_other(&page))
        }
        Err(error) => Err(error.into()),
    }
}
