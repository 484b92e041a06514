//! The letter of authorization at the desk: its PDFs, and asking for a new signature.

use actix_web::{HttpResponse, web::Path};
use chrono::NaiveDate;

use super::{
    case::{After, Case, Decided},
    place::Place,
    port_request,
    visit::Visit,
};
use crate::{
    domain::{
        findings::Findings,
        loa::{AgeLimits, UploadAnswers},
        time_zone::day_with_year,
    },
    services::loa::{desk, paper},
    store::{
        self,
        loa_files::{LoaFile, LoaFileKind},
        loas::Loa,
    },
    web::{
        error::{WebError, WebResult},
        loa_files,
        pairs::Pairs,
    },
};

/// GET /desk/port-requests/{sid}/loa
pub async fn download(at: Visit, sid: Path<String>) -> WebResult<HttpResponse> {
    let (loa, file) = newest(&at, &sid).await?;
    loa_files::attachment(&at.app, &loa, &file).await
}

/// GET /desk/port-requests/{sid}/loa/view
pub async fn view(at: Visit, sid: Path<String>) -> WebResult<HttpResponse> {
    let (loa, file) = newest(&at, &sid).await?;
    loa_files::inline(&at.app, &loa, &file).await
}

/// GET /desk/port-requests/{sid}/loa/certificate
pub async fn certificate(at: Visit, sid: Path<String>) -> WebResult<HttpResponse> {
    let letter = port_request::load(&at, &sid).await?.letter.ok_or(WebError::NotFound)?;
    let file = find(&letter.files, LoaFileKind::Certificate).ok_or(WebError::NotFound)?;
    loa_files::attachment(&at.app, &letter.loa, &file).await
}

/// POST /desk/port-requests/{sid}/loa/signing
pub async fn ask(at: Visit, sid: Path<String>, pairs: Pairs) -> WebResult<HttpResponse> {
    let case = Case::load(&at, &sid, Place::of(&pairs)).await?;
    let after = After::Request("A new signature was asked for.".to_owned());
    let decided = case
        .decide(&at, &pairs, Ok(()), after, |conn, house, seen, by, (), now| {
            desk::ask_again(conn, house, by, seen, now)
        })
        .await?;
    match decided {
        Decided::Done(response) => Ok(response),
        Decided::Not(case, ..) => port_request::show_conflict(&at, *case).await,
    }
}

/// POST /desk/port-requests/{sid}/loa/date
pub async fn compare(at: Visit, sid: Path<String>, pairs: Pairs) -> WebResult<HttpResponse> {
    let case = Case::load(&at, &sid, Place::of(&pairs)).await?;
    let today = at.app.house.zone(&case.location.time_zone).date(at.now);
    let request = case.request.id;
    let letter = at.app.store.read(move |conn| store::loas::newest(conn, request)).await?;
    let told = letter.and_then(|loa| loa.told_on);
    let after = After::Request("The day on the letter is recorded.".to_owned());
    let decided = case
        .decide(&at, &pairs, day(&pairs, today, told), after, |conn, _, seen, by, day: NaiveDate, now| {
            desk::compare(conn, by, seen, day, now)
        })
        .await?;
    match decided {
        Decided::Done(response) => Ok(response),
        Decided::Not(case, form, status) => port_request::show_again(&at, *case, form, status).await,
    }
}

/// The day that was read, also one that is too old: what follows from that is another decision. Another one than its sender
/// typed is asked about once.
fn day(pairs: &Pairs, today: NaiveDate, told: Option<NaiveDate>) -> Result<NaiveDate, Findings> {
    let answers = UploadAnswers::from_pairs(pairs.as_slice());
    let Some(read) = answers.read().filter(|day| *day <= today) else {
        return Err(answers.check(today, AgeLimits::of(false)).1);
    };
    match told.filter(|told| *told != read && pairs.get("seen") != seen(|name| pairs.get(name))) {
        Some(told) => {
            let mut findings = Findings::default();
            findings.warn("signed-month", AnotherDay { told: day_with_year(told), read: day_with_year(read) });
            Err(findings)
        }
        None => Ok(read),
    }
}

/// The sender typed another day than the desk reads.
#[derive(Debug, Clone, thiserror::Error)]
#[error("The sender says {told}, and you read {read}. Look at the letter once more")]
struct AnotherDay {
    told: String,
    read: String,
}

/// A day as it was typed.
pub(super) fn seen<'a>(typed: impl Fn(&'static str) -> &'a str) -> String {
    ["signed-month", "signed-day", "signed-year"].map(|name| typed(name).trim()).join(" ")
}

/// What the carrier would get, or what the signer is asked to sign.
async fn newest(at: &Visit, sid: &str) -> WebResult<(Loa, LoaFile)> {
    let letter = port_request::load(at, sid).await?.letter.ok_or(WebError::NotFound)?;
    let signed = [LoaFileKind::Signed, LoaFileKind::Uploaded].iter().find_map(|kind| find(&letter.files, *kind));
    let file = match signed {
        Some(file) => file,
        None if !paper::is_printable(&at.app.house, &letter.loa)? => return Err(WebError::NotFound),
        None => paper::unsigned(&at.app.loa_tools(), &letter.loa).await.map_err(WebError::internal)?,
    };
    Ok((letter.loa, file))
}

fn find(files: &[LoaFile], kind: LoaFileKind) -> Option<LoaFile> {
    files.iter().find(|file| file.kind == kind.code()).cloned()
}
