//! Forms with files: each file is counted, judged and kept as it arrives, so that a wrong field never costs one.

mod body;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::{
    http::header::{CONTENT_DISPOSITION, HeaderMap},
    web::{Data, Payload},
};
use futures_util::StreamExt as _;

use self::body::{Body, STALLED};
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

/// Most parts of one form.
const MOST_PARTS: usize = 20_000;
/// Most sentences about single files of one form: one less than a field shows, for the count of the others.
const MOST_TOLD: usize = 9;

/// A form with what became of its files.
pub struct Form {
    pub pairs: Pairs,
    pub told: FilesTold,
}

impl Form {
    fn of(reading: Reading, most: usize, whole: bool) -> Self {
        let mut told = FilesTold { whole, ..reading.told };
        if 0 < reading.untold {
            told.refused.push(Refusal::More { count: reading.untold, max: most }.to_string());
        }
        Self { pairs: Pairs::new(reading.pairs), told }
    }
}

/// Where the files of a form go.
pub struct Destination<'a> {
    pub app: &'a Data<App>,
    pub customer: &'a Customer,
    pub sid: &'a RequestSid,
    pub door: Door,
}

/// Reads a body that nobody wants.
pub async fn drain(payload: Payload) {
    Body::new(payload).drain().await;
}

/// Receives a form with files. Files that arrived whole are kept whatever happens to the others.
pub async fn receive(to: &Destination<'_>, headers: &HeaderMap, payload: Payload) -> Result<Form, ReceiveError> {
    let body = Body::new(payload);
    let read = read(to, Multipart::new(headers, body.clone())).await;
    body.drain().await;
    read
}

async fn read(to: &Destination<'_>, mut parts: Multipart) -> Result<Form, ReceiveError> {
    let mut reading = Reading::default();
    for _ in 0..MOST_PARTS {
        let Some(mut field) = next_field(&mut parts).await? else {
            return Ok(Form::of(reading, to.door.max_files, true));
        };
        let name = field.name().unwrap_or_default().to_owned();
        let goes_on = match file_name(&field) {
            Some(file) => reading.file(to, &mut field, &file).await?,
            None => reading.text(&mut field, name).await?,
        };
        if !goes_on {
            return Ok(Form::of(reading, to.door.max_files, false));
        }
    }
    Err(WebError::TooLarge("This form has too many fields. Shorten what you typed and send it again.".to_owned())
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
        Ok(Some(Err(_))) | Err(_) => Err(WebError::BadRequest("The form did not arrive whole.".to_owned())),
    }
}

#[derive(Default)]
struct Reading {
    pairs: Vec<(String, String)>,
    told: FilesTold,
    /// Bytes of text so far.
    text: usize,
    /// Files so far, those apart in which nothing was chosen.
    files: usize,
    /// Files that were not kept and have no sentence of their own.
    untold: usize,
}

impl Reading {
    /// Reads a text field. Says whether to go on.
    async fn text(&mut self, field: &mut Field, name: String) -> WebResult<bool> {
        let room = pairs::MOST_BYTES.saturating_sub(self.text);
        let read = tokio::time::timeout(STALLED, field.bytes(room)).await;
        let Ok(read) = read else { return Err(cut()) };
        let Ok(read) = read else {
            return Err(WebError::TooLarge(
                "This form is larger than 512 KB. Shorten what you typed and send it again.".to_owned(),
            ));
        };
        let bytes = read.map_err(|_cut| cut())?;
        self.text += bytes.len() + name.len();
        let value = String::from_utf8(bytes.to_vec())
            .map_err(|_hidden| WebError::BadRequest("The form holds bytes that are not text.".to_owned()))?;
        self.pairs.push((pairs::refuse_nul(name)?, pairs::refuse_nul(value)?));
        Ok(true)
    }

    /// Receives a file and keeps it if it may be kept. Says whether to go on.
    async fn file(&mut self, to: &Destination<'_>, field: &mut Field, sent_name: &str) -> Result<bool, ReceiveError> {
        let name = FileName::clean(sent_name);
        // Looking inside files is dear: of what nobody could want to send, only the bytes are read.
        if 2 * to.door.max_files <= self.files {
            self.untold += usize::from(!sent_name.is_empty());
            return Ok(skip(field).await);
        }
        let (received, whole) = match spool(to, field).await {
            Spooled::Whole(received) => (received, true),
            Spooled::Cut(Some(received)) if to.door.max_bytes < received.size() => (received, false),
            Spooled::Cut(_) => return Ok(self.not_uploaded(name, false)),
            // The fields behind the file are none the worse for it.
            Spooled::NoRoom => return Ok(self.not_uploaded(name, skip(field).await)),
        };
        // A file field in which nothing was chosen.
        if sent_name.is_empty() && received.size() == 0 {
            return Ok(true);
        }
        self.files += 1;
        self.told.names.push(name.to_string());
        self.keep(to, &received, name).await?;
        Ok(whole)
    }

    fn not_uploaded(&mut self, name: FileName, goes_on: bool) -> bool {
        self.files += 1;
        self.told.names.push(name.to_string());
        self.refuse(&Refusal::NotUploaded(name));
        goes_on
    }

    fn refuse(&mut self, refusal: &impl ToString) {
        if self.told.refused.len() < MOST_TOLD {
            self.told.refused.push(refusal.to_string());
        } else {
            self.untold += 1;
        }
    }

    async fn keep(&mut self, to: &Destination<'_>, received: &Received, name: FileName) -> Result<(), ReceiveError> {
        let judged = match judge(received, name.clone(), &to.door, &to.app.inspector).await {
            Ok(judged) => judged,
            Err(refusal) => {
                self.refuse(&refusal);
                return Ok(());
            }
        };
        let key = DocumentKey::random(to.customer.account_id).map_err(WebError::internal)?;
        if let Err(error) = to.app.files.keep(&key, received).await {
            tracing::error!(%error, "an uploaded file could not be kept");
            self.refuse(&Refusal::NotUploaded(name));
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
                self.refuse(&format!("\"{name}\" was left out. {refusal}"));
            }
        }
        Ok(())
    }
}

/// What came of receiving one file.
enum Spooled {
    Whole(Received),
    /// The body broke off, with what had come of the file.
    Cut(Option<Received>),
    /// The folder for incoming files took it not.
    NoRoom,
}

/// Writes a file to the folder for incoming files; beyond the door's limit its bytes are only counted, up to its end.
async fn spool(to: &Destination<'_>, field: &mut Field) -> Spooled {
    let Ok(mut incoming) = Incoming::begin(&to.app.incoming, &to.door).await.inspect_err(log_disk) else {
        return Spooled::NoRoom;
    };
    let whole = loop {
        match tokio::time::timeout(STALLED, field.next()).await {
            Ok(Some(Ok(chunk))) => {
                if incoming.push(&chunk).await.inspect_err(log_disk).is_err() {
                    return Spooled::NoRoom;
                }
            }
            Ok(None) => break true,
            Ok(Some(Err(_))) | Err(_) => break false,
        }
    };
    match incoming.finish().await.inspect_err(log_disk) {
        Ok(received) if whole => Spooled::Whole(received),
        Ok(received) => Spooled::Cut(Some(received)),
        Err(_) if whole => Spooled::NoRoom,
        Err(_) => Spooled::Cut(None),
    }
}

/// Reads a field to its end. Says whether it had one.
async fn skip(field: &mut Field) -> bool {
    loop {
        match tokio::time::timeout(STALLED, field.next()).await {
            Ok(Some(Ok(_))) => {}
            Ok(None) => return true,
            Ok(Some(Err(_))) | Err(_) => return false,
        }
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
