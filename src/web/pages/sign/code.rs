//! Proving the mailbox: a code goes to the address on file, and comes back.

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use askama::Template;

use super::{path, visit::Visit};
use crate::{
    domain::{contact::EmailAddress, findings::Findings, loa::LoaState},
    services::loa::{
        codes::{self, CodeError},
        seat::{Seat, Signatory},
    },
    store,
    web::{
        error::{WebError, WebResult},
        flash::see_other,
        form::Form,
        frame::Frame,
        page::Page as _,
        pairs::Pairs,
    },
};

#[derive(Template)]
#[template(path = "sign/code.html")]
pub struct CodePage {
    frame: Frame,
    form: Form,
    path: String,
    /// Where the code goes, masked.
    to: String,
    /// Whether the field is there.
    sent: bool,
    is_signed: bool,
    /// A signature that waits for the code, as its form sent it.
    pub kept: Vec<(String, String)>,
}

impl CodePage {
    /// The page, with the field once a code is on its way.
    pub fn new(at: &Visit, seat: &Seat, form: Form, is_sent: bool) -> Self {
        Self {
            frame: at.frame(form.has_errors()),
            sent: is_sent || form.has_errors(),
            form,
            path: path(&seat.loa.loa_id),
            to: EmailAddress::parse(&seat.loa.signer_email).map(|address| address.masked()).unwrap_or_default(),
            is_signed: seat.loa.state != LoaState::Pending,
            kept: Vec::new(),
        }
    }
}

/// The page, with the field once a code is on its way.
pub async fn draw(at: &Visit, seat: Seat, is_asked: bool, form: Form, status: StatusCode) -> WebResult<HttpResponse> {
    let was_sent = match &seat.who {
        Signatory::Mailbox(session) => {
            let session = session.id;
            at.app.store.read(move |conn| store::loa_codes::last_sent(conn, session)).await?.is_some()
        }
        Signatory::SignedIn(_) => false,
    };
    CodePage::new(at, &seat, form, is_asked || was_sent).with_status(status)
}

/// The letter that asks this browser for a code; every other one is led to its page.
async fn asking(at: &Visit, loa_id: &str) -> WebResult<Result<Seat, HttpResponse>> {
    let seat = match at.seat(loa_id).await? {
        Ok(seat) => seat,
        Err(closed) => return Ok(Err(closed)),
    };
    let may_be_read = matches!(seat.loa.state, LoaState::Pending | LoaState::Signed | LoaState::Sealed);
    Ok(if !seat.is_known() && may_be_read { Ok(seat) } else { Err(see_other(&path(&seat.loa.loa_id))) })
}

/// POST `/sign/r/{loa_id}/code`
pub async fn send(at: Visit, loa_id: Path<String>) -> WebResult<HttpResponse> {
    let seat = match asking(&at, &loa_id).await? {
        Ok(seat) => seat,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let page = path(&seat.loa.loa_id);
    match ask(&at, &seat).await? {
        Ok(()) => Ok(see_other(&format!("{page}?code=sent"))),
        Err(error) => refuse(&at, seat, error, Vec::new()).await,
    }
}

/// Puts a code into the mail for this browser.
pub async fn ask(at: &Visit, seat: &Seat) -> WebResult<Result<(), CodeError>> {
    let (house, asking, network, now) = (at.app.house.clone(), seat.clone(), at.network.clone(), at.now);
    match at.app.store.write(move |conn| codes::ask(conn, &house, &asking, &network, now)).await {
        Ok(()) => {
            at.app.hurry_mail();
            Ok(Ok(()))
        }
        Err(CodeError::Store(error)) => Err(error.into()),
        Err(error) => Ok(Err(error)),
    }
}

/// POST `/sign/r/{loa_id}/verification`
pub async fn verify(at: Visit, loa_id: Path<String>, pairs: Pairs) -> WebResult<HttpResponse> {
    let seat = match asking(&at, &loa_id).await? {
        Ok(seat) => seat,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let page = path(&seat.loa.loa_id);
    let (house, entering, typed) = (at.app.house.clone(), seat.clone(), pairs.get("code").to_owned());
    let (client, now) = (at.client.clone(), at.now);
    let entered = at.app.store.write(move |conn| codes::enter(conn, &house, &entering, &typed, &client, now)).await?;
    match entered {
        Ok(()) => Ok(see_other(&page)),
        Err(error) => refuse(&at, seat, error, pairs.into_vec()).await,
    }
}

async fn refuse(at: &Visit, seat: Seat, error: CodeError, answers: Vec<(String, String)>) -> WebResult<HttpResponse> {
    let (form, status) = refusal(error, answers)?;
    draw(at, seat, true, form, status).await
}

/// The form that says why there is no code, or why it was not taken.
pub fn refusal(error: CodeError, answers: Vec<(String, String)>) -> WebResult<(Form, StatusCode)> {
    let status = match error {
        CodeError::Store(error) => return Err(error.into()),
        CodeError::NotNeeded => return Err(WebError::NotFound),
        CodeError::TooSoon | CodeError::TooMany(_) | CodeError::Locked(_) => StatusCode::TOO_MANY_REQUESTS,
        CodeError::NotACode | CodeError::Wrong | CodeError::Ended => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let mut findings = Findings::default();
    findings.error("code", error);
    Ok((Form::new(answers, findings), status))
}
