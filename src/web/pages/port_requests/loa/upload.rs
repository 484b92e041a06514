//! A letter that was signed elsewhere: one PDF and the day that stands on it.

use actix_web::{
    FromRequest as _, HttpMessage as _, HttpRequest, HttpResponse,
    web::{Data, Path, Payload},
};
use askama::Template;

use super::{super::sid, actions};
use crate::{
    domain::{
        document::{Door, FileSize, Refusal},
        draft::FILES_FIELD,
        findings::Findings,
        loa::{AgeLimits, LoaState, UploadAnswers},
        people::Customer,
        request_sid::RequestSid,
    },
    services::loa::{
        paper,
        upload::{self, Scan},
        waiting::{self, Newest},
    },
    store::{StoreError, loa_files::NewLoaFile, loas::Loa},
    web::{
        app::App,
        error::{WebError, WebResult},
        flash::{see_other, see_other_with},
        form::Form,
        frame::{Frame, Notice},
        now,
        page::{self, Page as _},
        pairs::Pairs,
        uploads::{self, Kept, One},
    },
};

/// The fields of the day.
const DAY: [&str; 3] = ["signed-month", "signed-day", "signed-year"];

#[derive(Template)]
#[template(path = "port_requests/loa/upload.html")]
struct UploadPage {
    frame: Frame,
    name: String,
    href: String,
    /// Where the letter is.
    back: String,
    form: Form,
    longest: i64,
    /// Which letter the page is about.
    loa_id: String,
    /// Whether the letter as we wrote it can be printed.
    has_letter: bool,
    file_hint: String,
    date_hint: String,
    /// A file that came before: its name and size, and what the form carries in its place.
    kept: Option<(String, String, String)>,
    /// The day that there was a warning about.
    seen: String,
}

/// Why an upload was not taken.
#[derive(Debug, Clone, Copy, thiserror::Error)]
enum UploadError {
    #[error(
        "The letter changed since you opened this page. Check that the file is of the letter as it is now, then upload it"
    )]
    OtherLetter,
}

/// A letter that may be uploaded.
struct Place {
    newest: Newest,
    loa: Loa,
}

/// GET /port-requests/{sid}/loa/upload
pub async fn show(
    customer: Customer,
    app: Data<App>,
    req: HttpRequest,
    typed: Path<String>,
) -> WebResult<HttpResponse> {
    let sid = match sid::of_page(&req, &typed)? {
        Ok(sid) => sid,
        Err(elsewhere) => return Ok(elsewhere),
    };
    match find(&app, &customer, &sid).await? {
        Some(place) => page(&app, &req, &place, Form::default(), None)?.ok(),
        None => Ok(see_other(&format!("/port-requests/{sid}/loa"))),
    }
}

