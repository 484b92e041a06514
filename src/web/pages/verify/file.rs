//! Comparing a PDF with what we sealed. The file is looked at and not kept.

use actix_web::{
    HttpMessage as _, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{self, Data, Payload},
};
use data_encoding::HEXLOWER;

use super::{
    show,
    told::{self, Answer},
};
use crate::{
    domain::{document::Door, findings::Findings, loa::ClientFacts},
    files::Received,
    seal::SealReport,
    services::loa::verify,
    web::{
        app::App,
        error::{WebError, WebResult},
        extract::Client,
        form::Form,
        uploads::{self, SmallFile, receive_small},
    },
};

/// What is compared: one PDF of at most 5 MB, as a letter with its signature is somewhat larger than what it is made of.
const DOOR: Door = Door { max_bytes: 5 * 1024 * 1024, ..Door::LETTER };

/// POST /verify/file
pub async fn check(
    app: Data<App>,
    req: HttpRequest,
    client: Client,
    browser: ClientFacts,
    payload: Payload,
) -> WebResult<HttpResponse> {
    if !req.content_type().eq_ignore_ascii_case("multipart/form-data") {
        uploads::drain(payload).await;
        return Err(WebError::UnsupportedMediaType);
    }
    let (house, network, now) = (app.house.clone(), client.network(), app.clock.now());
    let allowed = app.store.write(move |conn| verify::allowed(conn, &house, verify::UPLOADS, &network, now));
    if let Err(minutes) = allowed.await? {
        uploads::drain(payload).await;
        return show::too_many(&app, &req, Form::default(), minutes);
    }
    let told = match receive_small(&app.incoming, req.headers(), payload, &DOOR).await? {
        SmallFile::Whole(received) => return compare(&app, &req, browser, received).await,
        SmallFile::None => "Select the PDF that you want to check",
        SmallFile::TooLarge => "The file must be 5 MB or smaller",
        SmallFile::Cut => "The file did not arrive whole. Send it again",
    };
    let mut findings = Findings::default();
    findings.error("file", told);
    told::page(&app, &req, Form::new(Vec::new(), findings), None).answer(StatusCode::UNPROCESSABLE_ENTITY)
}

async fn compare(
    app: &Data<App>,
    req: &HttpRequest,
    browser: ClientFacts,
    received: Received,
) -> WebResult<HttpResponse> {
    let (sealer, path) = (app.sealer.clone(), received.path().to_owned());
    let compared = web::block(move || std::fs::read(path).map(|bytes| sealer.verify(&bytes))).await;
    let report = compared.map_err(WebError::internal)?.map_err(WebError::internal)?;
    let (house, sha256) = (app.house.clone(), HEXLOWER.encode(&report.sha256));
    let found = app.store.read(move |conn| verify::by_file(conn, &house, &sha256)).await?;
    let mut answer = match found {
        Some((loa, found)) => {
            told::note(app, &loa, browser).await;
            Answer::of(app, &found)
        }
        None => not_ours(&report),
    };
    answer.checks.extend(report.lines);
    told::page(app, req, Form::default(), Some(answer)).answer(StatusCode::OK)
}

/// A file that is not byte for byte one of ours, whatever its seal says.
fn not_ours(report: &SealReport) -> Answer {
    let text = if report.is_good() {
        "Its seal is ours, and we keep no letter with these bytes."
    } else {
        "It is not byte for byte a file that we sealed. What differs stands below."
    };
    let text = text.to_owned();
    Answer { kind: "danger", title: "Not a file that we sealed", text, rows: Vec::new(), checks: Vec::new() }
}
