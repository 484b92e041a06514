//! Forms with files: each file is counted, judged and kept as it arrives, so that a wrong field never costs one.

use std::time::Duration;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::{
    http::header::{CONTENT_DISPOSITION, HeaderMap},
    web::{Data, Payload},
};
use futures_util::StreamExt as _;

use super::{
    app::App,
    error::{WebError, WebResult},
    pairs::{self, Pairs},
};
use crate::{
    domain::{
        document::{Door, FileName, Refusal},
        people::Customer,
        request_sid::RequestSid,
    },
    files::{DocumentKey, Incoming, Judged, Received, judge},
    services::{
        documents::{self, Attached},
        draft::DraftError,
        save_page::FilesTold,
    },
    store::documents::NewDocument,
    vault,
};

/// What is taken from one body: as many files as a request may have, twice over, so that the browser sees the page.
const MOST_BYTES: u64 = 2 * 10 * 10 * 1024 * 1024;
/// Most parts of one form.
const MOST_PARTS: usize = 20_000;
/// How long a sender may say nothing.
const STALLED: Duration = Duration::from_mins(1);

/// A form with what became of its files.
pub struct Form {
    pub pairs: Pairs,
    pub told: FilesTold,
}

impl Form {
    fn of(reading: Reading, whole: bool) -> Self {
        Self { pairs: Pairs::new(reading.pairs), told: FilesTold { whole, ..reading.told } }
    }
}

/// Where the files of a form go.
pub struct Destination<'a> {
    pub app: &'a Data<App>,
    pub customer: &'a Customer,
    pub sid: &'a RequestSid,
    pub door: Door,
}

/// Reads on to the end, or as far as is sensible, so that the browser sees the answer instead of a broken connection.
pub async fn drain(mut payload: Payload) {
    let mut size = 0_u64;
    while let Ok(Some(Ok(chunk))) = tokio::time::timeout(STALLED, payload.next()).await {
        size += bytes(chunk.len());
        if MOST_BYTES < size {
            return;
        }
    }
}

/// Receives a form with files. Files that arrived whole are kept whatever happens to the others.
pub async fn receive(to: &Destination<'_>, headers: &HeaderMap, payload: Payload) -> Result<Form, ReceiveError> {
    let mut parts = Multipart::new(headers, payload);
    let mut reading = Reading { told: FilesTold::default(), pairs: Vec::new(), text: 0, size: 0 };
    for _ in 0..MOST_PARTS {
        let Some(mut field) = next_field(&mut parts).await? else {
            return Ok(Form::of(reading, true));
        };
        let name = field.name().unwrap_or_default().to_owned();
        let goes_on = match file_name(&field) {
            Some(file) => reading.file(to, &mut field, &file).await?,
            None => reading.text(&mut field, name).await?,
        };
        if !goes_on {
            return Ok(Form::of(reading, false));
        }
    }
    Err(WebError::TooLarge("This form has too many fields. Go back, shorten what you typed and send it again. What was saved before is safe.".to_owned())
        .into())
}

/// Why a form with files has no answer of its own.
#[derive(Debug)]
pub enum ReceiveError {
    Web(WebError),
    Draft(DraftError),
}

impl From<WebError> for ReceiveError {
    fn from(error: WebError) -> Self {
        Self::Web(error)
    }
}

impl From<DraftError> for ReceiveError {
    fn from(error: DraftError) -> Self {
        Self::Draft(error)
    }
}

async fn next_field(parts: &mut Multipart) -> WebResult<Option<Field>> {
    match tokio::time::timeout(STALLED, parts.next()).await {
        Ok(None) => Ok(None),
        Ok(Some(Ok(field))) => Ok(Some(field)),
        Ok(Some(Err(MultipartError::ContentTypeIncompatible))) => Err(WebError::UnsupportedMediaType),
        Ok(Some(Err(_))) | Err(_) => {
            Err(WebError::BadRequest("The form did not arrive whole. Go back and send it again.".to_owned()))
        }
    }
}

struct Reading {
    pairs: Vec<(String, String)>,
    told: FilesTold,
    /// Bytes of text so far.
    text: usize,
    /// Bytes of files so far.
    size: u64,
}

impl Reading {
    /// Reads a text field. Says whether to go on.
    async fn text(&mut self, field: &mut Field, name: String) -> WebResult<bool> {
        let room = pairs::MOST_BYTES.saturating_sub(self.text);
        let read = tokio::time::timeout(STALLED, field.bytes(room)).await;
        let Ok(read) = read else { return Err(cut()) };
        let Ok(read) = read else {
            return Err(WebError::TooLarge(
                "This form is larger than 512 KB. Go back, shorten what you typed and send it again. What was saved before is safe.".to_owned(),
            ));
        };
        let bytes = read.map_err(|_cut| cut())?;
        self.text += bytes.len() + name.len();
        let value = String::from_utf8(bytes.to_vec()).map_err(|_hidden| {
            WebError::BadRequest(
                "The form holds characters that are no text. Go back, type it anew and send it again.".to_owned(),
            )
        })?;
        self.pairs.push((pairs::refuse_nul(name)?, pairs::refuse_nul(value)?));
        Ok(true)
    }

