//! What the pages of the wizard share: their addresses, what stands around each form, and what follows a save.

mod changes;
mod echo;
mod labels;
mod numbers_fields;
mod refused_files;
mod rows;
mod saving;
pub mod summary;
mod top;

use std::str::FromStr as _;

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;
use chrono::NaiveDateTime;
use serde::Deserialize;

pub use changes::Changes;
pub use echo::{Echo, Held};
pub use labels::label;
pub use numbers_fields::{NumbersFields, SavedAt};
pub use refused_files::with_refused;
pub use rows::{Rows, written};
pub use saving::{action, address_with, is_background, later, save, save_with_files};
pub use top::{Difference, ReasonShown, Top, difference_of, saved_at};

use super::{
    app::App,
    error::WebResult,
    frame::Frame,
    page::{self, Page as _},
};
use crate::{
    domain::{
        draft::{Answers, Step},
        findings::Findings,
        loa::SignerAnswers,
        people::Customer,
        request_sid::RequestSid,
    },
    services::{
        agreement::Agreement,
        draft::{self, DraftError, OpenDraft},
        draft_findings::{self, HeldNumber},
        reuse, send_request,
    },
    store::{self, locations::Location, port_requests::PortRequest},
};

/// What the address of a page of the wizard asks for, beside the page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// Show what the check of the saved answers finds.
    check: String,
    /// Where saving leads back to: `check` or `fix`.
    from: String,
    /// The wireless row to go on with, counted from 0.
    row: String,
    /// A wireless row was just taken out.
    removed: String,
    /// Show what was read from the numbers.
    echo: String,
    /// Show what became of the files that were just sent.
    files: String,
    /// Show what this tab typed beside what another one saved.
    changed: String,
    /// Show warnings that were just asked about.
    asked: String,
    /// On the way through the reasons of a rejection: the page that was corrected last.
    after: String,
}

impl Wanted {
    /// Whether the saved answers are to be checked.
    pub fn checks(&self) -> bool {
        self.check == "1"
    }

    /// Whether the page answers a save that files came along with.
    pub fn answers_files(&self) -> bool {
        self.checks() || self.files == "1"
    }

    /// Whether warnings were just asked about.
    pub fn asks(&self) -> bool {
        self.asked == "1"
    }

    /// Whether a wireless row was just taken out.
    pub fn removed(&self) -> bool {
        self.removed == "1"
    }

    /// The wireless row to go on with.
    pub fn row(&self) -> Option<usize> {
        usize::from_str(&self.row).ok()
    }

    /// The page of the wizard that was corrected last.
    pub fn after(&self) -> Option<Step> {
        Step::from_segment(&self.after)
    }

    /// `check`, `fix` or nothing.
    pub fn from(&self) -> &'static str {
        from_code(&self.from)
    }

    /// Whether the page answers a save of this very page, so that PINs which were not accepted yet are shown again.
    pub fn answers_a_save(&self) -> bool {
        self.checks() || self.removed() || self.echo == "1" || self.row().is_some() || self.shows_other_tab()
    }

    /// Whether what another tab typed is to be shown.
    pub fn shows_other_tab(&self) -> bool {
        self.changed == "1"
    }
}

/// Where saving leads back to, if it is one of the places that exist.
pub fn from_code(code: &str) -> &'static str {
    match code {
        "check" => "check",
        "fix" => "fix",
        _ => "",
    }
}

/// The address of a page of the wizard.
pub fn address(sid: &RequestSid, page: Step) -> String {
    format!("/port-requests/{sid}/{}", page.segment())
}

/// Where the answers of a step are changed: on its page, and those of the last step on the page about the signer.
pub fn place(sid: &RequestSid, step: Step) -> String {
    if step == Step::Check { format!("/port-requests/{sid}/signer") } else { address(sid, step) }
}

/// Who signs, as chosen, or as offered while nothing was.
pub fn signer_answers(answers: &Answers, customer: &Customer) -> SignerAnswers {
    let contact = &answers.contact;
    let requester = send_request::requester(customer);
    answers.signer.or_offered_as(&contact.contact_name, &contact.authorized_email, requester)
}

/// Whether the draft is of a request that was sent already and is being changed.
pub fn is_change(request: &PortRequest) -> bool {
    request.stage.is_changeable()
}

/// A draft as a page shows it.
pub struct Opened {
    pub open: OpenDraft,
    pub now: NaiveDateTime,
    /// What the check finds, where the address asks for it.
    pub findings: Findings,
    pub agreement: Agreement,
    /// On the page of the numbers: those that other requests hold.
    pub held: Vec<HeldNumber>,
    /// On the pages of contact and bill: an earlier request from which they can be filled.
    pub reusable: Option<RequestSid>,
}

impl Opened {
    /// The answers to show: the saved ones, or what another tab typed on this page.
    pub fn shown_answers(&self, page: Step, wanted: &Wanted) -> Answers {
        let saved = &self.open.draft.answers;
        match saved.memory.other_tab_of(page) {
            Some(other) if wanted.shows_other_tab() => top::with_other_tab(saved, page, &other.pairs),
            _ => saved.clone(),
        }
    }
}

/// Opens a draft for a page. A request that was sent is answered with the page that says so.
pub async fn open(
    app: &Data<App>,
    req: &HttpRequest,
    customer: Customer,
    sid: &RequestSid,
    page: Step,
    wanted: &Wanted,
) -> WebResult<Result<Opened, HttpResponse>> {
    let (house, now, wanted, asked) = (app.house.clone(), app.clock.now(), sid.clone(), wanted.checks());
    let opened = app
        .store
        .read(move |conn| {
            let open = draft::open(conn, &house, &customer, &wanted)?;
            let findings = if asked && page != Step::Check {
                draft_findings::of_page(conn, &house, &customer, &open, &open.draft.answers, page, now)?
            } else {
                Findings::default()
            };
            let held = match page {
                Step::Numbers => {
                    draft_findings::held_numbers(conn, &house, &customer, open.request.id, &open.draft.answers)?
                }
                _ => Vec::new(),
            };
            let agreement = Agreement::load(conn, open.request.id, now)?;
            let reusable = reuse::offered(conn, &house, &customer, &open, page, now)?;
            Ok::<_, DraftError>(Opened { open, now, findings, agreement, held, reusable })
        })
        .await;
    match opened {
        Ok(opened) => Ok(Ok(opened)),
        Err(DraftError::Sent(request)) => Ok(Err(sent_page(app, req, *request).await?)),
        Err(error) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "port_requests/sent.html")]
struct SentPage {
    frame: Frame,
    sid: String,
    about: String,
    sent_on: String,
    status: &'static str,
}

async fn sent_page(app: &Data<App>, req: &HttpRequest, request: PortRequest) -> WebResult<HttpResponse> {
    let place = request.location_id;
    let location: Location = app.store.read(move |conn| store::locations::find(conn, place)).await?;
    let sent = request.sent_at.unwrap_or(request.stage_since);
    let mut frame = page::frame(app, req);
    frame.place = Some(location.name.clone());
    SentPage {
        frame,
        about: top::about(&request, &location),
        sent_on: app.house.zone(&location.time_zone).moment(sent),
        status: request.stage.customer_status().code(),
        sid: request.sid.to_string(),
    }
    .ok()
}
