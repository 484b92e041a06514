//! Who signs the letter of authorization, chosen before the request is sent.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, Query},
};
use askama::Template;

use super::{opening, sid};
use crate::{
    domain::{draft::Step, findings::Findings, loa::SignerAnswers, people::Customer, request_sid::RequestSid},
    services::{
        draft::{self, DraftError},
        draft_findings,
    },
    web::{
        app::App,
        error::WebResult,
        flash::see_other,
        form::Form,
        frame::Frame,
        page::Page as _,
        pairs::Pairs,
        wizard::{self, Top, Wanted},
    },
};

#[derive(Template)]
#[template(path = "port_requests/signer.html")]
struct SignerPage {
    frame: Frame,
    top: Top,
    form: Form,
    fields: SignerFields,
}

/// What the form about the signer shows beside the answers.
pub struct SignerFields {
    pub carrier: String,
    /// Who may sign.
    pub hint: String,
    /// Under which name and address the requester is signed in.
    pub here: String,
}

impl SignerFields {
    /// The same for a carrier, for whoever asks.
    pub fn new(carrier: &str, customer: &Customer) -> Self {
        let carrier = if carrier.trim().is_empty() { "your current carrier" } else { carrier.trim() };
        Self {
            carrier: carrier.to_owned(),
            hint: format!("The signer must be allowed to make changes on the account with {carrier}."),
            here: format!("Here, as {} ({})", customer.person.name, customer.person.email),
        }
    }
}

/// GET /port-requests/{sid}/signer
pub async fn show(
    customer: Customer,
    app: Data<App>,
    req: HttpRequest,
    typed: Path<String>,
    wanted: Query<Wanted>,
) -> WebResult<HttpResponse> {
    let who = customer.clone();
    let (opened, mut frame) = match opening::open(&app, &req, customer, &typed, Step::Check, &wanted).await? {
        Ok(begun) => begun,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let answers = &opened.open.draft.answers;
    let findings = if wanted.checks() {
        draft_findings::of_signer_page(&app.house, &who, &opened.open, answers, opened.now)
    } else {
        Findings::default()
    };
    frame.errors = !findings.is_empty();
    let sid = &opened.open.request.sid;
    let top = Top {
        title: "Who signs the letter",
        action: wizard::place(sid, Step::Check),
        back: wizard::address(sid, Step::Check),
        ..Top::new(&app, &opened, Step::Check, &wanted)
    };
    let form = Form::new(wizard::signer_answers(answers, &who).to_pairs(), findings);
    let fields = SignerFields::new(&answers.numbers.losing_carrier, &who);
    SignerPage { frame, top, form, fields }.ok()
}

/// POST /port-requests/{sid}/signer
pub async fn save(
    customer: Customer,
    app: Data<App>,
    req: HttpRequest,
    sid: Path<String>,
    pairs: Pairs,
) -> WebResult<HttpResponse> {
    let sid = sid::of_action(&sid)?;
    let pressed = pairs.get("do").to_owned();
    let signer = SignerAnswers::from_pairs(pairs.as_slice());
    let passes = match keep(&app, &customer, &sid, signer).await {
        Ok(passes) => passes,
        // The page at this address says that it was sent; the script must not take that for a save.
        Err(DraftError::Sent(_)) if !wizard::is_background(&req) => {
            return Ok(see_other(&wizard::place(&sid, Step::Check)));
        }
        Err(error) => return Err(error.into()),
    };
    match pressed.as_str() {
        "later" => wizard::later(&app, customer, &sid).await,
        "back" => Ok(see_other(&wizard::address(&sid, Step::Check))),
        "save" => Ok(see_other(&wizard::place(&sid, Step::Check))),
        _ if passes => Ok(see_other(&format!("{}#letter", wizard::address(&sid, Step::Check)))),
        _ => Ok(see_other(&format!("{}?check=1", wizard::place(&sid, Step::Check)))),
    }
}

/// Keeps what was typed, and says whether nothing stops it.
async fn keep(
    app: &Data<App>,
    customer: &Customer,
    sid: &RequestSid,
    signer: SignerAnswers,
) -> Result<bool, DraftError> {
    let (house, customer, sid, now) = (app.house.clone(), customer.clone(), sid.clone(), app.clock.now());
    let saved = app.store.write(move |conn| {
        draft::change(conn, &house, &customer, &sid, now, |_, open, answers| {
            answers.signer = signer;
            answers.carry_shown_warnings(&open.draft.answers);
            let findings = draft_findings::of_signer_page(&house, &customer, open, answers, now);
            let passes = findings.is_empty() && answers.unseen_warnings(&findings).is_empty();
            answers.note_shown(&findings);
            Ok(passes)
        })
    });
    saved.await
}