    /// Receives a file and keeps it if it may be kept. Says whether to go on.
    async fn file(&mut self, to: &Destination<'_>, field: &mut Field, sent_name: &str) -> Result<bool, ReceiveError> {
        let name = FileName::clean(sent_name);
        self.told.names.push(name.to_string());
        let Ok(mut incoming) = Incoming::begin(&to.app.incoming, &to.door).await.inspect_err(log_disk) else {
            self.told.refused.push(Refusal::NotUploaded(name).to_string());
            return Ok(false);
        };
        let whole = loop {
            match tokio::time::timeout(STALLED, field.next()).await {
                Ok(Some(Ok(chunk))) => {
                    self.size += bytes(chunk.len());
                    if MOST_BYTES < self.size {
                        break false;
                    }
                    // Beyond the door's limit bytes are only counted, up to the end of the file.
                    if incoming.push(&chunk).await.inspect_err(log_disk).is_err() {
                        self.told.refused.push(Refusal::NotUploaded(name).to_string());
                        return Ok(false);
                    }
                }
                Ok(None) => break true,
                Ok(Some(Err(_))) | Err(_) => {
                    self.told.refused.push(Refusal::NotUploaded(name).to_string());
                    return Ok(false);
                }
            }
        };
        // A file field in which nothing was chosen.
        let Ok(received) = incoming.finish().await.inspect_err(log_disk) else { return Ok(whole) };
        if sent_name.is_empty() && received.size() == 0 {
            return Ok(true);
        }
        self.keep(to, &received, name).await?;
        Ok(whole)
    }

    async fn keep(&mut self, to: &Destination<'_>, received: &Received, name: FileName) -> Result<(), ReceiveError> {
        let judged = match judge(received, name.clone(), &to.door, &to.app.inspector).await {
            Ok(judged) => judged,
            Err(refusal) => {
                self.told.refused.push(refusal.to_string());
                return Ok(());
            }
        };
        let key = DocumentKey::random(to.customer.account_id).map_err(WebError::internal)?;
        if let Err(error) = to.app.files.keep(&key, received).await {
            tracing::error!(%error, "an uploaded file could not be kept");
            self.told.refused.push(Refusal::NotUploaded(name).to_string());
            return Ok(());
        }
        let attached = attach(to, judged, &key).await;
        if !matches!(attached, Ok(Attached::Added)) && to.app.files.delete(&key).await.is_err() {
            tracing::warn!("a file that was not attached stays until the sweep");
        }
        match attached? {
            Attached::Added => {}
            Attached::Merged(same) if same == name.as_str() => {
                self.told.notices.push(format!("“{name}” was there already, so it is kept once"));
            }
            Attached::Merged(same) => {
                self.told.notices.push(format!("“{name}” is the same file as “{same}”, so it is kept once"));
            }
            Attached::Full => {
                let refusal = Refusal::TooManyFiles { max: to.door.max_files };
                self.told.refused.push(format!("\"{name}\" was left out. {refusal}"));
            }
        }
        Ok(())
    }
}

async fn attach(to: &Destination<'_>, judged: Judged, key: &DocumentKey) -> Result<Attached, DraftError> {
    let new = NewDocument {
        public_id: data_encoding::HEXLOWER.encode(&vault::random::<16>()),
        kind: String::new(),
        file_name: judged.name.as_str().to_owned(),
        format: judged.format.code().to_owned(),
        size: i64::try_from(judged.size.0).unwrap_or(i64::MAX),
        sha256: judged.sha256_hex,
        pages: judged.pages,
        width: judged.width,
        height: judged.height,
        object_key: key.as_str().to_owned(),
        uploaded_by: Some(to.customer.person.id),
    };
    let (house, customer, sid) = (to.app.house.clone(), to.customer.clone(), to.sid.clone());
    let (most, now) = (to.door.max_files, to.app.clock.now());
    to.app.store.write(move |conn| documents::attach(conn, &house, &customer, &sid, &new, most, now)).await
}

/// The name of a file as browsers write it: raw, but for quotes and line ends, which are escaped with `%`. A backslash
/// in it is a backslash, which the standard reader of the header takes for an escape.
fn file_name(field: &Field) -> Option<String> {
    let disposition = field.content_disposition()?;
    let header = String::from_utf8_lossy(field.headers().get(CONTENT_DISPOSITION)?.as_bytes());
    let raw = header.split_once("filename=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(name, _)| name);
    let extended = || disposition.get_filename_ext().map(|name| String::from_utf8_lossy(&name.value).into_owned());
    let read = raw.map(str::to_owned).or_else(|| disposition.get_filename().map(str::to_owned)).or_else(extended)?;
    Some(read.replace("%22", "\"").replace("%0D", "").replace("%0A", ""))
}

fn cut() -> WebError {
    WebError::BadRequest("The form did not arrive whole.".to_owned())
}

fn log_disk(error: &std::io::Error) {
    tracing::error!(%error, "the folder for incoming files cannot be used");
}

fn bytes(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
