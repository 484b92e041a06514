//! Manual form 3 of 4: the signed letter and the bill, as PDFs.

use actix_web::{
    FromRequest as _, HttpMessage as _, HttpRequest, HttpResponse,
    web::{Data, Path, Payload, Query},
};
use askama::Template;
use chrono::{Days, NaiveDate};

use super::{
    address, opening, saving, sent_address, start,
    top::{self, Top},
};
use crate::{
    domain::{
        document::{Door, FileSize},
        draft::{FILES_FIELD, ProofKind},
        loa::AgeLimits,
        manual::{LETTER_FIELD, ManualPage},
    },
    services::manual::{self, ManualError, Opened},
    store::{documents::Document, manual_files::ManualFile},
    vault::Token,
    web::{
        app::App,
        error::WebResult,
        extract::Client,
        flash::see_other,
        form::Form,
        frame::Frame,
        page::Page as _,
        pages::port_requests::bill::{self, FileRow},
        pairs::Pairs,
        uploads::{self, ReceiveError},
        wizard::{self, Wanted, with_refused},
    },
};

#[derive(Template)]
#[template(path = "manual/documents.html")]
struct DocumentsPage {
    frame: Frame,
    top: Top,
    form: Form,
    proofs: Vec<(String, String)>,
    letter_hint: String,
    bill_hint: String,
    signed_hint: String,
    date_hint: String,
    notices: Vec<String>,
    letter: Option<FileLine>,
    /// The letter that came with the refused request, by its LOA ID, while there is no new one.
    kept_letter: Option<String>,
    bills: Vec<FileLine>,
}

/// A file that was kept.
pub struct FileLine {
    pub id: String,
    pub name: String,
    /// "PDF, 3 pages, 1.2 MB".
    pub facts: String,
}

impl FileLine {
    fn of_draft(file: &ManualFile) -> Self {
        Self {
            id: file.public_id.clone(),
            name: file.file_name.clone(),
            facts: bill::facts("pdf", file.pages, None, file.size),
        }
    }

    fn of_request(document: &Document) -> Self {
        let row = FileRow::of(document);
        Self { id: row.id, name: row.shown_name, facts: row.facts }
    }
}

/// The bills that would be sent: those of the refused request, then new ones.
pub fn bills(opened: &Opened) -> Vec<FileLine> {
    let kept = opened.corrected.iter().flat_map(|it| &it.documents).map(FileLine::of_request);
    kept.chain(opened.new_bills().map(FileLine::of_draft)).collect()
}

/// The new letter.
pub fn letter(opened: &Opened) -> Option<FileLine> {
    opened.new_letter().map(FileLine::of_draft)
}

/// The LOA ID of the letter that came before, while it counts and there is no new one.
pub fn kept_letter(opened: &Opened) -> Option<String> {
    let before = opened.corrected.as_ref().filter(|it| !it.has_refused_letter()).and_then(|it| it.letter.as_ref());
    before.filter(|_| opened.new_letter().is_none()).map(|loa| loa.loa_id.to_string())
}

/// GET /manual-port-requests/{secret}/documents
pub async fn show(
    app: Data<App>,
    req: HttpRequest,
    typed: Path<String>,
    wanted: Query<Wanted>,
) -> WebResult<HttpResponse> {
    let mut shown = match opening::open(&app, &req, &typed, ManualPage::Documents, &wanted).await? {
        Ok(shown) => shown,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let memory = &shown.opened.draft.answers.request.memory;
    let mut notices = Vec::new();
    if wanted.answers_files() {
        notices.clone_from(&memory.file_notices);
        // The script asks after each file and is told of that one.
        let refused = memory.refused(wizard::is_background(&req));
        shown.findings = with_refused(&shown.findings, refused, &[LETTER_FIELD, "signed", "proof", FILES_FIELD]);
        shown.frame.errors = !shown.findings.is_empty();
    }
    let answers = top::shown_answers(&shown, ManualPage::Documents, &wanted);
    let rules = shown.opened.rules(&app.house, shown.now);
    let longest = AgeLimits::of(answers.moves_toll_free(&rules)).longest();
    let size = FileSize(Door::MANUAL.max_bytes);
    DocumentsPage {
        top: Top::new(&app, &shown, ManualPage::Documents, &wanted),
        proofs: ProofKind::ALL.map(|kind| (kind.code().to_owned(), kind.label().to_owned())).to_vec(),
        letter_hint: format!("PDF, up to {size}, signed in the last {longest} days"),
        bill_hint: format!(
            "PDF, up to {size} each. It must show the numbers, the owner’s name and the provider’s name. Save a picture or screenshot as a PDF first: most phones and computers offer that where they print"
        ),
        signed_hint: as_typed("As it stands on the letter, for example", rules.today, 2),
        date_hint: as_typed("For example", rules.today, 14),
        notices,
        letter: letter(&shown.opened),
        kept_letter: kept_letter(&shown.opened),
        bills: bills(&shown.opened),
        form: Form::new(answers.pairs_of(ManualPage::Documents), shown.findings),
        frame: shown.frame,
    }
    .ok()
}

fn as_typed(words: &str, today: NaiveDate, days_ago: u64) -> String {
    format!("{words} {}", (today - Days::new(days_ago)).format("%-m %-d %Y"))
}

/// POST /manual-port-requests/{secret}/documents
pub async fn save(
    app: Data<App>,
    req: HttpRequest,
    typed: Path<String>,
    client: Client,
    payload: Payload,
) -> WebResult<HttpResponse> {
    let (secret, payload) = match uploads::admitted(admit(&app, &typed).await, payload).await? {
        Ok(admitted) => admitted,
        Err(sent) => return Ok(sent),
    };
    if !req.content_type().eq_ignore_ascii_case("multipart/form-data") {
        let pairs = Pairs::from_request(&req, &mut payload.into_inner()).await?;
        return saving::save_page(&app, &req, &secret, ManualPage::Documents, &client, pairs, None).await;
    }
    let to = uploads::Destination {
        app: &app,
        owner: uploads::Owner::Manual { secret: secret.clone(), network: client.network() },
        door: Door::MANUAL,
    };
    let form = match uploads::receive(&to, req.headers(), payload).await {
        Ok(form) => form,
        // Sent from another tab while the files were on their way.
        Err(ReceiveError::Manual(ManualError::Sent(_))) => {
            return Ok(see_other(&address(&secret, ManualPage::Documents)));
        }
        Err(error) => return Err(error.into()),
    };
    saving::save_page(&app, &req, &secret, ManualPage::Documents, &client, form.pairs, Some(form.told)).await
}

/// Nobody's files are taken before it is clear that they have a place.
async fn admit(app: &Data<App>, typed: &Path<String>) -> WebResult<Result<Token, HttpResponse>> {
    let secret = start::secret(typed)?;
    let (house, key) = (app.house.clone(), secret.clone());
    match app.store.read(move |conn| manual::open(conn, &house, &key).map(drop)).await {
        Ok(()) => Ok(Ok(secret)),
        Err(ManualError::Sent(_)) => Ok(Err(see_other(&sent_address(&secret)))),
        Err(error) => Err(error.into()),
    }
}