/// POST /port-requests/{sid}/loa/upload
pub async fn save(
    customer: WebResult<Customer>,
    app: Data<App>,
    req: HttpRequest,
    sid: Path<String>,
    payload: Payload,
) -> WebResult<HttpResponse> {
    let ((customer, sid, place), payload) = match uploads::admitted(admit(&app, customer, &sid).await, payload).await? {
        Ok(admitted) => admitted,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let one = if req.content_type().eq_ignore_ascii_case("multipart/form-data") {
        let owner = uploads::Owner::Draft { customer: customer.clone(), sid: sid.clone() };
        let to = uploads::Destination { app: &app, owner, door: Door::LETTER };
        uploads::receive_one(&to, req.headers(), payload).await?
    } else {
        One { pairs: Pairs::from_request(&req, &mut payload.into_inner()).await?, ..One::default() }
    };
    let kept = match &one.file {
        Some(file) => Some(file.clone()),
        None => kept_before(&app, &place, one.pairs.get("kept")).await,
    };
    let (mut new, mut findings) = check(&app, &place, &one, kept.as_ref());
    let meant = one.pairs.get("letter");
    if !meant.is_empty() && meant != place.loa.loa_id.as_str() {
        findings.error("file", UploadError::OtherLetter);
        new = None;
    }
    let Some((file, signed_on)) = new else {
        return page(&app, &req, &place, Form::new(one.pairs.into_vec(), findings), kept.as_ref())?.unprocessable();
    };
    let scan = Scan { letter: place.loa.id, file, signed_on };
    let (house, now, wanted) = (app.house.clone(), app.clock.now(), sid.clone());
    let take = move |conn: &mut _| upload::take(conn, &house, &customer, &wanted, &scan, now);
    let taken = app.store.write(take).await;
    match taken {
        Ok(_) => {
            let told = Notice::ok("Signed letter uploaded. We check your details next.");
            see_other_with(&app, &format!("/port-requests/{sid}"), &told)
        }
        Err(error) => see_other_with(&app, &format!("/port-requests/{sid}/loa"), &actions::not_done(error)?),
    }
}

/// Nobody's file is taken before it is clear that it has a place.
async fn admit(
    app: &Data<App>,
    customer: WebResult<Customer>,
    sid: &str,
) -> WebResult<Result<(Customer, RequestSid, Place), HttpResponse>> {
    let (customer, sid) = (customer?, sid::of_action(sid)?);
    Ok(match find(app, &customer, &sid).await? {
        Some(place) => Ok((customer, sid, place)),
        None => Err(see_other(&format!("/port-requests/{sid}/loa"))),
    })
}

async fn find(app: &Data<App>, customer: &Customer, sid: &RequestSid) -> Result<Option<Place>, StoreError> {
    let (customer, sid) = (customer.clone(), sid.clone());
    let newest = app.store.read(move |conn| waiting::newest(conn, &customer, &sid)).await?;
    let loa = newest.may_upload().cloned();
    Ok(loa.map(|loa| Place { newest, loa }))
}

/// A file that came with an earlier try and still lies where it was put.
async fn kept_before(app: &App, place: &Place, carried: &str) -> Option<Kept> {
    let kept = Kept::unsealed(&app.house.vault, &place_of(place), carried)?;
    app.files.read(&kept.key()?).await.is_ok().then_some(kept)
}

fn place_of(place: &Place) -> String {
    format!("loas.upload:{}", place.newest.request.sid)
}

fn check(
    app: &App,
    place: &Place,
    one: &One,
    kept: Option<&Kept>,
) -> (Option<(NewLoaFile, chrono::NaiveDate)>, Findings) {
    let mut findings = Findings::default();
    match (&one.refused, kept) {
        (Some(Refusal::WrongFormat { .. }), _) => findings.error(FILES_FIELD, "The letter must be a PDF"),
        (Some(refusal), _) => findings.error(FILES_FIELD, refusal),
        (None, None) => findings.error(FILES_FIELD, "Select the signed letter"),
        (None, Some(_)) => {}
    }
    let today = app.house.zone(&place.newest.location.time_zone).date(app.clock.now());
    let answers = UploadAnswers::from_pairs(one.pairs.as_slice());
    let (signed_on, of_day) = answers.check(today, AgeLimits::of(place.loa.toll_free));
    let asks = !of_day.warnings.is_empty() && one.pairs.get("seen") != seen(&one.pairs);
    findings.merge(of_day);
    if !findings.is_empty() || asks {
        return (None, findings);
    }
    (kept.map(new_file).zip(signed_on), findings)
}

fn new_file(kept: &Kept) -> NewLoaFile {
    let key = kept.key().map(|key| key.as_str().to_owned()).unwrap_or_default();
    NewLoaFile::uploaded(key, i64::try_from(kept.size).unwrap_or(i64::MAX), kept.sha256.clone())
}

/// The day as it was typed.
fn seen(pairs: &Pairs) -> String {
    DAY.map(|name| pairs.get(name).trim().to_owned()).join(" ")
}

fn page(app: &App, req: &HttpRequest, place: &Place, form: Form, kept: Option<&Kept>) -> Result<UploadPage, WebError> {
    let Newest { request, location, .. } = &place.newest;
    let mut frame = page::frame(app, req);
    frame.place = Some(location.name.clone());
    frame.errors = form.has_errors();
    let warned = form.has_warnings();
    let kept = kept.map(|kept| {
        let carried = kept.sealed(&app.house.vault, &place_of(place))?;
        Ok::<_, WebError>((kept.name.clone(), FileSize(kept.size).to_string(), carried))
    });
    let typed = Pairs::new(DAY.map(|name| (name.to_owned(), form.value(name).to_owned())).into());
    let today = app.house.zone(&location.time_zone).date(app.clock.now());
    Ok(UploadPage {
        frame,
        name: now::title_of(request),
        back: format!("/port-requests/{}/loa", request.sid),
        href: format!("/port-requests/{}", request.sid),
        longest: AgeLimits::of(place.loa.toll_free).longest(),
        loa_id: place.loa.loa_id.to_string(),
        // Of an expired letter no PDF is given out.
        has_letter: place.loa.state == LoaState::Pending && paper::is_printable(&app.house, &place.loa)?,
        file_hint: format!("PDF, up to {}", FileSize(Door::LETTER.max_bytes)),
        date_hint: today.format("As it stands on the letter, for example %-m %-d %Y").to_string(),
        kept: kept.transpose()?,
        seen: if warned { seen(&typed) } else { String::new() },
        form,
    })
}
