//! Asking somebody else for the signature, or for the same in another way.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, Query},
};
use askama::Template;
use serde::Deserialize;

use super::{
    super::{sid, signer::SignerFields},
    actions,
};
use crate::{
    domain::{
        draft::Answers,
        findings::Findings,
        loa::{LoaMode, SignerAnswers, WhoSigns},
        people::Customer,
        request_sid::RequestSid,
        stage::Stage,
    },
    services::loa::waiting::{self, Changed, Newest, WaitingError},
    store::{self, StoreError, loas::Loa},
    web::{
        app::App,
        error::WebResult,
        flash::{see_other, see_other_with},
        form::Form,
        frame::{Frame, Notice},
        now,
        page::{self, Page as _},
        pairs::Pairs,
        wizard,
    },
};

#[derive(Template)]
#[template(path = "port_requests/loa/signer.html")]
struct ChangeSignerPage {
    frame: Frame,
    name: String,
    href: String,
    /// Where the letter is.
    back: String,
    form: Form,
    fields: SignerFields,
    /// For what there was a warning that the person sees now.
    seen: String,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Which way to sign is chosen at first.
    who: String,
}

/// A letter that waits, and what was answered about its signer.
struct Waiting {
    newest: Newest,
    answers: Answers,
    /// Addresses that want no more mail about the request.
    reported: Vec<String>,
}

/// GET /port-requests/{sid}/loa/signer
pub async fn show(
    customer: Customer,
    app: Data<App>,
    req: HttpRequest,
    typed: Path<String>,
    asked: Query<Asked>,
) -> WebResult<HttpResponse> {
    let sid = match sid::of_page(&req, &typed)? {
        Ok(sid) => sid,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let Some(waiting) = load(&app, &customer, &sid).await? else { return Ok(elsewhere(&sid)) };
    let mut signer = wizard::signer_answers(&waiting.answers, &customer);
    if let Some(loa) = waiting.newest.loa.as_ref().filter(|loa| !loa.proposed_email.is_empty()) {
        signer = SignerAnswers {
            who: WhoSigns::SomeoneElse.code().to_owned(),
            signer_name: loa.proposed_name.clone(),
            signer_email: loa.proposed_email.clone(),
            ..SignerAnswers::default()
        };
    }
    if let Some(who) = WhoSigns::from_code(&asked.who) {
        who.code().clone_into(&mut signer.who);
    }
    page(&app, &req, &customer, &waiting, Form::unchecked(signer.to_pairs())).ok()
}

/// POST /port-requests/{sid}/loa/signer
pub async fn save(
    customer: Customer,
    app: Data<App>,
    req: HttpRequest,
    sid: Path<String>,
    pairs: Pairs,
) -> WebResult<HttpResponse> {
    let sid = sid::of_action(&sid)?;
    let Some(waiting) = load(&app, &customer, &sid).await? else { return Ok(elsewhere(&sid)) };
    let signer = SignerAnswers::from_pairs(pairs.as_slice());
    let rules = app.house.rules_in(&waiting.newest.location.time_zone, app.clock.now());
    let (_, mut findings) =
        waiting::check_signer(&app.house, &customer, &waiting.reported, &waiting.answers, &signer, &rules);
    // An empty form offers nobody here: something else was chosen before.
    if signer.who.is_empty() {
        findings = Findings::default();
        findings.error("who", crate::domain::loa::SignerError::NobodyChosen);
    }
    let is_new = !findings.warnings.is_empty() && pairs.get("seen") != seen(&signer);
    if !findings.is_empty() || is_new {
        return page(&app, &req, &customer, &waiting, Form::new(signer.to_pairs(), findings)).unprocessable();
    }
    let (house, who, wanted, now) = (app.house.clone(), customer.clone(), sid.clone(), app.clock.now());
    let typed = signer.clone();
    let changed = app.store.write(move |conn| waiting::change_signer(conn, &house, &who, &wanted, &typed, now)).await;
    match changed {
        Ok((loa, changed)) => after(&app, &sid, &loa, changed),
        Err(WaitingError::Signer(findings)) => {
            page(&app, &req, &customer, &waiting, Form::new(signer.to_pairs(), findings)).unprocessable()
        }
        Err(error @ WaitingError::TooSoon { .. }) => {
            let mut findings = Findings::default();
            findings.error("who", error);
            page(&app, &req, &customer, &waiting, Form::new(signer.to_pairs(), findings)).unprocessable()
        }
        Err(error) => see_other_with(&app, &format!("/port-requests/{sid}/loa"), &actions::not_done(error)?),
    }
}

/// What comes next: the signature here, the upload, or waiting.
fn after(app: &App, sid: &RequestSid, loa: &Loa, changed: Changed) -> WebResult<HttpResponse> {
    match loa.mode {
        LoaMode::InPerson => Ok(see_other(&format!("/sign/r/{}", loa.loa_id))),
        LoaMode::Paper => Ok(see_other(&format!("/port-requests/{sid}/loa/upload"))),
        LoaMode::Remote => {
            let signer = &loa.signer_name;
            let sent = match changed {
                Changed::Signer => Notice::ok(format!("Sent to {signer}")),
                Changed::Note => {
                    Notice::ok(format!("The note is kept. {signer} is asked already and gets it when you send again"))
                }
                Changed::Nothing => {
                    Notice::info(format!("{signer} is asked already. Send again if the email did not arrive"))
                }
            };
            see_other_with(app, &format!("/port-requests/{sid}/loa"), &sent)
        }
    }
}

fn elsewhere(sid: &RequestSid) -> HttpResponse {
    see_other(&format!("/port-requests/{sid}/loa"))
}

/// What a warning was about.
fn seen(signer: &SignerAnswers) -> String {
    [&signer.who, &signer.signer_name, &signer.signer_email].map(|part| part.trim()).join("|")
}

/// The letter, if the request waits for one to be signed.
async fn load(app: &Data<App>, customer: &Customer, sid: &RequestSid) -> Result<Option<Waiting>, StoreError> {
    let (house, customer, sid) = (app.house.clone(), customer.clone(), sid.clone());
    app.store
        .read(move |conn| {
            let newest = waiting::newest(conn, &customer, &sid)?;
            if newest.request.stage != Stage::AwaitingSignature || newest.loa.is_none() {
                return Ok(None);
            }
            let answers = store::drafts::find(conn, &house.vault, newest.request.id)?.answers;
            let reported = store::loas::reported_by(conn, newest.request.id)?;
            Ok(Some(Waiting { newest, answers, reported }))
        })
        .await
}

fn page(app: &App, req: &HttpRequest, customer: &Customer, waiting: &Waiting, form: Form) -> ChangeSignerPage {
    let Newest { request, location, .. } = &waiting.newest;
    let mut frame = page::frame(app, req);
    frame.place = Some(location.name.clone());
    frame.errors = form.has_errors();
    let warned = form.has_warnings();
    let typed = SignerAnswers {
        who: form.value("who").to_owned(),
        signer_name: form.value("signer_name").to_owned(),
        signer_email: form.value("signer_email").to_owned(),
        ..SignerAnswers::default()
    };
    ChangeSignerPage {
        frame,
        name: now::title_of(request),
        back: format!("/port-requests/{}/loa", request.sid),
        href: format!("/port-requests/{}", request.sid),
        fields: SignerFields::new(&request.losing_carrier, customer),
        seen: if warned { seen(&typed) } else { String::new() },
        form,
    }
}
