//! Wizard 4 of 5: the bill, or what else shows who owns the numbers.

use actix_web::{
    FromRequest as _, HttpMessage as _, HttpRequest, HttpResponse,
    web::{Data, Path, Payload, Query},
};
use askama::Template;
use chrono::{Days, NaiveDate};

use super::{opening, sid};
use crate::{
    domain::{
        document::{Door, FileFormat, FileSize},
        draft::{FILES_FIELD, ProofKind, Step},
        people::Customer,
        request_sid::RequestSid,
    },
    services::draft::{self, DraftError},
    store::documents::Document,
    web::{
        app::App,
        error::WebResult,
        extract::Client,
        flash::see_other,
        form::Form,
        frame::Frame,
        page::Page as _,
        pairs::Pairs,
        uploads::{self, ReceiveError},
        wizard::{self, Top, Wanted, with_refused},
    },
};

/// Pictures narrower than this are hard to read, in pixels.
const SMALL_WIDTH: i32 = 800;

#[derive(Template)]
#[template(path = "port_requests/bill.html")]
struct BillPage {
    frame: Frame,
    /// The request from which the page can be filled.
    reusable: Option<RequestSid>,
    top: Top,
    form: Form,
    proofs: Vec<Proof>,
    file_hint: String,
    accept: String,
    date_hint: String,
    notices: Vec<String>,
    files: Vec<FileRow>,
    /// "2 files saved".
    files_saved: String,
}

struct Proof {
    code: &'static str,
    words: &'static str,
    note: &'static str,
}

/// A file that was kept, as lists show it.
pub struct FileRow {
    pub id: String,
    pub shown_name: String,
    /// "PDF, 3 pages, 1.2 MB".
    pub facts: String,
    pub viewable: bool,
    /// Whether the picture may be too small to read.
    pub small: bool,
}

impl FileRow {
    /// What a list shows of a document.
    pub fn of(document: &Document) -> Self {
        Self {
            id: document.public_id.clone(),
            shown_name: document.file_name.clone(),
            facts: facts(&document.format, document.pages, document.width.zip(document.height), document.size),
            viewable: FileFormat::from_code(&document.format) != Some(FileFormat::Heic),
            small: document.width.is_some_and(|width| width < SMALL_WIDTH),
        }
    }
}

/// What there is to say about a file of so many pages, pixels and bytes: "PDF, 3 pages, 1.2 MB".
pub fn facts(format: &str, pages: Option<i32>, pixels: Option<(i32, i32)>, size: i64) -> String {
    let label = FileFormat::from_code(format).map_or_else(|| format.to_owned(), |format| format.label().to_owned());
    let pages = match pages {
        None => None,
        Some(1) => Some("1 page".to_owned()),
        Some(pages) => Some(format!("{pages} pages")),
    };
    let pixels = pixels.map(|(width, height)| format!("{width} × {height} pixels"));
    let size = FileSize(u64::try_from(size).unwrap_or(0)).to_string();
    let facts: Vec<String> = [Some(label), pages, pixels, Some(size)].into_iter().flatten().collect();
    facts.join(", ")
}

/// A bill of about two weeks ago, as it is typed: "For example 4 29 2026".
fn date_hint(today: NaiveDate) -> String {
    (today - Days::new(14)).format("For example %-m %-d %Y").to_string()
}

/// GET /port-requests/{sid}/bill
pub async fn show(
    customer: Customer,
    app: Data<App>,
    req: HttpRequest,
    typed: Path<String>,
    wanted: Query<Wanted>,
) -> WebResult<HttpResponse> {
    let (opened, mut frame) = match opening::open(&app, &req, customer, &typed, Step::Bill, &wanted).await? {
        Ok(begun) => begun,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let (findings, notices) = if wanted.answers_files() {
        let memory = &opened.open.draft.answers.memory;
        // The script asks after each file and is told of that one.
        let refused = memory.refused(wizard::is_background(&req));
        (with_refused(&opened.findings, refused, &["proof", FILES_FIELD]), memory.file_notices.clone())
    } else {
        (opened.findings.clone(), Vec::new())
    };
    frame.errors = !findings.is_empty();
    let documents = &opened.open.documents;
    let today = app.house.zone(&opened.open.location.time_zone).date(opened.now);
    BillPage {
        frame,
        reusable: opened.reusable.clone(),
        top: Top::new(&app, &opened, Step::Bill, &wanted),
        form: Form::new(opened.shown_answers(Step::Bill, &wanted).bill.to_pairs(), findings),
        proofs: ProofKind::ALL.map(proof).into(),
        file_hint: format!(
            "{}, up to {} each. It must show the numbers, the owner’s name and the provider’s name",
            Door::IN_APP.format_names(),
            FileSize(Door::IN_APP.max_bytes)
        ),
        accept: ".pdf,image/*".to_owned(),
        date_hint: date_hint(today),
        notices,
        files: documents.iter().map(FileRow::of).collect(),
        files_saved: match documents.len() {
            1 => "1 file saved".to_owned(),
            count => format!("{count} files saved"),
        },
    }
    .ok()
}

/// POST /port-requests/{sid}/bill
pub async fn save(
    customer: WebResult<Customer>,
    app: Data<App>,
    req: HttpRequest,
    sid: Path<String>,
    client: Client,
    payload: Payload,
) -> WebResult<HttpResponse> {
    let admitted = admit(&app, customer, &sid).await.map(Ok);
    let ((customer, sid), payload) = match uploads::admitted(admitted, payload).await? {
        Ok(admitted) => admitted,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if !req.content_type().eq_ignore_ascii_case("multipart/form-data") {
        let pairs = Pairs::from_request(&req, &mut payload.into_inner()).await?;
        return wizard::save(&app, &req, customer, sid, Step::Bill, client, pairs).await;
    }
    let owner = uploads::Owner::Draft { customer: customer.clone(), sid: sid.clone() };
    let to = uploads::Destination { app: &app, owner, door: Door::IN_APP };
    let form = match uploads::receive(&to, req.headers(), payload).await {
        Ok(form) => form,
        // Sent from another tab while the files were on their way.
        Err(ReceiveError::Draft(DraftError::Sent(_))) => return Ok(see_other(&wizard::address(&sid, Step::Bill))),
        Err(error) => return Err(error.into()),
    };
    wizard::save_with_files(&app, &req, customer, sid, Step::Bill, client, form.pairs, Some(form.told)).await
}

/// Nobody's files are taken before it is clear that they have a place.
async fn admit(app: &Data<App>, customer: WebResult<Customer>, sid: &str) -> WebResult<(Customer, RequestSid)> {
    let (customer, sid) = (customer?, sid::of_action(sid)?);
    let (house, who, wanted) = (app.house.clone(), customer.clone(), sid.clone());
    let opened = app.store.read(move |conn| draft::open(conn, &house, &who, &wanted).map(drop)).await;
    match opened {
        // The page at this address says that it was sent.
        Ok(()) | Err(DraftError::Sent(_)) => Ok((customer, sid)),
        Err(error) => Err(error.into()),
    }
}

fn proof(kind: ProofKind) -> Proof {
    let note = match kind {
        ProofKind::Bill => "For landline and VoIP numbers, the newest monthly statement",
        ProofKind::Receipt => "It must show the numbers and the owner",
        ProofKind::GoogleVoice => "",
        ProofKind::Csr => "Your carrier gives it to you on request",
        ProofKind::Email => "From your carrier, with the numbers and the owner’s name",
    };
    Proof { code: kind.code(), words: kind.label(), note }
}
